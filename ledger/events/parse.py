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
from ledger.events.refusals import MOST_PROBLEMS, event_problems, payload_problems
from ledger.events.union import member_validator
from ledger.events.values.kinds import MOST_ELEMENTS, TOO_MANY
from ledger.events.values.shown import safe
from ledger.problems import Problem


def parse_event(raw: object) -> Event:
    """Check a decoded JSON object; null counts as left out.

    Raises Refused with all problems, their fields as `branch`, `data.present`.
    """
    if not isinstance(raw, dict) and isinstance(raw, Mapping):
        raw = dict(raw)
    if isinstance(raw, dict):
        word, data = raw.get("type"), raw.get("data")
        if problems := _too_long(data, "data"):
            raise Refused(problems)
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
    if problems := _too_long(raw, path):
        raise Refused(problems)
    if isinstance(raw, dict):
        try:
            return model.model_validate(_without_nulls(raw))
        except ValidationError:
            pass
    raise Refused(payload_problems(model, raw, path))


def _too_long(raw: object, path: str) -> list[Problem]:
    """Return the lists of a payload, or of one within it, that are too long, before going through them."""
    problems: list[Problem] = []
    for name, value in raw.items() if isinstance(raw, dict) else ():
        if isinstance(value, list | tuple) and len(value) > MOST_ELEMENTS:
            problems.append(Problem(TOO_MANY, f"{path}.{safe(str(name))}", f"{len(value):,}"))
        elif name == "data" and path == "data":
            problems += _too_long(value, "data.data")
    return problems[:MOST_PROBLEMS]


def _without_nulls(raw: dict[str, object]) -> dict[str, object]:
    if None not in raw.values():
        return raw
    return {name: value for name, value in raw.items() if value is not None}
