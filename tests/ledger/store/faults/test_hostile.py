"""A ledger that others wrote is input, too: its chain holds, and what stands in it cannot be read."""

import json
from pathlib import Path
from typing import Any

import pytest

from ledger.store.codec import Draft
from ledger.store.event_store import Store
from tests.ledger.store.drafts import NOW
from tests.program import Program

IDS = [f"00000000-0000-4000-8000-{number:012d}" for number in range(20)]
FORM = "college-staff-branch-2019"


def event(number: int, word: str, payload: dict[str, Any], **changes: Any) -> Draft:
    plain = Draft(IDS[number], "b1", word, 1, "2019-03-12", None, json.dumps(payload), "sec-b1")
    return plain._replace(**changes)


REGISTERED = event(0, "branch_registered", {"name": "一", "organization": "branch"}, occurred_on="2018-01-01")
ADOPTED = event(1, "rubric_adopted", {"rubric": FORM}, occurred_on="2018-12-31")
MEETING = {"kind": "general_meeting", "evidence": []}
RAISED = {
    "rubric": FORM,
    "clause": "1.1",
    "obligation": "x",
    "rung": "day",
    "due_on": "2019-03-12",
    "missing": "1",
    "at_stake": "0.10",
}
SEALED = {
    "rubric": FORM,
    "period": "2019",
    "on": "2019-12-31",
    "position": 2,
    "head": "sha256:" + "0" * 64,
    "rubric_version": "1",
    "rubric_digest": "sha256:" + "0" * 64,
    "rubric_text": "id: [",
    "answer_digest": "sha256:" + "0" * 64,
    "answer": "{",
    "program": "zhibu 1",
}

UNREADABLE = {
    "an id that is no UUID": event(2, "meeting_held", MEETING, id="x"),
    "a day that is none": event(2, "meeting_held", MEETING, occurred_on="2019-02-31"),
    "a day in another spelling": event(2, "meeting_held", MEETING, occurred_on="20190312"),
    "money that is none": event(2, "dues_paid", {"member": "m1", "month": "2019-03", "amount": "abc"}),
    "a huge exponent": event(
        2, "dues_paid", {"member": "m1", "month": "2019-03", "amount": "1e-99999999999999999"}
    ),
    "a word of no vocabulary": event(2, "meeting_held", {"kind": "séance"}),
    "a type that nobody knows": event(2, "moon_landed", {}),
    "a shape of the future": event(2, "meeting_held", MEETING, schema_version=99),
    "a payload that is a list": event(2, "meeting_held", {}, data="[]"),
    "a payload that is no JSON": event(2, "meeting_held", {}, data="{"),
    "a payload of nothing": event(2, "meeting_held", {}, data="null"),
    "a month that is none": event(2, "meeting_held", MEETING, counts_for="2019-99"),
    "a branch that is no code": event(2, "meeting_held", MEETING, branch="../etc"),
    "a field too many": event(2, "meeting_held", {**MEETING, "salary": 1}),
    "a target that is none": event(2, "event_retracted", {"target": IDS[9], "reason": "x"}),
    "a target that is itself": event(2, "event_corrected", {"target": IDS[2], "reason": "x", "data": {}}),
    "a retraction of nothing": event(2, "event_retracted", {"reason": "x"}),
    "a correction of another type": event(
        2, "event_corrected", {"target": IDS[1], "reason": "x", "data": {"kind": "general_meeting"}}
    ),
    "a reminder without its day": event(2, "reminder_raised", {k: RAISED[k] for k in ("rubric", "clause")}),
    "an adoption of a file": event(2, "rubric_adopted", {"rubric": "../../etc/passwd"}),
    "an adoption of a number": event(2, "rubric_adopted", {"rubric": 5}),
    "points of a text": event(
        2, "clause_assessed", {"rubric": FORM, "clause": "1.1", "assessor": "self", "points": "many"}
    ),
}
READABLE = {
    "a certificate of nothing": event(2, "score_sealed", SEALED),
    "an assessment of a clause that is none": event(
        2, "clause_assessed", {"rubric": FORM, "clause": "9.9.9", "assessor": "self", "points": "1.00"}
    ),
    "a waiver of a form that is none": event(
        2, "clause_waived", {"rubric": "none", "clause": "1", "reason": "x", "until": "2019-12-31"}
    ),
    "an adoption of a form that is none": event(2, "rubric_adopted", {"rubric": "none"}),
    "a reminder of a form that is none": event(2, "reminder_raised", {**RAISED, "rubric": "none"}),
}
COMMANDS: list[tuple[str, ...]] = [
    ("history",),
    ("score", FORM, "--period", "2019", "--format", "json", "--explain"),
    ("explain", FORM, "1.1", "--branch", "b1", "--period", "2019"),
    ("compare", FORM, "--period", "2019", "--branch", "b1", "--as-of", "1"),
    ("due", "--on", "2019-03-20"),
    ("reminders",),
    ("remind", "--on", "2019-03-20", "--dry-run"),
    ("check-seal", IDS[2]),
    ("ack", IDS[2]),
    ("retract", IDS[2], "--reason", "x"),
    ("correct", IDS[2], "--reason", "x", "--kind", "study"),
    ("export", "--format", "csv"),
    ("export", "{folder}/log.xlsx"),
    ("draw", "--branch", "b1", "--share", "0.5", "--on", "2019-03-20"),
    ("seal", FORM, "--period", "2018", "--branch", "b1"),
    ("log", "meeting-held", "--branch", "b1", "--on", "2019-03-01", "--kind", "study", "--format", "json"),
    ("head",),
]


