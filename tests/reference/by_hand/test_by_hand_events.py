"""Rules that look at single events: none_of, tally, excess, threshold per event, rank, veto."""

from tests.reference.written import ScoreAll, ScoreOne, clause, first_clause, form, single, told

ZERO = {"start": "zero"}


def test_a_finding_costs_its_count_or_the_whole_clause(score: ScoreOne) -> None:
    log = """
    2019-03-01 b1 finding_recorded category=records_incomplete count=2
    2019-05-01 b1 finding_recorded category=records_incomplete
    2020-01-05 b1 finding_recorded category=records_incomplete counts_for=2019-12
    2019-05-01 b1 finding_recorded category=others
    """
    none_of = """{kind: none_of, events: {type: finding_recorded, where: {category: records_incomplete}},
                  shortfall: %s}"""
    expected = {
        "all": ["lost -3.00 2019-03-01", "lost 0.00 2019-05-01"],
        "{once: 1}": ["lost -1.00 2019-03-01", "lost 0.00 2019-05-01"],
        "{each: 0.5}": ["lost -1.00 2019-03-01", "lost -0.50 2019-05-01"],
    }
    for shortfall, lines in expected.items():
        assert told(score(log, single(none_of % shortfall))) == lines
    assert told(score(log, single(none_of % "all"), "2019-12", "2020-01-05")) == ["lost -3.00 2019-12-31"]
    assert told(score(log, single(none_of % "all"), "2019-Q3")) == []


def test_of_meetings_only_the_branchs_own_must_have_minutes(score: ScoreOne) -> None:
    log = """
    2019-03-01 b1 meeting_held kind=study evidence=[photo]
    2019-03-02 b1 meeting_held kind=study evidence=[minutes,photo]
    2019-03-03 b1 meeting_held kind=study host=superior
    2019-03-04 b1 meeting_held kind=study
    """
    rule = """{kind: none_of, events: {type: meeting_held, where: {evidence: {lacks: minutes}}},
               shortfall: {each: 1}}"""
    assert told(score(log, single(rule))) == ["lost -1.00 2019-03-01", "lost -1.00 2019-03-04"]


def test_what_was_not_said_matches_nothing(score: ScoreOne) -> None:
    log = """
    2019-03-01 b1 lecture_given lecturer=member exchange=false
    2019-03-02 b1 lecture_given lecturer=member exchange=true
    2019-03-03 b1 lecture_given lecturer=member
    """
    rule = "{kind: none_of, events: {type: lecture_given, where: {exchange: false}}, shortfall: {each: 1}}"
    assert told(score(log, single(rule))) == ["lost -1.00 2019-03-01"]


def test_points_go_by_the_value_of_a_field_up_to_the_clauses(score: ScoreOne) -> None:
    rule = """{kind: tally, events: {type: article_published},
               points: {by: level, values: {department: 0.5, unit: 1, province: 4}}}"""
    log = """
    2019-03-01 b1 article_published level=department
    2019-03-02 b1 article_published level=unit
    2019-03-03 b1 article_published level=national
    """
    row = score(log, form(clause(rule, 4, **ZERO)))
    assert (row["total"], told(row)) == ("1.50", ["gained 0.50 2019-03-01", "gained 1.00 2019-03-02"])
    assert (
        score(log + "2019-04-01 b1 article_published level=province", form(clause(rule, 4, **ZERO)))["total"]
        == "4.00"
    )


def test_of_articles_with_one_content_only_the_highest_counts(score: ScoreOne) -> None:
    rule = """{kind: tally, events: {type: article_published}, distinct: content,
               points: {by: level, values: {unit: 1, city: 3}}}"""
    log = """
    2019-03-01 b1 article_published level=unit content=flood
    2019-03-02 b1 article_published level=city content=flood
    2019-03-03 b1 article_published level=city content=flood
    2019-03-04 b1 article_published level=unit
    2019-03-05 b1 article_published level=unit
    """
    row = score(log, form(clause(rule, 9, **ZERO)))
    assert told(row) == ["gained 3.00 2019-03-02", "gained 1.00 2019-03-04", "gained 1.00 2019-03-05"]


def test_a_participants_share_is_half_rounded_up(score: ScoreOne) -> None:
    rule = """{kind: tally, events: {type: research_published, where: {kind: [paper, report]}},
               points: {by: level, values: {district: 1, city: 0.25}},
               factor: {by: role, values: {participant: 1/2}}}"""
    log = """
    2019-03-01 b1 research_published kind=paper level=district
    2019-03-02 b1 research_published kind=paper level=district role=participant
    2019-03-03 b1 research_published kind=report level=city role=participant
    2019-03-04 b1 research_published kind=project level=city
    2019-03-05 b1 research_published kind=paper
    """
    row = score(log, form(clause(rule, 9, **ZERO)))
    assert told(row) == ["gained 1.00 2019-03-01", "gained 0.50 2019-03-02", "gained 0.13 2019-03-03"]


