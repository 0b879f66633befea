"""What can happen to a folder of segments, and what is then said: nothing half of it is ever read."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import orjson
import pytest

from ledger.segments.errors import SegmentsError
from ledger.segments.places import Folder
from tests.program import ROOT, Program

KILLS = 50
# More than SQLite needs to read a ledger, less than a part.
ROOM = 40_000
OUTSIDE = (
    b'{"format":"zhibu-segments","schema":1,"position":0,"head":"x","buckets":1,"files":[{"path":"../x","holds":'
    b'"events","bucket":0,"rows":0,"bytes":0,"first_branch":"a","last_branch":"a","upto":0,"sha256":"x"}]}'
)
BUCKET = "bucket-00000.jsonl.zst"


@pytest.fixture(scope="module")
def exported(whole: Program, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported") / "segments"
    whole.ok("export", "--segments", str(folder), "--buckets", "1")
    return folder


@pytest.fixture
def folder(exported: Path, tmp_path: Path) -> Path:
    """A copy that may be spoilt."""
    return Path(shutil.copytree(exported, tmp_path / "copy"))


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def change_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (Path.unlink, "is missing"),
        (cut_short, "is not what the manifest says"),
        (change_a_byte, "is not what"),
    ],
)
@pytest.mark.parametrize("name", [BUCKET, "organisations.jsonl.zst", "branches.jsonl.zst"])
def test_a_part_that_is_missing_short_or_changed_is_told_by_name(
    whole: Program, empty: Program, folder: Path, name: str, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(folder / name)
    result = whole("segments", "check", str(folder))
    assert (result.status, name in result.err, said in result.err) == (1, True, True), result


@pytest.mark.parametrize("spoil", [Path.unlink, cut_short, change_a_byte])
def test_nothing_is_restored_from_a_folder_that_does_not_check_out(
    empty: Program, folder: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(folder / BUCKET)
    result = empty("import", "--restore", "--segments", str(folder))
    assert (result.status, BUCKET in result.err) == (1, True)
    assert empty.head()["position"] == 0


def test_segments_of_another_ledger_are_told_by_their_manifest(
    empty: Program, folder: Path, whole: Program
) -> None:
    for number in range(3):
        empty.ok("log", "branch-registered", "--branch", f"x{number}", "--on", "2020-01-01", "--name", "x")
    newer = empty("segments", "check", str(folder))
    assert (newer.status, "manifest.json" in newer.err, "newer than the ledger" in newer.err) == (
        1,
        True,
        True,
    )
    small = folder.parent / "small"
    empty.ok("export", "--segments", str(small))
    for words in (("segments", "check", str(small)), ("export", "--segments", str(small))):
        other = whole(*words)
        assert (other.status, "manifest.json" in other.err, "another ledger" in other.err) == (1, True, True)


def test_segments_of_another_schema_are_refused(whole: Program, folder: Path) -> None:
    path = folder / "manifest.json"
    said = orjson.loads(path.read_bytes())
    for schema, hint in ((0, "export to a new folder"), (99, "upgrade zhibu")):
        path.write_bytes(orjson.dumps(said | {"schema": schema}))
        result = whole("segments", "check", str(folder))
        assert (result.status, f"of schema {schema}" in result.err, hint in result.err) == (1, True, True)


@pytest.mark.parametrize(
    "text",
    [b"", b"{}", b"[]", b"\xff", b'{"format":"zhibu-segments","schema":1}',
     b'{"format":"zhibu-segments","schema":1,"position":1,"head":"x","buckets":0,"files":[]}',
     OUTSIDE],
)  # fmt: skip
def test_a_manifest_that_is_none_is_refused(whole: Program, folder: Path, text: bytes) -> None:
    (folder / "manifest.json").write_bytes(text)
    for words in (("segments", "check", str(folder)), ("export", "--segments", str(folder))):
        result = whole(*words)
        assert (result.status, "manifest.json" in result.err) == (1, True), result


def test_a_folder_without_segments_is_told(whole: Program, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        result = whole("segments", "check", str(folder))
        assert (result.status, "holds no segments" in result.err) == (1, True)


def test_an_export_killed_at_any_moment_leaves_the_old_segments_whole(whole: Program, tmp_path: Path) -> None:
    end = whole.head()["position"]
    half, folder = tmp_path / "half", tmp_path / "segments"
    whole.ok("export", "--segments", str(half), "--upto", str(end // 2), "--buckets", "3")
    positions = []
    dice = Random(1)
    with subprocess.Popen(
        [sys.executable, "-c", EXPORTER.format(ledger=whole.ledger, folder=folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as exporter:
        assert exporter.stdin is not None
        assert exporter.stdout is not None
        for number in range(KILLS):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(half, folder)
            exporter.stdin.write(b"go\n")
            exporter.stdin.flush()
            child = int(exporter.stdout.readline())
            time.sleep(dice.random() * 0.25)
            os.kill(child, signal.SIGKILL)
            assert exporter.stdout.readline() == b"ended\n"
            said = whole.ok("segments", "check", str(folder)).out
            positions.append(int(said.split("position ")[1].split(",")[0]))
            if number % 10 == 0:
                whole.ok("export", "--segments", str(folder))
                named = {
                    part["path"] for part in orjson.loads((folder / "manifest.json").read_bytes())["files"]
                }
                assert {path.name for path in folder.iterdir()} == named | {"manifest.json", ".lock"}
    assert set(positions) <= {end // 2, end}
    assert end // 2 in positions


# Exports in a child whenever it is told to, a little slowly, and waits for the child to end.
EXPORTER = """
import os, sys, time
from ledger.segments import places
from ledger.segments.exporting import export_segments
from ledger.store.event_store import Store
replace = places.os.replace
def late(*paths):
    time.sleep(0.01)
    replace(*paths)
