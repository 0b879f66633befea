"""`zhibu export --segments`: the whole log, and later what it has gained."""

import json
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

from ledger.segments.exporting import export_segments
from ledger.store.event_store import Store
from tests.program import Program


def manifest(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    return found


def lines_of(folder: Path, name: str) -> list[dict[str, Any]]:
    text = subprocess.run(["zstdcat", str(folder / name)], capture_output=True, check=True).stdout
    return [json.loads(line) for line in text.splitlines()]


def events_of(folder: Path) -> dict[int, list[dict[str, Any]]]:
    """The events of each bucket, its parts one after another."""
    found: dict[int, list[dict[str, Any]]] = {}
    for part in manifest(folder)["files"]:
        if part["holds"] == "events":
            found.setdefault(part["bucket"], []).extend(lines_of(folder, part["path"]))
    return found


def test_the_lines_are_those_of_a_full_export(whole: Program, tmp_path: Path) -> None:
    folder = tmp_path / "segments"
    whole.ok("export", "--segments", str(folder))
    exported = whole.ok("export").out.splitlines()
    lines = [line for bucket in events_of(folder).values() for line in bucket]
    assert sorted(lines, key=lambda line: line["position"]) == [json.loads(line) for line in exported]
    assert manifest(folder)["position"] == len(lines) == manifest(folder)["rows"]
    assert manifest(folder)["head"] == whole.head()["hash"]


def test_whoever_waits_hears_how_far_it_is_wherever_it_began(whole: Program, tmp_path: Path) -> None:
    folder = str(tmp_path / "segments")
    with Store.open(f"sqlite:///{whole.ledger}") as store:
        first = export_segments(store, folder, upto=123)
        told: list[int] = []
        more = export_segments(store, folder, on_progress=told.append)
        assert (first.added, more.added) == (123, store.head().position - 123)
    assert told == sorted(told)
    assert (told[0] < more.added, told[-1]) == (True, more.added)


def test_a_part_lies_by_branch_and_position_and_the_manifest_tells_of_it(
    whole: Program, tmp_path: Path
) -> None:
    folder = tmp_path / "segments"
    whole.ok("export", "--segments", str(folder), "--buckets", "3")
    parts = [part for part in manifest(folder)["files"] if part["holds"] == "events"]
    assert {part["path"] for part in parts} <= {f"bucket-0000{n}.jsonl.zst" for n in range(3)}
    for part in parts:
        lines = lines_of(folder, part["path"])
        places = [(line["branch"], line["position"]) for line in lines]
        assert places == sorted(places)
        assert (part["rows"], part["first_branch"], part["last_branch"]) == (
            len(lines),
            places[0][0],
            places[-1][0],
        )


def test_what_stands_below_one_root_lies_in_one_bucket(whole: Program, tmp_path: Path) -> None:
    folder = tmp_path / "segments"
    whole.ok("export", "--segments", str(folder), "--buckets", "50")
    bucket_of = {line["branch"]: bucket for bucket, lines in events_of(folder).items() for line in lines}
    moved = {
        line["branch"]
        for lines in events_of(folder).values()
        for line in lines
        if line["type"] == "branch_moved"
    }
    for branch, bucket in bucket_of.items():
        if branch not in moved:
            assert bucket == bucket_of[branch.split("-")[0]]


def test_the_organisations_file_holds_what_concerns_the_tree(whole: Program, tmp_path: Path) -> None:
    folder = tmp_path / "segments"
    whole.ok("export", "--segments", str(folder))
    held = lines_of(folder, "organisations.jsonl.zst")
    everything = [json.loads(line) for line in whole.ok("export").out.splitlines()]
    about = {"branch_registered", "branch_renamed", "branch_moved", "branch_dissolved", "rubric_adopted",
             "rubric_dropped", "metric_reported"}  # fmt: skip
    wanted = {event["id"] for event in everything if event["type"] in about}
    for event in everything:
        if event["type"] in ("event_retracted", "event_corrected") and event["data"]["target"] in wanted:
            wanted.add(event["id"])
    assert {event["id"] for event in held} == wanted
    assert [(e["branch"], e["position"]) for e in held] == sorted((e["branch"], e["position"]) for e in held)


def test_exporting_again_adds_what_the_log_has_gained(whole: Program, tmp_path: Path, empty: Program) -> None:
    folder, end = tmp_path / "segments", whole.head()["position"]
    first = end // 2
    whole.ok("export", "--segments", str(folder), "--upto", str(first))
    before = {part["path"]: part["sha256"] for part in manifest(folder)["files"]}
    said = whole.ok("export", "--segments", str(folder)).out
    assert f"exported {end - first} events" in said
    after = {part["path"]: part["sha256"] for part in manifest(folder)["files"]}
    kept = {name: digest for name, digest in before.items() if not name.startswith("branches")}
    assert kept.items() <= after.items()
    assert any(name.endswith(".2.jsonl.zst") for name in after)
    assert "exported 0 events" in whole.ok("export", "--segments", str(folder)).out
    empty.ok("import", "--restore", "--segments", str(folder))
    assert empty.head() == whole.head()


def test_more_than_eight_parts_of_a_bucket_become_one(whole: Program, tmp_path: Path, empty: Program) -> None:
    folder, end = tmp_path / "segments", whole.head()["position"]
    for step in range(1, 12):
        whole.ok("export", "--segments", str(folder), "--upto", str(end * step // 11), "--buckets", "2")
        parts = Counter(part["bucket"] for part in manifest(folder)["files"] if part["holds"] == "events")
        assert max(parts.values()) <= 8
        named = {part["path"] for part in manifest(folder)["files"]}
        assert {path.name for path in folder.iterdir()} == named | {"manifest.json", ".lock"}
    for lines in events_of(folder).values():
        versions: dict[str, int] = {}
        for line in lines:
            versions[line["branch"]] = versions.get(line["branch"], 0) + 1
            assert line["version"] == versions[line["branch"]]
    whole.ok("segments", "check", str(folder))
    empty.ok("import", "--restore", "--segments", str(folder))
    assert empty.head() == whole.head()


def test_a_branch_stays_in_its_bucket_when_it_is_moved(empty: Program, tmp_path: Path) -> None:
    folder = tmp_path / "segments"
    for code in ("east", "west"):
        empty.ok("log", "branch-registered", "--branch", code, "--on", "2020-01-01", "--name", code,
                 "--organization", "committee")  # fmt: skip
    empty.ok(
        "log", "branch-registered", "--branch", "b1", "--on", "2020-01-01", "--name", "b", "--parent", "east"
    )
    empty.ok("export", "--segments", str(folder), "--buckets", "97")
    before = {line["branch"]: bucket for bucket, lines in events_of(folder).items() for line in lines}
    empty.ok("log", "branch-moved", "--branch", "b1", "--on", "2021-01-01", "--parent", "west")
    empty.ok(
        "log", "branch-registered", "--branch", "b2", "--on", "2021-01-01", "--name", "b", "--parent", "b1"
    )
    empty.ok("export", "--segments", str(folder))
    after = {line["branch"]: bucket for bucket, lines in events_of(folder).items() for line in lines}
    assert before["b1"] == before["east"] != before["west"]
    assert after == {**before, "b2": before["west"]}


def test_wrong_usage_is_told(whole: Program, tmp_path: Path) -> None:
    folder, end = str(tmp_path / "segments"), whole.head()["position"]
    for words, said in (
        (("--segments", folder, "--upto", str(end + 1)), f"beyond the ledger: its last position is {end}"),
        (("--segments", folder, "--buckets", "0"), "--buckets must lie between 1 and"),
        (("--segments", folder, "--format", "csv"), "without a file and --format"),
        (("--upto", "3"), "go with --segments"),
    ):
        result = whole("export", *words)
        assert (result.status, said in result.err) == (2, True), result
    whole.ok("export", "--segments", folder, "--buckets", "3")
    other = whole("export", "--segments", folder, "--buckets", "4")
    assert (other.status, "divided into 3 buckets, not 4" in other.err) == (1, True)
    behind = whole("export", "--segments", folder, "--upto", "5")
    assert (behind.status, f"already goes up to position {end}" in behind.err) == (1, True)


def test_an_empty_ledger_has_segments_too(empty: Program, tmp_path: Path) -> None:
    folder = str(tmp_path / "segments")
    empty.ok("export", "--segments", folder)
    assert "ok: up to position 0" in empty.ok("segments", "check", folder).out
