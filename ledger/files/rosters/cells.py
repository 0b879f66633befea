"""What people write on a roster: over a column, beside a name, under an office, as a day, as a remark.

In: its header; the text or the value of a cell. Out: the places of names, codes, offices, status and days;
what a cell says, with notes on what it does not, or the Problem. Deliberately absent: every other column, of
which nothing is read; everything of a remark but the few words that say somebody is no ordinary member of
this branch: nothing else of it is told, and nothing of it is kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ledger.events.values.days import FIRST_YEAR, LAST_YEAR, Day
from ledger.events.values.described import said, word_of, words_of
from ledger.events.values.shown import safe, shown
from ledger.events.values.spellings import month_text
from ledger.events.vocabularies.members import ROLES, STATUSES
from ledger.files.tables.header.find import Header
from ledger.files.tables.header.meanings import bare, columns_meant, plain
from ledger.files.tables.rows.naming import number_beside
from ledger.files.tables.source.grid import Cell
from ledger.files.tables.values import Setting, cell_text, plain_text
from ledger.problems import Problem
from ledger.roster import OFFICES
from ledger.words import Words

_BESIDE = re.compile("(.+?)[(（]([^()（）]{1,30})[)）]")
_GENDERS = frozenset({"女", "男"})
_GONE = re.compile("去世|病故|逝世|亡故|已故|调出|转出|迁出|调离|退党|除名|开除|停止党籍|失联")
_TELLING = re.compile(f"({_GONE.pattern})|(预备)|(转入|调入)")
_BETWEEN = re.compile("[、,，/兼 ]+")
_IN_BRACKETS = re.compile("[（(][^）)]*[）)]")
_OF_A_GROUP = re.compile("(?:第?[一二三四五六七八九十0-9]{1,3})?(?:党?小组|小)副?组?长|副?组长")
_FORMER = re.compile("^(?:原|前|曾任|前任|原任)")
_NO_DAY = frozenset({"无", "-", "—", "–", "/", "暂无", "不详", "未转正", "未到期", "预备期"})
_YEAR_ALONE = re.compile("((?:19|20)[0-9]{2})年?")
_SHORT_YEAR = re.compile("[0-9]{2}(?:[./-][0-9]{1,2}|年[0-9]{1,2}月?)[日号]?")
_MONTH_AS_NUMBER = re.compile(r"((?:19|20)[0-9]{2})\.([2-9]|0[1-9]|1[12])")
_DAYS = {
    "joined": ("入党时间", "入党日期", "入党年月", "加入党组织日期", "加入中共组织时间", "何时入党"),
    "full": ("转正时间", "转正日期", "转正年月", "转为正式党员日期"),
    "transferred": (
        "转入时间",
        "转入日期",
        "转入支部时间",
        "组织关系转入时间",
        "进入支部时间",
        "进入支部日期",
    ),
}
_REMARKS = frozenset(map(plain, ("备注", "备考", "说明", "remarks")))
_CODES = frozenset(map(plain, ("代码", "成员代码", "党员代码", "编码", "code")))


class NameSaid(NamedTuple):
    """A name, and what stood in brackets behind it: a status; or words that are dropped."""

    name: str
    status: str | None = None
    note: Words | None = None


class RoleSaid(NamedTuple):
    """An office of the branch, `member` where somebody holds none of those that the log knows."""

    role: str
    status: str | None = None
    notes: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterColumns:
    """The places, from 0, of what a roster may say; None where it says nothing of it.

    Of `remark` nothing is read but a few words that are told.
    """

    name: int
    code: int | None
    branch: int | None
    status: int | None
    role: int | None
    joined: int | None
    full: int | None
    transferred: int | None
    remark: int | None

    @property
    def read(self) -> set[int]:
        """The places of the columns that are read."""
        places = (getattr(self, one) for one in self.__slots__ if one != "remark")
        return {at for at in places if at is not None}


def columns_of_roster(header: Header) -> RosterColumns | None:
    """Return where a roster's columns stand; None where it has none of names."""
    found: dict[str, int] = {}
    for at, text in sorted(header.texts.items()):
        key = _meaning(text)
        if key is not None:
            found.setdefault(key, at)
    if "name" not in found:
        return None
    keys = ("code", "branch", "status", "role", "joined", "full", "transferred", "remark")
    return RosterColumns(found["name"], *(found.get(key) for key in keys))


def _meaning(text: str) -> str | None:
    folded = bare(text)
    if folded in _CODES:
        return "code"
    if folded in _REMARKS:
        return "remark"
    for key, names in _DAYS.items():
        if folded in map(plain, names):
            return key
    meant = columns_meant(text, "member_joined")
    if not meant:
        return None
    return {"member": "name", "branch": "branch", "status": "status", "role": "role"}.get(meant[0].key)


