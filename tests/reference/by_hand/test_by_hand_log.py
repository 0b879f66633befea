"""What the log says on a position: prefixes, retractions, corrections; and the forms judged by grades."""

import pytest

from rubrics.model import Rubric
from tests.reference.naive.periods import Day
from tests.reference.naive.scorer import replay_answer
from tests.reference.written import (
    ScoreOne,
    clause,
    first_clause,
    form,
    form_of,
    parse_log,
    positioned,
    single,
    text,
    told,
)

BY_LEVEL = """{kind: tally, events: {type: article_published},
               points: {by: level, values: {unit: 1, district: 2, city: 3}}}"""


def by_level() -> Rubric:
    return form(clause(BY_LEVEL, 9, start="zero"))


def test_a_position_cuts_the_log(score: ScoreOne) -> None:
    log = """
    2019-03-01 b1 article_published level=unit @a
    2019-03-02 b1 article_published level=city
    2019-03-03 b1 event_retracted target=@a reason=doubled
    """  # the registration of b1 is position 1
    totals = [score(log, by_level(), as_of=position)["total"] for position in (1, 2, 3, 4)]
    assert totals == ["0.00", "1.00", "4.00", "3.00"]
    assert score(log, by_level())["total"] == "3.00"


def test_control_events_obey_the_position_alone(score: ScoreOne) -> None:
    log = """
    2019-03-01 b1 article_published level=unit @a
    2019-09-09 b1 event_retracted target=@a reason=doubled
    """
    assert score(log, by_level(), "2019-03", "2019-03-31")["total"] == "0.00"


def test_a_correction_brings_the_whole_payload_and_a_day(score: ScoreOne) -> None:
    log = """
    2019-03-01 b1 article_published level=unit medium=wechat @a
    2019-03-02 b1 event_corrected target=@a reason=r data.level=district
    2020-03-03 b1 event_corrected target=@a reason=r data.level=district occurred_on=2018-12-31
    """
    assert told(score(log, by_level(), as_of=3)) == ["gained 2.00 2019-03-01"]
    assert told(score(log, by_level(), "2018", as_of=3)) == []
    assert told(score(log, by_level(), "2018")) == ["gained 2.00 2018-12-31"]
    assert told(score(log, by_level(), "2019")) == []


def test_a_later_correction_keeps_the_day_that_an_earlier_one_gave(score: ScoreOne) -> None:
    log = """
    2019-03-01 b1 article_published level=unit @a
    2019-03-02 b1 event_corrected target=@a reason=r data.level=district occurred_on=2019-05-05
    2019-03-03 b1 event_corrected target=@a reason=r data.level=city
    """
    assert told(score(log, by_level())) == ["gained 3.00 2019-05-05"]


def test_when_a_correction_is_retracted_what_stood_before_counts_again(score: ScoreOne) -> None:
    log = """
    2019-03-01 b1 article_published level=unit @a
    2019-03-02 b1 event_corrected target=@a reason=r data.level=district occurred_on=2019-05-05 @one
    2019-03-03 b1 event_corrected target=@a reason=r data.level=city @two
    2019-03-04 b1 event_retracted target=@two reason=r
    2019-03-05 b1 event_retracted target=@one reason=r
    """
    expected = {
        2: "gained 1.00 2019-03-01",
        3: "gained 2.00 2019-05-05",
        4: "gained 3.00 2019-05-05",
        5: "gained 2.00 2019-05-05",
        6: "gained 1.00 2019-03-01",
    }
    assert {position: told(score(log, by_level(), as_of=position))[0] for position in expected} == expected


def test_the_month_it_counts_for_can_be_corrected(score: ScoreOne) -> None:
    rubric = single("{kind: quota, events: {type: meeting_held}, per: month, at_least: 1}")
    log = """
    2019-02-05 b1 meeting_held kind=debriefing @a
    2019-02-06 b1 event_corrected target=@a reason=r data.kind=debriefing counts_for=2019-01
    """
    assert told(score(log, rubric, "2019-01")) == ["met 0.00 2019-01"]
    assert told(score(log, rubric, "2019-02")) == ["lost -3.00 2019-02"]


def test_the_founding_day_is_the_corrected_one(score: ScoreOne) -> None:
    rubric = single(
        "{kind: quota, events: {type: meeting_held}, per: half, at_least: 1, shortfall: {each: 1}}"
    )
    log = """
    2019-06-01 b1 branch_registered name=b1 @b1
    2019-06-02 b1 event_corrected target=@b1 reason=r occurred_on=2018-06-01 data.name=b1
    """
    assert told(score(log, rubric, as_of=1)) == ["lost -1.00 2019-H2"]
    assert told(score(log, rubric)) == ["lost -1.00 2019-H1", "lost -1.00 2019-H2"]


