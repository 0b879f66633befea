"""How a bar divides a section's points."""

import pytest

from projections.engine.results import ClauseScore, ItemScore, SectionScore
from projections.reports.bars import build_bar, most
from rubrics.library import load
from rubrics.model import Rubric
from rubrics.numbers import parse_points
from rubrics.reader.loaded import parse_rubric
from tests.projections.reports.offices import FORMS, INSTITUTE, Office

FORM = """
id: bars
version: 1
title: {zh: 条, en: bars}
points: 10
sections:
  - id: 1
    title: {zh: 甲, en: a}
    points: 10
    items:
      - id: 1.1
        title: {zh: 扣, en: lose}
        points: 4
        rules: [{kind: dues, by_day: 25, late: {each: 1}, short: {each: 1}}]
      - id: 1.2
        title: {zh: 加, en: earn}
        points: 3
        start: zero
        rules: [{kind: tally, events: {type: lecture_given}, points: 1}]
      - id: 1.3
        title: {zh: 评, en: judge}
        points: 3
        rules: [{kind: assessed}]
  - id: 2
    title: {zh: 加分, en: bonus}
    points: 2
    bonus: true
    items:
      - id: 2.1
        title: {zh: 加, en: earn}
        points: 5
        start: zero
        rules: [{kind: tally, events: {type: lecture_given}, points: 1}]
"""


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return parse_rubric(FORM, "bars.yaml").rubric


def shown(*items: tuple[str, str, str, str], score: str = "0") -> SectionScore:
    """A section of a score: points, score, at risk and unassessed of its items, a clause each."""
    rows = []
    for row in items:
        points, scored, at_risk, unassessed = map(parse_points, row)
        clause = ClauseScore("c", points, scored, scored, scored, at_risk, unassessed, owed=True)
        rows.append(ItemScore("i", points, scored, scored, at_risk, unassessed, points, (clause,)))
    return SectionScore("s", 0, False, parse_points(score), 0, 0, tuple(rows))


def bar(rubric: Rubric, section: int, *items: tuple[str, str, str, str]) -> list[tuple[str, int]]:
    built = build_bar(shown(*items), rubric.sections[section], rubric)
    assert all(part.share == part.points for part in built)
    return [(part.kind, part.points) for part in built]


def test_everything_scored_is_one_part(rubric: Rubric) -> None:
    full = (
        ("4.00", "4.00", "0.00", "0.00"),
        ("3.00", "3.00", "0.00", "0.00"),
        ("3.00", "3.00", "0.00", "0.00"),
    )
    assert bar(rubric, 0, *full) == [("scored", 1000)]


def test_lost_at_risk_not_earned_and_presumed_points_stand_apart(rubric: Rubric) -> None:
    parts = bar(
        rubric, 0, ("4.00", "2.50", "1.00", "0.00"), ("3.00", "1.00", "0.00", "0.00"),
        ("3.00", "3.00", "0.00", "3.00"),
    )  # fmt: skip
    expected = [("scored", 250), ("unassessed", 300), ("at_risk", 100), ("lost", 150), ("unearned", 200)]
    assert parts == expected


def test_what_is_presumed_nothing_is_neither_lost_nor_scored(rubric: Rubric) -> None:
    parts = bar(
        rubric, 0, ("4.00", "4.00", "0.00", "0.00"), ("3.00", "3.00", "0.00", "0.00"),
        ("3.00", "0.00", "0.00", "3.00"),
    )  # fmt: skip
    assert parts == [("scored", 700), ("unassessed", 300)]


def test_a_bonus_section_is_as_long_as_its_cap(rubric: Rubric) -> None:
    assert bar(rubric, 1, ("5.00", "4.00", "0.00", "0.00")) == [("scored", 200)]
    assert bar(rubric, 1, ("5.00", "1.00", "0.00", "0.00")) == [("scored", 100), ("unearned", 100)]


def test_a_graded_section_is_its_mean_and_what_nobody_graded() -> None:
    rubric = load(INSTITUTE).rubric
    section = rubric.sections[4]
    judged, unjudged = ("100", "90", "0", "0"), ("100", "0", "0", "100")
    parts = build_bar(shown(judged, judged, unjudged, score="90"), section, rubric)
    assert [(part.kind, part.points) for part in parts] == [
        ("scored", 9000),
        ("unassessed", 3333),
        ("lost", 1000),
    ]
    assert [part.share for part in parts] == [18000, 10000, 2000]


@pytest.mark.parametrize("on", ["2019-02-10", "2019-09-30", "2020-01-31"])
@pytest.mark.parametrize("form", FORMS)
def test_bars_of_every_form_add_up_to_the_points_and_to_the_score(form: str, on: str, office: Office) -> None:
    report = office.replayed(form, on=on).report()
    for section in (section for branch in report.branches for section in branch.sections):
        assert all(part.share > 0 for part in section.bar)
        if report.mean:
            continue
        assert sum(part.points for part in section.bar) == most(section, mean=False)
        parts = {part.kind: part.points for part in section.bar}
        safe = parts.get("scored", 0) + parts.get("at_risk", 0)
        assert section.score is not None
        assert safe <= section.score <= safe + parts.get("unassessed", 0)
