"""What the table of wordings is asked about: entries, duties, impacts, with fields of no matter filled in."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from ledger.words import Words
from projections.engine.entries import Entry, Obligation
from projections.engine.periods import Window
from projections.engine.results import Impact
from projections.text.labels import Names
from rubrics.library import load
from rubrics.model import Rubric

COLLEGE = "college-staff-branch-2019"


class People:
    def of(self, branch: str, code: str) -> str | None:
        return {("b1", "m01"): "王芳"}.get((branch, code))


NAMES = Names({"b1": "一支部"}, People(), "b1")


def window(label: str, first: date, last: date) -> Window:
    return Window("month", 0, label, first, last, first.toordinal(), last.toordinal())


MARCH = window("2019-03", date(2019, 3, 1), date(2019, 3, 31))


def entry(state: Any, cause: str, points: int = 0, **more: Any) -> Entry:
    return Entry(0, 0, state, cause, date(2019, 3, 31).toordinal(), points=points, **more)


def duty(**more: Any) -> Obligation:
    given: dict[str, Any] = {
        "branch": "b1", "rubric": COLLEGE, "clause": "10.2", "obligation": "k", "kind": "dues",
        "what": Words("交党费", "pay the dues"), "form": Words("细则", "form"), "window": "2019-03",
        "due_on": date(2019, 3, 25), "days_left": 3, "required": 200, "done": 0, "missing": 200,
        "at_stake": 100, "members": ("m01", "m02"), "part_paid": (), "advisory": False, "state": "open",
        "begins": date(2019, 3, 1), "lead_on": date(2019, 3, 15), "place": (0, 0, "2019-03"),
    }  # fmt: skip
    return Obligation(**{**given, **more})


def rubric(name: str = COLLEGE) -> Rubric:
    return load(name).rubric


def impact(before: int, after: int, why: Any = None, **more: Any) -> Impact:
    given: dict[str, Any] = {"branch": "b1", "rubric": COLLEGE, "period": "2019", "clause": "7.4"}
    return Impact(**given, before=5000 + before, after=5000 + after, score_before=before, score_after=after,
                  met=more.get("met", ()), unmet=more.get("unmet", ()), why=why)  # fmt: skip


def raised(due_on: str, **more: Any) -> Any:
    """A reminder, as far as words ask."""
    given: dict[str, Any] = {
        "clause": "6.1", "rung": "near", "days_left": 3, "missing": "1", "missing_of": None,
        "at_stake": "0.14", "advisory": False, "what": Words("党课", "Party lecture"), "window": None,
    }  # fmt: skip
    return SimpleNamespace(due_on=date.fromisoformat(due_on), **{**given, **more})
