"""`zhibu people`: the names shown for members' codes, kept outside the log.

In: a code and a name. Out: names set, erased, listed. Deliberately absent: the log; a name never enters it.
"""

from typing import Annotated

import typer

from cli.commands.options import TableOrJson, one_of
from cli.context import SaysNo, door_of
from cli.ui.language import both
from cli.ui.terminal import Column, Table
from ledger.words import Words

_Code = Annotated[str, typer.Argument(metavar="CODE", help=both("党员代码", "the member's code"))]


def set_name(
    context: typer.Context,
    code: _Code,
    name: Annotated[str, typer.Argument(metavar="NAME", help=both("姓名", "the name to show"))],
) -> None:
    """Keep the name to show for a code; an earlier one is overwritten for good."""
    from ledger.people import set_name as keep

    door = door_of(context)
    with door.open() as store:
        keep(store, code, name)
    door.screen.say(Words(f"{code} 显示为 {name}。", f"{code} is shown as {name}."), "good")


def erase(context: typer.Context, code: _Code) -> None:
    """Remove the name of a code for good; the record stands under the code."""
    from ledger.people import erase_name

    door = door_of(context)
    with door.open() as store:
        erased = erase_name(store, code)
    if not erased:
        raise SaysNo(Words(f"没有为 {code} 记过姓名。", f"there is no name for {code}."))
    door.screen.say(
        Words(
            f"已删去 {code} 的姓名；此前的备份中可能还有。",
            f"The name of {code} is erased; backups made before may still hold it.",
        ),
        "good",
    )


def list_names(context: typer.Context, format_: TableOrJson = "table") -> None:
    """List the names by code."""
    from ledger.people import names

    door = door_of(context)
    one_of("--format", format_, ("table", "json"))
    with door.open() as store:
        known = names(store)
    if format_ == "json":
        door.screen.document([{"code": code, "name": name} for code, name in known.items()])
        return
    if not known:
        door.screen.say(Words("还没有姓名。", "There are no names yet."))
        return
    table = Table([Column(Words("代码", "code"), whole=True), Column(Words("姓名", "name"))])
    for code, name in known.items():
        table.add(code, name)
    door.screen.table(table)
