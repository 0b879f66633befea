"""Rules that ask something of every window: quota, checklist, threshold over a window, dues."""

from tests.reference.written import ScoreOne, clause, first_clause, form, monthly, single, told

FOUNDED = "2018-12-01 b1 branch_registered name=b1\n"

STUDY_MONTHLY = """
{kind: quota, events: {type: meeting_held, where: {kind: study}}, per: month, at_least: 1,
 shortfall: proportional}
"""

GENERAL_QUARTERLY = """
{kind: quota, events: {type: meeting_held, where: {kind: general_meeting}}, per: quarter, at_least: 1,
 shortfall: {each: 0.3}}
"""

THREE_MEETINGS = """
- {kind: quota, events: {type: meeting_held, where: {kind: general_meeting}}, per: quarter, at_least: 1,
   shortfall: proportional}
- {kind: quota, events: {type: meeting_held, where: {kind: committee_meeting}}, per: month, at_least: 1,
   shortfall: proportional}
- {kind: quota, events: {type: lecture_given}, per: quarter, at_least: 1, shortfall: proportional}
- {kind: quota, events: {type: lecture_given, where: {lecturer: secretary}}, per: year, at_least: 1,
   shortfall: proportional}
"""

QUARTERS = (2, 5, 8, 11)
LECTURES = monthly(20, "b1 lecture_given lecturer=secretary", QUARTERS) + "\n"
GENERAL = monthly(15, "b1 meeting_held kind=general_meeting", QUARTERS) + "\n"


def committee(*missing: int) -> str:
    held = [month for month in range(1, 13) if month not in missing]
    return monthly(10, "b1 meeting_held kind=committee_meeting", held)


def lost(row: dict[str, object]) -> list[str]:
    return [line for line in told(row) if line.startswith("lost")]


def test_three_points_over_21_meetings_are_lost_by_the_share_missed(score: ScoreOne) -> None:
    rubric = single(THREE_MEETINGS)
    assert score(LECTURES + GENERAL + committee(), rubric)["total"] == "3.00"

    one = score(LECTURES + GENERAL + committee(3), rubric)  # 3 × 1/21 = 0.142857
    assert (one["total"], lost(one)) == ("2.86", ["lost -0.14 2019-03"])

    two = score(
        LECTURES + GENERAL + committee(3, 7), rubric
    )  # 3 × 2/21 = 0.285714: 0.29, of which 0.14 is told
    assert (two["total"], lost(two)) == ("2.71", ["lost -0.14 2019-03", "lost -0.15 2019-07"])

    none = score(FOUNDED, rubric)
    assert (none["total"], len(lost(none))) == ("0.00", 21)


def test_half_a_hundredth_is_rounded_up(score: ScoreOne) -> None:
    rubric = single(STUDY_MONTHLY, "0.06")  # 0.06 × 1/12 = 0.005
    held = [month for month in range(1, 13) if month != 4]
    row = score(monthly(5, "b1 meeting_held kind=study", held), rubric)
    assert (row["total"], lost(row)) == ("0.05", ["lost -0.01 2019-04"])


def test_march_counts_the_quarter_and_february_does_not(score: ScoreOne) -> None:
    rubric = single(GENERAL_QUARTERLY)
    march = score(FOUNDED, rubric, "2019-03", "2019-03-31")
    assert (march["total"], told(march)) == ("2.70", ["lost -0.30 2019-Q1"])
    assert march["in_play"] == "3.00"

    february = score(FOUNDED, rubric, "2019-02", "2019-03-31")
    assert (february["total"], told(february)) == ("3.00", [])
    assert (first_clause(february)["owed"], february["in_play"]) == (False, "0.00")


def test_a_meeting_of_january_fulfils_the_quarter_that_march_counts(score: ScoreOne) -> None:
    row = score("2019-01-08 b1 meeting_held kind=general_meeting", single(GENERAL_QUARTERLY), "2019-03")
    assert told(row) == ["met 0.00 2019-Q1"]


def test_open_windows_are_required_and_at_risk_but_not_lost(score: ScoreOne) -> None:
    held = monthly(5, "b1 meeting_held kind=study", [1, 2, 3, 5])
    row = score(held, single(STUDY_MONTHLY, "6"), on="2019-06-30")
    # April and June are lost, 6 × 2/12; July to December are open, 6 × 6/12
    assert (row["total"], row["at_risk"]) == ("5.00", "3.00")
    assert lost(row) == ["lost -0.50 2019-04", "lost -0.50 2019-06"]
    assert told(row)[-1] == "open 0.00 2019-12"


def test_a_window_is_lost_at_the_end_of_its_last_day(score: ScoreOne) -> None:
    rubric = single(STUDY_MONTHLY)
    assert told(score(FOUNDED, rubric, "2019-01", "2019-01-30")) == ["open 0.00 2019-01"]
    assert told(score(FOUNDED, rubric, "2019-01", "2019-01-31")) == ["lost -3.00 2019-01"]


