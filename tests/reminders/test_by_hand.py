"""What is reminded of on a day, worked out by hand: a log, a day, the rungs with their due days.

The form asks for a committee meeting a month (1.1, lead time 10 days), a general meeting a quarter (1.2, 30
days), dues by the 25th (1.3, 10 days) and the papers asked for (1.4, a third of the span).
"""

from datetime import date

import pytest

from projections.engine.plan import Plan
from projections.engine.reading.tree import read_tree
from projections.reminders.ladder import obligations_to_remind, reminders_on
from tests.reference.engine import log_of
from tests.reference.written import parse_log, positioned
from tests.reminders.ledgers import LADDER

FOUNDED = "2018-01-01 b1 branch_registered name=b1\n"
ADOPTED = FOUNDED + "2018-01-01 b1 rubric_adopted rubric=ladder\n"


def held(kind: str, *months: int, day: int = 10) -> str:
    return "".join(f"2019-{month:02}-{day} b1 meeting_held kind={kind}\n" for month in months)


COMMITTEE, GENERAL = "committee_meeting", "general_meeting"
TO_NOVEMBER = held(COMMITTEE, *range(1, 12)) + held(GENERAL, 2, 5, 8)
TO_DECEMBER = TO_NOVEMBER + held(COMMITTEE, 12) + held(GENERAL, 11)
MEMBERS = "2018-06-01 b1 member_joined member=m1\n2018-06-01 b1 member_joined member=m2\n"


def paid(member: str, *months: int) -> str:
    return "".join(
        f"2019-{m:02}-10 b1 dues_paid member={member} month=2019-{m:02} amount=20\n" for m in months
    )


