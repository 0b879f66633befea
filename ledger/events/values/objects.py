"""A payload inside a payload, before it is known of which type it is.

In: a JSON object. Out: the same, when it can be a payload at all: texts, numbers, flags, and lists of them.
Deliberately absent: the check against a type; `parse_payload` does it once the target is known.
"""

from decimal import Decimal
from typing import Any

from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ledger.events.values.kinds import FieldKind, Kind, Refusal
from ledger.events.values.shown import shown
from ledger.words import Words

_LARGEST = 2**53
_MOST_FIELDS = 100
_DIGITS = 17


class PayloadObject(FieldKind):
    """An object that may be the payload of another event."""

    kind: Kind = "object"

    def _core(self) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_parsed)

    def _refusal(self, value: object) -> Refusal:
        if not isinstance(value, dict):
            words = Words(zh="应为 JSON 对象 {…}", en="must be a JSON object {…}")
        else:
            words = Words(
                zh="应为一条记录的内容：其中只有文字、数字、true/false 和它们的列表",
                en="must be a payload: an object of texts, numbers, true or false, and lists of them",
            )
        return Refusal(words, shown(value))


def _parsed(value: object) -> dict[str, Any]:
    if not isinstance(value, dict) or len(value) > _MOST_FIELDS:
        raise PydanticCustomError("object", "refused")
    for name, element in value.items():
        elements = element if isinstance(element, list) else [element]
        if not _is_text(name) or not all(map(_is_plain, elements)):
            raise PydanticCustomError("object", "refused")
    return value


def _is_plain(value: object) -> bool:
    if isinstance(value, int | float):
        return abs(value) <= _LARGEST
    if isinstance(value, Decimal):
        return (
            value.is_finite()
            and (value.is_zero() or abs(value.adjusted()) < _DIGITS)
            and abs(value) <= _LARGEST
        )
    return value is None or _is_text(value)


def _is_text(value: object) -> bool:
    # a lone surrogate has no UTF-8 and could never be stored
    return isinstance(value, str) and not any("\ud800" <= c <= "\udfff" for c in value)
