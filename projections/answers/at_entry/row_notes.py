"""What should be known of single events of an import: dues and numbers of people that look wrong,
days before the founding, strangers.

In: an open ledger, events as stored or of a trial. Out: for an event's id, sentences. Deliberately absent:
what the events count for (`impacts`).
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ledger.words import Words
from projections.answers.at_entry.notes import crowded, odd_dues, read_roster, strangers_in
from projections.text.entry_notes import crowded_words, odd_dues_words, stranger_words

if TYPE_CHECKING:
    from ledger.store.codec import Recorded
    from ledger.store.event_store import Store
    from projections.engine.reading.roster import Roster

_BEGINS = "branch_registered"
_JOINS = frozenset({"member_joined", "member_transferred"})


def notes_on(store: "Store", events: "Sequence[Recorded]") -> Iterator[tuple[str, Words]]:
    """Yield ids of events and what should be known of each; a stranger is told once, at the first event.

    Of a trial, members who join with it are no strangers.
    """
    rosters: dict[str, Roster] = {}
    joining = {(event.branch, event.payload().get("member")) for event in events if event.type in _JOINS}
    founded: dict[str, str | None] = {}
    for event in events:
        if event.branch not in rosters:
            rosters[event.branch] = read_roster(store, event.branch)
            first = next(iter(store.read(branch=event.branch, types={_BEGINS})), None)
            founded[event.branch] = None if first is None else first.occurred_on
        for odd in odd_dues(store, event, rosters[event.branch]):
            yield event.id, odd_dues_words(odd)
        if (too_many := crowded(event)) is not None:
            yield event.id, crowded_words(too_many)
        day = founded[event.branch]
        if day is not None and event.occurred_on < day:
            yield (
                event.id,
                Words(
                    f"早于支部成立之日 {day}，不计入考核",
                    f"before the founding on {day}: it counts for nothing",
                ),
            )
    first_of: dict[tuple[str, object], str] = {}
    for event in events:
        payload = event.payload()
        on_leave = payload.get("on_leave")
        for member in (payload.get("member"), *(on_leave if isinstance(on_leave, list) else ())):
            first_of.setdefault((event.branch, member), event.id)
    for one in strangers_in(store, events):
        if (one.branch, one.member) not in joining and (one.branch, one.member) in first_of:
            yield first_of[one.branch, one.member], stranger_words(one)
