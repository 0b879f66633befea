"""Rules in which one event answers another: deadline, submission, streak."""

import pytest

from tests.reference.written import ScoreOne, first_clause, single, told

TRANSFER = """
{kind: deadline, trigger: {type: member_hired}, match: member, within: {months: 6}, shortfall: {each: 1},
 response: {type: member_transferred, where: {direction: in}}}
"""
INCIDENT = """
{kind: deadline, trigger: {type: issue_opened, where: {kind: incident}}, response: {type: issue_closed},
 match: ref, within: {days: 1}, shortfall: {each: 1}}
"""
ELECTION = """
{kind: deadline, trigger: {type: term_began, where: {body: party_committee}},
 response: {type: document_submitted, where: {kind: election_request}},
 within: {months_before_term_end: 4}, shortfall: all}
"""
SUBMISSION = "{kind: submission, missing: 0.5, late: 0.2, non_conforming: 0.3}"
STREAK = "{kind: streak, more_than: 2, shortfall: {each: 1}}"


def test_six_months_from_31_august_end_on_28_february(score: ScoreOne) -> None:
    hired = "2018-08-31 b1 member_hired member=m1\n"
    in_time = hired + "2019-02-28 b1 member_transferred member=m1 direction=in"
    late = hired + "2019-03-01 b1 member_transferred member=m1 direction=in"
    assert told(score(in_time, single(TRANSFER))) == ["met 0.00 2019-02-28 m1"]
    assert told(score(late, single(TRANSFER))) == ["lost -1.00 2019-02-28 m1"]
    assert told(score(hired, single(TRANSFER), on="2019-02-27")) == ["open 0.00 2019-02-28 m1"]
    assert told(score(hired, single(TRANSFER), "2018")) == []  # it belongs to the year of its last day


def test_a_response_may_come_early_by_the_same_span(score: ScoreOne) -> None:
    log = """
    2019-01-01 b1 member_transferred member=m1 direction=in
    2019-07-01 b1 member_hired member=m1
    2018-12-31 b1 member_transferred member=m2 direction=in
    2019-07-01 b1 member_hired member=m2
    """
    assert told(score(log, single(TRANSFER), "2020-01", "2020-01-01")) == [
        "met 0.00 2020-01-01 m1",
        "lost -1.00 2020-01-01 m2",
    ]


def test_a_response_answers_one_trigger_the_earliest_it_can(score: ScoreOne) -> None:
    log = """
    2019-05-01 b1 issue_opened kind=incident ref=i1
    2019-05-03 b1 issue_opened kind=incident ref=i1
    2019-05-04 b1 issue_opened kind=incident ref=i1
    2019-05-05 b1 issue_opened kind=incident ref=i2
    2019-05-04 b1 issue_closed ref=i1
    2019-05-04 b1 issue_closed ref=i3
    """
    row = score(log, single(INCIDENT))
    assert told(row) == [
        "lost -1.00 2019-05-02",
        "met 0.00 2019-05-04",
        "lost -1.00 2019-05-05",
        "lost -1.00 2019-05-06",
    ]
    assert len(first_clause(row)["entries"][1]["events"]) == 2


def test_before_the_terms_end_counts_from_its_beginning_on(score: ScoreOne) -> None:
    log = """
    2016-06-30 b1 term_began body=party_committee years=3
    2016-06-30 b1 term_began body=branch_committee years=3
    """
    # the term ends on 30 June 2019, four months before it is 28 February
    asked = "2019-02-28 b1 document_submitted kind=election_request"
    assert told(score(log + asked, single(ELECTION))) == ["met 0.00 2019-02-28"]
    assert told(score(log + asked + " conforming=false", single(ELECTION))) == ["lost -3.00 2019-02-28"]
    early = "2016-06-29 b1 document_submitted kind=election_request"
    assert told(score(log + early, single(ELECTION))) == ["lost -3.00 2019-02-28"]
    assert first_clause(score(log, single(ELECTION), "2020"))["owed"] is False


def test_a_term_that_begins_on_29_february_ends_on_the_28th(score: ScoreOne) -> None:
    log = "2016-02-29 b1 term_began body=party_committee years=3"
    assert told(score(log, single(ELECTION), "2018")) == ["lost -3.00 2018-10-28"]


def test_triggers_before_the_founding_are_not_owed(score: ScoreOne) -> None:
    log = """
    2019-05-02 b1 branch_registered name=b1
    2019-05-01 b1 issue_opened kind=incident ref=i1
    2019-05-02 b1 issue_opened kind=incident ref=i2
    """
    assert told(score(log, single(INCIDENT))) == ["lost -1.00 2019-05-03"]


