"""A replay of segments is that of the ledger, byte for byte, whoever works at it."""

from pathlib import Path

import pytest

from tests.program import Program, Result
from tests.projections.parallel.conftest import FORMS, ON, Replayable

WAYS = {
    "segments": (),
    "two processes": ("--jobs", "2"),
    "four processes": ("--jobs", "4"),
    "an earlier position": ("--as-of", "{middle}"),
    "an earlier instant": ("--as-of", "{instant}"),
}
"""How segments are scored; with a prefix, the ledger is asked for the same one. What a cluster says, with a
worker lost and another one come, stands in `test_cluster`; what PostgreSQL says, below."""


# Starts of processes are what these tests cost: past the first form, each has two or four.
_LEFT_OUT = {
    *((form, "two processes") for form in FORMS[1::2]),
    *((form, "four processes") for form in FORMS[2::2]),
}


@pytest.mark.parametrize(
    ("form", "way"), [(form, way) for form in FORMS for way in WAYS if (form, way) not in _LEFT_OUT]
)
def test_the_answer_is_that_of_the_ledger(hard: Replayable, form: str, way: str) -> None:
    words = [word.format(middle=hard.middle, instant=hard.instant) for word in WAYS[way]]
    prefix = words if "--as-of" in words else []
    assert hard.of_segments(form, *ON, *words) == Result(hard.of_ledger(form, *prefix), "", 0)


@pytest.mark.parametrize("jobs", ["1", "2", "4"])
def test_so_it_is_for_any_number_of_processes_at_the_ledger_itself(hard: Replayable, jobs: str) -> None:
    words = ("score", FORMS[0], *ON, "--format", "json", "--jobs", jobs)
    assert hard.program(*words) == Result(hard.of_ledger(FORMS[0]), "", 0)


@pytest.mark.parametrize("form", [FORMS[0], FORMS[4]])
def test_so_it_is_with_entries_and_as_csv(hard: Replayable, form: str) -> None:
    for words in (("--explain", "--format", "json"), ("--format", "csv")):
        assert hard.of_segments(form, *ON, *words).out == hard.program.ok("score", form, *ON, *words).out


def test_any_prefix_is_cut_as_the_ledger_cuts_it(hard: Replayable) -> None:
    for as_of in (str(hard.middle // 2), "1"):
        words = (FORMS[0], *ON, "--as-of", as_of, "--format", "json")
        assert hard.of_segments(*words) == hard.program("score", *words), as_of


@pytest.mark.parametrize("form", [FORMS[0], FORMS[4]])
def test_single_branches_score_as_they_do_among_all(hard: Replayable, form: str) -> None:
    for branches in (("c0000",), ("c0000-b01",), ("c0001-b02", "c0000-b02"), ("c0001-b03",)):
        words = (
            form,
            *ON,
            *(word for branch in branches for word in ("--branch", branch)),
            "--format",
            "json",
        )
        assert hard.of_segments(*words) == hard.program("score", *words)


def test_what_cannot_be_meant_is_told(hard: Replayable, tmp_path: Path) -> None:
    end = hard.program.head()["position"]
    beyond = hard.of_segments(FORMS[0], *ON, "--as-of", str(end + 1))
    assert (beyond.status, f"goes up to position {end}" in beyond.err) == (2, True)
    later = hard.of_segments(FORMS[0], *ON, "--as-of", "2199-01-01")
    assert (later.status, "add to it with" in later.err) == (2, True)
    unknown = hard.of_segments(FORMS[0], *ON, "--branch", "c0000-b1")
    assert (unknown.status, "c0000-b01" in unknown.err) == (2, True)
    gone = hard.of_segments(FORMS[0], *ON, "--branch", "c0002-b03")
    assert (gone.status, "was dissolved on 2022-12-31" in gone.err) == (1, True)
    table = hard.of_segments(FORMS[0], *ON, "--format", "table")
    assert (table.status, "json or csv" in table.err) == (2, True)
    alone = hard.program("score", FORMS[0], *ON, "--cluster", "local")
    assert (alone.status, "--cluster goes with --segments" in alone.err) == (2, True)
    nowhere = Program(tmp_path / "none")("score", FORMS[0], *ON, "--segments", str(tmp_path))
    assert (nowhere.status, "holds no segments" in nowhere.err) == (1, True)


def test_a_ledger_on_postgresql_answers_the_same(hard: Replayable, postgres_url: str) -> None:
    server = Program(postgres_url)
    server.ok("import", "--restore", "--segments", hard.segments)
    for form in FORMS:
        assert server.ok("score", form, *ON, "--format", "json").out == hard.of_ledger(form)


def test_no_answer_is_written_over_the_ledger(hard: Replayable) -> None:
    before = hard.program.head()
    words = ("--segments", hard.segments, "--output", str(hard.program.ledger), "--format", "json")
    result = hard.program("score", FORMS[0], *ON, *words)
    assert (result.status, "a file of the ledger itself" in result.err) == (1, True)
    assert hard.program.head() == before
