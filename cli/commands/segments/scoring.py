"""`zhibu score --segments`: the replay of a folder, by processes of this machine or by a cluster.

In: what was typed. Out: the answer on standard output or in a file, there whole or not at all. Deliberately
absent: tables and reports, which are for people and for few branches; scoring (`projections.parallel`).
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from cli.context import Door, WrongUsage, parse_day
from cli.ui.language import both
from ledger.words import Words

if TYPE_CHECKING:
    from ledger.segments.reading import Segments
    from ledger.store.codec import Head
    from projections.parallel.replaying import Workers
    from rubrics.reader.loaded import Loaded

ClusterOption = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS|local",
        help=both(
            "由 Dask 集群计算（与 --segments 同用）：tcp://主机:8786，或 local",
            "has a Dask cluster work (with --segments): tcp://scheduler:8786, or local",
        ),
    ),
]
_ZONE = "Asia/Shanghai"
_FORMATS = ("json", "csv")


def score_folder(
    door: Door,
    loaded: "Loaded",
    form: str,
    address: str,
    *,
    period: str | None,
    on: str | None,
    as_of: str | None,
    branches: Sequence[str] | None,
    explain: bool,
    written_as: str | None,
    output: str | None,
    jobs: int | None,
    cluster: str | None,
) -> None:
    """Replay a folder of segments and write the answer."""
    from ledger.segments.reading import Segments
    from projections.answers.scoring import named_period
    from projections.parallel.replaying import Asked, replay_segments

    kind = _kind(written_as, output)
    if period is None:
        raise WrongUsage(
            Words(
                "缺少选项 --period，例如 --period 2019。", "missing option --period, such as --period 2019."
            )
        )
    named = named_period(period, loaded.rubric.year_start)
    day = parse_day(on, "--on") or _today(door)
    segments = Segments.open(address)
    head = _prefix(segments, as_of)
    asked = Asked(
        form, loaded, named, day, head.position, head.hash,
        list(dict.fromkeys(branches)) if branches else None,
        explain, "csv" if kind == "csv" else "json", door.language,
    )  # fmt: skip
    with (
        _workers(jobs, cluster, len(segments.places)) as workers,
        door.screen.progress(Words("计分", "scoring"), None) as on_progress,
    ):
        texts = replay_segments(segments, asked, workers, on_progress)
        _write(door, texts, output, mark=kind == "csv")


def _kind(written_as: str | None, output: str | None) -> str:
    ending = Path(output).suffix.lower().removeprefix(".") if output else ""
    kind = written_as or (ending if ending in _FORMATS else "json")
    if kind not in _FORMATS:
        raise WrongUsage(
            Words(
                f"--segments 的结果写成 json 或 csv，不能写成 {kind}。",
                f"with --segments the answer is json or csv, not {kind}.",
            )
        )
    return kind


def _today(door: Door) -> date:
    # A folder has no time zone of its own; a ledger where none was set has this one.
    return door.now().astimezone(ZoneInfo(_ZONE)).date()


def _prefix(segments: "Segments", as_of: str | None) -> "Head":
    from ledger.segments.reading import BeyondFolder, head_at, head_by
    from projections.answers.scoring import parse_prefix_instant

    try:
        if as_of is None:
            return segments.manifest.log_head
        if as_of.isdecimal() and as_of.isascii():
            return head_at(segments, int(as_of[:19]))
        return head_by(segments, parse_prefix_instant(as_of, ZoneInfo(_ZONE)))
    except BeyondFolder as beyond:
        raise WrongUsage(beyond.words) from None


@contextmanager
def _workers(jobs: int | None, cluster: str | None, organisations: int) -> "Iterator[Workers]":
    if cluster is None:
        from projections.parallel.replaying import MANY, Processes

        yield Processes(jobs or ((os.cpu_count() or 1) if organisations >= MANY else 1))
        return
    from projections.parallel.cluster import Cluster

    with Cluster(cluster, jobs) as workers:
        yield workers


def _write(door: Door, texts: Iterator[str], output: str | None, *, mark: bool) -> None:
    first = next(texts, "")
    if output is None:
        door.screen.raw(first)
        for text in texts:
            door.screen.raw(text)
        return
    with door.screen.file(output) as stream:
        stream.write(("\ufeff" if mark else "").encode() + first.encode())
        for text in texts:
            stream.write(text.encode())
    door.screen.say(Words(f"已写入 {output}。", f"Written to {output}."), "good")


def check_cluster(segments: str | None, cluster: str | None) -> None:
    """See that a cluster is asked for with segments only. Raises WrongUsage."""
    if cluster is not None and segments is None:
        raise WrongUsage(Words("--cluster 须与 --segments 同用。", "--cluster goes with --segments."))
