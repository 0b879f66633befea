"""Members and their offices: who is on the roster, and what each did.

In: member codes and days. Out: the models of these types. Deliberately absent: names, identity numbers,
ethnicity, religion, contact details; the log has no field for them.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated

from ledger.events.payload import Agreeing, Payload
from ledger.events.values.amounts import Amount
from ledger.events.values.days import Day, Month, ends_before
from ledger.events.values.described import said
from ledger.events.values.fields import UNTIL_WORDS, Member, Role
from ledger.events.values.kinds import Choice, Whole
from ledger.events.values.shown import shown
from ledger.events.vocabularies.members import (
    BODIES,
    DIRECTIONS,
    DUTIES,
    LEAVING_REASONS,
    ROLES,
    STAGES,
    STATUSES,
    TALKERS,
    TERM_YEARS,
    TRAINING_MODES,
)
from ledger.problems import Problem
from ledger.words import Words


class MemberJoined(Payload):
    """On the roster from its day on."""

    type_word = "member_joined"
    label, about = said("入册 | 自当日起列入名册。", "member joined | On the roster from that day on.")

    member: Member
    status: Annotated[
        str,
        Choice(said("党籍 | 正式或预备。", "status | Full member or on probation."), STATUSES),
    ] = "full"
    role: Role = "member"


class MemberLeft(Payload):
    """Off the roster from its day on, for good."""

    type_word = "member_left"
    label, about = said("出册 | 自当日起移出名册。", "member left | Off the roster from that day on.")

    member: Member
    reason: Annotated[
        str | None,
        Choice(said("原因 | 为何出册。", "reason | Why the member left."), LEAVING_REASONS),
    ] = None


class MemberHired(Payload):
    """Starts the months within which the membership is to be transferred in."""

    type_word = "member_hired"
    label, about = said(
        "入职 | 党员入职；六个月内应转入组织关系。",
        "member hired | The six months for transferring the membership in begin.",
    )

    member: Member


class MemberDeparted(Payload):
    """Starts the months within which the membership is to be transferred out; may lie ahead."""

    type_word = "member_departed"
    label, about = said(
        "离职或调动 | 党员离开单位；三个月内应转出组织关系。日期可以在将来。",
        "member departed | The three months for transferring the membership out begin; "
        "the day may lie ahead.",
    )

    member: Member


class MemberTransferred(Agreeing):
    """Puts a member on the roster, or takes one off; who comes in may bring an office and paid dues."""

    type_word = "member_transferred"
    label, about = said(
        "组织关系转接 | 转入即入册，转出即出册。",
        "member transferred | In puts the member on the roster, out takes the member off.",
    )

    member: Member
    direction: Annotated[
        str,
        Choice(said("方向 | 转入或转出。", "direction | In or out."), DIRECTIONS),
    ]
    role: Annotated[
        str,
        Choice(
            said(
                "职务 | 转入后担任的职务；仅用于转入。",
                "role | The office held on coming in; of transfers in only.",
            ),
            ROLES,
        ),
    ] = "member"
    dues_paid_to: Annotated[
        str | None,
        Month(
            said(
                "党费交至 | 介绍信上写明党费交至哪个月，该月及以前的已缴清；仅用于转入。",
                "dues paid to | Up to which month, that month included, the letter of introduction states "
                "dues as paid; of transfers in only.",
            )
        ),
    ] = None

    def conflicts(self) -> list[Problem]:
        """Return a problem for each thing that only somebody who comes in can bring."""
        if self.direction != "out":
            return []
        words = Words(zh="仅用于转入（direction 为 in）", en="belongs to transfers in only")
        brought = {"role": None if self.role == "member" else self.role, "dues_paid_to": self.dues_paid_to}
        return [Problem(words, field=name, found=shown(value)) for name, value in brought.items() if value]


class RoleAssigned(Payload):
    """The member holds this role from its day on."""

    type_word = "role_assigned"
    label, about = said(
        "任职 | 自当日起担任此职务。", "role assigned | The member holds the role from that day on."
    )

    member: Member
    role: Role


class TermBegan(Payload):
    """Starts a leading body's term."""

    type_word = "term_began"
    label, about = said(
        "换届 | 新一届班子的任期开始。", "term began | A leading body's term began on that day."
    )

    body: Annotated[str, Choice(said("班子 | 哪个班子。", "body | Which body."), BODIES)]
    years: Annotated[
        int,
        Whole(said("任期年数 | 三年或五年。", "years | How long the term is."), options=TERM_YEARS),
    ]


class DevelopmentStageReached(Payload):
    """One step of an admission to the Party."""

    type_word = "development_stage_reached"
    label, about = said(
        "发展党员 | 到达发展党员的一个阶段。",
        "stage of admission reached | A person reached a stage of being admitted.",
    )

    member: Member
    stage: Annotated[str, Choice(said("阶段 | 到达的阶段。", "stage | The stage reached."), STAGES)]


class MemberExempted(Payload):
    """Nothing of the duty is owed for a window that the exemption touches."""

    type_word = "member_exempted"
    has_last_day = True
    label, about = said(
        "免除硬性要求 | 年老、重病等党员自当日起免除某项要求。",
        "member exempted | From that day on an old, seriously ill or otherwise excused member "
        "does not owe a duty.",
    )

    member: Member
    duty: Annotated[str, Choice(said("要求 | 免除哪一项。", "duty | Which duty."), DUTIES)]
    until: Annotated[date | None, Day(UNTIL_WORDS)] = None

    def day_conflicts(self, occurred_on: date) -> list[Problem]:
        """Return a problem where the exemption ends before it begins."""
        return ends_before(self.until, occurred_on)


class TrainingCompleted(Payload):
    """Hours of training of one member."""

    type_word = "training_completed"
    label, about = said(
        "学时 | 党员完成了一次培训。", "training completed | A member completed hours of training."
    )

    member: Member
    hours: Annotated[
        Decimal,
        Amount(
            said("学时数 | 学时，最多两位小数。", "hours | Hours, with at most two decimal places."),
            "hours",
            positive=True,
        ),
    ]
    mode: Annotated[
        str,
        Choice(said("方式 | 集中或网络。", "mode | In person or online."), TRAINING_MODES),
    ]


class StudyNoteSubmitted(Payload):
    """What a member wrote after studying alone; it makes up for leave."""

    type_word = "study_note_submitted"
    label, about = said(
        "自学心得 | 党员交了自学心得。",
        "study note submitted | A member handed in a note on what was studied alone.",
    )

    member: Member


class TalkHeld(Payload):
    """A heart-to-heart talk with one member."""

    type_word = "talk_held"
    label, about = said(
        "谈心谈话 | 与一名党员谈心谈话；成员为谈话对象。",
        "heart-to-heart talk | A talk was held; member is the one with whom.",
    )

    member: Member
    held_by: Annotated[str, Choice(said("谈话人 | 由谁来谈。", "held by | Who held the talk."), TALKERS)]
