"""`zhibu notify`: who hears reminders, of which branches and rungs.

In: addresses (a chat robot's link, or any Apprise URL), branches, rungs. Out: recipients added, listed, tried
out, removed. Deliberately absent: the log; addresses hold secrets, lie beside it and are shown masked.
"""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.channels import BadAddress, check_address, masked, send, told
from cli.doors import Door, SaysNo, WrongUsage, door_of
from cli.language import both, counted
from cli.options import Branches, TableOrJson, one_of
from cli.recording import require_branches
from cli.remind import RUNGS
from cli.render import Column, Table
from ledger.words import Words

if TYPE_CHECKING:
    from ledger.outbox import Standing
    from ledger.recipients import Recipient

_LANGUAGES = {"zh": Words("中文", "Chinese"), "en": Words("英文", "English")}
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
    from ledger.recipients import LONGEST_URL, add_recipient

    door = door_of(context)
    if not branch:
        raise WrongUsage(Words("缺少选项 --branch。", "missing option --branch."))
    rungs = [one_of("--rung", word, RUNGS) for word in rung or RUNGS]
    address = _address(door, url)
    if len(address.encode()) > LONGEST_URL:
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
    of = Words("、".join(RUNGS[r].zh for r in rungs), ", ".join(RUNGS[r].en for r in rungs))
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
    from ledger.outbox import standings
    from ledger.recipients import read_recipients

    door = door_of(context)
    one_of("--format", format_, ("table", "json"))
    with door.open() as store:
        if branch:
            require_branches(store, branch)
        found = _named(read_recipients(store).values(), branch)
        fares = standings(store)
    if format_ == "json":
        door.screen.document([_as_json(one, fares.get(one.id)) for one in found])
        return
    if not found:
        door.screen.say(Words("还没有接收人。", "There are no recipients yet."))
        return
    table = Table(
        [
            Column(Words("序号", "id"), right=True, whole=True),
            Column(Words("地址", "address")),
            Column(Words("支部：提醒时点", "branch: rungs")),
            Column(Words("语言", "language"), whole=True),
            Column(Words("状态", "state")),
        ]
    )
    for one in found:
        fare = fares.get(one.id)
        table.add(
            str(one.id),
            masked(one.url),
            "\n".join(_wants(door, branch, rungs) for branch, rungs in one.wants.items()),
            _LANGUAGES[one.language].pick(door.language),
            _state(door, fare),
            tone="bad" if fare is not None and (fare.failing or fare.given_up) else "plain",
        )
    door.screen.table(table)


def try_out(
    context: typer.Context, number: Annotated[list[int] | None, _NUMBERS] = None, branch: Branches = None
) -> None:
    """Send a message to recipients, to see whether they get it."""
    from ledger.recipients import read_recipients

    door = door_of(context)
    with door.open() as store:
        if branch:
            require_branches(store, branch)
        known = read_recipients(store)
    for asked in number or ():
        _require(known.keys(), asked)
    found = _named([known[asked] for asked in dict.fromkeys(number)] if number else known.values(), branch)
    failed = 0
    for one in found:
        title, body = _TEST[0].pick(one.language), _TEST[1].pick(one.language)
        reason = send(one.url, title, body, door.now())
        failed += reason is not None
        if reason is None:
            door.screen.say(
                Words(f"接收人 {one.id}：已收下。", f"recipient {one.id}: took the message."), "good"
            )
        else:
            words = told(reason)
            door.screen.fail(Words(f"接收人 {one.id}：{words.zh}。", f"recipient {one.id}: {words.en}."))
    if not found:
        raise SaysNo(
            Words("没有接收人：请先用 zhibu notify add。", "no recipients: `zhibu notify add` adds one.")
        )
    if failed:
        raise SaysNo(Words(f"{failed} 个没有收下。", f"{failed} did not take it."))


_TEST = (
    Words("支部提醒：测试", "Branch reminders: a test"),
    Words("收到这条消息，说明提醒能够送达。", "Reminders reach you: this is what they come as."),
)


def remove(context: typer.Context, number: Annotated[list[int], _NUMBERS], branch: Branches = None) -> None:
    """Forget recipients; with branches, only what they hear of those."""
    from ledger.recipients import read_recipients, remove_recipient

    door = door_of(context)
    with door.open() as store:
        if branch:
            require_branches(store, branch)
        known = read_recipients(store)
        for one in number:
            _require(known.keys(), one)
        for one in dict.fromkeys(number):
            remove_recipient(store, one, branch or None)
            door.screen.say(Words(f"已移除接收人 {one}。", f"Removed recipient {one}."), "good")


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


def _wants(door: Door, branch: str, rungs: Sequence[str]) -> str:
    if len(rungs) == len(RUNGS):
        return Words(f"{branch}：全部", f"{branch}: all").pick(door.language)
    words = Words("、".join(RUNGS[r].zh for r in rungs), ", ".join(RUNGS[r].en for r in rungs))
    return Words(f"{branch}：{words.zh}", f"{branch}: {words.en}").pick(door.language)


def _state(door: Door, fare: "Standing | None") -> str:
    if fare is None:
        return Words("尚未发过", "nothing sent yet").pick(door.language)
    said = []
    if fare.last_delivered_at is not None:
        at = door.local(fare.last_delivered_at.isoformat())
        said.append(Words(f"最近送达 {at}", f"last delivered {at}"))
    if fare.failing and fare.last_error is not None:
        why = told(fare.last_error)
        said.append(
            Words(
                f"发不出去：{why.zh}（已试 {fare.attempts} 次）",
                f"failing: {why.en} ({counted(fare.attempts, 'attempt')})",
            )
        )
    if fare.waiting:
        said.append(Words(f"{fare.waiting} 条待发", f"{fare.waiting} waiting"))
    if fare.given_up:
        said.append(Words(f"{fare.given_up} 条已放弃", f"{fare.given_up} given up"))
    return "\n".join(words.pick(door.language) for words in said)


def _as_json(one: "Recipient", fare: "Standing | None") -> dict[str, Any]:
    return {
        "id": one.id,
        "address": masked(one.url),
        "language": one.language,
        "wants": {branch: list(rungs) for branch, rungs in one.wants.items()},
        "waiting": fare.waiting if fare else 0,
        "failing": fare.failing if fare else 0,
        "given_up": fare.given_up if fare else 0,
        "attempts": fare.attempts if fare else 0,
        "last_error": fare.last_error if fare else None,
        "last_delivered_at": fare.last_delivered_at.isoformat() if fare and fare.last_delivered_at else None,
    }
