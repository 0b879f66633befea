"""`zhibu remind`, `reminders`, `ack` and `notify`, as people and programs use them."""

import re

import pytest

from tests.ledger.delivery.servers import Hook
from tests.program import Program, figures, loaded_by, widest
from tests.reminders.ledgers import remind, reminders

ON = ("--on", "2019-01-29")
SECRET = "s3cr3tT0ken"


def test_a_dry_run_and_the_sweep_answer_the_same_list(ladder: Program) -> None:
    head = ladder.head()
    would = remind(ladder, *ON, "--dry-run", "--format", "json").json
    assert ladder.head() == head
    assert [set(one) for one in would] == [
        {"id", "branch", "rubric", "clause", "obligation", "rung", "due_on", "missing", "at_stake"}
    ] * 2
    assert would[0] == {
        **would[0],
        "branch": "b1",
        "rubric": "ladder",
        "clause": "1.1",
        "obligation": "ladder/1.1/1/2019-01",
        "rung": "near",
        "due_on": "2019-01-31",
        "missing": "1",
        "at_stake": "0.20",
    }
    assert remind(ladder, *ON, "--format", "json", lang="zh").json == would
    assert remind(ladder, *ON, "--format", "json").json == []
    assert ladder.head()["position"] == head["position"] + 2


def test_a_sweep_tells_people_what_it_did_and_what_they_should_know(ladder: Program) -> None:
    english = remind(ladder, *ON, "--dry-run")
    assert figures(english.out.splitlines()[-1]) == [2]
    result = remind(ladder, *ON, lang="zh")
    assert figures(result.out.splitlines()[-1]) == [2, 0]
    assert figures(result.err) == [2]
    assert figures(remind(ladder, *ON).out.splitlines()[-1])[0] == 0


def test_a_year_without_a_notice_is_said_to_be_provisional(ladder: Program) -> None:
    result = remind(ladder, "--on", "2045-10-25", "--format", "json")
    assert {one["rung"] for one in result.json} == {"lead", "overdue"}
    assert "2045" in result.err


def test_a_reminder_is_delivered_acknowledged_and_settled(ladder: Program, chat: Hook) -> None:
    ladder.ok("notify", "add", "--branch", "b1", chat.url())
    remind(ladder, *ON)
    listed = reminders(ladder, "--format", "json").json
    one, other = listed
    assert [d["recipient"] for d in one["deliveries"]] == [1]
    assert one["deliveries"][0]["delivered_at"] is not None
    assert (other["deliveries"], other["acknowledged_at"], other["settled"]) == ([], None, False)
    ladder.ok("ack", one["id"], "--note", "周五开会", "--by", "sec-b1")
    ladder.ok("log", "meeting-held", "--branch", "b2", "--kind", "committee_meeting", "--on", "2019-01-30")
    one, other = reminders(ladder, "--format", "json").json
    assert (one["note"], one["acknowledged_by"], one["settled"]) == ("周五开会", "sec-b1", False)
    assert other["settled"] is True
    assert [r["branch"] for r in reminders(ladder, "--open", "--format", "json").json] == ["b1"]
    assert [r["branch"] for r in reminders(ladder, "--branch", "b2", "--format", "json").json] == ["b2"]
    for lang in ("en", "zh"):
        table = reminders(ladder, lang=lang).out
        assert re.search(r"^2019-01-31 .*b1", table, re.MULTILINE)
        assert re.search(r"sec-b1.*周五开会", table)
        assert widest(table) <= 80


def test_a_late_settlement_counts_across_the_years(ladder: Program) -> None:
    remind(ladder, "--on", "2020-01-05")
    listed = reminders(ladder, "--format", "json").json
    assert {one["due_on"] for one in listed} == {"2019-12-31"}
    ladder.ok("log", "meeting-held", "--branch", "b1", "--kind", "general_meeting", "--on", "2019-12-30")
    settled = {
        (one["branch"], one["clause"]): one["settled"] for one in reminders(ladder, "--format", "json").json
    }
    assert settled == {("b1", "1.1"): False, ("b1", "1.2"): True, ("b2", "1.1"): False, ("b2", "1.2"): False}


def test_without_its_form_whether_a_reminder_is_settled_is_not_known(ladder: Program) -> None:
    remind(ladder, *ON)
    listed = ladder.ok("reminders", "--format", "json").json
    assert [one["settled"] for one in listed] == [None, None]
    result = ladder.ok("remind", *ON, "--format", "json")
    assert result.json == []
    assert "ladder" in result.err
    ladder.environ["ZHIBU_RUBRICS"] = str(ladder.ledger.parent)
    assert [one["settled"] for one in ladder.ok("reminders", "--format", "json").json] == [False, False]
    assert ladder.ok("remind", "--on", "2019-01-31").err.count(" 2 ") == 1


def test_an_unknown_reminder_cannot_be_acknowledged(ladder: Program) -> None:
    for name in ("566a6b35-51d9-5ae7-b81d-ece30a6fe7d5", "nonsense"):
        result = ladder("ack", name)
        assert (result.status, result.out) == (1, "")
        assert name in result.err


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("remind --on yesterday", "--on must be a day"),
        ("remind --branch b9", 'no branch "b9"'),
        ("remind --rubric nix", "no such rubric"),
        ("remind --format yaml", "--format must be one of"),
        ("reminders --branch b9", 'no branch "b9"'),
        ("notify add json://127.0.0.1", "missing option --branch"),
        ("notify add --branch b9 json://127.0.0.1", 'no branch "b9"'),
        ("notify add --branch b1", "missing argument URL"),
        ("notify add --branch b1 --rung soon json://127.0.0.1", "--rung must be one of"),
        (f"notify add --branch b1 https://example.org/{SECRET}", "no address that can be notified"),
        (f"notify add --branch b1 json://127.0.0.1/{SECRET}{'x' * 2000}", "at most 2000 bytes"),
        ("notify remove", "missing argument ID"),
        ("notify list --branch b9", 'no branch "b9"'),
        ("schedule --at 25:00", "--at must be an hour"),
        ("schedule --at noon", "--at must be an hour"),
        ("schedule --rubric nix", "no such rubric"),
    ],
)
def test_a_wrong_command_line_is_told_without_any_secret(line: str, expected: str, ladder: Program) -> None:
    before = ladder.head()
    result = ladder(*line.split())
    assert (result.status, result.out) == (2, "")
    assert expected in result.err
    assert SECRET not in result.err
    assert ladder.head() == before


@pytest.mark.parametrize("words", [("remind",), ("notify", "add"), ("schedule",), ("ack",)], ids=" ".join)
def test_help_pages_need_no_library_that_sends_or_schedules(words: tuple[str, ...]) -> None:
    heavy = {"apprise", "requests", "apscheduler", "sqlalchemy", "chinese_calendar"}
    assert not loaded_by(*words, "--help") & heavy
