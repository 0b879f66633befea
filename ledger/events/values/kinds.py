"""The kinds of field that a payload is made of: texts, codes, whole numbers, choices, lists.

In: a value as JSON gives it. Out: the value checked, without any coercion that changes its meaning, or a
refusal that says what is expected. The checks run inside pydantic's core; the sentences are made only when
something is wrong. Deliberately absent: decimals and days (`amounts`, `days`), and which fields exist.
"""

from decimal import Decimal
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from ledger.events.values.described import Described, Vocabulary, nearest, nearest_words, words_of
from ledger.events.values.shown import shown
from ledger.words import Words

Kind = Literal[
    "text", "code", "whole", "money", "points", "hours", "decimal",
    "day", "month", "quarter", "flag", "choice", "set", "list", "object",
]  # fmt: skip

LONGEST_TEXT = 10_000
LARGEST_NUMBER = 1_000_000_000
MOST_ELEMENTS = 10_000
TOO_MANY = Words(zh=f"不得超过 {MOST_ELEMENTS} 项", en=f"must have at most {MOST_ELEMENTS:,} elements")
NO_CHOICES: Vocabulary = MappingProxyType({})


class Refusal(NamedTuple):
    """Why one value is refused: completes the sentence `data.present: …`."""

    expected: Words
    found: str | None = None
    hint: Words | None = None


class FieldKind:
    """How the values of a field are checked and told; stands in the field's annotation."""

    kind: Kind
    choices: Vocabulary = NO_CHOICES

    def __init__(self, words: Described) -> None:
        self.words = words

    def core(self) -> CoreSchema:
        """Return pydantic's check of one given value."""
        return self._core()

    def refusal(self, value: object) -> Refusal:
        """Say what is expected instead of a value that the check refused."""
        return self._refusal(value)

    def element_refusal(self, value: object) -> Refusal:
        """Say what is expected instead of one refused element of a list."""
        return self._element_refusal(value)

    def _core(self) -> CoreSchema:
        raise NotImplementedError

    def _refusal(self, value: object) -> Refusal:
        raise NotImplementedError

    def _element_refusal(self, value: object) -> Refusal:
        return self._refusal(value)

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Take over pydantic's schema: the field's own, nullable where the annotation is."""
        core = self.core()
        return core_schema.nullable_schema(core) if type(None) in get_args(source) else core


class Text(FieldKind):
    """A text of people's own words: not blank, tab and newline its only control characters."""

    kind: Kind = "text"
    _pattern = r"^[\P{Cc}\t\n]*[^\s\p{Cc}][\P{Cc}\t\n]*$"

    def __init__(self, words: Described, longest: int = LONGEST_TEXT) -> None:
        super().__init__(words)
        self.longest = longest

    def _core(self) -> CoreSchema:
        return core_schema.str_schema(strict=True, max_length=self.longest, pattern=self._pattern)

    def _refusal(self, value: object) -> Refusal:
        if not isinstance(value, str):
            return Refusal(Words(zh="应为文字", en="must be a text"), shown(value))
        if len(value) > self.longest:
            words = Words(
                zh=f"不得超过 {self.longest} 个字符", en=f"must have at most {self.longest:,} characters"
            )
            return Refusal(words, f"{len(value):,}")
        if not value.strip():
            hint = Words(
                zh="选填的字段没有内容时请省去",
                en="Leave an optional field out where there is nothing to say",
            )
            return Refusal(Words(zh="不得为空", en="must not be empty"), shown(value), hint)
        words = Words(
            zh="不得含有制表符、换行符以外的控制字符，且须为完整的 Unicode 文字",
            en="must be well-formed Unicode without control characters other than tab and newline",
        )
        return Refusal(words, shown(value))


class Code(FieldKind):
    """A short text of a fixed form: a member's code, a lower_snake word, a digest."""

    kind: Kind = "code"

    def __init__(self, words: Described, pattern: str, form: Words, known: Vocabulary = NO_CHOICES) -> None:
        super().__init__(words)
        self.pattern, self.form, self.choices = pattern, form, known

    def _core(self) -> CoreSchema:
        return core_schema.str_schema(strict=True, pattern=self.pattern)

    def _refusal(self, value: object) -> Refusal:
        return Refusal(self.form, shown(value))


