"""Processes that are killed or interrupted in the middle of a replay leave no half file and no orphan."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.program import ROOT
from tests.projections.parallel.conftest import FORMS, ON, Replayable


def children_of(process: int) -> list[int]:
    """The workers of a process, its resource tracker left out."""
    listed = Path(f"/proc/{process}/task/{process}/children")
    try:
        found = [int(word) for word in listed.read_text().split()]
        return [child for child in found if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]
    except OSError:
        return []


def is_there(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
@pytest.mark.parametrize(
    ("whom", "how", "status", "said"),
    [
        ("worker", signal.SIGKILL, 1, "A worker process was killed"),
        ("program", signal.SIGINT, 130, "Interrupted"),
        ("program", signal.SIGKILL, -9, ""),
    ],
)
def test_nothing_is_left_of_it(
    hard: Replayable, tmp_path: Path, whom: str, how: signal.Signals, status: int, said: str
) -> None:
    output = tmp_path / "answer.json"
    words = ("score", FORMS[0], *ON, "--segments", hard.segments, "--jobs", "2", "--output", str(output))
    with subprocess.Popen(
        [sys.executable, "-m", "cli", *words],
        cwd=ROOT,
        env={**os.environ, "ZHIBU_LANG": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as scoring:
        workers: list[int] = []
        while len(workers) < 2 and scoring.poll() is None:
            workers = children_of(scoring.pid)
        # The second is there before it was told what to do; cut off in that moment, Python itself complains.
        time.sleep(0.05)
        os.kill(workers[0] if whom == "worker" else scoring.pid, how)
        err = scoring.communicate(timeout=60)[1].decode()
    assert (scoring.returncode, said in err, "Traceback" in err) == (status, True, False), err
    assert list(tmp_path.iterdir()) == []
    patience = time.monotonic() + 20
    while any(map(is_there, workers)) and time.monotonic() < patience:
        time.sleep(0.1)
    assert not any(map(is_there, workers))
