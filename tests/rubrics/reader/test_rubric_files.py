"""Rubric files in, rubrics or sentences out."""

from hashlib import sha256
from pathlib import Path

import pytest
import yaml

from rubrics.library import load, shipped
from rubrics.problems import RubricError, UnknownRubricError
from rubrics.reader.loaded import LARGEST, Loaded, parse_rubric
from rubrics.reader.yaml_tree import parse_tree
from rubrics.rules import Quota, Tally
from tests.rubrics.reader.faults import FAULTS, RULES
from tests.rubrics.small import GOOD, bent


def refusal(text: str) -> RubricError:
    with pytest.raises(RubricError) as caught:
        parse_rubric(text, "small.yaml")
    for problem in caught.value.problems:
        for alien in ("pydantic", "Input should", "validation", "type=", "yaml.org,"):
            assert alien not in problem.sentence("en")
        assert problem.expected.zh != problem.expected.en
        assert problem.severity == "error"
    return caught.value


def test_a_file_gives_a_frozen_rubric_its_text_and_its_digest() -> None:
    loaded = parse_rubric(GOOD, "small.yaml")
    assert loaded.rubric.id == "small"
    assert loaded.text == GOOD
    assert loaded.digest == "sha256:" + sha256(GOOD.encode()).hexdigest()
    assert loaded.file == "small.yaml"


def test_the_digest_does_not_depend_on_how_an_editor_ends_its_lines(tmp_path: Path) -> None:
    for name, newline in (("a.yaml", "\r\n"), ("b.yaml", "\r"), ("c.yaml", "\n")):
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", newline).encode())
    digests = {load(tmp_path / name).digest for name in ("a.yaml", "b.yaml", "c.yaml")}
    assert digests == {parse_rubric(GOOD, "small.yaml").digest}


def test_an_unquoted_id_or_version_keeps_its_last_zero() -> None:
    rubric = parse_rubric(GOOD, "small.yaml").rubric
    assert rubric.version == "1.10"
    assert [item.id for item in rubric.items()] == ["1.1", "1.10"]
    assert rubric.sections[0].id == "1"


def test_points_are_whole_hundredths_however_they_are_written() -> None:
    for written, hundredths in (
        (0.30, 30),
        ("0.3", 30),
        ('"0.30"', 30),
        (".3", 30),
        (29, 2900),
        ("1.15", 115),
    ):
        text = bent("{each: 0.30}", f"{{each: {written}}}")
        rule = next(parse_rubric(text, "small.yaml").rubric.clauses()).rules[0]
        assert isinstance(rule, Quota)
        assert rule.shortfall.points == hundredths


def test_words_that_other_loaders_take_for_truth_days_or_times_stay_words() -> None:
    for word in ("no", "on", "yes", "y"):
        text = bent("where: {kind: study}", f"where: {{kind: {word}}}")
        rule = next(parse_rubric(text, "small.yaml").rubric.clauses()).rules[0]
        assert isinstance(rule, Quota)
        assert rule.events[0].where["kind"].among == (word,)
    text = bent("version: 1.10", "version: 2019-01-01")
    assert parse_rubric(text, "small.yaml").rubric.version == "2019-01-01"


def test_a_truth_value_and_a_number_in_a_condition_keep_their_kind() -> None:
    text = bent("where: {kind: study}", "where: {exchange: false, present: [0, 1]}")
    rule = next(parse_rubric(text, "small.yaml").rubric.clauses()).rules[0]
    assert isinstance(rule, Quota)
    assert rule.events[0].where["exchange"].among == (False,)
    assert rule.events[0].where["present"].among == (0, 1)
    assert [type(value) for value in rule.events[0].where["present"].among] == [int, int]


def test_an_item_of_one_clause_may_carry_its_rules_itself() -> None:
    first = next(parse_rubric(GOOD, "small.yaml").rubric.items())
    [clause] = first.clauses
    assert (clause.id, clause.points, clause.start) == ("1.1", 800, "full")
    assert isinstance(clause.rules[1], Tally)


