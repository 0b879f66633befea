"""Do the events, fields and values that a rubric speaks of exist, and can they be compared so?

In: a rubric. Out: notes, errors all of them: a rule that looks for what nobody can log
never counts anything. Deliberately absent: free words such as finding categories (`look_alikes`).
"""

from collections.abc import Iterator

from ledger.events import FieldInfo
from rubrics.lint.walk import (
    NUMBERS,
    Note,
    PlacedMatch,
    all_matches,
    hosted,
    is_known,
    known_fields,
    known_types,
    values,
)
from rubrics.model import Rubric
from rubrics.parameters import Condition, Match
from rubrics.problems import Path, describe, suggest

_KINDS = {
    "choice": ("选项", "a choice"),
    "set": ("多选", "a set"),
    "list": ("列表", "a list"),
    "flag": ("是否", "true or false"),
    "text": ("文字", "a text"),
    "code": ("代号", "a code"),
    "whole": ("整数", "a whole number"),
    "object": ("一组键值", "a mapping"),
}


def check_events(rubric: Rubric) -> Iterator[Note]:
    """Every match: its type, its host, the fields and conditions of `where`."""
    for placed in all_matches(rubric):
        if not is_known(placed.match.type):
            zh, en = suggest(placed.match.type, sorted(known_types()))
            yield Note(
                (*placed.path, "type"),
                f"没有 {placed.match.type} 这种记录{zh}",
                f"there is no event type {placed.match.type}{en}",
            )
            continue
        fields = known_fields(placed.match.type)
        yield from _host(placed)
        for name, condition in placed.match.where.items():
            path = (*placed.path, "where", name)
            if name == "host" and "host" in fields:
                yield Note(
                    path,
                    "host 请写在 where 之外，与 type 并列",
                    "write `host` beside `type`, not inside `where`",
                )
            elif name not in fields:
                yield unknown_field(path, name, placed.match)
            else:
                yield from _condition(path, name, condition, fields[name])


def unknown_field(path: Path, name: str, match: Match) -> Note:
    """Say that events of a type have no such field."""
    zh, en = suggest(name, sorted(known_fields(match.type)))
    return Note(path, f"{match.type} 没有字段 {name}{zh}", f"{match.type} has no field {name}{en}")


def _host(placed: PlacedMatch) -> Iterator[Note]:
    if placed.match.host is not None and placed.match.type not in hosted():
        types = hosted()
        yield Note(
            (*placed.path, "host"),
            f"只有 {'、'.join(types)} 有 host，{placed.match.type} 没有",
            f"only {', '.join(types)} have a host, {placed.match.type} has none",
        )


def _condition(path: Path, name: str, condition: Condition, facts: FieldInfo) -> Iterator[Note]:
    wrong = [part for part in sorted(condition.model_fields_set) if part not in _parts(facts)]
    if wrong:
        zh, en = _KINDS.get(facts.kind, (facts.kind, f"a {facts.kind}"))
        can = sorted(_parts(facts))
        shown = "、".join(can) or "任何条件"
        yield Note(
            path,
            f"字段 {name} 是{zh}，不能用 {'、'.join(wrong)}" + (f"，可用 {shown}" if can else ""),
            f"the field {name} is {en}: {', '.join(wrong)} cannot be asked of it"
            + (f", {', '.join(can)} can" if can else ""),
        )
        return
    for value in condition.among:
        yield from _value(path, name, value, facts)
    for word in (*condition.has, *([condition.lacks] if condition.lacks else [])):
        yield from _value(path, name, word, facts)


def _parts(facts: FieldInfo) -> frozenset[str]:
    if facts.kind in NUMBERS:
        return frozenset({"among", "at_least", "at_most"})
    if facts.kind == "set":
        return frozenset({"has", "lacks"})
    return frozenset() if facts.kind in ("list", "object") else frozenset({"among"})


def _value(path: Path, name: str, value: str | bool | int, facts: FieldInfo) -> Iterator[Note]:
    found_zh, found_en = describe(value)
    if facts.kind == "flag":
        if not isinstance(value, bool):
            yield Note(
                path,
                f"字段 {name} 只能是 true 或 false，实际为 {found_zh}",
                f"the field {name} must be true or false, got {found_en}",
            )
    elif facts.kind in NUMBERS:
        if isinstance(value, bool | str):
            yield Note(
                path,
                f"字段 {name} 只能与整数比较，实际为 {found_zh}",
                f"the field {name} is compared with a whole number, got {found_en}",
            )
    elif not isinstance(value, str):
        yield Note(
            path,
            f"字段 {name} 是文字，实际为 {found_zh}：请加引号",
            f"the field {name} holds text, got {found_en}: put it in quotes",
        )
    elif facts.kind in ("choice", "set") and (known := values(facts)) and value not in known:
        zh, en = suggest(value, known, listed=20)
        yield Note(path, f"字段 {name} 没有取值 {value}{zh}", f"the field {name} has no value {value}{en}")
