"""What is owed for every member or subordinate: rosters, roles, hours, exemptions, dues."""

from tests.reference.written import ScoreAll, ScoreOne, first_clause, single, told

HOURS = """
{kind: quota, events: {type: training_completed, where: {mode: in_person}}, per: year, at_least: 32,
 measure: {sum: hours}, each: member, shortfall: proportional}
"""
TALKS = """
{kind: quota, events: {type: talk_held, where: {held_by: [secretary, committee]}}, per: quarter, at_least: 1,
 each: member, shortfall: {each: 0.5}}
"""
DUES = "{kind: dues, by_day: 25, late: {each: 0.5}, short: {each: 1}}"


def test_hours_are_summed_member_by_member(score: ScoreOne) -> None:
    log = """
    2018-05-01 b1 member_joined member=m1
    2018-05-01 b1 member_joined member=m2
    2019-03-01 b1 training_completed member=m1 mode=in_person hours=20.5
    2019-04-01 b1 training_completed member=m1 mode=in_person hours=20
    2019-04-01 b1 training_completed member=m2 mode=in_person hours=15.5
    2019-04-01 b1 training_completed member=m2 mode=online hours=30
    """
    row = score(log, single(HOURS, 1))  # 16.5 of 64 hours are missing: 0.2578
    assert (row["total"], told(row)) == ("0.74", ["met 0.00 2019 m1", "lost -0.26 2019 m2"])
    assert [entry["done"] for entry in first_clause(row)["entries"]] == ["40.5", "15.5"]


def test_a_member_is_owed_only_for_windows_spent_wholly_on_the_roster(score: ScoreOne) -> None:
    log = """
    2019-01-01 b1 member_joined member=m1
    2019-01-02 b1 member_joined member=m2
    2018-05-01 b1 member_joined member=m3
    2019-06-30 b1 member_left member=m3 reason=other
    2019-08-01 b1 member_transferred member=m4 direction=in
    2019-12-31 b1 member_transferred member=m4 direction=out
    """
    assert told(score(log, single(TALKS, 9))) == [
        "lost -0.50 2019-Q1 m1",
        "lost -0.50 2019-Q1 m3",  # of the second quarter the last day is missing
        "lost -0.50 2019-Q2 m1",
        "lost -0.50 2019-Q2 m2",
        "lost -0.50 2019-Q3 m1",
        "lost -0.50 2019-Q3 m2",
        "lost -0.50 2019-Q4 m1",
        "lost -0.50 2019-Q4 m2",
    ]


def test_who_will_leave_is_owed_until_the_day_of_replay_knows_it(score: ScoreOne) -> None:
    log = """
    2018-05-01 b1 member_joined member=m1
    2019-05-10 b1 member_left member=m1
    """
    assert told(score(log, single(TALKS, 9), "2019-Q2", "2019-05-09")) == ["open 0.00 2019-Q2 m1"]
    assert told(score(log, single(TALKS, 9), "2019-Q2", "2019-05-10")) == []


def test_who_leaves_and_is_back_the_same_day_was_there(score: ScoreOne) -> None:
    log = """
    2018-05-01 b1 member_joined member=m1
    2019-05-10 b1 member_transferred member=m1 direction=out
    2019-05-10 b1 member_transferred member=m1 direction=in
    """
    assert told(score(log, single(TALKS, 9), "2019-Q2", "2019-06-30")) == ["lost -0.50 2019-Q2 m1"]


def test_the_role_is_the_one_held_on_the_windows_last_day(score: ScoreOne) -> None:
    rubric = single(TALKS.replace("each: member", "each: member, roles: [secretary, committee]", 1), 9)
    log = """
    2018-05-01 b1 member_joined member=m1 role=secretary
    2018-05-01 b1 member_joined member=m2
    2019-06-30 b1 role_assigned member=m2 role=committee
    2019-07-01 b1 role_assigned member=m1 role=member
    """
    assert told(score(log, rubric, "2019-01..2019-09", "2019-09-30")) == [
        "lost -0.50 2019-Q1 m1",
        "lost -0.50 2019-Q2 m1",
        "lost -0.50 2019-Q2 m2",
        "lost -0.50 2019-Q3 m2",
    ]
    # on 29 June the second quarter is open, and m2 is not on the committee yet
    assert told(score(log, rubric, "2019-Q2", "2019-06-29")) == ["open 0.00 2019-Q2 m1"]


