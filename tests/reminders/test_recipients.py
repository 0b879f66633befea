"""`zhibu notify remove --branch`, the list of recipients, and `zhibu ack` of what was acknowledged."""

import re

import pytest

from tests.ledger.delivery.servers import Hook
from tests.program import Program, widest
from tests.reminders.ledgers import remind, reminders

ON = ("--on", "2019-01-29")


def wants(ladder: Program) -> dict[int, list[str]]:
    return {one["id"]: list(one["wants"]) for one in ladder.ok("notify", "list", "--format", "json").json}


def test_a_branch_is_taken_from_a_recipient_that_hears_others(ladder: Program, chat: Hook) -> None:
    ladder.ok("notify", "add", "--branch", "b1", "--branch", "b2", "--branch", "c", chat.url())
    ladder.ok("notify", "remove", "1", "--branch", "b1")
    assert wants(ladder) == {1: ["b2", "c"]}
    ladder.ok("notify", "remove", "1", "--branch", "c", lang="zh")
    assert wants(ladder) == {1: ["b2"]}


def test_a_recipient_that_hears_no_other_branch_is_removed(ladder: Program, chat: Hook) -> None:
    ladder.ok("notify", "add", "--branch", "b1", chat.url())
    ladder.ok("notify", "remove", "1", "--branch", "b1")
    assert wants(ladder) == {}


def test_a_branch_that_a_recipient_never_heard_changes_nothing(ladder: Program, chat: Hook) -> None:
    ladder.ok("notify", "add", "--branch", "b1", "--branch", "b2", chat.url("/one"))
    ladder.ok("notify", "add", "--branch", "b1", chat.url("/two"))
    for asked in (("1", "--branch", "c"), ("1", "2", "--branch", "b2")):
        result = ladder("notify", "remove", *asked)
        assert (result.status, result.out) == (1, "")
        assert wants(ladder) == {1: ["b1", "b2"], 2: ["b1"]}
    assert ("b2" in result.err, "b1" in result.err) == (True, True)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_end_of_a_masked_address_is_never_broken(ladder: Program, chat: Hook, lang: str) -> None:
    ladder.ok(
        "notify", "add", "--branch", "b1", "--branch", "b2", "--rung", "near", "--rung", "day", chat.url()
    )
    chat.answers["/hook"] = (403, {})
    remind(ladder, *ON)
    host = "hooks.a-rather-long-name-of-a-machine.example.org"
    ladder.ok("notify", "add", "--branch", "b1", f"jsons://{host}/x")
    shown = ladder.ok("notify", "list", lang=lang).out
    assert f"json://127.0.0.1:{chat.port}/*** " in shown
    assert "jsons://hooks.a-r….example.org/*** " in shown
    assert widest(shown) <= 80


def test_a_second_acknowledgement_without_a_new_note_changes_nothing(ladder: Program) -> None:
    remind(ladder, *ON)
    name = reminders(ladder, "--format", "json").json[0]["id"]
    ladder.ok("ack", name, "--note", "on Friday", "--by", "sec-b1")
    head = ladder.head()
    for words in ((name,), (name, "--note", "on Friday")):
        said = " ".join(ladder.ok("ack", *words).out.split())
        assert re.search("sec-b1.*on Friday", said)
        assert ladder.head() == head
    assert "on Friday" in ladder.ok("ack", name, lang="zh").out


def test_another_note_is_added_and_told(ladder: Program) -> None:
    remind(ladder, *ON)
    name = reminders(ladder, "--format", "json").json[0]["id"]
    ladder.ok("ack", name, "--by", "sec-b1")
    head = ladder.head()["position"]
    ladder.ok("ack", name, "--note", "on Monday")
    assert ladder.head()["position"] == head + 1
    one = reminders(ladder, "--format", "json").json[0]
    assert (one["acknowledged_by"], one["note"]) == ("sec-b1", "on Monday")


def test_instants_are_spelled_alike(ladder: Program, chat: Hook) -> None:
    ladder.ok("notify", "add", "--branch", "b1", chat.url())
    remind(ladder, *ON)
    one = reminders(ladder, "--format", "json").json[0]
    (recipient,) = ladder.ok("notify", "list", "--format", "json").json
    instants = [one["raised_at"], one["deliveries"][0]["delivered_at"], recipient["last_delivered_at"]]
    assert all(instant.endswith("Z") and "+" not in instant for instant in instants)


def test_a_number_is_set_off_from_the_words_behind_it(ladder: Program, chat: Hook) -> None:
    ladder.ok("notify", "add", "--branch", "b1", chat.url())
    chat.answers["/hook"] = (403, {})
    remind(ladder, *ON)
    assert re.search("[一-鿿] 1 [一-鿿]", reminders(ladder, lang="zh").out)


def test_an_unknown_command_of_a_family_points_to_the_familys_help(ladder: Program) -> None:
    result = ladder("notify", "bogus")
    assert (result.status, "See `zhibu notify --help`." in result.err) == (2, True)
    assert "See `zhibu --help`." in ladder("bogus").err


def test_an_ending_that_is_of_no_form_is_wrong_usage(ladder: Program, tmp_path: object) -> None:
    for command, endings in (
        (("due",), ".txt, .json, .ics"),
        (("score", "college-staff-branch-2019", "--period", "2019"), ".txt, .json, .csv, .xlsx, .html"),
    ):
        result = ladder(*command, "--output", f"{tmp_path}/list.pdf")
        assert (result.status, result.out) == (2, "")
        assert f"--output must end in one of {endings}, got .pdf" in result.err
    for more in (("list.txt",), ("list",), ("list.pdf", "--format", "table")):
        ladder.ok("due", "--output", f"{tmp_path}/{more[0]}", *more[1:])