@pytest.mark.parametrize(("old", "new", "line", "path", "said"), FAULTS, ids=[fault[1] for fault in FAULTS])
def test_every_fault_names_file_line_and_key_path(
    old: str, new: str, line: int, path: str, said: str
) -> None:
    problem = refusal(bent(old, new)).problems[0]
    assert (problem.file, problem.line, (problem.field or "")) == ("small.yaml", line, path)
    assert said in problem.expected.en


def test_a_problem_is_one_sentence_in_each_language() -> None:
    problem = refusal(bent("per: month", "per: mont")).problems[0]
    assert problem.sentence("en") == (
        "small.yaml:16: sections[0].items[0].rules[0].per: must be one of month, two_months, quarter, half, "
        'year, got "mont"; did you mean month?'
    )
    assert problem.sentence("zh") == (
        "small.yaml:16: sections[0].items[0].rules[0].per: "
        '必须是 month、two_months、quarter、half、year 之一，实际为 "mont"。是否指 month？'
    )


def test_all_faults_of_a_file_come_at_once_and_none_that_only_follows_from_another() -> None:
    text = bent(
        "per: month", "per: mont", bent("points: -0.5", "points: x", bent("id: small", "id: S", GOOD))
    )
    assert [(problem.field or "") for problem in refusal(text).problems] == [
        "id",
        f"{RULES}[0].per",
        f"{RULES}[1].points",
    ]


def test_a_thousand_faults_are_counted_and_a_hundred_told() -> None:
    text = GOOD + "".join(f"key{number}: 1\n" for number in range(1000))
    error = refusal(text)
    assert len(error.problems) == 100
    assert error.total == 1000


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        ("# nothing\n", "the file is empty"),
        ("- a\n", "must be a mapping, got a list"),
        ("just words\n", "must be a mapping, got \"just words\""),
        (GOOD + "---\n" + GOOD, "one document"),
        ("[" * 100_000, "nested deeper than 24 levels"),
        ("a: " * 20 + "b", "is not readable YAML"),
        ("? [a]\n: b\n", "a key must be a word"),
        ("id: \x00\n", "is not readable YAML"),
        ("x" * (LARGEST + 1), "larger than 1 MB"),
        ("id: a\ntitle: \ud800\n", "is not UTF-8 text"),
    ],
)  # fmt: skip
def test_what_is_no_rubric_at_all_is_said_in_a_sentence(text: str, said: str) -> None:
    assert said in refusal(text).problems[0].expected.en


def test_without_the_fast_parser_a_file_means_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        GOOD,
        load("institute-branch-appraisal").text,
        bent("version: 1.10", "version: [a: b: c"),
        "[" * 99,
    ]
    fast = [parse_tree(text, "small.yaml") for text in texts]
    monkeypatch.setattr("rubrics.reader.yaml_tree._Loader", yaml.SafeLoader)
    for text, tree in zip(texts, fast, strict=True):
        assert parse_tree(text, "small.yaml") == tree


def test_an_unknown_id_names_the_nearest_and_a_missing_file_is_unknown_too(tmp_path: Path) -> None:
    with pytest.raises(UnknownRubricError, match="did you mean college-staff-branch-2019"):
        load("college-staf-branch-2019")
    with pytest.raises(UnknownRubricError, match="there is no such file"):
        load(tmp_path / "none")
    with pytest.raises(UnknownRubricError, match="there is no such file"):
        load("none.yaml")


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match="cannot be read"):
        load(tmp_path)
    (tmp_path / "latin.yaml").write_bytes(b"id: a\ntitle: \xe4\n")
    with pytest.raises(RubricError, match=r"latin\.yaml:2: is not UTF-8 text"):
        load(tmp_path / "latin.yaml")


def test_examples_beside_the_forms_are_no_forms() -> None:
    assert "college-staff-branch-2019" in shipped()
    assert not any("examples" in name for name in shipped())


def test_every_shipped_form_loads_under_its_own_id() -> None:
    for name in shipped():
        loaded = load(name)
        assert isinstance(loaded, Loaded)
        assert loaded.rubric.id == name
        assert loaded.file == f"{name}.yaml"
