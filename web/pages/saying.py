"""What projections answer, arranged for a page: impacts, obligations, entries, each with its sentence.

In: typed answers. Out: lines of texts and addresses. Deliberately absent: sentences of our own about the
domain; `projections.text` has them.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ledger.events import fields_of
from ledger.words import Words
from projections.engine.criteria import wants
from projections.engine.duties import Obligation
from projections.engine.entries import Entry
from projections.engine.impacts import Impact
from projections.engine.results import BranchScore
from projections.text.causes import cause_words
from projections.text.labels import LABELS
from rubrics.model import Clause, Rubric
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


class Entered(NamedTuple):
    """An entry in words: its points, state, when, why, whose, and the events behind it."""

    points: str
    sign: str
    state: str
    state_label: str
    when: str
    cause: str
    done: str
    member: str
    events: Sequence[str]


class Loss(NamedTuple):
    """What was lost under a clause."""

    clause: str
    title: str
    lines: Sequence[Entered]


def entry_said(ask: Ask, entry: Entry, clause: Clause | None = None) -> Entered:
    """Return an entry in words."""
    sign = "−" if entry.points < 0 else "+" if entry.points > 0 else ""
    names = ask.desk.names(ask.branch)
    member = entry.member or ""
    return Entered(
        print_points(abs(entry.points)) if entry.points else "",
        sign,
        entry.state,
        LABELS[_STATE_LABELS[entry.state]].pick(ask.language),
        entry.label or entry.due_on.isoformat(),
        cause_words(entry.cause, ask.language),
        _done(entry),
        names.get(member, member) if member not in ask.tree else ask.tree.name_of(member),
        entry.events,
    )


_STATE_LABELS = {"met": "met", "lost": "lost", "gained": "gained", "open": "open", "waived": "waived"}


def _done(entry: Entry) -> str:
    if entry.required is None or entry.done is None or entry.required == 100:
        return ""
    return f"{_units(entry.done)}/{_units(entry.required)}"


def _units(hundredths: int) -> str:
    return f"{hundredths // 100}" if hundredths % 100 == 0 else print_points(hundredths)


def loss_lines(ask: Ask, rubric: Rubric, score: BranchScore) -> list[Loss]:
    """Return the clauses under which points are lost, the dearest first, with their entries."""
    losses = []
    for clause, scored in zip(rubric.clauses(), score.clauses(), strict=True):
        lost = [entry for entry in scored.entries if entry.state == "lost" and entry.points < 0]
        if lost:
            cost = sum(entry.points for entry in lost)
            told = [entry_said(ask, entry, clause) for entry in lost]
            losses.append((cost, Loss(clause.id, title_of(ask, clause.title), told)))
    return [loss for _, loss in sorted(losses, key=lambda pair: pair[0])]


def assessor_label(ask: Ask, assessor: str) -> str:
    """Return what an assessor is called."""
    known = fields_of("clause_assessed")["assessor"].choices.get(assessor)
    return assessor if known is None else known.label.pick(ask.language)


def grade_of(ask: Ask, score: BranchScore) -> str:
    """Return the grade, where the form has any."""
    return "" if score.grade is None else title_of(ask, score.grade)


def state_of(ask: Ask, duty: Obligation) -> str:
    """Return the state of an obligation in words."""
    return _DUTY_STATES[duty.state].pick(ask.language)


_DUTY_STATES = {
    "met": Words("已办", "met"),
    "late": Words("迟办", "late"),
    "waived": Words("免考", "waived"),
    "open": Words("待办", "open"),
    "at_risk": Words("临近", "at risk"),
    "overdue": Words("逾期", "overdue"),
}


def missing_of(ask: Ask, duty: Obligation) -> str:
    """Say how many are missing, where it is not just one."""
    return "" if duty.required == 100 else f"{_units(duty.missing)}/{_units(duty.required)}"


def type_for(ask: Ask, duty: Obligation) -> tuple[str | None, dict[str, str]]:
    """Return the type of event that would meet an obligation, and what its form can be filled with."""
    if duty.kind == "dues":
        return "dues_paid", {"month": duty.window or "", "member": duty.members[0] if duty.members else ""}
    plan = ask.desk.forms.plan(duty.rubric)
    clause = next((c for c in plan.rubric.clauses() if c.id == duty.clause), None)
    for rule in () if clause is None else clause.rules:
        if rule.kind != duty.kind:
            continue
        for want in wants(rule):
            for match in want.matches:
                given = {
                    name: condition.among[0] for name, condition in match.where.items() if condition.among
                }
                if duty.members:
                    given["member"] = duty.members[0]
                return match.type, {name: str(value) for name, value in given.items()}
    return None, {}
