"""Logs, forms and scores in few words, so that a test shows its input and its output together.

In: a log as lines `DAY BRANCH TYPE field=value … [@name]`, rules as YAML. Out: event dicts, a `Rubric`; and
the entries of an answer as lines. Deliberately absent: any judgement of what was written.
"""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

import yaml

from rubrics.model import Rubric

Row = dict[str, Any]
ScoreOne = Callable[..., Row]
"""`score(log, rubric, period="2019", on="2019-12-31", as_of=None)`: the row of branch b1."""
ScoreAll = Callable[..., list[Row]]
"""The same for all branches, or for those of `branches`."""

NAMESPACE = uuid.UUID("5f0c5bb1-3c1b-4d5b-9d1f-2f6a5f5f2019")
ENVELOPE = {"counts_for"}
TEXTS = {"period", "ref", "round", "topic", "content", "rubric", "clause", "name"}
"""Fields whose values are texts even where they look like numbers."""


def id_of(name: object) -> str:
    """An id that is the same in every run."""
    return str(uuid.uuid5(NAMESPACE, str(name)))


def parse_value(field: str, text: str) -> Any:
    if field in TEXTS:
        return text
    if text.startswith("["):
        return [part for part in text[1:-1].split(",") if part]
    if text.startswith("@"):
        return id_of(text)
    return {"true": True, "false": False}.get(text, int(text) if text.lstrip("-").isdigit() else text)


def parse_log(*texts: str) -> list[dict[str, Any]]:
    """Event dicts in import shape. A branch that no line registers was founded on 1 January 2010.

    A word `@name` at the end names the event; `target=@name` points at it. Fields `data.x` belong to the new
    payload of a correction.
    """
    events: list[dict[str, Any]] = []
    for line in "\n".join(texts).splitlines():
        words = line.split("#")[0].split()
        if not words:
            continue
        day, branch, type_, *fields = words
        name = fields.pop() if fields and fields[-1].startswith("@") else f"line {len(events)}"
        event: dict[str, Any] = {"id": id_of(name), "branch": branch, "type": type_, "occurred_on": day}
        data: dict[str, Any] = {}
        for field in fields:
            key, _, value = field.partition("=")
            if key.startswith("data."):
                data.setdefault("data", {})[key[5:]] = parse_value(key[5:], value)
            elif key in ENVELOPE and type_ != "event_corrected":
                event[key] = value
            else:
                data[key] = parse_value(key, value)
        events.append({**event, "data": data})
    known = {event["branch"] for event in events if event["type"] == "branch_registered"}
    return [*(registration(b) for b in sorted({e["branch"] for e in events} - known)), *events]


def registration(branch: str, day: str = "2010-01-01", **data: Any) -> dict[str, Any]:
    head = {"id": id_of(f"registration of {branch}"), "branch": branch, "type": "branch_registered"}
    return {**head, "occurred_on": day, "data": {"name": branch, **data}}


def positioned(events: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The events as the store would give them back: positions and versions by their order."""
    versions: dict[str, int] = {}
    rows = []
    for position, event in enumerate(events, start=1):
        versions[event["branch"]] = versions.get(event["branch"], 0) + 1
        rows.append({"counts_for": None, **event, "position": position, "version": versions[event["branch"]]})
    return rows


def monthly(day: int, line: str, months: Iterable[int] = range(1, 13), year: int = 2019) -> str:
    """One line for each of the months."""
    return "\n".join(f"{year}-{month:02}-{day:02} {line}" for month in months)


def text(words: str) -> dict[str, str]:
    return {"zh": words, "en": words}


def clause(rules: str, points: object = "3", id_: str = "c1", **more: Any) -> dict[str, Any]:
    """A clause whose rules are written in YAML: a list, or one of them."""
    parsed = yaml.safe_load(rules)
    return {"id": id_, "points": points, "rules": parsed if isinstance(parsed, list) else [parsed], **more}


def form(*clauses: dict[str, Any], item: object = None, **more: Any) -> Rubric:
    """A form of one section with one item; the item has the points of its clauses, or `item`."""
    points = sum(float(str(c["points"])) for c in clauses) if item is None else item
    row = {"id": "1", "title": text("item"), "points": str(points), "clauses": list(clauses)}
    return form_of([[row]], **more)


def form_of(sections: list[list[dict[str, Any]]], bonus: str | None = None, **more: Any) -> Rubric:
    """A form of sections of items; `bonus`: the cap of the last section."""
    rows: list[dict[str, Any]] = [
        {"id": str(n), "title": text("section"), "points": "10", "items": items}
        for n, items in enumerate(sections, start=1)
    ]
    if bonus is not None:
        rows[-1] |= {"bonus": True, "points": bonus}
    head = {"id": "form", "version": "1", "title": text("form"), "points": "100"}
    return Rubric.model_validate({**head, **more, "sections": rows})


def single(rules: str, points: object = "3", **more: Any) -> Rubric:
    """A form of one clause."""
    return form(clause(rules, points), **more)


def first_clause(row: dict[str, Any], number: int = 0) -> dict[str, Any]:
    """The first clause of the first item, or another one of it."""
    found: dict[str, Any] = row["sections"][0]["items"][0]["clauses"][number]
    return found


def told(row: dict[str, Any], number: int = 0) -> list[str]:
    """The entries of a clause: `lost -0.30 2019-Q1`, by due day where there is no window, with the member."""
    return [
        " ".join(
            [entry["state"], entry["points"], entry["window"] or entry["due_on"]]
            + ([entry["member"]] if entry["member"] else [])
        )
        for entry in first_clause(row, number)["entries"]
    ]
