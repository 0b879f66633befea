"""`zhibu retract` and `zhibu correct`: an event is taken back, or told anew, by another event.

In: an event by its position, the beginning of its id, or as the last one; a reason, and for a correction the
fields that change. Out: a control event. Nothing is ever changed in the log. Deliberately absent: which
events may be named; the ledger's checks know.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.options import By, EventId, On, Reason
from cli.commands.record.impacts import tell_impacts
from cli.commands.record.recording import Envelope, as_typed, record_one, record_several
from cli.context import Door, SaysNo, WrongUsage, door_of
from cli.library import known_clauses
from cli.ui.fields import cells as cells_typed
from cli.ui.fields import field_name, option_name
from cli.ui.language import both
from ledger.errors import Refused
from ledger.events import CATALOGUE, canonical_data, cells_of, fields_of, parse_cells
from ledger.problems import Problem
from ledger.words import Words
from projections.answers.history import Fate, Fates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.events import FieldInfo
    from ledger.store.codec import Recorded
    from ledger.store.event_store import Store

_WHICH = both("记录的序号，或编号的前几位", "the event's position, or the beginning of its id")
_Targets = Annotated[list[str] | None, typer.Argument(metavar="ID", help=_WHICH)]
_Target = Annotated[str | None, typer.Argument(metavar="ID", help=_WHICH)]
_Last = Annotated[
    bool,
    typer.Option("--last", help=both("最后一条记录（先显示再办理）", "the last event, shown before it acts")),
]
_OfBranch = Annotated[
    str | None,
    typer.Option(
        "--branch",
        metavar="BRANCH",
        help=both("--last：哪个支部的", "with --last: of which branch"),
    ),
]

_ARGUMENTS = {"data.target": "ID"}


def retract(
    context: typer.Context,
    targets: _Targets = None,
    last: _Last = False,
    imported: Annotated[
        int | None,
        typer.Option(
            "--import",
            metavar="POSITION",
            help=both(
                "撤销一次导入的全部记录：写其中任一条的序号",
                "all that one import appended: the position of any event of it",
            ),
        ),
    ] = None,
    branch: _OfBranch = None,
    reason: Reason = None,
    by: By = None,
    event_id: EventId = None,
) -> None:
    """Log that events no longer count, all of them or none."""
    door = door_of(context)
    with door.open() as store:
        found = _targets(door, store, targets or [], last, imported, branch)
        why = _reason(door, reason)
        if event_id is not None and len(found) > 1:
            raise WrongUsage(Words("--id 只能用于一条记录。", "--id goes with one event only."))
        typed = [
            (
                "event_retracted",
                Envelope(event.branch, id=event_id, by=by),
                {"data.target": event.id, "data.reason": why},
            )
            for event in found
        ]
        outcomes = record_several(door, store, typed, known_clauses(), _ARGUMENTS)
        tell_impacts(door, store, outcomes)


def _targets(
    door: Door,
    store: "Store",
    named: list[str],
    last: bool,
    imported: int | None,
    branch: str | None,
) -> "list[Recorded]":
    """Return the events that are meant; raises WrongUsage where nothing, or too much, is named."""
    if (bool(named), last, imported is not None).count(True) != 1:
        raise WrongUsage(
            Words(
                "请写明一条或几条记录的序号或编号，或用 --last、--import。",
                "name events by positions or ids, or give --last or --import.",
            )
        )
    if imported is not None:
        return _imported(store, imported)
    if last:
        return [_last(door, store, branch)]
    return list({event.id: event for event in (_find(store, one) for one in named)}.values())


def _imported(store: "Store", position: int) -> "list[Recorded]":
    """Return what one import appended and still stands, the latest first: what rests on others goes before
    them.
    """
    from ledger.references import imported_with

    events = imported_with(store, position)
    if not events:
        raise SaysNo(Words(f"没有序号 {position} 的记录。", f"there is no event at position {position}."))
    standing = [event for event in events if Fates(store, event.branch).of(event).state != "retracted"]
    left = [event for event in reversed(standing) if event.type != "event_retracted"]
    if not left:
        raise SaysNo(Words("这次导入的记录都已撤销。", "all of that import was retracted already."))
    return left


def _last(door: Door, store: "Store", branch: str | None) -> "Recorded":
    """Return the last event that a person recorded, and show it."""
    from ledger.references import last_event
    from projections.answers.named import read_names
    from projections.text.events import event_words

    found = last_event(store, branch)
    if found is None:
        raise SaysNo(Words("还没有可撤销、更正的记录。", "there is no event yet."))
    said = event_words(found.type, found.payload(), read_names(store, codes=door.codes).at(found.branch))
    place = f"{found.position}  {found.occurred_on}  {found.branch}  "
    door.screen.paragraph(Words(place + said.zh, place + said.en))
    return found


def correct(
    context: typer.Context,
    target: _Target = None,
    last: _Last = False,
    branch: _OfBranch = None,
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
        (found,) = _targets(door, store, [target] if target else [], last, None, branch)
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
            "data.data": _corrected(store, found, fate, changes),
            "data.occurred_on": on or "",
            "data.counts_for": counts_for or "",
        }
        envelope = Envelope(found.branch, id=event_id, by=by)
        outcome = record_one(door, store, "event_corrected", envelope, cells, known_clauses(), _ARGUMENTS)
        tell_impacts(door, store, [outcome])


def _find(store: "Store", target: str) -> "Recorded":
    from ledger.references import find_event

    found = find_event(store, target)
    if isinstance(found, Problem):
        raise SaysNo(Words(f"{target}：{found.sentence('zh')}。", f"{target}: {found.sentence('en')}."))
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


def _corrected(store: "Store", event: "Recorded", fate: Fate, changes: dict[str, list[str]]) -> str:
    """Return the whole new payload as JSON: what stands, with the changes; an empty value drops a field."""
    fields = fields_of(event.type)
    several = {name for name in changes if fields[name].kind in ("set", "list")}
    typed: dict[str, object] = {n: v if n in several and any(v) else v[-1] for n, v in changes.items()}
    standing = {f"data.{name}": text for name, text in cells_of(event.type, fate.payload).items()}
    envelope = {"branch": event.branch, "occurred_on": event.occurred_on}
    _put_codes(store, event.branch, fields, typed)
    try:
        corrected = parse_cells(event.type, {**envelope, **standing, **cells_typed(fields, typed)})
    except Refused as refused:
        raise as_typed(refused) from None
    return canonical_data(corrected.data)


def _put_codes(
    store: "Store", branch: str, fields: "Mapping[str, FieldInfo]", typed: dict[str, object]
) -> None:
    """Put the codes of members in the place of their names."""
    from ledger.names import Directory

    directory: Directory | None = None
    for name in ("member", "on_leave"):
        given = typed.get(name)
        if name not in fields or not given:
            continue
        directory = directory or Directory(store)
        several = [str(one) for one in given] if isinstance(given, list) else [str(given)]
        codes = []
        for one in several:
            code = one if one.strip() in ("", "[]") else directory.member(one, branch)
            if isinstance(code, Problem):
                option = option_name(name)
                raise SaysNo(Words(f"{option}：{code.sentence('zh')}。", f"{option}: {code.sentence('en')}."))
            codes.append(code)
        typed[name] = codes if isinstance(given, list) else codes[0]
