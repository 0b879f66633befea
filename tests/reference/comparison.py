"""How two answers differ: every score, state and entry, but not the words of a cause.

In: two lists of `scores`. Out: the differences as lines, none if they agree. Entries that only the log tells
apart (two findings of one day) may stand in either order, and may share a rounded hundredth either way; what
is shown beside an entry that was waived is left open, and so is `required` where the reference names none.
"""

from collections import Counter
from collections.abc import Callable  # noqa: TC003
from fractions import Fraction
from typing import Any

Row = dict[str, Any]

OF_BRANCH = ("total", "base", "bonus", "at_risk", "unassessed", "in_play", "grade", "vetoed", "rank")
OF_SECTION = ("points", "score")
OF_ITEM = ("points", "score", "at_risk", "unassessed")
OF_CLAUSE = ("points", "score", "computed", "self", "superior", "department", "at_risk", "unassessed", "owed")
OF_ENTRY = ("state", "window", "due_on", "member", "advisory")


def differences(ours: list[Row], theirs: list[Row]) -> list[str]:
    """Where the second answer differs from the first: `b1 c2 score: 1.00, got 2.00`."""
    told: list[str] = []
    _same_ids("branch", ours, theirs, "branch", told)
    for row, other in zip(ours, theirs, strict=False):
        name = row["branch"]
        _same(name, OF_BRANCH, row, other, told)
        _same_entries(f"{name} veto", row["veto"], other["veto"], told)
        _same_ids(f"{name} section", row["sections"], other["sections"], "id", told)
        for section, got in zip(row["sections"], other["sections"], strict=False):
            _same(f"{name} section {section['id']}", OF_SECTION, section, got, told)
            _same_ids(f"{name} item", section["items"], got["items"], "id", told)
            for item, got_item in zip(section["items"], got["items"], strict=False):
                _same(f"{name} item {item['id']}", OF_ITEM, item, got_item, told)
                _same_ids(f"{name} clause", item["clauses"], got_item["clauses"], "id", told)
                for clause, got_clause in zip(item["clauses"], got_item["clauses"], strict=False):
                    where = f"{name} clause {clause['id']}"
                    _same(where, OF_CLAUSE, clause, got_clause, told)
                    _same_entries(where, clause["entries"], got_clause["entries"], told)
    return told


def _same_ids(where: str, ours: list[Row], theirs: list[Row], key: str, told: list[str]) -> None:
    ids, got = [row[key] for row in ours], [row[key] for row in theirs]
    if ids != got:
        told.append(f"{where}: {ids}, got {got}")


def _same(where: str, keys: tuple[str, ...], ours: Row, theirs: Row, told: list[str]) -> None:
    told += [f"{where} {key}: {ours[key]}, got {theirs[key]}" for key in keys if ours[key] != theirs[key]]


def _number(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _same_entries(where: str, ours: list[Row], theirs: list[Row], told: list[str]) -> None:
    """Compare entries by what they are, each time with one more thing that they tell."""
    if [entry["due_on"] for entry in ours] != [entry["due_on"] for entry in theirs]:
        told.append(f"{where}: the entries are due in another order")
    lines: list[tuple[Callable[[Row], str], Callable[[Row], bool]]] = [
        (lambda e: f"{_what(e)} points {e['points']}", lambda _: True),
        (lambda e: f"{_what(e)} events {sorted(e['events'])}", lambda e: e["state"] != "waived"),
    ]
    for line_of, compared in lines:
        expected, got = (
            Counter(line_of(entry) for entry in entries if compared(entry)) for entries in (ours, theirs)
        )
        told += [f"{where} entry: {line}, not there" for line in sorted((expected - got).elements())]
        told += [f"{where} entry: {line}, not expected" for line in sorted((got - expected).elements())]
    # units are compared where we name them; where we do not, the other may
    counted = Counter(_units(entry) for entry in ours if entry["required"] is not None)
    lacking = counted - Counter(_units(entry) for entry in theirs)
    told += [f"{where} entry: {line}, not there" for line in sorted(lacking.elements())]


def _units(entry: Row) -> str:
    return f"{_what(entry)} done {_number(entry['done'])} of {_number(entry['required'])}"


def _what(entry: Row) -> str:
    return " ".join(str(entry[name]) for name in OF_ENTRY)
