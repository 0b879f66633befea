"""Empty sheets to fill in, and what comes of filling them in."""

from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ledger.events import CATALOGUE, ENVELOPE, fields_of, parse_event
from ledger.files.formats import CHOICES_SHEET
from ledger.files.templates import write_csv_template, write_xlsx_template
from ledger.words import Language
from tests.ledger.files.sheets import events_of, read, read_records

LANGUAGES: list[Language] = ["zh", "en"]
EVERY = [(word, language) for word in CATALOGUE for language in LANGUAGES]


@cache
def template(word: str, language: Language) -> bytes:
    stream = BytesIO()
    write_xlsx_template(word, stream, language)
    return stream.getvalue()


def opened(word: str, language: Language) -> Any:
    return load_workbook(BytesIO(template(word, language)))


def headers(sheet: Any) -> list[str]:
    return [cell.value for cell in sheet[1]]


def offered(book: Any, sheet: Any) -> dict[str, list[str]]:
    """The choices of each column, by its header."""
    choices = {}
    for validation in sheet.data_validations.dataValidation:
        column = str(validation.sqref).partition(":")[0].rstrip("0123456789")
        name, _, cells = validation.formula1.replace("$", "").rpartition("!")
        assert name == f"'{CHOICES_SHEET}'"
        choices[sheet[f"{column}1"].value] = [row[0].value for row in book[CHOICES_SHEET][cells]]
    return choices


@pytest.mark.parametrize(("word", "language"), EVERY)
def test_an_empty_template_of_every_type_is_a_file_without_events(
    tmp_path: Path, word: str, language: Language
) -> None:
    sheet, table = tmp_path / "mine.xlsx", tmp_path / "mine.csv"
    sheet.write_bytes(template(word, language))
    with table.open("wb") as stream:
        write_csv_template(word, stream, language)
    assert (read(sheet), read(table)) == ([], [])


@pytest.mark.parametrize(("word", "language"), EVERY)
def test_a_template_has_a_column_a_field_under_a_label_of_its_own(word: str, language: Language) -> None:
    found = headers(opened(word, language)[word])
    assert len(found) == len(set(found))
    labels = [info.label.pick(language) for info in fields_of(word).values()]
    for label in [*labels, ENVELOPE["branch"].label.pick(language)]:
        assert [header for header in found if header == label or header.startswith(label)], label
    stream = BytesIO()
    write_csv_template(word, stream, language)
    assert stream.getvalue().decode("utf-8-sig").splitlines() == [
        ",".join([ENVELOPE["type"].label.pick(language), *found])
    ]


@pytest.mark.parametrize(("word", "language"), EVERY)
def test_every_choice_that_a_template_offers_can_be_imported(
    tmp_path: Path, word: str, language: Language
) -> None:
    book = opened(word, language)
    sheet = book[word]
    names = {info.label.pick(language): name for name, info in fields_of(word).items()}
    rows = []
    for header, choices in offered(book, sheet).items():
        for choice in choices:
            sheet.append([choice if other == header else None for other in headers(sheet)])
            rows.append((header, choice))
    path = tmp_path / "filled.xlsx"
    book.save(path)
    for (header, choice), (_, told) in zip(rows, [row for row in read(path) if row[0] != 1], strict=True):
        field = f"data.{names[header]}: "
        wrong = told if isinstance(told, list) else []
        assert not [sentence for sentence in wrong if sentence.startswith(field)], (header, choice, wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_template_says_the_event(tmp_path: Path, language: Language) -> None:
    filled = {
        "branch": "b1",
        "occurred_on": date(2019, 3, 12),
        "kind": {"zh": "主题党日", "en": "theme Party day"}[language],
        "present": 11,
        "evidence": {"zh": "照片；会议记录", "en": "photos; minutes"}[language],
        "on_leave": "m01, m02",
        "topic": "学习",
    }
    labels = {
        name: info.label.pick(language) for name, info in (fields_of("meeting_held") | ENVELOPE).items()
    }
    book = opened("meeting_held", language)
    by_header = {labels[name]: value for name, value in filled.items()}
    book["meeting_held"].append([by_header.get(header) for header in headers(book["meeting_held"])])
    path = tmp_path / "filled.xlsx"
    book.save(path)
    assert events_of(path) == [
        parse_event(
            {
                "branch": "b1",
                "type": "meeting_held",
                "occurred_on": "2019-03-12",
                "data": {
                    "kind": "theme_day",
                    "present": 11,
                    "evidence": ["minutes", "photo"],
                    "on_leave": ["m01", "m02"],
                    "topic": "学习",
                },
            }
        )
    ]


def test_what_must_be_filled_in_stands_first_and_out(tmp_path: Path) -> None:
    sheet = opened("dues_paid", "zh")["dues_paid"]
    assert headers(sheet) == ["支部", "发生日期", "成员", "党费月份", "金额", "应缴金额", "记录人"]
    assert [cell.font.bold for cell in sheet[1]] == [True] * 5 + [False] * 2
    assert all(cell.comment.text for cell in sheet[1])
    assert sheet["A1"].comment.text.startswith("必填。")
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["B"].number_format == "yyyy-mm-dd"
    assert sheet.column_dimensions["C"].number_format == "@"
    assert sheet.column_dimensions["E"].number_format == "0.00"


def test_columns_are_wide_enough_for_chinese(tmp_path: Path) -> None:
    sheet = opened("meeting_held", "zh")["meeting_held"]
    width = {cell.value: sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]}
    assert width["会议类型"] >= 2 * len("理论学习中心组学习")


def test_a_template_counts_for_another_month_only_where_events_can() -> None:
    assert "计入月份" in headers(opened("meeting_held", "zh")["meeting_held"])
    assert "计入月份" not in headers(opened("dues_paid", "zh")["dues_paid"])


def test_choices_of_sets_and_codes_are_offered_and_not_enforced() -> None:
    enforced = {}
    for word in ("meeting_held", "document_submitted"):
        sheet = opened(word, "en")[word]
        for validation in sheet.data_validations.dataValidation:
            column = str(validation.sqref).partition(":")[0].rstrip("0123456789")
            enforced[sheet[f"{column}1"].value] = bool(validation.showErrorMessage)
    assert enforced["kind of meeting"]
    assert not enforced["evidence"]
    assert not enforced["kind of document"]


def test_the_header_of_a_csv_template_is_read_by_spreadsheet_programs(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as stream:
        write_csv_template("dues_paid", stream, "zh")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    ((line, cells),) = read_records(path)
    assert (line, cells[0]) == (1, "记录类型")
