"""Meetings, lectures, activities: what a branch gathers for.

In: who was expected, who came, what evidence exists. Out: the models of the three types of gathering.
Deliberately absent: whose attendance it was, one by one; only leave is kept by member.
"""

from typing import Annotated

from ledger.events.payload import Agreeing
from ledger.events.values.described import said
from ledger.events.values.kinds import Choice, ChoiceSet, Flag, ListOf, Text, Whole
from ledger.events.values.member_codes import MemberCode
from ledger.events.vocabularies.gatherings import (
    ACTIVITIES,
    EVIDENCE,
    GUESTS,
    HOSTS,
    LECTURERS,
    MEETINGS,
)
from ledger.problems import Problem
from ledger.words import Words

Topic = Annotated[str | None, Text(said("主题 | 主题或议题。", "topic | What it was about."))]
Expected = Annotated[
    int | None, Whole(said("应到人数 | 应到会的人数。", "expected | How many were to come."))
]
Present = Annotated[
    int | None,
    Whole(
        said(
            "实到人数 | 实际到会的人数；与请假、缺席之和不超过应到。",
            "present | How many came; with excused and absent no more than expected.",
        )
    ),
]
Excused = Annotated[
    int, Whole(said("请假人数 | 请假未到的人数。", "excused | How many were away with leave."))
]
Absent = Annotated[
    int, Whole(said("缺席人数 | 无故未到的人数。", "absent | How many were away without leave."))
]
OnLeave = Annotated[
    tuple[str, ...] | None,
    ListOf(
        said(
            "请假成员 | 请假者的成员代码；空列表表示无人请假。",
            "on leave | The codes of the members with leave; an empty list says nobody.",
        ),
        MemberCode(said("成员 | 成员代码。", "member | A member's code.")),
    ),
]
Guests = Annotated[
    frozenset[str],
    ChoiceSet(said("列席人员 | 成员以外到会的人。", "guests | Who came besides members."), GUESTS),
]
Evidence = Annotated[
    frozenset[str],
    ChoiceSet(
        said(
            "痕迹材料 | 留有哪些材料；材料本身另存。",
            "evidence | What evidence exists; the thing itself lies elsewhere.",
        ),
        EVIDENCE,
    ),
]
Refs = Annotated[
    tuple[str, ...],
    ListOf(
        said(
            "材料位置 | 材料放在哪里，如“2 号盒第 14 页”、文件名、文件的校验码。",
            "refs | Where the evidence lies: “box 2, p. 14”, a file name, a digest.",
        ),
        Text(said("位置 | 材料的位置。", "place | Where one piece lies.")),
    ),
]
Host = Annotated[str, Choice(said("主办 | 由谁举办。", "host | Who held it."), HOSTS)]


class Gathering(Agreeing):
    """The fields that meetings, lectures and activities share.

    Left out, `excused` and `absent` are 0; `expected`, `present` and `on_leave` are not known.
    """

    topic: Topic = None
    expected: Expected = None
    present: Present = None
    excused: Excused = 0
    absent: Absent = 0
    on_leave: OnLeave = None
    guests: Guests = frozenset()
    evidence: Evidence = frozenset()
    refs: Refs = ()
    host: Host = "branch"

    def conflicts(self) -> list[Problem]:
        """Return a problem where more people are told of than were expected."""
        if self.expected is None:
            return []
        told = (self.present or 0) + self.excused + self.absent
        if told <= self.expected:
            return []
        words = Words(
            zh=f"不得超过应到人数 {self.expected}（实到、请假、缺席之和）",
            en=f"must not exceed expected {self.expected} (present, excused and absent together)",
        )
        first = next(name for name in ("present", "excused", "absent") if getattr(self, name))
        return [Problem(words, field=first, found=str(told))]


_COUNTS_FOR_ANOTHER_MONTH = frozenset(
    {"organizational_life", "democratic_life", "democratic_appraisal", "debriefing"}
)


