"""A correction, read as the event that it makes of its target.

In: a parsed `event_corrected` and what it names. Out: the correction with its payload in the one form that
payloads of the target's type have; and the event that shall stand from now on, to be checked like any other.
Deliberately absent: where corrections take effect; one place in `projections` resolves them.
"""

from dataclasses import replace
from datetime import date

import orjson

from ledger.errors import Refused
from ledger.events import Event, canonical_data, day_problems, parse_payload
from ledger.events.types.control import EventCorrected
from ledger.intake.streams import Target
from ledger.problems import Problem


def in_one_form(correction: Event, type_word: str) -> Event:
    """Return the correction with its payload as a payload of that type is stored.

    Raises `Refused` with every problem of the payload, its fields told as `data.data.…`.
    """
    said = _said(correction)
    payload = parse_payload(type_word, said.data, path="data.data")
    stored_form = orjson.loads(canonical_data(payload))
    return correction.model_copy(update={"data": said.model_copy(update={"data": stored_form})})


def effective(correction: Event, target: Target) -> Event:
    """Return the target as it would stand: days that the correction leaves out are kept.

    Raises `Refused` where the payload, or a day, is not what the target's type may hold.
    """
    said = _said(correction)
    payload = parse_payload(target.type, said.data, path="data.data")
    occurred_on = said.occurred_on or date.fromisoformat(target.occurred_on)
    counts_for = said.counts_for or target.counts_for
    problems = [retold(problem) for problem in day_problems(payload, occurred_on, counts_for)]
    if problems:
        raise Refused(problems)
    return Event(
        branch=correction.branch,
        type=target.type,
        occurred_on=occurred_on,
        counts_for=counts_for,
        data=payload,
    )


def retold(problem: Problem) -> Problem:
    """Tell a problem of the event that would stand as one of the correction that says so."""
    return replace(problem, field=f"data.{problem.field}" if problem.field else "data")


def _said(correction: Event) -> EventCorrected:
    if not isinstance(correction.data, EventCorrected):
        raise TypeError(f"no correction: {correction.type}")
    return correction.data
