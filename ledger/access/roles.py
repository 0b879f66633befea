"""The roles: what each reads, which events each writes, whose names each sees.

In: a role's word. Out: a row of the table that docs/web.md shows. Deliberately absent: over which
organisations somebody holds a role (`actors`), and asking the log.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from ledger.effective import CONTROLS
from ledger.words import Words

Role = Literal["secretary", "reader", "department", "office", "auditor", "keeper"]
ROLES: tuple[Role, ...] = get_args(Role)

PROGRAMS_OWN = frozenset({"reminder_raised", "score_sealed"})
"""Types that the program itself records: an account brings about a seal, it never writes one."""

JUDGEMENT = "clause_assessed"
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
    one organisation. `grants`: roles that it may hand on inside its scope. `does`: all of that in a line, for
    whoever gives the role.
    """

    label: Words
    does: Words
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
            Words(
                "记录本党组织的日常工作，自评；可见姓名，不及于下级",
                "logs the work of its one organisation, judges itself; sees names",
            ),
            below=False,
            writes=_SECRETARYS,
            assesses_as="self",
            sees_names=True,
        ),
        "reader": Powers(
            Words("查阅", "reader"),
            Words(
                "只看记录和得分，及于下级；不见姓名", "looks at events and scores, those below too; no names"
            ),
        ),
        "department": Powers(
            Words("主管部门", "department"),
            Words(
                "查看、以主管部门身份评分，及于下级；不见姓名",
                "looks, judges as a department, those below too; no names",
            ),
            writes=frozenset({JUDGEMENT}),
            assesses_as="department",
        ),
        "office": Powers(
            Words("组织部门", "office"),
            Words(
                "记录、评分、登记细则、封存、管理账户，及于下级；可见姓名",
                "logs, judges, adopts forms, seals, makes accounts, below too; names",
            ),
            writes=None,
            assesses_as="superior",
            administers=True,
            sees_names=True,
            grants=("secretary", "reader", "department", "office"),
        ),
        "auditor": Powers(
            Words("审计", "auditor"),
            Words(
                "查看、校验整个台账和访问记录；不能写，不见姓名",
                "looks at the whole log and visits, verifies; writes nothing, no names",
            ),
            everywhere=True,
            reads_visits=True,
        ),
        "keeper": Powers(
            Words("账户管理", "keeper"),
            Words(
                "管理所有账户，查看访问记录；看不到台账",
                "keeps all accounts, looks at visits; sees nothing of the log",
            ),
            reads=False,
            everywhere=True,
            keeps_accounts=True,
            reads_visits=True,
            grants=ROLES,
        ),
    }
)
