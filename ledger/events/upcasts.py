"""Old payloads in today's shape.

In: a payload as it was stored, with its type and the version of its shape. Out: the same in the shape that
the catalogue has today, one step a version. Deliberately absent: rewriting; the log keeps what was stored.

A payload's shape changes so: raise `schema_version` in its model, add the step from the version before to
`STEPS`, and put lines of the new shape beside the old logs in the tests.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from ledger.errors import UnknownShape
from ledger.events import CATALOGUE

Step = Callable[[Mapping[str, Any]], dict[str, Any]]
Steps = Mapping[tuple[str, int], Step]

# (stored word, version of the shape) → its payload in the next version
STEPS: Final[Steps] = MappingProxyType({})


def upcast(
    type_word: str,
    version: int,
    data: Mapping[str, Any],
    *,
    steps: Steps = STEPS,
    today: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """Return a stored payload in the shape of today; `data` itself is left as it is.

    `today` gives the current versions by type, by default the catalogue's. Raises UnknownShape where the
    payload is of a newer version, or no step leads on; KeyError for a type that is not in the catalogue.
    """
    current = CATALOGUE[type_word].schema_version if today is None else today[type_word]
    if not 1 <= version <= current:
        raise UnknownShape(type_word, version, current)
    shape = dict(data)
    for step_from in range(version, current):
        step = steps.get((type_word, step_from))
        if step is None:
            raise UnknownShape(type_word, version, current)
        shape = step(shape)
    return shape


def check_steps(*, steps: Steps = STEPS, today: Mapping[str, int] | None = None) -> list[str]:
    """Return what is wrong with the table of steps, in English, for developers; nothing if all is well."""
    if today is None:
        today = {word: model.schema_version for word, model in CATALOGUE.items()}
    wanted = {(word, version) for word, current in today.items() for version in range(1, current)}
    missing = [f"{word}: no step from version {version}" for word, version in sorted(wanted - steps.keys())]
    surplus = [
        f"{word}: a step from version {version} to none" for word, version in sorted(steps.keys() - wanted)
    ]
    return missing + surplus
