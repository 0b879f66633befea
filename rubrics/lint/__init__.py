"""Everything there is to say about a rubric that loads: errors, inconsistencies, notes, readings.

In: a loaded rubric, and the other forms whose free words are in use. Out: problems in the order of the file,
as values. Deliberately absent: faults of the file's shape (`reader` refuses those), exit codes, and what
`--strict` makes of a severity.
"""

from collections.abc import Callable, Iterable, Iterator

from ledger.problems import Problem
from rubrics.lint.events import check_events
from rubrics.lint.fields import check_fields, check_values
from rubrics.lint.look_alikes import check_words
from rubrics.lint.parameters import check_judged, check_quotas, check_rules
from rubrics.lint.points import (
    check_bands,
    check_grades,
    check_items,
    check_moves,
    check_prices,
    check_ranks,
    check_scale,
    check_sections,
    check_total,
)
from rubrics.lint.readings import check_languages, check_readings
from rubrics.lint.walk import Note
from rubrics.model import Rubric
from rubrics.problems import build_problem
from rubrics.reader.loaded import Loaded
from rubrics.reader.refusals import place

CHECKS: tuple[Callable[[Rubric], Iterator[Note]], ...] = (
    check_total,
    check_sections,
    check_items,
    check_scale,
    check_prices,
    check_moves,
    check_judged,
    check_ranks,
    check_bands,
    check_grades,
    check_events,
    check_fields,
    check_values,
    check_quotas,
    check_rules,
    check_readings,
)
"""What looks at one rubric alone."""


def check_rubric(loaded: Loaded, others: Iterable[Rubric] = ()) -> list[Problem]:
    """Run every check. Severities: `error`, `inconsistency`, `note`, `reading`; none: nothing to say.

    `others`: the forms whose free words are in use.
    """
    rubric = loaded.rubric
    notes = [note for check in CHECKS for note in check(rubric)]
    notes += check_languages(loaded.tree.data)
    notes += check_words(rubric, [other for other in others if other.id != rubric.id])
    problems = {_problem(note, loaded): None for note in notes}
    return sorted(problems, key=lambda problem: problem.line or 0)


def errors_of(loaded: Loaded) -> list[Problem]:
    """Return the faults for which a form is refused: a rule that nothing can meet, bounds out of reach."""
    notes = [note for check in CHECKS for note in check(loaded.rubric) if note.severity == "error"]
    return sorted((_problem(note, loaded) for note in notes), key=lambda problem: problem.line or 0)


def _problem(note: Note, loaded: Loaded) -> Problem:
    path = place(note.path, loaded.tree.data)
    line = loaded.tree.line_of(path)
    return build_problem(loaded.file, path, note.zh, note.en, note.severity, line)
