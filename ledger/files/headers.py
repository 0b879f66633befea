"""The columns of a sheet of events: one a field, by its stored name, headed by its label.

In: a type's fields. Out: the columns to write, in their order. Deliberately absent: what the headers of
people's own sheets mean (`tables.header`).
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from ledger.events import CATALOGUE, ENVELOPE, STORE_FIELDS, FieldInfo, Payload, fields_of
from ledger.words import Language


class Column(NamedTuple):
    """One column: the name by which it is stored and read (`present`, `data.occurred_on`), and its field."""

    key: str
    info: FieldInfo

    @property
    def of_payload(self) -> bool:
        """Whether it is a field of the payload, not of the envelope."""
        return self.key not in ENVELOPE

    @property
    def name(self) -> str:
        """The field's own name."""
        return self.key.removeprefix("data.")

    @property
    def path(self) -> str:
        """The field as problems name it: `branch`, `data.present`."""
        return f"data.{self.name}" if self.of_payload else self.key


@cache
def columns_of(type_word: str) -> tuple[Column, ...]:
    """Return the columns of a sheet that holds events of one type, what must be filled in first.

    All fields that a client can give, but for the type itself.
    """
    payload = [Column(_key(name), info) for name, info in fields_of(type_word).items()]
    needed = [column for column in payload if column.info.required]
    optional = [column for column in payload if not column.info.required]
    envelope = {name: Column(name, info) for name, info in ENVELOPE.items() if name != "type"}
    if not may_count_for(CATALOGUE[type_word]):
        del envelope["counts_for"]
    return (
        envelope.pop("branch"),
        envelope.pop("occurred_on"),
        *needed,
        *optional,
        *envelope.values(),
    )


def may_count_for(model: type[Payload]) -> bool:
    """Return whether events of that type can count for another month than that of their day."""
    return model.may_count_for is not Payload.may_count_for


def header_of(column: Column, among: Sequence[Column], language: Language) -> str:
    """Return the label that heads a column; the stored name follows where two columns share a label."""
    label = column.info.label.pick(language)
    if sum(other.info.label.pick(language) == label for other in among) == 1:
        return label
    return f"{label}（{column.key}）" if language == "zh" else f"{label} ({column.key})"


def _key(name: str) -> str:
    return f"data.{name}" if name in ENVELOPE or name in STORE_FIELDS else name
