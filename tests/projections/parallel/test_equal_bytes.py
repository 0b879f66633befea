"""A replay of segments is that of the ledger, byte for byte, whoever works at it."""

from pathlib import Path

import pytest

from tests.program import Program, Result
from tests.projections.parallel.conftest import FORMS, ON, Replayable


def of_segments(hard: Replayable, *words: str) -> Result:
    """Score the segments; the program has no ledger at all then."""
    return Program(hard.program.ledger / "none" if isinstance(hard.program.ledger, Path) else "none")(
        "score", *words, "--segments", hard.segments
    )


@pytest.mark.parametrize("form", FORMS)
def test_the_answer_is_that_of_the_ledger(hard: Replayable, form: str) -> None:
    ledger = hard.program.ok("score", form, *ON, "--format", "json").out
    assert of_segments(hard, form, *ON).out == ledger


@pytest.mark.parametrize("form", [FORMS[0], FORMS[4]])
def test_so_it_is_with_entries_and_as_csv(hard: Replayable, form: str) -> None:
    for words in (("--explain", "--format", "json"), ("--format", "csv")):
        assert of_segments(hard, form, *ON, *words).out == hard.program.ok("score", form, *ON, *words).out


@pytest.mark.parametrize(("form", "numbers"), [(FORMS[0], "14"), (FORMS[3], "2"), (FORMS[4], "2")])
def test_any_number_of_processes_gives_the_same(
    hard: Replayable, form: str, numbers: str, tmp_path: Path
) -> None:
    written = []
    for jobs in numbers:
        path = tmp_path / f"{jobs}.json"
        result = of_segments(hard, form, *ON, "--jobs", jobs, "--output", str(path))
        assert result.status == 0, result
        written.append(path.read_bytes())
    assert len(set(written)) == 1
    assert written[0].decode() == hard.program.ok("score", form, *ON, "--format", "json").out


def test_an_earlier_prefix_is_cut_by_position_and_by_instant(hard: Replayable) -> None:
    export = hard.program.ok("export").out.splitlines()
    instant = export[hard.middle - 1].split('"recorded_at":"')[1].split('"')[0]
    for as_of in (str(hard.middle), str(hard.middle // 2), "1", instant):
        words = (FORMS[0], *ON, "--as-of", as_of, "--format", "json")
        ledger = hard.program("score", *words)
        assert of_segments(hard, *words) == ledger, as_of


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
        assert of_segments(hard, *words) == hard.program("score", *words)


def test_what_cannot_be_meant_is_told(hard: Replayable, tmp_path: Path) -> None:
    end = hard.program.head()["position"]
    beyond = of_segments(hard, FORMS[0], *ON, "--as-of", str(end + 1))
    assert (beyond.status, f"goes up to position {end}" in beyond.err) == (2, True)
    later = of_segments(hard, FORMS[0], *ON, "--as-of", "2199-01-01")
    assert (later.status, "add to it with" in later.err) == (2, True)
    unknown = of_segments(hard, FORMS[0], *ON, "--branch", "c0000-b1")
    assert (unknown.status, "c0000-b01" in unknown.err) == (2, True)
    gone = of_segments(hard, FORMS[0], *ON, "--branch", "c0002-b03")
    assert (gone.status, "was dissolved on 2022-12-31" in gone.err) == (1, True)
    table = of_segments(hard, FORMS[0], *ON, "--format", "table")
    assert (table.status, "json or csv" in table.err) == (2, True)
    alone = hard.program("score", FORMS[0], *ON, "--cluster", "local")
    assert (alone.status, "--cluster goes with --segments" in alone.err) == (2, True)
    nowhere = Program(tmp_path / "none")("score", FORMS[0], *ON, "--segments", str(tmp_path))
    assert (nowhere.status, "holds no segments" in nowhere.err) == (1, True)


def test_a_ledger_on_postgresql_answers_the_same(hard: Replayable, postgres_url: str) -> None:
    server = Program(postgres_url)
    server.ok("import", "--restore", "--segments", hard.segments)
    for form in (FORMS[0], FORMS[4]):
        assert of_segments(hard, form, *ON).out == server.ok("score", form, *ON, "--format", "json").out


def test_no_answer_is_written_over_the_ledger(hard: Replayable) -> None:
    before = hard.program.head()
    words = ("--segments", hard.segments, "--output", str(hard.program.ledger), "--format", "json")
    result = hard.program("score", FORMS[0], *ON, *words)
    assert (result.status, "a file of the ledger itself" in result.err) == (1, True)
    assert hard.program.head() == before
