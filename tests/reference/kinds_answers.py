"""The rule kinds in which one event answers another: deadline, submission, streak.

In: a replay, a branch, a rule. Out: an entry for each trigger, request or row of leaves of the period.
Deliberately absent: waivers of the clause, points.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from rubrics.rules import Deadline, Streak, Submission, Within

from .effective import Fact
from .entries import Entry, obligation
from .matching import GATHERINGS, matches
from .periods import Day, add_months
from .roster import Replay


def time_to_answer(trigger: Fact, within: Within) -> tuple[Day, Day]:
    """The first and the last day on which a response answers the trigger."""
    day = trigger.day
    if within.days is not None:
        return day - timedelta(days=within.days), day + timedelta(days=within.days)
    if within.months is not None:
        return add_months(day, -within.months), add_months(day, within.months)
    end_of_term = add_months(day, 12 * int(trigger.data["years"]))
    return day, add_months(end_of_term, -int(within.months_before_term_end or 0))


def answers_to(trigger: Fact, response: Fact, field: str | None) -> bool:
    """Whether the two speak of the same member or ref; a value not given is nobody's."""
    if field is None:
        return True
    value = trigger.get(field)
    return value is not None and value == response.get(field)


def deadline(replay: Replay, branch: str, rule: Deadline) -> Iterator[Entry]:
    """A response answers the earliest trigger it can in time; one that can none is late for the earliest."""
    facts = replay.of(branch)
    founding = replay.founding(branch)
    triggers = [fact for fact in facts if matches(fact, [rule.trigger]) and fact.day >= founding]
    responses = [fact for fact in facts if matches(fact, rule.response)]
    answered: dict[str, Fact] = {}
    late: dict[str, Fact] = {}
    for response in responses:
        for trigger in triggers:
            first, last = time_to_answer(trigger, rule.within)
            if (
                trigger.id not in answered
                and first <= response.day <= last
                and answers_to(trigger, response, rule.match)
            ):
                answered[trigger.id] = response
                break
    for response in [fact for fact in responses if fact not in answered.values()]:
        for trigger in triggers:
            _, last = time_to_answer(trigger, rule.within)
            if (
                trigger.id not in answered
                and trigger.id not in late
                and response.day > last
                and answers_to(trigger, response, rule.match)
            ):
                late[trigger.id] = response
                break
    for trigger in triggers:
        _, last = time_to_answer(trigger, rule.within)
        if replay.period.holds(last):
            answer = answered.get(trigger.id) or late.get(trigger.id)
            yield obligation(
                missing=0 if trigger.id in answered else 1,
                required=1,
                due_on=last,
                on=replay.on,
                shortfall=rule.shortfall,
                cause=f"after {trigger.type}",
                member=trigger.get("member"),
                events=(trigger, answer) if answer else (trigger,),
            )


def submission(replay: Replay, branch: str, rule: Submission) -> Iterator[Entry]:
    """What was requested: the first conforming document decides; where none conforms, the first of all."""
    facts = replay.of(branch)
    for request in facts:
        if request.type != "document_requested" or request.day < replay.founding(branch):
            continue
        due_on = Day.fromisoformat(request.data["due_on"])
        if not replay.period.holds(due_on):
            continue
        ref = request.data["ref"]
        sent = [fact for fact in facts if fact.type == "document_submitted" and fact.get("ref") == ref]
        conforming = [fact for fact in sent if fact.get("conforming")]
        if conforming:
            cause, cost = ("in time", 0) if conforming[0].day <= due_on else ("late", rule.late)
        elif sent:
            cause, cost = "non-conforming", rule.non_conforming
            if sent[0].day > due_on:
                cost += rule.late
        else:
            cause, cost = "missing", rule.missing
        yield Entry(
            state="met" if cause == "in time" else "lost" if due_on <= replay.on else "open",
            due_on=due_on,
            cause=cause,
            price=-cost,
            events=(request, *sent),
        )


def streak(replay: Replay, branch: str, rule: Streak) -> Iterator[Entry]:
    """Rows of leaves in a row, longer than allowed, over the gatherings that say who was on leave."""
    facts = replay.of(branch)
    gatherings = [f for f in facts if f.type in GATHERINGS and f.get("on_leave") is not None]
    for member in sorted({member for gathering in gatherings for member in gathering.get("on_leave")}):
        for row in _rows(gatherings, member):
            if len(row) <= rule.more_than:
                continue
            trigger = row[rule.more_than]
            if not replay.period.holds(trigger.stands_on):
                continue
            notes = [
                fact
                for fact in facts
                if fact.type == "study_note_submitted"
                and fact.data["member"] == member
                and fact.day >= row[-1].day
            ]
            yield obligation(
                missing=0 if notes else 1,
                required=1,
                due_on=trigger.stands_on,
                on=Day.max,
                shortfall=rule.shortfall,
                cause=f"on leave {len(row)} times in a row",
                member=member,
                events=(*row, *notes),
            )


def _rows(gatherings: Sequence[Fact], member: str) -> list[list[Fact]]:
    """The longest rows of gatherings, one after the other, from which the member was on leave."""
    rows: list[list[Fact]] = [[]]
    for gathering in gatherings:
        if member in gathering.get("on_leave"):
            rows[-1].append(gathering)
        else:
            rows.append([])
    return rows
