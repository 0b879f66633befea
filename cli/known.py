"""The rubrics that a command may name: shipped ones and those of a person's own folders by id, files by path.

In: what stands on the command line; the environment. Out: loaded rubrics. Deliberately absent: where they lie
(`rubrics.library`) and what they mean.
"""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.context import SaysNo, WrongUsage
from ledger.words import Words
from rubrics.library import Library
from rubrics.problems import RubricError, UnknownRubricError
from rubrics.reader.loaded import Loaded

if TYPE_CHECKING:
    from rubrics.known_clauses import KnownClauses
    from rubrics.model import Clause


def library() -> Library:
    """Open the shipped forms and those of the folders that the environment names."""
    return Library.named_by(os.environ)


def load_rubric(name: str) -> Loaded:
    """Read a rubric by id or path. Raises WrongUsage where there is none, SaysNo where it is no good."""
    try:
        return library().load(name)
    except UnknownRubricError as error:
        raise WrongUsage(error.words) from None
    except RubricError as error:
        raise SaysNo(error.words) from None


def known_clauses(own: Sequence[Loaded] = ()) -> "KnownClauses":
    """Return what intake must know of the rubrics that events name."""
    # Not at the top: whoever only reads needs nothing of intake.
    from rubrics.known_clauses import KnownClauses

    return KnownClauses(library(), own)


def find_clause(loaded: Loaded, name: str) -> "Clause":
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
