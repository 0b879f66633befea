"""`zhibu export` and `template`: the log as files, and empty sheets to fill in.

In: paths, `-` for standard output. Out: files that are there whole or not at all. Deliberately absent: the
forms of the files (`ledger.files`).
"""

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from cli.commands.options import EVENT_TYPE, one_of, parse_type
from cli.commands.segments.folders import BucketsOption, SegmentsOption, UptoOption, export_folder
from cli.context import Door, WrongUsage, door_of
from cli.ui.language import both, counted
from ledger.words import Words

if TYPE_CHECKING:
    from ledger.files.export import Exported
    from ledger.store.event_store import Store

_FORMS = ("jsonl", "csv", "xlsx")
_Writer = Callable[["Store", BinaryIO, "Callable[[int], None] | None"], "Exported"]
_WRITTEN = frozenset({".xlsx", ".xlsm"})


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
