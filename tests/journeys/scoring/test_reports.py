"""Reports for the office through the program."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.test_terminal import on_terminal
from tests.program import Program, loaded_by, process
from tests.projections.reports.pages import Page

SCORE = ("score", "college-staff-branch-2019", "--period", "2019", "--on", "2020-01-31")


def test_a_report_goes_into_a_file_by_its_ending(year: Program, tmp_path: Path) -> None:
    book, page = tmp_path / "score.xlsx", tmp_path / "score.HTML"
    environ = {"ZHIBU_LEDGER": str(year.ledger)}
    done = process(*SCORE, "--output", str(book), environ={**environ, "ZHIBU_LANG": "zh"})
    assert (done.status, str(book) in done.out, done.err) == (0, True, "")
    opened = load_workbook(book)
    assert opened.sheetnames[1:] == ["b1 职工第一党支部", "b2 职工第二党支部"]
    totals = [row[-1] for row in opened.worksheets[0].iter_rows(min_row=5, values_only=True)]
    assert [f"{total:.2f}" for total in totals] == ["87.50", "90.00"]
    assert year.ok(*SCORE, "--output", str(page)).out.count(str(page)) == 1
    assert [h.text for h in Page(page.read_text("utf-8")).all("h2")] == [
        "b1 (职工第一党支部)",
        "b2 (职工第二党支部)",
    ]


def test_a_report_goes_through_a_pipe(year: Program) -> None:
    page = year.ok(*SCORE, "--format", "html", lang="zh")
    assert page.err == ""
    assert [link.text for link in Page(page.out).all("table", "summary")[0].all("a")] == [
        "b1（职工第一党支部）",
        "b2（职工第二党支部）",
    ]
    assert year.ok(*SCORE, "--format", "html", lang="zh").out == page.out


def test_a_workbook_is_not_thrown_at_a_terminal(year: Program) -> None:
    seen, status = on_terminal(year.ledger, *SCORE, "--format", "xlsx", NO_COLOR="1")
    assert (status, "--output score.xlsx" in seen) == (2, True)


@pytest.mark.parametrize("ending", ["xlsx", "html"])
def test_what_was_entered_about_a_branch_is_what_the_office_reads(
    ending: str, year: Program, tmp_path: Path
) -> None:
    year.ok(
        "assess", "bureau-direct-organization", "10", "3", "--branch", "b1", "--as", "superior",
        "--period", "2019", "--on", "2019-12-28", "--note", "=not published",
    )  # fmt: skip
    file = tmp_path / f"bureau.{ending}"
    year.ok("score", "bureau-direct-organization", "--period", "2019", "--on", "2020-01-31", "--branch", "b1",
            "--output", str(file))  # fmt: skip
    if ending == "html":
        text = Page(file.read_text("utf-8")).by_id("b1").text
        assert "=not published" in text
        return
    _, sheet = load_workbook(BytesIO(file.read_bytes()))
    rows = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    assert rows["10"][2:] == (5, 5, None, 3, 3, "judged by the superior: =not published")


@pytest.mark.parametrize(
    ("form", "absent"), [("table", {"openpyxl", "jinja2"}), ("html", {"openpyxl"}), ("xlsx", {"jinja2"})]
)
def test_a_library_is_loaded_only_for_the_report_that_needs_it(
    form: str, absent: set[str], year: Program, tmp_path: Path
) -> None:
    file = str(tmp_path / "score")
    loaded = loaded_by(*SCORE, "--format", form, "--output", file, "--ledger", str(year.ledger))
    assert not loaded & absent
