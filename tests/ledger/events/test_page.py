"""The documentation of events is made from the models."""

from pathlib import Path

from ledger.events.page import events_page

PAGE = Path(__file__).parents[3] / "docs" / "events.md"


def test_the_page_on_events_says_what_the_models_say() -> None:
    stale = "docs/events.md is not what the models say: run `python -m ledger.events.page > docs/events.md`"
    assert PAGE.read_text(encoding="utf-8") == events_page(), stale
