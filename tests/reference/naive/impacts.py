"""Impact, the slow way: two whole replays, without and with new events, and what differs between them.

In: a log in full-export shape, how many events at its end are new (all of one branch), a form, today. Out:
what an answer about one rubric year must say; what it must not leave out; whether a reason is true.
Deliberately absent: speed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rubrics.model import Clause, Rubric
from rubrics.rules import Deadline, Submission
from tests.reference.naive.clauses import ClauseScore, score_clause
from tests.reference.naive.effective import Fact, effective_events
from tests.reference.naive.owed import obligations_of, year_span
from tests.reference.naive.periods import Day, Span, period_named, year_of
from tests.reference.naive.roster import Replay
from tests.reference.naive.scorer import branch_row

DONE = {"met", "late"}
RESPONSES = {"document_submitted", "issue_closed", "disclosure_made"}


@dataclass(frozen=True)
class Change:
    """A log before and after its last events, which are all of one branch."""

    log: Sequence[dict[str, Any]]
    new: int
    rubric: Rubric
    today: Day

    @cached_property
    def before(self) -> tuple[Fact, ...]:
        return tuple(effective_events(self.log[: -self.new]))

    @cached_property
    def after(self) -> tuple[Fact, ...]:
        return tuple(effective_events(self.log))

    @cached_property
    def touched(self) -> list[Fact]:
        """The events that are new, gone or changed: of changed ones both shapes."""
        return [fact for fact in self.after if fact not in self.before] + [
            fact for fact in self.before if fact not in self.after
        ]

    def year(self, year: int) -> "Year":
        span = year_span(year, self.rubric.year_start)
        return Year(
            Replay(self.before, self.rubric, span, self.today),
            Replay(self.after, self.rubric, span, self.today),
        )

    def goes_by(self, branch: str, year: int) -> bool:
        """Whether the branch adopted the form by a rubric year's end, and had not dropped it before."""
        span = year_span(year, self.rubric.year_start)
        own = [f for f in self.after if f.branch == branch and f.get("rubric") == self.rubric.id]
        own.sort(key=lambda fact: (fact.day, fact.position))
        for place, fact in enumerate(own):
            if fact.type == "rubric_adopted" and fact.day <= span.end:
                drops = [later.day for later in own[place:] if later.type == "rubric_dropped"]
                if not drops or drops[0] > span.start:
                    return True
        return False

    def years(self) -> set[int]:
        """The rubric years of the days on which the events stand, and of what they name."""
        start = self.rubric.year_start
        found = set()
        for fact in self.touched:
            found |= {year_of(day, start) for day in days_of(fact, start)}
        return found


@dataclass(frozen=True)
class Year:
    """One rubric year, without and with the new events."""

    before: Replay
    after: Replay

    def totals(self, branch: str) -> tuple[str, str]:
        was, now = (branch_row(replay, branch)["total"] for replay in (self.before, self.after))
        return was, now

    def scores(self, branch: str, clause: Clause) -> tuple[ClauseScore, ClauseScore]:
        return score_clause(self.before, branch, clause), score_clause(self.after, branch, clause)

    def moved(self, branch: str) -> set[str]:
        """The clauses whose score is another one."""
        pairs = ((clause, self.scores(branch, clause)) for clause in self.after.rubric.clauses())
        return {clause.id for clause, (was, now) in pairs if was.score != now.score}

    def became(self, branch: str, clause: Clause | None) -> tuple[set[str], set[str]]:
        """The obligations that became met or late, and those that were and are no more."""
        was, now = (
            {row["obligation"]: row["state"] for row in obligations_of(replay, branch, clause)}
            for replay in (self.before, self.after)
        )
        both = was.keys() & now.keys()
        open_ = {"open", "at_risk", "overdue"}
        return (
            {key for key in both if was[key] in open_ and now[key] in DONE},
            {key for key in both if was[key] in DONE and now[key] in open_},
        )


def days_of(fact: Fact, year_start: int) -> list[Day]:
    """The day on which an event stands, and the first and last days of what it names."""
    days = [fact.stands_on]
    for field in ("month", "quarter", "period"):
        if fact.get(field):
            named: Span = period_named(fact.get(field), 1 if field == "quarter" else year_start)
            days += [named.start, named.end]
    return days


def can_be_of(change: Change, entry: dict[str, Any]) -> bool:
    """Whether an entry can be what is told of the events: one stands behind it, or in its window. Of an entry
    without a window (a trigger, a request) nothing is said.
    """
    if entry["window"] is None:
        return True
    window, start = period_named(entry["window"], change.rubric.year_start), change.rubric.year_start
    return any(
        fact.id in entry["events"] or any(window.start <= day <= window.end for day in days_of(fact, start))
        for fact in change.touched
    )


def must_be_listed(change: Change, branch: str) -> Iterator[tuple[str, str]]:
    """The rubric year and the clause of all that moves in the years that the events lie in, or which one
    of them answers a request or trigger of."""
    for year in sorted(change.years()):
        if change.goes_by(branch, year):
            for moved in change.year(year).moved(branch):
                yield f"{year:04d}", moved
    if change.touched and all(fact.type in RESPONSES for fact in change.touched):
        first = min(change.years())
        for year in range(first - 1, first + 6):
            of_year = change.year(year).moved(branch) if change.goes_by(branch, year) else ()
            for clause in change.rubric.clauses():
                if clause.id in of_year and any(isinstance(r, Deadline | Submission) for r in clause.rules):
                    yield f"{year:04d}", clause.id


def is_true(change: Change, year: Year, branch: str, clause: Clause, why: str) -> bool:
    """Whether a reason for a score that did not move can be the true one; of some reasons nothing is said."""
    _, now = year.scores(branch, clause)
    owed_since = max(year.after.founding(branch), year.after.owed_from(branch))
    states = {entry["state"] for entry in now.entries if can_be_of(change, entry)}
    waived = any(entry["state"] == "waived" for entry in now.entries)
    match why:
        case "judged":
            return (now.department or now.superior or (now.self_ if clause.assessed else None)) is not None
        case "waived":
            return waived
        case "exempt":
            return "waived" in states
        case "founding":
            days = [fact.stands_on for fact in change.touched]
            return owed_since > min([*days, year.after.period.start])
        case "floor":
            return now.score == 0
        case "full":
            return now.score == clause.points or "met" in states
        case "short":
            return bool(states & {"lost", "open"})
    return True