def hostile(store: Store, draft: Draft) -> None:
    with store.appending(NOW) as appender:
        appender.append([REGISTERED, ADOPTED, draft])


def run_all(zhibu: Program, folder: Path, turn: int = 0, of: int = 1) -> None:
    """Run every command; or, where many faults are tried, the share whose turn it is."""
    for words in COMMANDS[turn % of :: of]:
        said = zhibu(*(word.format(folder=folder) for word in words))
        assert "inside zhibu" not in said.err, (words, said.err)
        assert "Traceback" not in said.err, words
        assert said.status in (0, 1, 2), words


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_named_by_verify_and_breaks_no_command(
    sqlite_store: Store, tmp_path: Path, name: str
) -> None:
    hostile(sqlite_store, UNREADABLE[name])
    zhibu = Program(sqlite_store.url)
    said = zhibu("verify")
    assert said.status == 1
    assert said.err.startswith("Position 3 does not hold: it cannot be read ("), said.err
    run_all(zhibu, tmp_path, list(UNREADABLE).index(name), 3)


@pytest.mark.parametrize("name", READABLE)
def test_what_can_be_read_and_means_nothing_breaks_no_command(
    sqlite_store: Store, tmp_path: Path, name: str
) -> None:
    hostile(sqlite_store, READABLE[name])
    zhibu = Program(sqlite_store.url)
    zhibu.ok("verify")
    run_all(zhibu, tmp_path)


@pytest.mark.parametrize(
    "name", sorted(set(UNREADABLE) - {"a target that is none", "a target that is itself"})
)
def test_a_restore_refuses_what_cannot_be_read_and_names_its_line(
    sqlite_store: Store, tmp_path: Path, name: str
) -> None:
    if name in ("a payload that is no JSON", "a correction of another type"):
        pytest.skip("no line of an export can say it, or its target says it")
    hostile(sqlite_store, UNREADABLE[name])
    from io import BytesIO

    from ledger.files.export import export_jsonl

    stream = BytesIO()
    export_jsonl(sqlite_store, stream)
    (tmp_path / "full.jsonl").write_bytes(stream.getvalue())
    other = Program(tmp_path / "other.db")
    other.ok("init")
    said = other("import", "--restore", str(tmp_path / "full.jsonl"))
    assert said.status == 1
    assert f"{tmp_path}/full.jsonl:3: " in said.err, said.err
    assert "inside zhibu" not in said.err
    assert other.head()["position"] == 0


def test_settings_that_were_tampered_with_break_no_command(sqlite_store: Store, tmp_path: Path) -> None:
    hostile(sqlite_store, event(2, "meeting_held", MEETING))
    zhibu = Program(sqlite_store.url)
    for key in ("last_sweep_at", "timezone"):
        for value in ("", "x" * 5_000, "2019-02-31", "\x00", "../../etc/passwd", "😀"):
            sqlite_store.set_setting(key, value)
            run_all(zhibu, tmp_path, len(value), 4)
        sqlite_store.set_setting(key, "Asia/Shanghai")
