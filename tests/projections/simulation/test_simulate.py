"""`zhibu simulate`: what it makes is a log that a ledger takes, the same for the same seed."""

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.program import Program

SIZE = ("--branches", "16", "--year", "2024", "--seed", "7")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the same simulation as an import file and as segments."""
    folder = tmp_path_factory.mktemp("made")
    program = Program(folder / "none.db")
    program.ok("simulate", *SIZE, "--output", str(folder / "log.jsonl"), "--jobs", "1")
    program.ok("simulate", *SIZE, "--segments", str(folder / "segments"), "--jobs", "1")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_every_event_passes_the_checks_of_an_import(made: Path, tmp_path: Path) -> None:
    program = Program(tmp_path / "ledger.db")
    program.ok("init")
    lines = (made / "log.jsonl").read_bytes().count(b"\n")
    program.take_in(made / "log.jsonl")
    assert f"ok: {lines} events" in program.ok("verify").out


@pytest.mark.parametrize("form", ["college-staff-branch-2019", "hospital-branch-2019"])
def test_file_and_segments_score_alike(made: Path, tmp_path: Path, form: str) -> None:
    program = Program(tmp_path / "ledger.db")
    program.ok("init")
    program.take_in(made / "log.jsonl")
    words = ("score", form, "--period", "2024", "--on", "2024-12-31", "--format", "json", "--explain")
    answers = [
        json.loads(program.ok(*words, *more).out) for more in ((), ("--segments", str(made / "segments")))
    ]
    # An import records everything today, and so has hashes of its own.
    positions = [answer.pop("ledger")["position"] for answer in answers]
    assert positions[0] == positions[1]
    assert answers[0] == answers[1]
    assert len(answers[0]["scores"]) >= 10


def test_nothing_is_logged_of_a_branch_before_it_is_registered(tmp_path: Path) -> None:
    # Of 400 branches some are founded within the year and collect the dues of a quarter at once.
    Program(tmp_path / "none.db").ok(
        *("simulate", "--branches", "400", "--year", "2025", "--seed", "9", "--events", "100"),
        *("--output", str(tmp_path / "log.jsonl"), "--jobs", "1"),
    )
    registered: set[str] = set()
    early = []
    for line in (tmp_path / "log.jsonl").read_text().splitlines():
        event = json.loads(line)
        if event["type"] == "branch_registered":
            registered.add(event["branch"])
        elif event["branch"] not in registered:
            early.append(event)
    assert len(registered) > 400
    assert early == []


def test_every_payload_is_in_the_one_form_in_which_the_log_keeps_it(made: Path) -> None:
    import orjson

    from ledger.events import canonical_data, parse_event

    for line in (made / "log.jsonl").read_bytes().splitlines():
        said = orjson.loads(line)
        written = line[line.index(b'"data":') + 7 : -1]
        assert canonical_data(parse_event(said).data).encode() == written


def test_the_same_seed_gives_the_same_bytes_whatever_number_of_processes(made: Path, tmp_path: Path) -> None:
    program = Program(tmp_path / "none.db")
    size = ("--branches", "200", "--year", "2024", "--events", "100")
    for jobs in ("1", "2"):
        program.ok("simulate", *size, "--segments", str(tmp_path / jobs), "--jobs", jobs)
        program.ok("simulate", *size, "--output", str(tmp_path / f"{jobs}.jsonl"), "--jobs", jobs)
    assert contents(tmp_path / "1") == contents(tmp_path / "2")
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()


def test_another_seed_gives_another_year(made: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    program = Program(tmp_path / "none.db")
    program.ok("simulate", "--branches", "16", "--year", "2024", "--seed", "8", "--output", str(other))
    assert other.read_bytes() != (made / "log.jsonl").read_bytes()


def test_a_year_has_habits_gaps_late_entries_corrections_retractions_findings_and_judgements(
    made: Path,
) -> None:
    events = [json.loads(line) for line in (made / "log.jsonl").read_text().splitlines()]
    types = Counter(event["type"] for event in events)
    registered = [event for event in events if event["type"] == "branch_registered"]
    committees = [event["branch"] for event in registered if event["data"].get("organization") == "committee"]
    assert len(registered) - len(committees) >= 16
    assert {event["data"]["parent"] for event in registered if event["branch"] not in committees} >= set(
        committees
    )
    for word in ("event_corrected", "event_retracted", "finding_recorded", "clause_assessed", "dues_paid",
                 "member_transferred", "document_requested"):  # fmt: skip
        assert types[word] > 0, word
    rosters = Counter(event["branch"] for event in events if event["type"] == "member_joined")
    assert all(3 <= size <= 60 for size in rosters.values())
    branches = types["branch_registered"] - len(committees)
    assert 200 <= len(events) / branches <= 400


def test_organisations_are_called_after_their_committee_and_by_units_that_such_a_place_has(
    made: Path,
) -> None:
    events = [json.loads(line) for line in (made / "log.jsonl").read_text().splitlines()]
    named = {e["branch"]: e["data"]["name"] for e in events if e["type"] == "branch_registered"}
    assert len(set(named.values())) == len(named)
    for code, name in named.items():
        place = named[code.partition("-")[0]].removesuffix("党委")
        assert name.startswith(place), code
        # Wards are a hospital's, teachers a college's.
        for unit, where in (("内科", "医院"), ("教师", "学院")):
            assert unit not in name or where in place, name


def test_the_program_says_what_it_wants(tmp_path: Path) -> None:
    program = Program(tmp_path / "none.db")
    target = ("--output", str(tmp_path / "o.jsonl"))
    for words, said in (
        (("--year", "2024", *target), "--branches"),
        (("--branches", "4", *target), "--year"),
        (("--branches", "4", "--year", "2999", *target), "--year must lie between"),
        (("--branches", "4", "--year", "2024"), "either --output or --segments"),
        (("--branches", "4", "--year", "2024", "--form", "no-such-form", *target), "no-such-form"),
    ):
        result = program("simulate", *words)
        assert (result.status, said in result.err) == (2, True), (words, result)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_segments_is_not_written_over(made: Path, tmp_path: Path) -> None:
    before = contents(made / "segments")
    result = Program(tmp_path / "none.db")("simulate", *SIZE, "--segments", str(made / "segments"))
    assert (result.status, "holds segments already" in result.err) == (1, True)
    assert contents(made / "segments") == before
