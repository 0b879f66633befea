"""Which reader a table wants, by the ending of its name and the bytes at its beginning.

In: the path or the bytes of a file, and its name as people know it. Out: its tables. Deliberately absent:
knowledge of the formats themselves (`texts`, `workbooks`).
"""

from pathlib import Path, PurePath

from ledger.errors import Refused
from ledger.files.tables.source.grid import MOST_BYTES, Grid
from ledger.files.tables.source.texts import read_text_table
from ledger.files.tables.source.workbooks import read_other_workbook, read_workbook, too_large, wps_sheet
from ledger.problems import Problem
from ledger.words import Words

_ZIPPED = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0"
_TEXT_ENDINGS = frozenset({".csv", ".tsv", ".txt"})
_OTHER_ENDINGS = frozenset({".xls", ".xlsb", ".ods"})
_ENDINGS = frozenset({".xlsx", ".xlsm", *_OTHER_ENDINGS})
_WPS_ENDINGS = frozenset({".et", ".ett"})


def grids_of(source: Path | bytes, name: str) -> list[Grid]:
    """Return the tables of a file; its name's ending says what it is. Raises `Refused`."""
    return _grids(source if isinstance(source, bytes) else _bytes(source), name)


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Refused([Problem(Words(zh="应为文件，实际为文件夹", en="must be a file, but is a folder"))])
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise Refused([Problem(Words(zh="文件不存在", en="is no file that exists"))]) from None
    except PermissionError:
        words = Words(zh="没有读取权限", en="may not be read: the rights are missing")
        raise Refused([Problem(words)]) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refused([Problem(Words(zh=f"无法读取（{reason}）", en=f"cannot be read ({reason})"))]) from None
    return data


def _grids(data: bytes, name: str) -> list[Grid]:
    if len(data) > MOST_BYTES:
        raise Refused([too_large(len(data))])
    ending = PurePath(name).suffix.lower()
    if ending in _WPS_ENDINGS:
        raise Refused([wps_sheet()])
    if ending in _TEXT_ENDINGS:
        return [read_text_table(data, name)]
    if ending not in _ENDINGS and not data.startswith((_ZIPPED, _COMPOUND)):
        raise Refused([_other_ending()])
    if ending in _OTHER_ENDINGS or data.startswith(_COMPOUND):
        try:
            return read_other_workbook(data, name)
        except Refused:
            if ending in _OTHER_ENDINGS:
                raise
    return read_workbook(data, name)


def _other_ending() -> Problem:
    return Problem(
        Words(
            zh="表格的文件名应以 .xlsx、.xls、.ods、.csv、.tsv 或 .txt 结尾",
            en="must end in .xlsx, .xls, .ods, .csv, .tsv or .txt to be read as a table",
        )
    )
