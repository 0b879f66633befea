"""`zhibu export --segments`, `zhibu segments check`, `zhibu import --restore --segments`.

In: a folder, a ledger. Out: the folder written or added to, a sentence on whether it is whole, its lines for
a restore. Deliberately absent: the files themselves (`ledger.segments`).
"""

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import Door, WrongUsage, door_of
from cli.ui.language import both, counted
from ledger.errors import LedgerMissing
from ledger.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.intake.admission import Line
    from ledger.store.event_store import Store

SegmentsOption = Annotated[
    str | None,
    typer.Option(
        "--segments",
        metavar="DIR",
        help=both(
            "分片的文件夹，或 s3://、az://、gs:// 等地址",
            "a folder of segments, or an address such as s3://, az://, gs://",
        ),
    ),
]
UptoOption = Annotated[
    int | None,
    typer.Option(
        "--upto",
        metavar="POSITION",
        help=both("只导出到第几条（与 --segments 同用）", "up to which position (with --segments)"),
    ),
]
BucketsOption = Annotated[
    int | None,
    typer.Option(
        "--buckets",
        metavar="N",
        help=both("分成多少片（与 --segments 同用）", "into how many buckets (with --segments)"),
    ),
]
_MOST_BUCKETS = 100_000


def export_folder(door: Door, address: str, upto: int | None, buckets: int | None) -> None:
    """Write the ledger's log into a folder of segments, or add to it what is new."""
    from ledger.segments.exporting import export_segments

    if upto is not None and upto < 0:
        raise WrongUsage(
            Words(f"--upto 应为序号，实际为 {upto}。", f"--upto must be a position, got {upto}.")
        )
    if buckets is not None and not 1 <= buckets <= _MOST_BUCKETS:
        raise WrongUsage(
            Words(
                f"--buckets 应在 1 到 {_MOST_BUCKETS} 之间，实际为 {buckets}。",
                f"--buckets must lie between 1 and {_MOST_BUCKETS}, got {buckets}.",
            )
        )
    with door.open() as store:
        head = store.head().position
        if upto is not None and upto > head:
            raise WrongUsage(
                Words(
                    f"--upto {upto} 超出台账：最后一条是第 {head} 条。",
                    f"--upto {upto} lies beyond the ledger: its last position is {head}.",
                )
            )
        with door.screen.progress(Words("导出", "exporting"), None) as on_progress:
            done = export_segments(store, address, upto=upto, buckets=buckets, on_progress=on_progress)
    door.screen.say(
        Words(
            f"已导出 {done.added} 条到 {address}，现到第 {done.head.position} 条。",
            f"exported {counted(done.added, 'event')} to {address}, which now goes up to "
            f"{done.head.position}.",
        ),
        "good",
    )


def check(
    context: typer.Context,
    folder: Annotated[
        str,
        typer.Argument(
            metavar="DIR", help=both("分片的文件夹或地址", "a folder of segments, or its address")
        ),
    ],
) -> None:
    """See whether a folder of segments is whole; where a ledger is named, whether it is that one's."""
    from ledger.segments.restoring import check as check_folder

    door = door_of(context)
    with (
        _ledger_to_compare(door) as store,
        door.screen.progress(Words("核对", "checking"), None) as on_progress,
    ):
        manifest = check_folder(folder, store, on_progress)
    door.screen.say(
        Words(
            f"完好：到第 {manifest.position} 条，{len(manifest.parts)} 个文件。",
            f"ok: up to position {manifest.position}, {counted(len(manifest.parts), 'file')}.",
        ),
        "good",
    )
    door.screen.say(manifest.head, "faint")


@contextmanager
def _ledger_to_compare(door: Door) -> "Iterator[Store | None]":
    """Open the ledger that was named; one that the environment names need not be there."""
    if door.ledger_named == "nowhere":
        yield None
        return
    with ExitStack() as stack:
        try:
            store: Store | None = stack.enter_context(door.open())
        except LedgerMissing:
            if door.ledger_named == "option":
                raise
            store = None
        yield store


def lines_of_folder(address: str) -> "Iterator[Line]":
    """Yield the lines of a folder in the order of the log, for a restore."""
    from ledger.intake.admission import Line
    from ledger.segments.restoring import lines_in_order

    for number, line in enumerate(lines_in_order(address), start=1):
        yield Line(address, number, line)
