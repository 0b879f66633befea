"""The fields that several types of event share, each described once.

In: the kinds of field. Out: annotated types to build payloads from. Deliberately absent: fields of one
family alone; they stand beside their models.
"""

from decimal import Decimal
from typing import Annotated

from ledger.events.values.amounts import Amount
from ledger.events.values.days import Day, Period
from ledger.events.values.described import said
from ledger.events.values.identifiers import Identifier
from ledger.events.values.kinds import Choice, Code, Text
from ledger.events.values.member_codes import MEMBER_CODE as MEMBER_CODE
from ledger.events.values.member_codes import MEMBER_FORM as MEMBER_FORM
from ledger.events.values.member_codes import MemberCode
from ledger.events.vocabularies.members import ROLES
from ledger.events.vocabularies.papers import LEVELS
from ledger.words import Words

BRANCH_CODE = r"^[a-z0-9][a-z0-9._-]{0,63}$"
BRANCH_FORM = Words(
    zh="应为 1 至 64 个小写字母、数字或“.”“_”“-”组成的代码，以字母或数字开头",
    en="must be a code of 1 to 64 lower-case letters, digits, “.”, “_” or “-”, "
    "beginning with a letter or digit",
)
SNAKE_WORD = r"^[a-z](?:[a-z0-9]|_[a-z0-9]){0,63}$"
SNAKE_FORM = Words(
    zh="应为小写英文单词，以下划线相连，如 annual_plan",
    en="must be lower-case words joined by underscores, such as annual_plan",
)

Member = Annotated[
    str,
    MemberCode(
        said(
            "成员 | 党员的代码，不是姓名；姓名另存，可以删去。",
            "member | The member's code, never the name; names lie elsewhere and can be erased.",
        ),
    ),
]
LEVEL = Choice(
    said(
        "级别 | 由低到高：二级学院/科室、本单位、区、市、省、国家。",
        "level | From low to high: department, unit, district, city, province, national.",
    ),
    LEVELS,
)
Level = Annotated[str, LEVEL]
MaybeLevel = Annotated[str | None, LEVEL]
_ROLE = said("职务 | 在党组织中的职务。", "role | The office held in the organization.")
Role = Annotated[str, Choice(_ROLE, ROLES)]

Content = Annotated[
    str | None,
    Text(
        said(
            "内容标识 | 相同标识的各条所报是同一内容。",
            "content | A key: what bears the same key reports one and the same content.",
        )
    ),
]
Note = Annotated[str | None, Text(said("备注 | 补充说明。", "note | Anything worth adding, in free words."))]
Reason = Annotated[
    str, Text(said("理由 | 这样做的理由，会长期保留。", "reason | Why; it stays in the log for good."))
]
Rubric = Annotated[
    str,
    Code(
        said("考核细则 | 考核细则的编号。", "rubric | The id of the scoring form."),
        MEMBER_CODE,
        MEMBER_FORM,
    ),
]
Clause = Annotated[
    str,
    Code(
        said(
            "条款 | 考核细则中条款的编号。",
            "clause | The id of a clause of the rubric, such as 6.1.",
        ),
        MEMBER_CODE,
        MEMBER_FORM,
    ),
]
PERIOD = Period(
    said(
        "期间 | 整月组成的期间，如 2019、2019-H1、2019-Q3、2019-09、2019-03..2019-08。",
        "period | A period of whole months: 2019, 2019-H1, 2019-Q3, 2019-09, 2019-03..2019-08.",
    )
)
MaybePeriod = Annotated[str | None, PERIOD]

UNTIL_WORDS = said(
    "截止日 | 最后一天，含当日；可以在将来。",
    "until | The last day, that day included; it may lie ahead.",
)
DUE_ON = Day(
    said(
        "期限 | 最后一天，含当日；可以在将来。",
        "due on | The last day, that day included; it may lie ahead.",
    )
)
REF_WORDS = said(
    "对应编号 | 使请求与答复、问题与办结相对应的编号。",
    "ref | The key by which a request finds its answer, and an issue its close.",
)
Ref = Annotated[str, Text(REF_WORDS)]
MaybeRef = Annotated[str | None, Text(REF_WORDS)]
Target = Annotated[
    str,
    Identifier(
        said("所指记录 | 同一支部中某条记录的编号。", "target | The id of an event of the same branch.")
    ),
]
Points = Annotated[
    Decimal,
    Amount(
        said("分数 | 评定的分数，最多两位小数。", "points | Points, with at most two decimal places."),
        "points",
    ),
]
