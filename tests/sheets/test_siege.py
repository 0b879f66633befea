"""Tables that somebody else made up to hurt: much of one thing, and each is read or told, in linear work.

Nothing is timed; what is not linear does not end.
"""

import zipfile
from pathlib import Path

import pytest

from ledger.store.event_store import Store
from tests.sheets.making import furnish, read, states, take, workbook


@pytest.fixture
def branch(sqlite_store: Store) -> Store:
    return furnish(sqlite_store)


def test_many_rows_of_one_matter_are_compared_once_each(branch: Store) -> None:
    rows = "".join(f"2026-01-05,主题党日,第{number}次\n" for number in range(3_000))
    text = ("日期,会议类型,议题\n" + rows).encode()
    answer = take(branch, text, branch="b1", type_word="meeting_held", dry=True)
    assert [states(answer)[0], states(answer)[-1]] == ["2 new", "3001 duplicate"]


def test_as_many_equal_rows_as_stand_are_paired_each_with_one(branch: Store) -> None:
    text = ("日期,会议类型,议题\n" + "2026-01-05,主题党日,第1次\n" * 2_000).encode()
    said = {"branch": "b1", "type_word": "meeting_held"}
    assert take(branch, text, as_new=True, **said).appended == 2_000
    again = take(branch, text, dry=True, **said)
    assert (again.present, len({row.stands for row in again.rows})) == (2_000, 2_000)


def test_a_thousand_unknown_columns_are_told(branch: Store) -> None:
    columns = ",".join(f"怪列{number}" for number in range(900))
    found = read(branch, f"姓名,月份,{columns}\n王芳,2026-01\n".encode(), branch="b1", type_word="dues_paid")
    assert len(found.rows) == 901
    assert len(read(branch, f"姓名,月份,{columns}\n王芳,2026-01\n".encode(), branch="b1").rows) > 900


def test_tens_of_thousands_of_columns_are_refused_and_counted(branch: Store) -> None:
    for header in ("栏" * 3, "", "姓名"):
        columns = ",".join(f"{header}{number}" for number in range(50_000))
        found = read(branch, f"{columns}\n{',' * 49_999}\n".encode(), branch="b1", type_word="dues_paid")
        assert found.has_problems
        assert len(found.rows) < 10


def test_millions_of_texts_of_a_workbook_are_refused_before_they_are_unfolded(
    branch: Store, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", {"党费": [["姓名", "月份", "实缴"], ["王芳", "2026-01", 20]]})
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["xl/sharedStrings.xml"] = b"<sst>" + b"<si><t>x</t></si>" * 6_000_000 + b"</sst>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, held in members.items():
            archive.writestr(name, held)
    (row,) = read(branch, path, path.name, branch="b1").rows
    assert "未读取" in row.problems[0].problem.expected.zh


def test_thousands_of_strangers_are_told(branch: Store) -> None:
    rows = "".join(f"陌生人{number},2026-01,20\n" for number in range(3_000))
    found = read(branch, f"姓名,月份,实缴\n{rows}".encode(), branch="b1")
    assert len(found.rows) == 3_001


@pytest.mark.parametrize("cell", ["x" * 200_000, "（" * 50_000, "*" * 100_000, "1-" * 50_000, "年" * 100_000])
@pytest.mark.parametrize("place", ["title", "header", "name", "month", "amount"])
def test_a_long_cell_anywhere_is_read_or_told(cell: str, place: str, branch: Store) -> None:
    cells = {
        "title": "党费",
        "header": "实缴",
        "name": "王芳",
        "month": "2026-01",
        "amount": "20",
        place: cell,
    }
    text = "{title},,\n姓名,月份,{header}\n{name},{month},{amount}\n".format(**cells)
    reading = read(branch, text.encode(), branch="b1", type_word="dues_paid")
    assert reading.has_problems is (place != "title")
    assert all(len(one.message("zh")) < 600 for row in reading.rows for one in row.problems)
