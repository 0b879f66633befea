"""The rule kinds that ask something of every window: quota, checklist, threshold over a window, dues.

In: a replay, a branch, a rule. Out: an entry for each window, and each member or subordinate in it.
Deliberately absent: waivers of the clause, points.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rubrics.rules import Checklist, Dues, Quota, Threshold
from tests.reference.naive.effective import Fact
from tests.reference.naive.entries import Entry, obligation, waived
from tests.reference.naive.matching import matches
from tests.reference.naive.periods import Day, Span, last_day, month_named, windows
from tests.reference.naive.roster import (
    Replay,
    duty_of,
    exempt,
    members,
    on_roster,
    on_roster_throughout,
    paid_elsewhere,
    role_on,
)


def owed_windows(replay: Replay, branch: str, cadence: str) -> list[Span]:
    """The windows of the period that the branch owes something for, where they are due on their last day."""
    spans = windows(cadence, replay.period, replay.rubric.year_start)
    return [span for span in spans if replay.owes(branch, span.start, span.end)]


def quota(replay: Replay, branch: str, rule: Quota) -> Iterator[Entry]:
    for window in windows(rule.per, replay.period, replay.rubric.year_start):
        due_on = _by_day(rule, window) or window.end
        if not replay.owes(branch, window.start, due_on):
            continue
        if rule.each == "branch":
            yield _quota_entry(replay, rule, window, replay.of(branch))
        elif rule.each == "subordinate":
            for code in replay.subordinates(branch, window, due_on):
                yield _quota_entry(replay, rule, window, replay.of(code), code)
        else:
            facts = replay.of(branch)
            for member in members(facts):
                role = role_on(facts, member, min(window.end, replay.on))
                if not on_roster_throughout(facts, member, window) or (rule.roles and role not in rule.roles):
                    continue
                theirs = [fact for fact in facts if fact.get("member") == member]
                entry = _quota_entry(replay, rule, window, theirs, member)
                yield waived(entry) if exempt(facts, member, duty_of(rule), window) else entry


def _quota_entry(
    replay: Replay, rule: Quota, window: Span, facts: Sequence[Fact], member: str | None = None
) -> Entry:
    """An entry of the branch, or of one member or subordinate, whose code then stands in `member`."""
    by = _by_day(rule, window)
    counted = [
        fact
        for fact in facts
        if matches(fact, rule.events)
        and _gives(rule, fact)
        and window.holds(_stands_on(fact, rule.window_from))
        and (by is None or fact.day <= by)
    ]
    done = _measured(rule, counted)
    return obligation(
        missing=max(Fraction(0), rule.at_least - done),
        required=rule.at_least,
        done=done,
        due_on=by or window.end,
        on=replay.on,
        shortfall=rule.shortfall,
        cause="quota",
        window=window,
        member=member,
        events=tuple(sorted(counted, key=lambda fact: fact.order)),
    )


def done_in_the_window(replay: Replay, branch: str, rule: Quota, entry: Entry) -> Fraction:
    """What was done in the whole window of an entry, past its due day, too."""
    assert entry.window is not None
    facts = replay.of(entry.member if rule.each == "subordinate" and entry.member else branch)
    if rule.each == "member":
        facts = [fact for fact in facts if fact.get("member") == entry.member]
    always = rule.model_copy(update={"by": ()})
    return _quota_entry(replay, always, entry.window, facts).done or Fraction(0)


def _by_day(rule: Quota, window: Span) -> Day | None:
    """The last of the rule's month-days that lies in the window; None where none does."""
    inside = []
    for month_day in rule.by:
        month, day = (int(part) for part in month_day.split("-"))
        for year in {window.start.year, window.end.year}:
            last = last_day(year * 12 + month - 1)
            inside.append(last.replace(day=min(day, last.day)))
    return max((day for day in inside if window.holds(day)), default=None)


def _stands_on(fact: Fact, field: str | None) -> Day:
    """The day on which the event stands: its own, or the last of the month or quarter that it names."""
    name = fact.get(field) if field else None
    if name is None:
        return fact.stands_on
    year, part = name.split("-")
    return last_day(int(year) * 12 + (int(part[1]) * 3 if part.startswith("Q") else int(part)) - 1)


def _measured(rule: Quota, counted: Sequence[Fact]) -> Fraction:
    if rule.measure is None:
        return Fraction(len(counted))
    if rule.measure.sum is not None:
        return sum((fact.number(rule.measure.sum) or Fraction(0) for fact in counted), Fraction(0))
    return Fraction(len({fact.get(str(rule.measure.distinct)) for fact in counted}))


def _gives(rule: Quota, fact: Fact) -> bool:
    """Whether the event gives the field that is summed, or whose values are counted."""
    field = (rule.measure.sum or rule.measure.distinct) if rule.measure else None
    return field is None or fact.get(field) is not None


