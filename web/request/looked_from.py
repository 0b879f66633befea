"""From where a page looks: which day, and how much of the log.

In: fields of a request, as people write them (`2026-03-01`, `2026年3月1日`, `2026/3/1`). Out: a day, a
position. Deliberately absent: periods (`pages.office.scope`).
"""

from datetime import date

from ledger.events.values.spellings import day_text
from ledger.words import Words
from projections.answers.scoring import position_of
from projections.engine.periods import parse_day
from web.request.asked import Ask, Problematic
from web.words import WORDS

QUERIES = {"--as-of": "as_of", "--on": "on"}
"""Options of commands, and the fields of addresses that ask the same."""


def query_of(said: Words) -> str | None:
    """Return the field of an address that a sentence is about; None where it names no option."""
    return next((name for option, name in QUERIES.items() if option in said.en), None)


def day_of(ask: Ask, name: str = "on") -> date:
    """Return the day to look from: `on`, by default today."""
    text = day_text((ask.form if ask.posted else ask.query).text(name))
    try:
        return parse_day(text) if text else ask.today
    except ValueError:
        raise Problematic(422, WORDS["no_day"], query=name) from None


def upto_of(ask: Ask, text: str) -> int:
    """Return the position up to which the log counts: a position, an instant, or a day however written."""
    return position_of(ask.desk.store, (text if text.isdecimal() else day_text(text)) or None, ask.desk.zone)
