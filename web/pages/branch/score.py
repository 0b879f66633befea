"""A branch's score: sections, items, clauses, entries, events; what is at risk, unjudged, to be saved.

In: a form, a period, the day to look from, how much of the log. Out: the page. Deliberately absent: the sums
and the reasons; the replay recorded them.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from ledger.access.actors import Decision, Right, decide
from ledger.words import NOTHING
from projections.engine.entries import Entry
from projections.engine.periods import parse_period
from projections.engine.plan import Plan, PlannedRule
from projections.engine.results import ASSESSORS, BranchScore, ClauseScore, ItemScore, SectionScore
from projections.text.obligations import won_back_words, would_save
from projections.text.rules import nothing_earned, still_earned
from projections.text.scores import (
    VETOED,
    adopted_late,
    apart_from_printed,
    apart_on_the_whole,
    bounded,
    bounded_item,
    clauses_apart,
    full_points,
    grade_words,
    judged_for_others,
    not_adopted,
    reach,
)
from rubrics.model import Rubric
from rubrics.numbers import print_points
from rubrics.problems import RubricError
from rubrics.rules import Rule
from web.pages.branch.log import form_that_meets
from web.pages.office.scope import About, Asked, choice
from web.pages.pressing import remark
from web.pages.report_files import offered, parted, report_file
from web.pages.saying import Entered, assessor_label, entry_said, names_of, title_of, unjudged_said
from web.request.asked import Answer, Ask, Page, Problematic, address, day_of, upto_of
from web.words import WORDS


class Saving(NamedTuple):
    """What would still save points of a clause: what, by when, how many; the form that does it, where one
    does."""

    said: str
    log: str | None


class Told(NamedTuple):
    """A clause with everything that is told of it."""

    clause: ClauseScore
    title: str
    telling: list[Entered]
    met: list[Entered]
    judgements: list[tuple[str, str, str]]
    saving: Sequence[Saving]
    gone: str
    """What doing late what is over would still win back, or that nothing would."""
    empty: bool
    """Whether nothing at all stands under the clause."""
    earns: str
    """What would earn points where some are left to earn."""
    bound: str
    """Why the entries come to more than the clause moved."""
    unjudged: str
    """What is counted while nobody has judged it."""


class ToldItem(NamedTuple):
    """An item with its title, its clauses, and what its own bounds and sums come to."""

    item: ItemScore
    title: str
    clauses: list[Told]
    notes: list[str]


class ToldSection(NamedTuple):
    """A section with its title, its items, and that its points are not theirs where they are not."""

    section: SectionScore
    title: str
    items: list[ToldItem]
    apart: str


def plan_of(ask: Ask) -> Plan:
    """Return the form that an address names by its id."""
    try:
        return ask.desk.forms.plan(ask.params["rubric"])
    except RubricError:
        raise Problematic(404, WORDS["hidden_page"]) from None


def score(ask: Ask) -> Answer:
    """Show a branch's score by a form in a period, or give it as a file."""
    plan, on = plan_of(ask), day_of(ask)
    name, ending = parted(ask.params["period"])
    try:
        period = parse_period(name, plan.rubric.year_start)
    except ValueError:
        raise Problematic(404, WORDS["hidden_page"]) from None
    as_of = ask.query.text("as_of")
    upto = upto_of(ask, as_of)
    answer = ask.desk.score(plan, period, branches=[ask.branch], on=on, upto=upto, explain=True)
    if not answer.scores:
        raise Problematic(404, WORDS["hidden_page"])
    if ending:
        return report_file(ask, plan, period, on, upto, answer.scores, ending)
    [found] = answer.scores
    asked, forms = Asked(plan, period), ask.desk.ever_adopted([ask.branch])
    values: dict[str, Any] = {
        "rubric": plan.rubric,
        "title": title_of(ask, plan.rubric.title),
        "period": period.name,
        "score": found,
        "full": full_points(plan.rubric, bonus=False),
        "apart": ask.pick(apart_on_the_whole(plan.rubric)),
        "grade": ask.pick(grade_words(found)),
        "notes": _notes(ask, found, period.end),
        "untried": ask.pick(not_adopted(found, period.end)),
        "forms_page": _forms_page(ask),
        "sections": sections_of(ask, plan, found, _saving(ask, asked, on, upto)),
        "on": on.isoformat(),
        "as_of": as_of,
        "upto": upto,
        "elsewhen": bool(as_of) or on != ask.today,
        "choice": choice(ask, asked, forms, partial(address, "b", ask.branch, "score")),
        "files": offered(
            ask,
            lambda one: address(
                "b", ask.branch, "score", plan.rubric.id, period.name + one, on=on.isoformat(), as_of=as_of
            ),
        ),
        "ways": _ways(ask, About(plan.rubric.id, period.name)),
    }
    return Page("score.html", values)


def _notes(ask: Ask, found: BranchScore, end: date) -> list[str]:
    """Say what must not be overlooked: a veto, what fell due before the adoption, other judgements."""
    said = [VETOED] if found.vetoed else []
    if found.adopted_on and found.adopted_on <= end and found.before_adoption:
        said.append(remark(adopted_late(found.adopted_on, found.before_adoption)))
    if found.judged_elsewhere:
        said.append(judged_for_others(found.judged_elsewhere))
    return [ask.pick(words) for words in said]


