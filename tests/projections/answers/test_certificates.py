"""What a certificate is held against: itself, the log it was made of, today's program, rubric and log."""

from dataclasses import replace
from datetime import date
from typing import Any

import orjson
import pytest

from ledger.intake.admission import Line
from ledger.intake.batch import record_all
from ledger.store.event_store import Store
from projections.answers.document import Replayed
from projections.answers.scoring import replay_of
from projections.answers.seals import Verdict, build_seals, check_seal, digest_of
from projections.engine.periods import parse_period
from projections.engine.results import BranchScore
from rubrics.known_clauses import KnownClauses
from rubrics.library import Library, load
from tests.program import ROOT
from tests.projections.reports.offices import NOW

FORM = "college-staff-branch-2019"


@pytest.fixture
def replayed(sqlite_store: Store) -> tuple[Replayed, BranchScore]:
    """The demonstration's year of b1."""
    lines = (ROOT / "cli/demo/events.jsonl").read_bytes().splitlines()
    source = [Line("demo", number, line) for number, line in enumerate(lines, start=1)]
    record_all(sqlite_store, [source], now=NOW, today=NOW.date(), known=KnownClauses(Library()))
    head, answer = replay_of(
        sqlite_store, load(FORM), parse_period("2019"), on=date(2020, 1, 31),
        upto=sqlite_store.head().position, branches=["b1"], explain=True,
    )  # fmt: skip
    return head, answer.branch("b1")


def sealed_by(replayed: tuple[Replayed, BranchScore], program: str) -> dict[str, Any]:
    head, score = replayed
    return build_seals(head, [score], load(FORM).text, program)["b1"]


def reckoned_otherwise(sealed: dict[str, Any]) -> dict[str, Any]:
    """The same certificate as another program would have made it: one point less in 6.4, and in all."""
    answer = orjson.loads(sealed["answer"])
    score = answer["scores"][0]
    rows = [c for section in score["sections"] for item in section["items"] for c in item["clauses"]]
    [row] = [row for row in rows if row["id"] == "6.4"]
    row["score"], score["total"] = "1.00", "86.50"
    text = orjson.dumps(answer).decode()
    return {**sealed, "answer": text, "answer_digest": digest_of(text)}


def verdict_on(sealed: dict[str, Any], now: BranchScore, today: BranchScore | None = None) -> Verdict:
    def replay_with(text: str, upto: int | None) -> BranchScore:
        return now if upto is None or today is None else today

    head = int(sealed["position"]) + (today is not None)
    return check_seal(sealed, sealed["head"], replay_with, todays_rubric=None, head=head, program="zhibu 2")


def test_the_same_points_hold_whichever_program_sealed_them(replayed: tuple[Replayed, BranchScore]) -> None:
    for program in ("zhibu 1", "zhibu 2"):
        verdict = verdict_on(sealed_by(replayed, program), replayed[1])
        assert (verdict.holds, verdict.sealed_total, verdict.total) == (True, 87_50, 87_50)
        assert (verdict.by_todays_rubric, verdict.by_todays_log) == (None, None)


def test_an_older_program_that_reckoned_otherwise_is_told_by_clause_and_the_certificate_stands(
    replayed: tuple[Replayed, BranchScore],
) -> None:
    verdict = verdict_on(reckoned_otherwise(sealed_by(replayed, "zhibu 1")), replayed[1])
    assert (verdict.holds, verdict.sealed_total, verdict.total) == (True, 86_50, 87_50)
    assert [found.clause for found in verdict.moved] == ["6.4"]


def test_other_points_by_the_same_program_do_not_hold(replayed: tuple[Replayed, BranchScore]) -> None:
    verdict = verdict_on(reckoned_otherwise(sealed_by(replayed, "zhibu 2")), replayed[1])
    assert not verdict.holds


def test_what_todays_log_would_give_is_told_by_clause(replayed: tuple[Replayed, BranchScore]) -> None:
    score = replayed[1]
    section = score.sections[0]
    item = section.items[0]
    clause = replace(item.clauses[0], score=item.clauses[0].score - 50)
    changed = replace(section, items=(replace(item, clauses=(clause, *item.clauses[1:])), *section.items[1:]))
    today = replace(score, sections=(changed, *score.sections[1:]))
    verdict = verdict_on(sealed_by(replayed, "zhibu 2"), score, today)
    assert verdict.holds
    assert verdict.by_todays_log is not None
    assert [(found.clause, found.moved) for found in verdict.by_todays_log] == [(clause.id, -50)]


@pytest.mark.parametrize("answer", ["{}", "[]", '{"scores": [{"total": "x"}]}'])
def test_an_answer_that_is_none_is_tampered_with(answer: str, replayed: tuple[Replayed, BranchScore]) -> None:
    sealed = {**sealed_by(replayed, "zhibu 2"), "answer": answer, "answer_digest": digest_of(answer)}
    assert verdict_on(sealed, replayed[1]).tampered == ["answer"]
