"""Files that are there whole or not at all, and never where the ledger is."""

import os
import signal
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from ledger.errors import NotWritten
from ledger.whole_files import ledger_files, whole_file
from tests.disks import fill, small_disk
from tests.program import ROOT, Program, process


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write(path: Path, content: bytes, **options: bool) -> None:
    with whole_file(path, **options) as stream:  # type: ignore[arg-type]
        stream.write(content)


def test_a_file_is_there_once_it_is_whole_and_until_then_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    target.write_bytes(b"old")
    with suppress(KeyError), whole_file(target) as stream:
        stream.write(b"half")
        stream.flush()
        assert target.read_bytes() == b"old"
        raise KeyError
    assert (target.read_bytes(), names(tmp_path)) == (b"old", ["list.csv"])
    write(target, b"new")
    assert (target.read_bytes(), names(tmp_path)) == (b"new", ["list.csv"])


def test_only_the_owner_reads_it_meanwhile_and_afterwards_who_read_the_one_before(tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    target.touch()
    target.chmod(0o640)
    with whole_file(target) as stream:
        (beside,) = tmp_path.glob(".list*")
        assert stat.S_IMODE(beside.stat().st_mode) == 0o600
        stream.write(b"x")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    write(tmp_path / "log.jsonl", b"x", private=True)
    assert stat.S_IMODE((tmp_path / "log.jsonl").stat().st_mode) == 0o600


def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_bytes(b"old")
    link = tmp_path / "link.csv"
    link.symlink_to("real.csv")
    write(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"new"


def test_devices_pipes_and_folders_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for place in (Path(os.devnull), tmp_path / "pipe", tmp_path):
        with pytest.raises(NotWritten, match="not a file"):
            write(place, b"x")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)
    with pytest.raises(NotWritten, match="its folder does not exist"):
        write(tmp_path / "none" / "list.csv", b"x")


def test_on_a_full_disk_the_old_file_stays_and_nothing_is_left(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 64) as disk:
        target = disk / "list.csv"
        target.write_bytes(b"old")
        fill(disk, leaving=8_000)
        with pytest.raises(NotWritten, match="the disk is full"):
            write(target, b"n" * 40_000)
        assert (target.read_bytes(), names(disk)) == (b"old", ["filler", "list.csv"])


@pytest.mark.parametrize("name", ["log.xlsx", "log.csv", "log.jsonl"])
def test_an_export_on_a_full_disk_complains_nowhere_but_in_our_sentence(
    sqlite_url: str, tmp_path: Path, name: str
) -> None:
    zhibu = Program(sqlite_url)
    line = '{"branch":"b%d","type":"branch_registered","occurred_on":"2019-01-01","data":{"name":"%d"}}'
    lines = [line % (number, number * 7919) for number in range(1_000)]
    zhibu.ok("import", "-", stdin="\n".join(lines))
    with small_disk(tmp_path / "disk", 64) as disk:
        (disk / name).write_bytes(b"old")
        fill(disk, leaving=16_000)
        done = process("export", str(disk / name), environ={"ZHIBU_LEDGER": sqlite_url})
        assert (done.status, done.out) == (1, "")
        assert done.err == (
            f"{disk / name}: the disk is full: make room and retry; what was there before is unchanged.\n"
        )
        assert (names(disk), (disk / name).read_bytes()) == (sorted(["filler", name]), b"old")


def test_what_a_killed_run_left_is_removed_by_the_next_and_what_another_writes_is_not(tmp_path: Path) -> None:
    target = tmp_path / "log.jsonl"
    script = (
        "import sys, time; from pathlib import Path; from ledger.whole_files import whole_file\n"
        f"with whole_file(Path({str(target)!r})) as stream:\n"
        "    stream.write(b'secret'); stream.flush(); print('ready', flush=True); time.sleep(60)"
    )
    killed = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE)
    alive = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE)
    for program in (killed, alive):
        assert program.stdout is not None
        assert program.stdout.readline() == b"ready\n"
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert len(names(tmp_path)) == 2
    write(target, b"whole")
    assert [str(alive.pid) in name for name in names(tmp_path)] == [True, False]
    alive.kill()
    alive.communicate()
    killed.communicate()
    write(target, b"whole")
    assert names(tmp_path) == ["log.jsonl"]


