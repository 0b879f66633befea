"""From what a door was given to a checked Event.

In: decoded JSON objects, or JSON text. Out: Events and payloads, or `Refused` with every problem.
Deliberately absent: the stream (whether a branch is registered or a target exists is asked by
`ledger.intake.checks`); what to tell people about a refusal (`refusals`).

The usual event costs half: its envelope is looked up among texts that were seen before, its payload checked
by its model, and no event made of them; where any of it is out of the ordinary, `parse_event` has the word.
All types as one union on the stored word are built in pydantic's core when first used: one member of it for
one event, the whole for a file.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Generic, TypeVar, cast

from pydantic import ValidationError
from pydantic_core import CoreSchema, SchemaValidator, core_schema

from ledger.errors import Refused
from ledger.events.catalogue import CATALOGUE, kinds_of
from ledger.events.envelope import Event, agreeing, day_problems
from ledger.events.payload import Payload
from ledger.events.refusals import MOST_PROBLEMS, event_problems, payload_problems
from ledger.events.values.identifiers import CANONICAL
from ledger.events.values.kinds import MOST_ELEMENTS, TOO_MANY
from ledger.events.values.shown import safe
from ledger.problems import Problem

Told = TypeVar("Told")

_MOST_SEEN = 100_000
# What was found fine, and comes up again and again: branch and who recorded, day and month.
_WHO: set[tuple[object, object]] = set()
_WHEN: set[tuple[object, object]] = set()
_CHECKS: dict[object, SchemaValidator] = {}
_is_id = re.compile(CANONICAL).fullmatch
# A correction holds the payload of another type.
_NEVER = frozenset({"event_corrected"})


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
                return cast("Event", _member_validator(word).validate_python(given))
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


@cache
def event_validator() -> SchemaValidator:
    """Return the check of any event, by the stored word in `type`."""
    members = {word: _member(word, model) for word, model in CATALOGUE.items()}
    return SchemaValidator(core_schema.tagged_union_schema(members, discriminator="type"))


@cache
def _member_validator(word: str) -> SchemaValidator:
    """Return the check of events of one type. Raises KeyError for an unknown word."""
    return SchemaValidator(_member(word, CATALOGUE[word]))


def _member(word: str, model: type[Payload]) -> CoreSchema:
    model.model_rebuild()
    fields = {}
    for name, kind in kinds_of(Event).items():
        match name:
            case "type":
                core: CoreSchema = core_schema.literal_schema([word])
            case "data":
                core = model.__pydantic_core_schema__
            case _:
                core = kind.core()
        if not Event.model_fields[name].is_required():
            core = core_schema.with_default_schema(core_schema.nullable_schema(core), default=None)
        fields[name] = core_schema.model_field(core)
    envelope = core_schema.model_schema(
        Event, core_schema.model_fields_schema(fields, extra_behavior="forbid")
    )
    return core_schema.no_info_after_validator_function(agreeing, envelope)


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
