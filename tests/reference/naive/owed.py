"""Obligations, the slow way: entries of the reference, gathered by rule and window, on the morning of a day.

In: a log in full-export shape, a rubric, a day, branches. Out: the obligations as the contract shows them,
sorted by branch and key. Deliberately absent: titles; speed.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

from rubrics.model import Clause, Rubric
from rubrics.numbers import print_points
from rubrics.rules import Quota, Rule
from tests.reference.naive.clauses import found_entries, score_clause
from tests.reference.naive.effective import effective_events
from tests.reference.naive.entries import Entry, in_order, plain, points_of
from tests.reference.naive.judgements import waivers
from tests.reference.naive.kinds.answers import time_to_answer
from tests.reference.naive.kinds.windows import done_in_the_window
from tests.reference.naive.periods import Day, Span, windows_of_year, year_of
from tests.reference.naive.roster import Replay

LEADS = {"month": 10, "two_months": 15, "quarter": 30, "half": 45, "year": 60}
OBLIGING = {"quota", "deadline", "dues", "submission", "checklist"}


def obliges(rule: Rule) -> bool:
    return rule.kind in OBLIGING or (rule.kind == "threshold" and rule.per != "event")


def year_span(year: int, year_start: int) -> Span:
    [span] = windows_of_year("year", year, year_start)
    return span


def owed(
    log: Sequence[dict[str, Any]],
    rubric: Rubric,
    on: Day,
    as_of: int | None,
    branches: Sequence[str],
    until: Day | None = None,
) -> list[dict[str, Any]]:
    """What is listed on the morning of a day, of branches that adopted the form or never did.

    Listed are the obligations whose window or span overlaps the rubric's year in which the day lies, what was
    due in the 31 days before, and what is due up to `until`, 31 days ahead where left out.
    """
    facts = tuple(effective_events(log, as_of))
    this_year = year_of(on, rubric.year_start)
    year_begins = year_span(this_year, rubric.year_start).start
    back, ahead = on - timedelta(days=31), until or on + timedelta(days=31)
    last = max(this_year, year_of(ahead, rubric.year_start)) + 8
    found = []
    for year in range(min(this_year, year_of(back, rubric.year_start)), last):
        replay = Replay(facts, rubric, year_span(year, rubric.year_start), on)
        for branch in branches:
            for clause in [*rubric.clauses(), None]:
                for row in obligations_of(replay, branch, clause):
                    due_on = Day.fromisoformat(row["due_on"])
                    overlaps = year == this_year or (row["window"] is None and due_on >= year_begins)
                    near = back <= due_on <= ahead
                    if (overlaps or near) and _goes_by_the_form(replay, branch, due_on):
                        found.append(row)
    return sorted(found, key=lambda row: (row["branch"], row["obligation"]))


def _goes_by_the_form(replay: Replay, branch: str, day: Day) -> bool:
    """Whether an adoption of the form stands on the day; of a branch that never adopted it, always."""
    steps = [
        fact
        for fact in replay.of(branch)
        if fact.type in {"rubric_adopted", "rubric_dropped"} and fact.data["rubric"] == replay.rubric.id
    ]
    begun = [fact for fact in steps if fact.day <= day]
    never = all(fact.type == "rubric_dropped" for fact in steps)
    return never or (bool(begun) and begun[-1].type == "rubric_adopted")


def obligations_of(replay: Replay, branch: str, clause: Clause | None) -> Iterator[dict[str, Any]]:
    rubric, on = replay.rubric, replay.on
    rules = clause.rules if clause else rubric.rules
    if clause is None:
        if not rules:
            return
        every = next(rubric.clauses()).model_copy(update={"id": "-", "points": 0, "rules": rules})
        entries = found_entries(replay, branch, every, [])
        points, score, standing = 0, 0, False
    else:
        entries = found_entries(replay, branch, clause, waivers(replay, branch, clause))
        scored = score_clause(replay, branch, clause)
        judged = scored.department or scored.superior or (scored.self_ if clause.assessed else None)
        points, score, standing = (
            clause.points,
            _start(replay, branch, clause, scored.full),
            judged is not None,
        )
    entries = in_order(
        replace(e, state="open") if obliges(rules[e.rule]) and e.state == "lost" and e.due_on >= on else e
        for e in entries
    )
    moved = points_of(entries, points)
    reached = score + sum(moved)

    def clip(value: int) -> int:
        return min(max(value, 0), points)

    costs = []
    level = reached - sum(min(0, cost) for cost in moved)
    for cost in moved:
        after = level + min(0, cost)
        costs.append(clip(level) - clip(after))
        level = after

    groups: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        if obliges(rules[entry.rule]):
            place = entry.window.label if entry.window else entry.events[0].id
            groups[entry.rule, place].append(number)
    for (rule_number, place), numbers in groups.items():
        rule, mine = rules[rule_number], [entries[number] for number in numbers]
        if_lost = [
            replace(e, state="lost") if n in numbers and e.state == "open" else e
            for n, e in enumerate(entries)
        ]
        alone = clip(reached) - clip(score + sum(points_of(if_lost, points)))
        yield _row(replay, branch, clause.id if clause else "-", rule_number, rule, place, mine) | {
            "at_stake": print_points(
                0 if standing or rule.advisory else alone + sum(costs[number] for number in numbers)
            )
        }


def _start(replay: Replay, branch: str, clause: Clause, full: bool) -> int:
    if clause.assessed and any(w.covers(replay.period.end) for w in waivers(replay, branch, clause)):
        return clause.points
    return clause.points if full else 0


def _row(
    replay: Replay, branch: str, clause: str, number: int, rule: Rule, place: str, entries: list[Entry]
) -> dict[str, Any]:
    on, due_on = replay.on, entries[0].due_on
    units = [_units(replay, branch, rule, entry) for entry in entries]
    counted = [unit for entry, unit in zip(entries, units, strict=True) if entry.state != "waived"]
    asked = counted or units
    missing = sum((unit[2] for unit in counted), Fraction(0))
    late = any(entry.state == "lost" and unit[2] == 0 for entry, unit in zip(entries, units, strict=True))
    if not counted:
        state = "waived"
    elif not missing:
        state = "late" if late else "met"
    elif due_on < on:
        state = "overdue"
    else:
        state = "at_risk" if on >= _lead_on(rule, entries[0]) else "open"
    return {
        "branch": branch,
        "rubric": replay.rubric.id,
        "clause": clause,
        "obligation": f"{replay.rubric.id}/{clause}/{number + 1}/{place}",
        "window": entries[0].window.label if entries[0].window else None,
        "due_on": due_on.isoformat(),
        "days_left": (due_on - on).days,
        "required": plain(sum((unit[0] for unit in asked), Fraction(0))),
        "done": plain(sum((unit[1] for unit in asked), Fraction(0))),
        "missing": plain(missing),
        "members": sorted(entry.member for entry in _who_misses(entries, units) if entry.member),
        "part_paid": sorted(
            entry.member
            for entry in _who_misses(entries, units)
            if entry.member and any(fact.type == "dues_paid" for fact in entry.events)
        ),
        "advisory": rule.advisory,
        "state": state,
    }


def _who_misses(entries: list[Entry], units: list[tuple[Fraction, Fraction, Fraction]]) -> list[Entry]:
    return [e for e, unit in zip(entries, units, strict=True) if unit[2] and e.state != "waived"]


def _units(replay: Replay, branch: str, rule: Rule, entry: Entry) -> tuple[Fraction, Fraction, Fraction]:
    """What one entry requires, has done (late things included once they are late), and still misses."""
    required = Fraction(1) if entry.required is None else entry.required
    if entry.state == "met":
        return required, Fraction(1) if entry.done is None else entry.done, Fraction(0)
    missing = Fraction(1) if entry.required is None else entry.missing
    done = Fraction(0) if entry.done is None else entry.done
    if entry.state == "lost":
        if isinstance(rule, Quota) and rule.by:
            done = done_in_the_window(replay, branch, rule, entry)
            missing = max(Fraction(0), required - done)
        elif entry.cause == "late" or (rule.kind == "deadline" and len(entry.events) == 2):
            done, missing = required, Fraction(0)
    return required, done, missing


def _lead_on(rule: Rule, entry: Entry) -> Day:
    if rule.kind == "deadline":
        begins = entry.events[0].day
        _, last = time_to_answer(entry.events[0], rule.within)
        lead = (last - begins).days // 3
    elif rule.kind == "submission":
        begins = entry.events[0].day
        lead = max(0, (entry.due_on - begins).days // 3)
    else:
        assert entry.window is not None
        begins = entry.window.start
        lead = LEADS["month" if rule.kind == "dues" else str(getattr(rule, "per", None))]
    return max(begins, entry.due_on - timedelta(days=lead))
