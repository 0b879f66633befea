"""The usual event, checked at half the price: its envelope by texts that were seen before, its payload by its
model, and no event made of them.

In: what an event says. Out: its payload; nothing where any of it is out of the ordinary: then `parse_event`
has the word. Deliberately absent: saying what is wrong.
"""

import re
from datetime import date
from functools import cache
from typing import Any, Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import SchemaValidator

from ledger.events.catalogue import CATALOGUE, kinds_of
from ledger.events.envelope import Event, day_problems
from ledger.events.payload import Payload
from ledger.events.values.identifiers import CANONICAL

Told = TypeVar("Told")

_MOST_SEEN = 100_000
# What was found fine, and comes up again and again: branch and who recorded, day and month.
_WHO: set[tuple[object, object]] = set()
_WHEN: set[tuple[object, object]] = set()
_CHECKS: dict[object, SchemaValidator] = {}
_is_id = re.compile(CANONICAL).fullmatch
# A correction holds the payload of another type.
_NEVER = frozenset({"event_corrected"})


def usual_envelope(
    event_id: Any, branch: object, occurred_on: object, counts_for: object, recorded_by: object
) -> bool:
    """Say whether every text of an envelope is fine, and in its one form. The id, the month and who recorded
    it may be None.
    """
    try:
        return (
            ((branch, recorded_by) in _WHO or _who_is_fine(branch, recorded_by))
            and ((occurred_on, counts_for) in _WHEN or _when_is_fine(occurred_on, counts_for))
            and (event_id is None or _is_id(event_id) is not None)
        )
    except (ValidationError, TypeError):
        return False


def usual_payload(
    word: object, data: dict[str, object] | str, occurred_on: str, counts_for: str | None
) -> Payload | None:
    """Return the payload, decoded or as JSON text, of an event with a usual envelope, where it is fine."""
    try:
        check = _CHECKS.get(word) or _check_of(word)
        payload: Payload = check.validate_json(data) if type(data) is str else check.validate_python(data)
    except (ValidationError, TypeError, KeyError):
        return None
    if counts_for is not None or payload.has_last_day:
        return None if day_problems(payload, date.fromisoformat(occurred_on), counts_for) else payload
    return payload


class Seen(Generic[Told]):
    """What was found of payloads, by type and JSON text: they come up again and again, for most dues of a
    branch are those of the month before. At most so many are remembered, and short ones only.
    """

    _SHORT = 250

    def __init__(self, most: int = 20_000) -> None:
        self._most = most
        self._told: dict[tuple[object, str], Told] = {}
        self.get = self._told.get

    def keep(self, word: object, text: str, told: Told) -> None:
        """Remember what is told of a payload by itself, whatever its event's day."""
        if len(text) <= self._SHORT:
            if len(self._told) >= self._most:
                self._told.clear()
            self._told[word, text] = told


def _who_is_fine(branch: object, recorded_by: object) -> bool:
    fine = _is_fine("branch", branch) and (recorded_by is None or _is_fine("recorded_by", recorded_by))
    if fine:
        _remember(_WHO, (branch, recorded_by))
    return fine


def _when_is_fine(occurred_on: object, counts_for: object) -> bool:
    fine = _is_fine("occurred_on", occurred_on) and (counts_for is None or _is_fine("counts_for", counts_for))
    if fine:
        _remember(_WHEN, (occurred_on, counts_for))
    return fine


def _remember(seen: set[tuple[object, object]], pair: tuple[object, object]) -> None:
    if len(seen) > _MOST_SEEN:
        seen.clear()
    seen.add(pair)


def _is_fine(field: str, text: object) -> bool:
    """Say whether a text is a value of an envelope's field, in its one form. Raises ValidationError."""
    return isinstance(text, str) and str(_field_check(field).validate_python(text)) == text


@cache
def _field_check(field: str) -> SchemaValidator:
    return SchemaValidator(kinds_of(Event)[field].core())


def _check_of(word: Any) -> SchemaValidator:
    """Return the check of a type's payload. Raises KeyError for types that are not to be checked here."""
    if word in _NEVER:
        raise KeyError(word)
    model = CATALOGUE[word]
    model.model_rebuild()
    check: SchemaValidator = model.__pydantic_validator__  # type: ignore[assignment]
    _CHECKS[word] = check
    return check
