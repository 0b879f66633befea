"""`zhibu score`: the replay of a rubric over the log, as tables, JSON, CSV or a report for the office.

In: a rubric, a period, branches, a day, a prefix of the log. Out: the answer on standard output or in a file.
Deliberately absent: scoring and reports (`projections`), and how the tables look (`score_tables`).
"""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.options import Branches, Jobs, Output, Rubric, answer_form, form_of_answer
from cli.commands.score.clause_lines import entry_blocks
from cli.commands.score.replaying import AsOfOption, OnOption, PeriodOption, ask
from cli.commands.score.score_tables import ScoreTables
from cli.commands.segments.folders import SegmentsOption
from cli.commands.segments.scoring import ClusterOption, check_cluster, score_folder
from cli.context import Door, WrongUsage, door_of
from cli.library import load_rubric
from cli.ui.language import both
from cli.ui.terminal import Screen
from ledger.words import Words

if TYPE_CHECKING:
    from ledger.store.event_store import Store
    from projections.answers.document import Replayed
    from projections.engine.results import Answer
    from projections.text.labels import Names

_REPORTS = ("xlsx", "html")
_FORMATS = ("table", "json", "csv", *_REPORTS)
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
    jobs: Jobs = None,
    format_: Annotated[str | None, _FORM] = None,
    output: Output = None,
    segments: SegmentsOption = None,
    cluster: ClusterOption = None,
) -> None:
    """Score branches by a rubric."""
    door = door_of(context)
    check_cluster(segments, cluster)
    if segments is not None:
        score_folder(
            door, load_rubric(rubric), rubric, segments, period=period, on=on, as_of=as_of, branches=branch,
            explain=explain, written_as=format_, output=output, jobs=jobs, cluster=cluster,
        )  # fmt: skip
        return
    kind = form_of_answer(format_, output, _FORMATS)
    _check_target(door, kind, output)
    loaded = load_rubric(rubric)
    told = explain or kind in _REPORTS
    with door.open() as store:
        replayed, answer = ask(
            door, store, loaded, period=period, on=on, as_of=as_of, branches=branch, explain=told, jobs=jobs
        )
        report = _report(door, store, replayed, answer, kind, rank=rank) if kind in _REPORTS else None
        if kind == "table":
            from projections.answers.named import read_names

            names = read_names(store, codes=door.codes, members=output is None)
            others = _judged_for_others(store, replayed, answer)
    screen = door.screen
    if report is not None:
        _write(screen, report, output)
        return
    with screen.into(output):
        if kind == "json":
            from projections.answers.document import answer_text

            for part in answer_text(replayed, answer.scores, explain=explain):
                screen.raw(part)
        elif kind == "csv":
            from projections.reports.scores_csv import scores_csv

            mark = output is not None
            screen.raw(scores_csv(answer.scores, loaded.rubric, door.language, byte_order_mark=mark))
        else:
            _tables(door, replayed, answer, names, others, rank=rank)
            if explain:
                _explain(door, answer, names)
    _say_written(screen, output)


def _tables(
    door: Door, replayed: "Replayed", answer: "Answer", names: "Names", others: Words, *, rank: bool
) -> None:
    screen = door.screen
    tables = ScoreTables(replayed, answer.scores, names, door.language)
    screen.paragraph(tables.heading(screen.columns), tone="strong")
    for table in tables.tables(screen.columns, rank=rank):
        screen.say("")
        screen.table(table)
    said: list[Words | str] = [*tables.remarks(), *([others] if others else [])]
    for number, remark in enumerate(said):
        if not number:
            screen.say("")
        screen.paragraph(remark)


def _judged_for_others(store: "Store", replayed: "Replayed", answer: "Answer") -> Words:
    """Say how many judgements overlap the period and are not counted, as they are for another one."""
    from projections.answers.caveats import other_periods
    from projections.text.scores import judged_for_others

    others = other_periods(store, replayed, [score.branch for score in answer.scores])
    return judged_for_others(others) if others else Words("", "")


def _report(
    door: Door, store: "Store", replayed: "Replayed", answer: "Answer", form: str, *, rank: bool
) -> bytes:
    """Make a report for the office; a page is UTF-8."""
    from projections.answers.named import read_names
    from projections.reports.building import build_report
    from projections.reports.report import read_cited

    cited = read_cited(store, answer.scores, replayed.position)
    report = build_report(replayed, answer.scores, door.language, cited, read_names(store, codes=door.codes))
    if form == "xlsx":
        from projections.reports.workbook.xlsx import render_xlsx

        return render_xlsx(report, rank=rank)
    from projections.reports.page import render_page

    return render_page(report, rank=rank).encode()


def _check_target(door: Door, form: str, output: str | None) -> None:
    """See that a report does not go where it cannot be read. Raises WrongUsage."""
    if form == "xlsx" and output is None and door.screen.out.isatty():
        raise WrongUsage(
            Words(
                "xlsx 不能显示在终端：请用 --output 写入文件，例如 --output score.xlsx。",
                "xlsx cannot be shown on a terminal: write it to a file, such as --output score.xlsx.",
            )
        )


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


def _explain(door: Door, answer: "Answer", names: "Names") -> None:
    screen = door.screen
    for score_ in answer.scores:
        if len(answer.scores) > 1:
            screen.say("")
            screen.say(names.branch(score_.branch), "strong")
        for block in entry_blocks(score_, answer.rubric, names.at(score_.branch)):
            screen.say("")
            screen.paragraph(block.heading, tone="strong")
            for line in block.lines:
                screen.paragraph(line, indent=2)
