"""Working days: by the notices where there is one, by the weekends where there is none."""

from datetime import date

import pytest

from projections.engine.due.terms import last_working_day


@pytest.mark.parametrize(
    ("day", "last", "provisional"),
    [
        ("2019-10-06", "2019-09-30", False),
        ("2019-09-29", "2019-09-29", False),
        ("2024-02-18", "2024-02-18", False),  # Sunday, made up for the Spring Festival
        ("2004-01-01", "2003-12-31", True),  # 2003 is not known
        ("2045-10-03", "2045-10-03", True),  # Tuesday of a week that will surely be off
        ("2045-10-01", "2045-09-29", True),
    ],
)
def test_working_days_follow_the_notices_and_the_weekends_where_there_is_none(
    day: str, last: str, provisional: bool
) -> None:
    found = last_working_day(date.fromisoformat(day))
    assert (str(found.day), found.provisional) == (last, provisional)
