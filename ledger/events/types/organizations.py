"""Organizations: founding, name, superior, end, and the rubrics that they go by.

In: codes, names and days. Out: the models of these types. Deliberately absent: who is on the roster
(`members`), and the tree itself; `projections` grows it from these events.
"""

from datetime import date
from typing import Annotated

from ledger.events.payload import Payload
from ledger.events.values.days import Day
from ledger.events.values.described import said
from ledger.events.values.fields import BRANCH_CODE, BRANCH_FORM, Rubric
from ledger.events.values.kinds import Choice, Code, Text
from ledger.events.vocabularies.members import ORGANIZATIONS

_PARENT = Code(
    said("上级组织 | 上级党组织的代码。", "parent | The code of the superior organization."),
    BRANCH_CODE,
    BRANCH_FORM,
)


class BranchRegistered(Payload):
    """A stream's first event; its day is that of the founding, not of typing."""

    type_word = "branch_registered"
    label, about = said(
        "建立党组织 | 建立了党组织；日期为成立之日。",
        "branch registered | The organization was founded on that day.",
    )

    name: Annotated[str, Text(said("名称 | 党组织的名称。", "name | The name of the organization."))]
    organization: Annotated[
        str,
        Choice(said("组织类别 | 是哪一级党组织。", "organization | Of which sort it is."), ORGANIZATIONS),
    ] = "branch"
    parent: Annotated[str | None, _PARENT] = None


class BranchRenamed(Payload):
    """The organization bears another name from its day on."""

    type_word = "branch_renamed"
    label, about = said(
        "更名 | 自当日起使用新名称；以前的日期仍用当时的名称。",
        "branch renamed | The organization bears the new name from that day on; earlier days keep theirs.",
    )

    name: Annotated[str, Text(said("名称 | 新的名称。", "name | The new name."))]


class BranchMoved(Payload):
    """The organization belongs to another superior from its day on."""

    type_word = "branch_moved"
    label, about = said(
        "调整隶属 | 自当日起改由另一个上级党组织领导；以前的期间不变。",
        "branch moved | From that day on another organization is its superior; "
        "earlier periods stay as they were.",
    )

    parent: Annotated[str, _PARENT]


class BranchDissolved(Payload):
    """What falls due on or after its day is not owed, and nothing is reminded of."""

    type_word = "branch_dissolved"
    label, about = said(
        "撤销党组织 | 自当日起不再有应办事项，也不再提醒；以前的仍可查看。",
        "branch dissolved | Nothing due on or after that day is owed, and nothing is reminded of; "
        "what was owed before can still be seen.",
    )

    successor: Annotated[
        str | None,
        Code(
            said(
                "承接组织 | 承接其党员和工作的党组织的代码。",
                "successor | The code of the organization that takes over.",
            ),
            BRANCH_CODE,
            BRANCH_FORM,
        ),
    ] = None


class RubricDropped(Payload):
    """Ends an adoption, as a dissolution ends all."""

    type_word = "rubric_dropped"
    label, about = said(
        "停用考核细则 | 自当日起不再按这份细则考核和提醒。",
        "rubric dropped | From that day on the branch no longer goes by this rubric.",
    )

    rubric: Rubric


class RubricAdopted(Payload):
    """From its day on the branch is selected for, and reminded by, this rubric."""

    type_word = "rubric_adopted"
    label, about = said(
        "适用考核细则 | 自当日起按这份细则考核和提醒；可以适用几份。",
        "rubric adopted | From that day on the branch goes by this rubric; it may have several.",
    )

    rubric: Rubric
    owed_from: Annotated[
        date | None,
        Day(
            said(
                "起算日 | 在这一天以前开始的时段、事由和报送要求不作要求，如同支部当日成立；"
                "省去则全年都算；可以在将来。",
                "owed from | Windows, triggers and requests that began before that day owe nothing, as if "
                "the branch had been founded then; left out, the whole year is owed; it may lie ahead.",
            )
        ),
    ] = None
