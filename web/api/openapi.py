"""The JSON interface described: OpenAPI 3.1, from the same catalogue that checks what is sent.

Out: the document. Deliberately absent: anything written twice; fields and choices come from the models.
"""

from functools import cache
from typing import Any

import orjson

from ledger.events import CATALOGUE, FieldInfo, fields_of
from ledger.events.envelope import ENVELOPE

_KINDS: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "code": {"type": "string"},
    "whole": {"type": "integer"},
    "money": {"type": ["string", "number"]},
    "points": {"type": ["string", "number"]},
    "hours": {"type": ["string", "number"]},
    "decimal": {"type": ["string", "number"]},
    "day": {"type": "string", "format": "date"},
    "month": {"type": "string", "pattern": r"^\d{4}-\d{2}$"},
    "quarter": {"type": "string", "pattern": r"^\d{4}-Q[1-4]$"},
    "flag": {"type": "boolean"},
    "choice": {"type": "string"},
    "set": {"type": "array", "items": {"type": "string"}},
    "list": {"type": "array", "items": {"type": "string"}},
    "object": {"type": "object"},
}


def document(_: object) -> tuple[int, Any]:
    """Return the description."""
    return 200, _text()


@cache
def _text() -> bytes:
    return orjson.dumps(build())


def build() -> dict[str, Any]:
    """Build the description as a document."""
    of = "/api/v1/organisations/{b}"
    sent = {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "oneOf": [_ref("Event"), {"type": "array", "items": _ref("Event"), "maxItems": 5000}]
                }
            }
        },
    }
    b, on = _parameter("b", "path"), _parameter("on", "query", "date")
    return {
        "openapi": "3.1.0",
        "info": {"title": "zhibu", "version": "1", "summary": "An activity ledger for Party branches."},
        "paths": {
            "/api/v1/me": {"get": _get("The account and its grants.")},
            "/api/v1/organisations": {"get": _get("The organisations in scope.")},
            "/api/v1/catalogue": {"get": _get("Types of events, with labels in both languages.")},
            f"{of}/due": {"get": _get("What is due.", b, on)},
            f"{of}/scores/{{rubric}}/{{period}}": {
                "get": _get(
                    "A score.",
                    b,
                    _parameter("rubric", "path"),
                    _parameter("period", "path"),
                    on,
                    _parameter("as_of", "query"),
                    _parameter("explain", "query"),
                )
            },
            f"{of}/events": {
                "get": _get("Events.", b, _parameter("after", "query"), _parameter("limit", "query")),
                "post": {**_get("Record events.", b, also=("201", "409")), "requestBody": sent},
            },
            f"{of}/events:check": {"post": {**_get("Check events.", b), "requestBody": sent}},
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Event": _event(), "Problem": _problem(), **_payloads()},
        },
        "security": [{"token": []}],
    }


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _parameter(name: str, place: str, form: str | None = None) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", **({"format": form} if form else {})}
    return {"name": name, "in": place, "required": place == "path", "schema": schema}


def _get(summary: str, *parameters: dict[str, Any], also: tuple[str, ...] = ()) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": _ref("Problem")}}
    answers: dict[str, Any] = {"200": {"description": summary, "content": {"application/json": {}}}}
    answers |= {status: {"description": summary} for status in also}
    answers["default"] = {"description": "What is wrong.", "content": problem}
    return {"summary": summary, "parameters": list(parameters), "responses": answers}


def _event() -> dict[str, Any]:
    types = [
        {"properties": {"type": {"const": word}, "data": _ref(_name(word))}, "required": ["type", "data"]}
        for word in CATALOGUE
    ]
    properties = {name: _schema(info) for name, info in ENVELOPE.items() if name != "type"}
    return {
        "type": "object",
        "properties": {**properties, "type": {"enum": list(CATALOGUE)}, "data": {"type": "object"}},
        "required": ["type", "occurred_on", "data"],
        "oneOf": types,
    }


def _payloads() -> dict[str, Any]:
    return {_name(word): _payload(word) for word in CATALOGUE}


def _payload(word: str) -> dict[str, Any]:
    fields = fields_of(word)
    return {
        "type": "object",
        "title": CATALOGUE[word].label.en,
        "description": CATALOGUE[word].about.en,
        "properties": {name: _schema(info) for name, info in fields.items()},
        "required": [name for name, info in fields.items() if info.required],
        "additionalProperties": False,
    }


def _schema(info: FieldInfo) -> dict[str, Any]:
    schema = {**_KINDS[info.kind], "description": info.about.en}
    if info.kind == "choice":
        schema["enum"] = list(info.choices)
    elif info.kind == "set" and info.choices:
        schema["items"] = {"enum": list(info.choices)}
    return schema


def _name(word: str) -> str:
    return "".join(part.capitalize() for part in word.split("_"))


def _problem() -> dict[str, Any]:
    text = {"type": ["string", "null"]}
    row = {
        "type": "object",
        "properties": {
            "index": {"type": "integer"},
            "field": text,
            "found": text,
            "expected": {"type": "string"},
            "message": {"type": "string"},
        },
    }
    return {
        "type": "object",
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "problems": {"type": "array", "items": row},
        },
    }
