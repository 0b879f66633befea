"""What forms ask for, as far as a made-up year should have it.

In: rubrics. Out: by kind of organisation: documents, meetings, checklists, metrics and findings that the
forms look for, clauses that people judge. Deliberately absent: what any of it is worth; a form of one's own
is read as the shipped ones are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rubrics.model import Clause, Rubric
from rubrics.parameters import Match
from rubrics.rules import Checklist, Deadline, NoneOf, Quota, Rank, Rule, Tally, Threshold

_WINDOWS = {"month": 12, "two_months": 6, "quarter": 4, "half": 2, "year": 1}
_GATHERINGS = {"meeting_held": "kind", "lecture_given": "lecturer", "activity_held": "kind"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A clause that people judge; `points` in hundredths."""

    rubric: str
    clause: str
    points: int


@dataclass(slots=True)
class Asked:
    """What the forms of one kind of organisation ask for in a year; `times`: how often."""

    forms: list[str] = field(default_factory=list)
    gatherings: dict[tuple[str, str], int] = field(default_factory=dict)
    documents: dict[str, int] = field(default_factory=dict)
    disclosures: dict[str, int] = field(default_factory=dict)
    checklists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    metrics: dict[str, bool] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)
    graded: list[Judged] = field(default_factory=list)
    computed: list[Judged] = field(default_factory=list)


def asked_by(rubrics: Iterable[Rubric]) -> dict[str, Asked]:
    """Return what the rubrics ask for, by the kind of organisation that each applies to."""
    asked: dict[str, Asked] = {}
    for rubric in rubrics:
        of_kind = asked.setdefault(rubric.applies_to, Asked())
        of_kind.forms.append(rubric.id)
        for clause in rubric.clauses():
            _judge(of_kind, rubric.id, clause)
            for rule in clause.rules:
                _read(of_kind, rule)
    return asked


def _judge(asked: Asked, rubric: str, clause: Clause) -> None:
    of = Judged(rubric, clause.id, clause.points)
    if clause.graded:
        asked.graded.append(of)
    elif clause.assessed:
        asked.judged.append(of)
    else:
        asked.computed.append(of)


def _read(asked: Asked, rule: Rule) -> None:
    if isinstance(rule, Quota) and rule.each == "branch":
        times = _WINDOWS[rule.per]
        if rule.measure is None:
            times *= max(1, int(rule.at_least))
        _read_quota(asked, rule.events[0], min(times, 24))
    elif isinstance(rule, NoneOf | Tally):
        for match in rule.events:
            if match.type == "finding_recorded":
                asked.findings += [word for word in _values(match, "category") if word not in asked.findings]
    elif isinstance(rule, Checklist):
        asked.checklists[rule.checklist] = rule.items
    elif isinstance(rule, Rank):
        asked.metrics[rule.metric] = rule.per_round
    elif isinstance(rule, Threshold) and rule.metric:
        asked.metrics[rule.metric] = False
    elif isinstance(rule, Deadline):
        for match in rule.response:
            if match.type == "document_submitted":
                _read_quota(asked, match, 1)


def _read_quota(asked: Asked, match: Match, times: int) -> None:
    if match.type in _GATHERINGS:
        for word in _values(match, _GATHERINGS[match.type])[:1]:
            _at_least(asked.gatherings, (match.type, word), times)
    elif match.type == "document_submitted":
        for word in _values(match, "kind")[:1]:
            _at_least(asked.documents, word, times)
    elif match.type == "disclosure_made":
        for word in _values(match, "subject")[:1]:
            _at_least(asked.disclosures, word, times)


def _at_least(counts: dict[Any, int], key: object, times: int) -> None:
    counts[key] = max(counts.get(key, 0), times)


def _values(match: Match, name: str) -> list[str]:
    condition = match.where.get(name)
    return [str(value) for value in condition.among] if condition else []


def of_kind(asked: Mapping[str, Asked], kind: str) -> Asked:
    """Return what is asked of a kind of organisation; nothing where no form applies to it."""
    return asked.get(kind) or Asked()
