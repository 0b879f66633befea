"""The same year, in whatever order its lines come, gives the same answer on either database."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests.program import ROOT, Program

FORM = "college-staff-branch-2019"
Answer = dict[str, Any]


def year_lines() -> list[dict[str, Any]]:
    """The demo's year, every line with an id, so that its order decides nothing."""
    lines = (ROOT / "cli/demo/events.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        {"id": f"00000000-0000-4000-8000-{number:012d}", **json.loads(line)}
        for number, line in enumerate(lines)
    ]


def shuffled(lines: list[dict[str, Any]], seed: int) -> list[dict[str, Any]]:
    """The lines in another order: a branch registered first, a target before what names it."""
    dice = random.Random(seed)
    first = [line for line in lines if line["type"] == "branch_registered"]
    last = [line for line in lines if line["type"].startswith("event_")]
    rest = [line for line in lines if line not in first and line not in last]
    for part in (first, rest):
        dice.shuffle(part)
    return [*first, *rest, *last]


def answer(program: Program) -> Answer:
    """Score both branches with all entries; ids, positions and the head left out."""
    document: Answer = program.ok(
        "score", FORM, "--period", "2019", "--on", "2020-01-31", "--explain", "--format", "json"
    ).json
    document.pop("ledger")
    for score in document["scores"]:
        for section in score["sections"]:
            for item in section["items"]:
                for clause in item["clauses"]:
                    for entry in clause["entries"]:
                        entry["events"] = sorted(entry["events"])
    return document


def write(folder: Path, lines: list[dict[str, Any]], files: int) -> list[str]:
    """Write the lines into so many files, in order."""
    size = -(-len(lines) // files)
    paths = []
    for number in range(files):
        path = folder / f"part{number:03d}.jsonl"
        part = lines[number * size : (number + 1) * size]
        path.write_text(
            "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in part), encoding="utf-8"
        )
        paths.append(str(path))
    return paths


@pytest.mark.parametrize("files", [1, 100])
def test_the_same_year_in_any_order_and_in_any_number_of_files_scores_the_same(
    ledger_url: str, tmp_path: Path, files: int
) -> None:
    program = Program(ledger_url)
    lines = year_lines()
    before = Program(tmp_path / "straight.db")
    before.ok("init")
    before.take_in(*write(tmp_path, lines, 1))
    program.ok("import", *write(tmp_path, shuffled(lines, files), files))
    assert answer(program) == answer(before)
    assert [score["total"] for score in answer(program)["scores"]] == ["87.50", "90.00"]


def test_the_same_command_gives_the_same_bytes(year: Program) -> None:
    words = ("score", FORM, "--period", "2019", "--on", "2020-01-31", "--explain")
    for form in ("json", "table", "csv"):
        assert year.ok(*words, "--format", form).out == year.ok(*words, "--format", form).out
