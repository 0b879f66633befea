"""Papers and supervision: what was asked for and handed in, disclosed, counted and measured, and issues.

In: kinds, references, numbers. Out: the models of these types. Deliberately absent: the papers themselves,
and judgements of points (`judgements`).
"""

from datetime import date
from decimal import Decimal
from typing import Annotated

from ledger.events.payload import Agreeing, Payload
from ledger.events.values.amounts import Measure
from ledger.events.values.described import said
from ledger.events.values.fields import DUE_ON, SNAKE_FORM, SNAKE_WORD, MaybeRef, Note, Ref
from ledger.events.values.kinds import Choice, Code, Flag, SetOf, Text, Whole
from ledger.events.vocabularies.findings import CHECKED, CHECKLISTS, FINDINGS, METRICS
from ledger.events.vocabularies.papers import DISCLOSURES, DOCUMENTS, ISSUES, SURVEYS
from ledger.problems import Problem
from ledger.words import Words

_DOCUMENT = Code(
    said(
        "材料类型 | 是哪一种材料；可用表中的词，也可自定。",
        "kind of document | Which it is: a known word or one of your own.",
    ),
    SNAKE_WORD,
    SNAKE_FORM,
    DOCUMENTS,
)


class DocumentRequested(Payload):
    """The superior asks for a document by a day."""

    type_word = "document_requested"
    label, about = said(
        "上级要求报送材料 | 上级要求在期限前报送材料。",
        "document requested | The superior asked for a document by a day.",
    )

    ref: Ref
    due_on: Annotated[date, DUE_ON]
    kind: Annotated[str | None, _DOCUMENT] = None


class DocumentSubmitted(Payload):
    """A document handed in; with `ref` it answers a request."""

    type_word = "document_submitted"
    label, about = said("报送材料 | 报送了一份材料。", "document submitted | A document was handed in.")

    kind: Annotated[str, _DOCUMENT]
    ref: MaybeRef = None
    conforming: Annotated[
        bool,
        Flag(
            said(
                "合格 | 是否符合要求；不合格者不作数。",
                "conforming | Whether it is as asked for; one that is not does not count.",
            )
        ),
    ] = True

    def may_count_for(self) -> bool:
        """Papers of a period are often handed in after it."""
        return True


class DisclosureMade(Payload):
    """Affairs made open to members or to all."""

    type_word = "disclosure_made"
    label, about = said("党务公开 | 公开了一项党务。", "disclosure | Party affairs were made open.")

    subject: Annotated[
        str,
        Choice(said("公开内容 | 公开了什么。", "subject | What was disclosed."), DISCLOSURES),
    ]

    def may_count_for(self) -> bool:
        """A period is often disclosed after it."""
        return True


class ChecklistConfirmed(Payload):
    """Things that were looked at and found to be there."""

    type_word = "checklist_confirmed"
    label, about = said(
        "台账/场所核对 | 对照清单核对，列出已有的各项。",
        "checklist confirmed | Ledgers or rooms were checked; the items that are there.",
    )

    checklist: Annotated[
        str,
        Code(
            said("清单 | 清单的名称，由考核细则规定。", "checklist | Its name; the rubrics say which."),
            SNAKE_WORD,
            SNAKE_FORM,
            CHECKLISTS,
        ),
    ]
    items: Annotated[
        frozenset[str],
        SetOf(
            said("核对项 | 已确认的各项，至少一项。", "items | What was found there, at least one."),
            Code(said("核对项 | 其中一项。", "item | One of them."), SNAKE_WORD, SNAKE_FORM, CHECKED),
        ),
    ]

    def may_count_for(self) -> bool:
        """A year's checks are often made shortly after it."""
        return True


class SurveyConducted(Agreeing):
    """People were asked; `positive` of `total` answers were favourable."""

    type_word = "survey_conducted"
    label, about = said("测评 | 开展了一次测评。", "survey | People were asked for their views.")

    subject: Annotated[str, Choice(said("测评内容 | 测评什么。", "subject | What was asked about."), SURVEYS)]
    positive: Annotated[
        int | None,
        Whole(
            said(
                "满意票数 | 满意的份数；与总票数一同给出。",
                "positive | Favourable answers; together with total.",
            )
        ),
    ] = None
    total: Annotated[
        int | None,
        Whole(said("总票数 | 收回的份数。", "total | All answers that came in.")),
    ] = None

    def may_count_for(self) -> bool:
        """A year's survey is often held shortly after it."""
        return True

    def conflicts(self) -> list[Problem]:
        """Return a problem where one number is missing, or the part exceeds the whole."""
        positive, total = self.positive, self.total
        if positive is None and total is None:
            return []
        if positive is None or total is None:
            words = Words(
                zh="满意票数与总票数须同时给出，或都不给",
                en="must be given, as positive and total go together",
            )
            return [Problem(words, field="positive" if positive is None else "total")]
        if positive > total:
            words = Words(zh=f"不得超过总票数 {total}", en=f"must not exceed total {total}")
            return [Problem(words, field="positive", found=str(positive))]
        return []


class MetricReported(Payload):
    """A measured value; the latest counts, or each round by itself."""

    type_word = "metric_reported"
    label, about = said("指标 | 上报了一项指标。", "metric reported | A measured value was reported.")

    metric: Annotated[
        str,
        Code(
            said("指标名称 | 由考核细则规定。", "metric | Its name; the rubrics say which they use."),
            SNAKE_WORD,
            SNAKE_FORM,
            METRICS,
        ),
    ]
    value: Annotated[
        Decimal,
        Measure(
            said(
                "数值 | 指标的数值，最多六位小数；单位由指标而定。",
                "value | With at most six decimal places; the unit is the metric's own.",
            )
        ),
    ]
    round: Annotated[
        str | None,
        Text(
            said(
                "轮次 | 同一比赛有几轮时，是哪一轮。",
                "round | Which round, where one contest has several.",
            )
        ),
    ] = None

    def may_count_for(self) -> bool:
        """A period's value is often known only after it."""
        return True


class IssueOpened(Payload):
    """Something that asks for an answer in time."""

    type_word = "issue_opened"
    label, about = said("问题 | 出现了须办理的问题。", "issue opened | Something asks for an answer.")

    kind: Annotated[str, Choice(said("问题类型 | 是哪一种问题。", "kind of issue | Which it is."), ISSUES)]
    ref: Ref


class IssueClosed(Payload):
    """The answer to an issue."""

    type_word = "issue_closed"
    label, about = said("办结/上报 | 问题已办结或上报。", "issue closed | The issue was settled or reported.")

    ref: Ref


class FindingRecorded(Payload):
    """What a check found wanting; the rubrics say which categories they count."""

    type_word = "finding_recorded"
    label, about = said(
        "检查发现 | 检查中发现了不足。", "finding recorded | A check found something wanting."
    )

    category: Annotated[
        str,
        Code(
            said("类别 | 由考核细则规定。", "category | The rubrics say which they count."),
            SNAKE_WORD,
            SNAKE_FORM,
            FINDINGS,
        ),
    ]
    count: Annotated[
        int,
        Whole(said("次数 | 发现几处，至少一处。", "count | How many, at least one."), least=1),
    ] = 1
    note: Note = None

    def may_count_for(self) -> bool:
        """A period is often checked after it."""
        return True
