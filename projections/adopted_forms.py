"""The forms that the branches of a log go by.

In: the organisations of a log, a library, a day. Out: loaded forms, and what cannot be used of those by which
somebody goes on that day. Deliberately absent: who goes by which since when (the tree knows), printing.
"""

from datetime import date

from projections.engine.reading.tree import Tree
from rubrics.library import Library, Unusable
from rubrics.reader.loaded import Loaded


def adopted_forms(tree: Tree, library: Library, on: date) -> tuple[list[Loaded], list[Unusable]]:
    """Read every form that was ever adopted; of the unusable ones tell those adopted on the day."""
    day = on.toordinal()
    ids = {adoption.rubric for one in tree.values() for adoption in one.adoptions}
    usable, unusable = library.take(sorted(ids))
    standing = {
        adoption.rubric
        for one in tree.values()
        if one.dissolved > day
        for adoption in one.adoptions
        if adoption.stands_on(day)
    }
    return usable, [one for one in unusable if one.id in standing]
