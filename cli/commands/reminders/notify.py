"""`zhibu notify`: who hears reminders, of which branches and rungs.

In: addresses (a chat robot's link, or any Apprise URL), branches, rungs. Out: recipients added, listed, tried
out, removed. Deliberately absent: the log; addresses hold secrets, lie beside it and are shown masked.
"""

import sys
from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.commands.options import Branches, TableOrJson, one_of
from cli.commands.record.recording import require_branches
from cli.commands.reminders.recipient_tables import as_json, recipients_table
from cli.context import Door, SaysNo, WrongUsage, door_of
from cli.ui.language import both
from ledger.events.vocabularies.papers import RUNGS
from ledger.masking import masked
from ledger.words import Words

if TYPE_CHECKING:
    from ledger.delivery.recipients import Recipient

_RUNGS = {word: words.label for word, words in RUNGS.items()}
_NUMBERS: Any = typer.Argument(metavar="ID", help=both("接收人的序号", "numbers of recipients"))


def add(
    context: typer.Context,
    url: Annotated[
        str | None,
        typer.Argument(
            metavar="URL",
            help=both(
                "群机器人的链接或 Apprise 地址；“-”从标准输入读，免得留在命令历史里",
                "a chat robot's link, or an Apprise URL; - reads it from standard input, which keeps it out "
                "of the shell's history",
            ),
        ),
    ] = None,
    branch: Branches = None,
    rung: Annotated[
        list[str] | None,
        typer.Option(
            "--rung",
            metavar="|".join(RUNGS),
            help=both("接收哪个时点的提醒：提前、临近、当日或逾期", "a rung to hear of"),
            show_default=both("全部", "all"),
        ),
    ] = None,
) -> None:
    """Have an address hear reminders, in the language of this command (`--lang`)."""
    from ledger.delivery.recipients import LONGEST_URL, add_recipient
    from ledger.delivery.transports.directory import check_address
    from ledger.delivery.transports.transport import BadAddress

    door = door_of(context)
    if not branch:
        raise WrongUsage(Words("缺少选项 --branch。", "missing option --branch."))
    rungs = [one_of("--rung", word, _RUNGS) for word in rung or RUNGS]
    address = _address(door, url)
    if len(address.encode(errors="surrogatepass")) > LONGEST_URL:
        raise WrongUsage(
            Words(f"地址不得超过 {LONGEST_URL} 字节。", f"an address has at most {LONGEST_URL} bytes.")
        )
    try:
        check_address(address)
    except BadAddress as error:
        raise WrongUsage(error.words) from None
    with door.open() as store:
        require_branches(store, branch)
        number = add_recipient(store, address, branch, rungs, door.language, door.now())
    names = Words("、".join(branch), ", ".join(branch))
    of = Words("、".join(RUNGS[r].label.zh for r in rungs), ", ".join(RUNGS[r].label.en for r in rungs))
    door.screen.say(
        Words(
            f"接收人 {number}（{masked(address)}）以中文接收 {names.zh} 的提醒：{of.zh}。",
            f"Recipient {number} ({masked(address)}) hears reminders of {names.en} in English: {of.en}.",
        ),
        "good",
    )
    door.screen.say(Words(f"试发一条：zhibu notify test {number}", f"Try it: zhibu notify test {number}"))


def _address(door: Door, url: str | None) -> str:
    if url is None:
        if not door.screen.interactive:
            raise WrongUsage(Words("缺少参数 URL。", "missing argument URL."))
        url = door.screen.ask(Words("地址 URL", "address URL"))
    elif url == "-":
        url = sys.stdin.readline()
    return url.strip()


def list_recipients(context: typer.Context, branch: Branches = None, format_: TableOrJson = "table") -> None:
    """List recipients, their addresses masked, and how their messages fare."""
    from ledger.delivery.outbox import standings
    from ledger.delivery.recipients import read_recipients
    from projections.answers.named import read_names

    door = door_of(context)
    one_of("--format", format_, ("table", "json"))
    with door.open() as store:
        if branch:
            require_branches(store, branch)
        found = _named(read_recipients(store).values(), branch)
        fares = standings(store)
        names = read_names(store, members=False)
    if format_ == "json":
        door.screen.document([as_json(one, fares.get(one.id)) for one in found])
        return
    if not found:
        door.screen.say(Words("还没有接收人。", "There are no recipients yet."))
        return
    door.screen.table(recipients_table(door, found, fares, names))


