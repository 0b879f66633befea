"""What is due on which morning, and what is at stake: by the printed forms, worked out by hand."""

from projections.answers.duties import obligation_row
from tests.projections.engine.duties import due, told
from tests.reference.written import clause, form, monthly, single

COLLEGE = "college-staff-branch-2019"
HOSPITAL = "hospital-branch-2019"
COMMITTEE = "hospital-committee-standard"
INSTITUTE = "institute-branch-appraisal"

QUARTERS = (3, 6, 9, 12)


def until(day: str, lines: list[str]) -> list[str]:
    """The lines of obligations that are due by the day, without those of the advisory monthly study."""
    return [line for line in lines if line.split()[1] <= day and "monthly study" not in line]


def of(clause_id: str, lines: list[str]) -> list[str]:
    return [line for line in lines if line.split()[4] == clause_id]


def test_a_college_branch_in_its_first_quarter() -> None:
    log = """
    2018-01-01 b1 member_joined member=m1
    2018-01-01 b1 member_joined member=m2
    2019-01-20 b1 dues_paid member=m1 month=2019-01 amount=5 due=5
    2019-01-26 b1 dues_paid member=m2 month=2019-01 amount=5 due=5
    2019-02-20 b1 dues_paid member=m1 month=2019-02 amount=5 due=5
    2019-03-01 b1 document_requested ref=no-7 due_on=2019-03-31
    2019-01-15 b1 meeting_held kind=committee_meeting
    2019-02-10 b1 lecture_given lecturer=secretary
    """
    assert until("2019-03-31", told(log, COLLEGE, "2019-03-20")) == [
        "late 2019-01-25 0.50 2/2 10.2 pay the dues 2019-01",
        "met 2019-01-31 0.00 1/1 3.1.a committee meeting 2019-01",
        # the item has 1 point: January took half of it, February the other half
        "overdue 2019-02-25 0.50 1/2 10.2 pay the dues 2019-02 m2",
        "overdue 2019-02-28 0.30 0/1 3.1.a committee meeting 2019-02",
        # nothing is left to lose
        "at_risk 2019-03-25 0.00 0/2 10.2 pay the dues 2019-03 m1 m2",
        "open 2019-03-31 0.50 0/1 1.1 paper to be handed in: no-7",
        "at_risk 2019-03-31 0.30 0/1 3.1.a general meeting 2019-Q1",
        "open 2019-03-31 0.30 0/1 3.1.a committee meeting 2019-03",
        "met 2019-03-31 0.00 1/1 3.1.a Party lecture 2019-Q1",
    ]


def test_a_college_branch_that_does_nothing_loses_a_clause_only_once() -> None:
    lines = of("3.1.a", told("", COLLEGE, "2019-12-31"))
    costs = [line.split()[2] for line in lines]
    # 3 points at 0.30 each: all gone with the tenth, the lecture of the second quarter
    assert costs == ["0.30"] * 10 + ["0.00"] * 10
    assert lines[9] == "overdue 2019-06-30 0.30 0/1 3.1.a Party lecture 2019-Q2"
    assert lines[10] == "overdue 2019-07-31 0.00 0/1 3.1.a committee meeting 2019-07"
    assert lines[-1] == "at_risk 2019-12-31 0.00 0/1 3.1.a Party lecture 2019-Q4"


def test_the_yearly_duties_of_a_college_branch_on_the_last_morning() -> None:
    log = (
        monthly(9, "b1 meeting_held kind=study evidence=[minutes,photo]", range(1, 7))
        + """
    2019-06-01 b1 disclosure_made subject=appraisal
    2019-12-30 b1 document_submitted kind=exemplary_story
    """
    )
    lines = [line for line in told(log, COLLEGE, "2019-12-31") if line.endswith((" 2019", "H1", "H2"))]
    assert lines == [
        "met 2019-06-30 0.00 1/1 8.1 members' points made public 2019-H1",
        "at_risk 2019-12-31 3.00 0/1 8.2 volunteer service in key periods 2019",
        "at_risk 2019-12-31 2.00 0/1 1.2 appraisal scheme for members 2019",
        "at_risk 2019-12-31 1.00 6/8 2.1.a eight study sessions a year 2019",
        "at_risk 2019-12-31 1.00 6/8 2.1.b minutes and photos of the sessions 2019",
        "at_risk 2019-12-31 1.00 0/1 8.1 members' points made public 2019-H2",
        "at_risk 2019-12-31 0.50 0/1 3.2.a organizational life meeting 2019",
        "at_risk 2019-12-31 0.50 0/1 3.3.a democratic appraisal of members 2019",
        "met 2019-12-31 0.00 1/1 6.1 story of an exemplary person 2019",
        "at_risk 2019-12-31 0.00 0/2 6.2 volunteer service twice a year 2019",
    ]


