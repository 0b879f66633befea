"""The short notation of events in examples: one line, one fact.

In: lines such as `2019-03-12 meeting_held kind=committee_meeting evidence=minutes,photo`, or mappings in the
shape of the import files. Out: `WrittenEvent` values, and `Pattern` values that pick some of them out.
Deliberately absent: which types and fields there are; the event catalogue judges that when an example runs.

Braces make several of a line: `2019-{01..12}-08 …` is one event a month, `member={m1,m2}` one for each. Equal
braces go in step, different ones multiply. `as=NAME` names an event, so that another can point at it.
"""

import json
import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from rubrics.problems import refuse

MOST = 1_000
MOST_IN_A_FILE = 20_000
"""How many events one line may stand for."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PART_OF_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_TYPE = re.compile(r"[a-z][a-z0-9_]*")
_KEY = re.compile(r"[a-z][a-z0-9_.]*")
_BRACES = re.compile(r"\{([^{}]*)\}")
_RANGE = re.compile(r"([0-9]{1,4})\.\.([0-9]{1,4})")
_ENVELOPE = ("occurred_on", "type", "branch", "counts_for", "data", "as")


@dataclass(frozen=True, slots=True)
class WrittenEvent:
    """An event as an example writes it.

    `fields`: of a line, texts by key, payload and envelope (`branch`, `counts_for`) side by side; of a
    mapping, its keys as they stand, `data` among them. `plain`: it was a line. `name`: what `as=` called it.
    `text`: how it is shown, braces unfolded.
    """

    day: str
    type: str
    fields: Mapping[str, Any]
    plain: bool
    name: str | None
    text: str

    def value(self, key: str) -> str | None:
        """Return a field as text, None where it was not given; lists are joined by commas."""
        data = self.fields.get("data")
        value = self.fields.get(key, data.get(key) if isinstance(data, dict) else None)
        if isinstance(value, list):
            return ",".join(_plain_text(part) for part in value)
        return None if value is None else _plain_text(value)

    @property
    def branch(self) -> str | None:
        """The branch, None where none was given."""
        return self.value("branch")


@dataclass(frozen=True, slots=True)
class Pattern:
    """What picks events out: the beginning of a day, a type, fields, a name; whatever is given must fit."""

    day: str
    type: str | None
    fields: Mapping[str, str]
    name: str | None
    text: str

    def fits(self, event: WrittenEvent) -> bool:
        """Tell whether an event is meant."""
        return (
            (event.day == self.day or event.day.startswith(f"{self.day}-") or not self.day)
            and self.type in (None, event.type)
            and self.name in (None, event.name)
            and all(event.value(key) == value for key, value in self.fields.items())
        )


def parse_events(value: object) -> tuple[WrittenEvent, ...]:
    """Read one entry of a list of events: a line, which may unfold into several, or a mapping.

    Raises ValueError for what cannot be read.
    """
    if isinstance(value, dict):
        return (_parse_mapping(value),)
    if not isinstance(value, str):
        raise refuse(
            "必须是一行：日期、类型、字段=值",
            "must be a line: a day, a type, fields as key=value",
        )
    return tuple(_parse_line(line) for line in unfold(value))


def parse_patterns(value: object) -> tuple[Pattern, ...]:
    """Read one entry of `except`. Raises ValueError for what cannot be read."""
    if not isinstance(value, str) or not value.strip():
        raise refuse(
            "必须是一行：日期的开头、类型、字段=值，至少一样",
            "must be a line: the beginning of a day, a type, fields as key=value, or some of them",
        )
    return tuple(_parse_pattern(line) for line in unfold(value))


def unfold(line: str) -> list[str]:
    """Unfold the braces of a line. Raises ValueError where they cannot be read, or make too many lines."""
    if count_of(line) > MOST:
        raise refuse(f"一行最多展开成 {MOST} 条", f"one line may unfold into {MOST} events at most")
    inner = list(dict.fromkeys(_BRACES.findall(line)))
    choices = [_choices(text) for text in inner]
    return [_filled(line, dict(zip(inner, chosen, strict=True))) for chosen in product(*choices)]


def count_of(line: str) -> int:
    """Count what a line unfolds into, without unfolding it."""
    count = 1
    for inner in dict.fromkeys(_BRACES.findall(line)):
        bounds = _RANGE.fullmatch(inner)
        count *= max(1, int(bounds[2]) - int(bounds[1]) + 1) if bounds else inner.count(",") + 1
    return count


def count_in(value: object) -> int:
    """Count what all lines of a file's lists unfold into."""
    if isinstance(value, str):
        return count_of(value)
    if isinstance(value, dict):
        return sum(count_in(one) for one in value.values() if isinstance(one, dict | list | str))
    return sum(map(count_in, value)) if isinstance(value, list) else 0


