"""What the check finds in a rubric that loads."""

import pytest

from ledger.problems import Problem
from rubrics.lint import check_rubric
from rubrics.reader.loaded import parse_rubric
from tests.rubrics.lint.others import OTHERS
from tests.rubrics.small import GOOD, bent


def problems_of(text: str) -> list[Problem]:
    return check_rubric(parse_rubric(text, "small.yaml"), OTHERS)


def test_there_is_nothing_to_say_about_a_sound_rubric() -> None:
    assert problems_of(GOOD) == []


SUMS = [
    (
        "points: 10\nsections",
        "points: 12\nsections",
        4,
        "points",
        "has 12.00 points, its sections are printed",
    ),
    ("points: 10\nsections", "points: 12\nsections", 4, "points", "its items add up to 10.00"),
    ("    points: 10", "    points: 11", 8, "sections[0].points", "items add up to 10.00: 1.00 cannot be"),
    ("    points: 10", "    points: 9", 8, "sections[0].points", "1.00 more can be reached than is printed"),
    (
        "            points: 2\n",
        "            points: 1\n",
        24,
        "sections[0].items[1].points",
        "item 1.10 has 2.00 points and its clauses add up to 1.00: the other 1.00 cannot be lost",
    ),
    (
        "            points: 2\n",
        "            points: 3\n",
        24,
        "sections[0].items[1].points",
        "stops at 2.00",
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "path", "said"), SUMS)
def test_points_that_do_not_add_up_are_inconsistencies(
    old: str, new: str, line: int, path: str, said: str
) -> None:
    found = [problem for problem in problems_of(bent(old, new)) if said in problem.expected.en]
    assert [(problem.severity, problem.line, (problem.field or "")) for problem in found] == [
        ("inconsistency", line, path)
    ]


def test_clauses_may_add_up_to_more_than_the_cap_of_a_bonus_section() -> None:
    text = bent("points: 10\nsections", "points: 0\nsections").replace(
        "    points: 10", "    points: 3\n    bonus: true"
    )
    text = text.replace("            points: 2\n", "            points: 5\n")
    assert problems_of(text) == []


def test_a_years_quarters_follow_the_year_that_the_rubric_keeps() -> None:
    text = bent(
        "per: month\n            at_least: 1",
        "per: half\n            at_least: 1\n            by: [03-31, 09-30]",
    )
    assert problems_of(text) == []
    assert len(problems_of(text.replace("version: 1.10", "version: 1\nyear_start: 3"))) == 0
    text = text.replace("03-31, 09-30", "03-31, 04-30")
    assert [problem.severity for problem in problems_of(text)] == ["error"]
    assert problems_of(text.replace("version: 1.10", "version: 1\nyear_start: 4")) == []


def test_a_text_in_one_language_is_a_note_and_shown_in_both() -> None:
    for given, missing in (("{zh: 学习}", "has no English (en)"), ("{en: study}", "has no Chinese (zh)")):
        [problem] = problems_of(bent("{zh: 学习, en: study}", given))
        assert (problem.severity, problem.line, problem.field) == ("note", 7, "sections[0].title")
        assert missing in problem.expected.en
    rubric = parse_rubric(bent("{zh: 学习, en: study}", "{zh: 学习, en: }"), "small.yaml").rubric
    assert (rubric.sections[0].title.zh, rubric.sections[0].title.en) == ("学习", "学习")


def test_each_reading_is_told_once_in_the_order_of_the_file() -> None:
    text = bent("    title: {zh: 学习", "    reading: {zh: 本部分, en: of the section}\n    title: {zh: 学习")
    text = text.replace(
        "        points: 8\n", "        points: 8\n        reading: {zh: 本项, en: of the item}\n"
    )
    found = problems_of(text)
    assert [(problem.severity, (problem.field or ""), problem.expected.en) for problem in found] == [
        ("reading", "sections[0].reading", "1: of the section"),
        ("reading", "sections[0].items[0].reading", "1.1: of the item"),
    ]
    assert found[0].expected.zh == "1：本部分"
