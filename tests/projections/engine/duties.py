"""Obligations in few words: a log and a form in, lines out.

In: a log as `written.parse_log` reads it, a rubric or the id of a form, a day. Out: obligations, or lines
`at_risk 2019-03-31 0.30 0/1 3.1.a committee meeting 2019-03`, members at the end. Deliberately absent: what
must come out.
"""

from operator import attrgetter
from typing import Any

from projections.engine.entries import Obligation
from projections.text.amounts import print_units
from rubrics.library import load
from rubrics.model import Rubric
from rubrics.numbers import print_points
from tests.reference.engine import owed_by_engine
from tests.reference.naive.periods import Day, windows_of_year, year_of
from tests.reference.written import Row, parse_log, positioned


def due(
    log: str | list[Row], form: str | Rubric, on: str, branches: list[str] | None = None, **more: Any
) -> list[Obligation]:
    """The obligations of b1, or of the branches, by one rubric on the morning of a day, of its year."""
    rubric = load(form).rubric if isinstance(form, str) else form
    events = positioned(
        parse_log(log or "2010-01-01 b1 branch_registered name=b1") if isinstance(log, str) else log
    )
    day = Day.fromisoformat(on)
    [year] = windows_of_year("year", year_of(day, rubric.year_start), rubric.year_start)
    bounds = {"since": year.start, "until": year.end}
    found = owed_by_engine(events, rubric, day, branches=branches or ["b1"], **{**bounds, **more})
    return sorted(found, key=attrgetter("order"))


def line(one: Obligation) -> str:
    """An obligation in a line."""
    done = f"{print_units(one.done)}/{print_units(one.required)}"
    words = [one.state, one.due_on.isoformat(), print_points(one.at_stake), done, one.clause, one.what.en]
    return " ".join([*words, *([one.window] if one.window else []), *one.members])


def told(log: str | list[Row], form: str | Rubric, on: str, **more: Any) -> list[str]:
    """The obligations in lines."""
    return [line(one) for one in due(log, form, on, **more)]


def states(log: str | list[Row], form: str | Rubric, *days: str, key: str = "") -> list[str]:
    """How the one obligation whose key ends so stands on each of the days."""
    found = []
    for day in days:
        [one] = [one for one in due(log, form, day) if one.obligation.endswith(key)]
        found.append(f"{day[5:]} {one.state}")
    return found
