"""`zhibu history`: the log as it was recorded, with what became of each event.

In: which branch, types and days. Out: a list for people, or JSON. Deliberately absent: hashes (`zhibu
export` has every column).
"""

from datetime import date
from typing import TYPE_CHECKING, Annotated, NamedTuple

import orjson
import typer

from cli.commands.options import EVENT_TYPE, Branches, TableOrJson, one_of, parse_type
from cli.commands.record.recording import require_branches
from cli.context import Door, door_of, parse_day
from cli.ui.language import both
from ledger.words import Words
from projections.answers.history import Fate, event_row, read_history

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.store.codec import Recorded
    from ledger.store.event_store import Store
    from projections.text.labels import Names

_INDENT = 8


def history(
    context: typer.Context,
    branch: Branches = None,
    type_: Annotated[
        list[str] | None,
        typer.Option("--type", metavar="TYPE", help=EVENT_TYPE),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DAY",
            help=both("从哪一天起（按发生日期）", "the first day on which it happened"),
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="DAY", help=both("到哪一天止（含）", "the last day on which it happened")
        ),
    ] = None,
    member: Annotated[
        str | None,
        typer.Option(
            "--member",
            metavar="MEMBER",
            help=both("只看与这名党员（代码或姓名）有关的", "what names this member, by code or name"),
        ),
    ] = None,
    format_: TableOrJson = "table",
) -> None:
    """Show the log, retracted and corrected events as such."""
    door = door_of(context)
    one_of("--format", format_, ("table", "json"))
    first, last = parse_day(since, "--from"), parse_day(until, "--to")
    types = frozenset(parse_type(word) for word in type_ or ()) or None
    with door.open() as store:
        require_branches(store, branch or [])
        people = None if member is None else _people(store, member)
        found = (
            (event, fate)
            for event, fate in read_history(
                store, branches=branch or (), types=types, since=first or date.min, until=last or date.max
            )
            if people is None or _names(event, fate, people)
        )
        if format_ == "json":
            _print_json(door, found)
        else:
            from projections.answers.named import read_names

            _print_list(door, found, store, read_names(store, codes=door.codes))


def _people(store: "Store", text: str) -> "_People":
    """Return whom a code or a name means, in any branch."""
    from ledger.names import name_folded
    from ledger.people import all_names

    named = {(of, code) for of, code, name in all_names(store) if name_folded(name) == name_folded(text)}
    return _People(text.strip().lower(), named)


def _names(event: "Recorded", fate: Fate, people: "_People") -> bool:
    """Return whether an event names somebody, as it was recorded or as it stands."""
    for payload in (event.payload(), fate.payload):
        on_leave = payload.get("on_leave")
        for code in (payload.get("member"), *(on_leave if isinstance(on_leave, list) else ())):
            named = {(event.branch, code), ("", code)} & people.named
            if isinstance(code, str) and (named or code.lower() == people.code):
                return True
    return False


class _People(NamedTuple):
    code: str
    named: set[tuple[str, str]]


def _print_json(door: Door, found: "Iterator[tuple[Recorded, Fate]]") -> None:
    """Print one JSON list, event by event: a log may be long."""
    between = "[\n"
    for event, fate in found:
        door.screen.raw(between + orjson.dumps(event_row(event, fate)).decode())
        between = ",\n"
    door.screen.raw("[]\n" if between == "[\n" else "\n]\n")


def _print_list(door: Door, found: "Iterator[tuple[Recorded, Fate]]", store: "Store", names: "Names") -> None:
    from projections.answers.history import EventTeller

    screen, teller, shown = door.screen, EventTeller(store, names), 0
    for event, fate in found:
        shown += 1
        month = f" → {event.counts_for}" if event.counts_for else ""
        place = f"{event.position:>6}  {event.occurred_on}{month}  " + names.branch(event.branch)
        mark = "  " + _MARKS[fate.state] if fate.state in _MARKS else ""
        screen.paragraph(place + mark, tone="faint" if fate.state == "retracted" else "strong")
        screen.paragraph(teller.told(event), indent=_INDENT)
        screen.paragraph(_recorded(event, door), indent=_INDENT, tone="faint")
        if fate.by is not None:
            screen.paragraph(teller.became(event, fate), indent=_INDENT, tone="warn")
    if not shown:
        screen.say(Words("没有符合的记录。", "There are no such events."))
        return
    screen.paragraph(
        Words(
            "每条开头是序号。撤销：zhibu retract 序号 --reason 理由；"
            "更正：zhibu correct 序号 --字段 值 --reason 理由。",
            "Each begins with its position. To take one back: zhibu retract POSITION --reason WHY; "
            "to put it right: zhibu correct POSITION --FIELD VALUE --reason WHY.",
        ),
        tone="faint",
    )


_MARKS = {
    "retracted": Words("［已撤销］", "[retracted]"),
    "corrected": Words("［已更正］", "[corrected]"),
}


def _recorded(event: "Recorded", door: Door) -> str:
    by = f" {event.recorded_by}" if event.recorded_by else ""
    when = door.local(event.recorded_at)
    return Words(f"{event.id} 记于 {when}{by}", f"{event.id} recorded {when}{by}").pick(door.language)