def test_deadlines_share_the_clause_by_proportion(score: ScoreOne) -> None:
    departed = """
    - {kind: deadline, trigger: {type: member_departed}, match: member, within: {months: 3},
       response: {type: member_transferred, where: {direction: out}}, shortfall: proportional}
    """
    log = """
    2019-01-10 b1 member_departed member=m1
    2019-01-10 b1 member_departed member=m2
    2019-04-10 b1 member_transferred member=m2 direction=out
    2019-06-30 b1 member_departed member=m3
    """
    row = score(log, single(departed, 1), on="2019-08-01")
    assert (row["total"], row["at_risk"]) == ("0.67", "0.34")  # 1 − 0.33; 1 − 0.67
    assert told(row) == ["lost -0.33 2019-04-10 m1", "met 0.00 2019-04-10 m2", "open 0.00 2019-09-30 m3"]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("", "lost -0.50"),
        ("2019-03-31 b1 document_submitted kind=plan ref=r1", "met 0.00"),
        ("2019-01-31 b1 document_submitted kind=plan ref=r1", "met 0.00"),
        ("2019-04-01 b1 document_submitted kind=plan ref=r1", "lost -0.20"),
        ("2019-03-31 b1 document_submitted kind=plan ref=r2", "lost -0.50"),
        ("2019-03-31 b1 document_submitted kind=plan", "lost -0.50"),
        ("2019-03-31 b1 document_submitted kind=plan ref=r1 conforming=false", "lost -0.30"),
        ("2019-04-01 b1 document_submitted kind=plan ref=r1 conforming=false", "lost -0.50"),
        (
            """2019-03-30 b1 document_submitted kind=plan ref=r1 conforming=false
               2019-03-31 b1 document_submitted kind=plan ref=r1""",
            "met 0.00",
        ),
        (
            """2019-03-30 b1 document_submitted kind=plan ref=r1 conforming=false
               2019-04-01 b1 document_submitted kind=plan ref=r1""",
            "lost -0.20",
        ),
        (
            """2019-03-30 b1 document_submitted kind=plan ref=r1 conforming=false
               2019-04-01 b1 document_submitted kind=plan ref=r1 conforming=false""",
            "lost -0.30",
        ),
    ],
)
def test_what_was_requested_is_missing_late_or_not_conforming(
    score: ScoreOne, sent: str, expected: str
) -> None:
    log = "2019-03-01 b1 document_requested ref=r1 due_on=2019-03-31\n" + sent
    assert told(score(log, single(SUBMISSION), on="2019-12-31")) == [f"{expected} 2019-03-31"]


def test_a_request_is_at_risk_of_what_it_would_cost(score: ScoreOne) -> None:
    requested = "2019-03-01 b1 document_requested ref=r1 due_on=2019-03-31\n"
    tried = requested + "2019-03-02 b1 document_submitted kind=plan ref=r1 conforming=false"
    for log, at_risk in ((requested, "0.50"), (tried, "0.30")):
        row = score(log, single(SUBMISSION), "2019-03", "2019-03-30")
        assert (told(row), row["at_risk"]) == (["open 0.00 2019-03-31"], at_risk)


def test_the_row_of_leaves_runs_by_date_and_needs_a_note_after_its_last(score: ScoreOne) -> None:
    log = """
    2018-11-05 b1 meeting_held kind=study on_leave=[m1]
    2019-02-05 b1 lecture_given lecturer=expert on_leave=[m1] host=superior
    2018-12-05 b1 activity_held kind=other on_leave=[m1,m2]
    2019-02-20 b1 meeting_held kind=study
    2019-03-05 b1 meeting_held kind=study on_leave=[m1]
    2019-04-05 b1 meeting_held kind=study on_leave=[]
    2019-05-05 b1 meeting_held kind=study on_leave=[m1]
    """
    rubric = single(STREAK)
    assert told(score(log, rubric)) == ["lost -1.00 2019-02-05 m1"]  # four in a row, the third exceeds two
    assert told(score(log, rubric, "2018", "2019-12-31")) == []
    early = log + "2019-03-04 b1 study_note_submitted member=m1\n2019-03-05 b1 study_note_submitted member=m2"
    assert told(score(early, rubric)) == ["lost -1.00 2019-02-05 m1"]
    noted = log + "2019-03-05 b1 study_note_submitted member=m1"
    assert told(score(noted, rubric)) == ["met 0.00 2019-02-05 m1"]
    assert told(score(noted, rubric, on="2019-03-04")) == ["lost -1.00 2019-02-05 m1"]
    assert told(score(log, rubric, on="2019-02-04")) == []


def test_a_row_of_life_meetings_stands_in_the_month_that_its_third_counts_for(score: ScoreOne) -> None:
    log = """
    2020-01-01 b1 meeting_held kind=organizational_life on_leave=[m1]
    2020-01-02 b1 meeting_held kind=organizational_life on_leave=[m1]
    2020-01-03 b1 meeting_held kind=organizational_life on_leave=[m1] counts_for=2019-12
    """
    assert told(score(log, single(STREAK), on="2020-01-03")) == ["lost -1.00 2019-12-31 m1"]
