"""Bars: how a section's points divide into scored, at risk, lost, not earned, unassessed; and the rows of
sums.

In: a section of the score, and of the rubric; sections of a report. Out: segments, none of them empty, that
together are the section's points; sums in hundredths, None where one would say less than it seems to.
Deliberately absent: colours and lengths on paper; scores, which stand in the replay's document.

Points that are presumed until somebody judges are no safe part of the score: they stand apart as unassessed.
What a clause could only lose is `lost`, what it could only have earned `unearned`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from projections.engine.results import ItemScore, SectionScore
from projections.reports.report import Kind, Segment
from projections.reports.report import Section as ShownSection
from rubrics.model import Item, Rubric, Section

_SCALE = 100_00
_ORDER: tuple[Kind, ...] = ("scored", "unassessed", "at_risk", "lost", "unearned")


def build_bar(shown: SectionScore, section: Section, rubric: Rubric) -> tuple[Segment, ...]:
    """Divide the points of a section."""
    if rubric.aggregate == "mean":
        return tuple(_mean_segments(shown))
    parts: Counter[Kind] = Counter()
    for item_shown, item in zip(shown.items, section.items, strict=True):
        parts.update(_item_parts(item_shown, item))
    if section.bonus:
        parts = _capped(parts, section.points)
    return tuple(Segment(kind, parts[kind], parts[kind]) for kind in _ORDER if parts[kind] > 0)


def _item_parts(shown: ItemScore, item: Item) -> Counter[Kind]:
    score = shown.score
    presumed = awaited = lost = 0
    for clause_shown, clause in zip(shown.clauses, item.clauses, strict=True):
        unassessed, clause_score = clause_shown.unassessed, clause_shown.score
        if clause_score > 0:
            presumed += unassessed
            unassessed = 0
        awaited += unassessed
        if clause.start == "full":
            lost += clause.points - clause_score - unassessed
    # An item clips what its clauses come to: so must its parts.
    presumed, awaited = min(presumed, score), min(awaited, item.points - score)
    at_risk = min(shown.at_risk, score - presumed)
    short = item.points - score - awaited
    lost = max(0, min(lost, short))
    return Counter(
        {
            "scored": score - presumed - at_risk,
            "unassessed": presumed + awaited,
            "at_risk": at_risk,
            "lost": lost,
            "unearned": short - lost,
        }
    )


def _capped(parts: Counter[Kind], cap: int) -> Counter[Kind]:
    """Cut a bonus section down to its cap, from the end: what is scored stands first."""
    cut: Counter[Kind] = Counter()
    for kind in _ORDER:
        cut[kind] = min(parts[kind], cap)
        cap -= cut[kind]
    return cut


def _mean_segments(shown: SectionScore) -> Iterator[Segment]:
    """Divide a graded section: its mean and what is missing to 100, as wide as the share that was judged."""
    whole = sum(item.points for item in shown.items)
    unassessed = sum(item.unassessed for item in shown.items)
    score, judged = shown.score, whole - unassessed
    parts: tuple[tuple[Kind, int, int], ...] = (
        ("scored", score, score * judged // _SCALE),
        ("unassessed", _SCALE * unassessed // whole, unassessed),
        ("lost", _SCALE - score, (_SCALE - score) * judged // _SCALE),
    )
    for kind, points, share in parts:
        if share > 0:
            yield Segment(kind, points, share)


def most(section: ShownSection, *, mean: bool) -> int:
    """Return the most that a section can score: its items' points, a bonus section's up to its cap."""
    points = sum(item.points for item in section.items)
    return points // len(section.items) if mean else _sum_within(points, section)


def computed(sections: Sequence[ShownSection]) -> int | None:
    """Sum up what the rules came to; None where people judge everything."""
    total, any_ = 0, False
    for section in sections:
        points = [item.computed for item in section.items if item.computed is not None]
        total += _sum_within(sum(points), section)
        any_ = any_ or bool(points)
    return total if any_ else None


def judged(sections: Sequence[ShownSection], place: int) -> int | None:
    """Sum up a column of an assessor; None unless every item was judged."""
    total = 0
    for section in sections:
        points = [item.judged[place] for item in section.items]
        given = [value for value in points if value is not None]
        if len(given) < len(points):
            return None
        total += _sum_within(sum(given), section)
    return total


def _sum_within(points: int, section: ShownSection) -> int:
    return min(points, section.points) if section.bonus else points
