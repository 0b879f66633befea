"""What the header of a column may mean: a field, a month, a year, or nothing that the log holds.

In: a header's own text and the type of the rows. Out: its meanings, by stored name, label in either
language or everyday synonym; brackets, stars and spaces count for nothing. Deliberately absent: which row
is the header (`find`), and likeness: what is only similar is suggested, never taken.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from ledger.events import CATALOGUE, ENVELOPE, STORE_FIELDS
from ledger.events.values.described import folded, words_of
from ledger.events.vocabularies.synonyms import FIELD_SYNONYMS, LEFT_OUT, PERSONAL
from ledger.files.headers import Column, columns_of, may_count_for

# What is longer than any header is compared by its beginning.
_LONGEST_HEADER = 200
WIDE_TYPE = "dues_paid"
# A register of meetings (三会一课) holds lectures as well.
MEETINGS, LECTURE = "meeting_held", "lecture_given"
_BRACKETED = re.compile(r"[(\[{（【〔［〈《][^)\]}）】〕］〉》]*[)\]}）】〕］〉》]")
_SIGNS = re.compile(r"[()\[\]{}（）【】〔〕［］〈〉《》*＊★☆:：]")
_TOGETHER = re.compile("[/、,;\\n]")
_YEARS = frozenset(map(folded, ("年", "年度", "年份", "year")))
_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_NUMBER_OF_MONTH = MappingProxyType({name: at for at, name in enumerate(_MONTHS, start=1)})
_MONTH = re.compile(
    r"(?:((?:19|20)[0-9]{2})(?:[-/.]|年))?(?:(0?[1-9]|1[0-2])|(十[一二]?|[一二三四五六七八九]))(?:月份?)?"
)
_DAY_OF_MONTH = re.compile("((?:19|20)[0-9]{2})-([0-9]{2})-01")
# What a month's column beside months may say: how much a month's dues are, not what was paid.
A_MONTHS_DUES = frozenset(("月缴党费", "月缴纳党费", "每月党费", "月党费", "月缴费", "每月缴纳"))
_EVIDENCE = "evidence"
_WHETHER = re.compile("^(?:有无|是否有|是否附|是否)")
_ROSTER_DAYS = frozenset(
    map(folded, ("入党时间", "入党日期", "入党年月", "转正时间", "转正日期", "转入时间", "转入日期"))
)


class MonthHeader(NamedTuple):
    """A column that holds one month: its year where the header says it."""

    year: int | None
    month: int


def plain(header: str) -> str:
    """Return what a header is compared by, what stands in brackets included; 交 and 缴 are one."""
    text = _SIGNS.sub("", unicodedata.normalize("NFKC", header[:_LONGEST_HEADER]))
    return folded(text).replace("交", "缴")


def bare(header: str) -> str:
    """Return what a header is compared by, what stands in brackets left out: 应缴金额（元） is 应缴金额."""
    return plain(_BRACKETED.sub("", unicodedata.normalize("NFKC", header[:_LONGEST_HEADER])))


def columns_meant(header: str, type_word: str | None) -> tuple[Column, ...]:
    """Return the fields that a header may mean for rows of a type; of any type where that is not known."""
    named, everyday = _named(type_word), _everyday(type_word)
    for text in dict.fromkeys((plain(header), bare(header))):
        if text and (found := named.get(text)):
            return found
    for text in dict.fromkeys((plain(header), bare(header))):
        if text and (found := everyday.get(text)):
            return found
    return ()


def numbers_meant(header: str, type_word: str | None) -> tuple[Column, ...]:
    """Return the numbers that one column holds together (应到/实到, 应到、实到人数), in order; else none."""
    parts = _TOGETHER.split(unicodedata.normalize("NFKC", header[:_LONGEST_HEADER]))
    found = [columns_meant(part, type_word) for part in parts if part.strip()]
    columns = tuple(meant[0] for meant in found if meant and meant[0].info.kind == "whole")
    together = 1 < len(columns) == len(parts) == len({column.key for column in columns})
    return columns if together else ()


def names_type(header: str) -> bool:
    """Return whether a column says the type of each row."""
    return plain(header) in _names_of_type()


def names_year(header: str) -> bool:
    """Return whether a column says the year of the month beside it."""
    return bare(header) in _YEARS


def month_of(header: str) -> MonthHeader | None:
    """Return the month that a header is (一月, 1月, 01, 2025-01, 2025年1月), else None."""
    text = _SIGNS.sub("", unicodedata.normalize("NFKC", header[:_LONGEST_HEADER])).replace(" ", "")
    if match := _DAY_OF_MONTH.fullmatch(text):
        return MonthHeader(int(match[1]), int(match[2]))
    match = _MONTH.fullmatch(text)
    if match is None:
        return None
    year, digits, name = match.groups()
    if not year and not text.endswith(("月", "月份")) and (name or len(digits) == 1):
        # A lone 1 or 一 numbers something else.
        return None
    return MonthHeader(int(year) if year else None, int(digits) if digits else _NUMBER_OF_MONTH[name])


def evidence_of(header: str, type_word: str | None) -> str | None:
    """Return the evidence that a column ticks off by its header (会议记录, 图片资料), for rows of a type."""
    column = next((one for one in (columns_of(type_word) if type_word else ()) if one.key == _EVIDENCE), None)
    if column is None:
        return None
    found = (words_of(_WHETHER.sub("", text), column.info.choices) for text in (plain(header), bare(header)))
    return next((words[0] for words in found if len(words) == 1), None)


def is_personal(header: str) -> bool:
    """Return whether a column holds what the log may not: nothing of it is read, kept or shown."""
    return plain(header) in _personal() or bare(header) in _personal()


def is_left_out(header: str) -> bool:
    """Return whether a column is one that sheets have and the log has no use for."""
    return is_personal(header) or plain(header) in _left_out() or bare(header) in _left_out()


def is_set_by_store(header: str) -> bool:
    """Return whether a column is one that the store alone fills."""
    return plain(header) in _store_names()


def is_of_roster(header: str) -> bool:
    """Return whether a column is one that rosters alone have."""
    return bare(header) in _ROSTER_DAYS


def names_known(type_word: str | None) -> Mapping[str, str]:
    """Return every header that would be taken, folded, with the key of its field: to suggest the nearest."""
    known = {text: columns[0].key for text, columns in _everyday(type_word).items()}
    return known | {text: columns[0].key for text, columns in _named(type_word).items()}


@cache
def _named(type_word: str | None) -> Mapping[str, tuple[Column, ...]]:
    meanings: dict[str, dict[str, Column]] = {}
    for word in CATALOGUE if type_word is None else (type_word,):
        for column in columns_of(word):
            labels = tuple(column.info.label)
            spellings = (column.key, column.path, *labels, *(f"{label}{column.key}" for label in labels))
            for text in spellings:
                meanings.setdefault(plain(text), {})[column.key] = column
        if not may_count_for(CATALOGUE[word]):
            # By its name alone: a cell in it is refused, while its label may be another field's.
            counts_for = Column("counts_for", ENVELOPE["counts_for"])
            meanings.setdefault(plain("counts_for"), {})["counts_for"] = counts_for
    return MappingProxyType({text: tuple(columns.values()) for text, columns in meanings.items()})


@cache
def _everyday(type_word: str | None) -> Mapping[str, tuple[Column, ...]]:
    meanings: dict[str, dict[str, Column]] = {}
    for word in CATALOGUE if type_word is None else (type_word,):
        for column in columns_of(word):
            for text in synonyms_of_field(word, column.key):
                meanings.setdefault(plain(text), {})[column.key] = column
    return MappingProxyType({text: tuple(columns.values()) for text, columns in meanings.items()})


def synonyms_of_field(type_word: str, key: str) -> tuple[str, ...]:
    """Return the everyday headers of a field of a type."""
    own = FIELD_SYNONYMS.get(f"{type_word}.{key}")
    return own if own is not None else FIELD_SYNONYMS.get(key, ())


@cache
def _names_of_type() -> frozenset[str]:
    return frozenset(map(plain, ("type", *ENVELOPE["type"].label)))


@cache
def _personal() -> frozenset[str]:
    return frozenset(map(plain, PERSONAL))


@cache
def _left_out() -> frozenset[str]:
    return frozenset(map(plain, LEFT_OUT))


@cache
def _store_names() -> frozenset[str]:
    # 序号 heads the first column of half the sheets of the country, and is no position there.
    names = (text for name, described in STORE_FIELDS.items() for text in (name, *described.label))
    return frozenset(map(plain, names)) - _left_out()
