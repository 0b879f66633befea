"""Whatever stands on the command line, or in a file: a sentence, never a traceback."""

from pathlib import Path

import pytest

from tests.journeys.recording.hostile import COMMANDS, SENSE, VALUES, fields, filled, options, paths
from tests.program import Program, process


@pytest.fixture
def zhibu(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.chdir(tmp_path)
    program = Program(sqlite_url)
    program.ok("log", "branch-registered", "--branch", "b1", "--name", "一", "--on", "2018-12-31")
    return program


def check(zhibu: Program, words: list[str]) -> None:
    said = zhibu(*words, stdin="")
    shown = [word[:60] for word in words]
    assert said.status in (0, 1, 2), (shown, said)
    assert "inside zhibu" not in said.err, (shown, said.err)
    assert "Traceback" not in said.err, (shown, said.err)
    assert said.status == 0 or said.err, shown


@pytest.mark.parametrize("turn", range(4))
def test_no_option_breaks_down_over_a_value(zhibu: Program, turn: int) -> None:
    values = list(VALUES.values())
    for number, words in enumerate(COMMANDS):
        if number % 4 == turn:
            check(zhibu, filled(words, values[number % len(values)]))
    zhibu.ok("verify")


def test_every_command_has_a_line_that_makes_sense_to_be_spoilt() -> None:
    assert set(paths()) == SENSE.keys()


@pytest.mark.parametrize("turn", range(4))
def test_no_option_of_the_table_breaks_down_over_a_value(zhibu: Program, turn: int) -> None:
    values = list(VALUES.values())
    for number, words in enumerate(options()):
        if number % 4 == turn:
            for step in (0, 13):
                check(zhibu, filled(words, values[(number + step) % len(values)]))
    zhibu.ok("verify")


@pytest.mark.parametrize("turn", range(4))
def test_no_field_of_any_type_breaks_down_over_a_value(zhibu: Program, turn: int) -> None:
    values = list(VALUES.values())
    for number, words in enumerate(fields()):
        if number % 4 == turn:
            check(zhibu, filled(words, values[number // 4 % len(values)]))
    zhibu.ok("verify")


def test_bytes_that_are_no_utf8_come_from_a_real_command_line(sqlite_url: str) -> None:
    environ = {"ZHIBU_LEDGER": sqlite_url}
    for words in (
        ["history", "--branch", "\udcff"],
        ["notify", "remove", "\udcff"],
        ["retract", "\udcff", "--reason", "x"],
    ):
        said = process(*words, environ=environ)
        assert said.status in (1, 2)
        assert "inside zhibu" not in said.err
        assert "Traceback" not in said.err


@pytest.mark.parametrize(
    "head",
    [
        b"9" * 5_000 + b" sha256:0",
        b'{"position": ' + b"9" * 5_000 + b', "hash": "sha256:0"}',
        b"\xff\xfe",
        b"",
        b"\0",
        b"[]",
        b"[" * 100_000,
    ],
)
def test_a_head_that_is_none_is_a_sentence(zhibu: Program, tmp_path: Path, head: bytes) -> None:
    (tmp_path / "head").write_bytes(head)
    said = zhibu("verify", "--head", str(tmp_path / "head"))
    assert said.status == 1
    assert "`zhibu head`" in said.err


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/full", "/dev/null"])
def test_a_file_without_end_is_told_and_not_read(zhibu: Program, device: str) -> None:
    """Whatever of the program reads a file that is named on the command line."""
    for words in (
        ("verify", "--head", device),
        ("import", device),
        ("import", device, "--type", "meeting-held"),
        ("import", "--restore", device),
        ("roster", "import", device, "--branch", "b1"),
        ("rubric", "check", device),
        ("rubric", "test", device),
        ("score", device, "--period", "2019"),
        ("segments", "check", device),
    ):
        check(zhibu, list(words))
    assert zhibu.head()["position"] == 1
