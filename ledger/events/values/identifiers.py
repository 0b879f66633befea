"""Identifiers of events: UUIDs in their one form.

In: a UUID in any form of the RFC, upper case, without dashes and as URN included. Out: the lower-case text
with dashes. Deliberately absent: making new ones; the door that records does.
"""

import re

from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ledger.events.values.kinds import FieldKind, Kind, Refusal
from ledger.events.values.shown import shown
from ledger.words import Words

CANONICAL = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_ANY_FORM = re.compile(
    "(?:urn:uuid:)?([0-9a-f]{8})(-?)([0-9a-f]{4})\\2([0-9a-f]{4})\\2([0-9a-f]{4})\\2([0-9a-f]{12})",
    re.IGNORECASE | re.ASCII,
)


class Identifier(FieldKind):
    """The id of an event."""

    kind: Kind = "code"

    def _core(self) -> CoreSchema:
        usual = core_schema.str_schema(strict=True, pattern=f"^{CANONICAL}$")
        other = core_schema.no_info_plain_validator_function(_parsed)
        return core_schema.union_schema([usual, other], mode="left_to_right")

    def _refusal(self, value: object) -> Refusal:
        words = Words(
            zh="应为 UUID，如 0f9d7777-1111-4222-8333-444455556666",
            en="must be a UUID such as 0f9d7777-1111-4222-8333-444455556666",
        )
        return Refusal(words, shown(value))


def _parsed(value: object) -> str:
    if isinstance(value, str):
        match = _ANY_FORM.fullmatch(value)
        if match:
            first, _, *rest = match.groups()
            return "-".join((first, *rest)).lower()
    raise PydanticCustomError("identifier", "refused")
