"""`zhibu remind`: raise what is due and send it.

In: a day, branches, rubrics. Out: what a sweep raised and sent. Deliberately absent: the sweep itself and
sending, the list of what was raised, and taking one on (`raised`).
"""

import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.options import Branches, Jobs, Rubrics, TableOrJson, one_of
from cli.commands.record.recording import require_branches
from cli.context import Door, door_of, parse_day
from cli.library import adopted_rubrics, known_clauses, named_rubrics
from cli.ui.language import both, counted
from cli.ui.tables import Column, Table, Tone
from ledger.events.vocabularies.papers import RUNGS
from ledger.words import Words
from projections.text.labels import ADVISORY

if TYPE_CHECKING:
    from ledger.delivery.sending import Delivered, Unsent
    from ledger.store.event_store import Store
    from projections.reminders.ladder import Reminder
    from projections.reminders.sweep import Swept
    from projections.text.labels import Names
    from rubrics.reader.loaded import Loaded

_TONES: Mapping[str, Tone] = {"overdue": "bad", "day": "warn"}


def remind(
    context: typer.Context,
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="DAY",
            help=both("按哪一天提醒", "the day to remind for"),
            show_default=both("今天", "today"),
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help=both("只列出，不记录也不发送", "only lists: records and sends nothing")
        ),
    ] = False,
    branch: Branches = None,
    rubric: Rubrics = None,
    jobs: Jobs = None,
    format_: TableOrJson = "table",
) -> None:
    """Make one sweep: raise what is to be raised, deliver it, say what was done."""
    from ledger.delivery.sending import Delivered, Unsent, deliver, unsent
    from projections.answers.named import read_names
    from projections.reminders.sweep import sweep

    door = door_of(context)
    one_of("--format", format_, ("table", "json"))
    day = parse_day(on, "--on")
    with door.open() as store:
        if branch:
            require_branches(store, branch)
        today = door.today(store)
        rubrics = rubrics_for(door, store, rubric)
        swept = sweep(
            store,
            on=day or today,
            now=door.now(),
            today=today,
            rubrics=rubrics,
            known=known_clauses(rubrics),
            branches=list(dict.fromkeys(branch)) if branch else None,
            every_form=not rubric,
            jobs=jobs,
            dry_run=dry_run,
        )
        done = Delivered(0, []) if dry_run else deliver(store, door.now, threading.Event())
        left = Unsent(0, []) if dry_run else unsent(store)
        names = read_names(store, members=False)
    if format_ == "json":
        door.screen.document([reminder.as_json() for reminder in swept.raised])
    else:
        _tell(door, swept, done, left, names, dry_run=dry_run)
    warn(door, swept, left)


def rubrics_for(door: Door, store: "Store", named: Sequence[str] | None) -> "list[Loaded]":
    """Read the rubrics named by id or path, or those that branches adopted."""
    if named:
        return named_rubrics(named)
    return adopted_rubrics(door, store, store.head().position)


def warn(door: Door, swept: "Swept", left: "Unsent") -> None:
    """Say what somebody should know: provisional working days, nobody who hears, recipients that fail."""
    from ledger.delivery.transports.transport import told
    from projections.text.reminders import provisional_words

    years = sorted({reminder.due_on.year for reminder in swept.raised if reminder.provisional})
    if years:
        words = provisional_words(years)
        door.screen.warn(Words(f"提醒：{words.zh}", f"note: {words.en}"))
    if swept.unheard:
        door.screen.warn(
            Words(
                f"提醒：有 {swept.unheard} 条没有接收人；请运行 zhibu notify add。",
                f"note: nobody hears {swept.unheard} of them: `zhibu notify add` names recipients.",
            )
        )
    for failure in left.failures:
        words, number = told(failure.reason), failure.recipient
        again = Words("稍后再发", "it is tried again later")
        if failure.permanent:
            again = Words(
                f"不再重试：请更换地址，或修好后运行 zhibu notify test {number}",
                f"it is tried no more: give another address, or mend it and run `zhibu notify test {number}`",
            )
        door.screen.warn(
            Words(
                f"提醒：接收人 {number} 未收到（{words.zh}），{again.zh}。",
                f"note: recipient {number} {words.en}; {again.en}.",
            )
        )


def _tell(
    door: Door, swept: "Swept", done: "Delivered", left: "Unsent", names: "Names", *, dry_run: bool
) -> None:
    number = len(swept.raised)
    branches = {one.branch for one in swept.raised}
    if len(branches) == 1:
        door.screen.say(names.branch(branches.pop()), "strong")
    if number:
        door.screen.table(_table(door, swept.raised, names))
        door.screen.say("")
    if dry_run:
        door.screen.say(Words(f"将发出 {number} 条提醒。", f"{counted(number, 'reminder')} would be raised."))
        return
    zh = f"发出提醒 {number} 条，送达消息 {done.messages} 条"
    en = f"{counted(number, 'reminder')} raised, {counted(done.messages, 'message')} delivered"
    if left.waiting:
        zh, en = f"{zh}，待发 {left.waiting} 条", f"{en}, {left.waiting} waiting"
    door.screen.say(Words(f"{zh}。", f"{en}."), "good" if number else "plain")


def _table(door: Door, reminders: "Sequence[Reminder]", names: "Names") -> Table:
    several = len({one.branch for one in reminders}) > 1
    table = Table(
        [
            Column(Words("期限", "due"), whole=True),
            Column(Words("提醒时点", "rung"), whole=True),
            *([Column(Words("支部", "branch"))] if several else []),
            Column(Words("事项", "what")),
            Column(Words("条款", "clause")),
            Column(Words("尚缺", "missing"), right=True, whole=True),
            Column(Words("分值", "points"), right=True, whole=True),
        ]
    )
    for one in reminders:
        table.add(
            one.due_on.isoformat(),
            RUNGS[one.rung].label.pick(door.language),
            *([names.branch(one.branch).pick(door.language)] if several else []),
            one.what.pick(door.language),
            one.clause,
            one.missing,
            ADVISORY.pick(door.language) if one.advisory else one.at_stake,
            tone=_TONES.get(one.rung, "plain"),
        )
    return table
