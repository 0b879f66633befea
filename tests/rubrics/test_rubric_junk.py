"""Nothing that stands anywhere in a rubric file brings the loader or the check down."""

import json
from collections.abc import Iterator
from typing import Any

from rubrics.lint import check_rubric
from rubrics.load import parse_rubric
from rubrics.problems import RubricError
from rubrics.yamltree import parse_tree
from tests.rubrics.catalogue import OTHERS, VOCABULARY
from tests.rubrics.small import GOOD

JUNK = [None, -1, "x", [], {"a": 1}]


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if path:
        yield path
    keys: Any = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield from places(value[key], (*path, key))


def test_whatever_stands_anywhere_it_is_a_rubric_or_a_sentence() -> None:
    refused: list[RubricError] = []
    sound = parse_tree(GOOD, "small.yaml").data
    for path in places(sound):
        for junk in JUNK:
            value: Any = json.loads(json.dumps(sound, default=float))
            around = value
            for key in path[:-1]:
                around = around[key]
            around[path[-1]] = junk
            try:
                loaded = parse_rubric(json.dumps(value, ensure_ascii=False), "small.yaml")  # JSON is YAML
            except RubricError as error:
                refused.append(error)
            else:
                check_rubric(loaded, VOCABULARY, OTHERS)
    assert len(refused) > 200
    assert all(error.problems for error in refused)
    assert all(problem.zh != problem.en for error in refused for problem in error.problems)
