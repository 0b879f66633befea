"""What the office's pages have in common: which branches, which form, which period.

In: an address. Out: codes in scope, a plan, a period. Deliberately absent: what the pages show.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ledger.events.values.spellings import period_text
from projections.engine.periods import Period, parse_period, year_of
from projections.engine.plan import Plan
from projections.text.amounts import period_words
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


class About(NamedTuple):
    """Which form and which period a page is about, as addresses name them."""

    rubric: str
    period: str


def carried(ask: Ask) -> About | None:
    """Return the form and period that a page is about, for its links to carry along; None where it is about
    none, or names one that there is not."""
    given = [ask.params.get(n) or ask.query.text(n) or ask.form.text(n) for n in About._fields]
    if not all(given):
        return None
    try:
        asked = asked_in_words(ask, *given)
    except Problematic:
        return None
    return About(asked.plan.rubric.id, asked.period.name)


class Choice(NamedTuple):
    """Other forms and periods to look at: what each is called, its address, whether one is there."""

    forms: list[tuple[str, str, bool]]
    periods: list[tuple[str, str, bool]]


def choice(ask: Ask, asked: Asked, forms: Sequence[str], place: Callable[[str, str], str]) -> Choice:
    """Return the forms and periods that a page about one of them offers besides.

    `place`: the page's address for a form and a period.
    """
    rubric, period = asked.plan.rubric.id, asked.period.name
    plans = ask.desk.forms.plans(dict.fromkeys((*forms, rubric)))
    names = _neighbours(ask, asked)
    return Choice(
        [(title_of(ask, p.rubric.title), place(p.rubric.id, period), p.rubric.id == rubric) for p in plans],
        [(ask.pick(period_words(name)), place(rubric, name), name == period) for name in names],
    )


def usual_periods(ask: Ask) -> list[str]:
    """Return the periods of this year and the years beside it, for a field that takes one."""
    return _beside(ask.today.year)


def scored(ask: Ask, asked: Asked) -> list[str]:
    """Return those below whose adoption stands on the period's last day, as far as it is not dissolved; of
    the kind that the form applies to where nobody adopted it."""
    below, rubric = branches_below(ask), asked.plan.rubric
    adopted = _adopting(ask, asked, below)
    named = adopted or [code for code in below if ask.tree[code].kind == rubric.applies_to]
    return [code for code in named if _lives(ask, code, asked.period)]


def _adopting(ask: Ask, asked: Asked, codes: Sequence[str]) -> list[str]:
    day = min(asked.period.end, max(ask.today, asked.period.start))
    return [code for code in codes if asked.plan.rubric.id in ask.desk.adopted(code, day)]


def trial(ask: Ask, asked: Asked, codes: Sequence[str]) -> str:
    """Say that nobody of some branches goes by the form in the period; an empty text where somebody does."""
    return ask.pick(WORDS["trial"]) if codes and not _adopting(ask, asked, codes) else ""


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
    return address("b", branch, "score", *_running(ask, plans[0])) if plans else None


def usual_about(ask: Ask, organisation: str) -> About | None:
    """Return what an organisation's board is about at first: the form by which most below it go, the running
    year; None without any."""
    below = sorted(ask.tree.below(organisation) & ask.desk.readable)
    plans = ask.desk.forms.plans(ask.desk.ever_adopted(below))
    if not plans:
        return None
    return _running(ask, max(plans, key=lambda p: sum(p.rubric.id in ask.desk.adopted(c) for c in below)))


def usual_board(ask: Ask, organisation: str) -> str | None:
    """Return the address of an organisation's board at first; None without any form."""
    about = usual_about(ask, organisation)
    return None if about is None else address("o", organisation, *about)


def _running(ask: Ask, plan: Plan) -> About:
    return About(plan.rubric.id, year_of(ask.today, plan.rubric.year_start).name)


def _neighbours(ask: Ask, asked: Asked) -> list[str]:
    """Return the periods to look at besides: years beside, no later than the running one, halves and quarters
    of this one's year."""
    running = year_of(ask.today, asked.plan.rubric.year_start).name
    beside = [name for name in _beside(int(asked.period.name[:4])) if name[:4] <= running]
    return beside if asked.period.name in beside else sorted([*beside, asked.period.name])


def _beside(year: int) -> list[str]:
    parts = [f"{year}-H1", f"{year}-H2", *(f"{year}-Q{n}" for n in range(1, 5))]
    return [str(year - 1), str(year), *parts, str(year + 1)]
