"""A score as the JSON document that programs read, the same in every language.

In: what was asked, and the scores of branches in order of code, as they come. Out: text, branch by branch;
or rows of plain values, points as texts with two decimals. Deliberately absent: names, sentences; titles are
the form's own, `title_en` beside `title`.

The text is that of `json.dumps(…, indent=2, ensure_ascii=False)`. Thousands of branches share a few dozen
texts of clauses and items: each is rendered once.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from projections.engine.entries import Entry
from projections.engine.periods import Period
from projections.engine.results import ASSESSORS, BranchScore, ClauseScore, ItemScore, SectionScore
from projections.text.amounts import print_units
from rubrics.model import Item, Rubric, Section
from rubrics.numbers import print_points

Row = dict[str, Any]

_MOST_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Replayed:
    """What was replayed: which form (`digest`: of its text), which months, on which day, which prefix.

    `position` and `head`: the last position of the prefix, and the hash of the event that stands there.
    """

    rubric: Rubric
    digest: str
    period: Period
    on: date
    position: int
    head: str

    def row(self) -> Row:
        """Return the head of the document."""
        return {
            "rubric": {"id": self.rubric.id, "version": self.rubric.version, "digest": self.digest},
            "period": {
                "name": self.period.name,
                "start": self.period.start.isoformat(),
                "end": self.period.end.isoformat(),
            },
            "on": self.on.isoformat(),
            "ledger": {"position": self.position, "head": self.head},
        }


def answer_row(replayed: Replayed, scores: Iterable[BranchScore], *, explain: bool) -> Row:
    """Return the whole document as plain values; `explain` lists the entries."""
    return {
        **replayed.row(),
        "scores": [score_row(score, replayed.rubric, explain=explain) for score in scores],
    }


def answer_text(replayed: Replayed, scores: Iterable[BranchScore], *, explain: bool) -> Iterator[str]:
    """Yield the whole document as text, a part a branch, the last one with its line's end."""
    texts = ScoreTexts(replayed.rubric, explain=explain)
    return document_text(replayed, map(texts.text, scores))


def document_text(replayed: Replayed, texts: Iterable[str]) -> Iterator[str]:
    """Yield the whole document around the texts of its branches."""
    head = json.dumps(replayed.row(), ensure_ascii=False, indent=2)
    yield head.removesuffix("\n}") + ',\n  "scores": ['
    between = "\n    "
    for text in texts:
        yield between + text
        between = ",\n    "
    yield ("]" if between == "\n    " else "\n  ]") + "\n}\n"


def score_row(score: BranchScore, rubric: Rubric, *, explain: bool) -> Row:
    """Return the part of one branch as plain values."""
    pairs = zip(score.sections, rubric.sections, strict=True)
    return {
        **_score_head(score),
        "sections": [_section_row(shown, section, explain=explain) for shown, section in pairs],
    }


def _score_head(score: BranchScore) -> Row:
    return {
        "branch": score.branch,
        "total": print_points(score.total),
        "base": print_points(score.base),
        "bonus": print_points(score.bonus),
        "at_risk": print_points(score.at_risk),
        "unassessed": print_points(score.unassessed),
        "in_play": print_points(score.in_play),
        "grade": None if score.grade is None else score.grade.zh,
        "vetoed": score.vetoed,
        "veto": [entry_row(entry) for entry in score.veto],
        "rank": score.rank,
    }


def _section_row(shown: SectionScore, section: Section, *, explain: bool) -> Row:
    pairs = zip(shown.items, section.items, strict=True)
    return {
        **_section_head(shown, section),
        "items": [
            {**_item_head(row, item), "clauses": [clause_row(one, explain=explain) for one in row.clauses]}
            for row, item in pairs
        ],
    }


def _section_head(shown: SectionScore, section: Section) -> Row:
    return {
        "id": section.id,
        "title": section.title.zh,
        "title_en": section.title.en,
        "points": print_points(section.points),
        "score": print_points(shown.score),
    }


def _item_head(shown: ItemScore, item: Item) -> Row:
    return {
        "id": item.id,
        "group": item.group.zh if item.group else None,
        "title": item.title.zh,
        "title_en": item.title.en,
        "points": print_points(item.points),
        "score": print_points(shown.score),
        "at_risk": print_points(shown.at_risk),
        "unassessed": print_points(shown.unassessed),
    }


def clause_row(clause: ClauseScore, *, explain: bool) -> Row:
    """Return a clause as plain values."""
    row: Row = {
        "id": clause.id,
        "points": print_points(clause.points),
        "score": print_points(clause.score),
        "computed": print_points(clause.computed),
    }
    for assessor in ASSESSORS:
        judgement = clause.judged_by(assessor)
        row[assessor] = None if judgement is None else print_points(judgement.points)
    row |= {
        "at_risk": print_points(clause.at_risk),
        "unassessed": print_points(clause.unassessed),
        "owed": clause.owed,
    }
    return row | {"entries": [entry_row(entry) for entry in clause.entries]} if explain else row


