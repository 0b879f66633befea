"""From entries to scores: items, sections, bands, judgements, waivers, grades."""

from typing import Any

import pytest

from rubrics.model import Rubric
from tests.reference.written import ScoreOne, clause, first_clause, form, form_of, single, text, told

FINDING = "{kind: tally, events: {type: finding_recorded, where: {category: %s}}, points: -0.5}"
ARTICLES = "{kind: tally, events: {type: article_published}, points: 1}"
JUDGED = "{kind: assessed}"


def findings(category: str, count: int) -> str:
    return f"2019-03-01 b1 finding_recorded category={category} count={count}\n"


def articles(count: int) -> str:
    return "2019-04-01 b1 article_published level=unit\n" * count


def test_what_no_clause_can_take_away_stays(score: ScoreOne) -> None:
    rubric = form(clause(FINDING % "a", 0.5), clause(FINDING % "b", 0.5, "c2"), item=2)
    row = score(findings("a", 9) + findings("b", 9), rubric)
    assert (row["total"], row["in_play"]) == ("1.00", "2.00")


def test_an_overfull_item_stops_at_nothing(score: ScoreOne) -> None:
    rubric = form(clause(FINDING % "a", 4), clause(FINDING % "b", 1, "c2"), item=4)
    assert score(findings("a", 2), rubric)["total"] == "3.00"
    assert score(findings("a", 7) + findings("b", 2), rubric)["total"] == "0.00"  # 4 − 3.5 − 1
    assert score(findings("a", 1), rubric)["in_play"] == "4.00"


def test_an_item_starts_from_what_need_not_be_earned(score: ScoreOne) -> None:
    rubric = form(clause(FINDING % "a", 4), clause(ARTICLES, 2, "c2", start="zero"))
    assert score(findings("a", 1), rubric)["total"] == "3.50"
    assert score(findings("a", 1) + articles(1), rubric)["total"] == "4.50"
    assert score(articles(3), rubric)["total"] == "6.00"
    overfull = form(clause(FINDING % "a", 4), clause(ARTICLES, 5, "c2", start="zero"), item=6)
    assert score(articles(1), overfull)["total"] == "2.00"  # 6 − 5, and one earned


def test_a_clause_ends_at_nothing_and_at_its_points(score: ScoreOne) -> None:
    row = score(findings("a", 9), form(clause(FINDING % "a", 2), item=4))
    assert (first_clause(row)["score"], row["total"]) == ("0.00", "2.00")
    assert told(row) == ["lost -4.50 2019-03-01"]


def bonus_form() -> Rubric:
    items: list[dict[str, Any]] = [
        {
            "id": f"i{n}",
            "title": text("i"),
            "points": points,
            "clauses": [clause(rule, points, f"c{n}", **more)],
        }
        for n, rule, points, more in (
            (1, FINDING % "a", 5, {}),
            (2, ARTICLES, 4, {"start": "zero"}),
            (3, ARTICLES, 4, {"start": "zero"}),
        )
    ]
    return form_of([items[:1], items[1:]], bonus="6")


def test_a_bonus_is_shown_apart_and_capped(score: ScoreOne) -> None:
    row = score(findings("a", 1) + articles(4), bonus_form())
    assert (row["base"], row["bonus"], row["total"], row["in_play"]) == ("4.50", "6.00", "10.50", "11.00")
    assert [section["score"] for section in row["sections"]] == ["4.50", "6.00"]


@pytest.mark.parametrize(
    ("points", "grade"), [("89.5", "较好"), ("90", "优秀"), ("80", "较好"), ("79.99", "一般"), ("0", "差")]
)
def test_a_bands_lower_bound_is_inclusive(score: ScoreOne, points: str, grade: str) -> None:
    bands = [(90, "优秀"), (80, "较好"), (70, "一般"), (0, "差")]
    rubric = single(JUDGED, 100, bands=[{"at_least": n, "grade": text(name)} for n, name in bands])
    log = f"2019-12-31 b1 clause_assessed rubric=form clause=c1 assessor=superior points={points}"
    row = score(log, rubric)
    assert (float(row["total"]), row["grade"]) == (float(points), grade)


