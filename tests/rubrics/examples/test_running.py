"""The examples beside every shipped form hold, move everything, and are told well where they do not."""

from dataclasses import replace
from functools import cache

import pytest

from projections.examples.coverage import Coverage, measure_coverage
from projections.examples.run import Result, run_cases
from rubrics.examples.cases import Case, Cases, load_cases
from rubrics.library import shipped
from tests.rubrics.examples.tiny import ALL, FORM, HEAD, WHOLE, covered, example, ran


@cache
def of_form(name: str) -> tuple[Cases, list[Result]]:
    cases = load_cases(name)
    return cases, run_cases(cases)


@pytest.mark.parametrize("name", shipped())
def test_every_example_of_a_form_holds_and_together_they_move_everything(name: str) -> None:
    cases, results = of_form(name)
    assert [(result.case.number, result.differences) for result in results if result.differences] == []
    assert [one.words.en for one in measure_coverage(cases.loaded.rubric, results).unmoved] == []


@pytest.mark.parametrize("name", shipped())
def test_every_form_has_whole_years_parts_of_a_year_and_a_day_in_the_middle(name: str) -> None:
    cases = of_form(name)[0].cases
    assert "without a fault" in cases[0].sentence.en or "Excellent in everything" in cases[0].sentence.en
    assert any(not case.events for case in cases), "a year of nothing"
    for part in ("2019-02 2019-03", "2019-Q1", "2019-H1"):
        assert any(case.period in part.split() for case in cases), part
    assert any(case.period == "2019" and str(case.on) == "2019-06-30" for case in cases)


@pytest.mark.parametrize("name", shipped())
def test_sentences_are_short_and_never_told_twice(name: str) -> None:
    cases = of_form(name)[0].cases
    for language in ("zh", "en"):
        sentences = [getattr(case.sentence, language) for case in cases]
        assert len(set(sentences)) == len(sentences)
        assert max(map(len, sentences)) <= 120
    assert not any("\u4e00" <= sign <= "\u9fff" for case in cases for sign in case.sentence.en)


def scores(results: list[Result]) -> list[dict[str, object]]:
    """The answers without what differs between replays: codes, ids and ranks."""
    plain = []
    for result in results:
        for score in result.scores.values():
            clauses = [
                {
                    **clause,
                    "entries": [{**entry, "events": len(entry["events"])} for entry in clause["entries"]],
                }
                for section in score["sections"]
                for item in section["items"]
                for clause in item["clauses"]
            ]
            plain.append({**score, "branch": "", "rank": 0, "veto": len(score["veto"]), "sections": clauses})
    return plain


def alone(cases: Cases, case: Case) -> list[Result]:
    return run_cases(replace(cases, cases=(case,)))


@pytest.mark.parametrize("name", shipped())
def test_an_example_alone_scores_as_among_all_the_others(name: str) -> None:
    cases, results = of_form(name)
    together = {result.case.number: result for result in results}
    several = [case for case in cases.cases if len(case.expected) > 1][:2]
    for case in (*several, *cases.cases[1::30]):
        assert scores(alone(cases, case)) == scores([together[case.number]]), case.sentence.en


def test_the_tiny_form_is_moved_as_a_whole() -> None:
    assert [result.differences for result in ran(ALL)] == [()] * 5
    coverage = covered(ALL)
    assert (coverage.asked, coverage.unmoved) == (23, ())


def test_coverage_names_what_no_example_moved() -> None:
    assert [(one.kind, one.words.en) for one in covered(HEAD + WHOLE).unmoved] == [
        ("clause", "clause 1.a was never moved"),
        ("clause", "clause 1.b was never moved"),
        ("clause", "clause 2.a was never moved"),
        ("clause", "clause 2.b was never moved"),
        ("clause", "clause 4.a was never moved"),
        ("clause", "clause 4.b was never moved"),
        ("rule", 'rule 1 "study sessions" of clause 1.a never moved a point'),
        ("rule", 'rule 2 "notes" of clause 1.a never moved a point'),
        ("rule", "rule 1 of clause 1.b (late) never moved a point"),
        ("rule", "rule 1 of clause 1.b (short or missing) never moved a point"),
        ("cap", "the cap of clause 3, 3.00, was never passed"),
        ("cap", "the cap of clause 4.a, 2.00, was never passed"),
        ("cap", "item 1 was never down to the 1.00 that cannot be lost"),
        ("cap", "item 2 was never stopped at 0"),
        ("cap", "the cap of item 4, 2.00, was never passed"),
        ("cap", "the cap of bonus section B, 2.00, was never passed"),
        ("veto", "the veto fraud was never cast"),
        ("veto", "the veto arson was never cast"),
        ("band", 'the grade "fair" was never given'),
    ]


def test_coverage_counts_every_value_of_a_table_of_points() -> None:
    lines = "2019-05-05 article_published level=city"
    assert "level=unit of clause 3 never moved a point" in told(covered(example(lines, "{items: {3: 2}}")))
    assert "level=city of clause 3 never moved a point" not in told(
        covered(example(lines, "{items: {3: 2}}"))
    )
    assert "level=city of clause 3 never moved a point" in told(covered(example(lines, "{items: {4: 0}}")))


def test_a_value_that_an_event_leaves_out_is_the_fields_own_default() -> None:
    form = FORM.replace(
        "{type: article_published}\n            points: {by: level, values: {unit: 1, city: 2}}",
        "{type: contest_entered}\n            points: {by: award, values: {none: 1, first: 2}}",
    )
    said = told(covered(example("2019-05-05 contest_entered contest=ethics", "{items: {3: 1}}"), form))
    assert [one for one in said if "award=" in one] == ["award=first of clause 3 never moved a point"]


