"""Rows about segments: replays of many branches, exports."""

import shutil

import orjson

from bench.made import END, FORM_000, FORM_001, YEAR, Made, opened, rows_of
from bench.timing import QUICK, Figure, children_mb, in_turn, timed, zhibu
from ledger.files.export import export_jsonl
from ledger.segments.exporting import export_segments
from ledger.segments.manifest import read_manifest
from ledger.segments.parts import read_lines
from ledger.segments.places import place_of

SMALL, BRANCHES = (100, 600) if QUICK else (400, 4_000)
COUNTRY = 100_000
LEDGER = 100 if QUICK else 3_300
"""Of a million events."""


def parse_all(segments: str) -> None:
    """The yardstick: decompress and parse every line, nothing else."""
    place = place_of(segments)
    for part in read_manifest(place).holding("events"):
        for line in read_lines(place, part):
            orjson.loads(line)


def _score(made: Made, form: str, branches: int, *, runs: int) -> Figure:
    segments = made.segments(branches)
    output = made.own / "answer.json"
    words = ("score", form, "--segments", segments, "--period", str(YEAR), "--on", END.isoformat())
    work = zhibu(*words, "--jobs", "2", "--output", str(output))
    # Processes of their own have nothing to warm up.
    ours, theirs = in_turn(work, lambda: parse_all(segments), runs, warm=False)
    return Figure(
        f"score {form} from segments, {branches:,} branches, {rows_of(segments):,} events, JSON written",
        "parsing the same lines",
        ours,
        theirs,
        6,
        "at most 150 MB a process",
        children_mb(),
    )


def score_001(made: Made) -> Figure:
    """Form 001 over a folder, two processes."""
    return _score(made, FORM_001, BRANCHES, runs=1 if QUICK else 3)


def score_000(made: Made) -> Figure:
    """Form 000 over a folder, two processes."""
    return _score(made, FORM_000, BRANCHES, runs=1 if QUICK else 3)


def growth(made: Made) -> Figure:
    """Ten times the branches beside ten times the time."""
    few, many = made.segments(SMALL), made.segments(BRANCHES)

    def scored(segments: str) -> float:
        words = ("score", FORM_001, "--segments", segments, "--period", str(YEAR), "--on", END.isoformat())
        return timed(zhibu(*words, "--jobs", "2", "--output", str(made.own / "answer.json")))

    small, large = min(scored(few) for _ in range(2)), scored(many)
    share = rows_of(many) / rows_of(few)
    return Figure(
        f"the same, {SMALL:,} → {BRANCHES:,} branches",
        "the smaller, by its events",
        large,
        small * share,
        1.1,
    )


def country_001(made: Made) -> Figure:
    """Form 001 over 30 M events; not among the ordinary rows."""
    return _score(made, FORM_001, COUNTRY, runs=1)


def country_000(made: Made) -> Figure:
    """Form 000 over 30 M events; not among the ordinary rows."""
    return _score(made, FORM_000, COUNTRY, runs=1)


def export_whole(made: Made) -> Figure:
    """Exporting a ledger as segments beside one file of lines."""
    url = made.ledger(LEDGER)
    with opened(url) as store:

        def segments() -> None:
            shutil.rmtree(made.own / "segments", ignore_errors=True)
            export_segments(store, str(made.own / "segments"))

        def lines() -> None:
            with (made.own / "lines.jsonl").open("wb") as stream:
                export_jsonl(store, stream)

        ours, theirs = in_turn(segments, lines, 3, warm=not QUICK)
        events = store.head().position
    return Figure(f"exporting segments of {events:,} events", "export to one file", ours, theirs, 1.3)


def export_added(made: Made) -> Figure:
    """Adding a thousand events to segments beside exporting whole."""
    url = made.ledger(LEDGER)
    with opened(url) as store:
        end = store.head().position
        before, folder = made.own / "before", made.own / "segments"
        export_segments(store, str(before), upto=end - 1_000)
        whole = timed(lambda: export_segments(store, str(made.own / "whole")))
        spent = []
        for _ in range(5):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(before, folder)
            spent.append(timed(lambda: export_segments(store, str(folder))))
    return Figure(
        f"adding 1,000 events to segments of {end - 1_000:,}",
        "exporting whole",
        sorted(spent)[2],
        whole,
        0.05,
    )
