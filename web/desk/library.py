"""The forms of the library, read and compiled once for all requests.

In: the folders that the environment names. Out: plans by id. Deliberately absent: files named by a path; over
the web a form is named by its id.
"""

import os
import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from projections.engine.plan import Plan
from projections.text.rules import asked_words, clause_title
from rubrics.known_clauses import KnownClauses
from rubrics.library import Library, is_path, shipped
from rubrics.model import Rubric
from rubrics.problems import RubricError, UnknownRubricError
from rubrics.reader.loaded import Loaded

if TYPE_CHECKING:
    from ledger.words import Words


class Forms:
    """The forms at hand. Shipped ones never change while the server runs; a person's own are read anew."""

    def __init__(self) -> None:
        self.library = Library.named_by(os.environ)
        self._plans: dict[str, tuple[Plan, Loaded]] = {}
        self._words: dict[str, FormWords] = {}
        self._making = threading.Lock()

    @property
    def known(self) -> KnownClauses:
        """What intake must know of the forms that events name."""
        return KnownClauses(self.library)

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all forms at hand."""
        return self.library.ids()

    def plan(self, rubric_id: str) -> Plan:
        """Return a form's plan. Raises UnknownRubricError, RubricError."""
        return self._both(rubric_id)[0]

    def loaded(self, rubric_id: str) -> Loaded:
        """Return a form as it was read. Raises UnknownRubricError, RubricError."""
        return self._both(rubric_id)[1]

    def plans(self, ids: Iterable[str]) -> list[Plan]:
        """Return the plans of those forms that can be used; the others are told where forms are listed."""
        found = []
        for rubric_id in ids:
            try:
                found.append(self.plan(rubric_id))
            except RubricError:
                continue
        return found

    def words(self, rubric: Rubric) -> "FormWords":
        """Return what a form's clauses and rules are called, worked out once."""
        kept = self._words.get(rubric.id)
        if kept is None or kept.rubric is not rubric:
            kept = self._words[rubric.id] = FormWords(rubric)
        return kept

    def _both(self, rubric_id: str) -> tuple[Plan, Loaded]:
        if is_path(rubric_id) or rubric_id not in self.ids():
            raise UnknownRubricError([])
        with self._making:
            kept = self._plans.get(rubric_id)
            if kept is None:
                loaded = self.library.load(rubric_id)
                kept = Plan(loaded.rubric), loaded
                if rubric_id in shipped():
                    self._plans[rubric_id] = kept
            return kept


class FormWords:
    """A form in words: `titles` of its clauses by id; `asked`, by a clause's number: what each of its rules
    asks for, nothing where it has but one."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        items = [item for section in rubric.sections for item in section.items]
        self.titles: Mapping[str, Words] = {
            clause.id: clause_title(item, clause) for item in items for clause in item.clauses
        }
        self.asked: Sequence[Sequence[Words]] = [
            [asked_words(rule) for rule in clause.rules] if len(clause.rules) > 1 else []
            for clause in rubric.clauses()
        ]
