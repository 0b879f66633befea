"""Exact decimals: money, points, hours, and the values of metrics.

In: a JSON number or a plain decimal text (`20`, `"20.00"`). Out: a Decimal in its one form, so that equal
amounts are equal texts; nothing is ever rounded. Deliberately absent: binary floats past the door.
"""

import re
from decimal import Decimal
from functools import lru_cache

from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ledger.events.values.described import Described
from ledger.events.values.kinds import LARGEST_NUMBER, FieldKind, Kind, Refusal
from ledger.events.values.shown import shown
from ledger.words import Words

_PLAIN = re.compile(r"-?[0-9]{1,24}(?:\.[0-9]{1,24})?")
_SHORT = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,2}))?")
_CENT = Decimal("0.01")
_MILLIONTH = Decimal("0.000001")
_TOO_MANY = Words(zh="请自行取舍，这里不作四舍五入", en="Round it yourself: nothing is rounded here")


@lru_cache(1_000)
def _short(text: str) -> Decimal | None:
    """Return a short plain amount, None for any other text. The same few come up again and again."""
    short = _SHORT.fullmatch(text)
    return Decimal(f"{short[1]}.{short[2] or '':0<2}") if short else None


class Amount(FieldKind):
    """An amount of at most two decimal places, from 0 on, or above 0 where it must be `positive`."""

    places = 2

    def __init__(self, words: Described, kind: Kind, *, positive: bool = False) -> None:
        super().__init__(words)
        self.kind = kind
        self.positive = positive

    def _core(self) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._parsed)

    def _refusal(self, value: object) -> Refusal:
        number = exact(value)
        if number is not None and number > LARGEST_NUMBER:
            words = Words(zh=f"应为不大于 {LARGEST_NUMBER} 的数", en=f"must be a number ≤ {LARGEST_NUMBER:,}")
            return Refusal(words, shown(value))
        bound = "> 0" if self.positive else "≥ 0"
        floor = "大于 0" if self.positive else "不小于 0"
        words = Words(
            zh=f"应为{floor} 的数，最多 {self.places} 位小数",
            en=f"must be a decimal number {bound} with at most {self.places} places",
        )
        fine = number is not None and number >= 0
        return Refusal(words, shown(value), _TOO_MANY if fine and number else None)

    def _parsed(self, value: object) -> Decimal:
        # most amounts are short and plain: their one form is a matter of padding the text
        if type(value) is float or (type(value) is int and value <= LARGEST_NUMBER):
            value = repr(value)
        number = _short(value) if isinstance(value, str) else None
        if number is not None:
            if number or not self.positive:
                return number
            raise _refused()
        return self._parsed_at_length(value)

    def _parsed_at_length(self, value: object) -> Decimal:
        number = exact(value)
        if number is None or number > LARGEST_NUMBER:
            raise _refused()
        if not (number > 0 if self.positive else number >= 0):
            raise _refused()
        # + 0 drops the sign of a negative zero
        form = number.quantize(_CENT) + 0
        if form != number:
            raise _refused()
        return form


class Measure(FieldKind):
    """A decimal of at most six places, negative ones too: what a metric measured."""

    kind: Kind = "decimal"
    places = 6

    def _core(self) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._parsed)

    def _refusal(self, value: object) -> Refusal:
        number = exact(value)
        words = Words(
            zh=f"应为绝对值不大于 {LARGEST_NUMBER} 的数，最多 {self.places} 位小数",
            en=f"must be a decimal number of at most {LARGEST_NUMBER:,} either way, "
            f"with at most {self.places} places",
        )
        fine = number is not None and abs(number) <= LARGEST_NUMBER
        return Refusal(words, shown(value), _TOO_MANY if fine else None)

    def _parsed(self, value: object) -> Decimal:
        number = exact(value)
        if number is None or abs(number) > LARGEST_NUMBER:
            raise _refused()
        form = number.quantize(_MILLIONTH)
        if form != number:
            raise _refused()
        # + 0 drops the sign of a negative zero
        return form.normalize() + 0


def exact(value: object) -> Decimal | None:
    """Return the finite number that a JSON value or a plain decimal text stands for, else None."""
    if isinstance(value, str):
        return Decimal(value) if _PLAIN.fullmatch(value) else None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    # the shortest text of a float is the number that was written, up to 15 digits
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if number.is_zero():
        return Decimal(0)
    return number if number.is_finite() and number.adjusted() > -100 else None


def _refused() -> PydanticCustomError:
    return PydanticCustomError("amount", "refused")
