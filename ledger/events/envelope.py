"""The envelope: where and when an event happened, of which type it is, who logged it.

In: a checked payload and the fields around it. Out: one immutable Event. Deliberately absent: position,
version, instant and hashes; the store alone sets them, so an Event cannot carry them.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ledger.events.catalogue import CATALOGUE, FieldInfo, described_fields
from ledger.events.payload import CONFLICT, Payload
from ledger.events.values.days import Day, Month, month_conflicts
from ledger.events.values.described import Described, Named, nearest, said
from ledger.events.values.fields import BRANCH_CODE, BRANCH_FORM
from ledger.events.values.identifiers import Identifier
from ledger.events.values.kinds import Choice, Code, FieldKind, Kind, Refusal
from ledger.events.values.member_codes import MemberCode
from ledger.events.values.shown import shown
from ledger.events.vocabularies.synonyms import TYPE_SYNONYMS
from ledger.problems import Problem
from ledger.words import Words


class TypeVocabulary(Mapping[str, Described]):
    """The types with their labels; the models are loaded when somebody wants to read them."""

    def __getitem__(self, word: str) -> Described:
        model = CATALOGUE[word]
        return Named(model.label, model.about, TYPE_SYNONYMS.get(word, ()))

    def __iter__(self) -> Iterator[str]:
        return iter(CATALOGUE)

    def __len__(self) -> int:
        return len(CATALOGUE)


class TypeWord(Choice):
    """A word of the catalogue."""

    def _refusal(self, value: object) -> Refusal:
        words = Words(zh="应为记录类型，见目录", en="must be an event type of the catalogue")
        return Refusal(words, shown(value), nearest(value, self.choices))


class PayloadField(FieldKind):
    """A payload that was checked already."""

    kind: Kind = "object"

    def _core(self) -> CoreSchema:
        return core_schema.is_instance_schema(Payload)

    def _refusal(self, value: object) -> Refusal:
        words = Words(zh="应为 JSON 对象 {…}", en="must be a JSON object {…}")
        return Refusal(words, shown(value))


class Event(BaseModel):
    """One fact that happened on one day in one branch, ready to be appended."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: Annotated[
        str | None,
        Identifier(
            said(
                "记录编号 | UUID；省去则自动给出。同一编号只记一次。",
                "id | A UUID, made where left out; one id is recorded once only.",
            )
        ),
    ] = None
    branch: Annotated[
        str,
        Code(
            said("支部 | 党组织的代码。", "branch | The code of the organization."),
            BRANCH_CODE,
            BRANCH_FORM,
        ),
    ]
    type: Annotated[
        str,
        TypeWord(
            said("记录类型 | 发生的是哪一种事。", "type | Which kind of fact it is."),
            TypeVocabulary(),
        ),
    ]
    occurred_on: Annotated[
        date,
        Day(
            said(
                "发生日期 | 发生的那一天，不得晚于记录之日。",
                "occurred on | The day on which it happened; not after the day of recording.",
            )
        ),
    ]
    counts_for: Annotated[
        str | None,
        Month(
            said(
                "计入月份 | 计入哪个月；最多早四个月。仅用于组织生活会、民主生活会、民主评议、述职评议，"
                "以及报送材料、公开、核对、测评、指标、检查发现。",
                "counts for | The month for which it counts, where that is another one, at most four months "
                "earlier. Only for life meetings, democratic appraisals and debriefings, and for documents "
                "submitted, disclosures, checklists, surveys, metrics and findings.",
            )
        ),
    ] = None
    recorded_by: Annotated[
        str | None,
        MemberCode(said("记录人 | 记录人的代码，不是姓名。", "recorded by | The code of who logged it.")),
    ] = None
    data: Annotated[Payload, PayloadField(said("内容 | 这种记录的内容。", "data | The payload."))]

    @model_validator(mode="after")
    def _agree(self) -> Self:
        agreeing(self)
        return self


# what clients say of an event besides its payload
ENVELOPE: Mapping[str, FieldInfo] = MappingProxyType(
    {name: info for name, info in described_fields(Event).items() if name != "data"}
)
# what the store alone sets
STORE_FIELDS: Mapping[str, Described] = MappingProxyType(
    {
        "position": said(
            "序号 | 在整个台账中的序号，自 1 起。", "position | Its place in the log, from 1 on."
        ),
        "version": said(
            "支部序号 | 在本支部记录中的序号，自 1 起。",
            "version | Its place in the branch's stream, from 1 on.",
        ),
        "schema_version": said(
            "格式版本 | 内容按这一版格式记录。", "schema version | The shape in which the payload was stored."
        ),
        "recorded_at": said(
            "记录时间 | 记入台账的时间（UTC）。", "recorded at | The instant of recording, UTC."
        ),
        "prev_hash": said(
            "前一条校验码 | 前一条的校验码。", "previous hash | The hash of the event before it."
        ),
        "hash": said(
            "校验码 | 由其余各项及前一条校验码算出。", "hash | Over all else, the previous hash included."
        ),
    }
)


def agreeing(event: Event) -> Event:
    """Return the event; raises pydantic's error where its parts do not go together."""
    data = event.data
    if event.type != data.type_word:
        raise PydanticCustomError("payload", "the payload is of another type")
    if event.counts_for is not None or data.has_last_day:
        for problem in day_problems(data, event.occurred_on, event.counts_for):
            raise PydanticCustomError(CONFLICT, "{what}", {"what": problem.sentence("en")})
    return event


def day_problems(data: Payload, occurred_on: date, counts_for: str | None) -> list[Problem]:
    """Return what is wrong between a payload and the days of its event.

    For corrections, too: ask with the days that shall stand. Fields of the payload are told as `data.…`.
    """
    problems = [prefixed(problem, "data") for problem in data.day_conflicts(occurred_on)]
    if counts_for is None:
        return problems
    if data.may_count_for():
        return problems + month_conflicts(counts_for, occurred_on)
    words = Words(
        zh=f"不用于这种记录：{data.label.zh}按发生日期计",
        en=f"cannot be given for this {data.type_word}: it counts for the month of its day",
    )
    return [*problems, Problem(words, field="counts_for", found=shown(counts_for))]


def prefixed(problem: Problem, path: str) -> Problem:
    """Return the problem with its field's path begun by another one."""
    field = f"{path}.{problem.field}" if problem.field else path
    return Problem(problem.expected, field, problem.found, problem.hint)
