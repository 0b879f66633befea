"""Impact: what new events of a branch change, form by form and year by year.

In: a log, plans, a branch, the rows of new events. Out: `Impact`s. Deliberately absent: any knowledge of
what a rule makes of an event: a branch is folded without and with the new events, and the difference is
told.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import lru_cache

from ledger.events import CATALOGUE
from projections.engine.branch import NOBODY, Branch, Frame
from projections.engine.criteria import types_looked_for
from projections.engine.due.gather import Gatherer, gatherer_of
from projections.engine.entries import Obligation
from projections.engine.fold import Source
from projections.engine.logs import AskedOnce, Log, Overlay, Row
from projections.engine.periods import FIRST_YEAR, LAST_YEAR, Period, parse_period, year_of
from projections.engine.plan import Plan, PlannedRule
from projections.engine.reading.facts import CONTROLS, Fact, quarter_number
from projections.engine.reading.tree import TREE_TYPES, Organization, Tree
from projections.engine.reasons import clauses_judged, reason, rules_matching
from projections.engine.results import BranchScore, ClauseScore, Impact, Why
from projections.engine.scoring.branches import scorer_of
from projections.engine.scoring.clauses import read_judged

_Side = tuple[Source, Organization, Sequence[Fact]]
"""One of the two logs, with the organisation and its facts."""
_Matched = dict[int, list[tuple[PlannedRule | None, Fact]]]
"""By clause: the rules that match an event, and the event; None where it is a judgement of the clause."""

_MOVING = TREE_TYPES | CONTROLS
"""After an event of these the organisations may stand otherwise."""


def find_impact(
    log: Log,
    plans: Sequence[Plan],
    branch: str,
    new: Sequence[Row],
    *,
    today: date,
    upto: int,
    tree: Tree | None,
) -> Iterator[Impact]:
    """Yield what new events change; see `replays.impact`."""
    log = AskedOnce(log)
    laid_over = Overlay(log, branch, new)
    moved = any(row[2] in _MOVING for row in new)
    also = _types_of(new)
    sides = (
        Source(log, upto, plans, tree, also),
        Source(laid_over, upto, plans, None if moved else tree, also),
    )
    after = _side(sides[1], branch, None)
    if after is None:
        return
    before = _side(sides[0], branch, after[1])
    if before is None:
        before = sides[0], after[1], []
    touched = list(_touched(before[2], after[2]))
    for plan in plans:
        yield from _of_branch(plan, before, after, touched, today)
    for plan in plans:
        if plan.of_subordinates:
            yield from _of_superiors(plan, sides, after[1], touched, today)


def _types_of(new: Sequence[Row]) -> Collection[str]:
    """Return the types to read of events that no form looks at, for the years in which they lie.

    One alone moves nothing. Of several, another (a member who joined long ago) may move clauses in a year
    that only this one lies in; what is corrected or retracted may be of any type.
    """
    if len(new) == 1:
        return ()
    types = {row[2] for row in new}
    return (CATALOGUE.keys() if types & CONTROLS else types) - CONTROLS


def _side(source: Source, code: str, otherwise: Organization | None) -> _Side | None:
    for _, organization, facts in source.facts([code]):
        known = organization or otherwise
        return None if known is None else (source, known, facts)
    return None


def _touched(before: Sequence[Fact], after: Sequence[Fact]) -> Iterator[Fact]:
    """Yield the events that are new, gone, or changed; of changed ones both shapes, the new one first."""
    earlier = {fact.id: fact for fact in before}
    for fact in after:
        was = earlier.pop(fact.id, None)
        if was is None:
            yield fact
        elif (was.day, was.stands, was.data) != (fact.day, fact.stands, fact.data):
            yield from (fact, was)
    yield from earlier.values()


def _of_branch(
    plan: Plan, before: _Side, after: _Side, touched: Sequence[Fact], today: date
) -> Iterator[Impact]:
    """Yield what changes for the branch itself by one form."""
    matched: _Matched = {}
    for fact in touched:
        for planned in rules_matching(plan, fact):
            matched.setdefault(planned.clause, []).append((planned, fact))
        for number in clauses_judged(plan, fact):
            matched.setdefault(number, []).append((None, fact))
    for period in _years(plan, before, after, touched, today):
        if _goes_by(after[1], plan, period):
            yield from _difference(plan, period, before, after, matched, today)


def _of_superiors(
    plan: Plan, sides: tuple[Source, Source], organization: Organization, touched: Sequence[Fact], today: date
) -> Iterator[Impact]:
    """Yield what changes for superiors whose form asks of subordinates."""
    matched: _Matched = {}
    for fact in touched:
        for planned in rules_matching(plan, fact, of_subordinate=True):
            matched.setdefault(planned.clause, []).append((planned, fact))
    if not matched and not any(fact.type in TREE_TYPES for fact in touched):
        return
    years = {period.start: period for fact in touched for period in _years_of(plan, fact)}
    for code in sorted({parent for _, parent in organization.parents if parent is not None}):
        before, after = _side(sides[0], code, None), _side(sides[1], code, None)
        if before is None or after is None:
            continue
        for _, period in sorted(years.items()):
            if _goes_by(after[1], plan, period):
                yield from _difference(plan, period, before, after, matched, today)


def _goes_by(organization: Organization, plan: Plan, period: Period) -> bool:
    """Whether the branch adopted the form by a year's end, and had not dropped it before the year."""
    start, end = period.start.toordinal(), period.end.toordinal()
    return any(
        a.rubric == plan.rubric.id and a.since <= end and a.until > start for a in organization.adoptions
    )


