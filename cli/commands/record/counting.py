"""What an event that was just logged counts for, in a line or two.

In: the ledger and the event. Out: lines: the clauses of the branch's adopted rubrics that count it, or a
warning that names the nearest event that one would count. Deliberately absent: Polars, and whether a window
is full already (`zhibu explain` tells).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cli.commands.record.strangers import exempt_note, strangers_in
from cli.known import library
from cli.ui.language import counted, noted
from ledger.words import Words
from projections.adoptions import read_adoptions
from projections.asks import Want
from projections.matching import Counted, clauses_counting, is_wanted, nearest_counted
from rubrics.library import Unusable
from rubrics.numbers import print_points
from rubrics.problems import RubricError
from rubrics.rules import Deadline, Dues, Quota

if TYPE_CHECKING:
    from datetime import date

    from ledger.events import Event
    from ledger.store.event_store import Store
    from rubrics.model import Rubric
    from rubrics.parameters import Measure
    from rubrics.rules import Rule

# What sets the scene for every rubric and is asked for by none.
_SCENERY = frozenset(
    {
        "branch_registered", "rubric_adopted", "member_joined", "member_left", "member_transferred",
        "member_hired", "member_departed", "role_assigned", "term_began", "member_exempted",
        "event_retracted", "event_corrected", "reminder_raised", "reminder_acknowledged", "score_sealed",
        "clause_assessed", "clause_waived", "grades_tallied",
    }
)  # fmt: skip
_SPANS = {
    "month": Words("每月", "a month"),
    "two_months": Words("每两月", "every two months"),
    "quarter": Words("每季度", "a quarter"),
    "half": Words("每半年", "a half-year"),
    "year": Words("每年", "a year"),
}
_SUMS = {"hours": Words(" 学时", " hours"), "participants": Words(" 人次", " people")}
_DUE_MET = Words("应办已落实", "due met")
_REMINDED = Words("应办已落实（仅提醒）", "due met (advisory)")
_PLAIN = {
    "response": Words("已按要求办理", "answered"),
    "paid": Words("按期缴纳", "due met"),
    "paid_late": Words("已逾期", "late"),
    "request": Words("须按期报送", "a document is now due"),
    "submission": Words("已报送", "document submitted"),
    "measured": Words("据此衡量", "measured"),
    "ranked": Words("参与排名", "ranked"),
    "checked": Words("已核对", "checked"),
    "noted": Words("计入请假情况", "noted for leave"),
    "judged": Words("已评", "judged"),
    "waives": Words("免考", "waived"),
    "veto": Words("一票否决", "veto"),
    "loss": Words("扣分", "loses points"),
    "gain": Words("得分", "earns points"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, and whether it is a warning."""

    words: Words
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """The rubrics that a branch has adopted, each with the first day, and the ids of those not at hand."""

    rubrics: "Sequence[tuple[Rubric, date]]"
    unknown: Sequence[str]


def counts_for_lines(store: "Store", event: "Event", followed: Followed) -> Iterator[Line]:
    """Say what an event counts for in the rubrics that its branch has adopted."""
    rubrics, unknown = [rubric for rubric, _ in followed.rubrics], followed.unknown
    strangers, exempt = strangers_in(store, event), exempt_note(store, event)
    looked_for = [
        found
        for rubric in rubrics
        for found in clauses_counting(rubric, event)
        if found.role != "response" or _answers(store, event, found.rule)
    ]
    owes_nothing = exempt is not None or getattr(event.data, "member", None) in strangers
    found_in = [found for found in looked_for if not (owes_nothing and _asks_of_members(found))]
    for rubric_id, clause, roles in _by_clause(found_in):
        yield Line(
            Words(
                f"计入：{rubric_id} {clause}，{'；'.join(role.zh for role in roles)}",
                f"counts for: {rubric_id} {clause}, {'; '.join(role.en for role in roles)}",
            )
        )
    for words in (*strangers.values(), *([exempt] if exempt else [])):
        yield Line(words, warning=True)
    if event.type in _SCENERY:
        return
    for rubric_id in unknown:
        yield Line(noted(Unusable.absent(rubric_id).words), warning=True)
    if looked_for or (unknown and not rubrics):
        return
    if not rubrics:
        yield Line(
            Words(
                f"提醒：{event.branch} 尚未适用任何考核细则；"
                f"可运行：zhibu adopt 细则编号 --branch {event.branch}",
                f"note: {event.branch} follows no rubric yet: zhibu adopt RUBRIC --branch {event.branch}",
            ),
            warning=True,
        )
        return
    ids = ", ".join(rubric.id for rubric in rubrics)
    near = nearest_counted(rubrics, event)
    hint = (
        Words(
            f"；最接近的是 {near.words}（{near.rubric} {near.clause}）。",
            f"; the nearest that one counts is {near.words} ({near.rubric} {near.clause}).",
        )
        if near
        else Words("。", ".")
    )
    yield Line(
        Words(
            f"提醒：已适用的考核细则（{ids}）都不计这件事{hint.zh}",
            f"note: no adopted rubric ({ids}) counts this event{hint.en}",
        ),
        warning=True,
    )