def test_absences_count_at_any_hosts_gatherings(score: ScoreOne) -> None:
    rule = (
        "{kind: tally, events: {type: activity_held, where: {kind: patriotic}}, points: -0.5, times: absent}"
    )
    log = """
    2019-03-01 b1 activity_held kind=patriotic absent=2 expected=9
    2019-03-02 b1 activity_held kind=patriotic absent=1 expected=9 host=superior
    2019-03-03 b1 activity_held kind=patriotic
    2019-03-04 b1 activity_held kind=culture absent=1
    """
    assert told(score(log, single(rule))) == ["lost -1.00 2019-03-01", "lost -0.50 2019-03-02"]


def test_lacking_evidence_counts_at_the_branchs_own_gatherings(score: ScoreOne) -> None:
    rule = "{kind: tally, events: {type: meeting_held, where: {evidence: {lacks: photo}}}, points: -0.5}"
    log = """
    2019-03-01 b1 meeting_held kind=study
    2019-03-02 b1 meeting_held kind=study host=superior
    """
    assert told(score(log, single(rule))) == ["lost -0.50 2019-03-01"]


def test_nobody_present_is_not_the_same_as_present_not_given(score: ScoreOne) -> None:
    rule = """{kind: tally, points: -1,
               events: {type: activity_held, where: {present: {at_most: 0}}, host: superior}}"""
    log = """
    2019-03-01 b1 activity_held kind=other host=superior present=0
    2019-03-02 b1 activity_held kind=other host=superior
    """
    assert told(score(log, single(rule))) == ["lost -1.00 2019-03-01"]


def test_a_tally_may_cost_once(score: ScoreOne) -> None:
    rule = """{kind: tally, points: -1, once: true,
               events: [{type: finding_recorded, where: {category: a}},
                        {type: finding_recorded, where: {category: b}}]}"""
    log = """
    2019-03-04 b1 finding_recorded category=a count=3
    2019-03-02 b1 finding_recorded category=b count=2
    """
    assert told(score(log, single(rule))) == ["lost -1.00 2019-03-02"]


def test_a_waived_finding_does_not_shelter_the_next_one(score: ScoreOne) -> None:
    rule = "{kind: tally, points: -1, once: true, events: {type: finding_recorded, where: {category: a}}}"
    log = """
    2019-01-01 b1 clause_waived rubric=form clause=c1 reason=r until=2019-02-28
    2019-02-04 b1 finding_recorded category=a
    2019-03-02 b1 finding_recorded category=a
    """
    assert told(score(log, single(rule))) == ["waived 0.00 2019-02-04", "lost -1.00 2019-03-02"]


def test_what_is_above_a_third_costs_each(score: ScoreOne) -> None:
    rule = """{kind: excess, events: {type: meeting_held, where: {kind: democratic_appraisal}},
               of: outstanding, over: appraised, share: 1/3, each: 0.5}"""
    log = """
    2019-03-01 b1 meeting_held kind=democratic_appraisal outstanding=3 appraised=11
    2019-04-01 b1 meeting_held kind=democratic_appraisal outstanding=5 appraised=11
    2019-05-01 b1 meeting_held kind=democratic_appraisal outstanding=5 appraised=11 host=superior
    2019-06-01 b1 meeting_held kind=democratic_appraisal
    """
    assert told(score(log, single(rule))) == ["met 0.00 2019-03-01", "lost -1.00 2019-04-01"]


def test_who_was_not_counted_as_absent_was_not(score: ScoreOne) -> None:
    log = """
    2019-03-01 b1 meeting_held kind=study expected=9
    2019-03-02 b1 meeting_held kind=study expected=9 absent=0
    2019-03-03 b1 meeting_held kind=study absent=0
    """
    absent = """{kind: threshold, per: event, events: {type: meeting_held}, at_most: 0.1,
                 ratio: {of: absent, to: expected}, shortfall: {each: 1}}"""
    assert told(score(log, single(absent))) == ["met 0.00 2019-03-01", "met 0.00 2019-03-02"]
    excess = """{kind: excess, events: {type: meeting_held}, of: absent, over: expected,
                 share: 1/3, each: 1}"""
    assert told(score(log, single(excess))) == ["met 0.00 2019-03-01", "met 0.00 2019-03-02"]


