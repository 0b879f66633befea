"""`zhibu score`: the replay of a rubric over the log, as tables, JSON, CSV or a report for the office.

In: a rubric, a period, branches, a day, a prefix of the log. Out: the answer on standard output or in a file.
Deliberately absent: scoring (`projections`), how the tables look (`score_tables`), and making reports
(`report_files`).
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.commands.options import Branches, Output, Rubric, answer_form, form_of_answer
from cli.commands.score.entry_lists import entry_blocks
from cli.commands.score.replaying import Asked, AsOfOption, Document, OnOption, PeriodOption, run_whole_replay
from cli.commands.score.report_files import FORMS, check_target, render_report
from cli.commands.score.score_csv import score_csv
from cli.commands.score.score_tables import ScoreTables
from cli.context import Door, door_of
from cli.known import load_rubric
from cli.ui.language import both, counted
from cli.ui.terminal import Screen
from ledger.words import Words
from projections.text.events import NAMELESS, Names

if TYPE_CHECKING:
    from projections.replay import Replay

_MOST_PERIODS = 4
_FORMATS = ("table", "json", "csv", *FORMS)
_FORM = answer_form(_FORMATS, both("输出格式", "the form of the answer"))


def score(
    context: typer.Context,
    rubric: Rubric,
    period: PeriodOption = None,
    branch: Branches = None,
    on: OnOption = None,
    as_of: AsOfOption = None,
    explain: Annotated[
        bool, typer.Option("--explain", help=both("列出每一分的依据", "lists what moved every point"))
    ] = False,
    rank: Annotated[bool, typer.Option("--rank", help=both("显示名次", "shows the ranks"))] = False,
    format_: Annotated[str | None, _FORM] = None,
    output: Output = None,
) -> None:
    """Score branches by a rubric."""
    from ledger.people import names

    door = door_of(context)
    kind = form_of_answer(format_, output, _FORMATS)
    check_target(door, kind, output)
    loaded = load_rubric(rubric)
    told = explain or kind in FORMS
    with door.open() as store:
        replayed, document = run_whole_replay(
            door, store, loaded, Asked(period, on, as_of, branch), explain=told
        )
        known = names(store) if explain and output is None else NAMELESS
        report = render_report(door, store, replayed, document, kind, rank=rank) if kind in FORMS else None
    screen = door.screen
    if report is not None:
        _write(screen, report, output)
        return
    with screen.into(output):
        if kind == "json":
            screen.document(document)
        elif kind == "csv":
            screen.raw(score_csv(document, loaded.rubric, door.language, byte_order_mark=output is not None))
        else:
            tables = ScoreTables(document, loaded.rubric, door.language)
            screen.paragraph(tables.heading(screen.columns), tone="strong")
            for table in tables.tables(screen.columns, rank=rank):
                screen.say("")
                screen.table(table)
            remarks = [*tables.remarks(), *_judged_for_others(door, replayed)]
            for number, remark in enumerate(remarks):
                screen.paragraph(remark if number else f"\n{remark}")
            if explain:
                _explain(door, document, loaded.rubric, known)
    _say_written(screen, output)


def _judged_for_others(door: Door, replayed: "Replay") -> Iterator[str]:
    """Say how many judgements overlap the period and are not counted, as they are for another one."""
    from projections.judgements import judged_for_others

    others = judged_for_others(replayed.context)
    periods = list(dict.fromkeys(others))
    if periods:
        named = ", ".join(periods[:_MOST_PERIODS]) + (", …" if len(periods) > _MOST_PERIODS else "")
        verb = "is" if len(others) == 1 else "are"
        period = "another period" if len(periods) == 1 else "other periods"
        yield Words(
            f"另有 {len(others)} 条评分属于其他期间（{named}），此处不计。",
            f"{counted(len(others), 'judgement')} {verb} for {period} ({named}) and {verb} not counted here.",
        ).pick(door.language)


def _write(screen: Screen, report: bytes, output: str | None) -> None:
    if output is None:
        with screen.binary() as stream:
            stream.write(report)
    else:
        screen.write_file(output, report)
    _say_written(screen, output)


def _say_written(screen: Screen, output: str | None) -> None:
    if output is not None:
        screen.say(Words(f"已写入 {output}。", f"Written to {output}."), "good")


def _explain(door: Door, document: Document, rubric: Any, names: Names) -> None:
    for score_ in document["scores"]:
        if len(document["scores"]) > 1:
            door.screen.say("")
            door.screen.say(score_["branch"], "strong")
        for block in entry_blocks(score_, rubric, door.language, names):
            door.screen.say("")
            door.screen.paragraph(block.heading, tone="strong")
            for line in block.lines:
                door.screen.paragraph(line, indent=2)
