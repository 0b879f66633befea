"""Whether what an event says can be, given the day of recording and the known rubrics.

A correction is held to these with its new payload and days, too (`setting`).
"""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from ledger.events import CATALOGUE, Event, Payload
from ledger.events.catalogue import kinds_of
from ledger.events.types.judgements import ClauseAssessed, ClauseWaived, GradesTallied
from ledger.events.types.members import MemberDeparted
from ledger.events.types.organizations import (
    BranchDissolved,
    BranchMoved,
    BranchRegistered,
    RubricAdopted,
)
from ledger.events.values.kinds import ListOf, Text
from ledger.events.values.member_codes import (
    HELD,
    TAKE_OUT,
    masked,
    may_hold_number,
    number_in,
    somebodys_number_in,
)
from ledger.events.values.shown import shown
from ledger.intake.checks.setting import ClauseFacts, Setting, nearest
from ledger.problems import Problem
from ledger.words import Words

_NAMES_A_RUBRIC = (RubricAdopted, ClauseAssessed, ClauseWaived, GradesTallied)
_NAMES_ANOTHER: Mapping[type[Payload], str] = MappingProxyType(
    {BranchRegistered: "parent", BranchMoved: "parent", BranchDissolved: "successor"}
)
_LEAVE_OUT = Words(zh="没有时请省去", en="Leave it out where there is none")
# Texts in which a paper may be named by its number.
_PLACES_OF_PAPERS = frozenset({"refs", "ref", "content"})
_NAMES_A_CLAUSE = (ClauseAssessed, ClauseWaived, GradesTallied)


def check_day_is_not_ahead(event: Event, setting: Setting) -> Problem | None:
    """What has not happened yet is not logged, but for a departure that is settled."""
    if event.occurred_on <= setting.today or isinstance(event.data, MemberDeparted):
        return None
    today = setting.today.isoformat()
    return Problem(
        Words(zh=f"不得晚于记录当日（{today}）", en=f"must not lie after the day of recording ({today})"),
        "occurred_on",
        shown(event.occurred_on.isoformat()),
        Words(zh="请在事情发生后再录入", en="Log it when it has happened"),
    )


def check_another_is_named(event: Event, setting: Setting) -> Problem | None:
    """No organisation is its own superior, or its own successor."""
    field = _NAMES_ANOTHER.get(type(event.data))
    if field is None or getattr(event.data, field) != event.branch:
        return None
    return Problem(
        Words(zh="应为另一个党组织的代码", en="must be another organization than the branch itself"),
        f"data.{field}",
        shown(event.branch),
        None if isinstance(event.data, BranchMoved) else _LEAVE_OUT,
    )


def check_no_number_of_a_person(event: Event, setting: Setting) -> Problem | None:
    """What people write in their own words holds no identity or mobile number: it stays for good.

    Only what comes in is asked; what the program writes itself, and what is stored, is not.
    """
    if setting.own:
        return None
    for name in free_texts(event.type):
        look = somebodys_number_in if name in _PLACES_OF_PAPERS else number_in
        for text in _texts(getattr(event.data, name)):
            if (number := look(text)) is not None:
                return Problem(HELD, f"data.{name}", masked(number), TAKE_OUT)
    return None


def may_hold_personal_number(type_word: str, data: str) -> bool:
    """Say quickly whether the JSON of a payload must be looked into for numbers of people."""
    return bool(free_texts(type_word)) and may_hold_number(data)


@cache
def free_texts(type_word: str) -> tuple[str, ...]:
    """Return the fields of a type that hold texts of people's own, lists of them included."""
    return tuple(
        name
        for name, kind in kinds_of(CATALOGUE[type_word]).items()
        if isinstance(kind, Text) or (isinstance(kind, ListOf) and isinstance(kind.element, Text))
    )


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        yield from value


def check_rubric_is_known(event: Event, setting: Setting) -> Problem | None:
    """A rubric that nobody knows would never count anything."""
    if not isinstance(event.data, _NAMES_A_RUBRIC) or event.data.rubric in setting.known:
        return None
    return Problem(
        Words(zh="应为已知的考核细则", en="must be a known rubric"),
        "data.rubric",
        shown(event.data.rubric),
        nearest(event.data.rubric, setting.known)
        or Words(zh="可用的细则见 zhibu rubrics", en="`zhibu rubrics` lists them"),
        unknown=True,
    )


def check_clause_is_known(event: Event, setting: Setting) -> Problem | None:
    """A clause is named as its rubric names it."""
    data = event.data
    if not isinstance(data, _NAMES_A_CLAUSE):
        return None
    clauses = setting.known.get(data.rubric)
    if clauses is None or data.clause in clauses:
        return None
    return Problem(
        Words(zh=f"应为细则 {data.rubric} 的条款", en=f"must be a clause of {data.rubric}"),
        "data.clause",
        shown(data.clause),
        nearest(data.clause, clauses)
        or Words(
            zh=f"条款见 zhibu rubric show {data.rubric}",
            en=f"`zhibu rubric show {data.rubric}` lists them",
        ),
        unknown=True,
    )


def check_points_fit_the_clause(event: Event, setting: Setting) -> Problem | None:
    """Nobody gives more points than the clause has."""
    if not isinstance(event.data, ClauseAssessed):
        return None
    facts = _clause(event.data, setting)
    if facts is None or event.data.points * 100 <= facts.points:
        return None
    most = f"{facts.points // 100}.{facts.points % 100:02d}"
    return Problem(
        Words(zh=f"不得超过该条款的 {most} 分", en=f"must be at most {most}, the points of the clause"),
        "data.points",
        str(event.data.points),
    )


def check_clause_is_graded(event: Event, setting: Setting) -> Problem | None:
    """Grades are tallied only where the clause is judged by grades."""
    if not isinstance(event.data, GradesTallied):
        return None
    facts = _clause(event.data, setting)
    if facts is None or facts.graded:
        return None
    return Problem(
        Words(zh="应为按等次测评的条款", en="must be a clause that is judged by grades"),
        "data.clause",
        shown(event.data.clause),
        Words(zh="其他条款请用 zhibu assess 评分", en="Use `zhibu assess` for other clauses"),
    )


def _clause(data: ClauseAssessed | GradesTallied, setting: Setting) -> ClauseFacts | None:
    return setting.known.get(data.rubric, {}).get(data.clause)
