"""From what a door was given to a checked Event.

In: decoded JSON objects. Out: Events and payloads, or `Refused` with every problem. Deliberately absent: the
stream; whether a branch is registered or a target exists is asked by `ledger.intake.checks`.
"""

from collections.abc import Mapping
from typing import cast

from pydantic import ValidationError

from ledger.errors import Refused
from ledger.events.catalogue import CATALOGUE
from ledger.events.envelope import Event
from ledger.events.payload import Payload
from ledger.events.refusals import event_problems, payload_problems
from ledger.events.union import member_validator


def parse_event(raw: object) -> Event:
    """Check a decoded JSON object; null counts as left out.

    Raises Refused with all problems, their fields as `branch`, `data.present`.
    """
    if not isinstance(raw, dict) and isinstance(raw, Mapping):
        raw = dict(raw)
    if isinstance(raw, dict):
        word, data = raw.get("type"), raw.get("data")
        if isinstance(word, str) and word in CATALOGUE and isinstance(data, dict):
            given = {**_without_nulls(raw), "data": _without_nulls(data)}
            try:
                return cast("Event", member_validator(word).validate_python(given))
            except ValidationError:
                pass
    raise Refused(event_problems(raw))


def parse_payload(type_word: str, raw: object, *, path: str = "data") -> Payload:
    """Check a payload alone, such as that of a correction.

    Raises Refused with all problems, their fields under `path`; KeyError for an unknown type.
    """
    model = CATALOGUE[type_word]
    if isinstance(raw, dict):
        try:
            return model.model_validate(_without_nulls(raw))
        except ValidationError:
            pass
    raise Refused(payload_problems(model, raw, path))


def _without_nulls(raw: dict[str, object]) -> dict[str, object]:
    if None not in raw.values():
        return raw
    return {name: value for name, value in raw.items() if value is not None}
