"""Sweeps: nothing lost, nothing doubled, whoever sweeps, whenever, however often."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest

from ledger.delivery.outbox import PAUSES, waiting
from ledger.delivery.recipients import remove_recipient
from ledger.delivery.sending import Delivered, deliver
from ledger.store.event_store import Store
from projections.reminders.ladder import LADDER
from projections.reminders.sweep import LAST_SWEEP
from tests.ledger.delivery.servers import Hook, Mailbox
from tests.reminders.ledgers import GENERAL, MEETING, branches, hear, log, morning, raised, send, sweep_on

DAY = date(2019, 1, 29)
"""Inside the three days before the end of January."""
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _branches(request: pytest.FixtureRequest) -> None:
    """b1 and b2 under c; nothing was held."""
    for name in ("store", "sqlite_store"):
        if name in request.fixturenames:
            branches(request.getfixturevalue(name), date(2018, 12, 31), "c", "b1", "b2", parent="c")


def test_a_sweep_raises_once_and_every_recipient_hears_of_its_branches(store: Store, chat: Hook) -> None:
    hear(store, chat.url("/b1"), "b1")
    hear(store, chat.url("/both"), "b1", "b2")
    hear(store, chat.url("/lead"), "b1", rungs=("lead",))
    swept = sweep_on(store, DAY)
    assert raised(store) == {("b1", "near", "2019-01-31"): 1, ("b2", "near", "2019-01-31"): 1}
    assert (len(swept.raised), swept.messages, swept.unheard) == (2, 2, 0)
    assert send(store, morning(DAY)) == Delivered(2, [])
    assert [len(chat.to(path)) for path in ("/b1", "/both", "/lead")] == [1, 1, 0]
    assert "支部 b2 (b2)" in chat.to("/both")[0].text
    assert "b2" not in chat.to("/b1")[0].text
    assert sweep_on(store, DAY).raised == []
    assert send(store, morning(DAY)) == Delivered(0, [])
    assert store.setting(LAST_SWEEP) == "2019-01-29T00:30:00+00:00"


def test_what_is_overdue_goes_to_the_superior_too_and_one_message_tells_of_all(
    store: Store, chat: Hook
) -> None:
    hear(store, chat.url("/c"), "c")
    hear(store, chat.url("/day"), "c", rungs=("lead", "near", "day"))
    hear(store, chat.url("/b1"), "b1")
    assert sweep_on(store, DAY).unheard == 1
    assert send(store, morning(DAY)).messages == 1
    sweep_on(store, date(2019, 2, 1))
    assert send(store, morning(date(2019, 2, 1))).messages == 2
    (told,) = chat.to("/c")
    assert told.text.splitlines()[0] == "Branch reminders: 2 to do, 2 of them overdue"
    assert "(b1)" in told.text
    assert "(b2)" in told.text
    assert len(chat.to("/b1")) == 2
    assert chat.to("/day") == []


def test_reminders_that_nobody_hears_are_counted(store: Store) -> None:
    swept = sweep_on(store, DAY)
    assert (len(swept.raised), swept.messages, swept.unheard) == (2, 0, 2)


def test_a_dry_run_tells_and_does_nothing(store: Store, chat: Hook) -> None:
    hear(store, chat.url(), "b1")
    before = store.head()
    assert len(sweep_on(store, DAY, dry_run=True).raised) == 2
    assert (store.head(), waiting(store, morning(DAY)), store.setting(LAST_SWEEP)) == (before, {}, None)


def test_a_sweep_of_some_branches_leaves_the_others_to_the_next(store: Store) -> None:
    assert [one.branch for one in sweep_on(store, DAY, branches=["b2"]).raised] == ["b2"]
    assert store.setting(LAST_SWEEP) is None
    assert [one.branch for one in sweep_on(store, DAY).raised] == ["b1"]


def test_who_adopts_a_form_later_is_not_reminded_before(sqlite_store: Store) -> None:
    log(sqlite_store, date(2019, 1, 5), ("b9", "branch_registered", {"name": "新支部"}))
    log(sqlite_store, date(2019, 2, 15), ("b9", "rubric_adopted", {"rubric": "ladder"}))
    today = date(2019, 2, 20)
    for day, expected in ((DAY, 0), (date(2019, 2, 14), 0), (date(2019, 2, 19), 1)):
        found = sweep_on(sqlite_store, day, today=today, branches=["b9"], dry_run=True).raised
        assert len(found) == expected, day


def test_a_machine_that_was_off_for_ten_days_raises_the_highest_rung_only(store: Store) -> None:
    sweep_on(store, date(2019, 1, 22))
    sweep_on(store, date(2019, 2, 1))
    assert raised(store) == {
        (branch, rung, "2019-01-31"): 1 for branch in ("b1", "b2") for rung in ("lead", "overdue")
    }
    assert sweep_on(store, date(2019, 2, 2)).raised == []


def test_a_machine_that_was_off_for_two_months_is_not_flooded(sqlite_store: Store) -> None:
    sweep_on(sqlite_store, date(2019, 5, 20))
    assert raised(sqlite_store) == {(branch, "overdue", "2019-04-30"): 1 for branch in ("b1", "b2")}


def test_a_clock_set_back_doubles_nothing_and_holds_nothing_up(store: Store, chat: Hook) -> None:
    later = date(2019, 2, 4)
    hear(store, chat.url("/good"), "b1")
    chat.answers["/bad"] = (500, {})
    hear(store, chat.url("/bad"), "b2")
    sweep_on(store, later)
    assert send(store, morning(later)).messages == 1
    before = raised(store)
    for back in (1, 6, 20):
        day = later - timedelta(days=back)
        sweep_on(store, day)
        send(store, morning(day))
    assert raised(store) == before
    log(store, date(2019, 1, 20), ("b1", "meeting_held", MEETING))
    recorded = [event.recorded_at for event in store.read()]
    assert recorded == sorted(recorded)
    chat.answers["/bad"] = (200, {})
    assert send(store, morning(date(2019, 1, 20))).messages == 1
    assert len(chat.to("/good")) == 1


def test_a_failing_recipient_is_tried_again_and_holds_up_nobody(
    store: Store, chat: Hook, mail: Mailbox
) -> None:
    bad, good = hear(store, chat.url("/bad"), "b1"), hear(store, mail.url(), "b1")
    chat.answers["/bad"] = (503, {})
    sweep_on(store, DAY)
    done = send(store, morning(DAY))
    assert done.messages == 1
    assert [(one.recipient, one.reason) for one in done.failures] == [(bad, "http 503")]
    assert len(mail.mails) == 1
    assert send(store, morning(DAY) + PAUSES[0] - MINUTE / 2) == Delivered(0, [])
    assert [one.recipient for one in send(store, morning(DAY) + PAUSES[0]).failures] == [bad]
    chat.answers["/bad"] = (200, {})
    assert send(store, morning(DAY) + PAUSES[0] + PAUSES[1]) == Delivered(1, [])
    assert (len(chat.to("/bad")), len(mail.mails)) == (3, 1)
    assert good != bad


def test_a_recipient_that_does_not_answer_holds_up_nobody(sqlite_store: Store, chat: Hook) -> None:
    told = threading.Event()

    def wait(post: Any) -> None:
        if post.path == "/slow":
            assert told.wait(20)
        elif sum(one.path != "/slow" for one in chat.posts) == 12:
            told.set()

    chat.before = wait
    hear(sqlite_store, chat.url("/slow"), "b1")
    for number in range(12):
        hear(sqlite_store, chat.url(f"/quick{number}"), "b1")
    sweep_on(sqlite_store, DAY)
    assert send(sqlite_store, morning(DAY)) == Delivered(13, [])


def test_one_told_to_stop_finishes_what_it_sends_and_leaves_the_rest(sqlite_store: Store, chat: Hook) -> None:
    stop = threading.Event()
    chat.before = lambda _: stop.set()
    for number in range(40):
        hear(sqlite_store, chat.url(f"/{number}"), "b1")
    sweep_on(sqlite_store, DAY)
    done = deliver(sqlite_store, lambda: morning(DAY), stop)
    assert 1 <= done.messages == len(chat.posts) < 40
    assert send(sqlite_store, morning(DAY)).messages == 40 - done.messages
    assert len({post.path for post in chat.posts}) == 40


def test_a_recipient_removed_meanwhile_hears_nothing(sqlite_store: Store, chat: Hook) -> None:
    number = hear(sqlite_store, chat.url(), "b1")
    sweep_on(sqlite_store, DAY)
    remove_recipient(sqlite_store, number)
    assert send(sqlite_store, morning(DAY)) == Delivered(0, [])
    assert chat.posts == []


def test_sweeps_at_once_raise_each_reminder_once_and_send_it_once(store: Store, chat: Hook) -> None:
    branches(store, date(2018, 12, 31), *(f"d{n:02}" for n in range(30)))
    for number in range(30):
        hear(store, chat.url(f"/d{number:02}"), f"d{number:02}")
    with ThreadPoolExecutor(6) as pool:
        swept = list(pool.map(lambda _: sweep_on(store, DAY), range(6)))
    assert set(raised(store).values()) == {1}
    assert sum(len(one.raised) for one in swept) == raised(store).total() == 32
    with ThreadPoolExecutor(6) as pool:
        sent = list(pool.map(lambda _: send(store, morning(DAY)), range(6)))
    assert sum(done.messages for done in sent) == len(chat.posts) == 30


def test_sweeps_of_neighbouring_days_at_once_never_raise_a_lower_rung_after_a_higher(store: Store) -> None:
    days = [date(2019, 1, 27), date(2019, 1, 28), date(2019, 1, 31), date(2019, 2, 1)] * 3
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda day: sweep_on(store, day, today=date(2019, 2, 1)), days))
    for branch in ("b1", "b2"):
        climbed = [
            LADDER.index(str(event.payload()["rung"]))
            for event in store.read(branch=branch, types={"reminder_raised"})
        ]
        assert climbed == sorted(set(climbed))
        assert climbed[-1] == LADDER.index("overdue")


def test_met_obligations_fall_silent_and_missed_ones_do_not(sqlite_store: Store) -> None:
    log(sqlite_store, date(2019, 1, 25), ("b1", "meeting_held", MEETING), ("b2", "meeting_held", GENERAL))
    assert [one.branch for one in sweep_on(sqlite_store, DAY).raised] == ["b2"]


def test_many_branches_and_reminders_are_taken_in_slices_that_nobody_sees(
    store: Store, chat: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut between superiors, and where one has too many below it, between branches."""
    branches(store, date(2018, 12, 31), "p", *(f"p{n}" for n in range(7)), parent="p")
    hear(store, chat.url("/c"), "c")
    hear(store, chat.url("/p"), "p")
    for n in range(7):
        hear(store, chat.url(f"/p{n}"), f"p{n}")
    monkeypatch.setattr("projections.reminders.sweep._AT_ONCE", 4)
    expected = sweep_on(store, date(2019, 2, 1), dry_run=True).raised
    swept = sweep_on(store, date(2019, 2, 1))
    assert swept.raised == expected
    assert [one.branch for one in swept.raised] == sorted(one.branch for one in swept.raised)
    assert raised(store).total() == len(swept.raised) == 9
    assert (swept.messages, swept.unheard) == (10, 0)
    send(store, morning(date(2019, 2, 1)))
    assert Counter(post.path for post in chat.posts) == {"/c": 1, "/p": 2} | {f"/p{n}": 1 for n in range(7)}
    assert sweep_on(store, date(2019, 2, 1)).raised == []
