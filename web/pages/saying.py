"""What projections answer, arranged for a page: impacts, obligations, entries, each with its sentence.

In: typed answers. Out: lines of texts and addresses. Deliberately absent: sentences of our own about the
domain; `projections.text` has them.
"""

from collections.abc import Sequence
from typing import NamedTuple

from projections.engine.duties import Obligation
from projections.engine.impacts import Impact
from rubrics.numbers import print_points
from web.asked import Ask, address
from web.words import WORDS


class ImpactLine(NamedTuple):
    """A clause that moves, or whose rules match: its title, points before and after, duties met, why not."""

    branch: str
    form: str
    clause: str
    what: str
    before: str
    after: str
    moved: str
    met: Sequence[str]
    unmet: Sequence[str]
    why: str
    address: str


def impact_lines(ask: Ask, impacts: Sequence[Impact]) -> list[ImpactLine]:
    """Say what events count for, clause by clause."""
    lines = []
    for one in impacts:
        rubric = ask.desk.forms.plan(one.rubric).rubric
        clause = next((c for c in rubric.clauses() if c.id == one.clause), None)
        title = "" if clause is None else title_of(ask, clause.title)
        difference = one.score_after - one.score_before
        sign = "+" if difference > 0 else "−" if difference < 0 else "±"
        lines.append(
            ImpactLine(
                ask.tree.name_of(one.branch),
                title_of(ask, rubric.title),
                one.clause,
                title,
                print_points(one.score_before),
                print_points(one.score_after),
                f"{sign}{print_points(abs(difference))}",
                [what_of(ask, duty) for duty in one.met],
                [what_of(ask, duty) for duty in one.unmet],
                why_words(ask, one),
                address("b", one.branch, "score", one.rubric, one.period),
            )
        )
    return lines


def title_of(ask: Ask, text: object) -> str:
    """Return a text of a form in the reader's language."""
    zh, en = getattr(text, "zh", None), getattr(text, "en", None)
    return str((zh if ask.language == "zh" else en) or zh or en or "")


def what_of(ask: Ask, duty: Obligation) -> str:
    """Say what an obligation asks for, and in which window."""
    what = duty.what.pick(ask.language)
    return f"{what} {duty.window}" if duty.window else what


def why_words(ask: Ask, impact: Impact) -> str:
    """Say why nothing moved."""
    return impact.why or ""


def days_words(ask: Ask, days_left: int) -> str:
    """Say how many days are left, or over."""
    if days_left == 0:
        return ask.pick(WORDS["due_today"])
    if abs(days_left) == 1:
        return ask.pick(WORDS["day_left" if days_left > 0 else "day_over"])
    return ask.pick(WORDS["days_left" if days_left > 0 else "days_over"]).replace("{}", str(abs(days_left)))
