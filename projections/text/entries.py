"""Entries in words: what moved each point of a clause, a line an entry; how each source graded a criterion.

In: an entry of the engine, or a grade of the score with its rubric; names. Out: words; a line a source.
Deliberately absent: the events behind an entry (`events`), choosing which entries are worth telling, means.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from ledger.events import fields_of
from ledger.words import COMMA, NOTHING, Words, as_words, joined
from projections.engine.entries import Entry
from projections.engine.results import Grade, Source
from projections.text.amounts import half_up, print_units
from projections.text.labels import ADVISORY, LABELS, NAMELESS, Names
from projections.text.rules import cause_words
from rubrics.model import Rubric
from rubrics.numbers import print_points

_GRADES = {
    "excellent": Words("优秀", "excellent"),
    "good": Words("较好", "good"),
    "fair": Words("一般", "fair"),
    "poor": Words("差", "poor"),
}
_STATES = {
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


def grade_lines(grade: Grade, rubric: Rubric) -> Iterator[Words]:
    """Yield how each source graded, and what they came to together where there are several."""
    assert rubric.grades is not None
    worth: dict[str, str] = {word: _short(Fraction(points)) for word, points in rubric.grades.values.items()}
    weights = list(map(str, rubric.grades.weights))
    sources = sorted(grade.sources, key=lambda source: weights.index(source.name))
    for source in sources:
        yield _source(source, worth)
    if len(sources) > 1:
        whole = sum(source.weight for source in sources)
        shares = joined(
            (
                _name(source) + Words("占 ", " weighs ") + _percent(source.weight / whole)
                for source in sources
            ),
            COMMA,
        )
        value = _exact(grade.value)
        yield shares + Words(f"，合 {value} 分", f": {value}")


def _source(source: Source, worth: dict[str, str]) -> Words:
    given = joined(
        Words(
            f"{label.zh} {source.voices[word]} 票（每票 {worth[word]} 分）",
            f"{source.voices[word]} {label.en} (at {worth[word]})",
        )
        for word, label in _GRADES.items()
        if source.voices.get(word)
    )
    mean = _exact(source.value)
    return _name(source) + Words("测评：", ": ") + given + Words(f"，平均 {mean} 分", f", mean {mean}")


def _name(source: Source) -> Words:
    known = fields_of("grades_tallied")["source"].choices.get(source.name)
    return as_words(source.name) if known is None else known.label


def _exact(hundredths: Fraction) -> str:
    return print_points(half_up(hundredths))


def _short(hundredths: Fraction) -> str:
    return _exact(hundredths).removesuffix(".00")


def _percent(share: Fraction) -> str:
    hundred = share * 100
    return f"{hundred}%" if hundred.denominator == 1 else f"{share.numerator}/{share.denominator}"


def state_words(entry: Entry) -> Words:
    """Return the state of an entry."""
    return _MISSED if entry.advisory and entry.state == "lost" else _STATES[entry.state]


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


def _due_words(entry: Entry) -> Words:
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
        _due_words(entry) if entry.window else NOTHING,
        member,
        ADVISORY if entry.advisory else NOTHING,
    )
    return joined(parts, "  ")


def _when(entry: Entry) -> Words:
    if entry.label:
        return as_words(entry.label)
    return _due_words(entry) if entry.cause.startswith(_BY_A_DAY) else as_words(entry.due_on.isoformat())
