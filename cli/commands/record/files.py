"""`zhibu import`, `export` and `template`: the log from files and to files.

In: paths, `-` for standard input and output. Out: a line that says how many. Deliberately absent: the forms
of the files (`ledger.files`) and checking (`ledger.intake.batch`).
"""

import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from cli.commands.options import EVENT_TYPE, By, On, one_of, parse_type
from cli.commands.record.impacts import impacts_after, impacts_of_events, tell_import
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
from cli.commands.record.sheets import Typed, import_tables, is_table, tell_counts
from cli.commands.segments.folders import (
    BucketsOption,
    SegmentsOption,
    UptoOption,
    export_folder,
    lines_of_folder,
)
from cli.context import Door, SaysNo, WrongUsage, door_of
from cli.known import known_clauses
from cli.ui.language import both, counted
from ledger.errors import Refused
from ledger.words import Words

if TYPE_CHECKING:
    from ledger.files.export import Exported
    from ledger.intake.admission import Line
    from ledger.intake.batch import Intake
    from ledger.store.codec import Recorded
    from ledger.store.event_store import Store
    from projections.answers.impacts import Impacts

_FORMS = ("jsonl", "csv", "xlsx")
_Writer = Callable[["Store", BinaryIO, "Callable[[int], None] | None"], "Exported"]
_WRITTEN = frozenset({".xlsx", ".xlsm"})


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
    by: By = None,
    dry_run: DryRun = False,
    format_: TextOrJson = "text",
) -> None:
    """Take files in, all or nothing."""
    door = door_of(context)
    word = None if type_ is None else parse_type(type_)
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
                if answer.recorded and not dry_run:
                    tell_import(door, store, before, len(answer.recorded))
                tell_counts(door, answer, dry=dry_run)
        else:
            _import_lines(door, store, files, word, dry_run=dry_run, json=format_ == "json")


def _import_lines(
    door: Door, store: "Store", files: Sequence[str], word: str | None, *, dry_run: bool, json: bool
) -> None:
    """Take lines in, or try them, say what they count for, and how many they were."""
    before = store.head().position
    tried: list[Recorded] | None = [] if dry_run else None
    intake = _take_in(door, store, files, word, tried)
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
    _tell(door, _take_in(door, store, files, None))


