"""A found value as a short text that is safe to print.

In: whatever stood in the input. Out: at most 60 characters on one line, without control characters, as
JSON would write it. Deliberately absent: any judgement.
"""

from decimal import Decimal

LONGEST = 60
_DEEPEST = 3


def shown(value: object) -> str:
    """Return the value as JSON would write it, shortened; texts in double quotes."""
    if isinstance(value, str):
        return f'"{safe(value, LONGEST - 2)}"'
    return safe(_written(value, _DEEPEST))


def safe(text: str, longest: int = LONGEST) -> str:
    """Return the text on one line of at most 60 characters: what cannot be printed is escaped."""
    start = text[: longest + 1]
    if not start.isprintable():
        start = "".join(c if c.isprintable() else _escaped(c) for c in start)
    return start if len(start) <= longest else start[: longest - 1] + "…"


def _escaped(character: str) -> str:
    point = ord(character)
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"


def _written(value: object, depth: int) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        # Python refuses to write whole numbers of thousands of digits
        return str(value) if abs(value) < 10**LONGEST else "10^60…"
    if isinstance(value, float | Decimal):
        return str(value)
    if isinstance(value, str):
        return f'"{value[:LONGEST]}"'
    if isinstance(value, dict):
        if depth == 0:
            return "{…}"
        some = list(value.items())[:5]
        return "{" + ", ".join(f"{_written(k, 0)}: {_written(v, depth - 1)}" for k, v in some) + "}"
    if isinstance(value, list | tuple):
        if depth == 0:
            return "[…]"
        return "[" + ", ".join(_written(v, depth - 1) for v in value[:12]) + "]"
    return str(value)[:LONGEST]