def test_a_talk_is_with_its_member_and_held_by_whom_the_rule_names(score: ScoreOne) -> None:
    log = """
    2018-05-01 b1 member_joined member=m1
    2018-05-01 b1 member_joined member=m2
    2019-03-31 b1 talk_held member=m1 held_by=secretary
    2019-03-31 b1 talk_held member=m2 held_by=member
    """
    assert told(score(log, single(TALKS, 9), "2019-Q1")) == ["met 0.00 2019-Q1 m1", "lost -0.50 2019-Q1 m2"]


def test_an_exempt_member_owes_nothing_for_the_windows_it_touches(score: ScoreOne) -> None:
    log = """
    2018-05-01 b1 member_joined member=m1
    2018-05-01 b1 member_joined member=m2
    2019-06-30 b1 member_exempted member=m1 duty=talks until=2019-07-01
    2019-11-11 b1 member_exempted member=m2 duty=all
    2019-03-01 b1 member_exempted member=m2 duty=training until=2019-03-02
    2019-11-12 b1 talk_held member=m2 held_by=secretary
    """
    row = score(log, single(TALKS, 9))
    assert told(row) == [
        "lost -0.50 2019-Q1 m1",
        "lost -0.50 2019-Q1 m2",
        "waived 0.00 2019-Q2 m1",
        "lost -0.50 2019-Q2 m2",
        "waived 0.00 2019-Q3 m1",
        "lost -0.50 2019-Q3 m2",
        "lost -0.50 2019-Q4 m1",
        "waived 0.00 2019-Q4 m2",
    ]


def test_what_the_exempt_paid_all_the_same_is_told(score: ScoreOne) -> None:
    log = """
    2018-05-01 b1 member_joined member=m1
    2019-01-03 b1 member_exempted member=m1 duty=dues until=2019-01-03
    2019-01-20 b1 dues_paid member=m1 month=2019-01 amount=20
    """
    row = score(log, single(DUES, 9), "2019-01")
    assert told(row) == ["waived 0.00 2019-01 m1"]
    assert first_clause(row)["entries"][0]["done"] == "1"


def test_the_hours_of_the_exempt_are_not_required(score: ScoreOne) -> None:
    log = """
    2018-05-01 b1 member_joined member=m1
    2018-05-01 b1 member_joined member=m2
    2019-06-30 b1 member_exempted member=m1 duty=training until=2019-07-01
    2019-04-01 b1 training_completed member=m2 mode=in_person hours=16
    """
    assert score(log, single(HOURS, 1))["total"] == "0.50"  # 16 of 32 hours


def test_each_subordinate_registered_by_the_windows_beginning_is_owed_for(score: ScoreOne) -> None:
    rubric = single(
        "{kind: quota, events: {type: document_submitted, where: {kind: self_check}}, per: month, "
        "at_least: 1, each: subordinate, shortfall: proportional}",
        1,
    )
    log = """
    2010-01-01 b1 branch_registered name=b1 organization=committee
    2019-02-01 b2 branch_registered name=b2 parent=b1
    2019-02-02 b3 branch_registered name=b3 parent=b1
    2010-01-01 b4 branch_registered name=b4
    2019-02-28 b2 document_submitted kind=self_check
    2019-03-09 b3 document_submitted kind=self_check
    2019-03-09 b3 document_submitted kind=self_check conforming=false
    """
    row = score(log, rubric, "2019-Q1", "2019-03-31")
    assert told(row) == ["met 0.00 2019-02 b2", "lost -0.33 2019-03 b2", "met 0.00 2019-03 b3"]
    assert row["total"] == "0.67"
    assert first_clause(score(log, rubric, "2019-01"))["owed"] is False


