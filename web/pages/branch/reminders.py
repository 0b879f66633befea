"""What was raised for a branch, and what became of it: delivered, acknowledged, settled; acknowledged here.

In: a reminder's id, a note. Out: an acknowledgement. Deliberately absent: raising and delivering.
"""

from typing import NamedTuple

from ledger.delivery.outbox import fates
from ledger.errors import Refused
from ledger.events import parse_event
from ledger.events.vocabularies.papers import RUNGS
from projections.reminders.raised import Raised, read_raised
from projections.text.amounts import period_words
from web.forms import without_place
from web.request.asked import Answer, Ask, Page, Problematic, SeeOther, address
from web.words import WORDS


class Shown(NamedTuple):
    """A reminder as the page shows it."""

    one: Raised
    what: str
    rung: str
    delivered: int
    waiting: int
    acknowledged: str


def reminders(ask: Ask) -> Answer:
    """Show the reminders of a branch, the latest first; acknowledge one."""
    problem = ""
    may = ask.actor.may_write(ask.branch, ask.tree, "reminder_acknowledged")
    if ask.posted:
        if not may:
            raise Problematic(403, WORDS["no_right"])
        try:
            _acknowledge(ask)
        except Refused as refused:
            problem = without_place(refused.problems[0], ask.language)
        else:
            return SeeOther(address("b", ask.branch, "reminders"))
    raised = read_raised(ask.desk.store, ask.desk.forms.library, on=ask.today, branches=[ask.branch])
    sent = fates(ask.desk.store, [one.id for one in raised])
    shown = []
    for one in reversed(raised):
        deliveries = sent.get(one.id, [])
        delivered = sum(1 for fate in deliveries if fate.delivered_at)
        what = one.obligation if one.what is None else ask.pick(one.what)
        at = "" if one.acknowledged_at is None else ask.local(one.acknowledged_at, ask.desk.zone)
        rung = RUNGS[one.rung].label.pick(ask.language) if one.rung in RUNGS else one.rung
        said = f"{what} {ask.pick(period_words(one.window or ''))}".strip()
        shown.append(Shown(one, said, rung, delivered, len(deliveries) - delivered, at))
    return Page("reminders.html", {"shown": shown, "may": may, "problem": problem}, 422 if problem else 200)


def _acknowledge(ask: Ask) -> None:
    found = ask.desk.store.find(ask.form.text("reminder").lower())
    if found is None or found.branch != ask.branch or found.type != "reminder_raised":
        raise Problematic(404, WORDS["hidden_page"])
    event = parse_event(
        {
            "branch": ask.branch,
            "type": "reminder_acknowledged",
            "occurred_on": ask.today.isoformat(),
            "recorded_by": ask.actor.code,
            "data": {"target": found.id, "note": ask.form.text("note") or None},
        }
    )
    ask.desk.record([event])
