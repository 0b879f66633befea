"""How work is timed: in turn with its yardstick, by CPU time, medians told.

In: two pieces of work. Out: a `Figure`. Deliberately absent: verdicts in seconds; machines differ, ratios of
one run less so. CPU time, since wall time measures the neighbours, too.
"""

import gc
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

Work = Callable[[], object]
QUICK = bool(os.environ.get("BENCH_QUICK"))


@dataclass(frozen=True)
class Figure:
    """What was measured: medians in CPU seconds; `bound` is what the ratio may be at most.

    `peak_mb`: of the largest process; of this one where it is 0. `note`: what else must be known.
    """

    work: str
    yardstick: str
    seconds: float
    yardstick_seconds: float
    bound: float | None
    note: str = ""
    peak_mb: float = 0.0

    @property
    def ratio(self) -> float:
        """Work over yardstick."""
        return self.seconds / self.yardstick_seconds


def cpu() -> float:
    """CPU seconds of this process and of those it waited for."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def own_mb() -> float:
    """Peak memory of this process until now."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def children_mb() -> float:
    """Peak memory of the largest process that was waited for."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def timed(work: Work, elsewhere: Callable[[], float] = float) -> float:
    """CPU seconds of one run, the collector as the program has it, what was there before left alone.

    `elsewhere` tells those of a process that is not ours to wait for, such as a database server.
    """
    gc.collect()
    gc.freeze()
    begun = cpu() + elsewhere()
    work()
    return cpu() + elsewhere() - begun


def server_cpu(pid: int) -> float:
    """CPU seconds of a process and its children, those that ended included; Linux tells them in /proc."""
    time.sleep(0.3)  # until children that have just ended are counted
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, after = int(path.parent.name), path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if number == pid:
            ticks += sum(map(int, after[11:15]))
        elif int(after[1]) == pid:
            ticks += sum(map(int, after[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def in_turn(
    work: Work, yardstick: Work, runs: int, *, warm: bool = True, elsewhere: Callable[[], float] = float
) -> tuple[float, float]:
    """Time both in turn, after a run of each that does not count where `warm`; return the medians."""
    if warm:
        work(), yardstick()
    ours, theirs = [], []
    for _ in range(runs):
        ours.append(timed(work, elsewhere))
        theirs.append(timed(yardstick, elsewhere))
    return statistics.median(ours), statistics.median(theirs)


def spin() -> int:
    """A yardstick of this machine: a million additions in plain Python."""
    total = 0
    for number in range(1_000_000):
        total += number
    return total


def zhibu(*words: str, environ: dict[str, str] | None = None) -> Work:
    """The program as a whole process."""

    def run() -> None:
        program = Path(sys.executable).parent / "zhibu"
        done = subprocess.run(
            [str(program), *words],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, **(environ or {})},
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"zhibu {' '.join(words)}: {done.stderr.decode()}")

    return run


def python_pass() -> None:
    """The yardstick of whole processes: Python that does nothing."""
    subprocess.run([sys.executable, "-c", "pass"], check=True)


def closest(sizes: Sequence[tuple[str, int]], wanted: int) -> tuple[str, int]:
    """Return the name whose size is closest to what is wanted."""
    return min(sizes, key=lambda pair: abs(pair[1] - wanted))