def _take_in(
    door: Door,
    store: "Store",
    files: Sequence[str],
    word: str | None,
    tried: "list[Recorded] | None" = None,
) -> "Intake":
    from ledger.intake.batch import record_all

    sources = [_lines(file, word) for file in files]
    try:
        with door.screen.progress(Words("导入", "importing"), None) as on_progress:
            return record_all(
                store,
                sources,
                now=door.now(),
                today=door.today(store),
                known=known_clauses(),
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


def _lines(file: str, word: str | None) -> "Iterator[Line]":
    from ledger.files.opening import lines_of, lines_of_stream

    return lines_of_stream(sys.stdin.buffer) if file == "-" else lines_of(Path(file), type_word=word)


def _full_lines(file: str) -> "Iterator[Line]":
    """Return the lines of a full export; what is no plain file is read to its end at once."""
    from ledger.files.opening import lines_of, lines_of_stream

    if file == "-":
        return lines_of_stream(sys.stdin.buffer, full=True)
    path = Path(file)
    if path.exists() and not path.is_file() and not path.is_dir():
        with path.open("rb") as stream:
            return lines_of_stream(stream, file, full=True)
    return lines_of(path, full=True)


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


def export(
    context: typer.Context,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help=both(
                "文件，已有的同名文件会被替换；省去或 - 为标准输出",
                "a file, replaced where there is one already; - or nothing: standard output",
            ),
        ),
    ] = "-",
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="|".join(_FORMS),
            help=both("文件格式", "the form of the file"),
            show_default=both("按后缀，否则 jsonl", "by the ending, else jsonl"),
        ),
    ] = None,
    names: Annotated[
        bool,
        typer.Option(
            "--names",
            help=both("XLSX：代码旁写上姓名", "XLSX: writes the names of members beside their codes"),
        ),
    ] = False,
    segments: SegmentsOption = None,
    upto: UptoOption = None,
    buckets: BucketsOption = None,
) -> None:
    """Write the whole log out; JSON Lines can be restored to the hash."""
    from functools import partial

    from ledger.files.export import export_csv, export_jsonl, export_xlsx
    from ledger.files.opening import form_of
    from ledger.people import all_names

    door = door_of(context)
    if segments is not None:
        if file != "-" or format_:
            raise WrongUsage(
                Words("--segments 不带文件和 --format。", "--segments goes without a file and --format.")
            )
        export_folder(door, segments, upto, buckets)
        return
    if upto is not None or buckets is not None:
        raise WrongUsage(
            Words("--upto 和 --buckets 须与 --segments 同用。", "--upto and --buckets go with --segments.")
        )
    by_ending = "jsonl" if file == "-" else None
    form = one_of("--format", format_, _FORMS) if format_ else by_ending or form_of(Path(file))
    if form == "xlsx" and not format_ and Path(file).suffix.lower() not in _WRITTEN:
        raise WrongUsage(Words("表格请导出为 .xlsx。", "export a workbook as .xlsx."))
    if names and form != "xlsx":
        raise WrongUsage(Words("--names 只用于 .xlsx。", "--names goes with .xlsx only."))
    with door.open() as store:
        shown = all_names(store).shown if names else None
        in_words = partial(export_xlsx, language=door.language, named=shown)
        ways: dict[str, _Writer] = {"jsonl": export_jsonl, "csv": export_csv, "xlsx": in_words}
        total = store.head().position
        with (
            door.screen.progress(Words("导出", "exporting"), total) as on_progress,
            _target(door, file) as stream,
        ):
            exported = ways[form](store, stream, on_progress)
    left_out = exported.left_out
    said = Words(
        f"已导出 {exported.events} 条" + (f"，另有 {left_out} 条封存凭证未列入表格。" if left_out else "。"),
        f"exported {counted(exported.events, 'event')}"
        + (f"; {left_out} seals, which no sheet can hold, are left out." if left_out else "."),
    )
    if file != "-":
        door.screen.say(said, "good")
    elif left_out:
        door.screen.warn(said)


@contextmanager
def _target(door: Door, file: str) -> Iterator[BinaryIO]:
    """Give a stream to write to; a file is there whole or not at all."""
    if file == "-":
        with door.screen.binary() as stream:
            yield stream
        return
    # Like a ledger, an export of one is for its owner's eyes.
    with door.screen.file(file, private=True) as stream:
        yield stream


def template(
    context: typer.Context,
    type_: Annotated[
        str,
        typer.Argument(metavar="TYPE", help=EVENT_TYPE),
    ],
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=both("新的 .csv 或 .xlsx 文件", "a new .csv or .xlsx file"))
    ],
) -> None:
    """Make an empty sheet, its headers in the reader's language."""
    from ledger.files.opening import ENDINGS
    from ledger.files.templates import write_csv_template, write_xlsx_template

    door = door_of(context)
    word = parse_type(type_)
    form = ENDINGS.get(Path(file).suffix.lower())
    if form not in ("csv", "xlsx"):
        raise WrongUsage(Words("模板应为 .csv 或 .xlsx 文件。", "a template is a .csv or an .xlsx file."))
    with door.screen.file(file, new=True) as stream:
        (write_csv_template if form == "csv" else write_xlsx_template)(word, stream, door.language)
    next_command = f"zhibu import {shlex.quote(file)}"
    door.screen.say(
        Words(
            f"已写入 {file}。填好后运行：{next_command}",
            f"Written to {file}. Fill it in, then: {next_command}",
        ),
        "good",
    )
