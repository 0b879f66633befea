"""The terms of an obligation: what it asks, how long before its due day it presses, by which working day,
and what is at stake: the points that its clause would lose by it alone, or has lost by it, and what doing it
late wins back.

In: a rubric, a rule with its clause; a day; the priced entries of a clause, what it came to. Out: words;
days; the last working day up to a day, and whether it is provisional, for the kept library (chinesecalendar)
does not know every year; points in hundredths, ≥ 0. Deliberately absent: a third of a span (`gather`), the
ladder of reminders, what was done; scores, which always use the literal due day; items and sections, for
what a clause loses may be less on the whole form.

An open obligation is priced against what is lost already: what `once` or `all` has taken is not taken again,
a proportional share is one of all that the period requires, and a clause that is empty has nothing to lose.
What a lost one has cost is told in the order of entries, the clause's gains counted first, so that the costs
of all entries of a clause add up to what it lost. Where a judgement stands over the clause, nothing is.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from ledger.words import Words
from projections.engine.entries import Entry
from projections.engine.plan import PlannedRule
from projections.engine.results import ClauseScore
from projections.engine.scoring.prices import half_up, price
from rubrics.model import Clause, Rubric
from rubrics.numbers import Text
from rubrics.rules import Checklist, Dues, Quota, Rule, Streak, Submission, Threshold

_LEADS = {"month": 10, "two_months": 15, "quarter": 30, "half": 45, "year": 60}
"""Days before the due day, by the cadence of the window. Dues have a month's."""
LONGEST_REST = 14
"""More days than were ever off in a row."""
_SATURDAY = 5


class WorkingDay(NamedTuple):
    """A working day; `provisional` where a year was taken as weekends only."""

    day: date
    provisional: bool


def obliges(rule: Rule) -> bool:
    """Whether a rule makes obligations: something that can be done, and a day by which.

    What merely counts, or tells of a single event after the fact, makes none.
    """
    if isinstance(rule, Threshold):
        return rule.per != "event"
    return rule.kind in ("quota", "deadline", "dues", "submission", "checklist")


def lead_of(rule: Rule) -> int | None:
    """Return the lead time of a rule's windows in days; None where it is a third of a span."""
    if isinstance(rule, Dues):
        return _LEADS["month"]
    if isinstance(rule, Quota | Checklist | Threshold):
        return _LEADS.get(rule.per)
    return None


def title_of(rubric: Rubric, clause: Clause | None, rule: Rule) -> Words:
    """Return the rule's own title, else its clause's, else its item's; the rubric's for a rule of its own."""
    title = rule.title
    if title is None and clause is not None:
        title = clause.title or _item_title(rubric, clause)
    if title is None:
        title = rubric.title
    return Words(title.zh, title.en)


def with_ref(title: Words, ref: str | None) -> Words:
    """Name the request or the issue, where there is one, beside what is asked."""
    return title if ref is None else Words(f"{title.zh}：{ref}", f"{title.en}: {ref}")


def _item_title(rubric: Rubric, clause: Clause) -> Text:
    # By identity: to compare clauses would take longer than all the rest.
    return next(item.title for item in rubric.items() if any(one is clause for one in item.clauses))


