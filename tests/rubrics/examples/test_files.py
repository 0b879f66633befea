"""What an examples file may say, and how its faults are told: line, place, what must be, what was found."""

from pathlib import Path

import pytest

from projections.examples.run import run_cases
from rubrics.examples.cases import load_cases
from rubrics.examples.notation import parse_events, parse_patterns, unfold
from rubrics.problems import RubricError, UnknownRubricError
from tests.rubrics.examples.tiny import ALL, cases_of, example, written


def refusals(text: str, language: str = "en") -> list[str]:
    """Every problem of a file in a sentence, without its name."""
    with pytest.raises(RubricError) as refused:
        run_cases(cases_of(text))
    sentences = [problem.sentence("zh" if language == "zh" else "en") for problem in refused.value.problems]
    assert all(sentence.startswith("tiny.examples.yaml") for sentence in sentences)
    return [sentence.removeprefix("tiny.examples.yaml:") for sentence in sentences]


PERIODS = "2019, 2019-H1, 2019-Q3, 2019-09, 2019-03..2019-08"
ONE = "period: 2019\nexamples:\n  - sentence: {zh: 例, en: example}\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", " the file is empty"),
        ("period: 2019\n", "1: examples: is missing"),
        ("period: 2019\nexamples: []\n", "2: examples: needs at least one entry, got a list"),
        (
            ONE + "    expects: {total: 1}\n",
            "4: examples[0].expects: there is no such key; did you mean expect?",
        ),
        (
            ONE + "    expect: {totl: 1}\n",
            "4: examples[0].expect.totl: there is no such key; did you mean total?",
        ),
        (ONE + "    on: 2019-12-31\n", "3: examples[0]: needs `expect`: what the events come to"),
        (ONE + "    expect: {}\n", "4: examples[0].expect: must say what is expected"),
        (
            ONE + "    expect: {total: 1.005}\n",
            "4: examples[0].expect.total: must be a number with at most two decimal places, got 1.005",
        ),
        (ONE + "    expect: {items: {1: {}}}\n", "4: examples[0].expect.items.1: must say what is expected"),
        (
            ONE + "    expect: {items: {1: much}}\n",
            '4: examples[0].expect.items.1: must be a number with at most two decimal places, got "much"',
        ),
        (
            ONE + "    expect: {items: {9: 1}}\n",
            "4: examples[0].expect.items.9: the rubric has no such id; known are: 1, 2, 3, 4",
        ),
        (
            ONE + "    expect: {clauses: {1.c: 1}}\n",
            "4: examples[0].expect.clauses.1.c: the rubric has no such id; did you mean 1.b?",
        ),
        (
            ONE + "    expect: {grade: 优}\n",
            "4: examples[0].expect.grade: the rubric has no such grade; did you mean 优秀?",
        ),
        (
            ONE + "    on: 31.12.2019\n    expect: {total: 1}\n",
            '4: examples[0].on: must be a day such as 2019-06-30, got "31.12.2019"',
        ),
        (
            ONE + "    period: 2019-13\n    expect: {total: 1}\n",
            f'4: examples[0].period: "2019-13" is no period: write one like {PERIODS}',
        ),
        (
            ONE.replace("period: 2019\n", "") + "    expect: {total: 1}\n",
            "2: examples[0].period: needs a period, its own or the file's",
        ),
        (
            ONE + "    given: yaer\n    expect: {total: 1}\n",
            "4: examples[0].given: there is no log yaer under given",
        ),
        (
            ONE + "    and: [2019-01-01 x]\n    expect: {total: 1}\n",
            "3: examples[0]: `except` and `and` go with `given`; without it, write `events`",
        ),
        (
            ALL.replace("    and:\n", "    events:\n", 1),
            "12: examples[1]: with `given`, what is added is written in `and`",
        ),
        (
            ALL.replace("- 2019-05 meeting_held", "- 2019-06 meeting_held"),
            '15: examples[1].except[0]: "2019-06 meeting_held" fits no event of what is given',
        ),
        (
            ALL.replace("    expect: {total: 8,", "    expect_of: {b9: {total: 8}}\n    expect: {total: 8,"),
            "11: examples[0].expect_of.b9: no event of the example is of this branch",
        ),
        (
            example("2019-05-05 article_published level=unit as=first", as_of="last"),
            "4: examples[0].as_of: must name exactly one event (as=last), 0 bear that name",
        ),
    ],
    ids=lambda value: value[-40:],
)
def test_a_fault_of_the_file_is_told_with_its_line_and_place(text: str, sentence: str) -> None:
    assert refusals(text) == [sentence]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "meeting_held kind=study",
            "a line begins with a day (2019-03-12) and a type (meeting_held), then key=value",
        ),
        (
            "2019-03 meeting_held",
            "a line begins with a day (2019-03-12) and a type (meeting_held), then key=value",
        ),
        ("2019-03-12 meeting_held study", '"study" is not key=value; put a value with spaces in quotes'),
        ("2019-03-12 meeting_held kind=", '"kind=" is not key=value; put a value with spaces in quotes'),
        ("2019-03-12 meeting_held kind=study kind=study", "kind is given twice"),
        ('2019-03-12 meeting_held topic="new', "a quotation mark has no partner"),
        (
            "2019-{12..01}-12 meeting_held",
            "braces hold a range such as 01..12, or words such as m1,m2; got {12..01}",
        ),
        ("2019-{01..12}-{01..28} meeting_held topic={1..9}", "one line may unfold into 1000 events at most"),
        ("7", "must be a line: a day, a type, fields as key=value"),
        ("{type: meeting_held}", "needs occurred_on and type"),
        ("{occurred_on: 2019-03-12, type: meeting_held, data: x}", "data must be a mapping"),
        (
            "{on: 2019-03-12, type: meeting_held}",
            "there is no key on; known are: occurred_on, type, branch, counts_for, data, as",
        ),
    ],
)
def test_a_line_that_cannot_be_read_is_told(line: str, sentence: str) -> None:
    [found] = refusals(example(line))
    assert found.startswith("5: examples[0].events[0]: ")
    assert sentence in found


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("2019-03-12 meeting_hold kind=study", "type: must be an event type"),
        ("2019-02-30 meeting_held kind=study", "occurred_on: must be a day"),
        ("2019-03-12 meeting_held kind=studies", "data.kind: must be one of"),
        ("2019-03-12 meeting_held kind=study expected=3 present=4", "data"),
        ("2019-03-12 meeting_held kind=study counts_for=2019-02", "counts_for: cannot be given"),
        ("2019-03-12 meeting_held kind=study hosts=superior", "data.hosts: "),
        ("2019-03-12 document_submitted kind=plan position=3", "position: "),
        (
            "2019-03-12 clause_assessed rubric=tiny clause=2.b assessor=self points=1.5",
            "data.points: must be at most 1.00",
        ),
        (
            "2019-03-12 clause_assessed rubric=tiny clause=9 assessor=self points=1",
            "data.clause: must be a clause of tiny",
        ),
        ("2019-03-12 rubric_adopted rubric=other", "data.rubric: must be a known rubric"),
        (
            "2019-03-12 event_retracted target=nothing reason=x",
            "data.target: must be the id of an earlier event",
        ),
        ("2019-03-12 score_sealed rubric=tiny", "data."),
    ],
)
def test_what_no_ledger_would_take_is_told_with_the_line_of_the_example(line: str, sentence: str) -> None:
    found = refusals(example(line))
    assert all(one.startswith("5: examples[0].events[0]: ") for one in found)
    assert sentence in found[0]
    assert refusals(example(line), "zh") != found


