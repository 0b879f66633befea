"""Judgements by people: points given to a clause, clauses waived, grades counted.

In: a rubric, a clause, and what was judged. Out: the models of these types. Deliberately absent: whether the
rubric has such a clause, and how many points; `ledger.intake.checks` is told that.
"""

from datetime import date
from typing import Annotated

from ledger.events.payload import Agreeing, Payload
from ledger.events.values.days import Day, ends_before
from ledger.events.values.described import said
from ledger.events.values.fields import UNTIL_WORDS, Clause, MaybePeriod, Note, Points, Reason, Rubric
from ledger.events.values.kinds import Choice, Whole
from ledger.events.vocabularies.papers import ASSESSORS, TALLY_SOURCES
from ledger.problems import Problem
from ledger.words import Words


class ClauseAssessed(Payload):
    """Points for one clause, by a person's judgement; counts for exactly its period."""

    type_word = "clause_assessed"
    label, about = said(
        "评分 | 有人为一个条款评了分；期间省去则为当年。",
        "clause assessed | Somebody judged a clause; without a period, that of the day's year.",
    )

    rubric: Rubric
    clause: Clause
    assessor: Annotated[str, Choice(said("评分者 | 由谁评分。", "assessor | Who judged."), ASSESSORS)]
    points: Points
    period: MaybePeriod = None
    note: Note = None


class ClauseWaived(Payload):
    """What the clause asks in windows that touch the days up to `until` is waived."""

    type_word = "clause_waived"
    has_last_day = True
    label, about = said(
        "免考 | 自当日至截止日，不考核该条款。",
        "clause waived | From that day to the last one the clause asks nothing.",
    )

    rubric: Rubric
    clause: Clause
    reason: Reason
    until: Annotated[date, Day(UNTIL_WORDS)]

    def day_conflicts(self, occurred_on: date) -> list[Problem]:
        """Return a problem where the waiver ends before it begins."""
        return ends_before(self.until, occurred_on)


class GradesTallied(Agreeing):
    """The grades that people gave, counted; tallies of one source add up."""

    type_word = "grades_tallied"
    label, about = said(
        "测评汇总 | 一个条款测评票的汇总；同一来源的几次相加。",
        "grades tallied | The grades given for a clause, counted; those of one source add up.",
    )

    rubric: Rubric
    clause: Clause
    source: Annotated[str, Choice(said("来源 | 由谁测评。", "source | Who graded."), TALLY_SOURCES)]
    excellent: Annotated[
        int, Whole(said("优秀票数 | 评为优秀的票数。", "excellent | How many said excellent."))
    ] = 0
    good: Annotated[int, Whole(said("较好票数 | 评为较好的票数。", "good | How many said good."))] = 0
    fair: Annotated[int, Whole(said("一般票数 | 评为一般的票数。", "fair | How many said fair."))] = 0
    poor: Annotated[int, Whole(said("差票数 | 评为差的票数。", "poor | How many said poor."))] = 0
    period: MaybePeriod = None

    def conflicts(self) -> list[Problem]:
        """Return a problem where nobody gave a grade."""
        if self.excellent or self.good or self.fair or self.poor:
            return []
        words = Words(
            zh="优秀、较好、一般、差的票数至少有一项大于 0",
            en="must have a number > 0 in at least one of excellent, good, fair, poor",
        )
        return [Problem(words)]
