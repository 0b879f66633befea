"""An event by what people call it: its position, the beginning of its id, "the last one".

In: a ledger, and a text such as `481`, `#481`, `0f9d`. Out: the event; or the Problem. Deliberately absent:
what is done with it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

from ledger.effective import NO_FACTS
from ledger.events.values.shown import shown
from ledger.problems import Problem
from ledger.store.codec import Recorded
from ledger.store.event_store import Store
from ledger.words import Words

SHORTEST_PREFIX = 4
_POSITION = re.compile("#?([0-9]{1,18})")
_PREFIX = re.compile("[0-9a-f-]+")
_MOST_NAMED = 3
_BACKWARDS = 500


def find_event(
    store: Store, text: str, may_see: Callable[[str], bool] = lambda _: True
) -> Recorded | Problem:
    """Return the event of a position, an id, or any beginning of an id that is one event's alone.

    The events of branches that may not be seen are answered as if they did not exist.
    """
    typed = "".join(unicodedata.normalize("NFKC", text).split()).lower()
    if match := _POSITION.fullmatch(typed):
        found = store.at(int(match[1]))
        return found if found is not None and may_see(found.branch) else _none(text)
    if not _PREFIX.fullmatch(typed):
        exact = store.find(typed)
        return exact if exact is not None and may_see(exact.branch) else _none(text)
    if len(typed) < SHORTEST_PREFIX:
        return _too_short(text)
    found_all = [event for event in store.beginning_with(typed) if may_see(event.branch)]
    if len(found_all) == 1:
        return found_all[0]
    return _several(text, [event.id for event in found_all]) if found_all else _none(text)


def last_event(
    store: Store, branch: str | None = None, may_see: Callable[[str], bool] = lambda _: True
) -> Recorded | None:
    """Return the last event that is neither control nor reminder, of a branch or of all; None where there
    is none.
    """
    for event in _backwards(store):
        if event.type not in NO_FACTS and branch in (None, event.branch) and may_see(event.branch):
            return event
    return None


def imported_with(store: Store, position: int) -> list[Recorded]:
    """Return what was appended with the event of a position: one import has one recording instant."""
    event = store.at(position)
    if event is None:
        return []
    together: list[Recorded] = []
    for before in _backwards(store, position):
        if before.recorded_at != event.recorded_at:
            break
        together.insert(0, before)
    for after in store.read(after=position):
        if after.recorded_at != event.recorded_at:
            break
        together.append(after)
    return together


def _backwards(store: Store, upto: int | None = None) -> Iterator[Recorded]:
    end = store.head().position if upto is None else upto
    while end > 0:
        start = max(0, end - _BACKWARDS)
        yield from reversed(list(store.read(after=start, upto=end)))
        end = start


def _none(text: str) -> Problem:
    return Problem(
        Words(zh="台账中没有这条记录", en="is no event of this ledger"),
        found=shown(text),
        hint=Words(zh="序号和编号见 zhibu history", en="`zhibu history` tells positions and ids"),
    )


def _too_short(text: str) -> Problem:
    return Problem(
        Words(
            zh=f"编号至少要写前 {SHORTEST_PREFIX} 位",
            en=f"must have at least {SHORTEST_PREFIX} characters of an id",
        ),
        found=shown(text),
        hint=Words(zh="也可以写序号", en="A position will do as well"),
    )


def _several(text: str, ids: list[str]) -> Problem:
    some = ids[:_MOST_NAMED]
    more = len(ids) > _MOST_NAMED
    return Problem(
        Words(
            zh=f"有几条记录的编号以此开头：{'、'.join(some)}{' 等' if more else ''}",
            en=f"begins the ids of several events: {', '.join(some)}{', …' if more else ''}",
        ),
        found=shown(text),
        hint=Words(zh="请多写几位", en="Give more of it"),
    )
