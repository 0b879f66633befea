"""Whoever works at the office over c1."""

import pytest

from ledger.store.event_store import Store
from tests.web.client import Browser, entered


@pytest.fixture
def office(committee_url: str, committee: Store) -> Browser:
    return entered(committee_url, committee, "office1", "office", "c1")