def name_said(text: str) -> NameSaid | Problem:
    """Read a name: 蒋涛（预备） is on probation, 沈红（调出） is nobody of this branch any more."""
    if (number := number_beside(text)) is not None:
        return number
    match = _BESIDE.fullmatch(text)
    if match is None:
        return NameSaid(text)
    name, beside = match[1].strip(), match[2].strip()
    if gone := _GONE.search(beside):
        return Problem(
            Words(zh=f"姓名旁边写着“{gone[0]}”", en=f"has “{gone[0]}” beside the name"),
            hint=Words(
                zh="已不在本支部的，请从表中删去这一行；在册的，请只留姓名",
                en="Remove the row of who is not in the branch any more; of who is, leave the name alone",
            ),
        )
    if beside in _GENDERS:
        return NameSaid(
            name, None, Words(zh="姓名旁边的性别不记", en="the gender beside the name is not kept")
        )
    status = word_of(beside, STATUSES)
    return NameSaid(text) if status is None else NameSaid(name, status)


def role_said(text: str) -> RoleSaid | Problem:
    """Read an office: the highest of several; that of a group, or a former one, is none of the branch."""
    found, status, notes = ["member"], None, []
    for part in filter(None, _BETWEEN.split(text)):
        # 支部委员（组织）
        bare = _IN_BRACKETS.sub("", part)
        words = words_of(part, ROLES) or words_of(bare, ROLES)
        if len(words) == 1:
            found.append(words[0])
        elif told := word_of(part, STATUSES):
            status = told
        elif _FORMER.match(part) or _OF_A_GROUP.fullmatch(bare):
            words_told = safe(part, 20)
            notes.append(
                Words(
                    zh=f"“{words_told}”不是现任支委职务，没有记",
                    en=f"“{words_told}” is no office on the branch's committee, and is not kept",
                )
            )
        else:
            return _no_role(part)
    return RoleSaid(min(found, key=OFFICES.index), status, tuple(notes))


def _no_role(part: str) -> Problem:
    labels = [ROLES[word].label for word in OFFICES]
    return Problem(
        Words(
            zh=f"应为{'、'.join(one.zh for one in reversed(labels))}",
            en=f"must be {', '.join(one.en for one in reversed(labels))}",
        ),
        None,
        shown(part),
        Words(
            zh="没有支部职务的，这一格留空或写“党员”",
            en="Who holds no office of the branch has a blank here, or “member”",
        ),
    )


def day_said(cell: Cell, setting: Setting, *, or_month: bool) -> date | Problem | None:
    """Read a day; with `or_month`, of a month or a year alone its first day. None where it says none."""
    text = plain_text(cell)
    if or_month:
        if text in _NO_DAY:
            return None
        if match := _YEAR_ALONE.fullmatch(text):
            return date(int(match[1]), 1, 1)
        if match := _MONTH_AS_NUMBER.fullmatch(text):
            # What a number of months cannot be read as: 2010.1 may have been 2010.10.
            return date(int(match[1]), int(match[2]), 1)
        if _SHORT_YEAR.fullmatch(text):
            return _short_year(text)
    told = cell_text(cell, "day", setting)
    if isinstance(told, Problem):
        return told
    written = month_text(told.text) if or_month else told.text
    try:
        day = date.fromisoformat(f"{written}-01" if len(written) == len("2010-07") else written)
    except ValueError:
        day = None
    if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    refusal = Day(said("日 | 日。", "day | A day.")).refusal(told.text)
    return Problem(refusal.expected, None, refusal.found, refusal.hint)


def _short_year(text: str) -> Problem:
    return Problem(
        Words(zh="应为日期或年月，如 1997年7月", en="must be a day or a month, such as 1997-07"),
        None,
        shown(text),
        Words(
            zh="两位数的年份看不出是哪一年，请写四位",
            en="A year of two digits may be of any century: write all four",
        ),
    )


def remarks_said(text: str, *, status: bool, transferred: bool) -> Iterator[Words]:
    """Yield what a remark says that the roster would have in columns of their own; these are known already
    where `status` or `transferred` is set.
    """
    for match in dict.fromkeys(found.groups() for found in _TELLING.finditer(text)):
        gone, probation, came = match
        if gone:
            yield Words(
                zh=f"备注里有“{gone}”，备注不读，仍按在册党员记；已不在本支部的，请从表中删去这一行",
                en=f"the remark says “{gone}”; remarks are not read: remove the row of who has left",
            )
        elif probation and not status:
            yield Words(
                zh="备注里有“预备”，备注不读；是预备党员的，请加一列“党员类别”写明",
                en="the remark says “预备” (probationary); remarks are not read: add a column 党员类别",
            )
        elif came and not transferred:
            yield Words(
                zh=f"备注里有“{came}”，备注不读；从别处转来的，请加一列“转入时间”写明何时",
                en=f"the remark says “{came}” (came in); remarks are not read: add a column 转入时间",
            )
