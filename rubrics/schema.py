"""The JSON Schema of a rubric file, for editors: what may be written, short forms included.

In: the model. Out: a JSON Schema (2020-12) as plain values; with its text in `rubric.schema.json`, the line

    # yaml-language-server: $schema=rubric.schema.json

at the top of a rubric file gives completion and checks in every editor that speaks that protocol.
Deliberately absent: what only the loader can tell (ids given twice, days that no year has, a third decimal),
and what `lint` says.
"""

from typing import Any

from pydantic import BaseModel

from rubrics.model import Rubric
from rubrics.parameters import listed
from rubrics.reader.refusals import models_of

Schema = dict[str, Any]

_VALUE: Schema = {"type": ["string", "boolean", "integer"]}


def rubric_schema() -> Schema:
    """Build the schema. A new value each time, the caller's to change."""
    schema = _tidied(Rubric.model_json_schema())
    parts: Schema = schema["$defs"]
    for model in _reachable(Rubric):
        _unfold_lists(model, schema if model is Rubric else parts[model.__name__])
    for part in (schema, *parts.values()):
        for key in ("id", "version"):
            if key in part.get("properties", {}):
                part["properties"][key]["type"] = ["string", "number"]
    parts["Condition"] = {
        "description": parts["Condition"]["description"],
        "anyOf": [_VALUE, {"type": "array", "items": _VALUE}, {**parts["Condition"], "minProperties": 1}],
    }
    parts["Shortfall"] = _shortfall(parts["Shortfall"])
    _unfold_item(parts["Item"], parts["Clause"])
    parts["Text"].pop("required")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:zhibu:rubric",
        "title": "zhibu rubric",
        **schema,
    }


def _tidied(value: Any) -> Any:
    """Drop what an editor has no use for: generated titles, nulls for keys left out, foreign keywords."""
    if isinstance(value, list):
        return [_tidied(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    options = value.get("anyOf")
    if isinstance(options, list) and {"type": "null"} in options and len(options) == 2:
        [kept] = [option for option in options if option != {"type": "null"}]
        value = {**{key: entry for key, entry in value.items() if key not in ("anyOf", "default")}, **kept}
    dull = {"discriminator"} | ({"title"} if isinstance(value.get("title"), str) else set())
    return {key: _tidied(entry) for key, entry in value.items() if key not in dull}


def _reachable(model: type[BaseModel]) -> list[type[BaseModel]]:
    found = [model]
    for seen in found:  # grows while it is walked
        for field in seen.model_fields.values():
            found += [inner for inner in dict.fromkeys(models_of(field.annotation)) if inner not in found]
    return found


def _unfold_lists(model: type[BaseModel], part: Schema) -> None:
    """Let one value stand where the model lets it stand for a list of one."""
    for name, field in model.model_fields.items():
        if any(getattr(note, "func", None) is listed for note in field.metadata):
            several = part["properties"][name]
            part["properties"][name] = {"anyOf": [several["items"], several]}


def _shortfall(full: Schema) -> Schema:
    points = {**full["properties"]["points"], "exclusiveMinimum": 0}
    points.pop("default", None)
    priced = [
        {"type": "object", "properties": {mode: points}, "required": [mode], "additionalProperties": False}
        for mode in ("each", "once")
    ]
    return {"description": full["description"], "oneOf": [{"enum": ["all", "proportional"]}, *priced]}


def _unfold_item(item: Schema, clause: Schema) -> None:
    """Let an item of one clause carry the clause's keys itself, and an item with clauses not."""
    for key in ("rules", "start"):
        item["properties"][key] = clause["properties"][key]
    item["required"].remove("clauses")
    item["oneOf"] = [
        {"required": ["rules"], "properties": {"clauses": False}},
        {"required": ["clauses"], "properties": {"rules": False, "start": False}},
    ]