def checklist(replay: Replay, branch: str, rule: Checklist) -> Iterator[Entry]:
    wanted = set(rule.items)
    for window in owed_windows(replay, branch, rule.per):
        counted = [
            fact
            for fact in replay.of(branch)
            if fact.type == "checklist_confirmed"
            and fact.data["checklist"] == rule.checklist
            and window.holds(fact.stands_on)
            and wanted & set(fact.data["items"])
        ]
        confirmed = wanted & {item for fact in counted for item in fact.data["items"]}
        yield obligation(
            missing=len(wanted - confirmed),
            required=len(wanted),
            due_on=window.end,
            on=replay.on,
            shortfall=rule.shortfall,
            cause=f"missing {sorted(wanted - confirmed)}",
            window=window,
            events=tuple(sorted(counted, key=lambda fact: fact.order)),
        )


def ratio_of(rule: Threshold, fact: Fact) -> tuple[Fraction, Fraction] | None:
    """Numerator and denominator that the event gives; None where it does not, or where nobody is expected."""
    assert rule.ratio is not None
    of, to = fact.number(rule.ratio.of), fact.number(rule.ratio.to)
    less = (fact.number(rule.ratio.less) if rule.ratio.less else None) or Fraction(0)
    if of is None or to is None or to - less <= 0:
        return None
    return of, to - less


def reaches(rule: Threshold, value: Fraction) -> bool:
    """Whether a value reaches the bound, the bound included."""
    if rule.at_least is not None:
        return value >= rule.at_least
    return rule.at_most is not None and value <= rule.at_most


def threshold_over_windows(replay: Replay, branch: str, rule: Threshold) -> Iterator[Entry]:
    for window in owed_windows(replay, branch, rule.per):
        standing = [fact for fact in replay.of(branch) if window.holds(fact.stands_on)]
        standing.sort(key=lambda fact: fact.order)
        if rule.metric is not None:
            reports = [f for f in standing if f.type == "metric_reported" and f.data["metric"] == rule.metric]
            counted = reports[-1:]
            value = counted[0].number("value") if counted else None
        else:
            events = [fact for fact in standing if matches(fact, rule.events, "any")]
            counted = [fact for fact in events if ratio_of(rule, fact) is not None]
            pairs = [pair for pair in (ratio_of(rule, fact) for fact in counted) if pair is not None]
            value = sum(of for of, _ in pairs) / Fraction(sum(to for _, to in pairs)) if pairs else None
        reached = value is not None and reaches(rule, value)
        yield obligation(
            missing=0 if reached else 1,
            required=1,
            due_on=window.end,
            on=replay.on,
            shortfall=rule.shortfall,
            cause=f"measured {value}",
            window=window,
            events=tuple(counted),
        )


def dues(replay: Replay, branch: str, rule: Dues) -> Iterator[Entry]:
    facts = replay.of(branch)
    for month in windows("month", replay.period, replay.rubric.year_start):
        due_on = month.end if rule.by_day == "last" else month.start.replace(day=rule.by_day)
        if not replay.owes(branch, month.start, due_on):
            continue
        for member in members(facts):
            if not on_roster(facts, member, due_on):
                continue
            payments = [
                fact
                for fact in facts
                if fact.type == "dues_paid"
                and fact.data["member"] == member
                and month_named(fact.data["month"]) == month.first
            ]
            letters = paid_elsewhere(facts, member, month)
            paid_by_then = [fact for fact in payments if fact.day <= due_on]
            in_time = bool(letters) or _paid_in_full(payments, paid_by_then)
            late = not in_time and due_on <= replay.on and _paid_in_full(payments, payments)
            shared = "proportional" in {rule.late.mode, rule.short.mode}
            entry = Entry(
                state="met" if in_time else "lost" if due_on <= replay.on else "open",
                due_on=due_on,
                cause="paid" if in_time else "late" if late else "short or missing",
                price=rule.late if late else rule.short,
                missing=Fraction(0 if in_time else 1),
                units=Fraction(1) if shared else None,
                group="late" if late else "short",
                window=month,
                member=member,
                required=Fraction(1),
                done=Fraction(1 if in_time else 0),
                events=(*payments, *letters[:1]),
            )
            yield waived(entry) if exempt(facts, member, "dues", month) else entry


def _paid_in_full(all_payments: Sequence[Fact], counted: Sequence[Fact]) -> bool:
    """Whether the counted payments make up what is owed; where no amount owed was given, any payment does."""
    named = [due for fact in all_payments if (due := fact.number("due")) is not None]
    paid = sum((fact.number("amount") or Fraction(0) for fact in counted), Fraction(0))
    return paid >= max(named) if named else bool(counted)
