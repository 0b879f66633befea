"""What all payloads have in common: frozen, closed, named by a stored word, described in two languages.

In: the checked fields of one type of event. Out: an immutable model, and the problems that only several
fields together can have. Deliberately absent: anything that needs the log;
`ledger.intake.checks` asks the stream.
"""

from datetime import date
from typing import ClassVar, Self

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
