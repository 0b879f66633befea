"""Dues of a branch, month by month: who paid what, who did not, what came in beside what was passed on.

In: the events of a branch as they stand, names, a span of months. Out: the list of dues, and the list of
those who have not paid, everybody on it. Deliberately absent: forms and their due days: a month is owed by
whoever is on the roster on its last day (or today, in this month), unless exempt, and paid once what was
due came in; where nobody said what was due, any payment is the whole.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ledger.files.lists.listing import Heading, Listing, Span, Value, last_day
from ledger.names import Directory
from ledger.roster import ROSTER_TYPES, OnRoster, Stay, roster_of, stays_of
from ledger.store.event_store import Store
from ledger.stored_events import Stored, stored_of
from ledger.words import Words

_PAID, _REMITTED, _EXEMPTED, _MOVED = "dues_paid", "dues_remitted", "member_exempted", "member_transferred"
_TYPES = frozenset({*ROSTER_TYPES, _PAID, _REMITTED, _EXEMPTED, "branch_dissolved", "branch_registered"})
_UNPAID = Words(zh="未缴", en="unpaid")
_NOT_OWED = "—"
_ZERO = Decimal(0)


@dataclass(slots=True)
class Month:
    """What a member owed and paid for a month; `due` is None where nobody said it."""

    owed: bool
    due: Decimal | None = None
    paid: Decimal = _ZERO

    @property
    def missing(self) -> bool:
        """Whether something is still to be paid."""
        return self.owed and (self.paid == _ZERO or (self.due is not None and self.paid < self.due))


@dataclass(slots=True)
class Dues:
    """The dues of a branch in a span: by member and month, and what was passed on by quarter."""

    members: list[str]
    months: dict[tuple[str, str], Month]
    remitted: dict[str, Decimal] = field(default_factory=dict)


def read_dues(store: Store, branch: str, span: Span) -> Dues:
    """Return what the log says of a branch's dues, corrections applied."""
    events = [event for event in stored_of(store, branch, _TYPES) if not event.retracted]
    stays, exempt, met = stays_of(events), _exemptions(events), _met_before(events)
    paid: dict[tuple[str, str], Month] = defaultdict(lambda: Month(owed=False))
    remitted: dict[str, Decimal] = defaultdict(Decimal)
    ended = min((e.now.occurred_on for e in events if e.now.type == "branch_dissolved"), default=None)
    founded = min((e.now.occurred_on for e in events if e.now.type == "branch_registered"), default="")
    for event in events:
        data = event.data
        if event.now.type == _PAID and span.first <= str(data["month"]) <= span.last:
            month = paid[str(data["member"]), str(data["month"])]
            month.paid += Decimal(str(data["amount"]))
            if "due" in data:
                month.due = max(month.due or _ZERO, Decimal(str(data["due"])))
        elif event.now.type == _REMITTED:
            remitted[str(data["quarter"])] += Decimal(str(data["amount"]))
    for stay in stays:
        for month_name in span.months:
            day = min(last_day(month_name), span.day).isoformat()
            begun = f"{month_name}-01" <= span.day.isoformat()
            on_roster = stay.since <= day and (stay.until is None or day < stay.until)
            counts = founded[:7] <= month_name and (ended is None or day < ended)
            free = month_name <= met.get(stay.code, "") or _is_exempt(exempt, stay.code, month_name)
            if begun and on_roster and counts and not free:
                paid[stay.code, month_name].owed = True
    codes = {code for code, _ in paid} | {stay.code for stay in stays if _touches(stay, span)}
    return Dues(_in_order(events, codes, span), dict(paid), dict(remitted))


def list_dues(store: Store, directory: Directory, branch: str, span: Span, *, codes: bool = False) -> Listing:
    """List members by months: due, paid, 未缴 where unpaid; sums; what came in beside what was passed on."""
    dues = read_dues(store, branch, span)
    months = span.months
    headings = [
        Heading(Words("序号", "no."), "whole", 5),
        Heading(Words("党员", "member"), "text", 14),
        Heading(Words("项目", "item"), "text", 6),
        *(Heading(Words(f"{int(month[5:])}月", month), "money", 8) for month in months),
        Heading(Words("合计", "total"), "money", 10),
    ]
    listing = Listing(
        Words("党费收缴登记表", "Membership dues"),
        Words(
            f"{called(directory, branch, codes)}　{span.words.zh}　单位：元",
            f"{called(directory, branch, codes)}, {span.words.en}, in yuan",
        ),
        headings,
        landscape=True,
    )
    for number, code in enumerate(dues.members, start=1):
        cells = [dues.months.get((code, month), Month(owed=False)) for month in months]
        shown = code if codes else directory.people.shown(branch, code)
        owed = [cell.due for cell in cells]
        listing.rows.append([number, shown, Words("应缴", "due"), *owed, _sum_of(owed)])
        paid: list[Value] = [_paid(cell) for cell in cells]
        listing.rows.append(
            [None, None, Words("实缴", "paid"), *paid, sum((one.paid for one in cells), _ZERO)]
        )
    listing.sums = _sums(dues, months)
    listing.notes = _beside_remitted(dues, months)
    return listing


