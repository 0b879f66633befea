"""Random logs that intake would accept, their days crowded around the edges of windows.

In: a rubric, the days of interest, seeds. Out: event dicts in import shape, positions by their order.
Deliberately absent: what the events mean.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from rubrics.model import Rubric
from tests.reference.drawn.dice import Dice
from tests.reference.drawn.random_payloads import (
    LATER_COUNTED,
    MEMBERS,
    PAYLOADS,
    REFS,
    may_count_for,
    meeting,
    voices,
)
from tests.reference.drawn.refusals import conflicts
from tests.reference.naive.periods import Day, add_months, first_day, last_day, month_of, name_of_month
from tests.reference.written import Row, id_of, positioned

OLD = Day(2010, 1, 1)
ROSTER = ["member_joined", "member_left", "member_transferred", "role_assigned", "member_exempted"]
OF_KINDS = {
    "dues": ["dues_paid"] * 6,
    "submission": ["document_requested", "document_submitted", "document_submitted"],
    "streak": ["meeting_held", "meeting_held", "lecture_given", "study_note_submitted", "role_assigned"],
    "rank": ["metric_reported"] * 3,
    "checklist": ["checklist_confirmed"] * 2,
    "assessed": ["clause_assessed"] * 2,
    "graded": ["grades_tallied"] * 6 + ["clause_assessed"],
    "threshold": ["metric_reported"],
}
ASIDE = [
    *[*ROSTER, "clause_waived", "clause_assessed", "finding_recorded"],
    *["branch_moved", "rubric_adopted", "rubric_dropped", "branch_dissolved"],
]


def days_of_interest(first: int, last: int, on: Day) -> list[Day]:
    """The edges of every month from the first to the last, some days between, and the day of replay."""
    days = [on, on, on - timedelta(days=1), on + timedelta(days=1)]
    for month in range(first, last + 1):
        begins = first_day(month)
        days += [begins, last_day(month), *(begins.replace(day=day) for day in (9, 25, 26))]
    return days


def types_of(rubric: Rubric) -> list[str]:
    """The types that the rubric's rules look at, each as often as it should come up."""
    types: list[str] = []
    for clause in rubric.clauses():
        for rule in clause.rules:
            for name in ("events", "response"):
                types += [match.type for match in getattr(rule, name, ())] * 2
            if rule.kind == "deadline":
                types += [rule.trigger.type] * 2
            types += OF_KINDS.get(rule.kind, [])
            if rule.kind == "dues" or getattr(rule, "each", None) == "member":
                types += ["member_joined", "member_left", "member_exempted"]
    return types * (3 * len(ASIDE) // max(1, len(types)) + 1) + ASIDE


class LogWriter:
    """Writes one log, an event a seed."""

    def __init__(
        self, rubric: Rubric, days: Sequence[Day], branches: Sequence[str], *, refusable: bool = False
    ) -> None:
        self.refusable = refusable
        self.rubric = rubric
        self.days = days
        self.branches = branches
        self.types = types_of(rubric)
        self.events: list[Row] = []

    def add(self, branch: str, type_: str, day: Day, data: dict[str, Any], **more: Any) -> None:
        head = {"id": id_of(len(self.events)), "branch": branch, "type": type_}
        self.events.append({**head, "occurred_on": day.isoformat(), **more, "data": data})

    def add_if_it_can_stand(
        self, branch: str, type_: str, day: Day, data: dict[str, Any], **more: Any
    ) -> None:
        """Add an event, unless the log would then hold what intake refuses (and that is not asked for)."""
        self.add(branch, type_, day, data, **more)
        if not self.refusable and conflicts(positioned(self.events)):
            self.events.pop()

    def begin(self, seed: int) -> None:
        """Registrations, then members who have long been there."""
        self.register(Dice("register", seed))
        self.enrol(Dice("enrol", seed))

    def happen(self, seeds: Sequence[int]) -> None:
        """An event for each seed that is not 0."""
        for number, seed in enumerate(seeds):
            if seed:
                self.add_any(Dice("event", number, seed))

    def control(self, seeds: Sequence[int]) -> None:
        """A retraction or a correction for each seed that is not 0."""
        for number, seed in enumerate(seeds):
            if seed:
                self.add_control(Dice("control", number, seed))

    def register(self, dice: Dice) -> None:
        """A committee and its branches, most of them old, some founded in the midst of things."""
        for branch in self.branches:
            data = {"organization": "committee"} if branch == self.branches[0] else self.parent(dice)
            day = dice.pick(self.days) if dice.one_in(4) else OLD
            self.add(branch, "branch_registered", day, {"name": branch, **data})

    def parent(self, dice: Dice) -> dict[str, Any]:
        return {} if dice.one_in(5) else {"parent": self.branches[0]}

    def enrol(self, dice: Dice) -> None:
        """Members who have long been there."""
        for branch in self.branches:
            for member in dice.some(MEMBERS):
                self.add(branch, "member_joined", OLD, dice.fields({"member": [member]}, role=["secretary"]))

    def add_any(self, dice: Dice) -> None:
        """One event, most often of a type that the rubric looks at."""
        type_ = dice.pick(self.types)
        branch = dice.pick([self.branches[-1], *self.branches])
        day = dice.pick(self.days)
        data = self.payload(dice, type_, day)
        more: dict[str, Any] = {}
        if may_count_for(type_, data) and dice.one_in(4):
            more["counts_for"] = month_before(dice, day)
        if type_ == "term_began":
            day = add_months(day, dice.pick([0, 4]) - 12 * data["years"])
        if type_ == "member_hired":
            day = add_months(day, dice.pick([0, -6]))
        if type_ == "branch_dissolved" and dice.one_in(2):
            day = self.days[-1]
        self.add_if_it_can_stand(branch, type_, day, data, **more)

    def payload(self, dice: Dice, type_: str, day: Day) -> dict[str, Any]:
        if type_ in PAYLOADS:
            return PAYLOADS[type_](dice)
        ahead = max(day, dice.pick(self.days)).isoformat()
        about = month_of(day) + dice.pick([0, 0, 0, -1, 1])
        if type_ == "dues_paid":
            required: dict[str, Sequence[Any]] = {
                "member": MEMBERS,
                "month": [name_of_month(about)],
                "amount": ["10", "20.00", 5],
            }
            return dice.fields(required, due=["20", "10.00", "25.5"])
        if type_ == "dues_remitted":
            quarter = f"{about // 12:04d}-Q{about % 12 // 3 + 1}"
            return {"quarter": quarter, "amount": dice.pick([1, "2.5", "0.01"])}
        if type_ == "branch_moved":
            return {"parent": dice.pick(self.branches)}
        if type_ == "branch_dissolved":
            return {}
        if type_ in {"rubric_adopted", "rubric_dropped"}:
            named = {"rubric": self.rubric.id}
            return (
                named
                if type_ == "rubric_dropped"
                else dice.fields({"rubric": [self.rubric.id]}, owed_from=[ahead])
            )
        if type_ == "document_requested":
            return {"ref": dice.pick(REFS), "due_on": ahead}
        if type_ == "member_exempted":
            return dice.fields(
                {"member": MEMBERS, "duty": ["training", "talks", "dues", "all"]}, until=[ahead]
            )
        clause = dice.pick(list(self.rubric.clauses()))
        named = {"rubric": self.rubric.id, "clause": clause.id}
        if type_ == "clause_waived":
            return {**named, "reason": "r", "until": ahead}
        named |= dice.pick([{}, {"period": "2019"}, {"period": "2019-H1"}, {"period": "2019-01..2019-03"}])
        if type_ == "grades_tallied":
            return {**named, "source": dice.pick(["masses", "organization"]), **voices(dice)}
        points = dice.number(0, clause.points)
        assessor = dice.pick(["self", "superior", "department"])
        return {**named, "assessor": assessor, "points": f"{points // 100}.{points % 100:02}"}

    def add_control(self, dice: Dice) -> None:
        """One retraction or correction of something that still stands."""
        gone = {event["data"]["target"] for event in self.events if event["type"] == "event_retracted"}
        standing = [e for e in self.events if e["type"] != "event_retracted" and e["id"] not in gone]
        standing = [e for e in standing if e["data"].get("target") not in gone]
        corrections = [event for event in standing if event["type"] == "event_corrected"]
        target = dice.pick(corrections if corrections and dice.one_in(3) else standing)
        named = {"target": target["id"], "reason": "r"}
        day = dice.pick(self.days)
        keeps = target["type"] == "branch_registered"
        if target["type"] == "event_corrected" or (not keeps and dice.one_in(3)):
            self.add_if_it_can_stand(target["branch"], "event_retracted", day, named)
        else:
            corrected = {**named, **self.corrected(dice, target)}
            self.add_if_it_can_stand(target["branch"], "event_corrected", day, corrected)

    def corrected(self, dice: Dice, target: Row) -> dict[str, Any]:
        """Another payload of the same type; perhaps a day, and a month, too, where one stood before."""
        day = dice.pick(self.days)
        data = target["data"] if dice.one_in(2) else self.another_payload(dice, target, day)
        if dice.one_in(2):
            return {"data": data}
        month = {"counts_for": month_before(dice, day)} if "counts_for" in target else {}
        return {"data": data, "occurred_on": day.isoformat(), **month}

    def another_payload(self, dice: Dice, target: Row, day: Day) -> dict[str, Any]:
        if target["type"] == "branch_registered":
            root = target["branch"] == self.branches[0]
            return {"name": "n", **({} if root else self.parent(dice))}
        if target["type"] == "meeting_held":
            later = target["data"]["kind"] in LATER_COUNTED
            return meeting(dice, sorted(LATER_COUNTED) if later else ["study", "committee_meeting"])
        return self.payload(dice, target["type"], day)


def month_before(dice: Dice, day: Day) -> str:
    return name_of_month(month_of(day) - dice.number(0, 4))
