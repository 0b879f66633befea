"""The forms that a command goes by: shipped ones and a person's own by id, files by path, those adopted.

In: what stands on the command line; the environment; an open ledger. Out: loaded rubrics, and a warning of
adopted ones that cannot be used. Deliberately absent: where they lie (`rubrics.library`), which are adopted
(`projections.adopted_forms`), and what they mean.
"""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.context import Door, SaysNo, WrongUsage
from cli.ui.language import noted
from ledger.words import Words
from rubrics.library import Library
from rubrics.problems import RubricError, UnknownRubricError

if TYPE_CHECKING:
    from ledger.store.event_store import Store
    from rubrics.known_clauses import KnownClauses
    from rubrics.model import Clause
    from rubrics.reader.loaded import Loaded


def library() -> Library:
    """Open the shipped forms and those of the folders that the environment names."""
    return Library.named_by(os.environ)


def load_rubric(name: str) -> "Loaded":
    """Read a rubric by id or path. Raises WrongUsage where there is none, SaysNo where it is no good."""
    try:
        return library().load(name)
    except UnknownRubricError as error:
        raise WrongUsage(error.words) from None
    except RubricError as error:
        raise SaysNo(error.words) from None


def named_rubrics(names: Sequence[str]) -> "list[Loaded]":
    """Read rubrics named by id or path, each id once. Raises WrongUsage, SaysNo."""
    found: dict[str, Loaded] = {}
    for loaded in map(load_rubric, names):
        found.setdefault(loaded.rubric.id, loaded)
    return list(found.values())


def adopted_rubrics(door: Door, store: "Store", upto: int) -> "list[Loaded]":
    """Read the rubrics that were adopted up to a position; warn of those that cannot be used."""
    from projections.adopted_forms import adopted_forms
    from projections.engine.reading.tree import read_tree

    usable, unusable = adopted_forms(read_tree(store, upto=upto), library(), door.today(store))
    for one in unusable:
        door.screen.warn(noted(one.words))
    return usable


def known_clauses(own: "Sequence[Loaded]" = ()) -> "KnownClauses":
    """Return what intake must know of the rubrics that events name."""
    from rubrics.known_clauses import KnownClauses

    return KnownClauses(library(), own)


def find_clause(loaded: "Loaded", name: str) -> "Clause":
    """Return a clause of a rubric by id. Raises WrongUsage where there is none."""
    clauses = {clause.id: clause for clause in loaded.rubric.clauses()}
    if name in clauses:
        return clauses[name]
    from difflib import get_close_matches

    near = [n for n in clauses if n.startswith(f"{name}.")] or get_close_matches(name, clauses, 3, 0.5)
    raise WrongUsage(
        Words(
            f"{loaded.rubric.id} 没有条款“{name}”" + (f"，是否指 {'、'.join(near)}？" if near else "。"),
            f'{loaded.rubric.id} has no clause "{name}"'
            + (f"; did you mean {', '.join(near)}?" if near else "."),
        )
    )