def test_every_fault_is_told_at_once_and_a_shared_one_once() -> None:
    text = ALL.replace("kind=study", "kind=studied").replace(
        "category=notes count=2", "category=notes count=0"
    )
    found = refusals(text)
    assert [one.split(": ")[1] for one in found] == ["given.year[1]", "examples[1].and[0]"]


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("2019-05-05 x", ["2019-05-05 x"]),
        ("{01..03}", ["01", "02", "03"]),
        ("{8..11}", ["8", "9", "10", "11"]),
        ("{a, b}", ["a", "b"]),
        ("{1,2}-{1,2}", ["1-1", "2-2"]),
        ("{1,2}-{3,4}", ["1-3", "1-4", "2-3", "2-4"]),
    ],
)
def test_equal_braces_go_in_step_and_different_ones_multiply(line: str, lines: list[str]) -> None:
    assert unfold(line) == lines


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("2019-03-12", True),
        ("2019-03", True),
        ("2019", True),
        ("2019-03-1", False),
        ("2018", False),
        ("meeting_held", True),
        ("lecture_given", False),
        ("2019 meeting_held kind=study", True),
        ("kind=study evidence=minutes,photo", True),
        ("evidence=minutes", False),
        ("branch=b2", True),
        ("branch=b1", False),
        ("as=first", True),
        ("as=second", False),
    ],
)
def test_a_pattern_fits_what_has_all_that_it_gives(pattern: str, fits: bool) -> None:
    text = "2019-03-12 meeting_held branch=b2 kind=study evidence=minutes,photo as=first"
    mapping = {
        "occurred_on": "2019-03-12",
        "type": "meeting_held",
        "branch": "b2",
        "as": "first",
        "data": {"kind": "study", "evidence": ["minutes", "photo"]},
    }
    for written_event in (text, mapping):
        [event] = parse_events(written_event)
        if pattern == "2019-03-1":
            with pytest.raises(ValueError, match="key=value"):
                parse_patterns(pattern)
        else:
            [one] = parse_patterns(pattern)
            assert one.fits(event) is fits


