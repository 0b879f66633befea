"""Control events: about other events, reminders and certificates.

In: what is to be corrected, retracted, raised, acknowledged, sealed; a payload inside a payload, before it
is known of which type it is: texts, numbers, flags, and lists of them. Out: frozen models. Deliberately
absent: which events they speak of (`ledger.intake.checks`), and what follows from them (`ledger.effective`);
the check of the inner payload, which `parse_payload` does once the target is known.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ledger.events.payload import Agreeing, Payload
from ledger.events.values.amounts import Amount
from ledger.events.values.days import Day, Month, month_conflicts
from ledger.events.values.described import said
from ledger.events.values.fields import DUE_ON, PERIOD, Clause, Note, Reason, Rubric, Target
from ledger.events.values.kinds import Choice, Code, FieldKind, Kind, Refusal, Text, Whole
from ledger.events.values.shown import shown
from ledger.events.vocabularies.papers import RUNGS
from ledger.problems import Problem
from ledger.words import Words

_LARGEST = 2**53
_MOST_FIELDS = 100
_DIGITS = 17
_LONGEST_RUBRIC = 200_000
_LONGEST_ANSWER = 16_000_000
_DIGEST = r"^sha256:[0-9a-f]{64}$"
_DIGEST_FORM = Words(zh="应为“sha256:”加 64 位十六进制数字", en="must be “sha256:” and 64 hexadecimal digits")


class PayloadObject(FieldKind):
    """An object that may be the payload of another event."""

    kind: Kind = "object"

    def _core(self) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_parsed)

    def _refusal(self, value: object) -> Refusal:
        if not isinstance(value, dict):
            words = Words(zh="应为 JSON 对象 {…}", en="must be a JSON object {…}")
        else:
            words = Words(
                zh="应为一条记录的内容：其中只有文字、数字、true/false 和它们的列表",
                en="must be a payload: an object of texts, numbers, true or false, and lists of them",
            )
        return Refusal(words, shown(value))


def _parsed(value: object) -> dict[str, Any]:
    if not isinstance(value, dict) or len(value) > _MOST_FIELDS:
        raise PydanticCustomError("object", "refused")
    for name, element in value.items():
        elements = element if isinstance(element, list) else [element]
        if not _is_text(name) or not all(map(_is_plain, elements)):
            raise PydanticCustomError("object", "refused")
    return value


def _is_plain(value: object) -> bool:
    if isinstance(value, int | float):
        return abs(value) <= _LARGEST
    if isinstance(value, Decimal):
        return (
            value.is_finite()
            and (value.is_zero() or abs(value.adjusted()) < _DIGITS)
            and abs(value) <= _LARGEST
        )
    return value is None or _is_text(value)


def _is_text(value: object) -> bool:
    # a lone surrogate has no UTF-8 and could never be stored
    return isinstance(value, str) and not any("\ud800" <= c <= "\udfff" for c in value)


class EventRetracted(Payload):
    """The target no longer counts, from this position on."""

    type_word = "event_retracted"
    label, about = said(
        "撤销 | 自此以后，被撤销的记录不再作数。",
        "event retracted | From this position on the target no longer counts.",
    )

    target: Target
    reason: Reason


class EventCorrected(Agreeing):
    """The target counts with another payload, from this position on.

    `data` is the whole new payload, an object that `parse_payload` has yet to check against the target's
    type; days that are left out are kept.
    """

    type_word = "event_corrected"
    label, about = said(
        "更正 | 自此以后，被更正的记录以新内容作数；以最近的更正为准。",
        "event corrected | From this position on the target counts as told here; "
        "the latest correction stands.",
    )

    target: Target
    reason: Reason
    data: Annotated[
        dict[str, Any],
        PayloadObject(
            said(
                "新内容 | 更正后的全部内容，不只是改动的字段。",
                "data | The whole new payload, not only what changes.",
            )
        ),
    ]
    occurred_on: Annotated[
        date | None,
        Day(
            said(
                "更正后的日期 | 省去则日期不变。",
                "corrected day | When it happened; left out, as before.",
            )
        ),
    ] = None
    counts_for: Annotated[
        str | None,
        Month(
            said(
                "更正后的计入月份 | 省去则不变。",
                "corrected month | For which month it counts; left out, as before.",
            )
        ),
    ] = None

    def conflicts(self) -> list[Problem]:
        """Return a problem where the corrected month does not go with the corrected day."""
        if self.occurred_on is None or self.counts_for is None:
            return []
        return month_conflicts(self.counts_for, self.occurred_on)


class ReminderRaised(Payload):
    """The scheduler's own; its id is derived from what it tells, so that it is raised once only."""

    type_word = "reminder_raised"
    label, about = said(
        "提醒 | 某件应办的事到了提醒的时候。", "reminder raised | A duty came near, or its day went by."
    )

    rubric: Rubric
    clause: Clause
    obligation: Annotated[
        str, Text(said("事项标识 | 应办事项的固定标识。", "obligation | The stable key of the duty."))
    ]
    rung: Annotated[
        str,
        Choice(said("提醒时点 | 提前、临近、当日或逾期。", "rung | How near the due day is."), RUNGS),
    ]
    due_on: Annotated[date, DUE_ON]
    missing: Annotated[
        str | None,
        Text(said("尚缺 | 当时还差什么。", "missing | What was still missing at the time.")),
    ] = None
    at_stake: Annotated[
        Decimal | None,
        Amount(
            said("涉及分数 | 逾期会失去的分数。", "at stake | The points that would be lost."),
            "points",
        ),
    ] = None


