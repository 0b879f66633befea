"""`make soak`: every siege in its share of the time (15 minutes, or ZHIBU_SOAK_MINUTES), then the table.

In: names of sieges (all, if none), `ZHIBU_SOAK_MINUTES`, `ZHIBU_SOAK_SEED`. Out: the table on standard
output, and 1 where anything was lost. Deliberately absent: the sieges.

Each siege is a process of its own with a limit to its time, so that one which hangs is told and ended. Two
run side by side, and beside them, one after another, those that mostly wait.
"""

import json
import os
import platform
import queue
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any, NamedTuple

from tests import postgres
from tests.program import ROOT
from tests.soak import connections, damage, doors, kills, places, recipients, schedulers
from tests.soak.table import Row, Share, Siege, render

_GRACE = 120.0
"""Seconds beyond its share that a siege has: for its preparation, and for its last try to end."""


class Plan(NamedTuple):
    """A siege, its share of the whole time, whether it mostly waits, and the seconds that it needs
    however short the whole is."""

    siege: Siege
    share: float
    waits: bool = False
    least: float = 0.0


# The long ones first: two lanes share them, so that the shares of those that work may come to 2.
PLANS = [
    Plan(doors.mutated_inputs, 0.65),
    Plan(damage.bytes_flipped, 0.4),
    Plan(kills.on_postgresql, 0.2),
    Plan(kills.servers, 0.2),
    Plan(connections.cut, 0.15),
    Plan(kills.on_sqlite, 0.12),
    Plan(places.disks, 0.12),
    Plan(kills.writers, 0.12),
    Plan(damage.rows_changed, 0.04),
    Plan(schedulers.killed_asleep_and_away, 0.7, waits=True, least=900),
    Plan(recipients.misbehaving, 0.12, waits=True),
    Plan(places.locks, 0.1, waits=True),
]
_TABLE: list[Siege] = [
    kills.on_sqlite,
    kills.on_postgresql,
    kills.servers,
    kills.writers,
    places.disks,
    places.locks,
    connections.cut,
    doors.mutated_inputs,
    damage.bytes_flipped,
    damage.rows_changed,
    schedulers.killed_asleep_and_away,
    recipients.misbehaving,
]
"""The order of the table."""
NAMED = {plan.siege.__name__: plan for plan in PLANS}


def main(words: list[str]) -> int:
    """Run them in their lanes; 1 where anything was lost."""
    minutes = float(os.environ.get("ZHIBU_SOAK_MINUTES", "15"))
    seed = int(os.environ.get("ZHIBU_SOAK_SEED", time.time_ns() % 1_000_000))
    chosen = [plan for plan in PLANS if not words or plan.siege.__name__ in words]
    began, load = time.monotonic(), os.getloadavg()[0]
    found: dict[str, list[Row]] = {}
    lanes = [_lane([plan for plan in chosen if plan.waits == waits]) for waits in (False, True)]
    running = [
        threading.Thread(target=_empty, args=(lane, minutes * 60, seed, found))
        for lane in (lanes[0], lanes[0], lanes[1])
    ]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    rows = [row for siege in _TABLE for row in found.get(siege.__name__, [])]
    print(f"\n{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, zhibu {version('zhibu')}, seed {seed}, ", end="")
    print(f"ZHIBU_SOAK_MINUTES={minutes:g}, took ", end="")
    print(f"{(time.monotonic() - began) / 60:.1f} minutes, load at the beginning {load:.1f}, ", end="")
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, ", end="")
    print(f"{_server()}, {platform.system()} {platform.release()}, {os.cpu_count()} processors\n")
    print(render(rows))
    for row in rows:
        for loss in row.losses[:3]:
            print(f"\nLOST: {row.fault}: {loss}")
    return 1 if any(row.losses for row in rows) else 0


def _lane(plans: list[Plan]) -> "queue.SimpleQueue[Plan]":
    lane: queue.SimpleQueue[Plan] = queue.SimpleQueue()
    for plan in plans:
        lane.put(plan)
    return lane


def _empty(lane: "queue.SimpleQueue[Plan]", seconds: float, seed: int, found: dict[str, list[Row]]) -> None:
    """Take siege after siege, and have each in a process of its own."""
    while True:
        try:
            plan = lane.get_nowait()
        except queue.Empty:
            return
        began, name = time.monotonic(), plan.siege.__name__
        found[name] = _ended(name, max(plan.share * seconds, plan.least), seed)
        tried = sum(row.tried for row in found[name])
        print(f"{name}: {tried:,} tries in {time.monotonic() - began:.0f} s", flush=True)


def _ended(name: str, seconds: float, seed: int) -> list[Row]:
    """Run one siege; where it does not end in time it is lost, with where it stood."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        siege = subprocess.Popen(
            [sys.executable, "-m", "tests.soak", "--one", name, str(seconds), str(seed)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        in_time = _within(siege, seconds + _GRACE)
        out.seek(0)
        err.seek(0)
        lines, complaint = out.read().splitlines(), err.read()[-3_000:]
    if in_time and siege.returncode == 0:
        return [Row(**row) for row in json.loads(lines[-1])]
    row = Row(f"{name}: the siege itself")
    row.note(complaint if in_time else f"no end after {seconds + _GRACE:.0f} s\n{complaint}")
    return [row]


def _within(siege: "subprocess.Popen[bytes]", seconds: float) -> bool:
    try:
        siege.wait(seconds)
        return True
    except subprocess.TimeoutExpired:
        # It says where it stands, and ends what it has started: a server of its own outlives its group.
        siege.send_signal(signal.SIGTERM)
    try:
        siege.wait(90)
    except subprocess.TimeoutExpired:
        os.killpg(siege.pid, signal.SIGKILL)
        siege.wait()
    return False


def _server() -> str:
    binaries = postgres.find_binaries()
    if binaries is None:
        return "no PostgreSQL"
    said = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True)
    return f"PostgreSQL {said.stdout.split()[2]}"


def one(name: str, seconds: str, seed: str) -> int:
    """Run one siege in this process, and print its rows as JSON."""
    signal.signal(signal.SIGTERM, _stop)
    # A child takes these modules along.
    plan: Any = NAMED[name]
    rows = plan.siege(Share(float(seconds), random.Random(seed)))
    print(json.dumps([row.as_dict() for row in rows]), flush=True)
    return 0


def _stop(*_: object) -> None:
    import faulthandler

    faulthandler.dump_traceback(all_threads=True)
    raise SystemExit(3)


if __name__ == "__main__":
    run: Callable[[list[str]], int] = main
    sys.exit(one(*sys.argv[2:]) if sys.argv[1:2] == ["--one"] else run(sys.argv[1:]))
