"""Everything there is to say about a rubric that loads: errors, inconsistencies, readings.

In: a loaded rubric, and the names of event types and fields. Out: problems in the order of the file, as
values. Deliberately absent: faults of the file's shape (`load` refuses those), exit codes, and what
`--strict` makes of a severity.
"""

from collections.abc import Callable, Iterable, Iterator

from rubrics.check_costs import (
    check_bands,
    check_grades,
    check_judged,
    check_moves,
    check_prices,
    check_ranks,
)
from rubrics.check_names import check_events
from rubrics.check_parameters import check_fields, check_quotas, check_rules, check_values
from rubrics.check_sums import check_items, check_scale, check_sections, check_total
from rubrics.check_words import check_words
from rubrics.load import Loaded, load, shipped
from rubrics.model import Rubric
from rubrics.notes import Note, items_of
from rubrics.numbers import Text
from rubrics.problems import Path, RubricProblem, print_path
from rubrics.vocabulary import Vocabulary
from rubrics.wording import place

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
)
CHECKS_OF_NAMES: tuple[Callable[[Rubric, Vocabulary], Iterator[Note]], ...] = (
    check_events,
    check_fields,
    check_values,
    check_quotas,
    check_rules,
)


def check_rubric(
    loaded: Loaded, vocabulary: Vocabulary, others: Iterable[Rubric] | None = None
) -> list[RubricProblem]:
    """Run every check. Severities: `error`, `inconsistency`, `reading`; nothing to say: an empty list.

    `others`: the forms whose free words are in use; the shipped ones where left out.
    """
    rubric = loaded.rubric
    if others is None:
        others = [load(name).rubric for name in shipped() if name != rubric.id]
    notes = [note for check in CHECKS for note in check(rubric)]
    notes += [note for check in CHECKS_OF_NAMES for note in check(rubric, vocabulary)]
    notes += check_words(rubric, vocabulary, others)
    notes += readings_of(rubric)
    problems = {_problem(note, loaded): None for note in notes}
    return sorted(problems, key=lambda problem: problem.line or 0)


def readings_of(rubric: Rubric) -> Iterator[Note]:
    """List how the form is read where it is silent: of the whole, of sections, items and clauses."""
    if rubric.reading is not None:
        yield _reading((), rubric.id, rubric.reading)
    for number, section in enumerate(rubric.sections):
        if section.reading is not None:
            yield _reading(("sections", number), section.id, section.reading)
    for path, item, _ in items_of(rubric):
        if item.reading is not None:
            yield _reading(path, item.id, item.reading)
        for index, clause in enumerate(item.clauses):
            if clause.reading is not None and clause.reading != item.reading:
                yield _reading((*path, "clauses", index), clause.id, clause.reading)


def _reading(path: Path, name: str, text: Text) -> Note:
    return Note((*path, "reading"), f"{name}：{text.zh}", f"{name}: {text.en}", "reading")


def _problem(note: Note, loaded: Loaded) -> RubricProblem:
    path = place(note.path, loaded.tree.data)
    line = loaded.tree.line_of(path)
    return RubricProblem(loaded.file, print_path(path), note.zh, note.en, note.severity, line)
