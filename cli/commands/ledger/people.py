"""`zhibu people`: the names shown for members' codes, kept outside the log.

In: a branch, a code and a name: `m01` of two branches are two people. Out: names set, erased, listed.
Deliberately absent: the log; a name never enters it.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.options import TableOrJson, one_of
from cli.context import SaysNo, WrongUsage, door_of
from cli.ui.language import both
from cli.ui.tables import Column, Table
from ledger.words import Words

if TYPE_CHECKING:
    from ledger.store.event_store import Store

_Code = Annotated[str, typer.Argument(metavar="CODE", help=both("党员代码", "the member's code"))]
_Branch = Annotated[
    str | None,
    typer.Option(
        "--branch",
        metavar="BRANCH",
        help=both("哪个支部的党员（代码或名称）", "the member's branch"),
        show_default=both("在册的那个支部", "the one on whose roster the code is"),
    ),
]


def set_name(
    context: typer.Context,
    code: _Code,
    name: Annotated[str, typer.Argument(metavar="NAME", help=both("姓名", "the name to show"))],
    branch: _Branch = None,
) -> None:
    """Keep the name to show for a code of a branch; an earlier one is overwritten for good."""
    from ledger.people import set_name as keep

    door = door_of(context)
    with door.open() as store:
        of = _branch_of(store, branch, code)
        keep(store, code, name, of)
    place = f"{of} " if of else ""
    door.screen.say(Words(f"{place}{code} 显示为 {name}。", f"{place}{code} is shown as {name}."), "good")


def erase(context: typer.Context, code: _Code, branch: _Branch = None) -> None:
    """Remove the name of a code for good, of one branch or of all; the record stands under the code."""
    from ledger.people import erase_name

    door = door_of(context)
    with door.open() as store:
        erased = erase_name(store, code, branch)
    if not erased:
        raise SaysNo(Words(f"没有为 {code} 记过姓名。", f"there is no name for {code}."))
    door.screen.say(
        Words(
            f"已删去 {code} 的姓名；此前的备份中可能还有。",
            f"The name of {code} is erased; backups made before may still hold it.",
        ),
        "good",
    )


def list_names(context: typer.Context, branch: _Branch = None, format_: TableOrJson = "table") -> None:
    """List the names by branch and code."""
    from ledger.people import all_names

    door = door_of(context)
    one_of("--format", format_, ("table", "json"))
    with door.open() as store:
        known = [one for one in all_names(store) if branch in (None, one[0])]
    if format_ == "json":
        door.screen.document([{"branch": of or None, "code": code, "name": name} for of, code, name in known])
        return
    if not known:
        door.screen.say(Words("还没有姓名。", "There are no names yet."))
        return
    table = Table(
        [
            Column(Words("支部", "branch"), whole=True),
            Column(Words("代码", "code"), whole=True),
            Column(Words("姓名", "name")),
        ]
    )
    for of, code, name in known:
        table.add(of, code, name)
    door.screen.table(table)


def _branch_of(store: "Store", branch: str | None, code: str) -> str:
    """Return the branch to whose member a name is given: the one named, else the only one that knows the
    code.

    Where no log knows the code, the name is kept for the code in any branch.
    """
    from ledger.names import Directory
    from ledger.people import ANY_BRANCH

    directory = Directory(store)
    if branch is not None:
        found = directory.branch(branch)
        if isinstance(found, str):
            return found
        raise WrongUsage(Words(f"--branch：{found.sentence('zh')}。", f"--branch: {found.sentence('en')}."))
    knowing = [of for of in directory.branches if code in directory.roster(of)]
    if len(knowing) > 1:
        raise WrongUsage(
            Words(
                f"几个支部都有 {code}（{'、'.join(knowing)}）：请加 --branch。",
                f"several branches have a {code} ({', '.join(knowing)}): give --branch.",
            )
        )
    if knowing:
        return knowing[0]
    return next(iter(directory.branches)) if len(directory.branches) == 1 else ANY_BRANCH