def _forms_page(ask: Ask) -> str:
    """Return where forms are adopted, for who may; else an empty text."""
    may = ask.actor.administers(ask.branch, ask.tree)
    return address("o", ask.branch, "forms", rubric=ask.params["rubric"]) if may else ""


def _ways(ask: Ask, about: About) -> list[tuple[str, str]]:
    """Return where this score leads: to comparing it and to judging it, beside its siblings as far as the
    superior may be read, and judged for.
    """
    family = [code for code in (ask.branch, ask.tree[ask.branch].parent) if code in ask.desk.readable]
    ways = [("compare_this", address("o", family[-1], "compare", branch=ask.branch, **about._asdict()))]
    over = [one for one in family if decide(ask.actor, Right.ASSESS, one, ask.tree) is Decision.ALLOWED]
    if over:
        ways.append(("assess_this", address("o", over[-1], "assess", *about, branch=ask.branch)))
    return ways


def _saving(ask: Ask, asked: Asked, on: date, upto: int) -> dict[str, list[Saving]] | None:
    """Say by clause what would still save points of the period, as the whole log stands; None where only
    a part of it is looked at. No form is offered to who looks from a day before: it may have been done since.
    """
    end = asked.period.end
    if upto != ask.desk.position:
        return None
    found: dict[str, list[Saving]] = {}
    if end < on:
        return found
    for one in ask.desk.due([ask.branch], on=on, plans=[asked.plan], until=end, unmet_only=True):
        if one.at_stake > 0 and on <= one.due_on <= end:
            said = ask.pick(would_save(one, one.what, names_of(ask, ask.branch)))
            log = form_that_meets(ask, one) if on >= ask.today else None
            found.setdefault(one.clause, []).append(Saving(said, log))
    return found


def sections_of(
    ask: Ask, plan: Plan, found: BranchScore, saving: Mapping[str, Sequence[Saving]] | None
) -> list[ToldSection]:
    """Return everything that is told of a score, in the form's order."""
    rubric = plan.rubric
    titles = ask.desk.forms.words(rubric).titles
    earning = earning_rules(plan)
    sums = rubric.aggregate != "mean"
    told = []
    for section, shown in zip(rubric.sections, found.sections, strict=True):
        items = []
        for item, scored in zip(section.items, shown.items, strict=True):
            clauses = [
                told_clause(
                    ask,
                    found.branch,
                    one,
                    ask.pick(titles[one.id]),
                    rubric,
                    None if saving is None else saving.get(one.id, ()),
                    plan.rules_of[plan.numbers[one.id]],
                    earning.get(one.id, ()),
                )
                for one in scored.clauses
            ]
            notes = [n for n in (bounded_item(scored), clauses_apart(scored)) if n and sums]
            items.append(ToldItem(scored, title_of(ask, item.title), clauses, [ask.pick(n) for n in notes]))
        apart = apart_from_printed(section.points, reach(section)) if sums and not section.bonus else NOTHING
        told.append(ToldSection(shown, title_of(ask, section.title), items, ask.pick(apart)))
    return told


def earning_rules(plan: Plan) -> Mapping[str, Sequence[Rule]]:
    """Return the rules of the clauses that start at zero, by id: what is not there yet is not lost."""
    return {clause.id: clause.rules for clause in plan.clauses if plan.start(clause) == "zero"}


def told_clause(
    ask: Ask,
    branch: str,
    scored: ClauseScore,
    title: str,
    rubric: Rubric,
    saving: Sequence[Saving] | None,
    rules: Sequence[PlannedRule],
    earning: Sequence[Rule],
) -> Told:
    """Return a clause with its entries in words, what moved points first. `saving`: None where it is not
    known; `rules`: the clause's; `earning`: those of one that starts at zero.
    """
    entries = [entry_said(ask, one, branch, rubric) for one in sorted(scored.entries, key=weight_of)]
    judgements = [
        (assessor_label(ask, who), print_points(found.points), found.note or "")
        for who in ASSESSORS
        if (found := scored.judged_by(who)) is not None
    ]
    met = [one for one in entries if one.state == "met"]
    telling = [one for one in entries if one.state != "met"]
    earns = ""
    if earning and not judgements and scored.score < scored.points:
        gained = any(entry.state == "gained" for entry in scored.entries)
        earns = ask.pick(still_earned(earning) if gained else nothing_earned(earning))
    bound, unjudged = ask.pick(bounded(scored)), unjudged_said(ask, scored)
    gone = "" if saving is None else ask.pick(won_back_words(scored, rules, over=not saving))
    empty = not (entries or judgements or saving or earns or unjudged)
    return Told(scored, title, telling, met, judgements, saving or (), gone, empty, earns, bound, unjudged)


def weight_of(entry: Entry) -> int:
    """Return where an entry stands in a list: what moved points first, what was met last."""
    order = {"lost": 0, "gained": 1, "open": 2, "waived": 3, "met": 4}
    return order.get(entry.state, 5)
