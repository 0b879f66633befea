"""Seals: a replay's answer as a certificate, read again, and whether it still holds.

In: a replay with the rubric's whole text; later a sealed payload, its answer as an older program may have
written it, and the ledger. Out: the payload to append; later the total and the clauses with their entries,
typed, a `Verdict`, and its document. Deliberately absent: appending, the clock, printing.

A certificate carries all that its replay was computed from but the events: the position and head of the log,
the rubric's text, the period, the day. Checking it asks five questions, in order:

1. Is the certificate itself whole? Its digests are those of its own rubric and answer.
2. Does the log still begin with what it was computed from? The head at its position is the same.
3. Does the same replay, with the sealed rubric, still give the same points? An older program may have
   reckoned otherwise: then it is told where, and the certificate stands.
4. Would today's rubric of that id give others?
5. Would today's log?
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import orjson

from projections.answers.compare import Difference, compare_clauses
from projections.answers.document import Replayed, Row, answer_row, entry_row
from projections.engine.entries import Entry
from projections.engine.periods import Window, parse_period
from projections.engine.results import BranchScore, ClauseScore, Judgement
from rubrics.numbers import parse_points, print_points
from rubrics.reader.loaded import parse_rubric

_NUMBERS = ("points", "score", "computed", "at_risk", "unassessed")
Replayer = Callable[[str, int | None], BranchScore]
"""Replays the sealed period, day and branch with the rubric whose text is given, up to a position (the sealed
one where left out)."""


@dataclass(frozen=True, slots=True)
class _SealedScore:
    """What a certificate says of a branch: points in hundredths."""

    total: int
    clauses: Sequence[ClauseScore]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found.

    `tampered` names what is not as it was sealed: `answer`, `rubric`, `log`; nothing else is asked then.
    `moved`: clauses for which the same replay gives other points today; `older`: the certificate was made by
    another version of the program, which may have reckoned otherwise. `by_todays_rubric`, `by_todays_log`:
    clauses for which the rubric of that id as it is now, or the log as it is now, would give others; None
    where nothing differs, or it cannot be had. Points are hundredths.
    """

    tampered: Sequence[str]
    sealed_total: int | None
    total: int | None
    moved: Sequence[Difference]
    by_todays_rubric: Sequence[Difference] | None
    by_todays_log: Sequence[Difference] | None
    older: bool = False

    @property
    def holds(self) -> bool:
        """Whether the sealed points stand."""
        same = not self.moved and self.sealed_total == self.total
        return not self.tampered and (same or self.older)


def _read_sealed(answer: Mapping[str, Any], year_start: int) -> _SealedScore:
    """Read the one score of a sealed answer. Raises KeyError, ValueError, TypeError where it is none."""
    score = answer["scores"][0]
    clauses = [
        _clause(clause, year_start)
        for section in score["sections"]
        for item in section["items"]
        for clause in item["clauses"]
    ]
    return _SealedScore(parse_points(score["total"]), clauses)


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


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, newlines as line feeds: `sha256:…`."""
    return "sha256:" + hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


def build_seals(
    replayed: Replayed, scores: Sequence[BranchScore], rubric_text: str, program: str
) -> dict[str, Row]:
    """Return the payload of `score_sealed` for each branch of a replay with its entries.

    Each holds the answer as it is for the branch alone, so that it can be checked alone: `rank` is 1.
    """
    seals: dict[str, Row] = {}
    for score in scores:
        alone = answer_row(replayed, [score], explain=True)
        alone["scores"][0]["rank"] = 1
        text = orjson.dumps(alone).decode()
        seals[score.branch] = {
            "rubric": replayed.rubric.id,
            "period": replayed.period.name,
            "on": replayed.on.isoformat(),
            "position": replayed.position,
            "head": replayed.head,
            "rubric_version": replayed.rubric.version,
            "rubric_digest": replayed.digest,
            "rubric_text": rubric_text,
            "answer_digest": digest_of(text),
            "answer": text,
            "program": program,
        }
    return seals


def check_seal(
    sealed: Mapping[str, Any],
    head_at_position: str,
    replay_with: Replayer,
    *,
    todays_rubric: str | None,
    head: int,
    program: str,
) -> Verdict:
    """Check a sealed payload against the log and against new replays.

    `head_at_position` is the recomputed hash of the log at the sealed position; `todays_rubric` the text of
    the rubric of the sealed id as it is now, None where there is none; `head` the log's last position;
    `program` this one, as it seals. Raises RubricError where it cannot read the sealed rubric any more.
    """
    tampered = _tampered(sealed, head_at_position)
    if tampered:
        return Verdict(tampered, None, None, [], None, None)
    rubric = parse_rubric(sealed["rubric_text"], sealed["rubric"]).rubric
    try:
        then = _read_sealed(orjson.loads(sealed["answer"]), rubric.year_start)
    except (KeyError, IndexError, TypeError, ValueError, ArithmeticError):
        return Verdict(["answer"], None, None, [], None, None)
    now = replay_with(sealed["rubric_text"], None)
    by_rubric = by_log = None
    if todays_rubric is not None and digest_of(todays_rubric) != sealed["rubric_digest"]:
        by_rubric = _points_apart(now.clauses(), replay_with(todays_rubric, None).clauses())
    if head > int(sealed["position"]):
        by_log = _points_apart(now.clauses(), replay_with(sealed["rubric_text"], head).clauses())
    return Verdict(
        [],
        then.total,
        now.total,
        _points_apart(then.clauses, now.clauses()),
        by_rubric or None,
        by_log or None,
        older=sealed["program"] != program,
    )


def _tampered(sealed: Mapping[str, Any], head_at_position: str) -> list[str]:
    found = []
    if digest_of(sealed["answer"]) != sealed["answer_digest"]:
        found.append("answer")
    if digest_of(sealed["rubric_text"]) != sealed["rubric_digest"]:
        found.append("rubric")
    if head_at_position != sealed["head"]:
        found.append("log")
    return found


def _points_apart(then: Any, now: Any) -> list[Difference]:
    """List the clauses whose points differ; entries alone, told in other words, do not break a seal."""
    return [d for d in compare_clauses(then, now) if d.a is None or d.b is None or d.moved != 0]


def verdict_row(sealed: Mapping[str, Any], verdict: Verdict) -> Row:
    """Return the JSON of a verdict, but for the certificate's own id and branch."""
    return {
        "rubric": {
            "id": sealed["rubric"],
            "version": sealed["rubric_version"],
            "digest": sealed["rubric_digest"],
        },
        "period": sealed["period"],
        "on": sealed["on"],
        "ledger": {"position": sealed["position"], "head": sealed["head"]},
        "program": sealed["program"],
        "holds": verdict.holds,
        "tampered": list(verdict.tampered),
        "sealed_total": None if verdict.sealed_total is None else print_points(verdict.sealed_total),
        "total": None if verdict.total is None else print_points(verdict.total),
        "moved": [_difference_row(found) for found in verdict.moved],
        "by_todays_rubric": _rows(verdict.by_todays_rubric),
        "by_todays_log": _rows(verdict.by_todays_log),
    }


def _rows(differences: Sequence[Difference] | None) -> list[Row] | None:
    return None if differences is None else [_difference_row(found) for found in differences]


def _difference_row(found: Difference) -> Row:
    return {
        "clause": found.clause,
        "a": None if found.a is None else print_points(found.a.score),
        "b": None if found.b is None else print_points(found.b.score),
        "entries_a": [entry_row(entry) for entry in found.only_a],
        "entries_b": [entry_row(entry) for entry in found.only_b],
    }
