"""What new events count for: the difference of two replays, and why there is none."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from projections.engine.plan import Plan
from projections.engine.replays import impact
from projections.engine.results import Impact
from rubrics.model import Rubric
from tests.projections.engine.written import log_of, row_of
from tests.reference.written import clause, form, parse_log, positioned, registration

if TYPE_CHECKING:
    from projections.engine.logs import Row

TODAY = date(2019, 12, 31)
ADOPTED = "2019-01-01 b1 rubric_adopted rubric=form\n"


def told(before: str, new: str, *rubrics: Rubric, branch: str = "b1", today: date = TODAY) -> list[Impact]:
    """The impact of new lines after a log of lines; the branch adopted the form unless they say otherwise."""
    if "branch_registered" not in before:
        before = f"2010-01-01 {branch} branch_registered name=b\n" + before
    if "rubric_adopted" not in before:
        before += "\n" + ADOPTED
    old = parse_log(before)
    events = positioned(parse_log(before + "\n" + new))
    rows: list[Row] = [row_of(event) for event in events[len(old) :]]
    plans = [Plan(rubric) for rubric in rubrics]
    return impact(log_of(events[: len(old)]), plans, branch, rows, today=today, upto=len(old))


def short(found: list[Impact]) -> list[str]:
    """`clause: before -> after (why) +met -unmet`, keys by their window."""
    lines = []
    for one in found:
        keys = [f"+{o.obligation.rsplit('/', 1)[1]}" for o in one.met]
        keys += [f"-{o.obligation.rsplit('/', 1)[1]}" for o in one.unmet]
        moved = f"{one.score_before / 100:.2f} -> {one.score_after / 100:.2f}"
        lines.append(
            " ".join([f"{one.period} {one.clause}: {moved}", *([f"({one.why})"] if one.why else []), *keys])
        )
    return lines


PRIZES = form(clause("{kind: tally, events: {type: contest_entered}, points: 3}", "6", start="zero"))
PRIZE = "2019-05-01 b1 contest_entered contest=ethics award=first\n"


@pytest.mark.parametrize(
    ("there", "line"),
    [(0, "2019 c1: 0.00 -> 3.00"), (1, "2019 c1: 3.00 -> 6.00"), (2, "2019 c1: 6.00 -> 6.00 (cap)")],
)
def test_a_prize_counts_for_what_the_cap_still_lets_in(there: int, line: str) -> None:
    assert short(told(PRIZE * there, PRIZE, PRIZES)) == [line]


COMMITTEE = form(
    clause(
        "{kind: quota, events: {type: meeting_held, where: {kind: committee_meeting}}, per: month,"
        " at_least: 1, shortfall: {each: 0.5}}"
    )
)
MEETING = "2019-12-05 b1 meeting_held kind=committee_meeting\n"


def test_a_first_meeting_of_a_month_meets_its_duty_and_wins_back_what_it_had_cost() -> None:
    # eleven months are lost either way: 3.00 cannot lose 5.50, so the clause stands at 0 before and after
    assert short(told("", MEETING, COMMITTEE)) == ["2019 c1: 0.00 -> 0.00 (floor) +2019-12"]
    others = "\n".join(f"2019-{m:02}-05 b1 meeting_held kind=committee_meeting" for m in range(1, 12)) + "\n"
    assert short(told(others, MEETING, COMMITTEE)) == ["2019 c1: 2.50 -> 3.00 +2019-12"]


def test_a_second_meeting_of_a_month_meets_nothing_again() -> None:
    assert short(told(MEETING, MEETING, COMMITTEE)) == ["2019 c1: 0.00 -> 0.00 (full)"]


def test_what_comes_past_the_day_by_which_it_was_asked_leaves_the_window_as_it_stands() -> None:
    rule = (
        "{kind: quota, events: {type: meeting_held}, per: year, by: 06-30, at_least: 1, shortfall: {each: 1}}"
    )
    early = form(clause(rule))
    assert short(told("", MEETING, early)) == ["2019 c1: 2.00 -> 2.00 (short) +2019"]  # it is late now
    in_time = MEETING.replace("12-05", "05-05")
    assert short(told(in_time, MEETING, early)) == ["2019 c1: 3.00 -> 3.00 (full)"]


def test_a_meeting_before_the_founding_counts_for_nothing() -> None:
    log = "2019-01-01 b1 branch_registered name=b\n" + ADOPTED.replace("2019", "2009")
    line = "2009-12-05 b1 meeting_held kind=committee_meeting\n"
    assert short(told(log, line, COMMITTEE)) == ["2009 c1: 3.00 -> 3.00 (founding)"]


DUES = form(clause("{kind: dues, by_day: 25, late: {each: 0.2}, short: {each: 0.5}}"))
JOINED = "2019-11-01 b1 member_joined member=m1\n"


def test_dues_paid_in_full_late_or_short_are_told_apart() -> None:
    late = "2019-12-28 b1 dues_paid member=m1 month=2019-12 amount=28 due=28\n"
    assert short(told(JOINED, late, DUES)) == ["2019 c1: 2.00 -> 2.30 +2019-12"]
    part = "2019-12-20 b1 dues_paid member=m1 month=2019-12 amount=8 due=28\n"
    assert short(told(JOINED, part, DUES)) == ["2019 c1: 2.00 -> 2.00 (short)"]


def test_dues_of_somebody_on_no_roster_count_for_nothing() -> None:
    line = "2019-12-20 b1 dues_paid member=m9 month=2019-12 amount=28\n"
    assert short(told(JOINED, line, DUES)) == ["2019 c1: 2.00 -> 2.00 (roster)"]


def test_dues_of_a_month_far_off_are_told_for_that_year_and_for_this_one() -> None:
    line = "2019-12-20 b1 dues_paid member=m1 month=2052-03 amount=28\n"
    assert short(told(JOINED, line, DUES)) == [
        "2019 c1: 2.00 -> 2.00 (period)",
        "2052 c1: 3.00 -> 3.00 (full) +2052-03",
    ]


def test_a_year_is_told_of_in_which_only_an_event_lies_that_the_form_does_not_look_at() -> None:
    joined = "2018-12-20 b1 member_joined member=m1 @joined\n"
    lecture = "2019-06-01 b1 lecture_given lecturer=secretary @lecture\n"
    assert short(told("", joined + lecture, DUES)) == ["2019 c1: 3.00 -> 0.00"]
    back = "2019-07-01 b1 event_retracted target=@joined reason=r\n"
    back += "2019-07-01 b1 event_retracted target=@lecture reason=r\n"
    assert short(told(joined + lecture, back, DUES)) == ["2019 c1: 0.00 -> 3.00"]


def test_what_a_judgement_stands_over_does_not_move() -> None:
    log = "2019-06-01 b1 clause_assessed rubric=form clause=c1 assessor=superior points=1\n"
    assert short(told(log, MEETING, COMMITTEE)) == ["2019 c1: 1.00 -> 1.00 (judged) +2019-12"]


def test_a_retraction_takes_back_what_its_target_counted_for() -> None:
    named = PRIZE.strip() + " @prize\n"
    back = "2019-06-01 b1 event_retracted target=@prize reason=r\n"
    assert short(told(named, back, PRIZES)) == ["2019 c1: 3.00 -> 0.00"]


ATTENDANCE = form(
    clause(
        "{kind: threshold, per: event, events: {type: meeting_held}, ratio: {of: present, to: expected},"
        " at_least: 0.8, shortfall: {each: 1}}"
    )
)


def test_what_was_good_enough_and_is_retracted_leaves_a_clause_that_is_not_full_as_it_was() -> None:
    good = "2019-03-05 b1 meeting_held kind=committee_meeting present=9 expected=10 @good\n"
    poor = "2019-04-05 b1 meeting_held kind=committee_meeting present=5 expected=10\n"
    back = "2019-06-01 b1 event_retracted target=@good reason=r\n"
    assert short(told(good, back, ATTENDANCE)) == ["2019 c1: 3.00 -> 3.00 (other)"]
    assert short(told(good + poor, back, ATTENDANCE)) == ["2019 c1: 2.00 -> 2.00 (other)"]


def test_an_answer_that_is_retracted_moves_nothing_while_another_answers() -> None:
    closed = form(
        clause(
            "{kind: deadline, trigger: {type: issue_opened}, response: {type: issue_closed}, match: ref,"
            " within: {days: 30}, shortfall: {each: 1}}"
        )
    )
    log = (
        "2019-03-01 b1 issue_opened kind=incident ref=r1\n"
        "2019-03-10 b1 issue_closed ref=r1 @first\n"
        "2019-03-20 b1 issue_closed ref=r1\n"
    )
    back = "2019-06-01 b1 event_retracted target=@first reason=r\n"
    lost = "2019-05-01 b1 issue_opened kind=incident ref=r2\n"
    assert short(told(log + lost, back, closed)) == ["2019 c1: 2.00 -> 2.00 (full)"]
    gone = "2019-06-01 b1 event_retracted target=@asked reason=r\n"
    log = log.replace("ref=r1\n", "ref=r1 @asked\n", 1)
    assert short(told(log + lost, gone, closed)) == ["2019 c1: 2.00 -> 2.00 (other)"]


def test_a_correction_to_another_year_moves_both_years() -> None:
    named = PRIZE.strip() + " @prize\n"
    back = "2019-06-01 b1 event_corrected target=@prize reason=r occurred_on=2018-05-01 data.contest=ethics\n"
    log = named + ADOPTED.replace("2019", "2018")
    assert short(told(log, back, PRIZES)) == ["2018 c1: 0.00 -> 3.00", "2019 c1: 3.00 -> 0.00"]


def test_a_paper_moves_the_year_in_which_its_request_was_due() -> None:
    papers = form(clause("{kind: submission, missing: 1, late: 0.5, non_conforming: 0.3}"))
    log = "2018-12-01 b1 document_requested ref=r1 due_on=2018-12-31\n" + ADOPTED.replace("2019", "2018")
    line = "2019-01-10 b1 document_submitted kind=brief ref=r1\n"
    [first, second] = told(log, line, papers)
    assert short([first]) == [f"2018 c1: 2.00 -> 2.50 +{first.met[0].obligation.rsplit('/', 1)[1]}"]
    assert short([second]) == ["2019 c1: 3.00 -> 3.00 (other)"]


def test_a_superior_whose_form_asks_of_subordinates_is_told_of_too() -> None:
    quota = (
        "{kind: quota, events: {type: meeting_held}, per: year, at_least: 1, each: subordinate,"
        " shortfall: {each: 1}}"
    )
    above = form(clause(quota))
    log = [registration("c1"), registration("b1", parent="c1"), *parse_log(ADOPTED.replace("b1", "c1"))[1:]]
    events = positioned([*log, *parse_log(MEETING)[1:]])
    rows = [row_of(events[-1])]
    found = impact(log_of(events[:-1]), [Plan(above)], "b1", rows, today=TODAY, upto=len(log))
    assert [(one.branch, line) for one, line in zip(found, short(found), strict=True)] == [
        ("c1", "2019 c1: 2.00 -> 3.00 +2019")
    ]


def test_a_form_is_told_of_in_the_year_in_which_it_was_dropped_but_not_in_the_next() -> None:
    log = ADOPTED + "2019-06-01 b1 rubric_dropped rubric=form\n"
    assert [one.period for one in told(log, MEETING, COMMITTEE)] == ["2019"]
    assert short(told(log, MEETING.replace("2019", "2020"), COMMITTEE, today=date(2020, 12, 31))) == []


def test_nothing_new_changes_nothing() -> None:
    assert told(PRIZE, "", PRIZES) == []