def _years(plan: Plan, before: _Side, after: _Side, touched: Sequence[Fact], today: date) -> list[Period]:
    """Return the rubric's years that events touch: of their days, of what they name, of what they answer."""
    found = {period.start: period for fact in touched for period in _years_of(plan, fact)}
    if any(fact.type in TREE_TYPES or fact.type in _types_of_spans(plan) for fact in touched):
        for _, _, due in _answered(plan, before, today) ^ _answered(plan, after, today):
            period = year_of(date.fromordinal(due), plan.rubric.year_start)
            found[period.start] = period
    return [found[start] for start in sorted(found)]


def _years_of(plan: Plan, fact: Fact) -> Iterator[Period]:
    start = plan.rubric.year_start
    yield year_of(date.fromordinal(fact.stands), start)
    for field in ("month", "quarter"):
        name = fact.data.get(field)
        if name is not None:
            yield year_of(date.fromordinal(quarter_number(name)[0]), start)
    name = fact.data.get("period")
    if name is not None:
        period = parse_period(name, start)
        yield year_of(period.start, start)
        yield year_of(period.end, start)
    if fact.type == "document_requested":
        yield year_of(date.fromisoformat(fact.data["due_on"]), start)


@lru_cache(maxsize=16)
def _types_of_spans(plan: Plan) -> frozenset[str]:
    """Return the types of the triggers, requests and answers that rules look for."""
    kinds = ("deadline", "submission")
    return frozenset[str]().union(*(types_looked_for(p.rule) for p in plan.rules if p.rule.kind in kinds))


def _answered(plan: Plan, side: _Side, today: date) -> set[tuple[str | None, str, int]]:
    """Return how every trigger and request stands, and when it is due, whatever the year."""
    _, organization, facts = side
    ever = Period("", date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31), plan.rubric.year_start)
    frame = Frame(plan, ever, today, explain=False, advisory=True)
    branch = Branch(frame, organization, facts, NOBODY)
    return {(entry.anchor, entry.cause, entry.due) for entry in gatherer_of(plan).spans(branch)}


def _difference(
    plan: Plan, period: Period, before: _Side, after: _Side, matched: _Matched, today: date
) -> Iterator[Impact]:
    """Yield what moves, and what the events are of, in one year; only there is anything explained."""
    frame = Frame(plan, period, today, explain=False)
    scorer = scorer_of(plan)
    was, now = _fold(frame, before), _fold(frame, after)
    scores = scorer.score(was), scorer.score(now)
    told = Frame(plan, period, today, explain=True)
    sides = was.inside(told, was.beside), now.inside(told, now.beside)
    pairs = list(zip(scores[0].clauses(), scores[1].clauses(), strict=True))
    for number, pair in enumerate(pairs):
        if number in matched or pair[0].score != pair[1].score:
            yield _impact(plan, number, scores, pair, sides, matched.get(number, []))
    if -1 in matched:
        nothing = ClauseScore("-", 0, 0, 0, 0, 0, 0, owed=True)
        yield _impact(plan, -1, scores, (nothing, nothing), sides, matched[-1])


def _fold(frame: Frame, side: _Side) -> Branch:
    source, organization, facts = side
    return Branch(frame, organization, facts, source.beside(frame, [organization.code]))


def _impact(
    plan: Plan,
    number: int,
    scores: tuple[BranchScore, BranchScore],
    pair: tuple[ClauseScore, ClauseScore],
    sides: tuple[Branch, Branch],
    matched: Sequence[tuple[PlannedRule | None, Fact]],
) -> Impact:
    gatherer = gatherer_of(plan)
    earlier, later = (_states(gatherer, side, number) for side in sides)
    met = [later[k] for k, one in earlier.items() if one.unmet and k in later and _is_done(later[k])]
    unmet = [later[k] for k, one in earlier.items() if _is_done(one) and k in later and later[k].unmet]
    moved = pair[0].score != pair[1].score
    return Impact(
        branch=sides[1].code,
        rubric=plan.rubric.id,
        period=sides[1].frame.period.name,
        clause=pair[1].id,
        before=scores[0].total,
        after=scores[1].total,
        score_before=pair[0].score,
        score_after=pair[1].score,
        met=tuple(met),
        unmet=tuple(unmet),
        why=None if moved else _why(plan, number, pair, sides, matched),
        events=tuple(dict.fromkeys(fact.id for _, fact in matched)),
    )


def _why(
    plan: Plan,
    number: int,
    pair: tuple[ClauseScore, ClauseScore],
    sides: tuple[Branch, Branch],
    matched: Sequence[tuple[PlannedRule | None, Fact]],
) -> Why:
    of_rules = [(planned, fact) for planned, fact in matched if planned is not None]
    clauses = scorer_of(plan).clauses

    def explained(side: Branch) -> ClauseScore:
        return clauses.score(side, number, read_judged(side))[0]

    if number < 0:
        return reason(sides[1], *pair, of_rules, earns=False, earlier=lambda: ())
    earns = clauses.terms[number].earns
    after = explained(sides[1])
    return reason(
        sides[1], pair[0], after, of_rules, earns=earns, earlier=lambda: explained(sides[0]).entries
    )


def _is_done(one: Obligation) -> bool:
    return one.state in ("met", "late")


def _states(gatherer: Gatherer, branch: Branch, number: int) -> dict[str, Obligation]:
    today = branch.frame.on
    found = gatherer.gather(branch, today, lambda _due, _lead, _window: True, unmet_only=False, clause=number)
    return {one.obligation: one for one in found}
