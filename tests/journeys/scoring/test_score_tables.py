"""What the tables of a score show beside its points."""

import csv
import io
import re

import pytest

from tests.program import Program, widest

RUBRIC = "college-staff-branch-2019"
GRADED = "institute-branch-appraisal"
SCORE = ("score", RUBRIC, "--period", "2019", "--on", "2020-01-31", "--branch", "b1")


def test_judgements_stand_beside_what_was_computed(year: Program) -> None:
    for assessor, points in (("self", "2"), ("superior", "1.5"), ("department", "0.75")):
        year.ok("assess", RUBRIC, "1.2", points, "--branch", "b1", "--as", assessor, "--period", "2019",
                "--on", "2020-01-10")  # fmt: skip
    english, chinese = year.ok(*SCORE).out, year.ok(*SCORE, lang="zh").out
    for told in (english, chinese):
        assert re.search(r"^1\.2 .* 2\.00 +2\.00 +1\.50 +0\.75 +0\.75$", told, re.MULTILINE)
    assert max(widest(english), widest(chinese)) <= 80


def test_where_nobody_judged_there_is_no_table_of_judgements(branch: Program) -> None:
    assert len(re.findall(r"^1\.2 ", branch.ok(*SCORE).out, re.MULTILINE)) <= 1


def test_the_heading_breaks_between_its_parts(year: Program) -> None:
    for lang in ("en", "zh"):
        lines = year.ok(*SCORE, lang=lang).out.split("\n\n")[0].splitlines()
        assert not any(line.endswith("·") for line in lines)
        assert " · ".join(line.removeprefix("· ") for line in lines).count(" · ") == 2


def test_csv_speaks_the_readers_language(year: Program) -> None:
    for lang, title in (("en", "political building"), ("zh", "政治建设")):
        rows = list(csv.DictReader(io.StringIO(year.ok(*SCORE, "--format", "csv", lang=lang).out)))
        section = next(row for row in rows if (row["level"], row["id"]) == ("section", "1"))
        assert title in section["title"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_graded_form_tells_what_is_not_judged_as_a_share(lang: str, branch: Program) -> None:
    out = branch.ok("score", GRADED, "--period", "2019", "--branch", "b1", lang=lang).out
    assert "100%" in out
    assert widest(out) <= 80