def assessed(day: str, assessor: str, points: object, **more: str) -> str:
    fields = " ".join(f"{name}={value}" for name, value in more.items())
    return f"{day} b1 clause_assessed rubric=form clause=c1 assessor={assessor} points={points} {fields}\n"


def test_department_stands_over_superior_and_either_over_the_rules(score: ScoreOne) -> None:
    rubric = form(clause(FINDING % "a", 3))
    log = findings("a", 1) + assessed("2019-12-01", "self", 3)
    row = score(log, rubric)
    assert (row["total"], first_clause(row)["computed"], first_clause(row)["self"]) == (
        "2.50",
        "2.50",
        "3.00",
    )

    log += assessed("2019-12-02", "superior", 1)
    row = score(log, rubric)
    assert (row["total"], told(row)) == ("1.00", ["lost -0.50 2019-03-01", "lost -1.50 2019-12-02"])

    log += assessed("2019-12-03", "department", 3) + assessed("2019-12-04", "superior", 0)
    row = score(log, rubric)
    columns = {name: first_clause(row)[name] for name in ("computed", "self", "superior", "department")}
    assert columns == {"computed": "2.50", "self": "3.00", "superior": "0.00", "department": "3.00"}
    assert (row["total"], told(row)[-1]) == ("3.00", "gained 0.50 2019-12-03")


def test_the_difference_is_to_the_unclipped_sum(score: ScoreOne) -> None:
    row = score(findings("a", 9) + assessed("2019-12-02", "superior", 2), form(clause(FINDING % "a", 3)))
    assert (row["total"], told(row)[-1]) == ("2.00", "gained 3.50 2019-12-02")  # 3 − 4.5 + 3.5
    row = score(articles(5) + assessed("2019-12-02", "superior", 2), form(clause(ARTICLES, 2, start="zero")))
    assert (row["total"], told(row)[-1]) == ("2.00", "lost -3.00 2019-12-02")


def test_an_assessment_counts_for_exactly_its_period_and_from_its_day_on(score: ScoreOne) -> None:
    rubric = form(clause(FINDING % "a", 3))
    log = assessed("2019-07-01", "superior", 1, period="2019-H1")
    assert score(log, rubric, "2019-01..2019-06")["total"] == "1.00"
    assert score(log, rubric, "2019-01..2019-06", "2019-06-30")["total"] == "3.00"
    assert score(log, rubric, "2019")["total"] == "3.00"
    yearly = assessed("2020-01-09", "superior", 1, period="2019") + assessed("2020-01-08", "superior", 2)
    assert score(yearly, rubric, "2019", "2020-01-31")["total"] == "1.00"
    assert score(yearly, rubric, "2020", "2020-01-31")["total"] == "2.00"


def test_unjudged_is_presumed_full_or_none_and_listed(score: ScoreOne) -> None:
    full, none = single(JUDGED, 3), single(JUDGED, 3, unassessed="none")
    for rubric, total in ((full, "3.00"), (none, "0.00")):
        row = score(findings("a", 1), rubric)
        assert (row["total"], row["unassessed"], told(row)) == (total, "3.00", [])
        assert first_clause(row)["computed"] == total
    by_self = assessed("2019-12-01", "self", 2)
    for rubric, entry in ((full, "lost -1.00"), (none, "gained 2.00")):
        row = score(by_self, rubric)
        assert (row["total"], row["unassessed"]) == ("2.00", "0.00")
        assert told(row) == [f"{entry} 2019-12-01"]
        assert score(by_self + assessed("2019-12-01", "superior", 1), rubric)["total"] == "1.00"


WAIVED = "2019-12-01 b1 clause_waived rubric=form clause=c1 reason=r until=%s\n"


