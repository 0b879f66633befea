"""Codes of people: short, opaque, and never a number by which a person is known elsewhere.

In: a code, or a text of people's own. Out: the code; whether a text is, or holds, an identity number or a
mobile number, and the three characters that may be shown of it. Deliberately absent: names, which lie
outside the log; other numbers of a person, since no other has a form of its own.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache

from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ledger.events.values.described import Described
from ledger.events.values.kinds import Code, Refusal
from ledger.events.values.shown import safe
from ledger.words import Words

PERSONAL = Words(
    zh="不得为身份证号或手机号：台账中只用代码",
    en="must not be an identity number or a mobile number: the log holds codes only",
)
HELD = Words(
    zh="不得含有身份证号或手机号：记入后无法删去",
    en="must not hold an identity number or a mobile number: it could never be taken out again",
)
TAKE_OUT = Words(zh="请去掉号码再记", en="Leave the number out")
_SHORTEST = 11
_SHOWN = 3
_IDENTITY_LENGTH, _OLD_LENGTH = 18, 15
_BETWEEN = re.compile("[._-]")
_MOBILE = re.compile("1[3-9][0-9]{9}")
_OLD_IDENTITY = re.compile("[0-9]{6}([0-9]{2})([0-9]{2})([0-9]{2})[0-9]{3}")
_IDENTITY = re.compile("[0-9]{6}([0-9]{4})([0-9]{2})([0-9]{2})[0-9]{3}[0-9Xx]")

# Groups of digits with one blank or hyphen between them, eleven digits and more, in any width.
_MANY_DIGITS = re.compile(r"\d(?:[\s‐-―−－-]?\d){10}")
_RUN = re.compile(r"[0-9]+(?:[\s-][0-9]+)*(?:[\s-]?[Xx](?![A-Za-z0-9]))?")
_GROUP = re.compile("[0-9]+|[Xx]")
_HYPHENS = re.compile("[‐-―−]")
# Digests and ids of files; days.
_HEX = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|"
    r"(?=[0-9]*[A-Fa-f])[0-9A-Fa-f]{32,})(?![0-9A-Za-z])"
)
_DAY = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}(?![0-9])")
_CENTURY = ("19", "20")
# What makes eleven or fifteen digits a sum of money, or the number of a paper.
_SUM = re.compile(r"\.[0-9]{1,2}(?![0-9])|\s*[万亿]?元")
_DECIMAL_POINT = re.compile(r"[0-9]\.$")
_PAPER = re.compile(
    "(?:第|(?<!名)字|〕|文号|档号|票号|订单号|合同号|案卷号|流水号|(?<!证)(?<!证件)编号)[:：为是]?\\s*$"
)
_LONGEST_WORD = 10

# What stands beside a number in the place of a paper, where it is somebody's.
_CONTACT = re.compile("身份证件?|证件|手机|电话|联系(?:方式|人)?|mobile|phone", re.IGNORECASE)
_SIGNS = re.compile(r"[\W\d_]+|号码?$")
_NAME_TEXT = (
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢"
    "姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施"
    "洪牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛"
    "曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席"
    "卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝][\u4e00-\u9fff·]{1,3}"
)
_OF_PAPERS = re.compile("[号卷盒页册件案表簿本档柜架室箱夹袋图照片录要单]$")
MEMBER_CODE = r"^[A-Za-z0-9._-]{1,64}$"
MEMBER_FORM = Words(
    zh="应为 1 至 64 个字母、数字或“.”“_”“-”组成的代码",
    en="must be a code of 1 to 64 letters, digits, “.”, “_” or “-”",
)
_LONGEST = 64
# Too few digits for a number of a person: a mobile number has eleven, an identity number fifteen or more.
_FEW_DIGITS = r"^[A-Za-z._-]*[0-9](?:[A-Za-z._-]*[0-9]){0,9}[A-Za-z._-]*$"


class MemberCode(Code):
    """The code of a person."""

    def __init__(self, words: Described) -> None:
        super().__init__(words, MEMBER_CODE, MEMBER_FORM)

    def _core(self) -> CoreSchema:
        code = super()._core()
        with_few_digits = core_schema.str_schema(strict=True, pattern=_FEW_DIGITS, max_length=_LONGEST)
        looked_at = core_schema.no_info_after_validator_function(_not_personal, code)
        # Most codes cannot be such a number: they need no call from pydantic's core into Python.
        return core_schema.union_schema(
            [with_few_digits, looked_at],
            mode="left_to_right",
            custom_error_type="code",
            custom_error_message="refused",
        )

    def _refusal(self, value: object) -> Refusal:
        if isinstance(value, str) and is_personal(value):
            return Refusal(PERSONAL, masked(value))
        return super()._refusal(value)


def _not_personal(code: str) -> str:
    if len(code) >= _SHORTEST and is_personal(code):
        raise PydanticCustomError("personal", "refused")
    return code


@cache
def _name() -> re.Pattern[str]:
    """Compile it when it is first asked, which is seldom: it takes as long as all other patterns here."""
    return re.compile(_NAME_TEXT)


def is_personal(text: str) -> bool:
    """Return whether a text is an identity number (15 digits with a day in them, 18 of which 7 to 14 are a
    day) or a mobile number.
    """
    if len(text) < _SHORTEST:
        return False
    bare = _BETWEEN.sub("", text.strip())
    return bool(_MOBILE.fullmatch(bare)) or _is_identity(bare)


def masked(text: str) -> str:
    """Return what may be shown of such a number."""
    return f"{safe(text.strip()[:_SHOWN])}…"


def may_hold_number(text: str) -> bool:
    """Say quickly whether a text has as many digits together as such a number."""
    return _MANY_DIGITS.search(text) is not None


def number_in(text: str) -> str | None:
    """Return the number of a person that a text holds, None where there is none.

    Width counts for nothing, nor does one blank or hyphen between groups of digits; a part of a longer
    number, a sum of money or the number of a paper is none.
    """
    if not may_hold_number(text):
        return None
    plain = _HEX.sub("\n\n", _HYPHENS.sub("-", unicodedata.normalize("NFKC", text)))
    found = [number for run in _RUN.finditer(plain) for number in _numbers(run)]
    # fifteen digits may be a day and a mobile number
    return min(found, key=lambda number: len(number) == _OLD_LENGTH, default=None)


def somebodys_number_in(text: str) -> str | None:
    """Return the number of a person that the place of a paper holds beside that person's name, or beside
    words such as 电话; bare digits may number anything there.
    """
    found = number_in(text)
    if found is None:
        return None
    plain = unicodedata.normalize("NFKC", text)
    beside = _SIGNS.sub("", _CONTACT.sub("", plain)).removesuffix("X").removesuffix("x")
    if _CONTACT.search(plain) or (_name().fullmatch(beside) and not _OF_PAPERS.search(beside)):
        return found
    return None


def _numbers(run: re.Match[str]) -> Iterator[str]:
    groups = [(group.start() + run.start(), group[0]) for group in _GROUP.finditer(run[0])]
    text = run.string
    for first in range(len(groups)):
        number = ""
        for last in range(first, len(groups)):
            number += groups[last][1]
            if len(number) > _IDENTITY_LENGTH:
                break
            start, end = groups[first][0], groups[last][0] + len(groups[last][1])
            if len(number) >= _SHORTEST and _is_somebodys(number, text, start, end):
                yield number


def _is_somebodys(number: str, text: str, start: int, end: int) -> bool:
    """Whether digits, which stand there in a text, are a number of a person."""
    if len(number) == _IDENTITY_LENGTH and _is_identity(number):
        # days one after the other have as many digits
        return text[start:end] == number or not number.startswith(_CENTURY)
    if not (_MOBILE.fullmatch(number) or _is_identity(number)) or _DAY.search(text, start, end):
        return False
    before = text[max(0, start - _LONGEST_WORD) : start]
    return not (_SUM.match(text, end) or _PAPER.search(before) or _DECIMAL_POINT.search(before))


def _is_identity(bare: str) -> bool:
    if match := _IDENTITY.fullmatch(bare):
        return _is_day(*match.groups())
    if match := _OLD_IDENTITY.fullmatch(bare):
        year, month, day = match.groups()
        return _is_day(f"19{year}", month, day)
    return False


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
