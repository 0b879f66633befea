"""`zhibu retract` and `zhibu correct`: an event is taken back, or told anew, by another event.

In: the id of an event, a reason, and for a correction the fields that change. Out: a control event. Nothing
is ever changed in the log. Deliberately absent: which events may be named; the ledger's checks know.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.options import By, EventId, On, Reason
from cli.commands.record.recording import Envelope, as_typed, record_one
from cli.context import Door, SaysNo, WrongUsage, door_of
from cli.known import known_clauses
from cli.ui.fields import cells as cells_typed
from cli.ui.fields import field_name, option_name
from cli.ui.language import both
from ledger.errors import Refused
from ledger.events import CATALOGUE, canonical_data, cells_of, fields_of, parse_cells
from ledger.words import Words
from projections.answers.history import Fate, Fates

if TYPE_CHECKING:
    from ledger.store.codec import Recorded
    from ledger.store.event_store import Store

_Target = Annotated[
    str, typer.Argument(metavar="ID", help=both("要撤销或更正的记录的编号", "the id of the event"))
]

_ARGUMENTS = {"data.target": "ID"}


def retract(
    context: typer.Context, target: _Target, reason: Reason = None, by: By = None, event_id: EventId = None
) -> None:
    """Log that an event no longer counts."""
    door = door_of(context)
    cells = {"data.target": target, "data.reason": _reason(door, reason)}
    with door.open() as store:
        found = _find(store, target)
        envelope = Envelope(found.branch, id=event_id, by=by)
        record_one(door, store, "event_retracted", envelope, cells, known_clauses(), _ARGUMENTS)


def correct(
    context: typer.Context,
    target: _Target,
    reason: Reason = None,
    on: On = None,
    counts_for: Annotated[
        str | None,
        typer.Option(
            "--counts-for", metavar="YYYY-MM", help=both("改为计入哪个月", "the month for which it counts")
        ),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="FIELD=VALUE",
            help=both(
                "要更正的字段；也可写作 --FIELD VALUE（字段见 zhibu log 类型 --help）；值为空则去掉该字段",
                "a field to change; or --FIELD VALUE (`zhibu log TYPE --help` lists them); empty drops it",
            ),
        ),
    ] = None,
    by: By = None,
    event_id: EventId = None,
) -> None:
    """Log that an event counts with another payload, day or month."""
    door = door_of(context)
    with door.open() as store:
        found = _find(store, target)
        fate = Fates(store, found.branch).of(found)
        changes = _changes(found.type, [*_pairs(settings or []), *_options(list(context.args))])
        if not (changes or on or counts_for):
            raise WrongUsage(
                Words("没有要更正的内容：请给出字段、--on 或 --counts-for。",
                      "nothing to correct: give a field, --on or --counts-for.")
            )  # fmt: skip
        cells = {
            "data.target": found.id,
            "data.reason": _reason(door, reason),
            "data.data": _corrected(found, fate, changes),
            "data.occurred_on": on or "",
            "data.counts_for": counts_for or "",
        }
        envelope = Envelope(found.branch, id=event_id, by=by)
        record_one(door, store, "event_corrected", envelope, cells, known_clauses(), _ARGUMENTS)


def _find(store: "Store", target: str) -> "Recorded":
    found = store.find(target.lower())
    if found is None:
        raise SaysNo(
            Words(
                f"台账中没有编号为 {target} 的记录：编号见 zhibu history。",
                f"there is no event {target} in the ledger: `zhibu history` tells the ids.",
            )
        )
    return found


def _reason(door: Door, reason: str | None) -> str:
    if reason is not None:
        return reason
    if door.screen.interactive:
        return door.screen.ask(Words("理由 --reason", "reason --reason"))
    raise WrongUsage(Words("缺少选项 --reason。", "missing option --reason."))


def _pairs(settings: list[str]) -> list[tuple[str, str]]:
    pairs = []
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals:
            raise WrongUsage(
                Words(f"--set 应为 字段=值，实际为 {setting}。", f"--set must be FIELD=VALUE, got {setting}.")
            )
        pairs.append((field_name(f"--{name}"), value))
    return pairs


def _options(words: list[str]) -> list[tuple[str, str]]:
    """Read `--FIELD VALUE` and `--FIELD=VALUE`, which depend on the target's type."""
    pairs = []
    while words:
        word = words.pop(0)
        name, equals, value = word.partition("=")
        if not name.startswith("--"):
            raise WrongUsage(Words(f"多余的参数：{word}。", f"unexpected argument: {word}."))
        if not equals and not words:
            raise WrongUsage(Words(f"选项 {name} 缺少值。", f"option {name} wants a value."))
        pairs.append((field_name(name), value if equals else words.pop(0)))
    return pairs


def _changes(type_word: str, pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Group what was typed by field. Raises WrongUsage for a field that the type does not have."""
    fields = fields_of(type_word)
    changes: dict[str, list[str]] = {}
    for name, value in pairs:
        if name not in fields:
            known = ", ".join(option_name(field) for field in fields)
            label = CATALOGUE[type_word].label
            raise WrongUsage(
                Words(
                    f"没有选项 {option_name(name)}：{label.zh}的字段有 {known}。",
                    f"no such option: {option_name(name)}; fields of {type_word} are {known}.",
                )
            )
        changes.setdefault(name, []).append(value)
    return changes


def _corrected(event: "Recorded", fate: Fate, changes: dict[str, list[str]]) -> str:
    """Return the whole new payload as JSON: what stands, with the changes; an empty value drops a field."""
    fields = fields_of(event.type)
    several = {name for name in changes if fields[name].kind in ("set", "list")}
    typed: dict[str, object] = {n: v if n in several and any(v) else v[-1] for n, v in changes.items()}
    standing = {f"data.{name}": text for name, text in cells_of(event.type, fate.payload).items()}
    envelope = {"branch": event.branch, "occurred_on": event.occurred_on}
    try:
        corrected = parse_cells(event.type, {**envelope, **standing, **cells_typed(fields, typed)})
    except Refused as refused:
        raise as_typed(refused) from None
    return canonical_data(corrected.data)