def test_each_missing_unit_costs_but_never_more_than_the_clause_has(score: ScoreOne) -> None:
    eight = """{kind: quota, events: {type: meeting_held, where: {kind: study}}, per: year, at_least: 8,
                shortfall: {each: 0.5}}"""
    five = monthly(5, "b1 meeting_held kind=study", [1, 2, 3, 4, 5])
    row = score(five, single(eight, 2))
    assert (row["total"], told(row)) == ("0.50", ["lost -1.50 2019"])
    assert (first_clause(row)["entries"][0]["required"], first_clause(row)["entries"][0]["done"]) == (
        "8",
        "5",
    )
    assert told(score(FOUNDED, single(eight, 2))) == ["lost -2.00 2019"]


def test_once_and_all_are_carried_by_the_first_lost_window(score: ScoreOne) -> None:
    for shortfall, first in (("{once: 2}", "-2.00"), ("all", "-3.00")):
        rubric = single(STUDY_MONTHLY.replace("proportional", shortfall))
        row = score(monthly(5, "b1 meeting_held kind=study", [1]), rubric, "2019-Q1")
        assert told(row) == ["met 0.00 2019-01", f"lost {first} 2019-02", "lost 0.00 2019-03"]


def test_a_meeting_of_the_superior_is_not_the_branchs_own_unless_any_host_will_do(score: ScoreOne) -> None:
    log = "2019-01-09 b1 meeting_held kind=study host=superior"
    assert told(score(log, single(STUDY_MONTHLY), "2019-01")) == ["lost -3.00 2019-01"]
    anybodys = STUDY_MONTHLY.replace("where: {kind: study}", "where: {kind: study}, host: any")
    assert told(score(log, single(anybodys), "2019-01")) == ["met 0.00 2019-01"]


def test_an_appraisal_held_in_january_counts_for_the_year_it_names(score: ScoreOne) -> None:
    rubric = single(
        "{kind: quota, events: {type: meeting_held, where: {kind: democratic_appraisal}}, "
        "per: year, at_least: 1, shortfall: all}"
    )
    log = "2020-01-15 b1 meeting_held kind=democratic_appraisal counts_for=2019-12"
    assert told(score(log, rubric, "2019", "2020-01-31")) == ["met 0.00 2019"]
    assert told(score(log, rubric, "2019", "2020-01-14")) == ["lost -3.00 2019"]  # it had not happened yet
    assert told(score(log, rubric, "2020", "2020-12-31")) == ["lost -3.00 2020"]


def test_a_by_day_is_compared_with_the_day_itself(score: ScoreOne) -> None:
    rubric = single(
        "{kind: quota, events: {type: document_submitted, where: {kind: thought_report}}, "
        "per: year, at_least: 1, by: 11-30, shortfall: {each: 1}}"
    )
    in_time, late = (f"2019-{day} b1 document_submitted kind=thought_report" for day in ("11-30", "12-01"))
    assert told(score(in_time, rubric)) == ["met 0.00 2019"]
    assert told(score(late, rubric)) == ["lost -1.00 2019"]
    assert told(score(late + " counts_for=2019-11", rubric)) == ["lost -1.00 2019"]
    assert told(score(FOUNDED, rubric, on="2019-11-29")) == ["open 0.00 2019"]
    row = score(FOUNDED, rubric, on="2019-11-30")
    assert (told(row), first_clause(row)["entries"][0]["due_on"]) == (["lost -1.00 2019"], "2019-11-30")


def test_a_window_without_a_by_day_is_as_without_one(score: ScoreOne) -> None:
    rubric = single(
        "{kind: quota, events: {type: disclosure_made}, per: half, at_least: 1, by: 11-30, "
        "shortfall: {each: 1}}"
    )
    log = "2019-07-05 b1 disclosure_made subject=dues counts_for=2019-06"
    assert told(score(log, rubric)) == ["met 0.00 2019-H1", "lost -1.00 2019-H2"]


def test_dues_are_remitted_for_the_quarter_they_name(score: ScoreOne) -> None:
    rubric = single(
        "{kind: quota, events: {type: dues_remitted}, per: quarter, at_least: 1, "
        "window_from: quarter, by: [03-25, 06-25, 09-25, 12-25], shortfall: {each: 1}}"
    )
    log = """
    2019-03-20 b1 dues_remitted quarter=2019-Q1 amount=100
    2019-04-02 b1 dues_remitted quarter=2019-Q1 amount=100
    2019-06-26 b1 dues_remitted quarter=2019-Q2 amount=100
    2019-06-26 b1 dues_remitted quarter=2019-Q3 amount=100
    """
    assert told(score(log, rubric, on="2019-12-24")) == [
        "met 0.00 2019-Q1",
        "lost -1.00 2019-Q2",
        "met 0.00 2019-Q3",
        "open 0.00 2019-Q4",
    ]


def test_nothing_is_owed_for_windows_begun_before_the_founding(score: ScoreOne) -> None:
    log = "2019-02-01 b1 branch_registered name=b1"
    assert told(score(log, single(GENERAL_QUARTERLY), "2019-H1")) == ["lost -0.30 2019-Q2"]
    assert told(score(log, single(STUDY_MONTHLY), "2019-Q1", "2019-01-31")) == [
        "open 0.00 2019-02",
        "open 0.00 2019-03",
    ]


