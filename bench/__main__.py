"""Run the benchmarks: each in a process of its own, so that its peak memory is its own.

`python -m bench` runs all, `python -m bench replay_one start_log` some.
"""

import json
import resource
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from bench.logs import fill_ledger
from bench.measures import MEASURES as WORK
from bench.measures import Figure
from bench.pages import page_measures
from cli.__main__ import collect_seldom

MEASURES = {**WORK, **page_measures()}

_HEAD = f"{'what':<48} {'median':>9} {'yardstick':>9} {'ratio':>7} {'bound':>9} {'peak MB':>8}"


def measure(name: str) -> dict[str, object]:
    """Run one measure in this process, with the collector as the program has it."""
    collect_seldom()
    with tempfile.TemporaryDirectory() as folder:
        figure = MEASURES[name](Path(folder))
    # Where the program was measured as a process, the figure has that one's peak.
    own_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {**asdict(figure), "peak_mb": figure.peak_mb or own_mb}


def main(names: list[str]) -> None:
    """Run the named measures, each in a process, and print a table."""
    print(_HEAD)
    for name in names or MEASURES:
        done = subprocess.run(
            [sys.executable, "-m", "bench", "--one", name], stdout=subprocess.PIPE, check=True
        )
        figure = Figure(**json.loads(done.stdout))
        bound = figure.note or (f"≤ {figure.bound:g}x" if figure.bound else "")
        print(
            f"{figure.what:<48} {figure.seconds * 1000:>6.1f} ms {figure.yardstick_seconds * 1000:>6.1f} ms "
            f"{figure.ratio:>6.2f}x {bound:>9} {figure.peak_mb:>8.0f}   yardstick: {figure.yardstick}",
            flush=True,
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        json.dump(measure(sys.argv[2]), sys.stdout)
    elif sys.argv[1:2] == ["--make"]:
        fill_ledger(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        main(sys.argv[1:])
