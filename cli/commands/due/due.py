"""`zhibu due`: what is still to be done, by when, and the points at stake.

In: branches, rubrics, a day. Out: a table by due day, JSON, or a calendar file, on standard output or in a
file. Deliberately absent: what is owed (`projections`), how the table looks (`due_tables`), how the calendar
is made (`projections.reports.calendar`), reminders.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.due.due_tables import DueTables
from cli.commands.options import Branches, Jobs, Output, Rubrics, answer_form, form_of_answer
from cli.commands.record.recording import require_branches
from cli.context import Door, door_of, parse_day
from cli.library import adopted_rubrics, named_rubrics
from cli.ui.language import both
from ledger.words import COLON, Words, joined
from projections.engine.reading.tree import read_tree
from rubrics.reader.loaded import Loaded

if TYPE_CHECKING:
    from ledger.store.event_store import Store
    from projections.engine.entries import Obligation
    from projections.text.labels import Names

_FORMATS = ("table", "json", "ics")
_FORM = answer_form(
    _FORMATS, both("输出格式；ics 为日历文件", "the form of the answer; ics is a calendar file")
)
_AHEAD = timedelta(days=31)
"""How far ahead the table lists what is due one by one."""


_NOTHING_ADOPTED = Words(
    "还没有支部适用考核细则：可运行 zhibu adopt 细则编号 --branch 支部",
    "No branch follows a rubric yet: zhibu adopt RUBRIC --branch CODE",
)
_UNUSABLE = Words(
    "已适用的考核细则都无法使用，列不出应办事项。",
    "None of the adopted rubrics can be used, so that nothing can be listed.",
)


def due(
    context: typer.Context,
    branch: Branches = None,
    rubric: Rubrics = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="DAY",
            help=both("以哪一天早上为准", "the day at whose beginning we stand"),
            show_default=both("今天", "today"),
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(
            "--until",
            metavar="DAY",
            help=both(
                "表中逐件列到哪一天，以后的合并列出",
                "the day up to which the table lists one by one; it gathers what is later",
            ),
            show_default=both("31 天以内", "31 days ahead"),
        ),
    ] = None,
    all_: Annotated[
        bool,
        typer.Option(
            "--all",
            help=both("表中逐件列出全部，含已办的", "lists everything in the table, what is done, too"),
        ),
    ] = False,
    full: Annotated[
        bool,
        typer.Option(
            "--full",
            help=both("列出尚缺的每一个人", "names everybody who misses something, however many"),
        ),
    ] = False,
    jobs: Jobs = None,
    format_: Annotated[str | None, _FORM] = None,
    output: Output = None,
) -> None:
    """List what is due, by due day."""
    from projections.answers.duties import obligation_row
    from projections.answers.named import read_names
    from projections.engine.plan import Plan
    from projections.engine.replays import obligations

    door = door_of(context)
    kind = form_of_answer(format_, output, _FORMATS)
    day = parse_day(on, "--on")
    last = parse_day(until, "--until")
    with door.open() as store:
        day = day or door.today(store)
        upto = store.head().position
        if branch:
            require_branches(store, branch)
        rubrics = named_rubrics(rubric) if rubric else adopted_rubrics(door, store, upto)
        adopted = bool(rubrics) or any(one.adoptions for one in read_tree(store, upto=upto).values())
        if branch and not rubric:
            _warn_of_the_unbound(door, store, branch, upto)
        found = sorted(
            obligations(
                store,
                [Plan(loaded.rubric) for loaded in rubrics],
                on=day,
                upto=upto,
                branches=list(dict.fromkeys(branch)) if branch else None,
                adopted_only=not rubric,
                until=last,
                unmet_only=kind == "ics" or (kind == "table" and not all_),
                jobs=jobs,
            ),
            key=attrgetter("order"),
        )
        names = read_names(store, codes=door.codes, members=output is None)
        late = _adopted_late(store, rubrics, day, upto, branch) if kind == "table" else []
        if kind == "ics":
            after = door.now() if on is None else datetime.combine(day, time(0), door.zone(store))
            _calendar(door, store, found, names.branches, day, after, upto, output)
    if kind == "json":
        with door.screen.into(output):
            door.screen.document([obligation_row(one) for one in found])
    elif kind == "table":
        with door.screen.into(output):
            upto_day = last or (None if all_ else day + _AHEAD)
            _tell(
                door, found, day, rubrics, names, adopted=adopted, until=upto_day, everything=all_, full=full
            )
            for words in late:
                door.screen.paragraph(words)
    if output is not None:
        door.screen.say(Words(f"已写入 {output}。", f"Written to {output}."), "good")


def _adopted_late(
    store: "Store", rubrics: Sequence[Loaded], on: date, upto: int, branches: Sequence[str] | None
) -> list[Words]:
    """Say of branches that took a form up within its year what the time before cost them."""
    from projections.answers.caveats import late_adoptions
    from projections.engine.plan import Plan
    from projections.text.scores import adopted_late

    plans = [Plan(loaded.rubric) for loaded in rubrics]
    found = late_adoptions(store, plans, on=on, upto=upto, branches=branches or None)
    return [
        joined([score.branch, plan.rubric.id], " ")
        + COLON
        + adopted_late(score.adopted_on, score.before_adoption)
        for plan, score in found
        if score.adopted_on is not None
    ]


def _warn_of_the_unbound(door: Door, store: "Store", branches: Sequence[str], upto: int) -> None:
    """Name the branches asked for that follow no rubric: nothing is listed of them."""
    bound = {code for code, one in read_tree(store, upto=upto).items() if one.adoptions}
    for code in dict.fromkeys(branches):
        if code not in bound:
            door.screen.warn(
                Words(
                    f"提醒：{code} 尚未适用任何考核细则；可运行：zhibu adopt 细则编号 --branch {code}",
                    f"note: {code} follows no rubric yet: zhibu adopt RUBRIC --branch {code}",
                )
            )


def _calendar(
    door: Door,
    store: "Store",
    found: "Sequence[Obligation]",
    names: Mapping[str, str],
    on: date,
    after: datetime,
    upto: int,
    output: str | None,
) -> None:
    from projections.reports.calendar import build_calendar

    last = next(iter(store.read(after=upto - 1, upto=upto)), None) if upto else None
    content = build_calendar(
        found,
        on=on,
        after=after,
        names=names,
        stamp=last.recorded_at if last else None,
        zone=door.zone(store),
        language=door.language,
    )
    if output is not None:
        door.screen.write_file(output, content)
        return
    with door.screen.binary() as stream:
        stream.write(content)


def _tell(
    door: Door,
    found: "Sequence[Obligation]",
    on: date,
    rubrics: Sequence[Loaded],
    names: "Names",
    *,
    adopted: bool,
    until: date | None,
    everything: bool,
    full: bool,
) -> None:
    """Print the obligations as a table by due day, and how many stand how."""
    screen = door.screen
    if not rubrics:
        screen.paragraph(_UNUSABLE if adopted else _NOTHING_ADOPTED)
        return
    screen.paragraph(Words(f"应办事项（{on} 早上）", f"What is due, on the morning of {on}"), tone="strong")
    if not found:
        screen.say("")
        screen.paragraph(Words("本年度没有待办事项。", "Nothing is to be done this year."), indent=2)
        return
    screen.say("")
    DueTables(screen, found, names, until=until, full=full).tell(everything=everything)
