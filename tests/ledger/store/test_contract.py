"""What every store does, on SQLite and on PostgreSQL alike."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ledger.errors import IdTaken, LedgerNotEmpty, VersionConflict
from ledger.store.codec import GENESIS, Draft, Head, Recorded
from ledger.store.event_store import Store
from tests.ledger.store.drafts import NOW, draft, drafts

MANY = 10_001


def append(store: Store, *new: Draft, now: datetime = NOW) -> list[Recorded]:
    with store.appending(now) as appender:
        return appender.append(new)


def test_an_empty_ledger_has_the_genesis_head_and_nothing_to_read(store: Store) -> None:
    assert store.head() == Head(0, GENESIS)
    assert list(store.read()) == []
    assert store.find("none") is None
    assert store.position_at(NOW) == 0
    assert store.verify().head == Head(0, GENESIS)


def test_positions_count_the_log_and_versions_the_branch(store: Store) -> None:
    stored = append(store, draft(1, "a"), draft(2, "b"), draft(3, "a")) + append(store, draft(4, "b"))
    assert [(row.position, row.branch, row.version) for row in stored] == [
        (1, "a", 1),
        (2, "b", 1),
        (3, "a", 2),
        (4, "b", 2),
    ]
    assert list(store.read()) == stored
    assert store.head() == Head(4, stored[-1].hash)


def test_a_row_comes_back_as_it_was_given(store: Store) -> None:
    given = draft(1, counts_for="2019-02", data='{"topic":"a\\"b\\\\c\\t\\n…“党课”😀"}', recorded_by=None)
    (stored,) = append(store, given)
    assert store.find(given.id) == stored
    assert Draft(*(getattr(stored, name) for name in Draft._fields)) == given
    assert stored.payload() == {"topic": 'a"b\\c\t\n…“党课”😀'}


def test_each_hash_covers_the_one_before(store: Store) -> None:
    first, second = append(store, draft(1), draft(2))
    assert (first.prev_hash, second.prev_hash) == (GENESIS, first.hash)


@pytest.mark.parametrize("count", [1, 2, 19, 20, 21, MANY])
def test_a_batch_of_any_size_is_stored_whole(store: Store, count: int) -> None:
    stored = append(store, *drafts(count))
    assert [row.position for row in stored] == list(range(1, count + 1))
    assert list(store.read()) == stored
    assert store.verify() == (store.head(), min(count, 3))


def test_reads_are_bounded_by_after_and_upto(store: Store) -> None:
    append(store, *drafts(10))
    assert [row.position for row in store.read(after=3, upto=6)] == [4, 5, 6]
    assert [row.position for row in store.read(after=8, upto=99)] == [9, 10]
    assert list(store.read(after=10)) == []


def test_reads_choose_a_branch_and_types_across_pages(store: Store) -> None:
    words = ("meeting_held", "lecture_given", "activity_held", "dues_paid")
    append(store, *(draft(n, f"b{n % 2}", type=words[n % 4]) for n in range(1, MANY + 1)))
    everything = list(store.read())
    assert list(store.read(branch="b1")) == [row for row in everything if row.branch == "b1"]
    for types in ({"dues_paid"}, {"dues_paid", "lecture_given", "unknown"}, set()):
        assert list(store.read(types=types)) == [row for row in everything if row.type in types]
    assert list(store.read(branch="b1", types=["dues_paid"], after=7000, upto=9000)) == [
        row for row in everything[7000:9000] if row.branch == "b1" and row.type == "dues_paid"
    ]
    assert list(store.read(branch="b0", types=words)) == [row for row in everything if row.branch == "b0"]
    assert store.last("b1", 3) == [row for row in everything if row.branch == "b1"][-3:]
    assert store.last("unknown", 3) == []


def test_a_read_ends_at_the_head_of_its_call_however_the_log_grows(store: Store) -> None:
    append(store, *drafts(6000))
    reading = store.read(types=["meeting_held"])
    seen = [next(reading)]
    append(store, *drafts(6000, first=10_001))
    seen += reading
    assert len(seen) == 6000


def test_many_ids_are_looked_up_at_once(store: Store) -> None:
    stored = append(store, *drafts(6000))
    with store.appending(NOW) as appender:
        found = appender.stored([row.id for row in stored] + [f"absent{n}" for n in range(6000)])
    assert found == {row.id: row for row in stored}


def test_versions_of_many_branches_are_told_zero_for_a_new_one(store: Store) -> None:
    append(store, *(draft(n, f"b{n}") for n in range(6000)), draft(7000, "b7"))
    with store.appending(NOW) as appender:
        versions = appender.versions([*(f"b{n}" for n in range(6000)), "new"])
    assert versions == {f"b{n}": 1 for n in range(6000)} | {"b7": 2, "new": 0}


def test_an_append_with_the_expected_version_is_stored(store: Store) -> None:
    append(store, draft(1, "a"))
    with store.appending(NOW) as appender:
        appender.append([draft(2, "a"), draft(3, "b")], expected={"a": 1, "b": 0})
        appender.append([draft(4, "b")], expected={"b": 1})
    assert store.head().position == 4


def test_nothing_appended_is_nothing_recorded(store: Store) -> None:
    assert append(store) == []
    with pytest.raises(VersionConflict), store.appending(NOW) as appender:
        appender.append([], expected={"a": 1})
    assert store.head().position == 0


def test_an_append_with_another_expected_version_is_refused_and_says_what_to_do(store: Store) -> None:
    append(store, draft(1, "a"), draft(2, "a"))
    with pytest.raises(VersionConflict) as caught, store.appending(NOW) as appender:
        appender.append([draft(3, "b"), draft(4, "a")], expected={"a": 1})
    assert str(caught.value) == 'Stream "a" is at version 2, expected 1: read it again and retry.'
    assert store.head().position == 2


@pytest.mark.parametrize("count", [1, 2, 50])
def test_an_id_that_is_there_already_is_refused_and_nothing_is_written(store: Store, count: int) -> None:
    append(store, draft(5))
    head = store.head()
    with pytest.raises(IdTaken) as caught, store.appending(NOW) as appender:
        appender.append(drafts(count, first=6 - count))
    assert caught.value.event_id == draft(5).id
    assert store.head() == head


def test_an_id_given_twice_in_one_append_is_refused(store: Store) -> None:
    with pytest.raises(IdTaken), store.appending(NOW) as appender:
        appender.append([*drafts(30), draft(7)])
    assert store.head().position == 0


def test_what_an_exception_leaves_is_rolled_back(store: Store) -> None:
    append(store, draft(1))
    with suppress(KeyError), store.appending(NOW) as appender:
        appender.append([draft(2)])
        raise KeyError
    assert store.head().position == 1
    assert [row.position for row in append(store, draft(2))] == [2]


def test_a_failed_append_that_is_passed_over_still_records_nothing(store: Store) -> None:
    append(store, draft(1))
    with (
        pytest.raises(RuntimeError, match="passed over"),
        store.appending(NOW) as appender,
        suppress(IdTaken),
    ):
        appender.append([draft(2), draft(1)])
    assert store.head().position == 1


def test_the_appender_reads_what_it_has_appended_and_nobody_else_does(store: Store) -> None:
    append(store, *drafts(3))
    with store.appending(NOW) as appender:
        new = appender.append([draft(9, "b9")])
        assert list(appender.read(branch="b9")) == new
        assert [row.position for row in appender.read(after=2)] == [3, 4]
        assert appender.stored([draft(9).id]) == {draft(9).id: new[0]}
        assert appender.versions(["b9"]) == {"b9": 1}
        assert store.head().position == 3
        assert store.find(draft(9).id) is None
    assert store.head().position == 4


def test_instants_never_run_backwards_though_the_clock_does(store: Store) -> None:
    append(store, draft(1), now=NOW)
    with store.appending(NOW - timedelta(hours=5)) as appender:
        assert appender.recorded_at == NOW
        appender.append([draft(2)])
    later = NOW + timedelta(microseconds=1)
    append(store, draft(3), now=later.astimezone(tz=None))
    assert [row.recorded_at for row in store.read()] == [
        "2019-03-12T08:00:00.000000Z",
        "2019-03-12T08:00:00.000000Z",
        "2019-03-12T08:00:00.000001Z",
    ]


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="time zone"), store.appending(datetime(2019, 1, 1)):  # noqa: DTZ001
        pass
    with store.appending(NOW):
        pass


def test_the_position_at_an_instant_is_the_last_recorded_by_then(store: Store) -> None:
    append(store, *drafts(3), now=NOW)
    append(store, *drafts(2, first=10), now=NOW + timedelta(seconds=1))
    told = [store.position_at(NOW + timedelta(seconds=step)) for step in (-1, 0, 0.5, 1, 99)]
    assert told == [0, 3, 3, 5, 5]
    assert store.position_at(datetime(2019, 3, 12, 8, 0, 0, 999_999, tzinfo=UTC)) == 3


def test_threads_share_a_store(store: Store) -> None:
    def write(number: int) -> None:
        for step in range(10):
            append(store, *drafts(3, first=1000 * number + 10 * step))
            assert sum(1 for _ in store.read(branch="b1")) > 0

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(1, 7)))
    assert store.verify().head.position == 180


def test_programs_that_take_turns_count_on_from_each_other(store: Store) -> None:
    with Store.open(store.url) as other:
        turns = [
            (store, 1, "a"),
            (store, 2, "a"),
            (other, 3, "a"),
            (store, 4, "a"),
            (other, 5, "b"),
            (other, 6, "a"),
        ]
        told = [append(one, draft(number, branch))[0] for one, number, branch in turns]
        with suppress(ZeroDivisionError), store.appending(NOW) as appender:
            appender.append([draft(7, "a")])
            raise ZeroDivisionError
        told += append(store, draft(8, "a"))
    assert [(row.position, row.version) for row in told] == [
        (1, 1),
        (2, 2),
        (3, 3),
        (4, 4),
        (5, 1),
        (6, 5),
        (7, 6),
    ]
    assert store.verify() == (store.head(), 2)


def test_settings_are_kept_and_changed(store: Store) -> None:
    assert store.setting("timezone") is None
    store.set_setting("timezone", "Asia/Shanghai")
    store.set_setting("timezone", "Asia/Urumqi")
    with Store.open(store.url) as again:
        assert again.setting("timezone") == "Asia/Urumqi"


def test_where_a_log_stands_is_told_at_once_and_anew_each_time(store: Store) -> None:
    roster = frozenset({"member_joined", "member_left"})
    assert store.stand(roster) == (0, 0, None)
    append(store, draft(1), draft(2, type="member_joined"), draft(3))
    assert store.stand(roster) == (3, 2, None)
    with Store.open(store.url) as another:
        another.set_setting("timezone", "Asia/Urumqi")
        append(another, draft(4, type="member_left"))
    assert store.stand(roster) == (4, 4, "Asia/Urumqi")
    assert store.stand({"member_joined"}) == (4, 2, "Asia/Urumqi")


def test_a_ledger_opened_again_goes_on_where_it_stood(store: Store) -> None:
    append(store, *drafts(3))
    with Store.open(store.url) as again:
        assert again.head() == store.head()
        assert [row.position for row in append(again, draft(9))] == [4]
    assert store.head().position == 4


def test_restore_takes_over_positions_instants_and_hashes_as_they_were(
    store: Store, sqlite_template: Path, tmp_path: Path
) -> None:
    with Store.open(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'source.db')}") as source:
        append(source, *drafts(6000))
        append(source, *drafts(1, first=7000), now=NOW + timedelta(days=1))
        rows = list(source.read())
    with store.appending(NOW) as appender:
        assert appender.restore(iter(rows)) == Head(6001, rows[-1].hash)
    assert list(store.read()) == rows
    with store.appending(NOW) as appender:
        (next_one,) = appender.append([draft(8000, "b1")])
    assert (next_one.position, next_one.recorded_at) == (6002, rows[-1].recorded_at)
    assert store.verify().head == store.head()


def test_a_restore_wants_an_empty_ledger(store: Store) -> None:
    rows = append(store, draft(1))
    with pytest.raises(LedgerNotEmpty, match="already holds 1 event"), store.appending(NOW) as appender:
        appender.restore(rows)
    assert store.head().position == 1
