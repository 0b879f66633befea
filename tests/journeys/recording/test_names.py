"""Display names: on the screen of whoever asks, in reports for the office, nowhere else."""

import re
from pathlib import Path

import pytest

from tests.program import Program, widest

RUBRIC = "college-staff-branch-2019"
NAME = "Li Hua"
SCORE = ("score", RUBRIC, "--period", "2019", "--branch", "b2", "--on", "2019-12-31")
DUES = ("explain", RUBRIC, "10.2", "--branch", "b2", "--period", "2019", "--on", "2019-12-31")


@pytest.fixture
def known(year: Program) -> Program:
    year.ok("people", "set", "m201", NAME)
    return year


@pytest.mark.parametrize(
    "words",
    [DUES, ("history", "--branch", "b2"), ("draw", "--branch", "b2", "--share", "1"), (*SCORE, "--explain")],
    ids=lambda words: words[0],
)
def test_a_name_stands_beside_its_code_on_the_screen(words: tuple[str, ...], known: Program) -> None:
    english, chinese = known.ok(*words).out, known.ok(*words, lang="zh").out
    assert re.search(rf"m201\s+\({NAME.replace(' ', chr(92) + 's+')}\)", english)
    assert "m201（Li" in chinese
    assert max(widest(english), widest(chinese)) <= 80
    known.ok("people", "erase", "m201")
    assert "Li Hua" not in known.ok(*words).out


def test_a_name_stands_in_the_page_for_the_office(known: Program) -> None:
    assert f"m201 ({NAME})" in known.ok(*SCORE, "--format", "html").out


def test_a_name_is_in_no_answer_for_programs_and_in_no_table_that_is_written_to_a_file(
    known: Program, tmp_path: Path
) -> None:
    for words in (DUES, ("history",), ("draw", "--branch", "b2", "--share", "1"), (*SCORE, "--explain")):
        assert NAME not in known.ok(*words, "--format", "json").out
    assert NAME not in known.ok(*SCORE, "--format", "csv").out
    assert NAME not in known.ok("export").out
    file = tmp_path / "score.txt"
    known.ok(*SCORE, "--explain", "--output", str(file))
    assert "m201" in file.read_text("utf-8")
    assert NAME not in file.read_text("utf-8")
