"""Branches that move, end, or take a form up late; terms that end terms. The working stands beside."""

from tests.reference.written import ScoreAll, ScoreOne, clause, first_clause, form, monthly, single, told

MONTHLY = "{kind: quota, events: {type: meeting_held}, per: month, at_least: 1, shortfall: {each: 0.5}}"
BELOW = """{kind: quota, events: {type: meeting_held}, per: quarter, at_least: 1, each: subordinate,
            shortfall: {each: 1}}"""
RANK = "{kind: rank, metric: m, points: [3, 1]}"
DUES = "{kind: dues, by_day: 25, late: {each: 0.5}, short: {each: 1}}"
SUBMISSION = "{kind: submission, missing: 0.5, late: 0.2, non_conforming: 0.3}"
ELECTION = """
{kind: deadline, trigger: {type: term_began, where: {body: party_committee}},
 response: {type: document_submitted, where: {kind: election_request}},
 within: {months_before_term_end: 4}, shortfall: all}
"""
TREE = """
2010-01-01 c1 branch_registered name=c1 organization=committee
2010-01-01 c2 branch_registered name=c2 organization=committee
2010-01-01 b1 branch_registered name=b1 parent=c1
2010-01-01 b2 branch_registered name=b2 parent=c1
2010-01-01 b3 branch_registered name=b3 parent=c2
"""


def test_a_subordinate_is_owed_for_by_who_stands_above_on_the_windows_last_day(score_all: ScoreAll) -> None:
    log = f"""{TREE}
    2019-05-10 b1 branch_moved parent=c2
    2019-01-05 b2 meeting_held kind=study
    2019-04-05 b2 meeting_held kind=study
    2019-01-05 b3 meeting_held kind=study
    2019-04-05 b3 meeting_held kind=study
    """
    # the first quarter ends under c1; the second under c2, though it began under c1
    rows = {row["branch"]: told(row) for row in score_all(log, single(BELOW, 9), "2019-H1", "2019-06-30")}
    assert rows["c1"] == ["lost -1.00 2019-Q1 b1", "met 0.00 2019-Q1 b2", "met 0.00 2019-Q2 b2"]
    assert rows["c2"] == ["met 0.00 2019-Q1 b3", "lost -1.00 2019-Q2 b1", "met 0.00 2019-Q2 b3"]


def test_a_move_after_the_day_of_replay_is_not_known_yet(score_all: ScoreAll) -> None:
    log = f"""{TREE}
    2019-06-30 b1 branch_moved parent=c2
    """
    # on 29 June b1 still stands under c1, so that c1 has the open second quarter
    rows = {row["branch"]: told(row) for row in score_all(log, single(BELOW, 9), "2019-Q2", "2019-06-29")}
    assert rows["c1"] == ["open 0.00 2019-Q2 b1", "open 0.00 2019-Q2 b2"]
    assert rows["c2"] == ["open 0.00 2019-Q2 b3"]


def test_ranks_are_among_the_siblings_of_the_periods_last_day(score_all: ScoreAll) -> None:
    log = f"""{TREE}
    2019-03-01 b1 metric_reported metric=m value=50
    2019-03-01 b2 metric_reported metric=m value=40
    2019-03-01 b3 metric_reported metric=m value=60
    2019-12-31 b1 branch_moved parent=c2
    """
    rubric = form(clause(RANK, 3, start="zero"))
    year = {row["branch"]: row["total"] for row in score_all(log, rubric, "2019", "2020-03-01")}
    # on 31 December: b2 alone; b3 (60) before b1 (50)
    assert (year["b1"], year["b2"], year["b3"]) == ("1.00", "3.00", "3.00")
    half = {row["branch"]: row["total"] for row in score_all(log, rubric, "2019-H1", "2020-03-01")}
    # on 30 June: b1 (50) before b2 (40); b3 alone
    assert (half["b1"], half["b2"], half["b3"]) == ("3.00", "1.00", "3.00")


def test_a_move_leaves_closed_years_as_they_were(score_all: ScoreAll) -> None:
    log = f"""{TREE}
    2019-05-10 b1 branch_moved parent=c2
    """
    rows = {row["branch"]: told(row) for row in score_all(log, single(BELOW, 9), "2018-Q4", "2019-12-31")}
    assert rows["c1"] == ["lost -1.00 2018-Q4 b1", "lost -1.00 2018-Q4 b2"]


