"""People's own tables as text: what must come of each stands beside it."""

from datetime import date

import pytest

from ledger.store.event_store import Store
from tests.sheets.kept.cases import Case
from tests.sheets.kept.texts_of_dues import OF_DUES
from tests.sheets.kept.texts_of_registers import OF_REGISTERS
from tests.sheets.making import furnish, read, told

CASES = [*OF_DUES, *OF_REGISTERS]


def text_of(case: Case) -> str:
    return "\n".join(line.strip().replace("|", "\t") for line in case.table.splitlines())


@pytest.fixture
def branch(sqlite_store: Store) -> Store:
    return furnish(sqlite_store)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_table_says_what_stands_beside_it(case: Case, branch: Store) -> None:
    said = dict(case.said)
    if "on" in said:
        said["on"] = date.fromisoformat(said["on"])
    reading = read(branch, text_of(case).encode(), **said)
    assert told(reading) == case.rows
    (sheet,) = reading.sheets
    assert sheet.left_out_columns == case.left_out
    assert sum(sheet.left_out_rows.values()) == case.left_rows


@pytest.mark.parametrize(
    "encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("separator", ["\t", ",", ";"])
def test_any_encoding_and_separator_says_the_same(encoding: str, separator: str, branch: Store) -> None:
    text = "姓名|月份|缴费日期|实缴\n王芳|2025-01|2025-01-10|20\n李强|2025-01|2025-01-11|30\n"
    reading = read(branch, text.replace("|", separator).encode(encoding), branch="b1")
    assert told(reading) == [
        "2 b1 dues_paid 2025-01-10 member=m01 month=2025-01 amount=20.00",
        "3 b1 dues_paid 2025-01-11 member=m02 month=2025-01 amount=30.00",
    ]
