"""On PostgreSQL, secrets are for the role that sends."""

import re
from pathlib import Path

import pytest

from ledger.delivery.outbox import Parcel, claim, enqueue, fates, mark_delivered, standings, waiting
from ledger.delivery.recipients import add_recipient, read_recipients, remove_recipient
from ledger.errors import LedgerUnavailable
from ledger.store.event_store import Store
from tests import postgres
from tests.ledger.store.drafts import NOW, drafts


def test_the_role_of_the_page_can_do_all_that_reminders_need_and_a_clerk_sees_no_recipient(
    postgres_server: postgres.Server, postgres_url: str
) -> None:
    page = (Path(__file__).parents[3] / "docs" / "postgresql.md").read_text("utf-8")
    grants = re.findall(r"```sql\n(CREATE ROLE (?:clerk|reminder) .*?)```", page, re.DOTALL)
    assert len(grants) == 2
    postgres_server.execute("\n".join(grants), "ledger")
    try:
        with Store.open(postgres_server.url("ledger", "reminder")) as store:
            number = add_recipient(store, "json://127.0.0.1/s3cret", ["b1"], ["lead"], "zh", NOW)
            with store.appending(NOW) as appender:
                appender.append(drafts(1))
                enqueue(appender, [Parcel(number, "title", "body", ["r1"])] * 30, NOW)
            for name in waiting(store, NOW)[number]:
                assert claim(store, name, NOW)
                mark_delivered(store, name, NOW)
            assert len(fates(store, ["r1"])["r1"]) == 30
            assert standings(store)[number].waiting == 0
        with (
            Store.open(postgres_server.url("ledger", "clerk")) as store,
            pytest.raises(LedgerUnavailable, match="lacks the rights"),
        ):
            read_recipients(store)
        with Store.open(postgres_server.url("ledger", "reminder")) as store:
            assert remove_recipient(store, number)
    finally:
        postgres_server.execute(
            "DROP OWNED BY reminder; DROP ROLE reminder; DROP OWNED BY clerk; DROP ROLE clerk", "ledger"
        )
