"""Rows about people's own tables: read, compared, taken in, beside openpyxl reading the same cells."""

import shutil
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from openpyxl import Workbook, load_workbook

from bench.made import NOW, TODAY, Made, opened
from bench.timing import QUICK, Figure, in_turn
from ledger.events import parse_event
from ledger.files.importing import Policy, take_in
from ledger.files.tables.reading import Options, read_tables
from ledger.intake.batch import record_each
from ledger.names import Directory
from ledger.people import set_names
from ledger.store.setup import init

ROWS = 500 if QUICK else 5_000
MEMBERS = 100
FOUNDED = "2015-01-01"


def import_table(made: Made) -> Figure:
    """A workbook of dues of 5,000 rows, by names, into a ledger; openpyxl reads the same cells."""
    empty, file = _ledger(made.own), _workbook(made.own)
    numbers = count()

    def ours() -> None:
        path = shutil.copy(empty, made.own / f"sheets{next(numbers)}.db")
        with opened(f"sqlite:///{path}") as store:
            reading = read_tables(file, Options(branch="第一支部"), Directory(store), today=TODAY)
            answer = take_in(store, [reading], Policy(), now=NOW, today=TODAY, known={})
            assert answer.appended == ROWS, answer.rows[0].problems

    def theirs() -> None:
        book = load_workbook(file, read_only=True, data_only=True)
        for row in book.worksheets[0].iter_rows(values_only=True):
            assert row

    mine, raw = in_turn(ours, theirs, 1 if QUICK else 3)
    return Figure(f"import of a table of {ROWS:,} rows", "openpyxl reading the same cells", mine, raw, 8)


def _ledger(folder: Path) -> Path:
    path = folder / "roster.db"
    init(f"sqlite:///{path}")
    said = [("branch_registered", {"name": "第一支部"})]
    said += [("member_joined", {"member": f"m{number:03d}"}) for number in range(MEMBERS)]
    events = [
        parse_event({"branch": "b1", "type": word, "occurred_on": FOUNDED, "data": data})
        for word, data in said
    ]
    with opened(f"sqlite:///{path}") as store:
        record_each(store, events, now=NOW, today=TODAY, known={})
        set_names(store, "b1", {f"m{number:03d}": f"党员{number}" for number in range(MEMBERS)})
    return path


def _workbook(folder: Path) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("党费")
    sheet.append(["党费收缴登记表"])
    sheet.append(["序号", "姓名", "月份", "应缴金额（元）", "实缴金额", "缴费日期", "备注"])
    for number in range(ROWS):
        month = number // MEMBERS
        first = date(2016 + month // 12, month % 12 + 1, 1)
        paid = first + timedelta(days=number % 25)
        sheet.append([number + 1, f"党员{number % MEMBERS}", f"{first:%Y-%m}", 20.5, 20.5, paid, None])
    path = folder / "dues.xlsx"
    book.save(path)
    return path