def _filled(line: str, chosen: Mapping[str, str]) -> str:
    return _BRACES.sub(lambda found: chosen[found[1]], line)


def _choices(inner: str) -> list[str]:
    bounds = _RANGE.fullmatch(inner)
    if bounds:
        first, last = int(bounds[1]), int(bounds[2])
        if first <= last:
            return [f"{number:0{len(bounds[1])}d}" for number in range(first, last + 1)]
    words = [word.strip() for word in inner.split(",")]
    if bounds or not all(words):
        raise refuse(
            f"花括号内须为 01..12 或 m1,m2，实际为 {{{inner}}}",
            f"braces hold a range such as 01..12, or words such as m1,m2; got {{{inner}}}",
        )
    return words


def _parse_line(line: str) -> WrittenEvent:
    words = _words(line)
    day, type_ = (words[0], words[1]) if len(words) > 1 else (words[0] if words else "", "")
    if not _DAY.fullmatch(day) or not _TYPE.fullmatch(type_):
        raise refuse(
            "每行先写日期（2019-03-12），再写类型（meeting_held），再写字段=值",
            "a line begins with a day (2019-03-12) and a type (meeting_held), then key=value",
        )
    fields = _fields(words[2:])
    name = fields.pop("as", None)
    return WrittenEvent(day, type_, fields, True, name, line.strip())


def _parse_pattern(line: str) -> Pattern:
    words = _words(line)
    day = words.pop(0) if words and _PART_OF_DAY.fullmatch(words[0]) else ""
    type_ = words.pop(0) if words and _TYPE.fullmatch(words[0]) else None
    fields = _fields(words)
    name = fields.pop("as", None)
    return Pattern(day, type_, fields, name, line.strip())


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line) if '"' in line or "'" in line or "\\" in line else line.split()
    except ValueError:
        raise refuse("引号没有成对", "a quotation mark has no partner") from None


def _fields(words: Sequence[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for word in words:
        key, equals, value = word.partition("=")
        if not equals or not _KEY.fullmatch(key) or not value:
            raise refuse(
                f"“{word}”不是 字段=值；值中有空格时请加引号",
                f'"{word}" is not key=value; put a value with spaces in quotes',
            )
        if key in fields:
            raise refuse(f"{key} 写了两次", f"{key} is given twice")
        fields[key] = value
    return fields


def _parse_mapping(value: Mapping[str, Any]) -> WrittenEvent:
    fields = dict(value)
    for key in fields:
        if key not in _ENVELOPE:
            raise refuse(
                f"没有 {key} 这个键；可用的有：{'、'.join(_ENVELOPE)}",
                f"there is no key {key}; known are: {', '.join(_ENVELOPE)}",
            )
    day, type_, name = (fields.pop(key, None) for key in ("occurred_on", "type", "as"))
    if not isinstance(day, str) or not isinstance(type_, str) or not isinstance(name, str | None):
        raise refuse("须有 occurred_on 和 type", "needs occurred_on and type")
    if not isinstance(fields.setdefault("data", {}), dict):
        raise refuse("data 必须是一组键值", "data must be a mapping")
    shown = json.dumps(fields["data"], ensure_ascii=False, sort_keys=True, default=str)
    beside = "".join(f"{key}={fields[key]} " for key in ("branch", "counts_for") if key in fields)
    return WrittenEvent(day, type_, fields, False, name, f"{day} {type_} {beside}{shown}")


def _plain_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