def test_the_latest_of_several_moves_counts_and_a_retracted_one_does_not(score_all: ScoreAll) -> None:
    log = f"""{TREE}
    2019-02-01 b1 branch_moved parent=c2 @first
    2019-02-20 b1 branch_moved parent=c1
    2019-02-10 b2 branch_moved parent=c2 @wrong
    2019-03-01 b2 event_retracted target=@wrong reason=r
    """
    rows = {row["branch"]: told(row) for row in score_all(log, single(BELOW, 9), "2019-Q1", "2019-03-31")}
    assert rows["c1"] == ["lost -1.00 2019-Q1 b1", "lost -1.00 2019-Q1 b2"]
    assert rows["c2"] == ["lost -1.00 2019-Q1 b3"]


def test_nothing_due_on_or_after_the_day_of_dissolution_is_owed(score: ScoreOne) -> None:
    log = """
    2019-03-31 b1 branch_dissolved
    2019-02-10 b1 finding_recorded category=a
    """
    row = score(log, single(MONTHLY, 9), on="2019-12-31")
    # January and February are due before 31 March, March is due on it
    assert (row["total"], told(row)) == ("8.00", ["lost -0.50 2019-01", "lost -0.50 2019-02"])
    before = score(log, single(MONTHLY, 9), "2019-Q1", "2019-03-30")  # the day before nobody knows
    assert (before["total"], before["at_risk"]) == ("8.00", "0.50")


def test_a_due_day_inside_the_window_decides_whether_it_is_owed(score: ScoreOne) -> None:
    log = """
    2018-01-01 b1 member_joined member=m1
    2019-03-25 b1 branch_dissolved
    """
    assert told(score(log, single(DUES, 9), "2019-Q1")) == ["lost -1.00 2019-01 m1", "lost -1.00 2019-02 m1"]
    later = log.replace("03-25", "03-26")
    assert told(score(later, single(DUES, 9), "2019-Q1"))[-1] == "lost -1.00 2019-03 m1"


def test_findings_and_tallies_count_by_their_day_whatever_is_owed(score: ScoreOne) -> None:
    rule = "{kind: tally, events: {type: finding_recorded}, points: -0.5}"
    log = """
    2019-01-01 b1 branch_registered name=b1
    2019-11-05 b1 rubric_adopted rubric=form owed_from=2019-11-01
    2019-03-10 b1 finding_recorded category=a
    2019-11-20 b1 finding_recorded category=a
    """
    assert score(log, single(rule))["total"] == "2.00"


def test_a_branch_is_not_scored_for_periods_that_begin_after_its_end(score_all: ScoreAll) -> None:
    log = "2019-03-31 b1 branch_dissolved\n2019-01-01 b2 article_published level=unit"
    rubric = single(MONTHLY, 9)

    def scored(period: str, on: str) -> list[str]:
        return [row["branch"] for row in score_all(log, rubric, period, on)]

    assert scored("2019-Q2", "2020-01-31") == ["b2"]
    assert scored("2019-03..2019-04", "2020-01-31") == ["b1", "b2"]
    assert scored("2019-Q2", "2019-03-30") == ["b1", "b2"]  # not yet known


def test_a_dissolved_subordinate_is_not_owed_for_what_is_due_then(score_all: ScoreAll) -> None:
    log = f"""{TREE}
    2019-06-30 b2 branch_dissolved successor=b1
    """
    rows = {row["branch"]: told(row) for row in score_all(log, single(BELOW, 9), "2019-H1", "2019-07-31")}
    assert rows["c1"] == ["lost -1.00 2019-Q1 b1", "lost -1.00 2019-Q1 b2", "lost -1.00 2019-Q2 b1"]


def test_windows_that_began_before_the_owed_from_day_owe_nothing(score: ScoreOne) -> None:
    quarterly = MONTHLY.replace("month", "quarter")
    log = "2019-11-05 b1 rubric_adopted rubric=form owed_from=2019-11-01"
    assert told(score(log, single(MONTHLY, 9))) == ["lost -0.50 2019-11", "lost -0.50 2019-12"]
    assert first_clause(score(log, single(quarterly, 9)))["owed"] is False  # the quarter began on 1 October
    a_day_later = log.replace("owed_from=2019-11-01", "owed_from=2019-11-02")
    assert told(score(a_day_later, single(MONTHLY, 9))) == ["lost -0.50 2019-12"]
    assert score(log, single(MONTHLY, 9))["in_play"] == "9.00"
    assert score(log, single(quarterly, 9))["in_play"] == "0.00"


def test_without_an_owed_from_day_the_whole_year_is_owed(score: ScoreOne) -> None:
    log = "2019-11-05 b1 rubric_adopted rubric=form\n" + monthly(
        5, "b1 meeting_held kind=study", range(1, 11)
    )
    assert told(score(log, single(MONTHLY, 9)))[:10] == [
        f"met 0.00 2019-{month:02}" for month in range(1, 11)
    ]
    assert score(log, single(MONTHLY, 9))["total"] == "8.00"