def test_what_happens_after_the_day_of_replay_does_not_count(score: ScoreOne) -> None:
    log = "2019-03-02 b1 article_published level=unit"
    assert score(log, by_level(), on="2019-03-01")["total"] == "0.00"
    assert score(log, by_level(), on="2019-03-02")["total"] == "1.00"


@pytest.mark.parametrize(
    ("asked", "year_start", "name", "start", "end"),
    [
        ("2019", 1, "2019", "2019-01-01", "2019-12-31"),
        ("2019-01..2019-12", 1, "2019", "2019-01-01", "2019-12-31"),
        ("2019-07..2019-12", 1, "2019-H2", "2019-07-01", "2019-12-31"),
        ("2019-01..2019-03", 1, "2019-Q1", "2019-01-01", "2019-03-31"),
        ("2019-02..2019-02", 1, "2019-02", "2019-02-01", "2019-02-28"),
        ("2019-03..2019-08", 1, "2019-03..2019-08", "2019-03-01", "2019-08-31"),
        ("2019-11..2020-02", 1, "2019-11..2020-02", "2019-11-01", "2020-02-29"),
        ("2019", 9, "2019", "2019-09-01", "2020-08-31"),
        ("2019-09..2020-08", 9, "2019", "2019-09-01", "2020-08-31"),
        ("2019-Q2", 9, "2019-Q2", "2019-12-01", "2020-02-29"),
        ("2019-01..2019-03", 9, "2019-01..2019-03", "2019-01-01", "2019-03-31"),
    ],
)
def test_a_period_is_told_by_its_shortest_name(
    asked: str, year_start: int, name: str, start: str, end: str
) -> None:
    rubric = single("{kind: assessed}", year_start=year_start)
    answer = replay_answer(positioned(parse_log("")), rubric, asked, Day(2020, 12, 31))
    assert answer["period"] == {"name": name, "start": start, "end": end}


def graded_form() -> Rubric:
    items = [
        {"id": f"i{n}", "title": text("i"), "points": 100, "rules": [{"kind": "graded"}]} for n in (1, 2, 3)
    ]
    return form_of(
        [items[:2], items[2:]],
        aggregate="mean",
        grades={
            "values": {"excellent": 95, "good": 85, "fair": 75, "poor": 60},
            "weights": {"masses": "1/2", "organization": "1/2"},
        },
        bands=[{"at_least": 90, "grade": text("优秀")}, {"at_least": 0, "grade": text("差")}],
    )


def test_grades_are_means_of_what_was_judged(score: ScoreOne) -> None:
    voices = "b1 grades_tallied rubric=form period=2019"
    log = f"""
    2019-12-01 {voices} clause=i1 source=masses excellent=1 good=1 fair=1 poor=0
    2019-12-02 {voices} clause=i1 source=masses excellent=0 good=0 fair=0 poor=1
    2019-12-01 {voices} clause=i1 source=organization excellent=1 good=0 fair=0 poor=0
    2019-12-01 {voices} clause=i2 source=masses excellent=2 good=1 fair=0 poor=0
    2019-12-01 {voices}-H2 clause=i3 source=masses excellent=2 good=1 fair=0 poor=0
    """
    row = score(log, graded_form())
    # i1: masses (95+85+75+60)/4 = 78.75, organization 95: 86.875; i2: (95+95+85)/3 = 91.666…
    scores = [(item["score"], item["unassessed"]) for section in row["sections"] for item in section["items"]]
    assert scores == [("86.88", "0.00"), ("91.67", "0.00"), ("0.00", "100.00")]
    assert [section["score"] for section in row["sections"]] == ["89.27", "0.00"]  # 89.2708…
    assert (row["total"], row["unassessed"], row["grade"]) == ("89.27", "33.33", "差")

    judged = "2019-12-09 b1 clause_assessed rubric=form clause=i3 assessor=superior points=95.50"
    row = score(log + judged, graded_form())  # (86.875 + 91.666… + 95.5) / 3 = 91.347…
    assert (row["total"], row["unassessed"], row["grade"]) == ("91.35", "0.00", "优秀")
    assert (row["base"], row["bonus"], row["at_risk"], row["in_play"]) == ("91.35", "0.00", "0.00", "100.00")

    unjudged = score(log, graded_form(), on="2019-11-30")
    assert (unjudged["total"], unjudged["grade"], unjudged["unassessed"]) == ("0.00", None, "100.00")
    assert first_clause(unjudged)["score"] == "0.00"
