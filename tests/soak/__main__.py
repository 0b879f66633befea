"""`make soak`: every siege in its share of the time (15 minutes, or ZHIBU_SOAK_MINUTES), then the table."""

import os
import platform
import random
import sqlite3
import sys
import time
from datetime import UTC, datetime

from tests.soak import inputs, kills, places, recipients
from tests.soak.table import Row, Share, Siege, render

# How much of the time each has; the schedulers take theirs.
SIEGES: dict[Siege, float] = {
    kills.on_sqlite: 0.14,
    kills.on_postgresql: 0.16,
    kills.writers: 0.08,
    places.disks: 0.08,
    places.locks: 0.05,
    places.connections: 0.08,
    inputs.lines: 0.08,
    inputs.options: 0.08,
    inputs.flipped_bytes: 0.2,
    inputs.rewritten_rows: 0.03,
    recipients.misbehaving: 0.07,
    kills.reminders: 0.0,
}


def main() -> int:
    """Run them one after the other; 1 where anything was lost."""
    seconds = float(os.environ.get("ZHIBU_SOAK_MINUTES", "15")) * 60
    seed = int(os.environ.get("ZHIBU_SOAK_SEED", time.time_ns() % 1_000_000))
    chosen = sys.argv[1:]
    rows: list[Row] = []
    for siege, share in SIEGES.items():
        if chosen and siege.__name__ not in chosen:
            continue
        began = time.monotonic()
        print(f"{siege.__name__} …", end=" ", flush=True)
        found = siege(Share(seconds * share, random.Random(seed)))
        print(f"{time.monotonic() - began:.0f} s", flush=True)
        rows += found
    print(
        f"\n{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, seed {seed}, Python {platform.python_version()}, ", end=""
    )
    print(f"SQLite {sqlite3.sqlite_version}, {platform.platform()}\n")
    print(render(rows))
    for row in rows:
        for loss in row.losses[:3]:
            print(f"\nLOST: {row.fault}: {loss}")
    return 1 if any(row.losses for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
