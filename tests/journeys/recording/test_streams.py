"""Standard streams that are closed or full: what is said is true, and no ledger is written into."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program import ROOT, Program, figures


@pytest.fixture
def zhibu(sqlite_url: str) -> Program:
    return Program(sqlite_url)


def shell(zhibu: Program, words: str) -> "subprocess.CompletedProcess[str]":
    """Run the program in a shell, with redirections."""
    return subprocess.run(
        ["/bin/sh", "-c", words.replace("zhibu", f"{shlex.quote(sys.executable)} -m cli", 1)],
        cwd=ROOT,
        env={**os.environ, "ZHIBU_LEDGER": str(zhibu.ledger), "ZHIBU_LANG": "en"},
        capture_output=True,
        text=True,
        check=False,
    )


LOG = "zhibu log branch-registered --branch b1 --name 一 --on 2019-01-01"


def test_with_a_closed_output_nothing_is_done(zhibu: Program) -> None:
    for closed in (">&-", "<&- >&-"):
        done = shell(zhibu, f"{LOG} {closed}")
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
    assert shell(zhibu, f"{LOG} >&- 2>&-").returncode == 1
    assert zhibu.head()["position"] == 0


def test_a_closed_input_is_an_empty_one(zhibu: Program) -> None:
    done = shell(zhibu, f"{LOG} <&-")
    assert (done.returncode, done.stderr) == (0, "")
    assert zhibu.head()["position"] == 1
    done = shell(zhibu, "zhibu import - <&-")
    assert (done.returncode, figures(done.stdout)) == (0, [0, 0])


def test_a_closed_error_stream_loses_no_event(zhibu: Program) -> None:
    assert shell(zhibu, f"{LOG} 2>&-").returncode == 0
    assert zhibu.ok("verify").status == 0
    assert zhibu.head()["position"] == 1
    assert Path(str(zhibu.ledger).removeprefix("sqlite:///")).read_bytes().startswith(b"SQLite format 3")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_an_output_that_is_full_is_told_and_what_was_recorded_stands(zhibu: Program) -> None:
    done = shell(zhibu, f"{LOG} >/dev/full")
    assert done.returncode == 1
    assert "No space left on device" in done.stderr
    assert zhibu.head()["position"] == 1
    for command in (
        "export",
        "history",
        "log --help",
        "score college-staff-branch-2019 --period 2019 --format json",
    ):
        done = shell(zhibu, f"zhibu {command} >/dev/full")
        assert done.returncode == 1, command
        assert "Traceback" not in done.stderr, command
        assert "Exception ignored" not in done.stderr, command
        assert "No space left on device" in done.stderr, command


def test_a_reader_that_went_away_is_no_failure(zhibu: Program) -> None:
    shell(zhibu, LOG)
    done = shell(zhibu, "zhibu export | true")
    assert done.stderr == ""


def test_a_tampered_setting_is_a_sentence(zhibu: Program) -> None:
    from ledger.store.event_store import Store

    shell(zhibu, LOG)
    with Store.open(str(zhibu.ledger)) as store:
        store.set_setting("timezone", "Nowhere/../../etc")
    for words in (("history",), ("score", "college-staff-branch-2019", "--period", "2019"), ("due",)):
        said = zhibu(*words)
        assert said.status == 1
        assert "zhibu init --timezone" in said.err
        assert "inside zhibu" not in said.err