def list_unpaid(
    store: Store, directory: Directory, branch: str, span: Span, *, codes: bool = False
) -> Listing:
    """List everybody who owes for a month of the span, month by month."""
    dues = read_dues(store, branch, span)
    listing = Listing(
        Words("党费未缴名单", "Dues not paid"),
        Words(
            f"{called(directory, branch, codes)}　{span.words.zh}　截至 {span.day}　单位：元",
            f"{called(directory, branch, codes)}, {span.words.en}, up to {span.day}, in yuan",
        ),
        [
            Heading(Words("序号", "no."), "whole", 6),
            Heading(Words("月份", "month"), "text", 11),
            Heading(Words("党员", "member"), "text", 28),
            Heading(Words("应缴", "due"), "money", 12),
            Heading(Words("已缴", "paid"), "money", 12),
            Heading(Words("还欠", "missing"), "money", 12),
        ],
    )
    for month in span.months:
        for code in dues.members:
            cell = dues.months.get((code, month))
            if cell is None or not cell.missing:
                continue
            missing = None if cell.due is None else cell.due - cell.paid
            shown = code if codes else directory.people.shown(branch, code)
            listing.rows.append([len(listing.rows) + 1, month, shown, cell.due, cell.paid, missing])
    people = len({row[2] for row in listing.rows})
    missing_sum = _sum_of([row[5] for row in listing.rows])
    listing.sums = [
        [None, Words("合计", "total"), Words(f"{people} 人", f"{people} members"), None, None, missing_sum]
    ]
    if any(row[5] is None for row in listing.rows):
        listing.notes.append(
            Words(
                "“应缴”“还欠”为空的，还没有缴过：应缴多少随缴费一起记，没缴的月份只写在表里的“应缴”，台账不存。",
                "Where due and missing are blank, nothing was paid yet: what is due is recorded with a "
                "payment, so what a sheet says of an unpaid month is not kept.",
            )
        )
    return listing


def _paid(cell: Month) -> Value:
    if cell.paid > _ZERO:
        return cell.paid
    return _UNPAID if cell.owed else _NOT_OWED


def _sums(dues: Dues, months: Sequence[str]) -> list[list[Value]]:
    due = [_sum(dues, month, "due") or None for month in months]
    paid = [_sum(dues, month, "paid") for month in months]
    return [
        [None, Words("合计", "total"), Words("应缴", "due"), *due, _sum_of(due)],
        [None, None, Words("实缴", "paid"), *paid, sum(paid, _ZERO)],
    ]


def _sum_of(amounts: Sequence[Value]) -> Decimal | None:
    """Return the sum of the amounts that are known; None where none is."""
    known = [amount for amount in amounts if isinstance(amount, Decimal)]
    return sum(known, _ZERO) if known else None


def _sum(dues: Dues, month: str, what: str) -> Decimal:
    cells = [cell for (_, of), cell in dues.months.items() if of == month]
    return sum((getattr(cell, what) or _ZERO for cell in cells), _ZERO)


def _beside_remitted(dues: Dues, months: Sequence[str]) -> list[Words]:
    """Say by quarter what came in and what was passed on."""
    quarters = dict.fromkeys(f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}" for month in months)
    notes = []
    for quarter in quarters:
        first = 3 * int(quarter[-1]) - 2
        of_quarter = [f"{quarter[:4]}-{number:02d}" for number in range(first, first + 3)]
        came_in = sum((_sum(dues, month, "paid") for month in of_quarter if month in months), _ZERO)
        passed_on = dues.remitted.get(quarter, _ZERO)
        notes.append(
            Words(
                f"{quarter[:4]} 年第 {quarter[-1]} 季度：收缴 {came_in:.2f} 元，上缴 {passed_on:.2f} 元",
                f"{quarter}: came in {came_in:.2f}, passed on {passed_on:.2f}",
            )
        )
    return notes


def _exemptions(events: Sequence[Stored]) -> list[tuple[str, str, str]]:
    """Return who is exempt of dues, from which day to which (text without end sorts last)."""
    found = []
    for event in events:
        data = event.data
        if event.now.type == _EXEMPTED and data.get("duty") in ("dues", "all"):
            found.append((str(data["member"]), event.now.occurred_on, str(data.get("until", "9999-12-31"))))
    return found


def _is_exempt(exempt: Sequence[tuple[str, str, str]], code: str, month: str) -> bool:
    first, last = f"{month}-01", last_day(month).isoformat()
    return any(of == code and since <= last and first <= until for of, since, until in exempt)


def _met_before(events: Sequence[Stored]) -> Mapping[str, str]:
    """Return up to which month each member's dues were paid elsewhere, as letters of introduction state."""
    met: dict[str, str] = {}
    for event in events:
        if event.now.type == _MOVED and (upto := event.data.get("dues_paid_to")):
            code = str(event.data["member"])
            met[code] = max(met.get(code, ""), str(upto))
    return met


def _touches(stay: Stay, span: Span) -> bool:
    return stay.since <= span.day.isoformat() and (stay.until is None or stay.until > f"{span.first}-01")


def _in_order(events: Sequence[Stored], codes: set[str], span: Span) -> list[str]:
    """Return members by office and joining, those who left after them."""
    here: dict[str, OnRoster] = roster_of(events, span.day.isoformat())
    return [code for code in here if code in codes] + sorted(codes - here.keys())


def called(directory: Directory, branch: str, codes: bool) -> str:
    """Return what a list calls a branch: its name, or its code where codes alone are wanted."""
    names = directory.branches.get(branch)
    return branch if codes or names is None else names.latest
