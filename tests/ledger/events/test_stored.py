"""Every shape ever stored can still be read."""

import json
from pathlib import Path
from typing import Any

import pytest

from ledger.errors import UnknownShape
from ledger.events import CATALOGUE, parse_payload
from ledger.events.stored import STEPS, check_steps, upcast

OLD_LOGS = Path(__file__).parents[1] / "old_logs"
LINES = [
    pytest.param(json.loads(line), id=f"{path.stem}-{number}")
    for path in sorted(OLD_LOGS.glob("*.jsonl"))
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
]


@pytest.mark.parametrize("stored", LINES)
def test_an_old_payload_is_read_as_one_of_today(stored: dict[str, Any]) -> None:
    data = upcast(stored["type"], stored["schema_version"], stored["data"])
    payload = parse_payload(stored["type"], data)
    assert payload.type_word == stored["type"]


def test_old_logs_hold_every_shape_that_every_type_ever_had() -> None:
    shapes = {
        f"{word}.{version}"
        for word, model in CATALOGUE.items()
        for version in range(1, model.schema_version + 1)
    }
    assert {path.stem for path in OLD_LOGS.glob("*.jsonl")} == shapes


def test_the_steps_have_no_gaps() -> None:
    assert check_steps() == []
    assert all(word in CATALOGUE for word, _ in STEPS)


def test_a_payload_climbs_one_step_a_version() -> None:
    steps = {
        ("talk_held", 1): lambda old: {**old, "held_by": old["by"]},
        ("talk_held", 2): lambda old: {name: value for name, value in old.items() if name != "by"},
    }
    today = {"talk_held": 3}
    stored = {"member": "m01", "by": "leader"}
    assert check_steps(steps=steps, today=today) == []
    new = upcast("talk_held", 1, stored, steps=steps, today=today)
    assert new == {"member": "m01", "held_by": "leader"}
    assert upcast("talk_held", 3, new, steps=steps, today=today) == new
    assert stored == {"member": "m01", "by": "leader"}


def test_a_gap_and_a_step_to_nowhere_are_found() -> None:
    steps = {("talk_held", 2): dict, ("talk_held", 3): dict, ("member_hired", 1): dict}
    assert check_steps(steps=steps, today={"talk_held": 3, "member_hired": 1}) == [
        "talk_held: no step from version 1",
        "member_hired: a step from version 1 to none",
        "talk_held: a step from version 3 to none",
    ]


def test_a_missing_step_stops_the_reading() -> None:
    with pytest.raises(UnknownShape):
        upcast("talk_held", 1, {}, steps={}, today={"talk_held": 2})


@pytest.mark.parametrize("version", [0, 2, 99])
def test_a_shape_of_a_newer_program_is_refused_with_what_to_do(version: int) -> None:
    with pytest.raises(UnknownShape) as refused:
        upcast("talk_held", version, {})
    assert "upgrade zhibu" in refused.value.words.en
    assert "请升级程序" in refused.value.words.zh
