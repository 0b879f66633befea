"""Entries for people: what moved each point of a clause, a line an entry.

In: a score of the replay's document, with entries. Out: blocks of lines, a block a clause. Deliberately
absent: the events themselves; an explanation of one clause shows them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cli.ui.language import told
from ledger.words import Language, Words
from projections.text.causes import cause_words
from projections.text.events import ADVISORY, NAMELESS, Names, named
from projections.text.labels import how_much
from rubrics.model import Clause, Item, Rubric

_STATES = {
    "met": Words("达到要求", "met"),
    "lost": Words("失分", "lost"),
    "gained": Words("得分", "gained"),
    "open": Words("待办", "open"),
    "waived": Words("免考", "waived"),
}
# Nothing is lost by what is advisory.
_MISSED = Words("未达要求", "missed")
# Of what has no window, the day is that of the event, but for these.
_BY_A_DAY = ("deadline:", "submission:")


@dataclass(frozen=True, slots=True)
class Block:
    """A clause's heading and a line for each entry."""

    heading: str
    lines: list[str]


def entry_blocks(
    score: Mapping[str, Any], rubric: Rubric, language: Language, names: Names = NAMELESS
) -> Iterator[Block]:
    """Return a block for each clause that has entries."""
    clauses = clause_rows(score)
    for item in rubric.items():
        for clause in item.clauses:
            row = clauses[clause.id]
            if row["entries"]:
                lines = [entry_line(entry, language, names) for entry in row["entries"]]
                yield Block(clause_heading(row, item, clause, language), lines)


def clause_rows(score: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the clauses of a score by id."""
    return {
        clause["id"]: clause
        for section in score["sections"]
        for item in section["items"]
        for clause in item["clauses"]
    }


def clause_heading(row: Mapping[str, Any], item: Item, clause: Clause, language: Language) -> str:
    """Return a clause's id, title and points: `2.2.b rank  0.00 of 2.00`."""
    title = told(item.title, language)
    if clause.title is not None:
        title += " · " + told(clause.title, language)
    points = Words(
        f"{row['points']} 分中得 {row['score']}", f"{row['score']} of {row['points']} points"
    ).pick(language)
    return f"{clause.id} {title}  {points}"


def entry_line(entry: Mapping[str, Any], language: Language, names: Names = NAMELESS) -> str:
    """Return an entry in a line: points, state, when, how much, whose, why."""
    points = Decimal(entry["points"])
    state = _MISSED if entry["advisory"] and entry["state"] == "lost" else _STATES[entry["state"]]
    nothing = entry["cause"] == "quota:missing" and entry["done"] == "0"
    due = Words(f"期限 {entry['due_on']}", f"due {entry['due_on']}").pick(language)
    parts = [
        f"{entry['points']:>6}" if points <= 0 else f"{'+' + entry['points']:>6}",
        state.pick(language),
        entry["window"] or (due if entry["cause"].startswith(_BY_A_DAY) else entry["due_on"]),
        cause_words("quota:none" if nothing else entry["cause"], language),
    ]
    parts += filter(None, [how_much(entry, language)])
    if entry["window"] and entry["due_on"]:
        parts.append(due)
    if entry["member"]:
        parts.append(named(entry["member"], names, language))
    if entry["advisory"]:
        parts.append(ADVISORY.pick(language))
    return "  ".join(parts)
