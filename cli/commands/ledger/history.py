"""`zhibu history`: the log as it was recorded, with what became of each event.

In: which branch, types and days. Out: a list for people, or JSON. Deliberately absent: hashes (`zhibu
export` has every column).
"""

from typing import TYPE_CHECKING, Annotated, Any

import orjson
import typer

from cli.commands.options import EVENT_TYPE, Branches, TableOrJson, one_of, parse_type
from cli.commands.record.recording import require_branches
from cli.context import Door, door_of, parse_day
from cli.ui.language import both
from ledger.words import Words
from projections.answers.history import Fate, Fates
from projections.text.events import event_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger.store.codec import Recorded
    from ledger.store.event_store import Store

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
    format_: TableOrJson = "table",
) -> None:
    """Show the log, retracted and corrected events as such."""
    door = door_of(context)
    one_of("--format", format_, ("table", "json"))
    first, last = parse_day(since, "--from"), parse_day(until, "--to")
    types = frozenset(parse_type(word) for word in type_ or ()) or None
    with door.open() as store:
        require_branches(store, branch or [])
        told = _Told(store, door)
        found = (
            (event, fate)
            for event, fate in _read(store, branch, types)
            if (first is None or max(event.occurred_on, fate.occurred_on) >= first.isoformat())
            and (last is None or min(event.occurred_on, fate.occurred_on) <= last.isoformat())
        )
        if format_ == "json":
            _print_json(door, found)
        else:
            _print_list(door, found, told)


def _read(
    store: "Store", branches: list[str] | None, types: frozenset[str] | None
) -> "Iterator[tuple[Recorded, Fate]]":
    fates = Fates(store, branches[0] if branches and len(branches) == 1 else None)
    only = branches[0] if branches and len(branches) == 1 else None
    for event in store.read(branch=only, types=types):
        if not branches or event.branch in branches:
            yield event, fates.of(event)


def _print_json(door: Door, found: "Iterator[tuple[Recorded, Fate]]") -> None:
    """Print one JSON list, event by event: a log may be long."""
    between = "[\n"
    for event, fate in found:
        door.screen.raw(between + orjson.dumps(_as_json(event, fate)).decode())
        between = ",\n"
    door.screen.raw("[]\n" if between == "[\n" else "\n]\n")


def _as_json(event: "Recorded", fate: Fate) -> dict[str, Any]:
    return {
        "position": event.position,
        "id": event.id,
        "branch": event.branch,
        "version": event.version,
        "type": event.type,
        "occurred_on": event.occurred_on,
        "counts_for": event.counts_for,
        "data": event.payload(),
        "recorded_by": event.recorded_by,
        "recorded_at": event.recorded_at,
        "state": fate.state,
        "by": fate.by,
        "reason": fate.reason,
        "stands_as": None
        if fate.state != "corrected"
        else {"occurred_on": fate.occurred_on, "counts_for": fate.counts_for, "data": fate.payload},
    }


class _Told:
    """Tells events in one line for the screen: with members' names, and corrections by what they correct."""

    def __init__(self, store: "Store", door: Door) -> None:
        from projections.answers.named import read_names

        self._store = store
        self._names = read_names(store)

    def event(self, type_word: str, payload: "Mapping[str, Any]") -> Words:
        """Tell what happened."""
        if type_word == "event_corrected":
            return self._correction(payload)
        said = event_words(type_word, payload, self._names)
        if type_word == "score_sealed":
            total = orjson.loads(payload["answer"])["scores"][0]["total"]
            said += Words(f"，合计 {total}", f", total {total}")
        return said

    def _correction(self, payload: "Mapping[str, Any]") -> Words:
        target = self._store.find(payload["target"])
        rest = {name: value for name, value in payload.items() if name != "data"}
        said = event_words("event_corrected", rest, self._names)
        if target is None:
            return said
        now = event_words(target.type, payload["data"], self._names)
        return said + Words("；现为：", "; now: ") + now


def _print_list(door: Door, found: "Iterator[tuple[Recorded, Fate]]", told: _Told) -> None:
    screen, language = door.screen, door.language
    shown = 0
    for event, fate in found:
        shown += 1
        mark = "" if fate.state == "standing" else _MARKS[fate.state].pick(language) + " "
        month = f" → {event.counts_for}" if event.counts_for else ""
        place = f"{event.position:>6}  {event.occurred_on}{month}  {event.branch}"
        screen.paragraph(f"{place}  {mark}".rstrip(), tone="faint" if fate.state == "retracted" else "strong")
        screen.paragraph(told.event(event.type, event.payload()), indent=_INDENT)
        screen.paragraph(_recorded(event, door), indent=_INDENT, tone="faint")
        if fate.by is not None:
            screen.paragraph(_became(fate, event, told), indent=_INDENT, tone="warn")
    if not shown:
        screen.say(Words("没有符合的记录。", "There are no such events."))


_MARKS = {
    "retracted": Words("［已撤销］", "[retracted]"),
    "corrected": Words("［已更正］", "[corrected]"),
}


def _recorded(event: "Recorded", door: Door) -> str:
    by = f" {event.recorded_by}" if event.recorded_by else ""
    when = door.local(event.recorded_at)
    return Words(f"{event.id} 记于 {when}{by}", f"{event.id} recorded {when}{by}").pick(door.language)


def _became(fate: Fate, event: "Recorded", told: _Told) -> Words:
    if fate.state == "retracted":
        return Words(f"由 {fate.by} 撤销：{fate.reason}", f"retracted by {fate.by}: {fate.reason}")
    day = "" if fate.occurred_on == event.occurred_on else f"{fate.occurred_on} "
    month = "" if fate.counts_for == event.counts_for else f"→ {fate.counts_for} "
    stands = f"{day}{month}" + told.event(event.type, fate.payload)
    by = Words(f"由 {fate.by} 更正（{fate.reason}）为：", f"corrected by {fate.by} ({fate.reason}) to: ")
    return by + stands
