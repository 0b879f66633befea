"""The value that a workbook stores for a text: a number, a day, a truth value, or the text.

In: the text of a field's value and the field's kind. Out: what to store, so that it is read back exactly.
Deliberately absent: reading (`tables.values`).
"""

from datetime import date
from decimal import Decimal

from ledger.files.tables.values import NUMBERS

_SURE_DIGITS = 15
# Workbooks count a 29 February 1900 that never was.
_FIRST_SURE_DAY = "1901-01-01"


def cell_value(text: str, kind: str) -> str | bool | Decimal | date:
    """Return the value to store for a text of a kind, as `tables.values` reads it back exactly.

    A number or day that a workbook would not keep exactly stays a text.
    """
    if kind == "flag":
        return text == "true"
    if kind == "day" and text >= _FIRST_SURE_DAY:
        return date.fromisoformat(text)
    if kind in NUMBERS and sum(character.isdigit() for character in text) <= _SURE_DIGITS:
        return Decimal(text)
    return text