def test_attendance_is_of_those_expected_and_not_excused(score: ScoreOne) -> None:
    rule = """{kind: threshold, per: event, ratio: {of: present, to: expected, less: excused}, at_least: 2/3,
               events: [{type: activity_held, where: {kind: integrity_education}, host: superior},
                        {type: lecture_given}],
               shortfall: {each: 1}}"""
    log = """
    2019-03-01 b1 activity_held kind=integrity_education host=superior present=8 expected=12
    2019-03-02 b1 activity_held kind=integrity_education host=superior present=7 expected=12 excused=1
    2019-03-03 b1 activity_held kind=integrity_education present=1 expected=12
    2019-03-04 b1 lecture_given lecturer=expert host=superior present=6 expected=10 excused=1
    2019-03-05 b1 lecture_given lecturer=expert present=0 expected=3 excused=3
    2019-03-06 b1 lecture_given lecturer=expert present=5
    """
    assert told(score(log, single(rule))) == [
        "met 0.00 2019-03-01",  # 8 of 12, the bound included
        "lost -1.00 2019-03-02",  # 7 of 11
        "met 0.00 2019-03-04",  # 6 of 9; nobody was expected on the fifth, nobody counted on the sixth
    ]
    assert first_clause(score(log, single(rule), "2019-09"))["owed"] is False


RANK = "{kind: rank, metric: quiz, points: [3, 1]}"


def test_equal_values_share_the_better_rank_among_siblings(score_all: ScoreAll) -> None:
    log = """
    2010-01-01 b1 branch_registered name=b1
    2010-01-01 b2 branch_registered name=b2
    2010-01-01 b3 branch_registered name=b3
    2010-01-01 b4 branch_registered name=b4 parent=b1
    2010-01-01 b5 branch_registered name=b5
    2019-03-01 b1 metric_reported metric=quiz value=91.5
    2019-03-01 b2 metric_reported metric=quiz value=91.50
    2019-03-01 b3 metric_reported metric=quiz value=90
    2019-03-01 b4 metric_reported metric=quiz value=1
    2019-12-01 b1 metric_reported metric=others value=1
    """
    rows = score_all(log, form(clause(RANK, 6, **ZERO)))
    assert [(row["branch"], told(row)) for row in rows] == [
        ("b1", ["gained 3.00 2019-03-01"]),
        ("b2", ["gained 3.00 2019-03-01"]),
        ("b3", ["gained 0.00 2019-03-01"]),  # third, behind two firsts
        ("b4", ["gained 3.00 2019-03-01"]),  # alone under its parent
        ("b5", []),
    ]
    assert [row["rank"] for row in rows] == [1, 1, 4, 1, 4]
    [alone] = score_all(log, form(clause(RANK, 6, **ZERO)), branches=["b3"])
    assert (told(alone), alone["rank"]) == (["gained 0.00 2019-03-01"], 1)


def test_rounds_are_ranked_by_themselves_or_the_latest_report_counts(score: ScoreOne) -> None:
    log = """
    2019-03-01 b1 metric_reported metric=quiz value=90 round=spring
    2019-03-01 b2 metric_reported metric=quiz value=80 round=spring
    2019-09-01 b1 metric_reported metric=quiz value=70 round=autumn
    2019-09-01 b2 metric_reported metric=quiz value=80 round=autumn
    2019-09-02 b2 metric_reported metric=quiz value=60 round=autumn
    2019-10-01 b2 metric_reported metric=quiz value=99
    2019-03-02 b3 metric_reported metric=quiz value=95
    """
    rounds = form(clause(RANK.replace("}", ", per_round: true}"), 6, **ZERO))
    assert told(score(log, rounds)) == ["gained 3.00 2019-03-01", "gained 3.00 2019-09-01"]
    assert told(score(log, rounds, on="2019-09-01")) == ["gained 3.00 2019-03-01", "gained 1.00 2019-09-01"]
    # of one report each: b2 99, b3 95, b1 70
    assert told(score(log, form(clause(RANK, 6, **ZERO)))) == ["gained 0.00 2019-09-01"]


def test_a_veto_leaves_the_total_and_takes_the_grade(score: ScoreOne) -> None:
    rubric = single(
        "{kind: assessed}",
        90,
        bands=[{"at_least": 90, "grade": {"zh": "优秀", "en": "excellent"}}],
        veto={
            "grade": {"zh": "不予评定", "en": "not rated"},
            "events": [{"type": "finding_recorded", "where": {"category": "major_error_sanctioned"}}],
        },
    )
    log = "2019-06-01 b1 finding_recorded category=major_error_sanctioned"
    row = score(log, rubric)
    assert (row["total"], row["vetoed"], row["grade"]) == ("90.00", True, "不予评定")
    [cause] = row["veto"]
    assert (cause["state"], cause["points"], cause["due_on"]) == ("lost", "0.00", "2019-06-01")
    before = score(log, rubric, on="2019-05-31")
    assert (before["vetoed"], before["veto"], before["grade"]) == (False, [], "优秀")
