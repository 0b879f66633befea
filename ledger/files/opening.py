"""Which reader a file wants, by the ending of its name.

In: a path, or standard input. Out: the form of a file; the lines of JSON Lines, or one line that says why
there are none. Deliberately absent: knowledge of the formats themselves (`formats`, `tables`).
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, Literal

from ledger.errors import Refused
from ledger.files.formats import read_jsonl
from ledger.intake.admission import Line
from ledger.problems import Problem
from ledger.words import Words

Form = Literal["jsonl", "csv", "xlsx"]

ENDINGS: dict[str, Form] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xlsx",
    ".xlsb": "xlsx",
    ".ods": "xlsx",
    ".et": "xlsx",
    ".ett": "xlsx",
}


def form_of(path: Path) -> Form:
    """Return the form of file that a name stands for; raises `Refused` for any other ending."""
    form = ENDINGS.get(path.suffix.lower())
    if form is None:
        expected = Words(zh="文件名应以 .jsonl、.csv 或 .xlsx 结尾", en="must end in .jsonl, .csv or .xlsx")
        raise Refused([Problem(expected, file=str(path))])
    return form


def lines_of(path: Path, *, full: bool = False) -> Iterator[Line]:
    """Yield the lines of JSON Lines; a file that is none, or cannot be read, is one line that says so.

    `full` as of `read_jsonl`.
    """
    name = str(path)
    try:
        if form_of(path) != "jsonl":
            raise Refused([_a_table(name)])
        with path.open("rb") as stream:
            yield from read_jsonl(stream, name, full=full)
    except Refused as refused:
        yield Line(name, None, refused)
    except OSError as error:
        yield Line(name, None, Refused([_unopened(error)]))


def full_lines_of(path: Path) -> Iterator[Line]:
    """Return the lines of a full export; a pipe is read to its end at once, a device is no export."""
    if path.is_fifo() or path.is_socket():
        with path.open("rb") as stream:
            return lines_of_stream(stream, str(path), full=True)
    return lines_of(path, full=True)


def lines_of_stream(stream: BinaryIO, name: str = "-", *, full: bool = False) -> Iterator[Line]:
    """Return the JSON Lines of a stream, read to its end at once.

    Whoever fills a pipe slowly must not hold the ledger's one lock meanwhile.
    """
    spool = TemporaryFile()  # noqa: SIM115  # closed once its lines are read
    shutil.copyfileobj(stream, spool, 1 << 20)
    spool.seek(0)
    return _spooled(spool, name, full)


def _spooled(spool: BinaryIO, name: str, full: bool) -> Iterator[Line]:
    with spool:
        yield from read_jsonl(spool, name, full=full)


def _a_table(name: str) -> Problem:
    return Problem(
        Words(
            zh="应为 JSON Lines（.jsonl）文件，实际为表格", en="must be JSON Lines (.jsonl), but is a table"
        ),
        file=name,
    )


def _unopened(error: OSError) -> Problem:
    if isinstance(error, FileNotFoundError):
        return Problem(Words(zh="文件不存在", en="is no file that exists"))
    if isinstance(error, IsADirectoryError):
        return Problem(Words(zh="应为文件，实际为文件夹", en="must be a file, but is a folder"))
    if isinstance(error, PermissionError):
        return Problem(Words(zh="没有读取权限", en="may not be read: the rights are missing"))
    reason = error.strerror or str(error)
    return Problem(Words(zh=f"无法读取（{reason}）", en=f"cannot be read ({reason})"))
