"""Publicity, honours, research: what a branch made known and won.

In: levels, media, awards. Out: the models of these types. Deliberately absent: the works themselves.
"""

from typing import Annotated

from ledger.events.payload import Payload
from ledger.events.values.described import said
from ledger.events.values.fields import Content, Level, MaybeLevel
from ledger.events.values.kinds import Choice
from ledger.events.values.member_codes import MemberCode
from ledger.events.vocabularies.papers import (
    AWARDS,
    CONTESTS,
    MEDIA,
    RESEARCH_KINDS,
    RESEARCH_ROLES,
    THEMES,
)


class ArticlePublished(Payload):
    """A report in some medium; articles with one `content` report the same."""

    type_word = "article_published"
    label, about = said("新闻稿件 | 发表了一篇稿件。", "article published | A report was published.")

    level: Level
    medium: Annotated[
        str | None, Choice(said("媒体 | 在哪里发表。", "medium | Where it appeared."), MEDIA)
    ] = None
    theme: Annotated[str, Choice(said("题材 | 写的是什么。", "theme | What it is about."), THEMES)] = (
        "general"
    )
    content: Content = None


class HonourAwarded(Payload):
    """An honour of the branch or of one of its members."""

    type_word = "honour_awarded"
    label, about = said("荣誉 | 支部或党员获得荣誉。", "honour | The branch or a member was honoured.")

    level: Level
    content: Content = None


class ExperienceShared(Payload):
    """The branch told others how it works."""

    type_word = "experience_shared"
    label, about = said(
        "经验交流 | 在某一级介绍了经验。",
        "experience shared | The branch told others how it works.",
    )

    level: Level


class ResearchPublished(Payload):
    """A paper, project or report; `level` is that of its award, where it won one."""

    type_word = "research_published"
    label, about = said(
        "政研论文/课题 | 完成论文、课题或调研报告；级别为获奖级别。",
        "research published | A paper, project or report; the level is that of its award, if any.",
    )

    kind: Annotated[
        str, Choice(said("成果类型 | 论文、课题或报告。", "kind | What came of it."), RESEARCH_KINDS)
    ]
    level: MaybeLevel = None
    role: Annotated[
        str,
        Choice(said("承担方式 | 主持或参与。", "part | Whether led or joined."), RESEARCH_ROLES),
    ] = "lead"


class ContestEntered(Payload):
    """A work handed in to a contest, won or not."""

    type_word = "contest_entered"
    label, about = said("征文、作品 | 报送了一件作品。", "contest entered | A work was entered.")

    contest: Annotated[str, Choice(said("比赛 | 哪一种比赛、征集。", "contest | Which contest."), CONTESTS)]
    award: Annotated[str, Choice(said("奖项 | 获得的奖项。", "award | What it won."), AWARDS)] = "none"
    member: Annotated[
        str | None,
        MemberCode(said("作者 | 作者的成员代码。", "author | The member's code of the author.")),
    ] = None