def test_an_example_moves_only_what_it_says_the_points_of() -> None:
    finding = "2019-05-05 finding_recorded category=notes"
    assert "clause 1.a was never moved" in told(covered(example(finding, "{items: {4: 0}}")))
    for said in ("{clauses: {1.a: 1}}", "{items: {1: 3}}", "{sections: {A: 4}}", "{total: 4}", "{base: 4}"):
        assert "clause 1.a was never moved" not in told(covered(example(finding, said))), said
    for other in (
        "{bonus: 0}",
        "{at_risk: 0}",
        "{clauses: {1.a: {at_risk: 0}}}",
        "{items: {1: {unassessed: 0}}}",
    ):
        assert "clause 1.a was never moved" in told(covered(example(finding, other))), other
    assert "the veto fraud was never cast" in told(covered(ALL.replace("{vetoed: true}", "{total: 4}")))


def told(coverage: Coverage) -> list[str]:
    return [one.words.en for one in coverage.unmoved]


def test_a_figure_that_differs_is_told_with_what_was_expected_and_got() -> None:
    [result] = [
        r
        for r in ran(ALL.replace("1.a: 0, 1.b: 0", "1.a: 0.5, 1.b: {score: 0, entries: {lost: 3}}"))
        if r.differences
    ]
    assert [(d.branch, d.place, d.expected, d.got, d.clauses) for d in result.differences] == [
        ("b1", ("clauses", "1.a", "score"), "0.50", "0.00", ("1.a",)),
        ("b1", ("clauses", "1.b", "lost"), "3", "2", ("1.b",)),
    ]


@pytest.mark.parametrize(
    ("expect", "place", "got"),
    [
        ("{total: 1}", ("total",), "6.50"),
        ("{base: 1}", ("base",), "6.50"),
        ("{bonus: 1}", ("bonus",), "0.00"),
        ("{at_risk: 1}", ("at_risk",), "0.00"),
        ("{unassessed: 2}", ("unassessed",), "1.00"),
        ("{in_play: 1}", ("in_play",), "9.00"),
        ("{grade: excellent}", ("grade",), "一般"),
        ("{grade: null}", ("grade",), "一般"),
        ("{vetoed: true}", ("vetoed",), "false"),
        ("{sections: {A: 1}}", ("sections", "A"), "6.50"),
        ("{items: {1: {at_risk: 1}}}", ("items", "1", "at_risk"), "0.00"),
        ("{items: {2: {unassessed: 0}}}", ("items", "2", "unassessed"), "1.00"),
        ("{clauses: {2.b: {self: 1}}}", ("clauses", "2.b", "self"), None),
        ("{clauses: {2.b: {computed: 0}}}", ("clauses", "2.b", "computed"), "1.00"),
        ("{clauses: {1.b: {owed: true}}}", ("clauses", "1.b", "owed"), "false"),
        ("{clauses: {3: {entries: {gained: 1}}}}", ("clauses", "3", "gained"), "2"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_everything_that_can_be_expected_is_compared(
    expect: str, place: tuple[str, ...], got: str | None
) -> None:
    events = "2019-05-05 article_published level={unit,city}\n2019-05-05 finding_recorded category=x"
    [result] = ran(example("2019-02-18 meeting_held kind=study\n" + events, expect, on="2019-12-31"))
    [difference] = result.differences
    assert (difference.place, difference.got) == (place, got)


def test_an_example_is_known_up_to_the_event_that_as_of_names() -> None:
    lines = (
        "2019-05-05 finding_recorded category=roster as=found\n"
        "2019-05-06 event_retracted target=found reason=x"
    )
    assert ran(example(lines, "{clauses: {2.a: 0}}", as_of="found"))[0].differences == ()
    assert ran(example(lines, "{clauses: {2.a: 1}}"))[0].differences == ()


def test_a_correction_is_written_as_in_the_import_files() -> None:
    lines = (
        "2019-05-05 article_published level=unit as=first\n"
        "{occurred_on: 2019-05-06, type: event_corrected, "
        "data: {target: first, reason: x, data: {level: city}}}"
    )
    assert ran(example(lines, "{clauses: {3: 2}}"))[0].differences == ()


def test_branches_of_an_example_stand_beside_each_other_and_apart_from_other_examples() -> None:
    ranked = FORM.replace(
        "- {kind: tally, events: {type: honour_awarded}, points: 1}",
        "- {kind: rank, metric: points, points: [2, 1]}",
    )
    first = example(
        "2019-05-05 metric_reported metric=points value=7\n"
        "2019-05-05 metric_reported branch=b2 metric=points value=9",
        "{clauses: {4.a: 1}}\n    expect_of: {b2: {clauses: {4.a: 2}}}",
    )
    second = example("2019-05-05 metric_reported metric=points value=1", "{clauses: {4.a: 2}}")
    both = first + second.removeprefix("period: 2019\nexamples:\n")
    assert [result.differences for result in ran(both, ranked)] == [(), ()]


def test_the_period_and_the_day_of_an_example_go_before_the_file_s() -> None:
    whole = example("2019-02-18 meeting_held kind=study", "{clauses: {1.a: {score: 0.5, at_risk: 0}}}")
    assert ran(whole)[0].differences == ()
    quarter = example("2019-02-18 meeting_held kind=study", "{clauses: {1.a: 2}}", period="2019-Q1")
    assert ran(quarter)[0].differences == ()
    spring = example("", "{clauses: {1.a: {score: 1.5, at_risk: 1.5}}}", on="2019-03-31")
    assert ran(spring)[0].differences == ()
