"""CSV as spreadsheet programs save it, and as people write it."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.events import parse_event
from ledger.files.formats import arm, disarm, separator_of, write_records
from ledger.files.tables.source.opening import read_text_table
from tests.ledger.files.sheets import events_of, read, text_file

HEADER = "type,branch,occurred_on,kind,present,evidence"
ROW = "meeting_held,b1,2019-03-12,theme_day,11,photo"
EVENT = parse_event(
    {
        "branch": "b1",
        "type": "meeting_held",
        "occurred_on": "2019-03-12",
        "data": {"kind": "theme_day", "present": 11, "evidence": ["photo"]},
    }
)
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_encoding_and_separator_of_a_spreadsheet_program_is_read(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    header = "记录类型,支部,发生日期,会议类型,实到人数,痕迹材料"
    text = f"{header}\r\n会议,b1,2019/3/12,主题党日,11,照片\r\n".replace(",", separator)
    assert events_of(text_file(tmp_path / "a.csv", text, encoding)) == [EVENT]


@pytest.mark.parametrize(
    "header",
    [
        "type,branch,occurred_on,kind,present,evidence",
        "TYPE,Branch,Occurred On,Kind of meeting,Present,EVIDENCE",
        "type,branch,occurred-on,data.kind,data.present,data.evidence",
        " 记录类型 ,支部,发生日期,会议类型,实到人数,痕迹材料",
        "记录类型,支部,发生日期,会议类型（kind）,实到人数 (present),evidence",
    ],
)
def test_headers_are_names_or_labels_in_either_language(tmp_path: Path, header: str) -> None:
    assert events_of(text_file(tmp_path / "a.csv", f"{header}\n{ROW}\n")) == [EVENT]


@pytest.mark.parametrize(
    "row",
    [
        "会议,b1,2019-03-12,主题党日,11,照片",
        "meeting_held,b1,2019-03-12,THEME PARTY DAY,11,photos",
        'meeting_held,b1,2019-03-12,theme_day,11,"photo, photo"',
        "meeting_held,b1,2019年3月12日,theme_day, 11 ,photo；photo",
    ],
)
def test_values_are_words_or_labels_in_either_language(tmp_path: Path, row: str) -> None:
    assert events_of(text_file(tmp_path / "a.csv", f"{HEADER}\n{row}\n")) == [EVENT]


def test_a_file_named_after_a_type_need_not_say_it(tmp_path: Path) -> None:
    text = "branch,occurred_on,kind,present,evidence\n" + ROW.removeprefix("meeting_held,")
    assert events_of(text_file(tmp_path / "meeting_held.csv", text)) == [EVENT]
    assert events_of(text_file(tmp_path / "会议.csv", text)) == [EVENT]
    assert events_of(text_file(tmp_path / "a.csv", text), "meeting_held") == [EVENT]
    assert read(text_file(tmp_path / "a.csv", text)) == [
        (1, ["the column type is missing. Say it by --type, or name the sheet after the type of its events"])
    ]


def test_rows_of_several_types_fill_their_own_columns(tmp_path: Path) -> None:
    text = f"{HEADER},member,month,amount\n{ROW},,,\ndues_paid,b1,2019-03-12,,,,m01,2019-03,20\n"
    first, second = events_of(text_file(tmp_path / "a.csv", text))
    assert (first, second.type) == (EVENT, "dues_paid")


def test_a_cell_in_a_column_of_another_type_is_refused(tmp_path: Path) -> None:
    text = f"{HEADER},member\n{ROW},m01\n"
    assert read(text_file(tmp_path / "a.csv", text)) == [
        (
            2,
            [
                (
                    'member: is not a field of this type, got "m01". '
                    "Leave the whole column out by --map 'member=', or clear this cell alone"
                )
            ],
        )
    ]


def test_rows_are_told_by_the_number_beside_them_in_a_spreadsheet(tmp_path: Path) -> None:
    text = f'\n{HEADER},topic\n,,\n\n{ROW},"two\r\nlines"\n{ROW},\n{ROW.replace("11", "-3")},x\n'
    rows = read(text_file(tmp_path / "a.csv", text))
    # as a spreadsheet program counts: a line break inside a cell begins no row
    assert [number for number, _ in rows] == [5, 6, 7]
    assert rows[0][1].data.topic == "two\nlines"  # type: ignore[union-attr]
    assert rows[2][1] == ["data.present: must be a whole number ≥ 0, got -3"]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("type,branch,occurred_on,nonsense!", "nonsense!: is not a known column"),
        ("type,branch,occurred_on,presnt", "presnt: is not a known column. Did you mean present"),
        ("type,branch,occurred_on,实到人", "实到人: is not a known column. Did you mean present"),
        ("type,branch,occurred_on,kind,KIND", 'KIND: is the same field as the column "kind"'),
        ("type,branch,支部,occurred_on", '支部: is the same field as the column "branch"'),
        ("type,branch,occurred_on,position", "position: is set by the store and cannot be given"),
        ("type,branch,occurred_on,哈希,记录时间", "记录时间: is set by the store and cannot be given"),
    ],
)
def test_a_header_that_cannot_be_understood_is_told(tmp_path: Path, header: str, told: str) -> None:
    rows = read(text_file(tmp_path / "a.csv", f"{header}\nx,y,z\n"))
    assert {number for number, _ in rows} == {1}
    sentences = [sentence for _, told_of in rows if isinstance(told_of, list) for sentence in told_of]
    assert any(sentence.startswith(told) for sentence in sentences), sentences


def test_a_sheet_of_one_type_has_the_columns_that_the_type_requires(tmp_path: Path) -> None:
    rows = read(text_file(tmp_path / "dues_paid.csv", "branch,occurred_on\nb1,2019-01-01\n"))
    assert {number for number, _ in rows} == {1}
    assert [sentence for _, sentences in rows for sentence in sentences] == [  # type: ignore[union-attr]
        f"the column {name} ({name}) is missing. "
        f"Add it, say by --map which column it is, or give all rows one value by --set {name}=…"
        for name in ("member", "month", "amount")
    ]


def test_a_cell_beyond_the_headers_is_told(tmp_path: Path) -> None:
    assert read(text_file(tmp_path / "a.csv", f"{HEADER}\n{ROW},more\n")) == [
        (2, ['column 7 has no header, but holds something, got "more". Name the column, or clear the cell'])
    ]


def test_a_short_row_leaves_the_rest_out(tmp_path: Path) -> None:
    (event,) = events_of(text_file(tmp_path / "a.csv", f"{HEADER}\nmeeting_held,b1,2019-03-12,theme_day\n"))
    assert event.data.model_fields_set == {"kind"}


@pytest.mark.parametrize("word", ["", "meetings_held", "会"])
def test_a_row_of_no_known_type_is_told(tmp_path: Path, word: str) -> None:
    ((_, sentences),) = read(text_file(tmp_path / "a.csv", f"{HEADER}\n{word},b1,2019-03-12,study,,\n"))
    assert sentences[0].startswith("type: ")  # type: ignore[index]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (f'{HEADER}\n{ROW}\n"never closed'.encode(), "cannot be split into cells: its quotes do not pair"),
        (f'{HEADER}\n{ROW}\n"a"b,c'.encode(), "cannot be split into cells: its quotes do not pair"),
        (b"PK\x03\x04 and so on", "must be CSV text, but is a workbook"),
        (b"\xff\xff\xff\xff\xff", "must be a text in UTF-8 or GB18030"),
        (b"\xef\xbb\xbf\xff", "must be a text in UTF-8 or GB18030"),
    ],
)
def test_what_is_no_csv_is_told(tmp_path: Path, data: bytes, told: str) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    rows = read(tmp_path / "a.csv")
    assert rows[-1][1][0].startswith(told)  # type: ignore[index]


def test_texts_of_two_megabytes_are_told_by_their_field(tmp_path: Path) -> None:
    text = f"{HEADER},topic\n{ROW},{'x' * 2_000_000}\n"
    assert read(text_file(tmp_path / "a.csv", text)) == [
        (2, ["data.topic: must have at most 10,000 characters, got 2,000,000"])
    ]


@given(CELLS)
def test_an_armed_cell_is_disarmed_to_the_same_text(text: str) -> None:
    assert disarm(arm(text)) == text
    assert arm(text)[:1] not in {"=", "+", "@", "＝", "＋", "－", "＠", "\t"}


@pytest.mark.parametrize(
    "before", ["", "\n", "\n\n", " ", "\u00a0", "\ufeff", "\u200b", "\u2060\n", "\u202e", "'", "''"]
)
@pytest.mark.parametrize("sign", list("=+-@＝＋－＠"))
def test_what_stands_unseen_before_a_formula_does_not_let_it_through(before: str, sign: str) -> None:
    text = f"{before}{sign}HYPERLINK(1)"
    assert arm(text) == f"'{text}"
    assert disarm(arm(text)) == text


@pytest.mark.parametrize("number", ["-3", "-12.5", "0", "20.00"])
def test_a_negative_number_stays_a_number(number: str) -> None:
    assert arm(number) == number


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("first,second\n;,;;\n", ","),
        ("day;amount\n2026-03-01;20,5\n2026-03-02;7,25\n", ";"),
        ("Annex 1, branch one\nday;kind\n2026-03-01;a\n", ";"),
        ('name\tnote\nx\t"a,b,c\nd,e"\n', "\t"),
    ],
)
def test_cells_are_separated_by_what_most_lines_have(text: str, separator: str) -> None:
    assert separator_of(text) == separator


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5))
def test_records_written_are_read_back(records: list[list[str]]) -> None:
    records = [["first", "second"], *records]
    stream = BytesIO()
    write_records(stream, records)
    grid = read_text_table(stream.getvalue(), "a.csv")
    assert [[cell.value for cell in row.cells] for row in grid.rows] == records