def test_a_rubrics_year_may_begin_in_september(score: ScoreOne) -> None:
    rubric = single(GENERAL_QUARTERLY, year_start=9)
    log = "2019-11-30 b1 meeting_held kind=general_meeting"
    assert told(score(log, rubric, "2019", "2020-08-31")) == [
        "met 0.00 2019-Q1",
        "lost -0.30 2019-Q2",
        "lost -0.30 2019-Q3",
        "lost -0.30 2019-Q4",
    ]
    assert told(score(log, rubric, "2020-02", "2020-08-31")) == ["lost -0.30 2019-Q2"]
    two_months = single(STUDY_MONTHLY.replace("month,", "two_months,"), year_start=4)
    assert told(score(log, two_months, "2020-01", "2020-12-31")) == ["lost -3.00 2019-12..2020-01"]


def test_two_months_are_one_window(score: ScoreOne) -> None:
    rubric = single(STUDY_MONTHLY.replace("month,", "two_months,"))
    row = score("2019-03-05 b1 meeting_held kind=study", rubric, "2019-01..2019-05")
    assert told(row) == ["lost -1.50 2019-01..2019-02", "met 0.00 2019-03..2019-04"]


def test_values_are_counted_once_where_they_must_differ(score: ScoreOne) -> None:
    rubric = single(
        "{kind: quota, events: {type: article_published}, per: year, at_least: 2, "
        "measure: {distinct: medium}, shortfall: proportional}",
        7,
    )
    log = """
    2019-03-01 b1 article_published level=unit medium=wechat
    2019-04-01 b1 article_published level=unit medium=wechat
    2019-05-01 b1 article_published level=unit
    """
    assert score(log, rubric)["total"] == "3.50"


def test_every_item_of_a_checklist_is_a_unit(score: ScoreOne) -> None:
    rubric = single(
        "{kind: checklist, checklist: six_haves, items: [venue, signage, rules, corner], "
        "shortfall: proportional}",
        3,
    )
    log = """
    2019-03-01 b1 checklist_confirmed checklist=six_haves items=[venue,signage]
    2019-06-01 b1 checklist_confirmed checklist=six_haves items=[venue,garden]
    2019-06-01 b1 checklist_confirmed checklist=others items=[rules]
    2020-01-03 b1 checklist_confirmed checklist=six_haves items=[corner] counts_for=2019-12
    """
    row = score(log, rubric, on="2020-01-03")
    assert (row["total"], told(row)) == ("2.25", ["lost -0.75 2019"])
    assert (
        score(
            log,
            single("{kind: checklist, checklist: six_haves, items: [venue, rules], shortfall: {once: 1}}"),
        )["total"]
        == "2.00"
    )


def test_a_ratio_over_the_year_is_of_the_sums_and_must_be_measured(score: ScoreOne) -> None:
    rubric = single(
        "{kind: threshold, events: {type: survey_conducted, where: {subject: satisfaction}}, "
        "ratio: {of: positive, to: total}, at_least: 0.95, shortfall: all}",
        2,
    )
    reached = """
    2019-05-01 b1 survey_conducted subject=satisfaction positive=90 total=100
    2019-06-01 b1 survey_conducted subject=satisfaction positive=100 total=100
    2019-07-01 b1 survey_conducted subject=satisfaction
    """
    assert told(score(reached, rubric)) == ["met 0.00 2019"]  # 190 of 200 is 0.95, the bound included
    missed = reached.replace("positive=90", "positive=89")
    assert told(score(missed, rubric)) == ["lost -2.00 2019"]
    assert told(score(missed, rubric, on="2019-12-30")) == ["open 0.00 2019"]
    assert told(score(FOUNDED, rubric)) == ["lost -2.00 2019"]


def test_of_a_metric_the_latest_report_counts(score: ScoreOne) -> None:
    rubric = single("{kind: threshold, metric: fund_utilization, at_least: 95, shortfall: all}", 1)
    log = """
    2019-12-20 b1 metric_reported metric=fund_utilization value=96.5
    2019-06-20 b1 metric_reported metric=fund_utilization value=40
    2020-01-02 b1 metric_reported metric=fund_utilization value=94.99 counts_for=2019-12
    """
    assert told(score(log, rubric, on="2019-12-31")) == ["met 0.00 2019"]
    assert told(score(log, rubric, on="2020-01-02")) == ["lost -1.00 2019"]


def test_an_advisory_rule_is_listed_and_costs_nothing(score: ScoreOne) -> None:
    advisory = STUDY_MONTHLY.replace("{kind", "{advisory: true, kind", 1)
    rubric = form(clause(f"[{STUDY_MONTHLY.strip()}, {advisory.strip()}]", 3))
    row = score(FOUNDED, rubric, "2019-01", "2019-01-31")
    assert (row["total"], told(row)) == ("0.00", ["lost -3.00 2019-01", "lost 0.00 2019-01"])
    alone = score(FOUNDED, single(advisory), "2019-01", "2019-01-31")
    assert (alone["total"], first_clause(alone)["owed"], alone["in_play"]) == ("3.00", False, "0.00")
