"""The bytes that are hashed, as docs/ledger-format.md promises them to outsiders."""

import hashlib
import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.store.codec import (
    COLUMNS,
    GENESIS,
    Recorded,
    canonical_bytes,
    hash_of,
    instant_text,
    parse_instant,
)
from ledger.store.event_store import Store
from tests.ledger.store.drafts import NOW, draft

PAGE = Path(__file__).parents[3] / "docs" / "ledger-format.md"

texts = st.text(st.characters(exclude_categories=["Cs"]))
wholes = st.integers(0, 2**53)


def test_a_row_has_the_canonical_bytes_and_the_hash_that_it_always_had() -> None:
    row = (7, "id-7", "b1", 3, "meeting_held", 1, "2019-03-12", None, '{"topic":"党课\\n"}', "sec-b1")
    canonical = canonical_bytes(*row, "2019-03-12T08:00:00.000000Z", GENESIS)
    assert canonical.decode() == (
        '{"branch":"b1","counts_for":null,"data":"{\\"topic\\":\\"党课\\\\n\\"}","id":"id-7",'
        '"occurred_on":"2019-03-12","position":7,"prev_hash":"sha256:' + "0" * 64 + '",'
        '"recorded_at":"2019-03-12T08:00:00.000000Z","recorded_by":"sec-b1","schema_version":1,'
        '"type":"meeting_held","version":3}'
    )
    assert hash_of(canonical) == "sha256:" + hashlib.sha256(canonical).hexdigest()


@given(
    st.builds(
        Recorded,
        **dict.fromkeys(COLUMNS, texts)
        | dict.fromkeys(("position", "version", "schema_version"), wholes)
        | {name: st.none() | texts for name in ("counts_for", "recorded_by")},
    )
)
def test_canonical_bytes_are_what_any_json_library_writes(recorded: Recorded) -> None:
    columns = dict(zip(COLUMNS[:-1], recorded, strict=False))
    plain = json.dumps(columns, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert canonical_bytes(*recorded[:-1]) == plain.encode()


def test_the_page_names_the_columns_in_their_order() -> None:
    assert re.findall(r"^\| `(\w+)` \|", PAGE.read_text("utf-8"), re.MULTILINE) == list(COLUMNS)


def test_the_lines_of_the_page_verify_a_ledger_and_find_a_changed_row(
    sqlite_store: Store, tmp_path: Path
) -> None:
    (script,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    (tmp_path / "check.py").write_text(script, "utf-8")

    def check() -> str:
        command = [sys.executable, str(tmp_path / "check.py"), str(sqlite_store.address.database)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.stdout.strip() or done.stderr.strip()

    assert check() == f"0 {GENESIS}"
    with sqlite_store.appending(NOW) as appender:
        appender.append([draft(n, data=f'{{"topic":"第{n}次\\t\\"…😀"}}') for n in range(1, 9)])
    assert check() == "{} {}".format(*sqlite_store.head())
    with sqlite_store.connection() as connection:
        connection.execute("DROP TRIGGER events_never_updated")
        connection.execute("UPDATE events SET occurred_on = '2019-03-13' WHERE position = 5")
    assert check() == "position 5 does not hold"


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))])))
def test_instants_are_kept_to_the_microsecond_and_sort_as_texts(instant: datetime) -> None:
    try:
        instant.astimezone(UTC)
    except OverflowError:
        return
    text = instant_text(instant)
    assert parse_instant(text) == instant
    assert len(text) == 27
    assert (text < instant_text(NOW)) == (instant < NOW)


@pytest.mark.parametrize("text", ["", "2019-03-12", "2019-03-12T08:00:00Z", "2019-03-12T08:00:00.000000+"])
def test_another_text_is_no_instant(text: str) -> None:
    with pytest.raises(ValueError, match=r"instant|isoformat"):
        parse_instant(text)
