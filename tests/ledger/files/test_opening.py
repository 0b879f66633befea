"""Which file is read how, and what is told of one that cannot be read."""

from io import BytesIO
from pathlib import Path

import pytest

from ledger.errors import Refused
from ledger.events.lines import LONGEST_LINE
from ledger.files.formats import read_jsonl
from ledger.files.opening import form_of, lines_of, lines_of_stream
from ledger.files.tables.reading import Options, read_tables
from ledger.intake.batch import Line
from tests.ledger.files.sheets import AsTyped
from tests.ledger.intake.said import TODAY


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.jsonl", "jsonl"),
        ("a.JSONL", "jsonl"),
        ("a.ndjson", "jsonl"),
        ("a.csv", "csv"),
        ("a.tsv", "csv"),
        ("A.XLSX", "xlsx"),
    ],
)
def test_the_ending_says_the_form(name: str, form: str) -> None:
    assert form_of(Path(name)) == form


@pytest.mark.parametrize("name", ["a.doc", "a.pdf", "a", "jsonl"])
def test_another_ending_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused, match=r"must end in \.jsonl, \.csv or \.xlsx"):
        form_of(Path(name))
    (tmp_path / name).touch()
    assert [line.raw.problems[0].expected.en for line in lines_of(tmp_path / name)] == [  # type: ignore[union-attr]
        "must end in .jsonl, .csv or .xlsx"
    ]


@pytest.mark.parametrize("ending", ["jsonl", "csv", "xlsx"])
def test_a_file_that_is_not_there_or_is_a_folder_is_told(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"folder.{ending}").mkdir()
    told = [what_is_wrong(tmp_path / f"{name}.{ending}") for name in ("none", "folder")]
    assert told == ["is no file that exists", "must be a file, but is a folder"]


def what_is_wrong(path: Path) -> str:
    if form_of(path) == "jsonl":
        (line,) = lines_of(path)
        assert isinstance(line.raw, Refused)
        return line.raw.problems[0].expected.en
    (row,) = read_tables(path, Options(), AsTyped(), today=TODAY).rows
    return row.problems[0].problem.expected.en


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.ods"])
def test_a_table_where_lines_are_wanted_is_told(tmp_path: Path, name: str) -> None:
    (line,) = lines_of(tmp_path / name)
    assert isinstance(line.raw, Refused)
    assert line.raw.problems[0].expected.en == "must be JSON Lines (.jsonl), but is a table"


def test_lines_are_numbered_blank_ones_included_and_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"a": 1}\r\n\n  \n{"b": 2}')
    assert list(lines_of(path)) == [Line(str(path), 1, b'{"a": 1}\r\n'), Line(str(path), 4, b'{"b": 2}')]


def test_an_empty_file_has_no_lines(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").touch()
    assert list(lines_of(tmp_path / "a.jsonl")) == []
    (tmp_path / "a.csv").touch()
    assert read_tables(tmp_path / "a.csv", Options(), AsTyped(), today=TODAY).rows == []


def test_standard_input_is_named_by_a_dash_and_read_before_anything_is_done() -> None:
    stream = BytesIO(b"{}\n{}\n")
    lines = lines_of_stream(stream)
    assert stream.read() == b""
    assert list(lines) == [Line("-", 1, b"{}\n"), Line("-", 2, b"{}\n")]


class Endless(BytesIO):
    """A line much longer than any may be, then what it was made with."""

    left = 2 * LONGEST_LINE

    def readline(self, size: int | None = -1) -> bytes:
        if not self.left:
            return super().readline(size)
        taken = min(size or 0, self.left)
        self.left -= taken
        return bytes(taken) if self.left else bytes(taken - 1) + b"\n"


def test_of_a_line_without_end_no_more_is_kept_than_it_takes_to_refuse_it() -> None:
    stream = Endless(b"{}\n")
    first, second = read_jsonl(stream, "-")
    assert isinstance(first.raw, bytes)
    assert len(first.raw) == LONGEST_LINE + 1
    assert second == Line("-", 2, b"{}\n")
