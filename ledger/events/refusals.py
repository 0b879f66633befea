"""All that is wrong with one input, as problems.

In: what the fast check refused. Out: every Problem of it, field by field, each with what is expected and
what was found. Deliberately absent: pydantic's own sentences; each kind of field has its own.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import SchemaValidator

from ledger.events.catalogue import CATALOGUE, kinds_of
from ledger.events.envelope import STORE_FIELDS, Event, day_problems, prefixed
from ledger.events.payload import Payload
from ledger.events.values.described import did_you_mean, nearest
from ledger.events.values.kinds import FieldKind, Refusal
from ledger.events.values.shown import safe, shown
from ledger.problems import Problem
from ledger.words import Words

MOST_PROBLEMS = 100

_REQUIRED = Words(zh="必填", en="is required")
_BY_THE_STORE = Words(zh="由台账自行记录，不能填写", en="is set by the store and cannot be given")
_RESTORE = Words(
    zh="若要恢复完整的导出文件，请用 zhibu import --restore",
    en="To bring back a full export, use zhibu import --restore",
)
_OBJECT = Words(zh="应为 JSON 对象 {…}", en="must be a JSON object {…}")


def event_problems(raw: object) -> list[Problem]:
    """Return what is wrong with a decoded line, at most a hundred problems; none if nothing is."""
    if not isinstance(raw, dict):
        return [Problem(_OBJECT, found=shown(raw))]
    problems, good = _field_problems(Event, raw, skip="data")
    model = CATALOGUE.get(good["type"]) if "type" in good else None
    problems += _unknown_fields(Event, raw, model)
    data = raw.get("data")
    if not isinstance(data, dict):
        problems.append(
            Problem(_REQUIRED, field="data") if data is None
            else Problem(_OBJECT, field="data", found=shown(data))
        )  # fmt: skip
    elif model is not None:
        found, payload = _payload_problems(model, data)
        problems += [prefixed(problem, "data") for problem in found]
        if "occurred_on" in good and payload is not None:
            problems += day_problems(payload, good["occurred_on"], good.get("counts_for"))
    return problems[:MOST_PROBLEMS]


def payload_problems(model: type[Payload], raw: object, path: str) -> list[Problem]:
    """Return what is wrong with a payload; fields are told under the path."""
    if not isinstance(raw, dict):
        return [Problem(_OBJECT, field=path, found=shown(raw))]
    problems, _ = _payload_problems(model, raw)
    return [prefixed(problem, path) for problem in problems[:MOST_PROBLEMS]]


def _payload_problems(
    model: type[Payload], raw: Mapping[str, object]
) -> tuple[list[Problem], Payload | None]:
    problems, good = _field_problems(model, raw)
    # with some fields missing or bad, the rules between fields still speak about the others
    required = {name for name, field in model.model_fields.items() if field.is_required()}
    payload = model.model_construct(**{**dict.fromkeys(required), **good})
    problems += _unknown_fields(model, raw, None)
    # what is wrong with the payload as a whole may be due to a field that is told already
    problems += [conflict for conflict in payload.conflicts() if conflict.field or not problems]
    return problems, payload if required <= good.keys() else None


def _field_problems(
    model: type[BaseModel], raw: Mapping[str, object], skip: str | None = None
) -> tuple[list[Problem], dict[str, Any]]:
    problems: list[Problem] = []
    good: dict[str, Any] = {}
    for name, kind in kinds_of(model).items():
        if name == skip:
            continue
        value = raw.get(name)
        if value is None:
            if model.model_fields[name].is_required():
                problems.append(Problem(_REQUIRED, field=name))
            continue
        try:
            good[name] = _check(kind).validate_python(value)
        except ValidationError as error:
            problems += [Problem(r.expected, name, r.found, r.hint) for r in _refusals(kind, error, value)]
    return problems, good


def _refusals(kind: FieldKind, error: ValidationError, value: object) -> Iterator[Refusal]:
    details = error.errors(include_url=False, include_context=False)
    elements = [detail["input"] for detail in details if detail["loc"] and isinstance(detail["loc"][0], int)]
    if not elements:
        yield kind.refusal(value)
    for element in elements[:MOST_PROBLEMS]:
        yield kind.element_refusal(element)


def _unknown_fields(
    model: type[BaseModel], raw: Mapping[str, object], payload: type[Payload] | None
) -> Iterator[Problem]:
    known = model.model_fields
    unknown = [name for name in raw if name not in known]
    for name in unknown[:MOST_PROBLEMS]:
        field = safe(str(name))
        if model is Event and name in STORE_FIELDS:
            yield Problem(_BY_THE_STORE, field=field, hint=_RESTORE)
            continue
        hint = nearest(name, list(known))
        if payload is not None and name in payload.model_fields:
            hint = did_you_mean(f"data.{name}")
        words = Words(
            zh="没有这个字段", en="is not a known field" if model is Event else "is not a field here"
        )
        yield Problem(words, field=field, hint=hint)


@cache
def _check(kind: FieldKind) -> SchemaValidator:
    return SchemaValidator(kind.core())
