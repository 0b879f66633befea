"""`zhibu ack`: somebody takes a reminder on.

In: the id of a reminder, a note. Out: a `reminder_acknowledged` event; a sentence where the log
says so already. Deliberately absent: raising (`remind`) and the list (`reminders`).
"""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.options import By
from cli.commands.record.recording import Envelope, record_one
from cli.context import Door, SaysNo, door_of
from cli.library import known_clauses
from cli.ui.language import both
from ledger.words import Words

if TYPE_CHECKING:
    from ledger.store.codec import Recorded
    from ledger.store.event_store import Store

_ACKNOWLEDGED = frozenset({"reminder_acknowledged"})


def ack(
    context: typer.Context,
    reminder: Annotated[str, typer.Argument(metavar="ID", help=both("提醒的编号", "the id of the reminder"))],
    note: Annotated[
        str | None,
        typer.Option(
            "--note",
            metavar="TEXT",
            help=both("备注；已确认的提醒也可再加", "a note; one more can be added to what is acknowledged"),
        ),
    ] = None,
    by: By = None,
) -> None:
    """Log that somebody took a reminder on; where that is logged already, only a new note is."""
    door = door_of(context)
    with door.open() as store:
        found = store.find(reminder.lower())
        if found is None or found.type != "reminder_raised":
            raise SaysNo(
                Words(
                    f"没有编号为 {reminder} 的提醒：编号见 zhibu reminders。",
                    f"there is no reminder {reminder}: `zhibu reminders` tells their ids.",
                )
            )
        before = _acknowledgements(store, found)
        if before:
            door.screen.say(_already(door, before))
        if not before or (note and note not in map(_note, before)):
            cells = {"data.target": found.id, "data.note": note or ""}
            record_one(
                door, store, "reminder_acknowledged", Envelope(found.branch, by=by), cells, known_clauses()
            )
            if before:
                door.screen.say(Words("备注已加上。", "The note is added."), "good")
        else:
            door.screen.say(Words("没有改动。", "Nothing changed."))


def _acknowledgements(store: "Store", raised: "Recorded") -> "list[Recorded]":
    """Return what acknowledges a reminder, in the order of the log."""
    upto = store.head().position
    found = store.read(upto=upto, branch=raised.branch, types=_ACKNOWLEDGED)
    return [one for one in found if one.payload()["target"] == raised.id]


def _note(acknowledged: "Recorded") -> str | None:
    note = acknowledged.payload().get("note")
    return None if note is None else str(note)


def _already(door: Door, before: "list[Recorded]") -> Words:
    """Say when the reminder was acknowledged first, by whom, and the notes."""
    first = before[0]
    when, by = door.local(first.recorded_at), first.recorded_by
    notes = [note for note in map(_note, before) if note]
    whose = Words(f"由 {by} ", f" by {by}") if by else Words("", "")
    said = Words(f"：{'；'.join(notes)}", f": {'; '.join(notes)}") if notes else Words("", "")
    return Words(
        f"这条提醒已于 {when} {whose.zh}确认{said.zh}",
        f"acknowledged already, {when}{whose.en}{said.en}",
    )
