"""The auditor's pages: the log with its chain, verifying it, the head to keep, as of any position or instant.

In: a position or an instant. Out: pages. Deliberately absent: changing anything.
"""

from typing import Any

from ledger.access.visits import LABELS, WHATS, read_visits
from ledger.errors import BrokenChain
from ledger.store.codec import Head
from ledger.words import Words
from projections.answers.prefixes import head_at, position_of
from projections.text.events import type_label
from web.request.asked import Answer, Ask, Page, address

_PAGE = 100


def audit(ask: Ask) -> Answer:
    """Show the log up to a prefix; verify it where that was asked."""
    as_of = ask.query.text("as_of")
    upto = position_of(ask.desk.store, as_of or None, ask.desk.zone)
    after = max(0, upto - _PAGE)
    events = list(ask.desk.store.read(after=after, upto=upto))
    rows = [
        (
            one,
            ask.tree.name_of(one.branch),
            ask.pick(type_label(one.type)),
            ask.local(one.recorded_at, ask.desk.zone),
        )
        for one in reversed(events)
    ]
    values: dict[str, Any] = {
        "rows": rows,
        "as_of": as_of,
        "upto": upto,
        "head": head_at(ask.desk.store, upto),
        "older": address("audit", as_of=str(after)) if after else None,
        "verdict": _verify(ask) if ask.query.text("verify") else None,
        "against": ask.query.text("against"),
        "may_visits": ask.actor.reads_visits,
    }
    return Page("audit.html", values)


def _verify(ask: Ask) -> tuple[bool, str]:
    """Verify the whole log, against an older head where one was given; return whether it holds, and why."""
    against = _head(ask.query.text("against"))
    try:
        verified = ask.desk.store.verify(against)
    except BrokenChain as broken:
        return False, ask.pick(broken.words)
    position = getattr(getattr(verified, "head", None), "position", ask.desk.position)
    words = Words(f"校验通过：{position} 条记录首尾相连。", f"It holds: {position} events, one chain.")
    return True, ask.pick(words)


def _head(text: str) -> Head | None:
    """Read an older head as it was kept: `481 sha256:…`."""
    parts = text.split()
    if len(parts) == 2 and parts[0].isdecimal() and len(parts[0]) < 18:
        return Head(int(parts[0]), parts[1])
    return None


def visits(ask: Ask) -> Answer:
    """Show the visits."""
    what = ask.query.text("what")
    rows = [
        (
            ask.local(one.at, ask.desk.zone),
            ask.pick(LABELS[one.what]) if one.what in LABELS else one.what,
            one,
        )
        for one in read_visits(ask.desk.store, what=what if what in WHATS else None)
    ]
    whats = [(word, ask.pick(LABELS[word])) for word in WHATS]
    return Page("visits.html", {"rows": rows, "what": what, "whats": whats})