def test_a_hospital_branch_shares_three_points_over_21_meetings() -> None:
    log = """
    2019-01-09 b1 meeting_held kind=committee_meeting
    2019-02-12 b1 lecture_given lecturer=secretary
    """
    lines = of("6.1", told(log, HOSPITAL, "2019-03-22"))
    assert until("2019-04-30", lines) == [
        "met 2019-01-31 0.00 1/1 6.1 committee meeting 2019-01",
        "overdue 2019-02-28 0.14 0/1 6.1 committee meeting 2019-02",  # 3 × 1/21 = 0.1429
        "at_risk 2019-03-31 0.15 0/1 6.1 general meeting 2019-Q1",  # 3 × 2/21 = 0.2857, less 0.14
        "at_risk 2019-03-31 0.15 0/1 6.1 committee meeting 2019-03",
        "met 2019-03-31 0.00 1/1 6.1 Party lecture 2019-Q1",
        "open 2019-04-30 0.15 0/1 6.1 committee meeting 2019-04",
    ]
    assert lines[-1] == "met 2019-12-31 0.00 1/1 6.1 lecture by the secretary 2019"


def test_each_member_and_each_subordinate_is_one_obligation_that_names_who_is_missing() -> None:
    log = """
    2018-01-01 b1 member_joined member=m3
    2018-01-01 b1 member_joined member=m1
    2018-01-01 b1 member_joined member=m2
    2019-02-01 b1 talk_held member=m1 held_by=secretary
    2019-03-01 b1 talk_held member=m1 held_by=secretary
    2019-03-01 b1 talk_held member=m1 held_by=secretary
    2019-03-01 b1 talk_held member=m2 held_by=secretary
    2019-02-01 b1 training_completed member=m1 hours=40 mode=in_person
    2019-02-01 b1 training_completed member=m2 hours=10.5 mode=in_person
    """
    lines = told(log, HOSPITAL, "2019-04-01")
    # 2 points over six talks, three of them missing; m1 had one more than asked
    assert of("10.2", lines)[0] == "open 2019-12-31 1.00 4/6 10.2 talks with each member 2019 m2 m3"
    [talks, *_] = [one for one in due(log, HOSPITAL, "2019-04-01") if one.clause == "10.2"]
    assert (talks.missing, talks.members) == (300, ("m2", "m3"))
    # all or nothing: 32 hours of each
    assert of("5.3", lines)[0] == "open 2019-12-31 1.00 50.5/96 5.3 32 hours in person 2019 m2 m3"

    units = """
    2010-01-01 c1 branch_registered name=c1 organization=committee
    2010-01-01 b1 branch_registered name=b1 parent=c1
    2010-01-01 b2 branch_registered name=b2 parent=c1
    2019-03-02 b3 branch_registered name=b3 parent=c1
    2019-01-15 b2 document_submitted kind=self_check
    2019-03-15 b3 document_submitted kind=self_check
    """
    checks = of("5.4.2", told(units, COMMITTEE, "2019-02-01", branches=["c1"]))
    # 1 point over 2 × 12 self-checks of the branches and 4 inspections: 1/28
    assert checks[0] == "overdue 2019-01-31 0.04 1/2 5.4.2 monthly self-check of each branch 2019-01 b1"
    april = of("5.4.2", told(units, COMMITTEE, "2019-04-02", branches=["c1"]))
    # b3 came in the midst of March and owes from April on
    assert next(line for line in april if line.endswith("b3")).split()[1] == "2019-04-30"