def test_an_adoption_of_another_form_or_after_the_day_of_replay_bounds_nothing(score: ScoreOne) -> None:
    other = "2019-01-05 b1 rubric_adopted rubric=another owed_from=2019-11-01"
    assert len(told(score(other, single(MONTHLY, 9)))) == 12
    later = "2019-11-05 b1 rubric_adopted rubric=form owed_from=2019-11-01"
    assert len(told(score(later, single(MONTHLY, 9), on="2019-11-04"))) == 12


def test_requests_and_triggers_that_began_before_the_owed_from_day_owe_nothing(score: ScoreOne) -> None:
    log = """
    2019-11-05 b1 rubric_adopted rubric=form owed_from=2019-11-01
    2019-10-31 b1 document_requested ref=r1 due_on=2019-11-15
    2019-11-01 b1 document_requested ref=r2 due_on=2019-11-16
    2019-10-31 b1 issue_opened kind=incident ref=i1
    2019-11-01 b1 issue_opened kind=incident ref=i2
    """
    assert told(score(log, single(SUBMISSION))) == ["lost -0.50 2019-11-16"]
    incident = """{kind: deadline, trigger: {type: issue_opened}, response: {type: issue_closed}, match: ref,
                   within: {days: 1}, shortfall: {each: 1}}"""
    assert told(score(log, single(incident))) == ["lost -1.00 2019-11-02"]


def test_a_terms_request_is_owed_by_its_due_day(score: ScoreOne) -> None:
    # the term ends on 30 June 2019; four months before it is 28 February
    term = "2016-06-30 b1 term_began body=party_committee years=3\n"
    on_it = term + "2019-02-01 b1 rubric_adopted rubric=form owed_from=2019-02-28"
    after = term + "2019-02-01 b1 rubric_adopted rubric=form owed_from=2019-03-01"
    assert told(score(on_it, single(ELECTION))) == ["lost -3.00 2019-02-28"]
    assert told(score(after, single(ELECTION))) == []


def test_a_form_taken_up_again_leaves_the_years_before_as_they_were(score: ScoreOne) -> None:
    log = """
    2018-01-01 b1 rubric_adopted rubric=form
    2019-03-31 b1 rubric_dropped rubric=form
    2019-11-05 b1 rubric_adopted rubric=form owed_from=2019-11-01
    """
    on = "2020-01-31"
    # 2018 ended under the first adoption, 2019 under the second; the first half of 2019 under the first
    assert score(log, single(MONTHLY, 9), "2018", on)["total"] == "3.00"  # 9 − 12 × 0.5
    assert score(log, single(MONTHLY, 9), "2019", on)["total"] == "8.00"  # November and December
    assert score(log, single(MONTHLY, 9), "2019-H1", on)["total"] == "6.00"  # 9 − 6 × 0.5


def test_of_a_form_taken_up_late_earlier_periods_owe_nothing_either(score: ScoreOne) -> None:
    log = "2019-11-05 b1 rubric_adopted rubric=form owed_from=2019-11-01"
    row = score(log, single(MONTHLY, 9), "2019-09", "2019-12-31")
    assert (row["total"], first_clause(row)["owed"]) == ("9.00", False)


def test_a_new_term_of_the_same_body_ends_the_former(score: ScoreOne) -> None:
    # from 10 January 2017 three years; the request is due on 10 September 2019
    term = "2017-01-10 b1 term_began body=party_committee years=3\n"
    again = term + "2019-05-01 b1 term_began body=party_committee years=5"
    assert told(score(again, single(ELECTION))) == []
    assert told(score(again, single(ELECTION), on="2019-04-30")) == ["open 0.00 2019-09-10"]
    assert told(score(again, single(ELECTION), "2024", "2024-12-31")) == ["lost -3.00 2024-01-01"]
    other = term + "2019-05-01 b1 term_began body=branch_committee years=3"
    assert told(score(other, single(ELECTION))) == ["lost -3.00 2019-09-10"]


def test_what_fell_due_before_the_new_term_began_stays_owed(score: ScoreOne) -> None:
    term = "2017-01-10 b1 term_began body=party_committee years=3\n"
    for begun in ("2019-09-10", "2019-09-11"):  # on the due day itself, and after it
        again = term + f"{begun} b1 term_began body=party_committee years=3"
        assert told(score(again, single(ELECTION))) == ["lost -3.00 2019-09-10"]


def test_a_drop_selects_no_more_and_takes_no_points_away(score: ScoreOne) -> None:
    log = """
    2019-01-01 b1 rubric_adopted rubric=form
    2019-06-30 b1 rubric_dropped rubric=form
    """
    assert score(log, single(MONTHLY, 9))["total"] == "3.00"  # asked for by name: 9 − 12 × 0.5
