"""The same bytes from a cluster: a scheduler and workers as processes of their own, on the loopback."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.program import ROOT, Program, process
from tests.projections.parallel.conftest import FORMS, ON, Replayable

ENVIRON = {**os.environ, "PYTHONPATH": str(ROOT)}


# The first bucket of each worker takes a while, and leaves a mark; some are of another version. Dask
# runs this more than once.
SLOW = """
import os, pathlib, time
from projections.parallel import work
def make(fold):
    def slow(share):
        mark = pathlib.Path("{folder}", f"began-{{os.getpid()}}")
        if not mark.exists():
            mark.touch()
            time.sleep(0.5)
        return fold(share)
    slow.is_slow, slow.__module__, slow.__qualname__ = True, fold.__module__, fold.__qualname__
    return slow
if not hasattr(work.fold_share, "is_slow"):
    work.fold_share = make(work.fold_share)
if "OTHER_VERSION" in os.environ:
    work.program_version = lambda: os.environ["OTHER_VERSION"]
"""


class Cluster:
    """A scheduler and workers, each a process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: list[subprocess.Popen[bytes]] = []
        file = folder / "scheduler.json"
        self._start("scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
        self._file = file
        while not file.exists() or not file.read_text().strip():
            time.sleep(0.05)
        self.address = file.read_text().split('"address": "')[1].split('"')[0]

    def join(self, environ: dict[str, str] | None = None) -> "subprocess.Popen[bytes]":
        """Start a worker that nothing starts again when it dies."""
        slow = self._folder / "slow.py"
        slow.write_text(SLOW.format(folder=self._folder))
        words = (
            "--preload",
            str(slow),
            "--no-nanny",
            "--no-dashboard",
            "--nthreads",
            "1",
            "--local-directory",
            str(self._folder),
        )
        return self._start("worker", "--scheduler-file", str(self._file), *words, environ=environ)

    def _start(
        self, role: str, *words: str, environ: dict[str, str] | None = None
    ) -> "subprocess.Popen[bytes]":
        running = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{role}", "--host", "127.0.0.1", *words],
            cwd=self._folder,
            env={**ENVIRON, **(environ or {})},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._running.append(running)
        return running

    def close(self) -> None:
        for running in reversed(self._running):
            running.kill()
            running.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    started = Cluster(tmp_path)
    try:
        yield started
    finally:
        started.close()


def score(hard: Replayable, cluster: Cluster, form: str, output: Path) -> "subprocess.Popen[bytes]":
    words = ("score", form, *ON, "--segments", hard.segments, "--cluster", cluster.address, "--explain")
    return subprocess.Popen(
        [sys.executable, "-m", "cli", *words, "--output", str(output)],
        cwd=ROOT,
        env={**ENVIRON, "ZHIBU_LANG": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_a_worker_is_killed_and_another_one_joins_and_the_bytes_are_the_same(
    hard: Replayable, cluster: Cluster, tmp_path: Path
) -> None:
    workers = {worker.pid: worker for worker in (cluster.join() for _ in range(3))}
    output = tmp_path / "answer.json"
    with score(hard, cluster, FORMS[0], output) as scoring:
        # Whichever of them is given something first.
        while not (begun := list(tmp_path.glob("began-*"))) and scoring.poll() is None:
            time.sleep(0.02)
        assert begun
        workers[int(begun[0].name.removeprefix("began-"))].send_signal(signal.SIGKILL)
        added = cluster.join()
        out, err = scoring.communicate(timeout=120)
    assert (scoring.returncode, err) == (0, b""), (out, err)
    assert added.poll() is None
    assert output.read_text("utf-8") == hard.of_ledger(FORMS[0], "--explain")
    for form in FORMS:
        answer = hard.of_segments(form, *ON, "--cluster", cluster.address)
        assert (answer.status, answer.out) == (0, hard.of_ledger(form)), answer.err


def test_a_local_cluster_gives_the_same_bytes(hard: Replayable, tmp_path: Path) -> None:
    output = tmp_path / "answer.json"
    words = ("--segments", hard.segments, "--cluster", "local", "--jobs", "2", "--output", str(output))
    result = process("score", FORMS[4], *ON, *words)
    assert (result.status, result.err) == (0, "")
    assert output.read_text("utf-8") == hard.of_ledger(FORMS[4])


def test_a_worker_with_another_text_of_the_form_is_refused(
    hard: Replayable, cluster: Cluster, tmp_path: Path
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    text = (
        (ROOT / "rubrics" / "forms" / f"{FORMS[3]}.yaml")
        .read_text("utf-8")
        .replace(f"id: {FORMS[3]}", "id: own")
    )
    for folder, version in ((here, text), (there, text + "# of another day\n")):
        folder.mkdir()
        (folder / "own.yaml").write_text(version, "utf-8")
    cluster.join({"ZHIBU_RUBRICS": str(there)})
    words = ("score", "own", *ON, "--segments", hard.segments, "--cluster", cluster.address)
    program = Program("none", {"ZHIBU_LANG": "en", "ZHIBU_RUBRICS": str(here)})
    result = program(*words)
    assert (result.status, "another text of the form own" in result.err, result.out) == (1, True, "")


def test_a_worker_of_another_version_is_refused(hard: Replayable, cluster: Cluster) -> None:
    cluster.join({"OTHER_VERSION": "0.1.7"})
    result = hard.of_segments(FORMS[0], *ON, "--cluster", cluster.address)
    assert (result.status, "0.1.7" in result.err, result.out) == (1, True, ""), result


def test_a_bucket_that_fails_three_times_ends_the_run_with_its_name(
    hard: Replayable, cluster: Cluster, tmp_path: Path
) -> None:
    import shutil

    folder = Path(shutil.copytree(hard.segments, tmp_path / "spoilt"))
    spoilt = min(folder.glob("bucket-*.jsonl.zst"))
    content = bytearray(spoilt.read_bytes())
    content[len(content) // 2] ^= 1
    spoilt.write_bytes(content)
    cluster.join()
    words = ("score", FORMS[0], *ON, "--segments", str(folder), "--cluster", cluster.address)
    result = Program("none")(*words)
    name = spoilt.name.split(".")[0]
    assert (result.status, f"{name} failed 3 times" in result.err, result.out) == (1, True, ""), result


def test_a_scheduler_that_is_not_there_is_told(hard: Replayable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("projections.parallel.cluster._JOIN_SECONDS", 1)
    result = Program("none")(
        "score", FORMS[0], *ON, "--segments", hard.segments, "--cluster", "tcp://127.0.0.1:9"
    )
    assert (result.status, "The cluster tcp://127.0.0.1:9 cannot be used" in result.err) == (1, True)
    strange = Program("none")(
        "score", FORMS[0], *ON, "--segments", hard.segments, "--cluster", "nonsense://x"
    )
    assert (strange.status, "nonsense://x cannot be used" in strange.err) == (1, True), strange
