"""A certificate in the log, read again and checked.

In: an open ledger, a `score_sealed` event, today's rubric of its id; the JSON of its answer, as an older
program may have written it. Out: a verdict; the total and the clauses with their entries, typed.
Deliberately absent: what is asked of a certificate (`seals`), and how it is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledger.errors import BrokenChain
from projections.answers.scoring import head_at, named_period, replay_of
from projections.answers.seals import Verdict, check_seal
from projections.engine.entries import Entry
from projections.engine.periods import Window, parse_period
from projections.engine.results import BranchScore, ClauseScore, Judgement
from rubrics.numbers import parse_points
from rubrics.reader.loaded import parse_rubric

if TYPE_CHECKING:
    from ledger.store.codec import Recorded
    from ledger.store.event_store import Store

_NUMBERS = ("points", "score", "computed", "at_risk", "unassessed")


@dataclass(frozen=True, slots=True)
class SealedScore:
    """What a certificate says of a branch: points in hundredths."""

    total: int
    clauses: Sequence[ClauseScore]


def read_sealed(answer: Mapping[str, Any], year_start: int) -> SealedScore:
    """Read the one score of a sealed answer. Raises KeyError, ValueError, TypeError where it is none."""
    score = answer["scores"][0]
    clauses = [
        _clause(clause, year_start)
        for section in score["sections"]
        for item in section["items"]
        for clause in item["clauses"]
    ]
    return SealedScore(parse_points(score["total"]), clauses)


def _clause(row: Mapping[str, Any], year_start: int) -> ClauseScore:
    number = {name: parse_points(row[name]) for name in _NUMBERS}
    return ClauseScore(
        id=row["id"],
        points=number["points"],
        score=number["score"],
        computed=number["computed"],
        unclipped=number["computed"],
        at_risk=number["at_risk"],
        unassessed=number["unassessed"],
        owed=bool(row["owed"]),
        self_=_judgement(row, "self"),
        superior=_judgement(row, "superior"),
        department=_judgement(row, "department"),
        entries=tuple(_entry(entry, year_start) for entry in row["entries"]),
    )


def _judgement(row: Mapping[str, Any], assessor: Any) -> Judgement | None:
    points = row[assessor]
    return None if points is None else Judgement(assessor, parse_points(points), date.min, "")


def _entry(row: Mapping[str, Any], year_start: int) -> Entry:
    return Entry(
        clause=0,
        rule=None,
        state=row["state"],
        cause=str(row["cause"]),
        due=date.fromisoformat(row["due_on"]).toordinal(),
        window=_window(row["window"], year_start),
        member=row["member"],
        required=_units(row["required"]),
        done=_units(row["done"]),
        advisory=bool(row["advisory"]),
        points=parse_points(row["points"]),
        events=tuple(map(str, row["events"])),
    )


def _window(label: str | None, year_start: int) -> Window | None:
    if label is None:
        return None
    period = parse_period(label, year_start)
    return Window("", 0, label, period.start, period.end, period.start.toordinal(), period.end.toordinal())


def _units(text: str | None) -> int | None:
    return None if text is None else int(Decimal(text) * 100)


def check_certificate(store: "Store", found: "Recorded", todays_rubric: str | None, program: str) -> Verdict:
    """Check a certificate. Raises RubricError where this program cannot read the sealed rubric any more.

    `todays_rubric`: the text of the rubric of that id as it is now, None where there is none.
    """
    sealed = found.payload()
    position = int(str(sealed["position"]))

    def replay_with(text: str, upto: int | None) -> BranchScore:
        loaded = parse_rubric(text, str(sealed["rubric"]))
        _, answer = replay_of(
            store,
            loaded,
            named_period(str(sealed["period"]), loaded.rubric.year_start),
            on=date.fromisoformat(str(sealed["on"])),
            upto=position if upto is None else upto,
            branches=[found.branch],
            explain=True,
        )
        return answer.branch(found.branch)

    return check_seal(
        sealed,
        _recomputed_head(store, position),
        replay_with,
        todays_rubric=todays_rubric,
        head=store.head().position,
        program=program,
    )


def _recomputed_head(store: "Store", position: int) -> str:
    """Recompute the chain and return the hash at a position; a broken chain counts as another log."""
    try:
        store.verify()
    except BrokenChain:
        return ""
    return head_at(store, position)
