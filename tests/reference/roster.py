"""Who was there: foundings and parents of branches, members on the roster, their roles, their exemptions.

In: the facts known on the day of replay. Out: days, codes, yes or no. Deliberately absent: what anybody owes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rubrics.model import Rubric
from rubrics.rules import Quota

from .effective import Fact
from .periods import Day, Span

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

    def siblings(self, branch: str) -> set[str]:
        """The branches of the same parent, itself included; those without a parent are siblings, too."""
        parent = self.registrations[branch].get("parent")
        return {code for code, fact in self.registrations.items() if fact.get("parent") == parent}

    def subordinates(self, branch: str) -> list[Fact]:
        """The registrations, known on the day of replay, of the branches whose parent this is."""
        known = (fact for fact in self.registrations.values() if fact.day <= self.on)
        return sorted((f for f in known if f.get("parent") == branch), key=lambda fact: fact.branch)


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
    """The role held at the end of the day: the latest of joining and being assigned one."""
    role = "member"
    for fact in facts:
        if (
            fact.day <= day
            and fact.type in {"member_joined", "role_assigned"}
            and fact.get("member") == member
        ):
            role = fact.get("role")
    return role


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
