"""What people decided about a clause: assessments, waivers, tallied grades.

In: a replay, a branch, a clause. Out: the judgement that stands, the waived days, the value of the grades.
Deliberately absent: the points of the clause's rules.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from rubrics.model import Clause, Grades
from tests.reference.naive.effective import Fact
from tests.reference.naive.entries import Entry
from tests.reference.naive.periods import Day, Span, period_named, year_of
from tests.reference.naive.roster import Replay

WORDS: tuple[Literal["excellent", "good", "fair", "poor"], ...] = ("excellent", "good", "fair", "poor")


def _for_period(replay: Replay, fact: Fact) -> bool:
    """Whether a judgement was given for exactly the replayed period; unnamed: for the year of its day."""
    year_start = replay.rubric.year_start
    name = fact.get("period") or f"{year_of(fact.day, year_start):04d}"
    period = period_named(name, year_start)
    return (period.first, period.last) == (replay.period.first, replay.period.last)


def _of_clause(replay: Replay, branch: str, clause: Clause, type_: str) -> list[Fact]:
    return [
        fact
        for fact in replay.of(branch)
        if fact.type == type_ and fact.data["rubric"] == replay.rubric.id and fact.data["clause"] == clause.id
    ]


@dataclass(frozen=True)
class Judgement:
    """An assessor's points, in hundredths, and the event that says so."""

    points: int
    fact: Fact


def judged(replay: Replay, branch: str, clause: Clause, assessor: str) -> Judgement | None:
    """The assessor's latest judgement for the period, by day, then by position."""
    said = [
        fact
        for fact in _of_clause(replay, branch, clause, "clause_assessed")
        if fact.data["assessor"] == assessor and _for_period(replay, fact)
    ]
    if not said:
        return None
    latest = max(said, key=lambda fact: fact.happened)
    return Judgement(int((latest.number("points") or Fraction(0)) * 100), latest)


@dataclass(frozen=True)
class Waiver:
    """The superior waived what the clause asks from the first to the last day, both included."""

    start: Day
    until: Day
    fact: Fact

    def covers(self, day: Day) -> bool:
        return self.start <= day <= self.until

    def takes(self, entry: Entry) -> bool:
        """Whether a loss falls under it: its window touches the days, or, where it has none, its day."""
        window: Span | None = entry.window
        return window.touches(self.start, self.until) if window else self.covers(entry.due_on)


def waivers(replay: Replay, branch: str, clause: Clause) -> list[Waiver]:
    """The waivers of the clause that had been granted by the day of replay."""
    return [
        Waiver(fact.day, Day.fromisoformat(fact.data["until"]), fact)
        for fact in _of_clause(replay, branch, clause, "clause_waived")
    ]


@dataclass(frozen=True)
class Grade:
    """The value of a criterion on the scale of 100, and the tallies that it comes from."""

    value: Fraction
    tallies: tuple[Fact, ...]


def graded(replay: Replay, branch: str, clause: Clause, grades: Grades) -> Grade | None:
    """The sources' mean values, weighed; None while no source has tallied."""
    tallies = [f for f in _of_clause(replay, branch, clause, "grades_tallied") if _for_period(replay, f)]
    total, weights = Fraction(0), Fraction(0)
    for source, weight in grades.weights.items():
        theirs = [fact for fact in tallies if fact.data["source"] == source]
        voices = {w: sum((f.number(w) or Fraction(0) for f in theirs), Fraction(0)) for w in WORDS}
        if theirs:
            points = sum((count * grades.values[word] for word, count in voices.items()), Fraction(0))
            total += weight * points / 100 / sum(voices.values())
            weights += weight
    return Grade(total / weights, tuple(tallies)) if weights else None
