"""How workbooks (XLSX) spell texts, and how much a sheet of theirs has room for.

In: a text. Out: the text as XML can hold it, and back. Deliberately absent: reading (`tables.source`) and
writing (`workbook`, `templates`).
"""

import re

CHOICES_SHEET = "_choices"
MAX_ROWS = 1_048_576
MAX_TEXT = 32_767

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MUST_ESCAPE = re.compile("[\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def escape(text: str) -> str:
    """Return a text as workbooks spell it: what XML cannot hold, and what looks like such a spelling."""
    return _MUST_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def unescape(text: str) -> str:
    """Undo `escape`."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
