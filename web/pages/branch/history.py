"""A branch's log, the newest first, filtered by type, day and member, with what became of each event.

In: filters. Out: a page of events in words. Deliberately absent: changing anything (`event`).
"""

from typing import Any, NamedTuple

from ledger.events import CATALOGUE
from ledger.store.codec import Recorded
from projections.answers.history import Fate, Fates
from web.pages.office.scope import carried
from web.pages.saying import event_said
from web.request.asked import Answer, Ask, Page, address, day_of

PAGE = 50


class Line(NamedTuple):
    """One event of the log as a list shows it."""

    event: Recorded
    day: str
    label: str
    said: str
    state: str
    reason: str | None


def _day(ask: Ask, name: str) -> str:
    """Return a day of the filter as it was asked for, an empty text where none was."""
    return day_of(ask, name).isoformat() if ask.query.text(name) else ""


def history(ask: Ask) -> Answer:
    """Show the log of a branch."""
    word, member = ask.query.text("type"), ask.query.text("member")
    first, last = _day(ask, "from"), _day(ask, "to")
    page = _page(ask.query.text("page"))
    fates = Fates(ask.desk.store, ask.branch)
    events = list(ask.desk.store.read(branch=ask.branch))
    events.reverse()

    def fits(event: Recorded) -> bool:
        day = fates.of(event).occurred_on
        return (
            (not word or event.type == word)
            and (not first or day >= first)
            and (not last or day <= last)
            and (not member or names_member(event.payload(), member))
        )

    found = [event for event in events if fits(event)]
    shown = found[(page - 1) * PAGE : page * PAGE]
    filters = {"type": word, "from": first, "to": last, "member": member}
    about = carried(ask)
    if about is not None:
        filters |= about._asdict()
    place = ("b", ask.branch, "history")
    values: dict[str, Any] = {
        "lines": [line_of(ask, event, fates.of(event)) for event in shown],
        "count": len(found),
        "filters": filters,
        "types": [
            (known, model.label.pick(ask.language))
            for known, model in CATALOGUE.items()
            if any(event.type == known for event in events)
        ],
        "older": address(*place, **filters, page=str(page + 1)) if page * PAGE < len(found) else None,
        "newer": address(*place, **filters, page=str(page - 1)) if page > 1 else None,
        "members": ask.desk.roster(ask.branch),
    }
    return Page("history.html", values)


def _page(text: str) -> int:
    """Return which page is asked for: the first where the text names none."""
    return max(1, int(text)) if text.isdecimal() and len(text) < 10 else 1


def names_member(payload: dict[str, Any], member: str) -> bool:
    """Whether an event is about a member."""
    inner = payload.get("data")
    return (
        payload.get("member") == member
        or member in (payload.get("on_leave") or ())
        or (isinstance(inner, dict) and names_member(inner, member))
    )


def line_of(ask: Ask, event: Recorded, fate: Fate) -> Line:
    """Return an event in words, as it stands."""
    model = CATALOGUE.get(event.type)
    label = event.type if model is None else model.label.pick(ask.language)
    payload = fate.payload if fate.state == "corrected" else event.payload()
    if event.type == "event_corrected":
        payload = {name: value for name, value in payload.items() if name != "data"}
    said = event_said(ask, event.branch, event.type, payload)
    return Line(event, fate.occurred_on, label, said, fate.state, fate.reason)