def test_the_subordinates_are_those_whose_parent_this_is_after_correction(score_all: ScoreAll) -> None:
    rubric = single(
        "{kind: quota, events: {type: meeting_held}, per: year, at_least: 1, each: subordinate}", 1
    )
    log = """
    2010-01-01 c1 branch_registered name=c1 organization=committee
    2010-01-01 c2 branch_registered name=c2 organization=committee
    2010-01-01 b1 branch_registered name=b1 parent=c1 @b1
    2019-05-05 b1 event_corrected target=@b1 reason=moved data.name=b1 data.parent=c2
    """
    totals = [(row["branch"], row["total"]) for row in score_all(log, rubric)]
    assert totals == [("b1", "1.00"), ("c1", "1.00"), ("c2", "0.00")]


def test_dues_are_late_short_or_missing_at_one_cost_a_member_and_month(score: ScoreOne) -> None:
    log = """
    2018-05-01 b1 member_joined member=m1
    2019-01-25 b1 dues_paid member=m1 month=2019-01 amount=20 due=20
    2019-02-20 b1 dues_paid member=m1 month=2019-02 amount=12.5 due=20
    2019-02-26 b1 dues_paid member=m1 month=2019-02 amount=7.50
    2019-03-20 b1 dues_paid member=m1 month=2019-03 amount=19.99 due=20
    2019-01-25 b1 dues_paid member=m1 month=2019-05 amount=1
    2019-06-20 b1 dues_paid member=m1 month=2019-06 amount=20 due=20
    2019-07-20 b1 dues_paid member=m1 month=2019-06 amount=5 due=30
    """
    row = score(log, single(DUES, 9), "2019-H1", "2019-06-24")
    assert told(row) == [
        "met 0.00 2019-01 m1",
        "lost -0.50 2019-02 m1",  # whole only on the 26th
        "lost -1.00 2019-03 m1",  # a cent short
        "lost -1.00 2019-04 m1",
        "met 0.00 2019-05 m1",  # in January already; no amount owed was given
        "met 0.00 2019-06 m1",
    ]
    later = score(log, single(DUES, 9), "2019-06", "2019-07-20")
    assert told(later) == ["lost -1.00 2019-06 m1"]  # 30 were owed, 25 paid
    before = score(log, single(DUES, 9), "2019-02", "2019-02-24")
    assert (told(before), before["at_risk"]) == (["open 0.00 2019-02 m1"], "1.00")


def test_dues_are_owed_by_who_is_on_the_roster_on_the_due_day(score: ScoreOne) -> None:
    log = """
    2019-01-25 b1 member_joined member=m1
    2019-02-25 b1 member_left member=m1
    2019-01-26 b1 member_joined member=m2
    2019-02-03 b1 member_exempted member=m2 duty=dues until=2019-02-03
    """
    assert told(score(log, single(DUES, 9), "2019-01..2019-03", "2019-03-31")) == [
        "lost -1.00 2019-01 m1",
        "waived 0.00 2019-02 m2",
        "lost -1.00 2019-03 m2",
    ]
    last = DUES.replace("25", "last")
    assert told(score(log, single(last, 9), "2019-01", "2019-01-31")) == [
        "lost -1.00 2019-01 m1",
        "lost -1.00 2019-01 m2",
    ]


def test_dues_may_cost_a_share_or_once(score: ScoreOne) -> None:
    log = """
    2018-05-01 b1 member_joined member=m1
    2019-01-26 b1 dues_paid member=m1 month=2019-01 amount=20
    2019-02-25 b1 dues_paid member=m1 month=2019-02 amount=20
    """
    shared = "{kind: dues, by_day: last, late: proportional, short: proportional}"
    row = score(log, single(shared, 4), "2019-Q1", "2019-03-31")
    assert (row["total"], told(row)[-1]) == ("2.67", "lost -1.33 2019-03 m1")  # 4 × 1/3
    once = "{kind: dues, by_day: 25, late: {each: 1}, short: {once: 2}}"
    assert told(score(log, single(once, 5), "2019-01..2019-04", "2019-04-30")) == [
        "lost -1.00 2019-01 m1",
        "met 0.00 2019-02 m1",
        "lost -2.00 2019-03 m1",
        "lost 0.00 2019-04 m1",
    ]
