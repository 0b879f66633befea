"""The ladder: which rung an obligation has reached, and what is raised of it."""

from datetime import date, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest

from projections.engine.entries import Obligation
from projections.reminders.ladder import LADDER, NAMESPACE, reminder_id, reminders_on, rung_of, unraised
from tests.reminders.obligations import owed


def climb(obligation: Obligation, first: str, last: str) -> list[tuple[str, str]]:
    """The days between two days on which a higher rung is reached, and that rung."""
    day, end, steps = date.fromisoformat(first), date.fromisoformat(last), []
    before = None
    while day <= end:
        rung = rung_of(obligation, day)
        if rung != before:
            steps.append((f"{day:%m-%d}", str(rung)))
        before = rung
        day += timedelta(days=1)
    return steps


@pytest.mark.parametrize(
    ("due_on", "steps"),
    [
        # Thursday.
        ("2019-01-31", [("01-21", "lead"), ("01-28", "near"), ("01-31", "day"), ("02-01", "overdue")]),
        # Sunday: Friday is the last working day before it.
        ("2019-03-31", [("03-21", "lead"), ("03-28", "near"), ("03-29", "day"), ("04-01", "overdue")]),
        # Sunday, made up for the holiday that follows: people work.
        ("2019-09-29", [("09-19", "lead"), ("09-26", "near"), ("09-29", "day"), ("09-30", "overdue")]),
        # The sixth day of the National Day's seven: the day comes before the three days do.
        ("2019-10-06", [("09-26", "lead"), ("09-30", "day"), ("10-07", "overdue")]),
        # New Year's Day of a year whose holidays reach back into the year before.
        ("2018-01-01", [("12-22", "lead"), ("12-29", "day"), ("01-02", "overdue")]),
    ],
)
def test_each_rung_is_reached_on_its_day(due_on: str, steps: list[tuple[str, str]]) -> None:
    day = date.fromisoformat(due_on)
    first, last = day - timedelta(days=11), day + timedelta(days=31)
    assert climb(owed(due_on), str(first), str(last)) == steps


def test_a_month_after_its_due_day_an_obligation_is_left_alone() -> None:
    assert rung_of(owed("2019-01-31"), date(2019, 3, 3)) == "overdue"
    assert rung_of(owed("2019-01-31"), date(2019, 3, 4)) is None


@pytest.mark.parametrize("state", ["met", "late", "waived"])
def test_what_is_met_late_or_waived_reaches_no_rung(state: str) -> None:
    for day in ("2019-01-30", "2019-01-31", "2019-02-01"):
        assert rung_of(owed("2019-01-31", state=state), date.fromisoformat(day)) is None


def test_three_days_before_comes_even_where_the_lead_time_is_shorter() -> None:
    short = owed("2019-01-31", lead_on=date(2019, 1, 30))
    assert climb(short, "2019-01-27", "2019-01-31") == [("01-28", "near"), ("01-31", "day")]


def test_ids_are_derived_from_what_a_reminder_is_about() -> None:
    assert uuid5(NAMESPACE_URL, "https://zhibu.invalid/reminder") == NAMESPACE
    about = ("b1", "form", "6.1", "form/6.1/1/2019-01", "lead", date(2019, 1, 31))
    name = "b1\nform\n6.1\nform/6.1/1/2019-01\nlead\n2019-01-31"
    assert reminder_id(*about) == str(uuid5(NAMESPACE, name)) == "4b248378-60a6-5db6-8310-32d951d7549f"
    assert UUID(reminder_id(*about)).version == 5


def test_what_was_raised_at_its_rung_or_a_higher_one_is_not_raised_again() -> None:
    due = owed("2019-01-31")
    about = (due.branch, due.rubric, due.clause, due.obligation)
    for rung, day in (("lead", 21), ("near", 28), ("day", 31)):
        (reminder,) = reminders_on([due], date(2019, 1, day))
        assert reminder.rung == rung
        for raised in LADDER:
            held = {reminder_id(*about, raised, due.due_on)}
            higher = LADDER.index(raised) >= LADDER.index(rung)
            assert unraised([reminder], held.intersection) == ([] if higher else [reminder])


def test_an_obligation_whose_due_day_was_moved_is_another_one() -> None:
    (before,), (after,) = (
        reminders_on([owed(f"2019-01-{day}", obligation="o")], date(2019, 1, 20)) for day in (22, 23)
    )
    assert before.id != after.id


def test_the_log_is_asked_once_for_any_number_of_reminders() -> None:
    asked: list[list[str]] = []

    def held(ids: object) -> set[str]:
        asked.append(list(ids))  # type: ignore[call-overload]
        return set()

    reminders = reminders_on([owed("2019-01-31", branch=f"b{n}") for n in range(50)], date(2019, 1, 29))
    assert len(unraised(reminders, held)) == 50
    assert [len(ids) for ids in asked] == [150]


def test_a_reminder_answers_as_the_contract_says() -> None:
    (reminder,) = reminders_on([owed("2019-01-31", missing=250, at_stake=105)], date(2019, 2, 3))
    assert reminder.as_json() == {
        "id": reminder.id,
        "branch": "b1",
        "rubric": "form",
        "clause": "6.1",
        "obligation": "form/6.1/1/2019-01",
        "rung": "overdue",
        "due_on": "2019-01-31",
        "missing": "2.5",
        "at_stake": "1.05",
    }


def test_a_year_that_is_not_known_makes_reminders_provisional_until_they_are_overdue() -> None:
    (before,) = reminders_on([owed("2045-10-31")], date(2045, 10, 25))
    (after,) = reminders_on([owed("2045-10-31")], date(2045, 11, 1))
    (known,) = reminders_on([owed("2019-10-31")], date(2019, 10, 25))
    assert (before.provisional, after.provisional, known.provisional) == (True, False, False)
