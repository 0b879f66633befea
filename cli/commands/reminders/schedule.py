"""`zhibu schedule`: sweeps by itself, every day at an hour and at its start, until it is told to stop.

In: an hour, rubrics, the ledger. Out: what `runner` says. Deliberately absent: what a sweep does, and whether
one is owed. APScheduler lives here and nowhere else.

Three things wake the program, and all of them make up for what was missed, for whether a sweep is owed is
read from the ledger: a cron job at the hour; an interval job, which delivers what waits; and the main thread,
which goes by a clock that nobody can set, and sees when the day's clock jumped: after sleep, or when it is
set, either way.
"""

import logging
import signal
import threading
import time as clocks
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.commands.options import Rubrics
from cli.context import SaysNo, WrongUsage, door_of
from cli.ui.language import both
from ledger.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cli.commands.reminders.runner import Runner

BEAT = 10.0
"""Seconds between two looks at the outbox and the clock."""
_JUMP = timedelta(seconds=BEAT / 2)
"""A clock that goes so much faster or slower than time itself was set, or slept."""


def schedule(
    context: typer.Context,
    at: Annotated[
        str,
        typer.Option(
            "--at",
            metavar="HH:MM",
            help=both(
                "每天几点（台账所在时区），默认 08:30",
                "the daily hour, in the ledger's zone (default: 08:30)",
            ),
        ),
    ] = "08:30",
    once: Annotated[
        bool, typer.Option("--once", help=both("只执行一次，随即结束", "makes one sweep and ends"))
    ] = False,
    rubric: Rubrics = None,
    json_logs: Annotated[
        bool, typer.Option("--json-logs", help=both("每行一个 JSON 对象", "a JSON object a line"))
    ] = False,
    health: Annotated[
        str | None,
        typer.Option(
            "--health",
            metavar="FILE",
            help=both("把最近一次成功的时间写入此文件", "keeps a file that says when a sweep last succeeded"),
        ),
    ] = None,
) -> None:
    """Sweep every day at an hour and at the start, until stopped."""
    from cli.commands.reminders.runner import Log, Runner

    door = door_of(context)
    hour = _parse_hour(at)
    with door.open() as store:
        runner = Runner(door, store, rubric, hour, Log(door, door.zone(store), json_logs), health)
        # Said now, while somebody is watching.
        runner.require_forms()
        runner.require_health()
        if once:
            if not runner.sweep():
                raise SaysNo(Words("巡查未能完成。", "The sweep could not be done."))
            return
        _run(runner, hour)


def _parse_hour(text: str) -> time:
    try:
        hour, minute = text.split(":")
        if not (hour.isdecimal() and minute.isdecimal() and len(minute) == len("30")):
            raise ValueError
        return time(int(hour), int(minute))
    except ValueError:
        raise WrongUsage(
            Words(
                f"--at 应为时刻，例如 08:30，实际为 {text}。",
                f"--at must be an hour such as 08:30, got {text}.",
            )
        ) from None


def _run(runner: "Runner", hour: time) -> None:
    """Sweep now and every day, until a signal says to stop; a sweep under way is finished first."""
    from apscheduler.schedulers.background import BackgroundScheduler
    from apscheduler.triggers.cron import CronTrigger
    from apscheduler.triggers.interval import IntervalTrigger

    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    zone = runner.door.zone(runner.store)
    jobs: Mapping[str, tuple[Callable[[], object], Callable[[], Any]]] = {
        "sweep": (
            runner.sweep_if_owed,
            lambda: CronTrigger(hour=hour.hour, minute=hour.minute, timezone=zone),
        ),
        "deliveries": (runner.tend, lambda: IntervalTrigger(seconds=int(BEAT), timezone=zone)),
    }
    scheduler = BackgroundScheduler(
        timezone=zone, job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
    )
    with _told_to_stop(runner.stop):
        words = Words(f"已启动，每天 {hour:%H:%M} 巡查", f"started: sweeps every day at {hour:%H:%M}")
        runner.log.line("started", words, at_hour=f"{hour:%H:%M}", zone=str(zone))
        scheduler.add_job(runner.sweep, id="start")
        for name, (work, trigger) in jobs.items():
            scheduler.add_job(work, trigger(), id=name)
        scheduler.start()
        clock = _Clock(runner.door.now)
        while not runner.stop.wait(BEAT):
            if clock.jumped():
                # What was the next time for a job may be far off now, or long past.
                for name, (_, trigger) in jobs.items():
                    scheduler.reschedule_job(name, trigger=trigger())
                scheduler.add_job(runner.tend, id="wake", replace_existing=True)
            scheduler.wakeup()
            runner.beat()
        scheduler.shutdown(wait=True)
    runner.close()


class _Clock:
    """Compares the day's clock with one that nobody can set, and that stands still in the machine's sleep."""

    def __init__(self, now: "Callable[[], datetime]") -> None:
        self._now = now
        self._last = (now(), clocks.monotonic())

    def jumped(self) -> bool:
        """Tell whether the day's clock went otherwise than time since the last look."""
        day, steady = self._last
        self._last = now, ticked = self._now(), clocks.monotonic()
        return abs((now - day) - timedelta(seconds=ticked - steady)) > _JUMP


@contextmanager
def _told_to_stop(stop: threading.Event) -> Iterator[None]:
    """Let SIGTERM and SIGINT set the event; a second one ends the program as it always does."""
    names = (signal.SIGTERM, signal.SIGINT)
    before = {name: signal.getsignal(name) for name in names}

    def heed(_: int, __: FrameType | None) -> None:
        stop.set()
        for name, handler in before.items():
            signal.signal(name, handler)

    for name in names:
        signal.signal(name, heed)
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
