"""`zhibu ledger`: the lists that a branch prints: dues, meetings, the roster, who has not paid.

In: which list, of which branch, over which months. Out: a table, a workbook or a page. Deliberately absent:
making the lists (`ledger.files.lists`).
"""

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.options import On, Output, form_of_answer, one_of
from cli.context import Door, WrongUsage, door_of, parse_day
from cli.ui.language import both
from cli.ui.width import pad, width
from ledger.words import Words

if TYPE_CHECKING:
    from ledger.files.lists.listing import Listing, Span
    from ledger.names import Directory
    from ledger.store.event_store import Store

_LISTS = {
    "dues": Words("党费收缴登记", "dues"),
    "meetings": Words("三会一课登记", "meetings and lectures"),
    "roster": Words("党员名册", "the roster"),
    "unpaid": Words("党费未缴名单", "who has not paid"),
}
_FORMS = ("table", "xlsx", "html")
_MONTH = re.compile("[0-9]{4}-(?:0[1-9]|1[0-2])")
_FIRST_YEAR, _LAST_YEAR = 1921, 2200


def print_list(
    context: typer.Context,
    which: Annotated[
        str,
        typer.Argument(
            metavar="|".join(_LISTS),
            help=both("哪一种表：党费、会议、名册、未缴名单", "which list"),
        ),
    ],
    branch: Annotated[
        str | None,
        typer.Option(
            "--branch", metavar="BRANCH", help=both("（必填）支部的代码或名称", "(required) which branch")
        ),
    ] = None,
    year: Annotated[
        int | None, typer.Option("--year", metavar="YEAR", help=both("哪一年", "the year"))
    ] = None,
    month: Annotated[
        str | None, typer.Option("--month", metavar="YYYY-MM", help=both("哪个月", "the month"))
    ] = None,
    on: On = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="|".join(_FORMS),
            help=both("输出格式", "the form of the list"),
            show_default=both("按 --output 的后缀，否则 table", "by the ending of --output, else table"),
        ),
    ] = None,
    output: Output = None,
) -> None:
    """Print a list."""
    from ledger.names import Directory

    door = door_of(context)
    kind = one_of("LIST", which, _LISTS)
    form = form_of_answer(format_, output, _FORMS)
    if form == "xlsx" and output is None:
        raise WrongUsage(Words("xlsx 须用 --output 指明文件。", "xlsx wants a file: give --output."))
    if branch is None:
        raise WrongUsage(Words("缺少选项 --branch。", "missing option --branch."))
    with door.open() as store:
        directory = Directory(store)
        code = directory.branch(branch)
        if not isinstance(code, str):
            raise WrongUsage(Words(f"--branch：{code.sentence('zh')}。", f"--branch: {code.sentence('en')}."))
        span = _span(door.today(store), year, month, on)
        listing = _listing(store, directory, kind, code, span, door.codes)
    _print(door, listing, form, output)


def _span(today: date, year: int | None, month: str | None, on: str | None) -> "Span":
    from ledger.files.lists.listing import span_of

    if sum(one is not None for one in (year, month, on)) > 1:
        raise WrongUsage(
            Words("--year、--month、--on 只能用一个。", "--year, --month and --on exclude each other.")
        )
    if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise WrongUsage(Words(f"--year 应为年份，实际为 {year}。", f"--year must be a year, got {year}."))
    if month is not None and not _MONTH.fullmatch(month):
        raise WrongUsage(
            Words(
                f"--month 应为月份 YYYY-MM，实际为 {month}。",
                f"--month must be a month YYYY-MM, got {month}.",
            )
        )
    return span_of(today, year=year, month=month, on=parse_day(on, "--on"))


def _listing(
    store: "Store", directory: "Directory", kind: str, branch: str, span: "Span", codes: bool
) -> "Listing":
    from ledger.files.lists.dues import list_dues, list_unpaid
    from ledger.files.lists.registers import list_meetings, list_roster

    if kind == "roster":
        return list_roster(directory, branch, span, codes=codes)
    make = {"dues": list_dues, "meetings": list_meetings, "unpaid": list_unpaid}[kind]
    return make(store, directory, branch, span, codes=codes)


def _print(door: Door, listing: "Listing", form: str, output: str | None) -> None:
    from ledger.files.lists.pages import render_page
    from ledger.files.lists.workbooks import write_workbook

    if form == "xlsx" and output is not None:
        with door.screen.file(output) as stream:
            write_workbook(listing, stream, door.language)
        door.screen.say(Words(f"已写入 {output}。", f"Written to {output}."), "good")
        return
    with door.screen.into(output):
        if form == "html":
            door.screen.raw(render_page(listing, door.language))
        else:
            _table(door, listing)
    if output is not None:
        door.screen.say(Words(f"已写入 {output}。", f"Written to {output}."), "good")


def _table(door: Door, listing: "Listing") -> None:
    """Print the list as text, as wide as it is: nobody and nothing on it is cut short."""
    from ledger.files.lists.listing import cell_text

    language = door.language
    door.screen.say(listing.title, "strong")
    door.screen.say(listing.about)
    head = [one.label.pick(language) for one in listing.headings]
    body = [[cell_text(value, language) for value in row] for row in listing.rows]
    sums = [[cell_text(value, language) for value in row] for row in listing.sums]
    widths = [max(map(width, column)) for column in zip(head, *body, *sums, strict=True)]
    right = [one.kind in ("whole", "money") for one in listing.headings]
    rule = "─" * (sum(widths) + 2 * (len(widths) - 1))
    for cells in ([head], body, sums):
        for row in cells:
            padded = (
                " " * (wide - width(text)) + text if to_right else pad(text, wide)
                for text, wide, to_right in zip(row, widths, right, strict=True)
            )
            door.screen.line("  ".join(padded).rstrip())
        if cells is not sums and cells:
            door.screen.line(rule)
    for words in listing.notes:
        door.screen.say(words)
