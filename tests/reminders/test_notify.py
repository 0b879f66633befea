"""`zhibu notify`, and that no address is ever shown."""

import re
import sqlite3

import pytest

from tests.ledger.delivery.servers import Hook, Mailbox
from tests.program import Program, figures, process, widest
from tests.reminders.ledgers import remind, reminders

ON = ("--on", "2019-01-29")
SECRET = "s3cr3tT0ken"


def test_recipients_are_added_listed_tried_and_removed(ladder: Program, chat: Hook, mail: Mailbox) -> None:
    ladder.ok(
        "notify",
        "add",
        "--branch",
        "b1",
        "--branch",
        "c",
        "--rung",
        "overdue",
        "--lang",
        "zh",
        chat.url(f"/{SECRET}"),
    )
    ladder.ok("notify", "add", "--branch", "b1", "-", stdin=f"{mail.url()}\n")
    listed = ladder.ok("notify", "list", "--format", "json").json
    assert [(one["id"], one["language"], one["wants"]) for one in listed] == [
        (1, "zh", {"b1": ["overdue"], "c": ["overdue"]}),
        (2, "en", {"b1": ["lead", "near", "day", "overdue"]}),
    ]
    assert [one["id"] for one in ladder.ok("notify", "list", "--branch", "c", "--format", "json").json] == [1]
    ladder.ok("notify", "test")
    assert [len(chat.posts), len(mail.mails)] == [1, 1]
    assert re.search("[一-鿿]", chat.posts[0].json["title"])
    assert not re.search("[一-鿿]", mail.mails[0][2]["Subject"])
    ladder.ok("notify", "remove", "1", "--branch", "b1")
    assert ladder.ok("notify", "list", "--format", "json").json[0]["wants"] == {"c": ["overdue"]}
    ladder.ok("notify", "remove", "1")
    assert [one["id"] for one in ladder.ok("notify", "list", "--format", "json").json] == [2]
    gone = ladder("notify", "remove", "1")
    assert (gone.status, "1" in gone.err) == (1, True)


def test_a_test_that_fails_says_so_and_ends_with_1(ladder: Program, chat: Hook) -> None:
    assert ladder("notify", "test").status == 1
    ladder.ok("notify", "add", "--branch", "b1", chat.url(f"/{SECRET}"))
    chat.answers[f"/{SECRET}"] = (403, {})
    result = ladder("notify", "test", "1")
    assert (result.status, result.out) == (1, "")
    assert "HTTP 403" in result.err
    assert SECRET not in result.err


def test_a_failing_recipient_is_shown_where_recipients_and_reminders_are(ladder: Program, chat: Hook) -> None:
    ladder.ok("notify", "add", "--branch", "b1", chat.url(f"/{SECRET}"))
    chat.answers[f"/{SECRET}"] = (503, {})
    result = remind(ladder, *ON)
    assert "HTTP 503" in result.err
    again = remind(ladder, *ON)
    assert figures(again.out.splitlines()[-1])[-2:] == [0, 1]
    assert "HTTP 503" in again.err
    (one,) = ladder.ok("notify", "list", "--format", "json").json
    assert (one["waiting"], one["failing"], one["attempts"], one["last_error"]) == (1, 1, 1, "http 503")
    for said in (ladder.ok("notify", "list"), ladder.ok("notify", "list", lang="zh"), reminders(ladder)):
        assert "HTTP 503" in " ".join(said.out.split())


def test_a_recipient_that_was_revoked_is_told_at_once_and_tried_no_more_until_it_is_changed(
    ladder: Program, chat: Hook
) -> None:
    ladder.ok("notify", "add", "--branch", "b1", chat.url(f"/{SECRET}"))
    chat.answers[f"/{SECRET}"] = (410, {})
    said = remind(ladder, *ON).err
    assert "HTTP 410" in said
    remind(ladder, "--on", "2019-01-31")
    assert len(chat.posts) == 1
    (one,) = ladder.ok("notify", "list", "--format", "json").json
    assert (one["stopped"], one["waiting"]) == ("http 410", 2)
    del chat.answers[f"/{SECRET}"]
    ladder.ok("notify", "test", "1")
    (one,) = ladder.ok("notify", "list", "--format", "json").json
    assert one["stopped"] is None
    remind(ladder, "--on", "2019-02-01")
    assert len(chat.posts) > 2


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_lists_fit_eighty_columns(ladder: Program, lang: str) -> None:
    for number in range(3):
        host = "hooks.a-rather-long-name-of-a-machine.example.org"
        ladder.ok("notify", "add", "--branch", "b1", "--branch", "b2", f"jsons://{host}/{number}")
    for words in (("notify", "list"), ("remind", *ON, "--dry-run"), ("reminders",)):
        assert widest(ladder.ok(*words, lang=lang).out) <= 80


def test_no_secret_is_in_the_log_the_exports_or_anything_that_is_printed(ladder: Program, chat: Hook) -> None:
    url = f"http://127.0.0.1:{chat.port}/cgi-bin/webhook/send?key={SECRET}"
    chat.answers["/cgi-bin/webhook/send"] = (200, {"errcode": 1, "errmsg": f"bad key {SECRET}"})
    said = [ladder.ok("notify", "add", "--branch", "b1", url)]
    said.append(
        ladder.ok(
            "notify", "add", "--branch", "b1", f"jsons://user:{SECRET}@127.0.0.1:9/{SECRET}?+A={SECRET}"
        )
    )
    said.append(remind(ladder, *ON))
    said += [
        ladder(*words.split())
        for words in (
            "notify list",
            "notify list --format json",
            "notify test",
            "history",
            "export",
            "reminders",
            "reminders --format json",
        )
    ]
    assert any("bad key ***" in one.out for one in said)
    assert not [one for one in said if SECRET in one.out + one.err]
    with sqlite3.connect(ladder.ledger) as ledger:
        assert ledger.execute(
            "SELECT count(*) FROM deliveries WHERE last_error LIKE ?", (f"%{SECRET}%",)
        ).fetchone() == (0,)
        assert ledger.execute(
            "SELECT count(*) FROM events WHERE data LIKE ?", (f"%{SECRET}%",)
        ).fetchone() == (0,)
        ledger.execute("UPDATE recipients SET url = 'nothing://' || url")
    ledger.close()
    traced = ladder("notify", "test")
    assert (traced.status, SECRET in traced.err) == (1, False)


def test_not_even_a_traceback_of_a_broken_ledger_shows_an_address(ladder: Program) -> None:
    with sqlite3.connect(ladder.ledger) as ledger:
        ledger.execute(
            "CREATE TRIGGER broken BEFORE INSERT ON recipients BEGIN SELECT RAISE(ABORT, 'broken'); END"
        )
    ledger.close()
    environ = {"ZHIBU_LEDGER": str(ladder.ledger), "ZHIBU_DEBUG": "1"}
    result = process("notify", "add", "--branch", "b1", f"json://127.0.0.1/{SECRET}", environ=environ)
    assert (result.status, "Traceback" in result.err) == (1, True)
    assert SECRET not in result.err
