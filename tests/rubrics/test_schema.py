"""The published schema accepts what the loader accepts, and refuses the common slips."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from rubrics.library import load, shipped
from rubrics.problems import RubricError
from rubrics.reader.loaded import parse_rubric
from rubrics.reader.yaml_tree import parse_tree
from rubrics.schema import rubric_schema
from tests.rubrics.small import GOOD, bent

VALIDATOR = Draft202012Validator(rubric_schema())


def as_json(text: str) -> Any:
    """Read the file's values as an editor does: numbers as numbers."""
    return json.loads(json.dumps(parse_tree(text, "small.yaml").data, default=float))


def test_it_is_a_schema_and_never_the_same_object_twice() -> None:
    Draft202012Validator.check_schema(rubric_schema())
    assert rubric_schema() == rubric_schema()
    assert rubric_schema()["$defs"] is not rubric_schema()["$defs"]


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_form_is_valid(name: str) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(as_json(load(name).text))] == []


def test_it_accepts_every_short_form_that_the_loader_accepts() -> None:
    for old, new in (
        ("kind: study}", "kind: [study, theme_day]}"),
        ("kind: study}", "exchange: true, present: {at_least: 1, at_most: 9}, evidence: {lacks: photo}}"),
        ("kind: study}", "evidence: {has: [photo, minutes]}}"),
        ("{each: 0.30}", "all"),
        ("{each: 0.30}", "proportional"),
        ("{each: 0.30}", '{once: "0.3"}'),
        ("at_least: 1", "at_least: 2/3\n            by: 11-30"),
        ("at_least: 1", "at_least: 32.5\n            by: [06-30, 12-31]\n            roles: [secretary]"),
        ("points: -0.5", "points: {by: award, values: {none: -1, first: 0.5}}"),
        ("events: [{type: research_published}]", "events: {type: research_published}"),
    ):
        text = bent(old, new)
        parse_rubric(text, "small.yaml")
        assert [error.message for error in VALIDATOR.iter_errors(as_json(text))] == [], new


def test_it_accepts_an_id_that_an_editor_takes_for_a_number() -> None:
    value = as_json(GOOD)
    value["version"], value["sections"][0]["id"] = 1.1, 1
    assert VALIDATOR.is_valid(value)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("shortfall:", "shortfal:"),
        ("{each: 0.30}", "al"),
        ("{each: 0.30}", "{each: 0}"),
        ("{each: 0.30}", "{each: 1, once: 1}"),
        ("per: month", "per: week"),
        ("kind: quota", "kind: quotta"),
        ("kind: study}", "kind: {hass: study}}"),
        ("kind: study}", "kind: {}}"),
        ("at_least: 1", "at_least: many"),
        ("at_least: 1", "at_least: 1\n            by: soon"),
        ("points: -0.5", "points: half"),
        ("        rules:", "        rule:"),
        ("        points: 2", "        points: 2\n        rules: [{kind: assessed}]"),
        ("start: zero", "start: nil"),
        ("zh: 小细则, en: a small form", ""),
        ("version: 1.10", "version: 1\nunasessed: full"),
    ],
)
def test_what_it_refuses_the_loader_refuses_too(old: str, new: str) -> None:
    text = bent(old, new)
    assert not VALIDATOR.is_valid(as_json(text))
    with pytest.raises(RubricError):
        parse_rubric(text, "small.yaml")