class Stakes:
    """What the entries of one clause cost it: `entries` in order, `start` and `points` of the clause."""

    def __init__(self, entries: Sequence[Entry], start: int, points: int, *, judged: bool) -> None:
        self._entries = entries
        self._points = points
        self._judged = judged
        self._reached = start + sum(entry.points for entry in entries)
        self._costs: dict[int, int] | None = None
        shared = [
            e for e in entries if e.charge and e.charge.shares and not e.advisory and e.state != "waived"
        ]
        self._required = sum(entry.required or 0 for entry in shared)
        self._share_lost = sum(e.missing for e in shared if e.state == "lost" and _mode(e) == "proportional")
        self._taken = {id(e.charge) for e in entries if e.state == "lost" and _mode(e) in ("once", "all")}

    def at_stake(self, entries: Sequence[Entry]) -> int:
        """Return what the entries of one obligation would cost, or have cost."""
        if self._judged or entries[0].advisory:
            return 0
        still_open = [entry for entry in entries if entry.state == "open"]
        if not still_open:
            costs = self._all_costs()
            return sum(costs.get(id(entry), 0) for entry in entries)
        alone = 0
        share = 0
        at_once = 0
        for entry in still_open:
            mode = _mode(entry)
            if mode == "each":
                alone -= entry.risk
            elif mode == "proportional":
                share += entry.missing
            elif entry.charge is not None and id(entry.charge) not in self._taken:
                at_once = max(at_once, entry.charge.price)
        alone += at_once + self._by_share(self._share_lost + share) - self._by_share(self._share_lost)
        return self._clip(self._reached) - self._clip(self._reached - alone)

    def _by_share(self, units: int) -> int:
        return half_up(self._points * units, self._required)

    def _clip(self, points: int) -> int:
        return min(max(points, 0), self._points)

    def _all_costs(self) -> dict[int, int]:
        if self._costs is None:
            self._costs = {}
            lost = [entry for entry in self._entries if entry.points < 0]
            level = self._reached - sum(entry.points for entry in lost)
            for entry in lost:
                after = level + entry.points
                self._costs[id(entry)] = self._clip(level) - self._clip(after)
                level = after
        return self._costs


def saved_late(score: ClauseScore, rules: Sequence[PlannedRule]) -> tuple[int, list[Rule]]:
    """Return the points (hundredths) that a clause would win back if what is over were done now, and the
    rules by which it would; 0 where late costs as much as never. `score`: with its entries; `rules`: the
    clause's.

    A late paper may cost less than none, dues paid late less than dues that are owed; and a note makes up for
    a row of leave whenever it is handed in.
    """
    entries = [entry for entry in score.entries if entry.rule is not None]
    made_up: list[Rule] = []
    after = []
    for entry in entries:
        planned = rules[entry.rule or 0]
        done = _done_now(entry, planned) if entry.state == "lost" and not entry.advisory else None
        if done is not None and planned.rule not in made_up:
            made_up.append(planned.rule)
        after.append(replace(done or entry, points=0, risk=0))
    moved = sum(entry.points for entry in price(after)) - sum(entry.points for entry in entries)

    def clip(points: int) -> int:
        return min(max(points, 0), score.points)

    saved = clip(score.unclipped + moved) - clip(score.unclipped)
    return (saved, made_up) if saved > 0 else (0, [])


def _done_now(entry: Entry, planned: PlannedRule) -> Entry | None:
    """Return a lost entry as it would be if what it asks for were done now; None where that is not asked for
    any more, or was done already."""
    rule, outcome = planned.rule, entry.cause.partition(":")[2]
    if isinstance(rule, Submission) and outcome != "late":
        return replace(entry, amount=-rule.late)
    if isinstance(rule, Dues) and outcome != "late":
        late = planned.charges[0]
        return replace(entry, charge=late, amount=-late.cost(entry.missing))
    if isinstance(rule, Streak):
        return replace(entry, state="met", missing=0, amount=0)
    return None


def _mode(entry: Entry) -> str | None:
    return None if entry.charge is None else entry.charge.mode


@cache
def last_working_day(day: date) -> WorkingDay:
    """Return the day itself where people work on it, else the last day before it on which they do."""
    works, known = _looked_up(day)
    if works or day == date.min:
        return WorkingDay(day, not known)
    before = last_working_day(day - timedelta(days=1))
    return WorkingDay(before.day, before.provisional or not known)


def _looked_up(day: date) -> tuple[bool, bool]:
    """Return whether people work on a day, and whether the library knows its year."""
    from chinese_calendar import is_workday

    try:
        return is_workday(day), True
    except NotImplementedError:
        return day.weekday() < _SATURDAY, False
