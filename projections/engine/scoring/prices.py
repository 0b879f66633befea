"""Prices: the points that each entry of a clause moves, and what it puts at risk while open.

In: the entries of one clause, waivers applied. Out: the same, in order, `points` and `risk` set. Deliberately
absent: sums.

`each` costs by the missing unit; `once` and `all` fall on the first lost entry; `proportional` shares one sum
a clause, rounded cumulatively in order of due day, so that the entries add up to it.
"""

from collections.abc import Sequence
from operator import attrgetter

from projections.engine.entries import Entry

_DUE = attrgetter("due")


def price(entries: list[Entry], *, in_order: bool = True, plain: bool = False) -> list[Entry]:
    """Put the entries of one clause in order, leave out what does not count, set points and risk.

    Where only sums are asked for, the order of due days is enough: prices that are shared then fall on other
    entries of a day, and come to the same. `plain`: no price is shared, and none counts once.
    """
    if plain and not in_order:
        _price_singly(entries)
        return entries
    found = _one_of_singles(entries)
    found.sort(key=_order if in_order else _DUE)
    shared: list[Entry] = []
    at_once: list[Entry] = []
    for entry in found:
        charge = entry.charge
        if entry.advisory or charge is None:
            continue
        if charge.shares and entry.state != "waived":
            shared.append(entry)
        if charge.mode == "each":
            if entry.state == "open":
                entry.risk = entry.amount
            elif entry.state in ("lost", "gained"):
                entry.points = entry.amount
        elif charge.mode != "proportional":
            at_once.append(entry)
    if at_once:
        _price_at_once(at_once)
    if shared:
        _price_by_share(shared)
    return found


def _price_singly(entries: Sequence[Entry]) -> None:
    for entry in entries:
        if entry.advisory:
            continue
        if entry.state == "open":
            entry.risk = entry.amount
        elif entry.state in ("lost", "gained"):
            entry.points = entry.amount


def half_up(numerator: int, denominator: int) -> int:
    """Divide whole numbers ≥ 0, rounding half up; 0 where the denominator is 0."""
    return (2 * numerator + denominator) // (2 * denominator) if denominator else 0


def _order(entry: Entry) -> tuple[int, int | None, str, str, int]:
    window = entry.window
    return (
        entry.due, entry.rule, "" if window is None else window.label, entry.member or "", entry.position,
    )  # fmt: skip


def told_order(entry: Entry) -> tuple[int, int | None, str, str, str, int, int]:
    """Return what puts the entries of a clause in the order in which every answer tells them."""
    window = entry.window
    return (
        entry.due, entry.rule, "" if window is None else window.label, entry.member or "", entry.cause,
        entry.points, entry.position,
    )  # fmt: skip


def _one_of_singles(entries: list[Entry]) -> list[Entry]:
    """Keep, of a rule that counts once, the entry that moves most of those that no waiver takes, and the
    waived."""
    chosen: dict[int, Entry] = {}
    for entry in entries:
        charge = entry.charge
        if charge is None or not charge.single or entry.state == "waived":
            continue
        best = chosen.get(id(charge))
        if best is None or _weight(entry) > _weight(best):
            chosen[id(charge)] = entry
    if not chosen:
        return entries
    kept = set(map(id, chosen.values()))
    return [
        e for e in entries if e.charge is None or not e.charge.single or e.state == "waived" or id(e) in kept
    ]


def _weight(entry: Entry) -> tuple[int, int, int]:
    return abs(entry.amount), -entry.due, -entry.position


def _price_at_once(entries: Sequence[Entry]) -> None:
    """Let `once` and `all` fall on the first lost entry of a charge, or, where none is lost, the first open
    one."""
    taken: dict[int, Entry] = {}
    for entry in entries:
        if entry.state == "lost":
            taken.setdefault(id(entry.charge), entry)
    for entry in taken.values():
        entry.points = -_price_of(entry)
    for entry in entries:
        if entry.state == "open" and id(entry.charge) not in taken:
            taken[id(entry.charge)] = entry
            entry.risk = -_price_of(entry)


def _price_of(entry: Entry) -> int:
    return 0 if entry.charge is None else entry.charge.price


def _price_by_share(entries: Sequence[Entry]) -> None:
    """Share one sum among the entries of all proportional rules of the clause, in order of due day."""
    required = sum(entry.required or 0 for entry in entries)
    proportional = [e for e in entries if e.charge is not None and e.charge.mode == "proportional"]
    so_far = 0
    for state in ("lost", "open"):
        for entry in proportional:
            if entry.state != state or entry.charge is None:
                continue
            before = half_up(entry.charge.cap * so_far, required)
            so_far += entry.missing
            moved = before - half_up(entry.charge.cap * so_far, required)
            if state == "lost":
                entry.points = moved
            else:
                entry.risk = moved
