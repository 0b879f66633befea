"""YAML text → plain values, with the line of each.

In: the text of a rubric file. Out: mappings, lists, texts, whole numbers, exact decimals, true, false,
nothing; and a line for every key path. Deliberately absent, because they surprise or explode: tags, anchors
and aliases, merge keys, repeated keys, several documents, binary floats (0.30 stays 0.30), dates,
sexagesimal and octal numbers, and yes/no/on/off as truth values (they are words). What the model wants is
`model`'s.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import yaml

from ledger.problems import Problem
from rubrics.problems import Path, build_problem, shorten

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML without libyaml: the same events, ten times slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

DEEPEST = 24
LITERAL = frozenset({"id", "version", "zh", "en", "document", "source"})
"""Keys whose values are text however they look: item 1.10 is not item 1.1, version 2019 is no number."""

_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})?\.[0-9]{1,18}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass(frozen=True, slots=True)
class Tree:
    """The values of a file, where each stands, and what was wrong with the YAML itself."""

    data: Any
    lines: Mapping[Path, int]
    problems: tuple[Problem, ...]

    def line_of(self, path: Path) -> int | None:
        """Return the line of a place, or of the nearest place around it that the file has."""
        for length in range(len(path), -1, -1):
            if (line := self.lines.get(path[:length])) is not None:
                return line
        return None


def parse_tree(text: str, file: str) -> Tree:
    """Parse the text of one YAML document. Never raises: faults come back in `problems`."""
    return _Composer(text, file).tree()


class _StopError(Exception):
    """Nothing after this place can be understood."""


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


class _Composer:
    """Turns YAML events into values, bounded in depth. One pass, one use."""

    def __init__(self, text: str, file: str) -> None:
        self._text, self._file = text, file
        self._lines: dict[Path, int] = {}
        self._problems: list[Problem] = []
        self._events: Iterator[yaml.Event] = iter(())

    def tree(self) -> Tree:
        data = None
        try:
            self._events = yaml.parse(self._text, Loader=_Loader)
            data = self._document()
        except yaml.YAMLError as error:
            self._unreadable(error)
        except _StopError:
            pass
        return Tree(data, self._lines, tuple(self._problems))

    def _document(self) -> Any:
        next(self._events)  # the stream begins
        if isinstance(next(self._events), yaml.StreamEndEvent):
            self._say((), None, "文件是空的", "the file is empty")
            raise _StopError
        data = self._value(next(self._events), ())
        next(self._events)  # the document ends
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            self._say(
                (), after, "一个文件只能有一个文档（一份细则）", "a file holds one document: one rubric"
            )
        return data

    def _value(self, event: yaml.Event, path: Path) -> Any:
        self._lines[path] = _line(event)
        if isinstance(event, yaml.AliasEvent):
            self._say(
                path, event, "不支持别名（*）：请把内容写全", "aliases (*) are not supported: write it out"
            )
            return None
        self._check_node(event, path)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if len(path) >= DEEPEST:
            self._say(
                path, event, f"嵌套不能超过 {DEEPEST} 层", f"must not be nested deeper than {DEEPEST} levels"
            )
            raise _StopError
        return self._mapping(path) if isinstance(event, yaml.MappingStartEvent) else self._list(path)

    def _mapping(self, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._say(path, event, "键必须是一个词", "a key must be a word")
                raise _StopError
            key = event.value
            inner = (*path, key)
            self._check_node(event, inner)
            known = key in values
            if known:
                first = self._lines[inner]
                self._say(
                    inner, event, f"键重复，第 {first} 行已有", f"this key was given already, in line {first}"
                )
            value = self._value(next(self._events), inner)
            if not known:
                values[key] = value
            self._lines[inner] = _line(event)
        return values

    def _list(self, path: Path) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            values.append(self._value(event, (*path, len(values))))
        return values

    def _scalar(self, event: yaml.ScalarEvent, path: Path) -> Any:
        value: str = event.value
        if _CONTROL.search(value):
            self._say(path, event, "文字中不能有控制字符", "texts hold no control characters")
        if event.style:  # quoted, or a block: text as it stands
            return value
        literal = bool(path) and path[-1] in LITERAL
        if value in _WORDS and not (literal and value):
            return _WORDS[value]
        if literal:
            return value
        if _WHOLE.fullmatch(value):
            return int(value)
        return Decimal(value) if _DECIMAL.fullmatch(value) else value

    def _check_node(self, event: Any, path: Path) -> None:
        if event.anchor is not None:
            self._say(
                path, event, "不支持锚点（&）：请把内容写全", "anchors (&) are not supported: write it out"
            )
        if event.tag is not None:
            tag = shorten(str(event.tag).replace("tag:yaml.org,2002:", "!!"))
            self._say(path, event, f"不支持标签（{tag}）", f"tags ({tag}) are not supported")

    def _say(self, path: Path, event: yaml.Event | None, zh: str, en: str) -> None:
        line = None if event is None else _line(event)
        self._problems.append(build_problem(self._file, path, zh, en, line=line))

    def _unreadable(self, error: yaml.YAMLError) -> None:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = None if mark is None else mark.line + 1
        zh = "不是可读的 YAML：请检查缩进、冒号和引号"
        en = "is not readable YAML: check the indentation, the colons and the quotes"
        rows = self._text.split("\n")
        if line is not None and any(re.match(r" *\t", row) for row in rows[max(0, line - 2) : line]):
            zh, en = "缩进只能用空格，不能用制表符", "indent with spaces, not with tabs"
        elif line is not None and any(sign in row for row in rows[max(0, line - 2) : line] for sign in "{["):
            zh += '。文字里有花括号、逗号或冒号时请加引号，如 {zh: "第{1}次：学习", en: …}'
            quoted = '{zh: "…{1}: …", en: …}'
            en = f"{en}; put a text that holds braces, commas or colons in quotes, as in {quoted}"
        self._problems.append(build_problem(self._file, (), zh, en, line=line))
