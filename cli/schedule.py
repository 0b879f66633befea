"""`zhibu schedule`: sweeps by itself, every day at an hour and at its start, until it is told to stop.

In: an hour, rubrics, the ledger. Out: what `runner` says. Deliberately absent: what a sweep does. APScheduler
lives here and nowhere else.

A sweep that was missed while the machine was off, or asleep, is made up for at once: the ladder of reminders
is read from the log, so nothing that ran before needs to be remembered here. The loop of the main thread goes
by a clock that nobody can set, renews the turn, and wakes APScheduler, which would sleep through a jump of
the day's clock.
"""

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time
from types import FrameType
from typing import Annotated

import typer

from cli.commands.options import Rubrics
from cli.context import SaysNo, WrongUsage, door_of
from cli.remind import rubrics_for
from cli.runner import Log, Runner
from cli.ui.language import both
from ledger.words import Words

BEAT = 10.0
"""Seconds between two looks at the turn, the outbox and the clock."""


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
    door = door_of(context)
    hour = _parse_hour(at)
    with door.open() as store:
        runner = Runner(door, store, rubric, Log(door, door.zone(store), json_logs), health)
        # Said now, while somebody is watching.
        rubrics_for(door, store, rubric)
        runner.require_health()
        if once:
            if not runner.sweep_once():
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


def _run(runner: Runner, hour: time) -> None:
    """Sweep now and every day, until a signal says to stop; a sweep under way is finished first."""
    from apscheduler.schedulers.background import BackgroundScheduler
    from apscheduler.triggers.cron import CronTrigger

    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    zone = runner.door.zone(runner.store)
    daily = CronTrigger(hour=hour.hour, minute=hour.minute, timezone=zone)
    scheduler = BackgroundScheduler(
        timezone=zone, job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
    )
    scheduler.add_job(runner.sweep_in_turn, daily, id="daily")
    with _told_to_stop(runner.stop):
        words = Words(f"已启动，每天 {hour:%H:%M} 巡查", f"started: sweeps every day at {hour:%H:%M}")
        runner.log.line("started", words, at_hour=f"{hour:%H:%M}", zone=str(zone))
        scheduler.start()
        last = runner.door.now()
        while True:
            job = runner.sweep_in_turn if runner.take_turn() else runner.retry
            scheduler.add_job(job, id=job.__name__, replace_existing=True)
            now = runner.door.now()
            if now < last:
                # The clock was set back: what was the next daily hour may be far off now.
                scheduler.reschedule_job("daily", trigger=daily)
            last = now
            scheduler.wakeup()
            if runner.stop.wait(BEAT):
                break
        scheduler.shutdown(wait=True)
    runner.close()


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
