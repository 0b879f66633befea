"""`zhibu simulate`: a made-up year of a made-up tree, to try, to show and to measure.

In: how many branches, a year, a seed, forms. Out: an import file, or a folder of segments. Deliberately
absent: what happens in the year (`projections.simulation`).
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import Door, SaysNo, WrongUsage, door_of
from cli.library import load_rubric
from cli.ui.language import both, counted
from ledger.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from projections.simulation.writing import Written
    from projections.simulation.year import Setting

_FORMS = ("college-staff-branch-2019", "hospital-branch-2019", "hospital-committee-standard")
_MOST_BRANCHES, _FEWEST_EVENTS, _MOST_EVENTS = 10_000_000, 100, 5_000
_FIRST_YEAR = 2000
_STEPS = 1_000


def simulate(
    context: typer.Context,
    branches: Annotated[
        int | None,
        typer.Option(
            "--branches", metavar="N", help=both("（必填）支部的个数", "(required) how many branches")
        ),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            "--year",
            metavar="YEAR",
            help=both("（必填）哪一年，须已过完", "(required) which year; it must be over"),
        ),
    ] = None,
    seed: Annotated[
        int,
        typer.Option(
            "--seed",
            metavar="S",
            help=both("随机种子：相同的种子得到相同的文件", "the same seed gives the same bytes"),
        ),
    ] = 1,
    events: Annotated[
        int,
        typer.Option(
            "--events",
            metavar="N",
            help=both("每个支部平均多少条记录", "how many events a branch has on average"),
        ),
    ] = 300,
    form: Annotated[
        list[str] | None,
        typer.Option(
            "--form",
            metavar="RUBRIC",
            help=both("适用的考核细则", "a rubric that the organizations follow"),
            show_default=", ".join(_FORMS),
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            metavar="FILE.jsonl",
            help=both("写成可以导入的文件", "writes a file that can be imported"),
        ),
    ] = None,
    segments: Annotated[
        str | None,
        typer.Option(
            "--segments",
            metavar="DIR",
            help=both(
                "写成分片，含序号、时间和校验码", "writes segments, with positions, instants and hashes"
            ),
        ),
    ] = None,
    buckets: Annotated[
        int | None,
        typer.Option("--buckets", metavar="N", help=both("分成多少片", "into how many buckets")),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            metavar="N",
            help=both("用多少个进程", "how many processes work"),
            show_default=both("处理器核数", "as many as there are cores"),
        ),
    ] = None,
) -> None:
    """Make up a tree of organizations and a year of theirs; the people and places in it are nobody's."""
    door = door_of(context)
    if branches is None or year is None:
        missing = "--branches" if branches is None else "--year"
        raise WrongUsage(Words(f"缺少选项 {missing}。", f"missing option {missing}."))
    if (output is None) == (segments is None):
        raise WrongUsage(
            Words("请给出 --output 文件或 --segments 文件夹之一。", "give either --output or --segments.")
        )
    _check(branches, year, events, buckets, jobs, today_year=door.now().year)
    setting = _setting(branches, year, seed, events, tuple(form or _FORMS))
    processes = jobs or os.cpu_count() or 1
    with door.screen.progress(Words("模拟", "simulating"), _STEPS) as tell:
        told = (lambda share: tell(int(share * _STEPS))) if tell else None
        if segments is not None:
            written = _to_segments(door.ledger, setting, segments, processes, buckets, told)
        else:
            written = _to_file(door, setting, Path(output or ""), processes, told)
    target = segments or output
    door.screen.say(
        Words(
            f"已写入 {target}：{written.organisations} 个党组织，{written.events} 条记录。",
            f"Written to {target}: {counted(written.events, 'event')} of "
            f"{counted(written.organisations, 'organization')}.",
        ),
        "good",
    )


def _check(
    branches: int, year: int, events: int, buckets: int | None, jobs: int | None, *, today_year: int
) -> None:
    bounds = (
        ("--branches", branches, 1, _MOST_BRANCHES),
        ("--year", year, _FIRST_YEAR, today_year - 1),
        ("--events", events, _FEWEST_EVENTS, _MOST_EVENTS),
        ("--buckets", buckets or 1, 1, 100_000),
        ("--jobs", jobs or 1, 1, 1_024),
    )
    for option, value, least, most in bounds:
        if not least <= value <= most:
            raise WrongUsage(
                Words(
                    f"{option} 应在 {least} 到 {most} 之间，实际为 {value}。",
                    f"{option} must lie between {least} and {most}, got {value}.",
                )
            )


def _setting(branches: int, year: int, seed: int, events: int, forms: tuple[str, ...]) -> "Setting":
    from projections.simulation.asked import asked_by
    from projections.simulation.diary import Calendar
    from projections.simulation.tree import plant
    from projections.simulation.year import Setting

    asked = asked_by([load_rubric(name).rubric for name in dict.fromkeys(forms)])
    return Setting(seed, Calendar.of(year), plant(branches, seed), asked, events)


def _to_segments(
    ledger: str,
    setting: "Setting",
    address: str,
    jobs: int,
    buckets: int | None,
    told: "Callable[[float], None] | None",
) -> "Written":
    from ledger.segments.manifest import found_manifest
    from ledger.segments.places import check_apart, place_of
    from ledger.whole_files import ledger_files
    from projections.simulation.writing import write_segments

    check_apart(place_of(address), ledger_files(ledger))
    if found_manifest(place_of(address)) is not None:
        raise SaysNo(
            Words(
                f"{address} 中已有分片：请换一个文件夹。",
                f"{address} holds segments already: name a new folder.",
            )
        )
    return write_segments(setting, address, jobs, buckets, told)


def _to_file(
    door: Door, setting: "Setting", path: Path, jobs: int, told: "Callable[[float], None] | None"
) -> "Written":
    from projections.simulation.writing import write_import_file

    with door.screen.file(str(path)) as stream:
        return write_import_file(setting, stream, path.parent, jobs, told)
