"""The page on writing rubrics: every YAML block of it is run, with the examples under it."""

import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent

import pytest

from projections.examples.coverage import measure_coverage
from projections.examples.run import run_cases
from rubrics.examples.cases import parse_cases
from rubrics.lint import check_rubric
from rubrics.reader.loaded import parse_rubric
from rubrics.schema import rubric_schema
from tests.program import ROOT, Program
from tests.rubrics.kinds import KINDS, MODELS

PAGE = (ROOT / "docs/rubrics.md").read_text("utf-8")
_BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)

HEAD = """\
id: page
version: "1"
title: {zh: 例, en: a form of one item}
points: POINTS
sections:
  - id: A
    title: {zh: 例, en: its section}
    points: POINTS
    items:
"""


@dataclass(frozen=True)
class Shown:
    """A form, or a row of one, and the examples that follow it on the page."""

    line: int
    heading: str
    form: str
    examples: str


def shown() -> list[Shown]:
    blocks = [(PAGE.count("\n", 0, found.start()) + 1, found[1]) for found in _BLOCK.finditer(PAGE)]
    assert len(blocks) % 2 == 0, "every form is followed by its examples"
    pairs = []
    for (line, form), (_, examples) in zip(blocks[::2], blocks[1::2], strict=True):
        heading = re.findall(r"^#+ (.+)$", "\n".join(PAGE.splitlines()[:line]), re.MULTILINE)[-1]
        if form.startswith("- id:"):
            [points] = re.findall(r"^  points: (.+)$", form, re.MULTILINE)
            form = HEAD.replace("POINTS", points) + indent(form, " " * 6)
            examples = "period: 2019\nexamples:\n" + indent(examples, "  ")
        pairs.append(Shown(line, heading, form, examples))
    return pairs


SHOWN = shown()


@pytest.mark.parametrize("pair", SHOWN, ids=lambda pair: f"{pair.heading}:{pair.line}")
def test_a_form_of_the_page_is_sound_and_its_examples_hold(pair: Shown) -> None:
    loaded = parse_rubric(pair.form, "page.yaml")
    faults = [p for p in check_rubric(loaded) if p.severity == "error"]
    assert faults == []
    results = run_cases(parse_cases(pair.examples, "page.examples.yaml", loaded))
    assert [(result.case.sentence.en, result.differences) for result in results if result.differences] == []
    if loaded.rubric.id != "page":
        assert measure_coverage(loaded.rubric, results).unmoved == ()


def test_every_rule_kind_has_a_heading_and_is_shown_under_it() -> None:
    headings = re.findall(r"^### (\w+)$", PAGE, re.MULTILINE)
    assert headings == KINDS
    under = {pair.heading for pair in SHOWN} | {"graded"}
    assert set(KINDS) <= under
    assert "kind: graded" in next(pair.form for pair in SHOWN if "aggregate" in pair.form)


def test_every_key_of_a_rubric_file_and_of_a_rule_is_told() -> None:
    from rubrics.model import Clause, Item, Rubric, Section

    words = set(re.findall(r"[a-z_]+", PAGE))
    models = [Rubric, Section, Item, Clause, *MODELS]
    assert {key for model in models for key in model.model_fields} - words == set()


def test_the_program_prints_the_schema_that_the_page_speaks_of(tmp_path: Path) -> None:
    assert Program(tmp_path / "none.db").ok("rubric", "schema").json == rubric_schema()