places.os.replace = late
for line in sys.stdin:
    child = os.fork()
    if not child:
        export_segments(Store.open("sqlite:///{ledger}"), "{folder}")
        time.sleep(60)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("ended", flush=True)
"""


def test_of_two_exports_at_once_one_is_told_to_wait(whole: Program, tmp_path: Path) -> None:
    folder = tmp_path / "segments"
    folder.mkdir()
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with Folder(folder).locked():
            held.set()
            done.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(10)
    result = whole("export", "--segments", str(folder))
    done.set()
    thread.join()
    assert (result.status, "Another export is writing" in result.err) == (1, True)
    whole.ok("export", "--segments", str(folder))


def test_on_a_full_disk_the_old_segments_stay(whole: Program, tmp_path: Path) -> None:
    end = whole.head()["position"]
    folder = tmp_path / "segments"
    whole.ok("export", "--segments", str(folder), "--upto", str(end // 2), "--buckets", "1")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, hard))
    try:
        result = whole("export", "--segments", str(folder))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)
    assert (result.status, "the segments that were there are as they were" in result.err) == (1, True), result
    named = {part["path"] for part in orjson.loads(before["manifest.json"])["files"]}
    assert all((folder / name).read_bytes() == before[name] for name in named | {"manifest.json"})
    whole.ok("segments", "check", str(folder))
    whole.ok("export", "--segments", str(folder))


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises((SegmentsError, OSError)):
        Folder(tmp_path / "file").make()
    assert os.listdir(tmp_path) == ["file"]


def test_a_ledger_that_the_environment_names_need_not_be_there(folder: Path, tmp_path: Path) -> None:
    nobody = Program(tmp_path / "nobody.db")
    assert "ok: up to position" in nobody.ok("segments", "check", str(folder)).out
    named = nobody("segments", "check", str(folder), "--ledger", str(tmp_path / "nobody.db"))
    assert (named.status, "There is no ledger" in named.err) == (1, True)


@pytest.mark.parametrize("name", ["l.db", "l.db-wal", "l.db-shm", "l.db-journal", "link", "l.db-wal/below"])
def test_no_folder_is_made_where_the_ledger_has_its_files(tmp_path: Path, name: str) -> None:
    """A folder called as the write-ahead log would be keeps the ledger from being opened ever again."""
    program = Program(tmp_path / "l.db")
    program.ok("init")
    for ending in ("-wal", "-shm"):
        (tmp_path / f"l.db{ending}").unlink(missing_ok=True)
    (tmp_path / "link").symlink_to("l.db-wal")
    before = sorted(os.listdir(tmp_path))
    for words in (("export",), ("simulate", "--branches", "1", "--year", "2019", "--jobs", "1")):
        result = program(*words, "--segments", str(tmp_path / name))
        assert (result.status, "of the ledger itself" in result.err) == (1, True), result
        (tmp_path / "l.db-wal").unlink(missing_ok=True)
        (tmp_path / "l.db-shm").unlink(missing_ok=True)
        assert sorted(os.listdir(tmp_path)) == before
    program.ok("verify")


def test_a_ledger_that_is_called_as_a_part_is_not_written_over(tmp_path: Path) -> None:
    for name in ("manifest.json", BUCKET):
        program = Program(tmp_path / name)
        program.ok("init")
        result = program("export", "--segments", str(tmp_path))
        assert (result.status, "of the ledger itself" in result.err) == (1, True), result
        program.ok("verify")
        (tmp_path / name).unlink()
