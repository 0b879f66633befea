"""One JSON line, read strictly.

In: one line of a JSON Lines file, as bytes or text. Out: an Event, or `Refused`: not JSON, not UTF-8, a key
twice, NaN, nested too deep, too long. Deliberately absent: files and line numbers; `ledger.files` knows them.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

import orjson
from pydantic import ValidationError

from ledger.errors import Refused
from ledger.events.catalogue import CATALOGUE, kinds_of
from ledger.events.envelope import Event
from ledger.events.parse import event_validator, parse_event, usual_envelope
from ledger.events.refusals import event_problems
from ledger.events.values.amounts import Amount, Measure
from ledger.events.values.shown import safe, shown
from ledger.problems import Problem
from ledger.words import Words

LONGEST_LINE = 4_000_000
"""Bytes of a line that brings an event; the longest texts that an event may hold fit into it."""
LONGEST_FULL_LINE = 64 * 1024 * 1024
"""Bytes of a line of a full export, in which certificates stand."""
# Beyond so many bytes, what a line holds is counted before it is checked.
_SHORT = 20_000

_MOST_TWINS = 100
_KEY = re.compile(rb'"[ \t\r\n]*:')
# a binary float keeps 15 digits; beyond that, or near its smallest, a number may not be what was written
_DIGITS_AS_ZEROS = bytes.maketrans(b".123456789", b"0000000000")
_LONG = b"0" * 16
_TINY = re.compile(rb"[\s:,\[]-?[0-9.]+[eE]-[0-9]{3}")
_UNUSUAL = frozenset({float, dict, type(None)})
_FIELDS = frozenset(Event.model_fields)
# how orjson says that a line is nested too deep; Python's own reader has another limit in each version
_TOO_DEEP = ("depth limit", "ecursion limit")
_BOM = b"\xef\xbb\xbf"


def parse_line(line: bytes | str) -> Event:
    """Check one JSON line. Raises Refused with all problems."""
    if isinstance(line, str):
        line = _encoded(line)
    if len(line) <= _SHORT:
        try:
            event: Event = event_validator().validate_json(line)
        except ValidationError:
            pass
        else:
            # every key has a colon after it: as many colons as fields, and no key was there twice
            fields = len(event.model_fields_set) + len(event.data.model_fields_set)
            if line.count(b":") == fields and not _may_be_inexact(event.type, line):
                return event
    return parse_event(decode_line(line))


def usual_line(line: bytes) -> Mapping[str, Any] | None:
    """Return what a line says whose envelope is usual, and whose payload is yet to be checked
    (`usual_payload`); None for any other, of which `parse_line` has the word.
    """
    if len(line) > _SHORT:
        return None
    try:
        raw = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(raw, dict) or not isinstance(raw.get("type"), str):
        return None
    data = raw.get("data")
    # a binary float may not be what was written
    if not isinstance(data, dict) or not _UNUSUAL.isdisjoint(map(type, data.values())):
        return None
    # every key has a colon after it: as many colons as fields, and no key was there twice
    if line.count(b":") != len(raw) + len(data) or not raw.keys() <= _FIELDS:
        return None
    get = raw.get
    fine = usual_envelope(get("id"), get("branch"), get("occurred_on"), get("counts_for"), get("recorded_by"))
    return raw if fine else None


def decode_line(line: bytes | str, longest: int = LONGEST_LINE) -> object:
    """Return what a JSON line says, numbers exact. Raises Refused where it is no strict JSON."""
    if isinstance(line, str):
        line = _encoded(line)
    if len(line) > longest:
        words = Words(zh=f"一行不得超过 {longest} 字节", en=f"must be a line of at most {longest:,} bytes")
        raise Refused([Problem(words, found=f"{len(line):,}")])
    try:
        raw = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        # NaN, a number beyond all bounds, half a character: the field that holds it says it best
        told = [] if any(words in error.msg for words in _TOO_DEEP) else _told_by_fields(line)
        raise Refused(told or [_not_json(line, error.pos)]) from None
    if not isinstance(raw, dict):
        return raw
    if line.count(b":") != _keys(raw) and len(_KEY.findall(line)) != _keys(raw):
        _refuse_twins(line)
    return _exact(line) if _may_be_inexact(raw.get("type"), line) else raw


def _may_be_inexact(word: object, line: bytes) -> bool:
    if not isinstance(word, str) or word not in _with_decimals():
        return False
    if _LONG in line.translate(_DIGITS_AS_ZEROS):
        return True
    return (b"e-" in line or b"E-" in line) and _TINY.search(line) is not None


def _keys(raw: dict[str, object]) -> int:
    count = len(raw)
    data = raw.get("data")
    if isinstance(data, dict):
        count += len(data)
        inner = data.get("data")
        if isinstance(inner, dict):
            count += len(inner)
    return count


@cache
def _with_decimals() -> frozenset[str]:
    # a correction may carry the payload of any of them
    words = {
        word
        for word, model in CATALOGUE.items()
        if any(isinstance(kind, Amount | Measure) for kind in kinds_of(model).values())
    }
    return frozenset(words | {"event_corrected"})


def _encoded(line: str) -> bytes:
    try:
        return line.encode()
    except UnicodeEncodeError as error:
        words = Words(zh="应为完整的 Unicode 文字", en="must be well-formed Unicode")
        raise Refused([Problem(words, found=shown(line[error.start : error.end]))]) from None


def _refuse_twins(line: bytes) -> None:
    twins: list[str] = []

    def note_twins(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs) and len(twins) < _MOST_TWINS:
            counts = Counter(name for name, _ in pairs)
            twins.extend(name for name, count in counts.items() if count > 1)
        return found

    try:
        json.loads(line, object_pairs_hook=note_twins, parse_int=_whole, parse_float=_number)
    except RecursionError:
        raise Refused([_not_json(line, 0)]) from None
    if twins:
        words = Words(zh="同一字段不得出现两次", en="must not be there twice")
        raise Refused([Problem(words, field=safe(name)) for name in twins[:_MOST_TWINS]])


def _told_by_fields(line: bytes) -> list[Problem]:
    try:
        return event_problems(json.loads(line.decode(), parse_float=_number, parse_int=_whole))
    except (ValueError, RecursionError):
        return []


def _exact(line: bytes) -> object:
    try:
        return json.loads(line, parse_float=_number, parse_int=_whole)
    except RecursionError:
        raise Refused([_not_json(line, 0)]) from None


def _whole(digits: str) -> int | Decimal:
    # Python refuses to read whole numbers of thousands of digits
    return int(digits) if len(digits) < 20 else Decimal(digits)


class _Beyond:
    """A number whose exponent no decimal can have: of no kind that a field takes, and shown as it was
    written.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text


