"""What all payloads have in common: frozen, closed, named by a stored word, described in two languages, and
written as one text.

In: the checked fields of one type of event. Out: an immutable model, the problems that only several fields
together can have, and the payload as canonical JSON: keys sorted, no spaces, UTF-8 unescaped, defaults left
out, amounts as texts with two places, other decimals plain, sets sorted, days as YYYY-MM-DD. Equal content
is equal text. Deliberately absent: anything that needs the log (`ledger.intake.checks` asks the stream), and
the envelope (`ledger.store.codec` writes rows).
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import ClassVar, Self

import orjson
from pydantic import BaseModel, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from ledger.problems import Problem
from ledger.words import Words

CONFLICT = "conflict"


class Payload(BaseModel):
    """The payload of one type of event.

    `type_word` is the word under which the type is stored, for ever; `schema_version` counts the shapes
    that its payload has had. A class is built by pydantic when it is first used.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    type_word: ClassVar[str]
    schema_version: ClassVar[int] = 1
    label: ClassVar[Words]
    about: ClassVar[Words]
    # whether the payload names a last day, which must not lie before the event's own
    has_last_day: ClassVar[bool] = False

    def conflicts(self) -> list[Problem]:
        """Return what is wrong between the fields; paths are relative to the payload."""
        return []

    def day_conflicts(self, occurred_on: date) -> list[Problem]:
        """Return what is wrong between the fields and the day of the event."""
        return []

    def may_count_for(self) -> bool:
        """Say whether such an event may count for another month than that of its day."""
        return False


class Agreeing(Payload):
    """A payload whose fields must agree with each other."""

    @model_validator(mode="after")
    def _agree(self) -> Self:
        for problem in self.conflicts():
            raise PydanticCustomError(CONFLICT, "{what}", {"what": problem.sentence("en")})
        return self


def canonical_data(data: Payload) -> str:
    """Return the canonical JSON text of a payload."""
    values, defaults = data.__dict__, _defaults(type(data))
    given = {name: value for name in data.model_fields_set if (value := values[name]) != defaults.get(name)}
    return orjson.dumps(given, default=_plain, option=orjson.OPT_SORT_KEYS).decode()


@cache
def _defaults(model: type[Payload]) -> Mapping[str, object]:
    # a required field has none, and no value of one is ever None
    return {n: f.default for n, f in model.model_fields.items() if not f.is_required()}


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"no field holds a {type(value).__name__}")
