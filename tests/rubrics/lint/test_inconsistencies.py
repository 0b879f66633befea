"""What contradicts itself, and can be scored all the same."""

import pytest

from ledger.problems import Problem
from rubrics.lint import check_rubric
from rubrics.reader.loaded import parse_rubric
from tests.rubrics.lint.others import OTHERS
from tests.rubrics.small import EVENT, PATH, RULE, TALLY, THIRD, bent, with_rule


def problems_of(text: str) -> list[Problem]:
    return check_rubric(parse_rubric(text, "small.yaml"), OTHERS)


INCONSISTENCIES = [
    (
        bent("each: 0.30", "each: 9"),
        f"{PATH}.shortfall.each",
        "9.00 is more than the 8.00 points of clause 1.1",
    ),
    (bent(RULE, "            points: -9\n"), f"{TALLY}.points", "-9.00 is more than the 8.00"),
    (
        with_rule("{kind: submission, missing: 9, late: 0, non_conforming: 0}"),
        THIRD + ".missing",
        "9.00 is more than",
    ),
    (
        with_rule("{kind: dues, by_day: 25, late: {once: 9}, short: all}"),
        THIRD + ".late.once",
        "9.00 is more than",
    ),
    (with_rule("{kind: rank, metric: average, points: [1, 2]}"), THIRD + ".points", "worse rank"),
    (
        bent(
            "per: month\n            at_least: 1", "per: half\n            at_least: 1\n            by: 06-30"
        ),
        f"{PATH}.by",
        "1 of the 2 windows of a year have a day",
    ),
    (
        bent(
            "start: zero\n            rules:\n              - kind: tally",
            "start: zero\n            rules:\n              - kind: tally\n                advisory: true",
        ),
        "sections[0].items[1].clauses[0].rules",
        "advisory rules alone",
    ),
    (
        bent("category: notes_missing", "category: record_incomplete"),
        f"{TALLY}.events.where.category",
        "record_incomplete looks like records_incomplete of bureau",
    ),
    (
        bent(EVENT, "{type: document_submitted, where: {kind: anual_plan}}"),
        f"{PATH}.events.where.kind",
        "anual_plan looks like annual_plan of bureau",
    ),
    (
        with_rule("{kind: rank, metric: study_app_averages, points: [1]}"),
        THIRD + ".metric",
        "looks like study_app_average of college",
    ),
]


def test_words_that_are_numbered_through_are_no_look_alikes() -> None:
    for one, two in (("notes_late_1", "notes_late_2"), ("step2_missed", "step10_missed")):
        text = bent("{category: notes_missing}", f"{{category: [{one}, {two}]}}")
        assert problems_of(text) == []
    [problem] = problems_of(bent("{category: notes_missing}", "{category: [notes_late_1, note_late_1]}"))
    assert "note_late_1 looks like notes_late_1" in problem.expected.en


@pytest.mark.parametrize(("text", "path", "said"), INCONSISTENCIES, ids=[case[2] for case in INCONSISTENCIES])
def test_what_contradicts_itself_but_can_be_scored_is_an_inconsistency(
    text: str, path: str, said: str
) -> None:
    [problem] = problems_of(text)
    assert (problem.severity, (problem.field or "")) == ("inconsistency", path)
    assert said in problem.expected.en
