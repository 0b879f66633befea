"""The rule kinds in which one event answers another: deadline, submission, streak.

In: a replay, a branch, a rule. Out: an entry for each trigger, request or row of leaves of the period.
Deliberately absent: waivers of the clause, points.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from rubrics.rules import Deadline, Streak, Submission, Within
from tests.reference.naive.effective import Fact
from tests.reference.naive.entries import Entry, obligation
from tests.reference.naive.matching import GATHERINGS, matches
from tests.reference.naive.periods import Day, add_months
from tests.reference.naive.roster import Replay, role_on


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
    triggers = [
        fact
        for fact in facts
        if matches(fact, [rule.trigger])
        and (rule.match is None or fact.get(rule.match) is not None)
        and _is_owed(replay, branch, rule, fact)
        and not _ended_before(facts, fact, time_to_answer(fact, rule.within)[1])
    ]
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


def _is_owed(replay: Replay, branch: str, rule: Deadline, trigger: Fact) -> bool:
    """Whether the trigger lies in the branch's time; `owed_from` asks for the due day of a term's request."""
    last = time_to_answer(trigger, rule.within)[1]
    by_its_due_day = rule.within.months_before_term_end is not None
    return (
        trigger.day >= replay.founding(branch)
        and (last if by_its_due_day else trigger.day) >= replay.owed_from(branch)
        and last < replay.dissolution(branch)
    )


def _ended_before(facts: Sequence[Fact], term: Fact, last: Day) -> bool:
    """Whether a new term of the same body ended this one, and what falls due after that falls away."""
    return term.type == "term_began" and any(
        fact.type == "term_began"
        and fact.data["body"] == term.data["body"]
        and fact.happened > term.happened
        and fact.day < last
        for fact in facts
    )


def answers_request(facts: Sequence[Fact], paper: Fact, request: Fact) -> bool:
    """Whether a paper answers a request of its ref.

    It answers those from whose day on it came, up to the next day on which the ref was used again; one that
    came before the first answers that one.
    """
    ref = request.data["ref"]
    if paper.type != "document_submitted" or paper.get("ref") != ref:
        return False
    days = [fact.day for fact in facts if fact.type == "document_requested" and fact.data["ref"] == ref]
    begun = [day for day in days if day <= paper.day]
    return request.day == (max(begun) if begun else min(days))


def submission(replay: Replay, branch: str, rule: Submission) -> Iterator[Entry]:
    """What was requested: the first conforming document decides; where none conforms, the first of all."""
    facts = replay.of(branch)
    for request in facts:
        if request.type != "document_requested":
            continue
        due_on = Day.fromisoformat(request.data["due_on"])
        if not replay.period.holds(due_on) or not replay.owes(branch, request.day, due_on):
            continue
        sent = [fact for fact in facts if answers_request(facts, fact, request)]
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


OFFICES_ONLY = {"committee_meeting", "democratic_life", "enlarged", "development_review"}
NOBODY = {"group_meeting", "work_meeting", "party_affairs", "central_group_study"}


def streak(replay: Replay, branch: str, rule: Streak) -> Iterator[Entry]:
    """Rows of leaves in a row, longer than allowed, over the gatherings whose attendance was kept."""
    facts = replay.of(branch)
    gatherings = [f for f in facts if _is_in_rows(f, rule) and _on_leave(f) is not None]
    for member in sorted({member for gathering in gatherings for member in _on_leave(gathering) or ()}):
        asked = [f for f in gatherings if _asks(facts, f, member)]
        for row in _rows(asked, member):
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


def _is_in_rows(fact: Fact, rule: Streak) -> bool:
    """Whether rows run over the gathering: those that the rule names, else all that ask somebody."""
    if rule.events:
        return matches(fact, rule.events, "any")
    return fact.type in GATHERINGS and not (fact.type == "meeting_held" and fact.data["kind"] in NOBODY)


def _on_leave(fact: Fact) -> set[str] | None:
    """Who was on leave; None where attendance was not kept.

    A list says it, an empty one too; without a list, a count of those present beside nobody excused does.
    """
    if fact.get("on_leave") is not None:
        return set(fact.get("on_leave"))
    return set() if fact.get("present") is not None and not fact.get("excused") else None


def _asks(facts: Sequence[Fact], gathering: Fact, member: str) -> bool:
    """Whether the gathering asks the member: some meetings ask only who holds an office that day."""
    if gathering.type == "meeting_held" and gathering.data["kind"] in OFFICES_ONLY:
        return role_on(facts, member, gathering.day) != "member"
    return True


def _rows(gatherings: Sequence[Fact], member: str) -> list[list[Fact]]:
    """The longest rows of gatherings, one after the other, from which the member was on leave."""
    rows: list[list[Fact]] = [[]]
    for gathering in gatherings:
        if member in (_on_leave(gathering) or ()):
            rows[-1].append(gathering)
        else:
            rows.append([])
    return rows