class MeetingHeld(Gathering):
    """A meeting; ratings belong to a democratic appraisal, keynotes to a central group's study."""

    type_word = "meeting_held"
    label, about = said("会议 | 召开了一次会议。", "meeting | A meeting was held.")

    kind: Annotated[
        str, Choice(said("会议类型 | 是哪一种会议。", "kind of meeting | Which it was."), MEETINGS)
    ]
    appraised: Annotated[
        int | None,
        Whole(
            said(
                "参评人数 | 参加民主评议的党员人数；仅用于民主评议，与优秀人数一同给出。",
                "appraised | How many members were appraised; democratic appraisals only, "
                "together with outstanding.",
            )
        ),
    ] = None
    outstanding: Annotated[
        int | None,
        Whole(
            said(
                "优秀人数 | 其中评为优秀的人数；仅用于民主评议。",
                "outstanding | How many of them were rated outstanding; democratic appraisals only.",
            )
        ),
    ] = None
    keynotes: Annotated[
        int | None,
        Whole(
            said(
                "重点发言人数 | 作重点发言的人数；仅用于中心组学习。",
                "keynotes | How many gave a keynote; central group study only.",
            )
        ),
    ] = None

    def conflicts(self) -> list[Problem]:
        """Return problems of attendance, of ratings, and of what only one kind of meeting has."""
        problems = super().conflicts()
        if self.appraised is not None or self.outstanding is not None:
            problems += self._rating_conflicts()
        if self.keynotes is not None and self._is_not("central_group_study"):
            problems.append(_belongs("keynotes", "central_group_study"))
        return problems

    def may_count_for(self) -> bool:
        """Meetings of a year or half are often held shortly after it."""
        return self.kind in _COUNTS_FOR_ANOTHER_MONTH

    def _rating_conflicts(self) -> list[Problem]:
        appraised, outstanding = self.appraised, self.outstanding
        given = {"appraised": appraised, "outstanding": outstanding}
        if self._is_not("democratic_appraisal"):
            return [_belongs(name, "democratic_appraisal") for name in given if given[name] is not None]
        if appraised is None or outstanding is None:
            words = Words(
                zh="参评人数与优秀人数须同时给出，或都不给",
                en="must be given, as appraised and outstanding go together",
            )
            return [Problem(words, field=name) for name in given if given[name] is None]
        if outstanding > appraised:
            words = Words(zh=f"不得超过参评人数 {appraised}", en=f"must not exceed appraised {appraised}")
            return [Problem(words, field="outstanding", found=str(outstanding))]
        return []

    def _is_not(self, kind: str) -> bool:
        # the kind itself may be what is wrong: then nothing is said about what goes with it
        return self.kind not in (None, kind)


def _belongs(name: str, kind: str) -> Problem:
    words = Words(
        zh=f"仅用于 kind 为 {kind}（{MEETINGS[kind].label.zh}）的会议",
        en=f"belongs to meetings of kind {kind} only",
    )
    return Problem(words, field=name)


class LectureGiven(Gathering):
    """A Party lecture."""

    type_word = "lecture_given"
    label, about = said("党课 | 上了一次党课。", "Party lecture | A Party lecture was given.")

    lecturer: Annotated[str, Choice(said("主讲人 | 由谁主讲。", "lecturer | Who gave it."), LECTURERS)]
    exchange: Annotated[
        bool | None,
        Flag(
            said(
                "交流体会 | 党员是否交流了学习体会；省去即未说明。",
                "exchange | Whether members exchanged what they learned; left out: not said.",
            )
        ),
    ] = None


class ActivityHeld(Gathering):
    """An activity; `participants` counts everybody, `present` the members."""

    type_word = "activity_held"
    label, about = said("活动 | 开展了一次活动。", "activity | An activity took place.")

    kind: Annotated[
        str, Choice(said("活动类型 | 是哪一种活动。", "kind of activity | Which it was."), ACTIVITIES)
    ]
    participants: Annotated[
        int | None,
        Whole(
            said(
                "参加人数 | 参加活动的总人数，含群众。",
                "participants | How many took part in all, members or not.",
            )
        ),
    ] = None
