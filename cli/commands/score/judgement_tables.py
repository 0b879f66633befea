"""What people judged, beside what the rules computed.

In: a branch's score, and the rubric for titles in the reader's language. Out: a table of the clauses that
anybody judged; none where nobody did. Deliberately absent: which judgement stands; the replay says.
"""

from collections.abc import Iterator

from cli.commands.score.clause_lines import clauses_of
from cli.ui.language import told
from cli.ui.tables import Column, Table
from ledger.words import Language, Words
from projections.engine.results import ASSESSORS, BranchScore
from rubrics.model import Rubric
from rubrics.numbers import print_points

_NUMBERS = (
    Words("计得", "computed"),
    Words("自评", "self"),
    Words("上级", "superior"),
    Words("部门", "department"),
    Words("得分", "score"),
)


def judgement_tables(score: BranchScore, rubric: Rubric, language: Language) -> Iterator[Table]:
    """Return one table of computed, self, superior and department side by side, or none."""
    table = Table(
        [
            Column(Words("条款", "clause"), whole=True),
            Column(Words("评定", "judged")),
            *(Column(words, right=True, whole=True) for words in _NUMBERS),
        ]
    )
    for item, clause, shown in clauses_of(score, rubric):
        judged = [shown.judged_by(assessor) for assessor in ASSESSORS]
        if any(judged):
            numbers = [shown.computed, *(one.points if one else None for one in judged), shown.score]
            cells = ["" if number is None else print_points(number) for number in numbers]
            table.add(clause.id, told(clause.title or item.title, language), *cells)
    if table.rows:
        yield table
