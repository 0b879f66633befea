"""When an obligation begins to press: the edges of every lead time, worked out by hand."""

import pytest

from tests.projections.engine.duties import states
from tests.reference.written import single

MEETING = "{{kind: quota, events: {{type: meeting_held, where: {{kind: study}}}}, per: {}, at_least: 1{}}}"
CHECKLIST = "{kind: checklist, checklist: c, items: [a], per: quarter}"
DUES = "{{kind: dues, by_day: {}, late: {{each: 1}}, short: {{each: 1}}}}"
SUBMISSION = "{kind: submission, missing: 0.5, late: 0.2, non_conforming: 0.3}"


def answer(trigger: str, within: str, match: str = "") -> str:
    return (
        f"{{kind: deadline, trigger: {{type: {trigger}}}, response: {{type: issue_closed}}, "
        f"within: {{{within}}}{match}}}"
    )


@pytest.mark.parametrize(
    ("rule", "window", "days"),
    [
        # a month's window: 10 days; a shorter February makes no difference
        (MEETING.format("month", ""), "2019-03", "03-20 open, 03-21 at_risk, 03-31 at_risk, 04-01 overdue"),
        (MEETING.format("month", ""), "2019-02", "02-17 open, 02-18 at_risk, 02-28 at_risk, 03-01 overdue"),
        # two months: 15; a quarter: 30; a half: 45; a year: 60
        (MEETING.format("two_months", ""), "2019-01..2019-02", "02-12 open, 02-13 at_risk, 03-01 overdue"),
        (MEETING.format("quarter", ""), "2019-Q1", "02-28 open, 03-01 at_risk, 03-31 at_risk, 04-01 overdue"),
        (MEETING.format("half", ""), "2019-H1", "05-15 open, 05-16 at_risk, 06-30 at_risk, 07-01 overdue"),
        (MEETING.format("year", ""), "2019", "10-31 open, 11-01 at_risk, 12-31 at_risk"),
        # a `by` day is the due day, the lead is the window's, and never before the window begins
        (MEETING.format("quarter", ", by: 03-25"), "2019-Q1", "02-22 open, 02-23 at_risk, 03-26 overdue"),
        (MEETING.format("quarter", ", by: 04-10"), "2019-Q2", "03-31 open, 04-01 at_risk, 04-11 overdue"),
        # dues: 10 days before the day
        (DUES.format(25), "2019-03", "03-14 open, 03-15 at_risk, 03-25 at_risk, 03-26 overdue"),
        (DUES.format("last"), "2019-03", "03-20 open, 03-21 at_risk, 03-31 at_risk, 04-01 overdue"),
        (DUES.format(5), "2019-03", "02-28 open, 03-01 at_risk, 03-05 at_risk, 03-06 overdue"),
        # a checklist and a ratio over a window are windows like the others
        (CHECKLIST, "2019-Q1", "02-28 open, 03-01 at_risk, 04-01 overdue"),
        ("{kind: threshold, metric: funds, at_least: 95}", "2019", "10-31 open, 11-01 at_risk"),
    ],
)
def test_a_window_presses_from_its_lead_time_on(rule: str, window: str, days: str) -> None:
    expected = days.split(", ")
    log = "2018-01-01 b1 member_joined member=m1"
    assert states(log, single(rule), *(f"2019-{day[:5]}" for day in expected), key=f"/{window}") == expected


@pytest.mark.parametrize(
    ("rule", "log", "days"),
    [
        # 31 days: the last 10 of them
        (
            answer("issue_opened", "months: 1"),
            "2019-03-10 b1 issue_opened kind=vacancy ref=v",
            "03-10 open, 03-30 open, 03-31 at_risk, 04-10 at_risk, 04-11 overdue",
        ),
        # one day: no lead, the due day itself; three days: one of lead
        (
            answer("issue_opened", "days: 1"),
            "2019-05-05 b1 issue_opened kind=incident ref=v",
            "05-05 open, 05-06 at_risk, 05-07 overdue",
        ),
        (
            answer("issue_opened", "days: 3"),
            "2019-05-05 b1 issue_opened kind=incident ref=v",
            "05-06 open, 05-07 at_risk, 05-08 at_risk, 05-09 overdue",
        ),
        # six months: 181 days, 60 of lead; three from the last of March: 91 days, 30 of lead
        (
            answer("member_hired", "months: 6"),
            "2019-01-15 b1 member_hired member=m9",
            "05-15 open, 05-16 at_risk, 07-15 at_risk, 07-16 overdue",
        ),
        (
            answer("member_departed", "months: 3"),
            "2019-03-31 b1 member_departed member=m9",
            "05-30 open, 05-31 at_risk, 06-30 at_risk, 07-01 overdue",
        ),
        # a term of 3 years, 4 months before its end: 28 February 2019, after 973 days, 324 of lead
        (
            answer("term_began", "months_before_term_end: 4"),
            "2016-06-30 b1 term_began body=branch_committee years=3",
            "01-01 at_risk, 02-28 at_risk, 03-01 overdue",
        ),
        # a term of 5 years is due in 2021, and is there all the time
        (
            answer("term_began", "months_before_term_end: 6"),
            "2017-04-10 b1 term_began body=branch_committee years=5",
            "06-01 open, 12-31 open",
        ),
        # a request: a third of its span; one for the same day; one that comes after its day
        (
            SUBMISSION,
            "2019-03-01 b1 document_requested ref=r due_on=2019-03-31",
            "03-20 open, 03-21 at_risk, 03-31 at_risk, 04-01 overdue",
        ),
        (
            SUBMISSION,
            "2019-03-01 b1 document_requested ref=r due_on=2019-03-01",
            "03-01 at_risk, 03-02 overdue",
        ),
        (SUBMISSION, "2019-03-10 b1 document_requested ref=r due_on=2019-03-05", "03-10 overdue"),
    ],
)
def test_a_span_presses_in_its_last_third(rule: str, log: str, days: str) -> None:
    expected = days.split(", ")
    assert states(log, single(rule), *(f"2019-{day[:5]}" for day in expected)) == expected


def test_the_lead_of_a_long_term_may_begin_in_an_earlier_year() -> None:
    rule = single(answer("term_began", "months_before_term_end: 4"))
    log = "2016-06-30 b1 term_began body=branch_committee years=3"
    assert states(log, rule, "2018-04-09", "2018-04-10") == ["04-09 open", "04-10 at_risk"]