CASES = {
    # 31 December is a Tuesday, three days after the 28th; the general meeting's quarter ends with the year.
    "three days before New Year the month and the quarter are near": (
        ADOPTED + TO_NOVEMBER,
        "2019-12-28",
        ["near 1.1 2019-12 1", "near 1.2 2019-Q4 1"],
    ),
    # Two days late; of January nothing is in its lead time yet, which begins on the 21st.
    "on 2 January last year's duties are overdue and this year's not yet due": (
        ADOPTED + TO_NOVEMBER,
        "2020-01-02",
        ["overdue 1.1 2019-12 1", "overdue 1.2 2019-Q4 1"],
    ),
    # 31 days after 31 December is 31 January, and the day after that is too late.
    "what is overdue is reminded of for 31 days": (
        ADOPTED + TO_NOVEMBER + "2020-01-10 b1 meeting_held kind=committee_meeting\n",
        "2020-01-31",
        ["overdue 1.1 2019-12 1", "overdue 1.2 2019-Q4 1"],
    ),
    "and on the 32nd no more": (
        ADOPTED + TO_NOVEMBER + "2020-01-10 b1 meeting_held kind=committee_meeting\n",
        "2020-02-01",
        [],
    ),
    # 31 August 2019 is a Saturday: people last work on Friday the 30th.
    "on the last working day before a due day off the rung is that of the day": (
        ADOPTED + held(COMMITTEE, *range(1, 8)) + held(GENERAL, 2, 5, 8),
        "2019-08-30",
        ["day 1.1 2019-08 1"],
    ),
    # October's meeting is due on the 31st and was not held; November's lead time begins on the 20th.
    "the day before a dissolution what is overdue is reminded of": (
        ADOPTED + held(COMMITTEE, *range(1, 10)) + held(GENERAL, 2, 5, 8, 11)
        + "2019-11-15 b1 branch_dissolved\n",
        "2019-11-14",
        ["overdue 1.1 2019-10 1"],
    ),
    "from its dissolution on a branch gets nothing": (
        ADOPTED + held(COMMITTEE, *range(1, 10)) + held(GENERAL, 2, 5, 8, 11)
        + "2019-11-15 b1 branch_dissolved\n",
        "2019-11-15",
        [],
    ),
    "from the day on which the form is dropped nothing is raised by it": (
        ADOPTED + held(COMMITTEE, *range(1, 10)) + held(GENERAL, 2, 5, 8, 11)
        + "2019-11-15 b1 rubric_dropped rubric=ladder\n",
        "2019-11-15",
        [],
    ),
    # 30 September and 31 October lie between the drop and the new adoption; 30 November does not.
    "who adopts a form again owes what falls due from then on": (
        FOUNDED
        + "2019-01-01 b1 rubric_adopted rubric=ladder\n2019-09-01 b1 rubric_dropped rubric=ladder\n"
        + "2019-11-01 b1 rubric_adopted rubric=ladder\n"
        + held(COMMITTEE, *range(1, 9)) + held(GENERAL, 2, 5, 8),
        "2019-11-27",
        ["near 1.1 2019-11 1"],
    ),
    # The quarter began on 1 October, before the day from which it owes; November began on that day.
    "an adoption that owes from November owes November's month and no quarter that began before": (
        FOUNDED + "2019-01-01 b1 rubric_adopted rubric=ladder owed_from=2019-11-01\n",
        "2019-12-02",
        ["overdue 1.1 2019-11 1"],
    ),
    # November and the quarter began before the 10th; December's lead time begins on the 21st.
    "a branch founded in November owes from December on": (
        "2019-11-10 b1 branch_registered name=b1\n2019-11-10 b1 rubric_adopted rubric=ladder\n",
        "2019-12-25",
        ["lead 1.1 2019-12 1"],
    ),
    "of two members one has not paid December": (
        ADOPTED + MEMBERS + TO_DECEMBER + paid("m1", *range(1, 13)) + paid("m2", *range(1, 12)),
        "2019-12-26",
        ["overdue 1.3 2019-12 1 (1 member)"],
    ),
    # The letter says that December is paid; nothing is owed of the months before the 5th of December.
    "who comes with a letter that December is paid owes nothing for December": (
        ADOPTED + TO_DECEMBER
        + "2019-12-05 b1 member_transferred member=m1 direction=in dues_paid_to=2019-12\n",
        "2019-12-26",
        [],
    ),
    "and without such a letter does": (
        ADOPTED + TO_DECEMBER + "2019-12-05 b1 member_transferred member=m1 direction=in\n",
        "2019-12-26",
        ["overdue 1.3 2019-12 1 (1 member)"],
    ),
    # Off the roster from the 25th on, which is the due day.
    "who left on the due day owes no dues of that month": (
        ADOPTED + TO_DECEMBER + "2018-06-01 b1 member_joined member=m1\n" + paid("m1", *range(1, 12))
        + "2019-12-25 b1 member_left member=m1\n",
        "2019-12-26",
        [],
    ),
    # From 1 to 20 December are 19 days; a third of them, rounded down, is 6: from the 14th on. The paper of
    # January answered January's request.
    "a ref used again is a new request, which January's paper does not answer": (
        ADOPTED + TO_DECEMBER
        + "2019-01-01 b1 document_requested ref=plan due_on=2019-01-20\n"
        + "2019-01-10 b1 document_submitted kind=annual_plan ref=plan\n"
        + "2019-12-01 b1 document_requested ref=plan due_on=2019-12-20\n",
        "2019-12-14",
        ["lead 1.4 2019-12-20 1"],
    ),
    "a paper that came late is no more reminded of": (
        ADOPTED + TO_DECEMBER
        + "2019-12-01 b1 document_requested ref=plan due_on=2019-12-20\n"
        + "2019-12-22 b1 document_submitted kind=annual_plan ref=plan\n",
        "2019-12-23",
        [],
    ),
    "a paper that does not conform leaves its request to be answered": (
        ADOPTED + TO_DECEMBER
        + "2019-12-01 b1 document_requested ref=plan due_on=2019-12-20\n"
        + "2019-12-18 b1 document_submitted kind=annual_plan ref=plan conforming=false\n",
        "2019-12-19",
        ["near 1.4 2019-12-20 1"],
    ),
    "a meeting that was retracted is to be held again": (
        ADOPTED + TO_NOVEMBER + held(GENERAL, 11) + "2019-12-10 b1 meeting_held kind=committee_meeting @m\n"
        "2019-12-11 b1 event_retracted target=@m reason=x\n",
        "2019-12-28",
        ["near 1.1 2019-12 1"],
    ),
    "a meeting corrected into November leaves December's open": (
        ADOPTED + held(COMMITTEE, *range(1, 11)) + held(GENERAL, 2, 5, 8, 11)
        + "2019-12-10 b1 meeting_held kind=committee_meeting @m\n"
        "2019-12-11 b1 event_corrected target=@m reason=x occurred_on=2019-11-10 "
        "data.kind=committee_meeting\n",
        "2019-12-21",
        ["lead 1.1 2019-12 1"],
    ),
    "a clause that is waived is not reminded of": (
        ADOPTED + TO_NOVEMBER
        + "2019-12-01 b1 clause_waived rubric=ladder clause=1.1 reason=x until=2019-12-31\n",
        "2019-12-28",
        ["near 1.2 2019-Q4 1"],
    ),
    "who is exempt from dues is not reminded of them": (
        ADOPTED + TO_DECEMBER + "2018-06-01 b1 member_joined member=m1\n" + paid("m1", *range(1, 12))
        + "2019-12-01 b1 member_exempted member=m1 duty=dues\n",
        "2019-12-26",
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_a_day_calls_for(name: str) -> None:
    text, day, expected = CASES[name]
    on, events = date.fromisoformat(day), positioned(parse_log(text))
    log, upto = log_of(events), len(events)
    tree = read_tree(log, upto=upto)
    owed = obligations_to_remind(log, [Plan(LADDER.rubric)], tree, on=on, upto=upto)
    assert sorted(
        f"{one.rung} {one.clause} {one.window or one.due_on} {one.missing}"
        + (f" ({one.missing_of.en})" if one.missing_of else "")
        for one in reminders_on(owed, on, tree)
    ) == sorted(expected)
