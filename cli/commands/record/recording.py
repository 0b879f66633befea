"""One event through the ledger's one way in, and what is said of it.

In: the envelope and the payload's cells as typed. Out: the stored event, told with its position. Deliberately
absent: checking (the ledger does it) and scoring.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from cli.context import Door, SaysNo, WrongUsage
from cli.ui.fields import option_name
from cli.ui.terminal import Screen
from ledger.errors import Refused
from ledger.problems import Problem
from ledger.words import Words

if TYPE_CHECKING:
    from ledger.events import Event
    from ledger.intake.batch import Outcome
    from ledger.intake.checks import KnownRubrics
    from ledger.store.event_store import Store

_ENVELOPE = {
    "branch": "--branch",
    "occurred_on": "--on",
    "counts_for": "--counts-for",
    "id": "--id",
    "recorded_by": "--by",
}
# What is no period is as unknown as a clause that there is not.
_PERIOD = "data.period"

NO_ARGUMENTS: Mapping[str, str] = MappingProxyType({})
_REGISTRATION = frozenset({"branch_registered"})


@dataclass(frozen=True, slots=True)
class Envelope:
    """Everything of an event but its type and payload, as typed."""

    branch: str | None
    on: str | None = None
    counts_for: str | None = None
    id: str | None = None
    by: str | None = None


Typed = tuple[str, Envelope, Mapping[str, str]]
"""An event as typed: its type, its envelope, the cells of its payload."""


def record_one(
    door: Door,
    store: "Store",
    type_word: str,
    envelope: Envelope,
    cells: Mapping[str, str],
    known: "KnownRubrics",
    arguments: Mapping[str, str] = NO_ARGUMENTS,
    *,
    trial: bool = False,
    aside: bool = False,
) -> "Outcome":
    """Parse, check and append one event, and say so; see `record_several`."""
    typed = [(type_word, envelope, cells)]
    return record_several(door, store, typed, known, arguments, trial=trial, aside=aside)[0]


def record_several(
    door: Door,
    store: "Store",
    typed: Sequence[Typed],
    known: "KnownRubrics",
    arguments: Mapping[str, str] = NO_ARGUMENTS,
    *,
    trial: bool = False,
    aside: bool = False,
) -> "list[Outcome]":
    """Parse, check and append events, all or none, and say so the moment they are durable.

    `arguments`: by field, what was typed as an argument instead of an option. A `trial` writes nothing and
    says the same. `aside`: what is said goes beside the answer, which is for a program.
    Raises WrongUsage where the command line names an unknown branch, rubric, clause or period, SaysNo where
    the ledger refuses an event.
    """
    from ledger.intake.batch import record_each

    today = door.today(store)
    unfounded = [word != "branch_registered" for word, _, _ in typed]
    require_branches(
        store, [e.branch or "" for (_, e, _), asked in zip(typed, unfounded, strict=True) if asked]
    )
    try:
        events = _parsed(store, typed, today)
        outcomes = record_each(store, events, now=door.now(), today=today, known=known, trial=trial)
    except Refused as refused:
        raise as_typed(refused, arguments) from None
    for outcome in outcomes:
        _tell(door.screen, outcome, trial=trial, aside=aside)
    return outcomes


def refusal_of(
    door: Door,
    store: "Store",
    typed: Typed,
    known: "KnownRubrics",
    arguments: Mapping[str, str] = NO_ARGUMENTS,
) -> SaysNo | WrongUsage | None:
    """Return what `record_several` would raise about one event of a known branch; nothing is recorded."""
    from ledger.intake.batch import problems_with

    today = door.today(store)
    try:
        events = _parsed(store, [typed], today)
    except Refused as refused:
        return as_typed(refused, arguments)
    problems = problems_with(store, events, now=door.now(), today=today, known=known)
    return as_typed(Refused(problems), arguments) if problems else None


def _parsed(store: "Store", typed: Sequence[Typed], today: date) -> "list[Event]":
    from ledger.events import parse_cells

    return [
        parse_cells(
            word,
            {**_envelope_cells(envelope, today), **cells},
            _organization(store, word, envelope.branch, cells),
        )
        for word, envelope, cells in typed
    ]


def _organization(store: "Store", word: str, branch: str | None, cells: Mapping[str, str]) -> str:
    """Return the kind of organisation that speaks, where a committee would mean something else by a word."""
    from ledger.events.cells import said_otherwise_by_committees

    if branch is None or not said_otherwise_by_committees(word, cells):
        return "branch"
    from ledger.names import Directory

    return Directory(store).organization(branch)


def _envelope_cells(envelope: Envelope, today: date) -> dict[str, str]:
    optional = {"counts_for": envelope.counts_for, "id": envelope.id, "recorded_by": envelope.by}
    return {
        "branch": envelope.branch or "",
        "occurred_on": envelope.on or today.isoformat(),
        **{name: value for name, value in optional.items() if value is not None},
    }


def _tell(screen: Screen, outcome: "Outcome", *, trial: bool, aside: bool) -> None:
    stored, say = outcome.recorded, screen.aside if aside else screen.tell
    if not outcome.appended:
        say(
            Words(
                f"已在台账中：{stored.id}，序号 {stored.position}；没有改动。",
                f"already there: {stored.id} at position {stored.position}; nothing changed.",
            )
        )
        return
    if trial:
        say(Words("试记：没有写入台账。", "a trial: nothing is written."))
    else:
        say(
            Words(
                f"已记录 {stored.id}，序号 {stored.position}。",
                f"logged {stored.id} at position {stored.position}.",
            ),
            "good",
        )
    if outcome.equal is not None:
        twin = outcome.equal
        screen.warn(
            Words(
                f"提醒：已有一条相同的记录（{twin.id}，序号 {twin.position}）。"
                f"若是重复，请运行：zhibu retract {stored.id} --reason 重复",
                f"note: an equal event is there already ({twin.id} at position {twin.position}). "
                f"If it is the same: zhibu retract {stored.id} --reason duplicate",
            )
        )
    for note in outcome.notes:
        option = _with_option(note, NO_ARGUMENTS)
        screen.warn(Words(f"提示：{option.sentence('zh')}", f"note: {option.sentence('en')}"))


def require_branches(store: "Store", branches: Sequence[str]) -> None:
    """Raise UnknownBranch for the first branch that is not registered."""
    for branch in branches:
        if next(iter(store.read(branch=branch, types=_REGISTRATION)), None) is None:
            from projections.engine.errors import UnknownBranch

            codes = [found.branch for found in store.read(types=_REGISTRATION)]
            raise UnknownBranch(branch, codes)


def as_typed(refused: Refused, arguments: Mapping[str, str] = NO_ARGUMENTS) -> SaysNo | WrongUsage:
    """Say a refusal in terms of the options and arguments that were typed.

    Unknown on the command line is wrong usage; whatever else the ledger refuses is data that says no.
    """
    problems = [_with_option(problem, arguments) for problem in refused.problems]
    words = Refused(problems).words
    unknown = any(problem.unknown or problem.field == _PERIOD for problem in refused.problems)
    return WrongUsage(words) if unknown else SaysNo(words)


def _with_option(problem: Problem, arguments: Mapping[str, str]) -> Problem:
    field = problem.field
    if field is None:
        return problem
    if field in arguments:
        return Problem(problem.expected, arguments[field], problem.found, problem.hint)
    if field in _ENVELOPE:
        option = _ENVELOPE[field]
    elif field.startswith("data."):
        option = option_name(field.removeprefix("data."))
    else:
        return problem
    return Problem(problem.expected, option, problem.found, problem.hint)