def test_of_many_that_write_a_file_at_once_none_takes_anothers_for_one_left_over(tmp_path: Path) -> None:
    target = tmp_path / "log.jsonl"

    def write_often(content: bytes) -> None:
        for _ in range(100):
            write(target, content)

    with ThreadPoolExecutor(4) as writers:
        list(writers.map(write_often, [b"a", b"b", b"c", b"d"]))
    assert names(tmp_path) == ["log.jsonl"]


@pytest.mark.parametrize(
    "spelling", ["ledger.db", "./ledger.db", "sub/../ledger.db", "link", "ledger.db-wal"]
)
@pytest.mark.parametrize(
    "command",
    [
        ("export", "--format", "jsonl"),
        ("due", "--format", "json", "--output"),
        ("score", "college-staff-branch-2019", "--period", "2019", "--format", "json", "--output"),
        ("backup",),
        ("schedule", "--once", "--health"),
    ],
)
def test_nothing_is_written_over_the_ledger_or_what_belongs_to_it(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], spelling: str
) -> None:
    zhibu = Program(sqlite_url)
    for day in ("2019-01-01", "2019-01-02"):
        branch = f"b{day[-1]}"
        zhibu.ok("log", "branch-registered", "--branch", branch, "--name", "一", "--on", day)
    (tmp_path / "sub").mkdir()
    (tmp_path / "link").symlink_to("ledger.db")
    monkeypatch.chdir(tmp_path)
    before = (tmp_path / "ledger.db").read_bytes()
    result = zhibu(*command, spelling)
    assert result.status == 1, result
    assert "Something went wrong" not in result.err
    assert (tmp_path / "ledger.db").read_bytes()[:4096] == before[:4096]
    assert zhibu.ok("verify").status == 0
    assert zhibu.head()["position"] == 2


def test_a_ledger_on_a_server_has_no_files(tmp_path: Path) -> None:
    assert ledger_files("postgresql://u@h/db") == []
    assert {path.name for path in ledger_files(f"sqlite:///{tmp_path}/x.db")} == {
        "x.db",
        "x.db-wal",
        "x.db-shm",
        "x.db-journal",
    }


def test_a_limit_on_the_size_of_files_is_told_as_a_full_disk(sqlite_url: str, tmp_path: Path) -> None:
    """Where nobody may mount a disk, a process with a limit meets the same."""
    zhibu = Program(sqlite_url)
    for number in range(6):
        words = ("log", "branch-registered", "--branch", f"b{number}", "--on", "2019-01-01")
        zhibu.ok(*words, "--name", "一" * 9_000)
    target = tmp_path / "log.jsonl"
    target.write_text("old")
    script = (
        "import resource, runpy, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000));"
        f"sys.argv = ['cli', 'export', {str(target)!r}]; runpy.run_module('cli', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "ZHIBU_LEDGER": sqlite_url, "ZHIBU_LANG": "en"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert f"{target}: the disk is full: make room and retry; what was there before" in done.stderr
    assert target.read_text() == "old"


def test_an_interrupted_export_leaves_nothing(sqlite_url: str, tmp_path: Path) -> None:
    assert process("head", environ={"ZHIBU_LEDGER": sqlite_url}).status == 0
    script = (
        "import time, sys; from pathlib import Path; from ledger.whole_files import whole_file\n"
        f"with whole_file(Path({str(tmp_path / 'x')!r})) as stream:\n"
        "    print('ready', flush=True); time.sleep(60)"
    )
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    running = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, **pipes)
    assert running.stdout is not None
    assert running.stdout.readline() == b"ready\n"
    time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    running.communicate()
    assert [name for name in names(tmp_path) if "unfinished" in name] == []
