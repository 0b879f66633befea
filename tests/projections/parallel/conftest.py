"""A ledger in which whatever makes a replay hard has happened, and the same as segments of many buckets."""

from pathlib import Path
from typing import NamedTuple

import orjson
import pytest

from tests.built_once import built_once
from tests.program import Program

FORMS = (
    "college-staff-branch-2019",
    "hospital-branch-2019",
    "institute-branch-appraisal",
    "bureau-direct-organization",
    "hospital-committee-standard",
)
ON = ("--period", "2023", "--on", "2023-12-31")


class Replayable(NamedTuple):
    """A ledger, the same as segments, and a position between the two exports that made them."""

    program: Program
    segments: str
    middle: int


@pytest.fixture(scope="session")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Replayable:
    folder = built_once(tmp_path_factory, "hard", _make)
    return Replayable(_program(folder), str(folder / "segments"), int((folder / "middle").read_text()))


def _program(folder: Path) -> Program:
    return Program(folder / "ledger.db")


def _make(folder: Path) -> None:
    program = _program(folder)
    program.ok("init")
    made, segments = folder / "made.jsonl", str(folder / "segments")
    forms = [word for form in FORMS for word in ("--form", form)]
    size = ("--branches", "40", "--events", "110", "--year", "2023", "--seed", "53")
    program.ok("simulate", *size, *forms, "--output", str(made), "--jobs", "1")
    program.take_in(made)
    program.ok("export", "--segments", segments, "--buckets", "7")
    (folder / "middle").write_text(str(program.head()["position"]))
    hard = folder / "hard.jsonl"
    hard.write_bytes(b"\n".join(orjson.dumps(event) for event in HARD))
    program.take_in(hard)
    program.ok("export", "--segments", segments)


def _event(branch: str, type_: str, day: str, **data: object) -> dict[str, object]:
    return {"branch": branch, "type": type_, "occurred_on": day, "data": data}


_WRONG = "00000000-0000-4000-8000-00000000000a"
HARD = [
    # To another tree, which lies in another bucket; and back; and a move that never was.
    _event("c0000-b01", "branch_moved", "2023-03-01", parent="c0001"),
    _event("c0000-b02", "branch_moved", "2023-05-01", parent="c0002"),
    _event("c0000-b02", "branch_moved", "2023-09-01", parent="c0000"),
    {**_event("c0001-b01", "branch_moved", "2023-04-01", parent="c0000"), "id": _WRONG},
    _event("c0001-b01", "event_retracted", "2023-04-02", target=_WRONG, reason="wrong branch"),
    _event("c0001-b03", "branch_dissolved", "2023-08-31"),
    _event("c0002-b03", "branch_dissolved", "2022-12-31"),
    _event("c0002-b01", "rubric_dropped", "2023-06-30", rubric=FORMS[0]),
    _event("new", "branch_registered", "2023-02-01", name="new", parent="c0002"),
    _event("new", "rubric_adopted", "2023-02-01", rubric=FORMS[0], owed_from="2023-07-01"),
    _event("c0000-b01", "metric_reported", "2023-12-20", metric="study_app_average", value="9999"),
    _event("c0001-b02", "metric_reported", "2023-12-20", metric="study_app_average", value="9999"),
]
