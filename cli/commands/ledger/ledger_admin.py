"""Commands that keep the ledger: `init`, `head`, `verify`, `backup`.

In: the ledger's address. Out: its tables, its head, whether its chain holds, a copy of it. Deliberately
absent: repairing; what does not hold is told, never mended.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.commands.options import one_of
from cli.context import SaysNo, WrongUsage, door_of
from cli.ui.language import both, counted
from ledger.words import Words

if TYPE_CHECKING:
    from ledger.store.codec import Head

_LONGEST_POSITION = 18
_LARGEST_HEAD = 4_096
_Format = Annotated[
    str, typer.Option("--format", metavar="text|json", help=both("输出格式", "the form of the answer"))
]


def init(
    context: typer.Context,
    timezone: Annotated[
        str | None,
        typer.Option(
            "--timezone",
            metavar="ZONE",
            help=both("判断“今天”所用的时区", "the time zone that tells what day it is"),
            show_default="Asia/Shanghai",
        ),
    ] = None,
) -> None:
    """Make the ledger's tables, or migrate an older ledger's."""
    from ledger.store.setup import init as make

    door = door_of(context)
    if door.ledger.startswith("sqlite:///"):
        folder = Path(door.ledger.removeprefix("sqlite:///")).parent
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            door.screen.say(Words(f"已建立文件夹 {folder}。", f"Made the folder {folder}."))
    make(door.ledger, timezone)
    with door.open() as store:
        position = store.head().position
    door.screen.say(
        Words(
            f"台账就绪：{door.shown_ledger}（已有 {position} 条记录）。",
            f"The ledger is ready: {door.shown_ledger} ({counted(position, 'event')}).",
        ),
        "good",
    )


def head(context: typer.Context, format_: _Format = "text") -> None:
    """Tell position and hash of the last event."""
    door = door_of(context)
    one_of("--format", format_, ("text", "json"))
    with door.open() as store:
        last = store.head()
    if format_ == "json":
        door.screen.document({"position": last.position, "hash": last.hash})
    else:
        door.screen.raw(f"{last.position} {last.hash}\n")


def verify(
    context: typer.Context,
    head_file: Annotated[
        str | None,
        typer.Option(
            "--head",
            metavar="FILE",
            help=both(
                "以前留存的 zhibu head 的输出：核验台账此后有没有被改写",
                "an older head, as `zhibu head` told it: does the ledger still extend it?",
            ),
        ),
    ] = None,
) -> None:
    """Recompute the hash chain: ok, or the first position that does not hold."""
    door = door_of(context)
    against = None if head_file is None else _read_head(head_file)
    with door.open() as store:
        verified = store.verify(against)
    last = verified.head
    since = (
        Words("", "")
        if against is None
        else Words(
            f"，第 {against.position} 条及以前与留存的校验码相符",
            f", extending the older head at {against.position}",
        )
    )
    door.screen.say(
        Words(
            f"完好：{last.position} 条记录，{verified.branches} 个党组织{since.zh}。",
            f"ok: {counted(last.position, 'event')} of {counted(verified.branches, 'branch')}{since.en}.",
        ),
        "good",
    )
    door.screen.say(last.hash, "faint")


def backup(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=both("备份文件（须为新文件）", "a new file"))],
) -> None:
    """Write a consistent copy of the ledger while others write."""
    from ledger.store.backup import backup as copy

    door = door_of(context)
    with door.open() as store:
        copied = copy(store, Path(file))
    door.screen.say(
        Words(
            f"已备份到 {file}：{copied.position} 条记录。",
            f"Copied to {file}: {counted(copied.position, 'event')}.",
        ),
        "good",
    )


def _read_head(file: str) -> "Head":
    """Read what `zhibu head` printed: `POSITION HASH`, or the JSON of it."""
    from ledger.store.codec import Head

    try:
        with Path(file).open("rb") as stream:
            # No more than a head can be: a device may have no end.
            text = stream.read(_LARGEST_HEAD).decode("utf-8").strip()
    except OSError as error:
        raise WrongUsage(
            Words(f"无法读取 {file}：{error.strerror}。", f"cannot read {file}: {error.strerror}.")
        ) from None
    except ValueError:
        # Bytes that are no UTF-8, or a name that no file can have.
        text = ""
    found = _parsed_head(text)
    if found is None:
        raise SaysNo(
            Words(
                f"{file}：应为 zhibu head 的输出，即“序号 校验码”一行。",
                f"{file}: must hold what `zhibu head` tells, a line of position and hash.",
            )
        )
    return Head(*found)


def _parsed_head(text: str) -> tuple[int, str] | None:
    position: Any
    try:
        decoded = json.loads(text)
        position, digest = decoded["position"], decoded["hash"]
    except (ValueError, TypeError, KeyError, RecursionError):
        position, _, digest = text.partition(" ")
    if isinstance(position, str) and position.isdecimal() and len(position) <= _LONGEST_POSITION:
        position = int(position)
    good = type(position) is int and isinstance(digest, str) and digest.strip().startswith("sha256:")
    return (position, digest.strip()) if good else None