def entry_row(entry: Entry) -> Row:
    """Return an entry as plain values."""
    return {
        "state": entry.state,
        "points": print_points(entry.points),
        "cause": entry.cause,
        "window": entry.label,
        "due_on": entry.due_on.isoformat(),
        "required": None if entry.required is None else print_units(entry.required),
        "done": None if entry.done is None else print_units(entry.done),
        "member": entry.member,
        "advisory": entry.advisory,
        "events": list(entry.events),
    }


class ScoreTexts:
    """Renders branches of one form as they stand in the document; what was rendered once is kept."""

    def __init__(self, rubric: Rubric, *, explain: bool) -> None:
        self._rubric = rubric
        self._explain = explain
        self._texts: dict[tuple[object, ...], str] = {}
        self._entries: dict[tuple[object, ...], str] = {}

    def text(self, score: BranchScore) -> str:
        """Return the part of one branch."""
        if len(self._texts) + len(self._entries) > _MOST_KEPT:
            self._texts.clear()
            self._entries.clear()
        pairs = zip(score.sections, self._rubric.sections, strict=True)
        sections = ",\n        ".join(self._section(shown, section) for shown, section in pairs)
        return _open(_score_head(score), 4) + f',\n      "sections": [\n        {sections}\n      ]\n    }}'

    def _section(self, shown: SectionScore, section: Section) -> str:
        pairs = zip(shown.items, section.items, strict=True)
        items = ",\n            ".join(self._item(row, item) for row, item in pairs)
        head = _open(_section_head(shown, section), 8)
        return head + f',\n          "items": [\n            {items}\n          ]\n        }}'

    def _item(self, shown: ItemScore, item: Item) -> str:
        if self._explain:
            return self._item_text(shown, item, [self._explained(clause) for clause in shown.clauses])
        key = (item.id, *_item_key(shown), *map(_clause_key, shown.clauses))
        text = self._texts.get(key)
        if text is None:
            clauses = [self._clause(clause) + _CLAUSE_END for clause in shown.clauses]
            text = self._texts[key] = self._item_text(shown, item, clauses)
        return text

    def _item_text(self, shown: ItemScore, item: Item, clauses: list[str]) -> str:
        key = (item.id, *_item_key(shown))
        head = self._texts.get(key)
        if head is None:
            head = self._texts[key] = _open(_item_head(shown, item), 12)
        inside = ",\n                ".join(clauses)
        return (
            head + f',\n              "clauses": [\n                {inside}\n              ]\n            }}'
        )

    def _explained(self, clause: ClauseScore) -> str:
        head = self._clause(clause)
        if not clause.entries:
            return head + ',\n                  "entries": []' + _CLAUSE_END
        entries = ",\n                    ".join(map(self._entry, clause.entries))
        inside = f"\n                    {entries}\n                  "
        return head + f',\n                  "entries": [{inside}]' + _CLAUSE_END

    def _clause(self, clause: ClauseScore) -> str:
        key = (clause.id, *_clause_key(clause))
        text = self._texts.get(key)
        if text is None:
            text = self._texts[key] = _open(clause_row(clause, explain=False), 16)
        return text

    def _entry(self, entry: Entry) -> str:
        key = (
            entry.state, entry.points, entry.cause, entry.label, entry.due, entry.required, entry.done,
            entry.member, entry.advisory,
        )  # fmt: skip
        head = self._entries.get(key)
        if head is None:
            row = entry_row(entry)
            del row["events"]
            head = self._entries[key] = _open(row, 20)
        if not entry.events:
            return head + ',\n                      "events": []\n                    }'
        events = ",\n                        ".join(f'"{id_}"' for id_ in entry.events)
        return (
            head
            + f',\n                      "events": [\n                        {events}\n'
            + "                      ]\n                    }"
        )


_CLAUSE_END = "\n                }"


def _item_key(shown: ItemScore) -> tuple[object, ...]:
    return shown.score, shown.at_risk, shown.unassessed


def _clause_key(clause: ClauseScore) -> tuple[object, ...]:
    judged = (clause.self_, clause.superior, clause.department)
    points = (None if judgement is None else judgement.points for judgement in judged)
    return clause.score, clause.computed, clause.at_risk, clause.unassessed, clause.owed, *points


def _open(row: Row, depth: int) -> str:
    """Render an object that begins at a depth, without its end."""
    text = json.dumps(row, ensure_ascii=False, indent=2).removesuffix("\n}")
    return text.replace("\n", "\n" + " " * depth)