def rubrics_of(store: "Store", branch: str) -> Followed:
    """Return the rubrics that a branch has adopted."""
    since: dict[str, date] = {}
    for adoption in read_adoptions(store, branch=branch):
        since[adoption.rubric] = min(adoption.since, since.get(adoption.rubric, adoption.since))
    rubrics: list[tuple[Rubric, date]] = []
    unknown: list[str] = []
    for rubric_id, day in since.items():
        try:
            rubrics.append((library().load(rubric_id).rubric, day))
        except RubricError:
            unknown.append(rubric_id)
    return Followed(rubrics, unknown)


def _answers(store: "Store", event: "Event", rule: "Rule | None") -> bool:
    """Return whether there is a trigger that a response answers: of the same member or ref."""
    if not isinstance(rule, Deadline):
        return False
    from ledger.events import parse_event

    key = rule.match
    for stored in store.read(branch=event.branch, types={rule.trigger.type}):
        raw = {"branch": stored.branch, "type": stored.type, "occurred_on": stored.occurred_on}
        trigger = parse_event({**raw, "data": stored.payload()})
        if is_wanted(Want("trigger", (rule.trigger,), "any"), trigger) and (
            key is None or getattr(trigger.data, key, None) == getattr(event.data, key, None)
        ):
            return True
    return False


def _asks_of_members(found: Counted) -> bool:
    """Return whether a rule asks something of each member: of those on the roster, and of nobody else."""
    return isinstance(found.rule, Dues) or getattr(found.rule, "each", None) == "member"


def _by_clause(found_in: Iterable[Counted]) -> Iterator[tuple[str, str, list[Words]]]:
    clauses: dict[tuple[str, str], list[Words]] = {}
    for found in found_in:
        roles = clauses.setdefault((found.rubric, found.clause), [])
        said = _said(found)
        if said not in roles:
            roles.append(said)
    for (rubric_id, clause), roles in clauses.items():
        yield rubric_id, clause, roles


def _said(found: Counted) -> Words:
    rule = found.rule
    if found.points is not None:
        sign = "+" if found.points > 0 else ""
        return Words(f"{sign}{print_points(found.points)} 分", f"{sign}{print_points(found.points)} points")
    if isinstance(rule, Quota):
        if rule.at_least == 1 and rule.measure is None and rule.each == "branch":
            return _REMINDED if rule.advisory else _DUE_MET
        span, least = _SPANS[rule.per], rule.at_least
        unit = _unit(rule.measure)
        return Words(f"{span.zh}须有 {least}{unit.zh}", f"towards {least}{unit.en} {span.en}")
    if found.role == "trigger" and isinstance(rule, Deadline):
        within = rule.within
        if within.days is not None:
            return Words(f"{within.days} 天内须办结", f"due within {counted(within.days, 'day')}")
        if within.months is not None:
            return Words(f"{within.months} 个月内须办结", f"due within {counted(within.months, 'month')}")
        return Words("任期届满前须办", "due before the term ends")
    return _PLAIN[found.role]


def _unit(measure: "Measure | None") -> Words:
    """Return the unit in which a quota counts, with a space before it."""
    if measure is None:
        return Words(" 次", "")
    return _SUMS.get(measure.sum or "", Words("", ""))