def try_out(
    context: typer.Context, number: Annotated[list[int] | None, _NUMBERS] = None, branch: Branches = None
) -> None:
    """Send a message to recipients, to see whether they get it."""
    from ledger.delivery.recipients import read_recipients

    door = door_of(context)
    with door.open() as store:
        if branch:
            require_branches(store, branch)
        known = read_recipients(store)
    for asked in number or ():
        _require(known.keys(), asked)
    found = _named([known[asked] for asked in dict.fromkeys(number)] if number else known.values(), branch)
    failed = _try(door, found)
    if not found:
        raise SaysNo(
            Words("没有接收人：请先用 zhibu notify add。", "no recipients: `zhibu notify add` adds one.")
        )
    if failed:
        raise SaysNo(Words(f"{failed} 个没有收下。", f"{failed} did not take it."))


def _try(door: Door, found: "Sequence[Recipient]") -> int:
    """Send each a test message and say what came of it; return how many did not take it."""
    from ledger.delivery.sending import try_recipient
    from ledger.delivery.transports.process import Sender

    failed = 0
    with closing(Sender()) as sender, door.open() as store:
        for one in found:
            words = try_recipient(store, sender, one, door.now())
            failed += words is not None
            if words is not None:
                door.screen.fail(Words(f"接收人 {one.id}：{words.zh}。", f"recipient {one.id}: {words.en}."))
                continue
            door.screen.say(
                Words(f"接收人 {one.id}：已收下。", f"recipient {one.id}: took the message."), "good"
            )
    return failed


def remove(
    context: typer.Context,
    number: Annotated[list[int], _NUMBERS],
    branch: Annotated[
        list[str] | None,
        typer.Option(
            "--branch",
            metavar="CODE",
            help=both(
                "只不再接收这个支部的提醒；别的支部都不接收的，整个移除",
                "a branch that they shall no longer hear; who hears no other is removed altogether",
            ),
        ),
    ] = None,
) -> None:
    """Forget recipients; with branches, only what they hear of those."""
    from ledger.delivery.recipients import read_recipients, remove_recipient

    door = door_of(context)
    with door.open() as store:
        if branch:
            require_branches(store, branch)
        known = read_recipients(store)
        for one in number:
            _require(known.keys(), one)
            _require_heard(known[one], branch or ())
        for one in dict.fromkeys(number):
            remove_recipient(store, one, branch or None)
            left = [code for code in known[one].wants if code not in (branch or known[one].wants)]
            door.screen.say(_removed(one, branch or (), left), "good")


def _require_heard(recipient: "Recipient", branches: Sequence[str]) -> None:
    """Raise SaysNo for a branch that a recipient does not hear."""
    never = [code for code in dict.fromkeys(branches) if code not in recipient.wants]
    if not never:
        return
    unheard = Words("、".join(never), ", ".join(never))
    heard = Words("、".join(recipient.wants), ", ".join(recipient.wants))
    raise SaysNo(
        Words(
            f"接收人 {recipient.id} 并不接收 {unheard.zh} 的提醒（接收 {heard.zh}）；没有改动。",
            f"recipient {recipient.id} does not hear {unheard.en} (it hears {heard.en}); nothing changed.",
        )
    )


def _removed(number: int, branches: Sequence[str], left: Sequence[str]) -> Words:
    """Say what a recipient hears no longer, and whether it is there still."""
    if not branches:
        return Words(f"已移除接收人 {number}。", f"Removed recipient {number}.")
    codes = list(dict.fromkeys(branches))
    names = Words("、".join(codes), ", ".join(codes))
    if left:
        return Words(
            f"接收人 {number} 不再接收 {names.zh} 的提醒，仍接收 {'、'.join(left)}。",
            f"Recipient {number} no longer hears {names.en}; it still hears {', '.join(left)}.",
        )
    return Words(
        f"已移除接收人 {number}：除 {names.zh} 外没有接收别的支部。",
        f"Removed recipient {number}: it heard nothing but {names.en}.",
    )


def _require(known: "Any", number: int) -> None:
    if number not in known:
        raise SaysNo(
            Words(
                f"没有序号为 {number} 的接收人：见 zhibu notify list。",
                f"there is no recipient {number}: see `zhibu notify list`.",
            )
        )


def _named(recipients: "Any", branches: Sequence[str] | None) -> "list[Recipient]":
    return [one for one in recipients if not branches or any(branch in one.wants for branch in branches)]