class ReminderAcknowledged(Payload):
    """Somebody took a reminder on."""

    type_word = "reminder_acknowledged"
    label, about = said("确认提醒 | 有人已着手办理。", "reminder acknowledged | Somebody took it on.")

    target: Target
    note: Note = None


class ScoreSealed(Payload):
    """A certificate: a replay's answer, with all that is needed to replay it."""

    type_word = "score_sealed"
    label, about = said(
        "得分封存 | 把一次计分的结果连同依据封存。",
        "score sealed | A score, kept with all that it was computed from.",
    )

    rubric: Rubric
    period: Annotated[str, PERIOD]
    on: Annotated[date, Day(said("计分日 | 得分截至的日期。", "on | The day of the replay."))]
    position: Annotated[
        int,
        Whole(said("台账序号 | 计分所据的最后一条的序号。", "log position | The last event that was read.")),
    ]
    head: Annotated[
        str,
        Code(said("台账校验码 | 该条的校验码。", "head | The hash at that position."), _DIGEST, _DIGEST_FORM),
    ]
    rubric_version: Annotated[str, Text(said("细则版本 | 考核细则的版本。", "rubric version | Its version."))]
    rubric_digest: Annotated[
        str,
        Code(
            said("细则校验码 | 考核细则全文的校验码。", "rubric digest | The digest of its text."),
            _DIGEST,
            _DIGEST_FORM,
        ),
    ]
    rubric_text: Annotated[
        str,
        Text(
            said("细则全文 | 考核细则的全文。", "rubric text | The whole text of the rubric."),
            _LONGEST_RUBRIC,
        ),
    ]
    answer_digest: Annotated[
        str,
        Code(
            said("结果校验码 | 计分结果的校验码。", "answer digest | The digest of the answer."),
            _DIGEST,
            _DIGEST_FORM,
        ),
    ]
    answer: Annotated[
        str,
        Text(
            said("计分结果 | 计分结果的 JSON 文本。", "answer | The replay's answer, a JSON text."),
            _LONGEST_ANSWER,
        ),
    ]
    program: Annotated[
        str,
        Text(said("程序版本 | 计分程序及其版本。", "program | The program and its version.")),
    ]
