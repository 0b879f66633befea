"""Submissions: each document that the superior requested is sent, in time, and conforming.

In: a branch, a submission rule. Out: one entry a request whose day lies in the period. Deliberately absent:
documents that nobody requested; quotas ask for those.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from projections.engine.branch import Branch
from projections.engine.entries import Entry, State
from projections.engine.plan import PlannedRule
from projections.engine.reading.facts import Fact, day_number
from projections.engine.rules.making import ids_of
from rubrics.rules import Submission


def submissions(branch: Branch, planned: PlannedRule, rule: Submission) -> Iterator[Entry]:
    """Judge each request by the papers that answer it, the first conforming one above all."""
    requests = branch.of("document_requested")
    if not requests:
        return
    answers = _answers(requests, branch.of("document_submitted"))
    for request in requests:
        due = day_number(request.data["due_on"])[0]
        if request.day < branch.owes_from or due >= branch.owes_until or not branch.frame.holds(due):
            continue
        papers = answers.get((request.data["ref"], request.day), [])
        outcome, cost = _outcome(rule, due, papers)
        state: State = "met" if outcome == "in_time" else "lost" if due <= branch.frame.on else "open"
        done = 100 if state == "met" else 0
        yield Entry(
            planned.clause, planned.order, state, f"submission:{outcome}", due, None, None, 100, done, 100 -
            done, -cost, planned.charges[0], rule.advisory, request.position, ids_of(branch, [request,
            *papers]), request.day, request.id, request.data["ref"],
        )  # fmt: skip


def _answers(requests: Sequence[Fact], papers: Sequence[Fact]) -> dict[tuple[str, int], list[Fact]]:
    """Return the papers that answer the requests of a ref and a day.

    A ref that is used again begins anew: a paper answers from the day of a request until the next one of its
    ref; one before the first answers that one.
    """
    days: dict[str, list[int]] = {}
    for request in requests:
        days.setdefault(request.data["ref"], []).append(request.day)
    for known in days.values():
        known.sort()
    found: dict[tuple[str, int], list[Fact]] = {}
    for paper in papers:
        ref = paper.data.get("ref")
        if ref is None:
            continue
        asked = days.get(ref)
        if asked:
            day = asked[max(0, bisect_right(asked, paper.day) - 1)]
            found.setdefault((ref, day), []).append(paper)
    return found


def _outcome(rule: Submission, due: int, papers: Sequence[Fact]) -> tuple[str, int]:
    """Return how a request was answered, and what that costs once its day is over."""
    good = [paper.day for paper in papers if paper.data.get("conforming", True)]
    if good:
        return ("in_time", 0) if min(good) <= due else ("late", rule.late)
    if not papers:
        return "missing", rule.missing
    if min(paper.day for paper in papers) > due:
        return "non_conforming_late", rule.non_conforming + rule.late
    return "non_conforming", rule.non_conforming
