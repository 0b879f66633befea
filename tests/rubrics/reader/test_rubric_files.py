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


RULES = "sections[0].items[0].rules"
FAULTS = [
    # what is written, what stands there instead, line, key path, what is said
    ("each: 0.30", "each: 1.005", 18, f"{RULES}[0].shortfall.each", "at most two decimal places, got 1.005"),
    ("each: 0.30", "each: 1e3", 18, f"{RULES}[0].shortfall.each", 'two decimal places, got "1e3"'),
    ("each: 0.30", "each: .nan", 18, f"{RULES}[0].shortfall.each", 'two decimal places, got ".nan"'),
    ("each: 0.30", "each: 0", 18, f"{RULES}[0].shortfall", "each and once want points above 0"),
    ("each: 0.30", "each: -1", 18, f"{RULES}[0].shortfall.each", "must be 0 or more, got -1"),
    ("{each: 0.30}", "al", 18, f"{RULES}[0].shortfall", '{once: POINTS}, got "al"'),
    ("{each: 0.30}", "{each: 1, once: 2}", 18, f"{RULES}[0].shortfall", "must be all, proportional"),
    (
        "at_least: 1",
        "at_least: 1\n            where: {kind: study}",
        18,
        f"{RULES}[0].where",
        "where stands inside `events`: events: {type: meeting_held, where: {kind: study}}",
    ),
    ("shortfall:", "shortfal:", 18, f"{RULES}[0].shortfal", "no such key; did you mean shortfall?"),
    ("kind: quota", "kind: quotta", 14, f"{RULES}[0]", 'no rule kind "quotta"; did you mean quota?'),
    ("kind: quota", "knd: quota", 14, f"{RULES}[0]", "a rule needs a kind: assessed, "),
    ("per: month", "per: mont", 16, f"{RULES}[0].per", 'half, year, got "mont"; did you mean month?'),
    ("at_least: 1", "at_least: lots", 17, f"{RULES}[0].at_least", 'a fraction such as 2/3, got "lots"'),
    ("at_least: 1", "at_least: 1/0", 17, f"{RULES}[0].at_least", "a fraction cannot be over 0"),
    ("at_least: 1", "at_least: 1\n            by: 02-29", 18, f"{RULES}[0].by", "a day that every year has"),
    (
        "at_least: 1",
        "at_least: 1\n            by: soon",
        18,
        f"{RULES}[0].by",
        "must be a day that every year",
    ),
    ("points: -0.5", "points: {bye: level, values: {a: 1}}", 21, f"{RULES}[1].points.by", "is missing"),
    ("points: -0.5", "points: {by: level, values: {a: x}}", 21, f"{RULES}[1].points.values.a", 'got "x"'),
    ("points: -0.5", "points: [1]", 21, f"{RULES}[1].points", "must be a number"),
    ("points: -0.5", "points: 1\n            once: maybe", 22, f"{RULES}[1].once", "must be true or false"),
    ("points: -0.5", "points: 99999999", 21, f"{RULES}[1].points", "must be at most 1000000"),
    (
        "where: {kind: study}",
        "where: [kind]",
        15,
        f"{RULES}[0].events.where",
        "must be written as where: {kind: study}, got a list",
    ),
    ("where: {kind: study}", "where: {kind: 0.5}", 15, f"{RULES}[0].events.where.kind", "a whole number"),
    (
        "where: {kind: study}",
        "where: {a: {hass: b}}",
        15,
        f"{RULES}[0].events.where.a.hass",
        "did you mean has",
    ),
    ("where: {kind: study}", "where: {a: {}}", 15, f"{RULES}[0].events.where.a", "must say something"),
    (
        "where: {kind: study}",
        "where: {Kind: a}",
        15,
        f"{RULES}[0].events.where.Kind",
        "lower_snake word such",
    ),
    ("type: meeting_held", "tpye: a", 15, f"{RULES}[0].events.type", "is missing"),
    ("type: meeting_held", "type: Meeting", 15, f"{RULES}[0].events.type", 'got "Meeting"'),
    ("{type: meeting_held, where: {kind: study}}", "[]", 15, f"{RULES}[0].events", "at least one entry"),
    ("        points: 8", "        pints: 8", 10, "sections[0].items[0].points", "is missing"),
    ("id: 1.1\n", "id: 1 1\n", 10, "sections[0].items[0].id", "must be an id such as 3.1.a"),
    ("id: 1.10\n", "id: 1.1\n", 1, "", "item ids must differ from each other, given twice: 1.1"),
    ("zh: 集中学习,", "cn: 集中学习,", 11, "sections[0].items[0].title.cn", "known are: en, zh"),
    ("zh: 集中学习,", "zh: [7],", 11, "sections[0].items[0].title.zh", "must be a text, got a list"),
    (
        "{zh: 集中学习, en: joint study}",
        "study",
        11,
        "sections[0].items[0].title",
        'must be written as title: {zh: …, en: …}, got "study"',
    ),
    (
        "        title: {zh: 集中学习, en: joint study}\n",
        "",
        10,
        "sections[0].items[0].title",
        "is missing: write title: {zh: …, en: …}",
    ),
    (
        "{type: meeting_held, where: {kind: study}}",
        "meeting_held",
        15,
        f"{RULES}[0].events",
        "must be written as events: {type: meeting_held, where: {kind: study}}",
    ),
    (
        "points: -0.5",
        "points: {unit: 0.5, city: 1}",
        21,
        f"{RULES}[1].points",
        "such as {by: level, values: {unit: 0.5, city: 1}}",
    ),
    (
        "points: -0.5",
        "points: 1\n            factor: {participant: 1/2}",
        22,
        f"{RULES}[1].factor",
        "written as {by: FIELD, values: {VALUE: NUMBER}}",
    ),
    ("zh: 集中学习,", "zh: 第{1}次学习,", 11, "", "put a text that holds braces, commas or colons in quotes"),
    ("joint study", "joint, study", 11, "sections[0].items[0].title.study", "a text with a comma in quotes"),
    ("        rules:", "        rule:", 10, "sections[0].items[0]", "needs clauses, or rules of its own"),
    (
        "        points: 2",
        "        points: 2\n        rules: []",
        22,
        "sections[0].items[1]",
        "has no rules of",
    ),
    ("start: zero", "start: empty", 28, "sections[0].items[1].clauses[0].start", 'full, zero, got "empty"'),
    ("version: 1.10\n", "", 1, "version", "is missing"),
    ("id: small", "id: Small form", 1, "id", "must be a code of lower-case letters"),
    ("version: 1.10", "version: 1\nyear_start: 13", 3, "year_start", "must be 12 or less, got 13"),
    ("version: 1.10", "version: 1\nyear_start: a", 3, "year_start", 'must be a whole number, got "a"'),
    ("version: 1.10", "version: 1\nbands: {}", 3, "bands", "must be a list, got a mapping"),
    ("version: 1.10", "version: 1\nrules: [1]", 3, "rules[0]", "must be a mapping, got 1"),
    ("version: 1.10", "version: 1\nrules: [{kind: streak, more_than: 1}]", 1, "", "must be `advisory: true`"),
    ("version: 1.10", "version: 1\naggregate: mean", 1, "", "whose clauses are all graded"),
    ("version: 1.10", "version: 1\napplies_to: branches", 3, "applies_to", "did you mean branch?"),
    ("version: 1.10", "version: 1\nunasessed: full", 3, "unasessed", "did you mean unassessed?"),
    ("version: 1.10", "version: 1\nid: again", 3, "id", "given already, in line 1"),
    ("version: 1.10", "version: &a 1", 2, "version", "anchors (&) are not supported"),
    ("version: 1.10", "version: *a", 2, "version", "aliases (*) are not supported"),
    ("version: 1.10", "version: !!python/object:os.system x", 2, "version", "are not supported"),
    ("version: 1.10", 'version: "\\e[31m"', 2, "version", "no control characters"),
    ("version: 1.10", "version: [a: b: c", 2, "", "is not readable YAML"),
    ("    title: {zh: 学习", "\ttitle: {zh: 学习", 7, "", "indent with spaces, not with tabs"),
]


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
