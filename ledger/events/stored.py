"""What stands in the log, read again: in today's shape, and not unless it can be read.

In: the columns of a stored event. Out: its payload in the shape that the catalogue has today, one step a
version; or every problem of it, for a ledger that others wrote is input, too. Deliberately absent:
rewriting, as the log keeps what was stored; the chain, and what the stream says; rules that came later than
the event (a number of a person as a code), which are no fault of it.

A payload's shape changes so: raise `schema_version` in its model, add the step from the version before to
`STEPS`, and put lines of the new shape beside the old logs in the tests.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import orjson

from ledger.errors import Refused, UnknownShape
from ledger.events.catalogue import CATALOGUE
from ledger.events.parse import Seen, parse_event, parse_payload, usual_envelope, usual_payload
from ledger.events.types.control import EventCorrected
from ledger.events.values.member_codes import MEMBER_CODE
from ledger.events.values.shown import shown
from ledger.problems import Problem
from ledger.words import Words

Step = Callable[[Mapping[str, Any]], dict[str, Any]]
Steps = Mapping[tuple[str, int], Step]

# (stored word, version of the shape) → its payload in the next version
STEPS: Final[Steps] = MappingProxyType({})
_UNKNOWN = Words(zh="应为本程序认识的记录", en="must be an event that this program knows")
_UPGRADE = Words(zh="若由更新的程序写入，请升级程序", en="Upgrade zhibu where a newer one wrote it")
_NO_PAYLOAD = Words(zh="应为 JSON 对象 {…}", en="must be a JSON object {…}")
_NOT_AS_STORED = Words(zh="应为台账存放的写法", en="must be written as the log writes it")
_CODE = re.compile(MEMBER_CODE)
# The shape of payloads that could be read.
_SHAPES = Seen[int](60_000)


class Stored(NamedTuple):
    """The columns of a stored event that say what happened; `data` is JSON text."""

    id: str
    branch: str
    type: str
    schema_version: int
    occurred_on: str
    counts_for: str | None
    data: str
    recorded_by: str | None


def upcast(
    type_word: str,
    version: int,
    data: Mapping[str, Any],
    *,
    steps: Steps = STEPS,
    today: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """Return a stored payload in the shape of today; `data` itself is left as it is.

    `today` gives the current versions by type, by default the catalogue's. Raises UnknownShape where the
    payload is of a newer version, or no step leads on; KeyError for a type that is not in the catalogue.
    """
    current = CATALOGUE[type_word].schema_version if today is None else today[type_word]
    if not 1 <= version <= current:
        raise UnknownShape(type_word, version, current)
    shape = dict(data)
    for step_from in range(version, current):
        step = steps.get((type_word, step_from))
        if step is None:
            raise UnknownShape(type_word, version, current)
        shape = step(shape)
    return shape


def check_steps(*, steps: Steps = STEPS, today: Mapping[str, int] | None = None) -> list[str]:
    """Return what is wrong with the table of steps, in English, for developers; nothing if all is well."""
    if today is None:
        today = {word: model.schema_version for word, model in CATALOGUE.items()}
    wanted = {(word, version) for word, current in today.items() for version in range(1, current)}
    missing = [f"{word}: no step from version {version}" for word, version in sorted(wanted - steps.keys())]
    surplus = [
        f"{word}: a step from version {version} to none" for word, version in sorted(steps.keys() - wanted)
    ]
    return missing + surplus


def is_usual(
    event_id: str, branch: str, word: str, schema_version: int, occurred_on: str, counts_for: str | None,
    data: str, recorded_by: str | None,
) -> bool:  # fmt: skip
    """Say quickly whether a stored event can be read, as nearly all can; where not, `stored_problems` has the
    word.
    """
    if not usual_envelope(event_id or "", branch, occurred_on, counts_for, recorded_by):
        return False
    if counts_for is None and _SHAPES.get((word, data)) == schema_version:
        return True
    payload = usual_payload(word, data, occurred_on, counts_for)
    if payload is None or payload.schema_version != schema_version:
        return False
    if not payload.has_last_day:
        _SHAPES.keep(word, data, schema_version)
    return True


def stored_problems(stored: Stored) -> list[Problem]:
    """Return what is wrong with a stored event; nothing where it can be read."""
    word = stored.type
    if word not in CATALOGUE:
        return [Problem(_UNKNOWN, "type", shown(word), _UPGRADE)]
    if not 1 <= stored.schema_version <= CATALOGUE[word].schema_version:
        return [Problem(_UNKNOWN, "type", f"{word} {stored.schema_version}", _UPGRADE)]
    payload = _decoded(stored.data)
    if payload is None:
        return [Problem(_NO_PAYLOAD, "data", shown(stored.data))]
    given = {
        "id": stored.id,
        "branch": stored.branch,
        "type": word,
        "occurred_on": stored.occurred_on,
        "counts_for": stored.counts_for,
        "recorded_by": stored.recorded_by,
        "data": upcast(word, stored.schema_version, payload),
    }
    try:
        event = parse_event(given)
    except Refused as refused:
        return [problem for problem in refused.problems if not _came_later(problem, given)]
    for name, value in (("id", event.id), ("occurred_on", event.occurred_on.isoformat())):
        if value != given[name]:
            return [Problem(_NOT_AS_STORED, name, shown(given[name]))]
    return []


def correction_problems(target_type: str, data: str) -> list[Problem]:
    """Return what is wrong with the payload of a stored correction, as one of its target's type."""
    payload = _decoded(data) or {}
    try:
        parse_payload(target_type, payload.get("data"), path="data.data")
    except Refused as refused:
        return [problem for problem in refused.problems if not _came_later(problem, {"data": payload})]
    return []


def corrects(type_word: str) -> bool:
    """Tell corrections, whose payload says no more than its target's type allows."""
    return type_word == EventCorrected.type_word


def target_in(data: str) -> str | None:
    """Return the id that the payload of a stored control event names, None where it names none."""
    target = (_decoded(data) or {}).get("target")
    return target if isinstance(target, str) else None


def _decoded(data: str) -> dict[str, object] | None:
    try:
        payload = orjson.loads(data)
    except (orjson.JSONDecodeError, TypeError):
        return None
    return payload if isinstance(payload, dict) else None


def _came_later(problem: Problem, given: Mapping[str, object]) -> bool:
    """Whether only a rule of a later day refuses it: codes of people may look like anything that a code
    may.
    """
    value: object = given
    for part in (problem.field or "").split("."):
        value = value.get(part) if isinstance(value, dict) else None
    values = value if isinstance(value, list) else [value]
    personal = "identity number" in problem.expected.en
    return personal and all(isinstance(one, str) and _CODE.fullmatch(one) for one in values)
