"""JSON read as strictly as JSON Lines: no key twice, no NaN, numbers exact.

In: bytes. Out: what they say. Deliberately absent: what it means.
"""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from ledger.words import Words

DEEPEST = 32


class NotStrict(ValueError):
    """JSON that could be read in two ways."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


def read_strictly(body: bytes) -> Any:
    """Return what JSON says. Raises ValueError (NotStrict with words)."""
    raw = json.loads(
        body.decode("utf-8"),
        parse_float=_number,
        parse_int=lambda digits: int(digits) if len(digits) < 20 else Decimal(digits),
        parse_constant=_refuse,
        object_pairs_hook=_once,
    )
    _check_depth(raw, 0)
    return raw


def _number(text: str) -> Decimal:
    # beyond this no field has a use for it, and some arithmetic would take for ever
    exponent = text.lower().partition("e")[2]
    if len(exponent) > 5:
        raise NotStrict(Words("数字过大或过小", "a number is too large or too small"))
    return Decimal(text)


def _refuse(name: str) -> Any:
    raise NotStrict(Words(f"{name} 不是 JSON 的数", f"{name} is no number of JSON"))


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)[:100]
        raise NotStrict(Words(f"同一字段 {twice} 出现两次", f"the key {twice} is there twice"))
    return found


def _check_depth(raw: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise NotStrict(Words("嵌套过深", "nested too deep"))
    inner = raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else ()
    for one in inner:
        _check_depth(one, depth + 1)
