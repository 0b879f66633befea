"""Sums over sections of a report, as the rows of sums show them.

In: sections. Out: points in hundredths, None where a sum would say less than it seems to. Deliberately
absent: scores; they stand in the replay's document.
"""

from collections.abc import Sequence

from projections.reports.report import Section


def most(section: Section, *, mean: bool) -> int:
    """Return the most that a section can score: its items' points, a bonus section's up to its cap."""
    points = sum(item.points for item in section.items)
    return points // len(section.items) if mean else _capped(points, section)


def computed(sections: Sequence[Section]) -> int | None:
    """Sum up what the rules came to; None where people judge everything."""
    total, any_ = 0, False
    for section in sections:
        points = [item.computed for item in section.items if item.computed is not None]
        total += _capped(sum(points), section)
        any_ = any_ or bool(points)
    return total if any_ else None


def judged(sections: Sequence[Section], place: int) -> int | None:
    """Sum up a column of an assessor; None unless every item was judged."""
    total = 0
    for section in sections:
        points = [item.judged[place] for item in section.items]
        given = [value for value in points if value is not None]
        if len(given) < len(points):
            return None
        total += _capped(sum(given), section)
    return total


def _capped(points: int, section: Section) -> int:
    return min(points, section.points) if section.bonus else points