def _number(text: str) -> Decimal | _Beyond:
    try:
        return Decimal(text)
    except InvalidOperation:
        return _Beyond(text)


def _not_json(line: bytes, at: int) -> Problem:
    expected = Words(zh="应为一个 JSON 对象，占一行", en="must be one JSON object on one line")
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        hint = Words(zh="请将文件存为 UTF-8 编码", en="Save the file as UTF-8")
        words = Words(zh="应为 UTF-8 编码", en="must be UTF-8")
        found = " ".join(f"0x{byte:02x}" for byte in line[error.start : error.start + 4])
        return Problem(words, found=found, hint=hint)
    if not text.strip():
        hint = Words(zh="请删去空行", en="Remove the empty line")
        return Problem(expected, found=shown(text), hint=hint)
    if line.startswith(_BOM):
        hint = Words(zh="请存为不带 BOM 的 UTF-8", en="Save the file as UTF-8 without a byte order mark")
        return Problem(expected, found=shown(text[:8]), hint=hint)
    found = text[at : at + 24].rstrip("\r\n")
    return Problem(expected, found=shown(found), hint=_reason(text, at))


def _reason(text: str, at: int) -> Words:
    if text[:at].count("{") + text[:at].count("[") > 500:
        return Words(zh="嵌套过深", en="It is nested too deep")
    if at < len(text) and ord(text[at]) < 0x20 and text[at] not in "\r\n":
        return Words(zh="文字中的控制字符须写作转义", en="Control characters in texts must be escaped")
    return Words(zh=f"自第 {at + 1} 个字符起不是 JSON", en=f"From character {at + 1} on it is not JSON")
