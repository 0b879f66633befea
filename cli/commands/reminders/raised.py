"""`zhibu reminders` and `zhibu ack`: what was raised and what became of it, delivered, acknowledged,
settled; and somebody takes a reminder on.

In: branches; the id of a reminder, a note. Out: a list for people, or JSON; a `reminder_acknowledged` event,
or a sentence where the log says so already. Deliberately absent: raising (`remind`).
"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.commands.options import Branches, By, Rubrics, TableOrJson, one_of
from cli.commands.record.recording import Envelope, record_one, require_branches
from cli.context import Door, SaysNo, door_of
from cli.library import known_clauses, library, named_rubrics
from cli.ui.language import both, counted
from ledger.delivery.transports.transport import told
from ledger.events.vocabularies.papers import RUNGS
from ledger.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.delivery.outbox import Fate
    from ledger.store.codec import Recorded
    from ledger.store.event_store import Store
    from projections.reminders.raised import Raised
    from projections.text.labels import Names

_INDENT = 8
_ACKNOWLEDGED = frozenset({"reminder_acknowledged"})


def reminders(
    context: typer.Context,
    branch: Branches = None,
    open_: Annotated[
        bool, typer.Option("--open", help=both("只列尚未办妥的", "only what is not settled yet"))
    ] = False,
    rubric: Rubrics = None,
    format_: TableOrJson = "table",
) -> None:
    """List the reminders of the log, in the order of their raising."""
    from ledger.delivery.outbox import fates
    from projections.answers.named import read_names
    from projections.reminders.raised import read_raised

    door = door_of(context)
    one_of("--format", format_, ("table", "json"))
    with door.open() as store:
        if branch:
            require_branches(store, branch)
        found = read_raised(
            store, library(), on=door.today(store), branches=branch, own=named_rubrics(rubric or ())
        )
        if open_:
            found = [one for one in found if not one.settled]
        sent = fates(store, [one.id for one in found])
        names = read_names(store, members=False)
    if format_ == "json":
        door.screen.document([_as_json(one, sent.get(one.id, [])) for one in found])
        return
    if not found:
        door.screen.say(Words("没有提醒。", "There are no reminders."))
    for one in found:
        _tell(door, one, sent.get(one.id, []), names)


def _as_json(one: "Raised", sent: "Sequence[Fate]") -> dict[str, Any]:
    from ledger.store.codec import instant_text

    return {
        "id": one.id,
        "branch": one.branch,
        "rubric": one.rubric,
        "clause": one.clause,
        "obligation": one.obligation,
        "rung": one.rung,
        "due_on": one.due_on.isoformat(),
        "missing": one.missing,
        "at_stake": one.at_stake,
        "raised_at": one.raised_at,
        "deliveries": [
            {
                "recipient": fate.recipient,
                "delivered_at": instant_text(fate.delivered_at) if fate.delivered_at else None,
                "attempts": fate.attempts,
                "last_error": fate.last_error,
            }
            for fate in sent
        ],
        "acknowledged_at": one.acknowledged_at,
        "acknowledged_by": one.acknowledged_by,
        "note": one.note,
        "settled": one.settled,
    }


def _tell(door: Door, one: "Raised", sent: "Sequence[Fate]", names: "Names") -> None:
    language = door.language
    rung = RUNGS[one.rung].label.pick(language)
    what = one.what.pick(language) if one.what else one.obligation
    missing = Words(f"，尚缺 {one.missing}", f", {one.missing} missing") if one.missing else Words("", "")
    window = one.window or ""
    head = f"{one.due_on}  {rung}  {names.branch(one.branch).pick(language)}"
    door.screen.paragraph(head, tone="faint" if one.settled else "strong")
    door.screen.paragraph(f"{one.clause}  {what}  {window}".rstrip() + missing.pick(language), indent=_INDENT)
    door.screen.paragraph(one.id, indent=_INDENT, tone="faint")
    states = [*_sent(door, one, sent), *_taken(door, one), *_settled(one)]
    door.screen.paragraph(
        Words("；".join(words.zh for words in states), "; ".join(words.en for words in states)),
        indent=_INDENT,
    )


def _sent(door: Door, one: "Raised", sent: "Sequence[Fate]") -> list[Words]:
    when = door.local(one.raised_at)
    said = [Words(f"{when} 发出", f"raised {when}")]
    if not sent:
        said.append(Words("没有接收人", "nobody hears it"))
    for fate in sent:
        who = Words(f"接收人 {fate.recipient}", f"recipient {fate.recipient}")
        if fate.delivered_at is not None:
            at = door.local(fate.delivered_at.isoformat())
            said.append(Words(f"{at} 送达{who.zh}", f"delivered to {who.en} {at}"))
        elif fate.last_error is None:
            said.append(Words(f"{who.zh} 待发", f"on its way to {who.en}"))
        else:
            why = told(fate.last_error)
            over = Words("，不再发送", ", given up") if fate.next_attempt_at is None else Words("", "")
            tries = counted(fate.attempts, "attempt")
            said.append(
                Words(
                    f"{who.zh} 未收到：{why.zh}（已试 {fate.attempts} 次{over.zh}）",
                    f"{who.en} {why.en} ({tries}{over.en})",
                )
            )
    return said


def _taken(door: Door, one: "Raised") -> list[Words]:
    if one.acknowledged_at is None:
        return []
    when, by = door.local(one.acknowledged_at), one.acknowledged_by
    note = Words(f"：{one.note}", f": {one.note}") if one.note else Words("", "")
    whose = Words(f"由 {by} ", f" by {by}") if by else Words("", "")
    return [Words(f"{when} {whose.zh}确认{note.zh}", f"acknowledged {when}{whose.en}{note.en}")]


def _settled(one: "Raised") -> list[Words]:
    if one.settled is None:
        return [
            Words(
                f"细则 {one.rubric} 未找到，不知是否办妥",
                f"the rubric {one.rubric} is not at hand: settled or not is not known",
            )
        ]
    return [Words("已办妥", "settled")] if one.settled else [Words("尚未办妥", "open")]


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