def test_the_first_mornings_of_a_hospital_branchs_transfers() -> None:
    log = """
    2019-01-15 b1 member_hired member=m7
    2019-02-10 b1 member_departed member=m8
    2019-05-11 b1 member_transferred member=m8 direction=out
    """
    hired = "transferred in within six months of hiring"
    departed = "transferred out within three months of leaving"
    assert of("13.1", told(log, HOSPITAL, "2019-04-01")) == [
        # the clause has 1 point, and two people to lose it by
        f"open 2019-05-10 0.50 0/1 13.1 {departed} m8",
        f"open 2019-07-15 0.50 0/1 13.1 {hired} m7",
    ]
    assert of("13.1", told(log, HOSPITAL, "2019-05-11")) == [
        f"late 2019-05-10 0.50 1/1 13.1 {departed}",  # a day after its last
        f"open 2019-07-15 0.50 0/1 13.1 {hired} m7",
    ]


def test_a_term_that_ends_in_another_year_is_there_from_its_beginning() -> None:
    log = """
    2010-01-01 b1 branch_registered name=b1 organization=committee
    2016-02-29 b1 term_began body=party_committee years=5
    """
    lines = of("4.6.3", told(log, COMMITTEE, "2019-03-01"))
    assert lines == [
        "at_risk 2020-08-28 0.00 0/1 4.6.3 election to be prepared six months before the end of the term",
        "open 2020-10-28 1.00 0/1 4.6.3 election requested four months before the end of the term",
    ]
    assert of("4.6.3", told(log, COMMITTEE, "2015-12-31")) == []
    asked = log + "2020-10-20 b1 document_submitted kind=election_request\n"
    assert [line.split()[0] for line in of("4.6.3", told(asked, COMMITTEE, "2020-10-20"))] == ["late", "met"]
    # the span ended in 2020
    assert of("4.6.3", told(asked, COMMITTEE, "2021-01-01")) == []


def test_the_half_yearly_self_evaluation_belongs_to_the_form_itself() -> None:
    log = "2019-07-03 b1 document_submitted kind=self_evaluation counts_for=2019-06"
    [first, second] = [one for one in due(log, INSTITUTE, "2019-12-01") if one.clause == "-"]
    assert (first.state, first.due_on.isoformat(), first.advisory, first.at_stake) == (
        "late",
        "2019-06-30",
        True,
        0,
    )
    assert obligation_row(second) == {
        "branch": "b1",
        "rubric": INSTITUTE,
        "clause": "-",
        "obligation": f"{INSTITUTE}/-/1/2019-H2",
        "what": "半年自评",
        "window": "2019-H2",
        "due_on": "2019-12-31",
        "days_left": 30,
        "required": "1",
        "done": "0",
        "missing": "1",
        "at_stake": "0.00",
        "members": [],
        "part_paid": [],
        "advisory": True,
        "state": "at_risk",
    }


def test_on_the_due_day_itself_it_can_still_be_done_and_what_was_logged_that_morning_counts() -> None:
    rubric = single(
        "{kind: quota, events: {type: meeting_held, where: {kind: study}}, per: month, at_least: 1}"
    )
    log = "2019-03-31 b1 meeting_held kind=study"
    for day, state in (("2019-03-30", "at_risk"), ("2019-03-31", "met"), ("2019-04-01", "met")):
        assert [one.state for one in due(log, rubric, day) if one.window == "2019-03"] == [state]
    assert [one.state for one in due("", rubric, "2019-03-31") if one.window == "2019-03"] == ["at_risk"]
    assert [one.days_left for one in due("", rubric, "2019-04-01") if one.window == "2019-03"] == [-1]


def test_several_rules_of_a_clause_are_obligations_of_their_own() -> None:
    rules = """
    - {kind: quota, events: {type: meeting_held}, per: year, at_least: 2, shortfall: {each: 0.5}}
    - {kind: none_of, events: {type: finding_recorded}}
    - {kind: tally, events: {type: article_published}, points: 1}
    - {kind: checklist, checklist: c, items: [a, b, c], per: half, shortfall: {each: 0.25}}
    - {kind: threshold, events: {type: meeting_held}, ratio: {of: present, to: expected}, per: event,
       at_least: 0.8}
    """
    log = "2019-03-01 b1 checklist_confirmed checklist=c items=[a,b,x]"
    assert told(log, form(clause(rules, 3)), "2019-04-01") == [
        "open 2019-06-30 0.25 2/3 c1 item 2019-H1",
        "open 2019-12-31 1.00 0/2 c1 item 2019",
        "open 2019-12-31 0.75 0/3 c1 item 2019-H2",
    ]
