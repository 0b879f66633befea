"""Seals: a replay's answer as a certificate, and whether it still holds.

In: an answer with the rubric's whole text; later a sealed payload and the ledger. Out: the payload to append;
later a `Verdict`. Deliberately absent: appending, the clock, printing.

A certificate carries all that its replay was computed from but the events: the position and head of the log,
the rubric's text, the period, the day. Checking it asks four questions, in order:

1. Is the certificate itself whole? Its digests are those of its own rubric and answer.
2. Does the log still begin with what it was computed from? The head at its position is the same.
3. Does the same replay, with the sealed rubric, still give the same points?
4. Would today's rubric of that id give others?
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from projections.compare import Difference, compare_scores

Answer = Mapping[str, Any]
Replayer = Callable[[str], Answer]
"""Replays the sealed prefix, period, day and branch with the rubric whose text is given."""


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, newlines as line feeds: `sha256:…`."""
    return "sha256:" + hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


def build_seals(answer: Answer, rubric_text: str, program: str) -> dict[str, dict[str, Any]]:
    """Return the payload of `score_sealed` for each branch of an answer.

    Each holds the answer as it is for the branch alone, so that it can be checked alone: `rank` is 1.
    """
    seals = {}
    for score in answer["scores"]:
        alone = {**answer, "scores": [{**score, "rank": 1}]}
        text = orjson.dumps(alone).decode()
        seals[score["branch"]] = {
            "rubric": answer["rubric"]["id"],
            "period": answer["period"]["name"],
            "on": answer["on"],
            "position": answer["ledger"]["position"],
            "head": answer["ledger"]["head"],
            "rubric_version": answer["rubric"]["version"],
            "rubric_digest": answer["rubric"]["digest"],
            "rubric_text": rubric_text,
            "answer_digest": digest_of(text),
            "answer": text,
            "program": program,
        }
    return seals


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found. The certificate holds where `tampered` is empty and `moved` is.

    `tampered` names what is not as it was sealed: `answer`, `rubric`, `log`. `moved`: clauses for which the
    same replay gives other points today. `by_todays_rubric`: clauses for which the rubric of that id as it is
    now would give others (None where it is the same, or is not to be had).
    """

    tampered: Sequence[str]
    sealed_total: str | None
    total: str | None
    moved: Sequence[Difference]
    by_todays_rubric: Sequence[Difference] | None

    @property
    def holds(self) -> bool:
        """Whether the sealed points stand."""
        return not self.tampered and not self.moved and self.sealed_total == self.total


def check_seal(
    sealed: Mapping[str, Any], head_at_position: str, replay_with: Replayer, todays_rubric: str | None
) -> Verdict:
    """Check a sealed payload against the log and against a new replay.

    `head_at_position` is the recomputed hash of the log at the sealed position; `todays_rubric` the text of
    the rubric of the sealed id as it is now, None where there is none.
    """
    tampered = []
    if digest_of(sealed["answer"]) != sealed["answer_digest"]:
        tampered.append("answer")
    if digest_of(sealed["rubric_text"]) != sealed["rubric_digest"]:
        tampered.append("rubric")
    if head_at_position != sealed["head"]:
        tampered.append("log")
    if tampered:
        return Verdict(tampered, None, None, [], None)
    then = orjson.loads(sealed["answer"])["scores"][0]
    now = replay_with(sealed["rubric_text"])["scores"][0]
    by_todays_rubric = None
    if todays_rubric is not None and digest_of(todays_rubric) != sealed["rubric_digest"]:
        by_todays_rubric = compare_points(now, replay_with(todays_rubric)["scores"][0])
    moved = compare_points(then, now)
    return Verdict([], then["total"], now["total"], moved, by_todays_rubric)


def compare_points(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[Difference]:
    """List the clauses whose points differ; entries alone, told in other words, do not break a seal."""
    return [d for d in compare_scores(then, now) if d.a is None or d.b is None or d.moved != 0]
