"""Stored events in words: what happened, corrections by what they correct, and what became of each.

In: an open ledger, names. Out: words. Deliberately absent: which events are shown, and their places.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import orjson

from ledger.words import COMMA, NOTHING, Words
from projections.answers.history import Fate
from projections.text.events import event_words
from projections.text.names import Names

if TYPE_CHECKING:
    from ledger.store.codec import Recorded
    from ledger.store.event_store import Store


class EventTeller:
    """Tells events of a ledger."""

    def __init__(self, store: "Store", names: Names) -> None:
        self._store = store
        self._names = names

    def told(self, event: "Recorded") -> Words:
        """Tell what was logged."""
        return self._told(event.type, event.payload(), self._names.at(event.branch))

    def became(self, event: "Recorded", fate: Fate) -> Words:
        """Tell what became of an event that does not stand as it was logged."""
        if fate.state == "retracted":
            return Words(f"由 {fate.by} 撤销：{fate.reason}", f"retracted by {fate.by}: {fate.reason}")
        day = "" if fate.occurred_on == event.occurred_on else f"{fate.occurred_on} "
        month = "" if fate.counts_for == event.counts_for else f"→ {fate.counts_for} "
        by = Words(f"由 {fate.by} 更正（{fate.reason}）为：", f"corrected by {fate.by} ({fate.reason}) to: ")
        return by + f"{day}{month}" + self._told(event.type, fate.payload, self._names.at(event.branch))

    def _told(self, type_word: str, payload: Mapping[str, Any], names: Names) -> Words:
        if type_word == "event_corrected":
            return self._correction(payload, names)
        said = event_words(type_word, payload, names)
        return said + _total(payload) if type_word == "score_sealed" else said

    def _correction(self, payload: Mapping[str, Any], names: Names) -> Words:
        target = self._store.find(payload["target"])
        rest = {name: value for name, value in payload.items() if name != "data"}
        said = event_words("event_corrected", rest, names)
        if target is None:
            return said
        return said + Words("；现为：", "; now: ") + event_words(target.type, payload["data"], names)


def _total(payload: Mapping[str, Any]) -> Words:
    """Say what a certificate sealed; nothing where its answer cannot be read."""
    try:
        total = orjson.loads(payload["answer"])["scores"][0]["total"]
    except (KeyError, IndexError, TypeError, ValueError):
        return NOTHING
    return COMMA + Words("合计", "total") + f" {total}"
