"""Entries in words: what moved each point of a clause, a line an entry.

In: an entry of the engine, names. Out: words. Deliberately absent: the events behind an entry (`events`), and
choosing which entries are worth telling.
"""

from collections.abc import Iterable, Sequence

from ledger.words import NOTHING, Words, as_words, joined
from projections.engine.entries import Entry
from projections.text.amounts import print_units
from projections.text.causes import cause_words
from projections.text.labels import ADVISORY, LABELS
from projections.text.names import NAMELESS, Names
from rubrics.numbers import print_points

STATES = {
    "met": LABELS["met"],
    "lost": Words("失分", "lost"),
    "gained": LABELS["gained"],
    "open": LABELS["open"],
    "waived": LABELS["waived"],
}
# Nothing is lost by what is advisory.
_MISSED = Words("未达要求", "missed")
# Of what has no window, the day is that of the event, but for these.
_BY_A_DAY = ("deadline:", "submission:")


def state_words(entry: Entry) -> Words:
    """Return the state of an entry."""
    return _MISSED if entry.advisory and entry.state == "lost" else STATES[entry.state]


def entry_cause(entry: Entry) -> Words:
    """Return the cause of an entry: where nothing at all was done, not that it was not enough."""
    nothing = entry.cause == "quota:missing" and not entry.done
    return cause_words("quota:none" if nothing else entry.cause)


def how_much(entry: Entry) -> Words:
    """Say how much of what was asked for is there: 1/2; ×2 where there should be none; 5 of at most 4.

    One of one, or one where there should be none, goes without saying.
    """
    if entry.required is None or entry.done is None or entry.required == 100:
        return NOTHING
    required, done = print_units(entry.required), print_units(entry.done)
    if entry.required == 0:
        return NOTHING if entry.done == 100 else as_words(f"×{done}")
    if entry.cause.startswith("excess:"):
        return Words(f"{done}，至多 {required}", f"{done}, at most {required}")
    return as_words(f"{done}/{required}")


def due_words(entry: Entry) -> Words:
    """Say by when something is or was to be done."""
    return LABELS["due"] + f" {entry.due_on}"


def entry_line(entry: Entry, names: Names = NAMELESS) -> Words:
    """Return an entry in a line: points, state, when, why, how much, by when, whose."""
    return _line(entry, names.member(entry.member) if entry.member else NOTHING)


def entry_lines(entries: Sequence[Entry], names: Names = NAMELESS) -> list[Words]:
    """Return a line an entry; entries that differ in the member alone share one, with all their members."""
    bundles: dict[Words, list[Entry]] = {}
    for entry in entries:
        bundles.setdefault(_line(entry, NOTHING), []).append(entry)
    return [_bundle(alike, bundle, names) for alike, bundle in bundles.items()]


def _bundle(alike: Words, bundle: Sequence[Entry], names: Names) -> Words:
    if len(bundle) == 1:
        return entry_line(bundle[0], names)
    members = joined((names.member(entry.member) for entry in bundle if entry.member), ", ")
    return alike + f"  ×{len(bundle)}" + (": " + members if members else "")


def _line(entry: Entry, member: Words) -> Words:
    points = print_points(entry.points)
    parts: Iterable[Words] = (
        as_words(f"{points:>6}" if entry.points <= 0 else f"{'+' + points:>6}"),
        state_words(entry),
        _when(entry),
        entry_cause(entry),
        how_much(entry),
        due_words(entry) if entry.window else NOTHING,
        member,
        ADVISORY if entry.advisory else NOTHING,
    )
    return joined(parts, "  ")


def _when(entry: Entry) -> Words:
    if entry.label:
        return as_words(entry.label)
    return due_words(entry) if entry.cause.startswith(_BY_A_DAY) else as_words(entry.due_on.isoformat())
