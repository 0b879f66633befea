"""The roles: what each reads, which events each writes, whose names each sees.

In: a role's word. Out: a row of the table that docs/web.md shows. Deliberately absent: over which
organisations somebody holds a role (`actors`), and asking the log.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from ledger.words import Words

Role = Literal["secretary", "reader", "department", "office", "auditor", "keeper"]
ROLES: tuple[Role, ...] = get_args(Role)

PROGRAMS_OWN = frozenset({"reminder_raised", "score_sealed"})
"""Types that the program itself records: an account brings about a seal, it never writes one."""

JUDGEMENT = "clause_assessed"
CONTROLS = frozenset({"event_retracted", "event_corrected"})
"""What they may do follows from what they are about."""

_SECRETARYS = frozenset(
    [
        "meeting_held", "lecture_given", "activity_held",
        "member_joined", "member_left", "member_hired", "member_departed", "member_transferred",
        "role_assigned", "term_began", "development_stage_reached", "training_completed",
        "study_note_submitted", "talk_held",
        "dues_paid", "dues_remitted",
        "article_published", "honour_awarded", "experience_shared", "research_published", "contest_entered",
        "document_submitted", "disclosure_made", "checklist_confirmed", "survey_conducted", "metric_reported",
        "issue_opened", "issue_closed",
        "clause_assessed", "reminder_acknowledged",
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Powers:
    """What a role allows over the organisations that its grant reaches.

    `below`: the grant reaches the organisations below its own. `writes`: types of events, None for all but
    the program's own. `assesses_as`: whose judgements it may record. `sees_names`: of the roster of its own
    organisation, of all in its scope, of none. `everywhere`: it is granted over the whole ledger, never over
    one organisation. `grants`: roles that it may hand on inside its scope.
    """

    label: Words
    reads: bool = True
    below: bool = True
    writes: frozenset[str] | None = frozenset()
    assesses_as: str | None = None
    administers: bool = False
    sees_names: bool = False
    everywhere: bool = False
    keeps_accounts: bool = False
    reads_visits: bool = False
    grants: tuple[Role, ...] = ()

    def writes_type(self, type_word: str) -> bool:
        """Whether events of a type may be written, whatever they say."""
        if type_word in PROGRAMS_OWN or type_word in CONTROLS:
            return False
        if type_word == JUDGEMENT:
            return self.assesses_as is not None
        return self.writes is None or type_word in self.writes


POWERS: Mapping[Role, Powers] = MappingProxyType(
    {
        "secretary": Powers(
            Words("支部书记（记录）", "secretary"),
            below=False,
            writes=_SECRETARYS,
            assesses_as="self",
            sees_names=True,
        ),
        "reader": Powers(Words("查阅", "reader")),
        "department": Powers(
            Words("职能部门", "department"), writes=frozenset({JUDGEMENT}), assesses_as="department"
        ),
        "office": Powers(
            Words("组织部门", "office"),
            writes=None,
            assesses_as="superior",
            administers=True,
            sees_names=True,
            grants=("secretary", "reader", "department", "office"),
        ),
        "auditor": Powers(Words("审计", "auditor"), everywhere=True, reads_visits=True),
        "keeper": Powers(
            Words("账户管理", "keeper"),
            reads=False,
            everywhere=True,
            keeps_accounts=True,
            reads_visits=True,
            grants=ROLES,
        ),
    }
)
