"""What intake must know of the rubrics that events name: their clauses, and what each may be given.

In: the library, and forms that were read by their paths. Out: a mapping of rubric to clauses; a form is read
when one of its clauses is looked up. Deliberately absent: the checks themselves (the ledger's).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ledger.intake.checks import ClauseFacts
from rubrics.library import Library, shipped

if TYPE_CHECKING:
    from rubrics.reader.loaded import Loaded

_HUNDRED = 100_00


class KnownClauses(Mapping[str, Mapping[str, ClauseFacts]]):
    """Rubrics by id, each with its clauses by id; `own` are forms that the library does not hold."""

    def __init__(self, library: Library, own: "Sequence[Loaded]" = ()) -> None:
        self._library = library
        self._own = {loaded.rubric.id: loaded for loaded in own}
        self._ids = {*library.ids(), *self._own}
        self._clauses: dict[str, Mapping[str, ClauseFacts]] = {}

    def __getitem__(self, rubric_id: str) -> Mapping[str, ClauseFacts]:
        """Return the clauses of a rubric by id.

        Raises KeyError where there is no such rubric, RubricError where its file is no good.
        """
        if rubric_id not in self._ids:
            raise KeyError(rubric_id)
        if rubric_id not in self._clauses:
            loaded = self._own.get(rubric_id) or self._library.load(rubric_id)
            self._clauses[rubric_id] = {
                clause.id: ClauseFacts(_HUNDRED if clause.graded else clause.points, clause.graded)
                for clause in loaded.rubric.clauses()
            }
        return self._clauses[rubric_id]

    def __contains__(self, rubric_id: object) -> bool:
        """Tell whether there is such a form. Raises RubricError where its file is no good."""
        if rubric_id not in self._ids:
            return False
        if rubric_id not in shipped():
            self[str(rubric_id)]
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._ids))

    def __len__(self) -> int:
        return len(self._ids)
