"""Ids of events that came without one."""

import uuid
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ledger.intake.ready import NAMESPACE, Content, Occurrences, content_id, fresh_id

CONTENT = Content("b1", "meeting_held", "2019-03-12", None, '{"kind":"study","topic":"学习"}')


@given(st.text(), st.integers(min_value=1, max_value=10**6))
def test_the_id_of_content_is_a_uuid5_of_its_texts(data: str, occurrence: int) -> None:
    content = CONTENT._replace(data=data.encode("utf-8", "replace").decode(), counts_for="2019-02")
    name = f"{occurrence}\nb1\nmeeting_held\n2019-03-12\n2019-02\n{content.data}"
    assert content_id(content, occurrence) == str(uuid.uuid5(NAMESPACE, name))


def test_an_id_once_given_to_a_content_stays_the_same_for_ever() -> None:
    assert content_id(CONTENT) == "8383292f-8ab0-5019-afb8-4a207220ce44"


def test_the_second_of_two_equal_contents_has_another_id() -> None:
    first, again = Occurrences(), Occurrences()
    ids = [first.next_id(CONTENT), first.next_id(CONTENT), first.next_id(CONTENT)]
    assert len(set(ids)) == 3
    assert [again.next_id(CONTENT) for _ in ids] == ids


def test_every_part_of_the_content_counts() -> None:
    others = [
        CONTENT._replace(branch="b2"),
        CONTENT._replace(type="lecture_given"),
        CONTENT._replace(occurred_on="2019-03-13"),
        CONTENT._replace(counts_for="2019-03"),
        CONTENT._replace(data="{}"),
    ]
    assert len({content_id(content) for content in (CONTENT, *others)}) == 6


def test_a_fresh_id_is_a_uuid7_that_tells_the_instant() -> None:
    now = datetime(2026, 11, 21, 8, 30, 0, 123_999, tzinfo=timezone(timedelta(hours=8)))
    fresh = uuid.UUID(fresh_id(now))
    assert (fresh.version, fresh.variant) == (7, uuid.RFC_4122)
    assert datetime.fromtimestamp((fresh.int >> 80) / 1000, UTC) == now.replace(microsecond=123_000)


def test_fresh_ids_of_one_instant_differ_and_later_ones_sort_later() -> None:
    now = datetime(2026, 11, 21, tzinfo=UTC)
    assert len({fresh_id(now) for _ in range(100)}) == 100
    assert fresh_id(now) < fresh_id(now + timedelta(milliseconds=1))


def test_the_page_on_files_tells_how_an_id_is_made() -> None:
    page = (Path(__file__).parents[3] / "docs/files.md").read_text("utf-8")
    assert str(NAMESPACE) in page
    assert uuid.uuid5(uuid.NAMESPACE_URL, "https://zhibu.invalid/content") == NAMESPACE
