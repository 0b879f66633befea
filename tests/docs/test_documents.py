"""The JSON that the pages show has the shape of the JSON that the program writes."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.docs.pages import DOCS
from tests.program import ROOT, Program

_BLOCK = re.compile(r"^```json\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RUBRIC = "college-staff-branch-2019"


@pytest.fixture(scope="module")
def zhibu(tmp_path_factory: pytest.TempPathFactory) -> Program:
    program = Program(tmp_path_factory.mktemp("documents") / "ledger.db")
    program.ok("init")
    program.take_in(ROOT / "cli/demo/events.jsonl")
    return program


def scored(zhibu: Program) -> Any:
    return zhibu.ok("score", RUBRIC, "--period", "2019", "--explain", "--format", "json").json


def due(zhibu: Program) -> Any:
    return zhibu.ok("due", "--on", "2019-09-20", "--format", "json").json


def reminded(zhibu: Program) -> Any:
    return zhibu.ok("remind", "--on", "2019-09-20", "--dry-run", "--format", "json").json


@pytest.mark.parametrize(("number", "answer"), [(0, scored), (1, due), (2, reminded)])
def test_a_document_on_the_page_has_the_keys_of_the_programs(
    number: int, answer: Callable[[Program], Any], zhibu: Program
) -> None:
    shown = json.loads(_BLOCK.findall((DOCS / "scoring.md").read_text("utf-8"))[number])
    assert _shape(shown) == _shape(answer(zhibu))


def _shape(value: Any) -> Any:
    """Keys in their order; of a list its first element's that is not empty."""
    if isinstance(value, dict):
        return [(key, _shape(inner)) for key, inner in value.items()]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [_shape(max(value, key=lambda one: len(one.get("entries", []))))]
    return "value"
