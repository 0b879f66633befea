"""Obligations agree with scores: what is at stake is what a replay gives or takes, silence is a met entry."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from projections.engine.periods import MONTHS, year_of
from rubrics.model import Rubric
from tests.projections.engine.duties import due
from tests.reference.drawn.strategies import Case, cases
from tests.reference.engine import owed_by_engine, score_with_engine
from tests.reference.test_engine_agrees import many, one_in
from tests.reference.written import Row, clause, first_clause, form, parse_log, positioned

FOUNDED = "2010-01-01 b1 branch_registered name=b1\n"
SHORTFALLS = ["all", "proportional", "{each: 0.3}", "{each: 2}", "{once: 0.7}"]
OBLIGING = {"quota", "deadline", "dues", "submission", "checklist", "threshold"}


def points(log: str, rubric: Rubric) -> int:
    """What the clause scores at the year's end, in hundredths."""
    [row] = score_with_engine(positioned(parse_log(log)), rubric, "2019", date(2019, 12, 31), None, ["b1"])
    return round(float(first_clause(row)["score"]) * 100)


@st.composite
def lone(draw: st.DrawFn) -> tuple[str, Rubric, str, int]:
    """A log up to a day in the last window of a cadence, a form of one quota, the day, the units missing."""
    cadence = draw(st.sampled_from(sorted(MONTHS)))
    wanted = draw(st.integers(1, 3))
    shortfall = draw(st.sampled_from(SHORTFALLS))
    start = draw(st.sampled_from(["full", "zero"]))
    begins = date(2019, 13 - MONTHS[cadence], 1)
    day = draw(st.dates(begins, date(2019, 12, 31)))
    rules = f"""
    - {{kind: quota, events: {{type: meeting_held}}, per: {cadence}, at_least: {wanted},
        shortfall: {shortfall}}}
    - {{kind: tally, events: {{type: finding_recorded}}, points: -0.4}}
    - {{kind: tally, events: {{type: article_published}}, points: 0.9}}
    """
    before = (
        draw(st.lists(st.dates(date(2019, 1, 1), begins - timedelta(1)), max_size=14))
        if begins.month > 1
        else []
    )
    within = draw(st.lists(st.dates(begins, day), max_size=wanted - 1))
    lines = [f"{held} b1 meeting_held kind=study" for held in [*before, *within]]
    for type_ in ("finding_recorded category=x", "article_published level=unit"):
        lines += [f"{on} b1 {type_}" for on in draw(st.lists(st.dates(date(2019, 1, 1), day), max_size=4))]
    rubric = form(clause(rules, draw(st.sampled_from(["0.5", "1", "3"])), start=start))
    return FOUNDED + "\n".join(lines), rubric, day.isoformat(), wanted - len(within)


@pytest.mark.fuzz
@settings(many, max_examples=one_in(3, 20))
@given(case=lone())
def test_a_lone_obligation_is_worth_the_difference_of_two_replays(case: tuple[str, Rubric, str, int]) -> None:
    log, rubric, day, missing = case
    [one] = [one for one in due(log, rubric, day) if one.due_on == date(2019, 12, 31)]
    assert one.missing == missing * 100
    met = log + "\n2019-12-31 b1 meeting_held kind=study" * missing
    assert one.at_stake == points(met, rubric) - points(log, rubric)


def cut(case: Case) -> list[Row]:
    """The events of the case up to its day, but for controls, and for adoptions, which bound what is due."""
    left_out = ("event_retracted", "event_corrected", "rubric_adopted", "rubric_dropped")
    plain = [event for event in case.events if event["type"] not in left_out]
    known = [e for e in plain if e["occurred_on"] <= case.on.isoformat() or e["type"] == "branch_registered"]
    return positioned(known)


@pytest.mark.fuzz
@settings(many, max_examples=one_in(3, 20))
@given(case=cases())
def test_an_obligation_falls_silent_exactly_when_what_scores_is_met(case: Case) -> None:
    """The morning after a day: what the score of that day's end says of the entries."""
    events, morning = cut(case), case.on + timedelta(days=1)
    # A branch that is registered in the morning owes, and is owed for, what the evening knew nothing of.
    assume(not any(e["occurred_on"] == morning.isoformat() for e in events))
    year = year_of(morning, case.rubric.year_start)
    found = owed_by_engine(
        events, case.rubric, morning, branches=case.branches, since=year.start, until=year.end
    )
    rows = score_with_engine(events, case.rubric, year.name, case.on, None, case.branches)
    lost: defaultdict[tuple[str, str], int] = defaultdict(int)
    open_: defaultdict[tuple[str, str], int] = defaultdict(int)
    overdue: defaultdict[tuple[str, str], int] = defaultdict(int)
    for one in found:
        if one.due_on > year.end:
            continue
        place = (one.branch, one.clause)
        open_[place] += one.state in ("open", "at_risk")
        overdue[place] += one.state in ("overdue", "late")
        lost[place] += one.at_stake if one.state in ("overdue", "late") else 0
    for row in rows:
        for scored in (c for s in row["sections"] for i in s["items"] for c in i["clauses"]):
            compare(case, scored, (row["branch"], scored["id"]), open_, overdue, lost)


def compare(
    case: Case, scored: dict[str, Any], place: tuple[str, str], open_: Any, overdue: Any, lost: Any
) -> None:
    of_form = next(c for c in case.rubric.clauses() if c.id == place[1])
    if any(r.kind not in OBLIGING or getattr(r, "per", None) == "event" for r in of_form.rules):
        return
    states = [entry["state"] for entry in scored["entries"] if not entry["cause"].startswith("assessed")]
    assert bool(open_[place]) == ("open" in states)
    assert bool(overdue[place]) == ("lost" in states)
    judged = scored["superior"] is not None or scored["department"] is not None
    if of_form.start == "full" and not judged:
        assert lost[place] == of_form.points - round(float(scored["score"]) * 100)
