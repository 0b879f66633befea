"""The event that would meet an obligation, with what its fields must say."""

from datetime import date

import pytest

from ledger.words import Words
from projections.answers.duties import event_that_meets
from projections.engine.entries import Obligation
from tests.reference.written import single


def owed(kind: str, members: tuple[str, ...] = ()) -> Obligation:
    day = date(2019, 3, 25)
    return Obligation(
        branch="b1", rubric="form", clause="c1", obligation="k", kind=kind, what=Words("事", "a thing"),
        form=Words("细则", "form"), window="2019-03", due_on=day, days_left=3, required=100, done=0,
        missing=100, at_stake=100, members=members, part_paid=(), advisory=False, state="open", begins=day,
        lead_on=day, place=(0, 0, "2019-03"),
    )  # fmt: skip


ISSUE = "trigger: {type: issue_opened}, response: {type: issue_closed}"


@pytest.mark.parametrize(
    ("rule", "members", "expected"),
    [
        (
            "{kind: quota, events: {type: meeting_held, where: {kind: [study]}}, per: year, at_least: 1}",
            (),
            ("meeting_held", {"kind": "study"}),
        ),
        (
            "{kind: quota, events: {type: talk_held}, per: year, each: member, at_least: 1}",
            ("m02", "m03"),
            ("talk_held", {"member": "m02"}),
        ),
        (
            "{kind: dues, by_day: 25, late: {each: 1}, short: {each: 1}}",
            ("m02",),
            ("dues_paid", {"month": "2019-03", "member": "m02"}),
        ),
        (
            # What opens the term is no answer to it.
            f"{{kind: deadline, {ISSUE}, within: {{days: 9}}}}",
            (),
            ("issue_closed", {}),
        ),
        ("{kind: checklist, checklist: c, items: [a], per: quarter}", (), None),
    ],
)
def test_it_is_what_the_rule_asks_for_and_never_what_opens_a_term(
    rule: str, members: tuple[str, ...], expected: tuple[str, dict[str, str]] | None
) -> None:
    kind = rule.removeprefix("{kind: ").partition(",")[0]
    assert event_that_meets(single(rule), owed(kind, members)) == expected
