"""Judgements: what people decided, beside and above what the rules computed.

In: a branch. Out: judged points, waivers, grades, by the number of the clause. Deliberately absent: sums.

A judgement counts in replays of exactly its period, on and after its day; the latest of one assessor counts,
by day, then by position. A department stands over a superior, and either over the rules; a self-assessment
counts only for a clause that is `assessed` and that nobody else has judged.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from projections.engine.branch import Branch
from projections.engine.entries import Entry
from projections.engine.periods import Period, parse_period, year_of
from projections.engine.reading.facts import Fact
from projections.engine.results import Assessor, Grade, Judgement, Source


class Waiver(NamedTuple):
    """The superior waived what a clause asks from the first to the last day, both included, by an event."""

    first: int
    last: int
    event: str

    def takes(self, entry: Entry) -> bool:
        """Whether a loss falls under it: its window touches the days, or, where it has none, its day."""
        if entry.window is None:
            return self.first <= entry.due <= self.last
        return self.first <= entry.window.last and entry.window.first <= self.last


@cache
def _named(name: str, year_start: int) -> Period:
    return parse_period(name, year_start)


@cache
def _year_of(day: int, year_start: int) -> Period:
    return year_of(date.fromordinal(day), year_start)


def _of_this_rubric(branch: Branch, type_: str) -> Sequence[tuple[int, Fact]]:
    facts = branch.of(type_)
    if not facts:
        return ()
    rubric, numbers = branch.frame.plan.rubric.id, branch.frame.plan.numbers
    return [
        (number, fact)
        for fact in facts
        if fact.data["rubric"] == rubric and (number := numbers.get(fact.data["clause"])) is not None
    ]


def _period_of(branch: Branch, fact: Fact) -> Period:
    """Return the period that a judgement names, or, naming none, the rubric's year of its day."""
    year_start = branch.frame.period.year_start
    name = fact.data.get("period")
    return _named(name, year_start) if name else _year_of(fact.day, year_start)


def _for_this_period(branch: Branch, fact: Fact) -> bool:
    period, asked = _period_of(branch, fact), branch.frame.period
    return (period.start, period.end) == (asked.start, asked.end)


def read_assessments(branch: Branch) -> Mapping[tuple[int, Assessor], Judgement]:
    """Return the latest judgement of each assessor, by clause and assessor."""
    latest: dict[tuple[int, Assessor], Fact] = {}
    for clause, fact in _of_this_rubric(branch, "clause_assessed"):
        if not _for_this_period(branch, fact):
            continue
        place = (clause, fact.data["assessor"])
        best = latest.get(place)
        if best is None or (fact.day, fact.position) > (best.day, best.position):
            latest[place] = fact
    return {
        place: Judgement(place[1], f.data["points"], date.fromordinal(f.day), f.id, f.data.get("note"))
        for place, f in latest.items()
    }


def judged_for_others(branch: Branch) -> list[str]:
    """Name the period of each judgement that does not count here because it is for another one that overlaps.

    The same person's of the same clause and period once.
    """
    asked = branch.frame.period
    found = set()
    for type_, whose in (("clause_assessed", "assessor"), ("grades_tallied", "source")):
        for clause, fact in _of_this_rubric(branch, type_):
            period = _period_of(branch, fact)
            overlaps = period.start <= asked.end and asked.start <= period.end
            if overlaps and (period.start, period.end) != (asked.start, asked.end):
                found.add((clause, fact.data[whose], period.name))
    return sorted(name for _, _, name in found)


def read_waivers(branch: Branch) -> Mapping[int, list[Waiver]]:
    """Return the waivers of this rubric's clauses, by clause."""
    found: dict[int, list[Waiver]] = {}
    for clause, fact in _of_this_rubric(branch, "clause_waived"):
        until = date.fromisoformat(fact.data["until"]).toordinal()
        found.setdefault(clause, []).append(Waiver(fact.day, until, fact.id))
    return found


def apply_waivers(entries: Iterable[Entry], waivers: Sequence[Waiver], *, explain: bool) -> None:
    """Waive the losses, and what is still open, that a waiver touches; what was met or gained stays."""
    for entry in entries:
        if entry.state not in ("lost", "open"):
            continue
        for waiver in waivers:
            if waiver.takes(entry):
                entry.state = "waived"
                if explain:
                    entry.events = (*entry.events, waiver.event)
                break


def read_grades(branch: Branch) -> Mapping[int, Grade]:
    """Return the grades of the criteria that were judged, by clause.

    Shares of the voices weigh the grades inside a source; sources weigh by the rubric's weights, and where
    only one has judged, it counts alone.
    """
    grades = branch.frame.plan.rubric.grades
    if grades is None:
        return {}
    tallies: dict[int, dict[str, list[Fact]]] = {}
    for clause, fact in _of_this_rubric(branch, "grades_tallied"):
        if _for_this_period(branch, fact):
            tallies.setdefault(clause, {}).setdefault(fact.data["source"], []).append(fact)
    found = {}
    for clause, by_source in tallies.items():
        sources, behind = [], []
        for name, facts in by_source.items():
            voices: dict[str, int] = {
                word: sum(fact.data.get(word) or 0 for fact in facts) for word in grades.values
            }
            weight = next((w for source, w in grades.weights.items() if source == name), Fraction(0))
            if any(voices.values()) and weight:
                worth = sum(voices[word] * points for word, points in grades.values.items())
                sources.append(Source(name, voices, Fraction(worth, sum(voices.values())), weight))
                behind += facts
        if sources:
            found[clause] = _grade(sources, behind)
    return found


def _grade(sources: list[Source], behind: list[Fact]) -> Grade:
    whole = sum((source.weight for source in sources), Fraction(0))
    value = sum((source.weight * source.value for source in sources), Fraction(0)) / whole
    behind.sort(key=lambda fact: (fact.stands, fact.position))
    return Grade(value, tuple(f.id for f in behind), date.fromordinal(behind[-1].stands), tuple(sources))
