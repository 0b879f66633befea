"""A site, and a secretary's program that comes to it."""

import pytest

from ledger.store.event_store import Store
from tests.web.api.programs import Program, a_program
from tests.web.client import Browser, Clock, server


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site_browser(committee_url: str, clock: Clock) -> Browser:
    return Browser(server(committee_url, clock))


@pytest.fixture
def program(site_browser: Browser, committee: Store) -> Program:
    return a_program(site_browser, committee, "sec", "secretary", "b1")
