"""What people judged, beside what the rules computed.

In: a branch's score of the replay's document, and the rubric for titles in the reader's language. Out: a
table of the clauses that anybody judged; none where nobody did. Deliberately absent: which judgement stands;
the replay says.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from cli.commands.score.entry_lists import clause_rows
from cli.ui.language import told
from cli.ui.terminal import Column, Table
from ledger.words import Language, Words
from rubrics.model import Rubric

_ASSESSORS = ("self", "superior", "department")
_NUMBERS = (
    (Words("计得", "computed"), "computed"),
    (Words("自评", "self"), "self"),
    (Words("上级", "superior"), "superior"),
    (Words("部门", "department"), "department"),
    (Words("得分", "score"), "score"),
)


def judgement_tables(score: Mapping[str, Any], rubric: Rubric, language: Language) -> Iterator[Table]:
    """Return one table of computed, self, superior and department side by side, or none."""
    rows = clause_rows(score)
    table = Table(
        [
            Column(Words("条款", "clause"), whole=True),
            Column(Words("评定", "judged")),
            *(Column(words, right=True, whole=True) for words, _ in _NUMBERS),
        ]
    )
    for item in rubric.items():
        for clause in item.clauses:
            row = rows[clause.id]
            if any(row[assessor] is not None for assessor in _ASSESSORS):
                title = told(clause.title or item.title, language)
                table.add(clause.id, title, *(row[name] or "" for _, name in _NUMBERS))
    if table.rows:
        yield table
