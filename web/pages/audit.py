"""The auditor's pages: the log with its chain, verifying it, the head to keep, as of any position or instant.

In: a position or an instant. Out: pages. Deliberately absent: changing anything.
"""

import re
from functools import partial
from typing import Any

from ledger.access.visits import LABELS, WHATS, read_visits
from ledger.errors import BrokenChain
from ledger.store.codec import Head
from ledger.words import Words
from projections.answers.scoring import head_at
from projections.text.events import type_label
from web.request.asked import Answer, Ask, Page, address, upto_of
from web.verifying import Verification
from web.words import WORDS

_PAGE = 100


def audit(ask: Ask) -> Answer:
    """Show the log up to a prefix; verify it where that was asked."""
    as_of = ask.query.text("as_of")
    upto = upto_of(ask, as_of)
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
        "verdict": None,
        "reached": None,
        "against": ask.query.text("against"),
        "may_visits": ask.actor.reads_visits,
    }
    if not ask.query.text("verify"):
        return Page("audit.html", values)
    kept = _head(ask.query.text("against"))
    if isinstance(kept, Words):
        return Page("audit.html", {**values, "verdict": (False, ask.pick(kept))}, 422)
    store = ask.desk.store
    run = ask.site.verifications.follow((ask.actor.code, kept), partial(store.verify, kept))
    if run.done:
        return Page("audit.html", {**values, "verdict": _verdict(ask, run)})
    return Page("audit.html", {**values, "reached": run.reached}, headers={"Refresh": "1"})


def _verdict(ask: Ask, run: Verification) -> tuple[bool, str]:
    """Return whether the log holds, and why."""
    try:
        position = run.future.result().head.position
    except BrokenChain as broken:
        return False, ask.pick(broken.words)
    words = Words(f"校验通过：{position} 条记录首尾相连。", f"It holds: {position} events, one chain.")
    return True, ask.pick(words)


def _head(text: str) -> Head | Words | None:
    """Read an older head as it was kept: `481 sha256:…`; None for a blank, words for what is no head."""
    if not text:
        return None
    found = re.fullmatch(r"(\d{1,17}) +(sha256:[0-9a-f]{64})", text, re.ASCII)
    return WORDS["no_head"] if found is None else Head(int(found[1]), found[2])


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
