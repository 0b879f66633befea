"""Random payloads, type by type, that the catalogue accepts, in few words so that rules often match.

In: dice. Out: the `data` of an event. Deliberately absent: days, branches, order.
"""

from collections.abc import Callable, Sequence
from typing import Any

from tests.reference.drawn.dice import Dice

Data = dict[str, Any]

MEMBERS = ["m1", "m2", "m3"]
LEVELS = ["department", "unit", "city", "national"]
REFS = ["r1", "r2"]
CONTENTS = ["flood", "fair"]
ROLES = ["member", "secretary", "committee"]

LATER_COUNTED = {"organizational_life", "democratic_life", "democratic_appraisal", "debriefing"}
"""The kinds of meeting that may count for an earlier month."""

MAY_COUNT_FOR = {
    "meeting_held",
    "document_submitted",
    "disclosure_made",
    "metric_reported",
    "survey_conducted",
    "finding_recorded",
    "checklist_confirmed",
}


def may_count_for(type_: str, data: Data) -> bool:
    return type_ in MAY_COUNT_FOR and (type_ != "meeting_held" or data["kind"] in LATER_COUNTED)


def attendance(dice: Dice) -> Data:
    """Numbers of people, any of them left out; never more than were expected."""
    parts = {name: dice.number(0, 3) for name in ("present", "excused", "absent")}
    numbers = {**parts, "expected": sum(parts.values()) + dice.number(0, 1)}
    return {
        name: numbers[name] for name in dice.pick([[], ["present"], ["present", "expected"], list(numbers)])
    }


def gathering(dice: Dice, own: Data) -> Data:
    common = dice.fields(
        {},
        topic=["briefing", "plans"],
        on_leave=[[], ["m1"], ["m1"], ["m1", "m2"]],
        guests=[["league_secretary"], ["league_secretary", "superior"]],
        evidence=[[], ["minutes"], ["minutes", "photo"], ["photo", "sign_in"]],
        host=["branch", "branch", "superior"],
    )
    return {**own, **attendance(dice), **common}


MEETINGS = [
    *["study", "study", "committee_meeting", "organizational_life", "democratic_appraisal"],
    *["group_meeting", "democratic_life", "theme_day"],
]


def meeting(dice: Dice, kinds: Sequence[str] = MEETINGS) -> Data:
    own: Data = {"kind": dice.pick(kinds)}
    if own["kind"] == "democratic_appraisal" and dice.one_in(2):
        outstanding = dice.number(0, 4)
        own |= {"outstanding": outstanding, "appraised": outstanding + dice.number(0, 6)}
    return gathering(dice, own)


def lecture(dice: Dice) -> Data:
    lecturers = ["secretary", "leader", "expert"]
    return gathering(dice, dice.fields({"lecturer": lecturers}, exchange=[True, False]))


def activity(dice: Dice) -> Data:
    own = dice.fields({"kind": ["patriotic", "volunteer_service"]}, participants=[0, 1, 2, 3])
    return gathering(dice, own)


def survey(dice: Dice) -> Data:
    data: Data = {"subject": dice.pick(["satisfaction", "opinion"])}
    positive = dice.number(0, 4)
    numbers = {"positive": positive, "total": positive + dice.number(0, 3)}
    return data if dice.one_in(4) else {**data, **numbers}


def confirmed(dice: Dice) -> Data:
    return {
        "checklist": dice.pick(["list", "list", "another"]),
        "items": dice.some(["p", "q", "r", "s"], 1, 3),
    }


def voices(dice: Dice) -> Data:
    numbers = {word: dice.number(0, 3) for word in ("excellent", "good", "fair", "poor")}
    return numbers if any(numbers.values()) else {**numbers, "good": 1}


def transferred(dice: Dice) -> Data:
    """A transfer; who comes in may bring an office, and dues paid up to a month."""
    data = {"member": dice.pick(MEMBERS), "direction": dice.pick(["in", "in", "out"])}
    if data["direction"] == "out":
        return data
    months = ["2018-12", "2019-02", "2019-06", "2019-10"]
    return data | dice.fields({}, role=ROLES, dues_paid_to=months)


def record(required: dict[str, Sequence[Any]], **optional: Sequence[Any]) -> Callable[[Dice], Data]:
    return lambda dice: dice.fields(required, **optional)


PAYLOADS: dict[str, Callable[[Dice], Data]] = {
    "meeting_held": meeting,
    "lecture_given": lecture,
    "activity_held": activity,
    "member_joined": record({"member": MEMBERS}, role=ROLES),
    "member_left": record({"member": MEMBERS}),
    "member_hired": record({"member": MEMBERS}),
    "member_departed": record({"member": MEMBERS}),
    "member_transferred": transferred,
    "role_assigned": record({"member": MEMBERS, "role": ROLES}),
    "term_began": record({"body": ["branch_committee", "party_committee"], "years": [3, 5]}),
    "development_stage_reached": record({"member": MEMBERS, "stage": ["applicant", "probationary"]}),
    "training_completed": record(
        {"member": MEMBERS, "hours": [1, 2, "1.25", "0.5", 8], "mode": ["in_person", "online"]}
    ),
    "study_note_submitted": record({"member": MEMBERS}),
    "talk_held": record({"member": MEMBERS, "held_by": ["secretary", "committee", "member"]}),
    "article_published": record(
        {"level": LEVELS}, medium=["wechat", "board"], theme=["general", "pioneers"], content=CONTENTS
    ),
    "honour_awarded": record({"level": LEVELS}, content=CONTENTS),
    "research_published": record(
        {"kind": ["paper", "report"]}, level=LEVELS, role=["lead", "participant", "participant"]
    ),
    "contest_entered": record(
        {"contest": ["ethics", "knowledge"]}, award=["none", "first", "third"], member=MEMBERS
    ),
    "document_submitted": record(
        {"kind": ["plan", "plan", "self_check"]}, ref=REFS, conforming=[True, False, False]
    ),
    "disclosure_made": record({"subject": ["dues", "appraisal"]}),
    "checklist_confirmed": confirmed,
    "survey_conducted": survey,
    "metric_reported": record(
        {"metric": ["m", "m", "m", "n"], "value": [40, "40.5", "50", "50.000001", "-3"]}, round=["one", "two"]
    ),
    "issue_opened": record({"kind": ["vacancy", "incident", "problem"], "ref": REFS}),
    "issue_closed": record({"ref": REFS}),
    "finding_recorded": record({"category": ["a", "a", "b", "c"]}, count=[1, 2, 3]),
}