def test_values_with_spaces_stand_in_quotes() -> None:
    [event] = parse_events('2019-03-12 meeting_held kind=study topic="the new rules"')
    assert event.value("topic") == "the new rules"


def test_labels_in_either_language_stand_for_stored_words() -> None:
    for word in ("study", "集中学习"):
        [found] = run_cases(
            cases_of(example(f"2019-02-18 meeting_held kind={word}", "{clauses: {1.a: 0.5}}"))
        )
        assert found.differences == ()


def test_examples_are_found_by_rubric_by_their_own_path_and_by_the_rubric_s_id(tmp_path: Path) -> None:
    form = written(tmp_path, ALL)
    beside = tmp_path / "tiny.examples.yaml"
    assert len(load_cases(str(form)).cases) == len(load_cases(str(beside)).cases) == 5
    renamed = form.rename(tmp_path / "mine.yaml")
    assert load_cases(str(renamed)).file == str(beside)


def test_a_missing_file_is_told_by_its_name(tmp_path: Path) -> None:
    form = written(tmp_path, ALL)
    (tmp_path / "tiny.examples.yaml").unlink()
    for name in (str(form), str(tmp_path / "tiny.examples.yaml"), "college-staff-branch"):
        with pytest.raises(UnknownRubricError, match=r"tiny\.examples\.yaml|college-staff-branch-2019"):
            load_cases(name)


def test_what_a_file_unfolds_into_is_counted_before_it_is_unfolded() -> None:
    line = "      - 2019-{01..12}-{01..28} meeting_held kind={study,theme_day}\n"
    given = f"period: 2019\ngiven:\n  all:\n{line * 300}examples:\n  - sentence: {{zh: 例, en: example}}\n"
    [told] = refusals(given + "    given: [all]\n    expect: {total: 1}\n")
    assert "one file may unfold into 20,000 events at most, got 201,6" in told
    with pytest.raises(ValueError, match="1000 events at most"):
        unfold("2019-01-{0001..9999} meeting_held")
