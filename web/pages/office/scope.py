"""What the office's pages have in common: which branches, which form, which period.

In: an address. Out: codes in scope, a plan, a period. Deliberately absent: what the pages show.
"""

from typing import NamedTuple

from ledger.events.values.spellings import period_text
from projections.engine.periods import Period, parse_period, year_of
from projections.engine.plan import Plan
from rubrics.problems import RubricError
from web.forms import Option
from web.pages.saying import title_of
from web.request.asked import Ask, Problematic, address
from web.words import WORDS


class Asked(NamedTuple):
    """A form and a period."""

    plan: Plan
    period: Period


def branches_below(ask: Ask) -> list[str]:
    """Return the codes of the organisation and of those below it that may be read, in order."""
    return sorted(ask.tree.below(ask.branch) & ask.desk.readable)


def asked_for(ask: Ask, rubric: str, period: str) -> Asked:
    """Return the form and period that an address names. Raises Problematic (404)."""
    try:
        plan = ask.desk.forms.plan(rubric)
        return Asked(plan, parse_period(period, plan.rubric.year_start))
    except (RubricError, ValueError):
        raise Problematic(404, WORDS["hidden_page"]) from None


def asked_in_words(ask: Ask, rubric: str, period: str) -> Asked:
    """Return the form and period that somebody typed. Raises Problematic (404 of a form, 422 of a period)."""
    try:
        plan = ask.desk.forms.plan(rubric)
    except RubricError:
        raise Problematic(404, WORDS["hidden_page"]) from None
    try:
        return Asked(plan, parse_period(period_text(period), plan.rubric.year_start))
    except ValueError:
        raise Problematic(422, WORDS["period_how"]) from None


def usual_periods(ask: Ask) -> list[str]:
    """Return the periods of this year and the years beside it, for a field that takes one."""
    return _beside(ask.today.year)


def scored(ask: Ask, asked: Asked) -> list[str]:
    """Return those below whose adoption stands on the period's last day, as far as it is not dissolved; of
    the kind that the form applies to where nobody adopted it."""
    below = branches_below(ask)
    rubric = asked.plan.rubric
    day = min(asked.period.end, max(ask.today, asked.period.start))
    adopted = [code for code in below if rubric.id in ask.desk.adopted(code, day)]
    named = adopted or [code for code in below if ask.tree[code].kind == rubric.applies_to]
    return [code for code in named if _lives(ask, code, asked.period)]


def _lives(ask: Ask, code: str, period: Period) -> bool:
    ended = ask.tree[code].dissolved_on
    return ended is None or ended > period.start


def form_choices(ask: Ask) -> list[Option]:
    """Return the forms that organisations below go by, else all forms."""
    ids = ask.desk.ever_adopted(branches_below(ask)) or list(ask.desk.forms.ids())
    return [Option(p.rubric.id, title_of(ask, p.rubric.title)) for p in ask.desk.forms.plans(ids)]


def usual_score(ask: Ask, branch: str) -> str | None:
    """Return the address of a branch's score: by its first form, the running year; None without any."""
    plans = ask.desk.forms.plans(ask.desk.adopted(branch))
    if not plans:
        return None
    rubric = plans[0].rubric
    return address("b", branch, "score", rubric.id, year_of(ask.today, rubric.year_start).name)


def usual_board(ask: Ask, organisation: str) -> str | None:
    """Return the address of an organisation's board: its first form, the running year; None without any."""
    below = sorted(ask.tree.below(organisation) & ask.desk.readable)
    plans = ask.desk.forms.plans(ask.desk.ever_adopted(below))
    if not plans:
        return None
    wide = max(plans, key=lambda p: sum(p.rubric.id in ask.desk.adopted(code) for code in below))
    period = year_of(ask.today, wide.rubric.year_start)
    return address("o", organisation, wide.rubric.id, period.name)


def neighbours(asked: Asked) -> list[str]:
    """Return the periods to look at besides: years beside, halves and quarters of this one's year."""
    return _beside(int(asked.period.name[:4]))


def _beside(year: int) -> list[str]:
    parts = [f"{year}-H1", f"{year}-H2", *(f"{year}-Q{n}" for n in range(1, 5))]
    return [str(year - 1), str(year), *parts, str(year + 1)]
