"""Files in which something of another kind stands at every place, one place at a time."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from rubrics.problems import RubricError
from rubrics.reader.yaml_tree import parse_tree

_JUNK = [None, -1, "x", [], {"a": 1}]


def assert_a_file_or_a_sentence(text: str, file: str, read: Callable[[str], object]) -> None:
    """Read the file with each kind of junk at each place: it is taken, or refused in both languages."""
    refused: list[RubricError] = []
    for junked in _junked(parse_tree(text, file).data):
        try:
            read(junked)
        except RubricError as error:
            refused.append(error)
    assert len(refused) > 200
    assert all(error.problems for error in refused)
    assert all(problem.expected.zh != problem.expected.en for error in refused for problem in error.problems)


def _junked(sound: Any) -> Iterator[str]:
    for path in _places(sound):
        for junk in _JUNK:
            value: Any = json.loads(json.dumps(sound, default=float))
            around = value
            for key in path[:-1]:
                around = around[key]
            around[path[-1]] = junk
            yield json.dumps(value, ensure_ascii=False)  # JSON is YAML


def _places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if path:
        yield path
    keys: Any = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield from _places(value[key], (*path, key))
