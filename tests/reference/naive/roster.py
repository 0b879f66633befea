"""Who was there: branches from founding to end, their parents, members, their roles, their exemptions.

In: the facts known on the day of replay. Out: days, codes, yes or no. Deliberately absent: what anybody owes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rubrics.model import Rubric
from rubrics.rules import Quota
from tests.reference.naive.effective import Fact
from tests.reference.naive.periods import Day, Span, month_named

ON = {("member_joined", None), ("member_transferred", "in")}
OFF = {("member_left", None), ("member_transferred", "out")}


@dataclass(frozen=True)
class Replay:
    """What one replay reads: every effective event, the rubric, the period and the day."""

    facts: tuple[Fact, ...]
    rubric: Rubric
    period: Span
    on: Day

    @cached_property
    def happened(self) -> list[Fact]:
        """The facts that had happened by the day of replay, by day and position."""
        return sorted((fact for fact in self.facts if fact.day <= self.on), key=lambda fact: fact.happened)

    def of(self, branch: str) -> list[Fact]:
        """What had happened in the branch by the day of replay, by day and position."""
        return [fact for fact in self.happened if fact.branch == branch]

    def in_period(self, branch: str) -> list[Fact]:
        """Those of the branch that stand in the period, in the order of standing."""
        facts = [fact for fact in self.of(branch) if self.period.holds(fact.stands_on)]
        return sorted(facts, key=lambda fact: fact.order)

    @cached_property
    def registrations(self) -> dict[str, Fact]:
        return {fact.branch: fact for fact in self.facts if fact.type == "branch_registered"}

    def founding(self, branch: str) -> Day:
        return self.registrations[branch].day

    def parent(self, branch: str, day: Day) -> str | None:
        """The superior on a day: that of the latest move by then, else of the registration."""
        moves = [fact for fact in self.of(branch) if fact.type == "branch_moved" and fact.day <= day]
        parent: str | None = (moves or [self.registrations[branch]])[-1].get("parent")
        return parent

    def dissolution(self, branch: str) -> Day:
        """The day of dissolution, as far as it had happened; a day that never comes where it had not."""
        ends = [fact.day for fact in self.of(branch) if fact.type == "branch_dissolved"]
        return ends[0] if ends else Day.max

    def is_scored(self, branch: str) -> bool:
        """Whether the branch was there in the period: it is not scored for one that begins after its end."""
        return branch in self.registrations and self.dissolution(branch) >= self.period.start

    def owed_from(self, branch: str) -> Day:
        """The day from which this form is owed, where its adoption names one, else the first of all days.

        The adoption is the latest on or before the period's last day; where there is none, the first.
        """
        adoptions = [
            fact
            for fact in self.of(branch)
            if fact.type == "rubric_adopted" and fact.data["rubric"] == self.rubric.id
        ]
        begun = [fact for fact in adoptions if fact.day <= self.period.end]
        named = ([*adoptions[:1], *begun][-1]).get("owed_from") if adoptions else None
        return Day.fromisoformat(named) if named else Day.min

    def owes(self, branch: str, began: Day, due_on: Day) -> bool:
        """Whether what began on one day, and is due on another, is owed at all."""
        since = max(self.founding(branch), self.owed_from(branch))
        return since <= began and due_on < self.dissolution(branch)

    def siblings(self, branch: str) -> set[str]:
        """The branches of the same parent on the period's last day, itself included; those without a parent
        are siblings, too."""
        day = self.period.end
        parent = self.parent(branch, day)
        return {code for code in self.registrations if self.parent(code, day) == parent}

    def subordinates(self, branch: str, window: Span, due_on: Day) -> list[str]:
        """The branches below this one on the window's last day, there when it began and when it is due."""
        return [
            code
            for code, fact in sorted(self.registrations.items())
            if fact.day <= min(window.start, self.on)
            and self.parent(code, window.end) == branch
            and due_on < self.dissolution(code)
        ]


def members(facts: Iterable[Fact]) -> list[str]:
    """Every member who was ever put on the roster."""
    return sorted({fact.data["member"] for fact in facts if (fact.type, fact.get("direction")) in ON})


def on_roster(facts: Sequence[Fact], member: str, day: Day) -> bool:
    """Whether the member is on the roster at the end of the day; `facts` in the order of happening."""
    there = False
    for fact in facts:
        if fact.day <= day and fact.get("member") == member:
            if (fact.type, fact.get("direction")) in ON:
                there = True
            elif (fact.type, fact.get("direction")) in OFF:
                there = False
    return there


def on_roster_throughout(facts: Sequence[Fact], member: str, window: Span) -> bool:
    """Whether the member is on the roster on every day of the window."""
    changes = {fact.day for fact in facts if window.holds(fact.day)}
    return all(on_roster(facts, member, day) for day in {window.start, *changes})


def role_on(facts: Sequence[Fact], member: str, day: Day) -> str:
    """The role held at the end of the day: the latest of joining, coming in, and being assigned one."""
    role = "member"
    for fact in facts:
        gives_one = fact.type == "role_assigned" or (fact.type, fact.get("direction")) in ON
        if gives_one and fact.day <= day and fact.data["member"] == member:
            role = fact.get("role")
    return role


def paid_elsewhere(facts: Sequence[Fact], member: str, month: Span) -> list[Fact]:
    """The transfers in whose letter says that the month's dues are met."""
    return [
        fact
        for fact in facts
        if fact.type == "member_transferred"
        and fact.data["member"] == member
        and fact.get("dues_paid_to")
        and month.first <= month_named(fact.data["dues_paid_to"])
    ]


def exempt(facts: Sequence[Fact], member: str, duty: str, window: Span) -> bool:
    """Whether an exemption from the duty, or from all, touches the window."""
    for fact in facts:
        if fact.type == "member_exempted" and fact.data["member"] == member:
            until = Day.fromisoformat(fact.data["until"]) if fact.get("until") else Day.max
            if fact.data["duty"] in {duty, "all"} and window.touches(fact.day, until):
                return True
    return False


def duty_of(rule: Quota) -> str:
    """The duty from which a member must be exempt to owe nothing under a quota each member."""
    types = {match.type for match in rule.events}
    if "training_completed" in types:
        return "training"
    return "talks" if "talk_held" in types else "all"
