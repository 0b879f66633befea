"""Run the benchmarks: each row in a process of its own, so that its peak memory is its own.

In: names of rows, all where none is given. Out: one table, a line a row, as rows end.
"""

import argparse
import difflib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.made import Made
from bench.rows import ON_REQUEST, ROWS, row_of
from bench.timing import QUICK, Figure, cpu, own_mb
from cli.__main__ import collect_seldom

_MOST_SECONDS = 600
_TOLD = (
    "orjson",
    "zstandard",
    "pydantic",
    "sqlalchemy",
    "psycopg",
    "eventsourcing",
    "openfisca-core",
    "duckdb",
)


def measure(name: str, folder: Path) -> dict[str, object]:
    """Run one row in this process, with the collector as the program has it."""
    collect_seldom()
    with tempfile.TemporaryDirectory(dir=folder) as own:
        figure = row_of(name)(Made(folder, Path(own)))
    return {**asdict(figure), "peak_mb": figure.peak_mb or own_mb()}


def machine() -> str:
    """Say what it was measured on."""
    told = [line.split(":", 1)[1].strip() for line in _cpu_lines() if line.startswith("model name")]
    name = told[0] if told else platform.processor()
    packages = []
    for package in _TOLD:
        try:
            packages.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            packages.append(f"{package} not installed")
    sizes = "quick sizes, " if QUICK else ""
    return (
        f"{date.today()}: {sizes}{os.cpu_count()} cores, {name}; {platform.system()} {platform.release()}, "  # noqa: DTZ011
        f"Python {platform.python_version()}; zhibu {version('zhibu')}, {', '.join(packages)}. "
        f"Load at the beginning: {os.getloadavg()[0]:.1f}."
    )


def _cpu_lines() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text().splitlines() if path.exists() else []


def line_of(figure: Figure, *, markdown: bool) -> str:
    """Render a row."""
    bound = "" if figure.bound is None else f"{figure.bound:g}"
    held = "" if figure.bound is None else "yes" if figure.ratio <= figure.bound else "NO"
    cells = [figure.work, _seconds(figure.seconds), figure.yardstick, _seconds(figure.yardstick_seconds),
             f"{figure.ratio:.3g}", bound, held, f"{figure.peak_mb:.0f} MB", figure.note]  # fmt: skip
    if markdown:
        return f"| {' | '.join(cells)} |"
    beside = f"{cells[2]} ({cells[8]})" if cells[8] else cells[2]
    figures = f"{cells[1]:>9}  {cells[3]:>9}  {cells[4]:>7} {cells[5]:>5} {cells[6]:>3} {cells[7]:>8}"
    return f"{cells[0]:<78} {figures}  {beside}"


def _last_line(said: bytes) -> str:
    return said.decode(errors="replace").strip().rpartition("\n")[2]


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.2f} ms"


def asked_for(words: list[str]) -> argparse.Namespace:
    """Read the command line; unknown rows are refused with the nearest."""
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure zhibu beside yardsticks of the same run."
    )
    parser.add_argument("rows", nargs="*", metavar="ROW", help="rows to run, as --list names them; else all")
    parser.add_argument("--list", action="store_true", help="name the rows, and run none")
    parser.add_argument("--quick", action="store_true", help="small sizes, under three minutes")
    parser.add_argument("--clock", action="store_true", help="tell on stderr what each row took")
    parser.add_argument("--markdown", action="store_true", help="a table as a page holds it")
    asked = parser.parse_args(words)
    for name in asked.rows:
        if name not in (known := ROWS + ON_REQUEST):
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.3)
            parser.error(f"no row is called {name!r}" + (f"; did you mean {near[0]}?" if near else ""))
    return asked


def main(words: list[str]) -> None:
    """Run the rows asked for, each in a process, and print a table."""
    asked = asked_for(words)
    if asked.list:
        print("\n".join((*ROWS, *(f"{name}  (on request only)" for name in ON_REQUEST))))
        return
    if asked.quick and not QUICK:
        # Sizes are settled when the rows are loaded: begin again.
        os.environ["BENCH_QUICK"] = "1"
        os.execv(sys.executable, [sys.executable, "-m", "bench", *words])
    print(machine(), flush=True)
    if asked.markdown:
        print("\n| work | median | yardstick | median | ratio | at most | held | peak | note |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    else:
        print(f"{'work':<78} {'median':>9}  {'yardstick':>9}  {'ratio':>7} {'bound':>5} {'':>3} {'peak':>8}")
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="zhibu-bench-", dir=os.environ.get("BENCH_FOLDER")) as folder:
        for name in asked.rows or ROWS:
            row_begun, row_cpu = time.monotonic(), cpu()
            print(told_of(name, folder, markdown=asked.markdown), flush=True)
            if asked.clock:
                spent = f"{time.monotonic() - row_begun:6.1f} s by the clock, {cpu() - row_cpu:6.1f} s of CPU"
                print(f"{spent}: {name}", file=sys.stderr, flush=True)
    print(f"\n{time.monotonic() - begun:.0f} seconds by the clock.")


def told_of(name: str, folder: str, *, markdown: bool) -> str:
    """Run one row in a process of its own, and return its line, or what became of it."""
    limit = None if name in ON_REQUEST else _MOST_SECONDS
    try:
        done = subprocess.run(
            [sys.executable, "-m", "bench", "--one", name, folder],
            capture_output=True, check=False, timeout=limit,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"{name}: given up after {limit} s"
    if done.returncode:
        return f"{name}: {_last_line(done.stderr) or f'ended with {done.returncode}'}"
    figure = Figure(**json.loads(done.stdout.splitlines()[-1]))
    return line_of(figure, markdown=markdown)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[2], Path(sys.argv[3]))))
    else:
        main(sys.argv[1:])