class Whole(FieldKind):
    """A whole number from `least` on; with `options`, one of these numbers only."""

    kind: Kind = "whole"

    def __init__(self, words: Described, least: int = 0, options: Vocabulary = NO_CHOICES) -> None:
        super().__init__(words)
        self.least, self.choices = least, options

    def _core(self) -> CoreSchema:
        whole = core_schema.int_schema(strict=True, ge=self.least, le=LARGEST_NUMBER)
        if not self.choices:
            return whole
        allowed = core_schema.literal_schema([int(word) for word in self.choices])
        return core_schema.chain_schema([whole, allowed])

    def _refusal(self, value: object) -> Refusal:
        if self.choices:
            words = Words(
                zh="应为整数 " + " 或 ".join(self.choices),
                en="must be the whole number " + " or ".join(self.choices),
            )
        elif _beyond(value):
            words = Words(
                zh=f"应为不大于 {LARGEST_NUMBER} 的整数",
                en=f"must be a whole number ≤ {LARGEST_NUMBER:,}",
            )
        else:
            words = Words(zh=f"应为不小于 {self.least} 的整数", en=f"must be a whole number ≥ {self.least}")
        return Refusal(words, shown(value))


class Flag(FieldKind):
    """True or false."""

    kind: Kind = "flag"

    def _core(self) -> CoreSchema:
        return core_schema.bool_schema(strict=True)

    def _refusal(self, value: object) -> Refusal:
        words = Words(zh="应为 true（是）或 false（否）", en="must be true or false")
        return Refusal(words, shown(value))


class Choice(FieldKind):
    """One word of a vocabulary."""

    kind: Kind = "choice"

    def __init__(self, words: Described, vocabulary: Vocabulary) -> None:
        super().__init__(words)
        self.choices = vocabulary

    def _core(self) -> CoreSchema:
        return core_schema.literal_schema(list(self.choices))

    def _refusal(self, value: object) -> Refusal:
        return _none_of(value, self.choices, Words(zh="应为以下之一：", en="must be one of: "))


class ChoiceSet(Choice):
    """A set of words of a vocabulary; the same word twice is there once."""

    kind: Kind = "set"

    def _core(self) -> CoreSchema:
        return core_schema.frozenset_schema(super()._core(), max_length=MOST_ELEMENTS)

    def _refusal(self, value: object) -> Refusal:
        return _not_a_list(value) if isinstance(value, list | str) else self._element_refusal(value)

    def _element_refusal(self, value: object) -> Refusal:
        start = Words(zh="应为列表，各项取自：", en="must be a list of words out of: ")
        return _none_of(value, self.choices, start)


class SetOf(FieldKind):
    """A set of at least one element of another kind."""

    kind: Kind = "set"

    def __init__(self, words: Described, element: FieldKind) -> None:
        super().__init__(words)
        self.element, self.choices = element, element.choices

    def _core(self) -> CoreSchema:
        return core_schema.frozenset_schema(self.element.core(), min_length=1, max_length=MOST_ELEMENTS)

    def _refusal(self, value: object) -> Refusal:
        return _not_a_list(value)

    def _element_refusal(self, value: object) -> Refusal:
        return self.element.refusal(value)


class ListOf(SetOf):
    """A list of elements of another kind, kept in its order; it may be empty."""

    kind: Kind = "list"

    def _core(self) -> CoreSchema:
        element = self.element.core()
        return core_schema.tuple_schema([element], variadic_item_index=0, max_length=MOST_ELEMENTS)


def _not_a_list(value: object) -> Refusal:
    if not isinstance(value, list):
        return Refusal(Words(zh="应为列表", en="must be a list"), shown(value), _as_list(value))
    if not value:
        return Refusal(Words(zh="应至少有一项", en="must name at least one"), shown(value))
    return Refusal(TOO_MANY, f"{len(value):,}")


def _beyond(value: object) -> bool:
    if isinstance(value, Decimal):
        return value.is_finite() and value > LARGEST_NUMBER
    return isinstance(value, int) and value > LARGEST_NUMBER


def _as_list(value: object) -> Words | None:
    if not isinstance(value, str):
        return None
    written = f"[{shown(value)}]"
    return Words(zh=f"请写成 {written}", en=f"Write it as {written}")


def _none_of(value: object, choices: Vocabulary, start: Words) -> Refusal:
    """Refuse what is no word of a vocabulary: the nearest three are named, never all of many."""
    if isinstance(value, str) and len(meant := words_of(value.strip(), choices)) > 1:
        told = Words(
            zh="可以指" + "或".join(f" {w}（{choices[w].label.zh}）" for w in meant) + "，请写明是哪一个",
            en="may mean " + " or ".join(meant) + ": say which",
        )
        return Refusal(told, shown(value))
    close = nearest_words(value, choices)
    more = len(choices) - len(close)
    told = Words(
        zh=start.zh
        + "、".join(f"{w}（{choices[w].label.zh}）" for w in close)
        + (f" 等 {len(choices)} 项" if more else ""),
        en=start.en + ", ".join(close) + (f", … ({len(choices)} in all)" if more else ""),
    )
    return Refusal(told, shown(value), nearest(value, choices))