def test_an_assessed_clause_waived_on_the_periods_last_day_counts_full(score: ScoreOne) -> None:
    rubric = single(JUDGED, 3, unassessed="none")
    row = score(WAIVED % "2019-12-31", rubric)
    assert (row["total"], row["unassessed"]) == ("3.00", "0.00")
    assert score(WAIVED % "2019-12-30", rubric)["total"] == "0.00"
    judged = score(WAIVED % "2019-12-31" + assessed("2019-12-02", "superior", 1), rubric)
    assert judged["total"] == "1.00"  # a waiver gives way to a judgement


STUDY = """{kind: quota, events: {type: meeting_held}, per: quarter, at_least: 1, shortfall: proportional}"""


def test_a_waived_clause_gives_an_overfull_item_what_a_judged_one_would(score: ScoreOne) -> None:
    rubric = form(clause(JUDGED, 6), clause(JUDGED, 0.5, "c2"), item=6, unassessed="none")
    judged = "2019-12-31 b1 clause_assessed rubric=form clause=c1 assessor=superior points=6 period=2019"
    assert score(WAIVED % "2020-01-31", rubric)["total"] == "6.00"
    assert score(judged, rubric)["total"] == "6.00"


def test_a_waiver_takes_losses_whose_window_it_touches_and_leaves_what_was_met(score: ScoreOne) -> None:
    log = """
    2019-02-01 b1 meeting_held kind=study
    2019-03-31 b1 clause_waived rubric=form clause=c1 reason=r until=2019-04-01
    """
    row = score(log, single(STUDY, 3))
    assert told(row) == [
        "met 0.00 2019-Q1",
        "waived 0.00 2019-Q2",
        "lost -1.00 2019-Q3",
        "lost -1.00 2019-Q4",
    ]
    assert row["total"] == "1.00"  # two of the three that are required
    open_too = score(log, single(STUDY, 3), on="2019-04-30")
    assert (told(open_too)[1], open_too["at_risk"]) == ("waived 0.00 2019-Q2", "2.00")
    before = score(log, single(STUDY, 3), on="2019-03-30")
    assert told(before)[1] == "open 0.00 2019-Q2"


def test_a_waiver_takes_single_events_by_their_day(score: ScoreOne) -> None:
    log = """
    2019-03-01 b1 clause_waived rubric=form clause=c1 reason=r until=2019-03-31
    2019-03-01 b1 clause_waived rubric=other clause=c1 reason=r until=2019-12-31
    2019-03-31 b1 finding_recorded category=a
    2019-04-01 b1 finding_recorded category=a
    """
    row = score(log, form(clause(FINDING % "a", 3)))
    assert told(row) == ["waived 0.00 2019-03-31", "lost -0.50 2019-04-01"]
    gained = log + "2019-03-05 b1 article_published level=unit"
    assert told(score(gained, form(clause(ARTICLES, 3, start="zero")))) == ["gained 1.00 2019-03-05"]


def test_what_is_waived_was_not_owed(score: ScoreOne) -> None:
    log = "2019-01-01 b1 clause_waived rubric=form clause=c1 reason=r until=2019-12-31"
    row = score(log, single(STUDY, 3))
    assert (row["total"], first_clause(row)["owed"], row["in_play"]) == ("3.00", False, "0.00")


def test_at_risk_is_what_the_score_would_still_lose(score: ScoreOne) -> None:
    rubric = form(clause(STUDY.replace("proportional", "{each: 2}"), 3), item=3)
    row = score("2018-01-01 b1 branch_registered name=b1", rubric, on="2019-03-31")
    # 2 lost of 3; three open windows at 2 each can take no more than the 1 that is left
    assert (row["total"], row["at_risk"]) == ("1.00", "1.00")
    once = form(clause(STUDY.replace("proportional", "{once: 1}"), 3))
    assert score("2018-01-01 b1 branch_registered name=b1", once, on="2019-03-31")["at_risk"] == "0.00"
    judged = score(assessed("2019-03-01", "superior", 3), rubric, on="2019-03-31")
    assert (judged["total"], judged["at_risk"]) == ("3.00", "0.00")
