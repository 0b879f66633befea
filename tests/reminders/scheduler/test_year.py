"""A year of three branches, day by day: exactly the reminders that were worked out by hand.

b1 does everything early. b2 holds its committee meetings on the last evening of each month, its general
meetings when it can, and takes in a member in November who pays in time once. b3 is founded in September and
does next to nothing; a paper is due in the middle of the National Day's holidays.
"""

from collections import Counter
from datetime import date, timedelta

from ledger.store.event_store import Store
from tests.reminders.ledgers import GENERAL, LADDER, MEETING, Said, branches, log, sweep_on

# Branch, clause, due day: rung and day of each reminder. On 31 March, 30 June and 30 November people do not
# work, nor on 31 August; from 1 to 7 October nobody does.
BY_HAND = """
b1 1.4 2019-06-24: lead 06-17
b2 1.1 2019-01-31: lead 01-21, near 01-28, day 01-31
b2 1.1 2019-02-28: lead 02-18, near 02-25, day 02-28
b2 1.1 2019-03-31: lead 03-21, near 03-28, day 03-29
b2 1.1 2019-04-30: lead 04-20, near 04-27, day 04-30
b2 1.1 2019-05-31: lead 05-21, near 05-28, day 05-31
b2 1.1 2019-06-30: lead 06-20, near 06-27, day 06-28
b2 1.1 2019-07-31: lead 07-21, near 07-28, day 07-31
b2 1.1 2019-08-31: lead 08-21, near 08-28, day 08-30
b2 1.1 2019-09-30: lead 09-20, near 09-27, day 09-30
b2 1.1 2019-10-31: lead 10-21, near 10-28, day 10-31
b2 1.1 2019-11-30: lead 11-20, near 11-27, day 11-29
b2 1.1 2019-12-31: lead 12-21, near 12-28, day 12-31
b2 1.2 2019-03-31: lead 03-01
b2 1.2 2019-06-30: lead 05-31, near 06-27, day 06-28
b2 1.2 2019-12-31: lead 12-01
b2 1.3 2019-11-25: lead 11-15, near 11-22, day 11-25
b2 1.3 2019-12-25: lead 12-15, near 12-22, day 12-25, overdue 12-26
b3 1.1 2019-09-30: lead 09-20, near 09-27, day 09-30, overdue 10-01
b3 1.1 2019-10-31: lead 10-21, near 10-28, day 10-31, overdue 11-01
b3 1.1 2019-12-31: lead 12-21, near 12-28, day 12-31, overdue 01-01
b3 1.2 2019-12-31: lead 12-01, near 12-28, day 12-31, overdue 01-01
b3 1.4 2019-10-06: day 09-30, overdue 10-07
"""


def _evenings() -> dict[str, list[Said]]:
    """What is logged on the evening of each day, after that day's sweep."""
    said: dict[str, list[Said]] = {}

    def on(day: str, branch: str, word: str, data: dict[str, object]) -> None:
        said.setdefault(day, []).append((branch, word, data))

    for month in range(1, 13):
        on(f"2019-{month:02}-10", "b1", "meeting_held", MEETING)
        last = date(2019 + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        on(last.isoformat(), "b2", "meeting_held", MEETING)
    for day in ("2019-01-08", "2019-04-09", "2019-07-09", "2019-10-09"):
        on(day, "b1", "meeting_held", GENERAL)
    for day in ("2019-03-15", "2019-06-29", "2019-07-10", "2019-12-02"):
        on(day, "b2", "meeting_held", GENERAL)
    on("2019-06-03", "b1", "document_requested", {"ref": "plan", "due_on": "2019-06-24"})
    on("2019-06-20", "b1", "document_submitted", {"kind": "annual_plan", "ref": "plan"})
    on("2019-11-01", "b2", "member_joined", {"member": "m01"})
    on("2019-11-25", "b2", "dues_paid", {"member": "m01", "month": "2019-11", "amount": "10"})
    on("2019-09-01", "b3", "branch_registered", {"name": "支部 b3"})
    on("2019-09-10", "b3", "rubric_adopted", {"rubric": LADDER.rubric.id})
    on("2019-09-16", "b3", "document_requested", {"ref": "sum", "due_on": "2019-10-06"})
    on("2019-10-08", "b3", "document_submitted", {"kind": "annual_summary", "ref": "sum"})
    on("2019-11-05", "b3", "meeting_held", MEETING)
    return said


def _by_hand() -> Counter[tuple[str, ...]]:
    expected: Counter[tuple[str, ...]] = Counter()
    for line in BY_HAND.strip().splitlines():
        about, _, steps = line.partition(": ")
        for step in steps.split(", "):
            expected[(*about.split(), *step.split())] += 1
    return expected


def test_a_year_day_by_day_raises_what_was_worked_out_by_hand(sqlite_store: Store) -> None:
    store, evenings = sqlite_store, _evenings()
    branches(store, date(2018, 12, 31), "b1", "b2")
    raised: Counter[tuple[str, ...]] = Counter()
    day = date(2019, 1, 1)
    while day <= date(2020, 1, 5):
        for reminder in sweep_on(store, day).raised:
            about = (reminder.branch, reminder.clause, reminder.due_on.isoformat())
            raised[(*about, reminder.rung, f"{day:%m-%d}")] += 1
        if said := evenings.get(day.isoformat()):
            log(store, day, *said)
        day += timedelta(days=1)
    assert raised == _by_hand()
    logged = [event.payload() for event in store.read(types={"reminder_raised"})]
    assert len(logged) == raised.total()
    for back in range(0, 370, 30):
        again = sweep_on(store, date(2020, 1, 5) - timedelta(days=back), today=date(2020, 1, 5))
        assert again.raised == []
    assert store.verify().head.position == store.head().position
