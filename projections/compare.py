"""Two replays side by side: which clauses differ, by which entries, through which events.

In: two scores of the contract's document, with entries. Out: a `Difference` a clause that differs.
Deliberately absent: which two; instants, periods, versions of a rubric, branches are all the same to it.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Row = Mapping[str, Any]

COMPARED = ("score", "computed", "self", "superior", "department", "at_risk", "unassessed")


@dataclass(frozen=True, slots=True)
class Difference:
    """A clause that differs: its row in either replay, the entries that only one has, the events behind them.

    A row is None where that rubric has no such clause. `events` are the ids that stand behind such entries of
    one replay and behind none of the other's.
    """

    clause: str
    a: Row | None
    b: Row | None
    only_a: Sequence[Row]
    only_b: Sequence[Row]
    events: Sequence[str]

    @property
    def in_points(self) -> bool:
        """Whether points differ, and not only the entries behind the same points."""
        return self.a is None or self.b is None or any(self.a[key] != self.b[key] for key in COMPARED)

    @property
    def moved(self) -> Decimal:
        """How many points more the second replay gives."""
        return _points(self.b) - _points(self.a)


def _points(row: Row | None) -> Decimal:
    return Decimal(0) if row is None else Decimal(row["score"])


def compare_scores(a: Row, b: Row) -> list[Difference]:
    """List the clauses whose points, or whose entries, differ between two scores, in the form's order."""
    ours, theirs = dict(_clauses(a)), dict(_clauses(b))
    order = [*theirs, *(clause for clause in ours if clause not in theirs)]
    found = (_difference(clause, ours.get(clause), theirs.get(clause)) for clause in order)
    return [difference for difference in found if difference is not None]


def _clauses(score: Row) -> Iterator[tuple[str, Row]]:
    for section in score["sections"]:
        for item in section["items"]:
            for clause in item["clauses"]:
                yield clause["id"], clause


def _difference(clause: str, a: Row | None, b: Row | None) -> Difference | None:
    only_a, only_b = _apart(a, b), _apart(b, a)
    here, there = _events(only_a), _events(only_b)
    alone = [event for event in {**here, **there} if (event in here) != (event in there)]
    found = Difference(clause, a, b, only_a, only_b, alone)
    return found if found.in_points or only_a or only_b else None


def _apart(ours: Row | None, theirs: Row | None) -> list[Row]:
    """Return the entries that the first has and the second has not, equal ones counted."""
    others = Counter(_key(entry) for entry in (theirs or {}).get("entries", ()))
    apart = []
    for entry in (ours or {}).get("entries", ()):
        key = _key(entry)
        if others[key]:
            others[key] -= 1
        else:
            apart.append(entry)
    return apart


def _key(entry: Row) -> str:
    return json.dumps(entry, sort_keys=True)


def _events(entries: Sequence[Row]) -> dict[str, None]:
    return dict.fromkeys(event for entry in entries for event in entry["events"])


def comparison_document(a: Row, b: Row, score_a: Row, score_b: Row) -> dict[str, Any]:
    """Build the JSON of a comparison from two answers and the one score of each that is compared.

    `clauses` are those whose points differ; `same_points` names those where only the entries behind do.
    """
    differences = compare_scores(score_a, score_b)
    return {
        "a": _side(a, score_a),
        "b": _side(b, score_b),
        "difference": _signed(Decimal(score_b["total"]) - Decimal(score_a["total"])),
        "clauses": [
            {
                "clause": d.clause,
                "a": None if d.a is None else d.a["score"],
                "b": None if d.b is None else d.b["score"],
                "difference": _signed(d.moved),
                "entries_a": list(d.only_a),
                "entries_b": list(d.only_b),
                "events": list(d.events),
            }
            for d in differences
            if d.in_points
        ],
        "same_points": [d.clause for d in differences if not d.in_points],
    }


def _side(answer: Row, score: Row) -> dict[str, Any]:
    head = {key: answer[key] for key in ("rubric", "period", "on", "ledger")}
    return {**head, "branch": score["branch"], "total": score["total"]}


def _signed(points: Decimal) -> str:
    return f"{points:.2f}"
