"""`zhibu import`: files into the log.

In: paths, `-` for standard input. Out: a line that says how many. Deliberately absent: the forms
of the files (`ledger.files`) and checking (`ledger.intake.batch`).
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.options import By, On, one_of, parse_type
from cli.commands.record.impacts import impacts_after, impacts_of_events, tell_import
from cli.commands.record.sheet_answers import tell_counts, tell_trial
from cli.commands.record.sheet_options import (
    Again,
    AsNew,
    DayOfMonth,
    DryRun,
    Leave,
    MapColumns,
    MapSave,
    MapUse,
    NamedBranch,
    SetFields,
    SheetNames,
    TextOrJson,
    Update,
    Year,
)
from cli.commands.record.sheets import Typed, import_tables, is_table
from cli.commands.segments.folders import SegmentsOption, lines_of_folder
from cli.context import Door, SaysNo, WrongUsage, door_of
from cli.library import known_clauses
from cli.ui.language import both, counted
from ledger.errors import Refused
from ledger.words import Words

if TYPE_CHECKING:
    from ledger.intake.admission import Line
    from ledger.intake.batch import Intake
    from ledger.store.codec import Recorded
    from ledger.store.event_store import Store
    from projections.answers.impacts import Impacts


def import_(
    context: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE",
            help=both(
                "JSON Lines、CSV 或 XLSX 文件（看后缀）；- 从标准输入读 JSON Lines；"
                "表格中日期可写作 2026/5/30，月份可写作 2026-4，取值可用中文名称",
                "JSON Lines, CSV or XLSX by their endings; - reads JSON Lines from standard input; "
                "sheets may say a day as 2026/5/30, a month as 2026-4, a value by its label",
            ),
        ),
    ] = None,
    type_: Annotated[
        str | None,
        typer.Option(
            "--type",
            metavar="TYPE",
            help=both(
                "表格中各行的记录类型（若表中没有 type 列）",
                "the type of a sheet's rows, where no column says it",
            ),
        ),
    ] = None,
    restore: Annotated[
        bool,
        typer.Option(
            "--restore",
            help=both(
                "把完整导出的文件恢复到空台账，序号、时间、校验码不变",
                "takes a full export into an empty ledger: positions, instants and hashes as they were",
            ),
        ),
    ] = False,
    segments: SegmentsOption = None,
    sheet: SheetNames = None,
    branch: NamedBranch = None,
    on: On = None,
    year: Year = None,
    day: DayOfMonth = None,
    set_: SetFields = None,
    map_: MapColumns = None,
    map_save: MapSave = None,
    map_use: MapUse = None,
    update: Update = False,
    as_new: AsNew = False,
    again: Again = False,
    leave: Leave = False,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict",
            help=both(
                "没有编号的行若与已有记录相同而编号不同，也拒绝",
                "refuses lines without an id that equal an event of another id",
            ),
        ),
    ] = False,
    by: By = None,
    dry_run: DryRun = False,
    format_: TextOrJson = "text",
) -> None:
    """Take files in, all or nothing."""
    door = door_of(context)
    if type_ is not None:
        parse_type(type_)
    one_of("--format", format_, ("text", "json"))
    if segments is not None and (files or not restore):
        raise WrongUsage(
            Words(
                "--segments 须与 --restore 同用，不带文件。", "--segments goes with --restore, and no file."
            )
        )
    if not files and segments is None:
        raise WrongUsage(Words("缺少参数 FILE。", "missing argument FILE."))
    files = files or []
    if restore and segments is None and len(files) != 1:
        raise WrongUsage(Words("--restore 只接受一个文件。", "--restore takes one file."))
    with door.open() as store:
        if restore:
            _restore(door, store, lines_of_folder(segments) if segments else _full_lines(files[0]))
        elif tables := [file for file in files if is_table(file)]:
            before = store.head().position
            typed = Typed(
                sheets=sheet or (),
                type_word=type_,
                branch=branch,
                on=on,
                year=year,
                day=day,
                set=set_ or (),
                map=map_ or (),
                map_save=map_save,
                map_use=map_use,
                update=update,
                as_new=as_new,
                again=again,
                leave=leave,
                by=by,
                dry=dry_run,
                json=format_ == "json",
                beside=[file for file in files if file not in tables],
            )
            answer = import_tables(door, store, tables, typed)
            if format_ != "json":
                if dry_run:
                    tell_trial(door, store, answer)
                elif answer.recorded:
                    tell_import(door, store, before, len(answer.recorded))
                tell_counts(door, answer, dry=dry_run)
        else:
            as_json = format_ == "json"
            _import_lines(door, store, files, dry_run=dry_run, json=as_json, strict=strict)


def _import_lines(
    door: Door,
    store: "Store",
    files: Sequence[str],
    *,
    dry_run: bool,
    json: bool,
    strict: bool,
) -> None:
    """Take lines in, or try them, say what they count for, and how many they were."""
    before = store.head().position
    tried: list[Recorded] | None = [] if dry_run else None
    intake = _take_in(door, store, files, tried, strict=strict)
    if json:
        from projections.answers.impacts import impact_rows

        impacts: Impacts | None = impacts_of_events(door, store, tried or ())
        if intake.appended and not dry_run:
            impacts = impacts_after(door, store, before)
        door.screen.document(
            {
                "appended": intake.appended,
                "present": intake.present,
                "equal": intake.equal,
                "retracted": intake.retracted,
                "impact": impact_rows(impacts),
            }
        )
        return
    if intake.appended and not dry_run:
        tell_import(door, store, before, intake.appended)
    _tell(door, intake, dry_run=dry_run)


def import_files(door: Door, store: "Store", files: Sequence[str]) -> None:
    """Take files into an open ledger and say how many events; raises SaysNo with every problem."""
    _tell(door, _take_in(door, store, files))


def _take_in(
    door: Door,
    store: "Store",
    files: Sequence[str],
    tried: "list[Recorded] | None" = None,
    *,
    strict: bool = False,
) -> "Intake":
    from ledger.intake.batch import record_all

    sources = [_lines(file) for file in files]
    try:
        with door.screen.progress(Words("导入", "importing"), None) as on_progress:
            return record_all(
                store,
                sources,
                now=door.now(),
                today=door.today(store),
                known=known_clauses(),
                strict=strict,
                on_progress=on_progress,
                tried=tried,
            )
    except Refused as refused:
        raise SaysNo(_all_problems(refused)) from None


def _tell(door: Door, intake: "Intake", *, dry_run: bool = False) -> None:
    there = intake.present + intake.equal + intake.retracted
    if dry_run:
        door.screen.say(
            Words(
                f"试导：将新增 {intake.appended} 条，已有 {there} 条；没有写入台账。",
                f"a trial: {intake.appended} would be appended, already there {there}; nothing is written.",
            )
        )
        return
    door.screen.say(
        Words(
            f"新增 {intake.appended} 条，已有 {there} 条。",
            f"appended {intake.appended}, already there {there}.",
        ),
        "good",
    )
    for note in intake.notes:
        door.screen.warn(Words(f"提示：{note.sentence('zh')}", f"note: {note.sentence('en')}"))


def _restore(door: Door, store: "Store", lines: "Iterator[Line]") -> None:
    from ledger.files.restore import restore

    try:
        with door.screen.progress(Words("恢复", "restoring"), None) as on_progress:
            head = restore(store, lines, now=door.now(), on_progress=on_progress)
    except Refused as refused:
        raise SaysNo(_all_problems(refused)) from None
    door.screen.say(
        Words(
            f"已恢复 {head.position} 条：{head.hash}",
            f"restored {counted(head.position, 'event')}: {head.hash}",
        ),
        "good",
    )


def _lines(file: str) -> "Iterator[Line]":
    from ledger.files.opening import lines_of, lines_of_stream

    return lines_of_stream(sys.stdin.buffer) if file == "-" else lines_of(Path(file))


def _full_lines(file: str) -> "Iterator[Line]":
    from ledger.files.opening import full_lines_of, lines_of_stream

    return lines_of_stream(sys.stdin.buffer, full=True) if file == "-" else full_lines_of(Path(file))


def _all_problems(refused: Refused) -> Words:
    """Say every problem, then how many there are and that nothing was changed."""
    shown, total = len(refused.problems), refused.total
    more = (
        Words("", "")
        if total <= shown
        else Words(f"（以上为前 {shown} 处）", f" (the first {shown} are above)")
    )
    return Words(
        f"{refused.words.zh}\n共 {total} 处问题{more.zh}；台账没有改动。",
        f"{refused.words.en}\n{counted(total, 'problem')}{more.en}; nothing was changed.",
    )
