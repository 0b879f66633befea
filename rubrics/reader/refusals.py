"""What the model refused → sentences about the file.

In: the errors that validating a rubric raised, and the values of the file. Out: `Problem` values: the
key path as it stands in the file (short forms undone, the tags of unions left out), what must be, what was
found, the nearest known key. Deliberately absent: pydantic's own wording; no part of it reaches a reader.
"""

import types
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from rubrics.model import Rubric
from rubrics.problems import (
    MOST_PROBLEMS,
    Path,
    RubricError,
    build_problem,
    describe,
    nearest,
    shorten,
    suggest,
)
from rubrics.reader.yaml_tree import Tree

if TYPE_CHECKING:
    from ledger.problems import Problem

_SHAPES: Mapping[str, tuple[str, str]] = {
    "string_type": ("必须是文字", "must be a text"),
    "string_too_short": ("不能为空", "must not be empty"),
    "too_short": ("至少要有一个", "needs at least one entry"),
    "tuple_type": ("必须是列表", "must be a list"),
    "dict_type": ("必须是一组键值", "must be a mapping"),
    "model_type": ("必须是一组键值", "must be a mapping"),
    "model_attributes_type": ("必须是一组键值", "must be a mapping"),
    "bool_type": ("必须是 true 或 false", "must be true or false"),
    "bool_parsing": ("必须是 true 或 false", "must be true or false"),
    "int_type": ("必须是整数", "must be a whole number"),
    "int_parsing": ("必须是整数", "must be a whole number"),
    "int_from_float": ("必须是整数", "must be a whole number"),
}
_TEXT = "{zh: …, en: …}"
_MATCH = "{type: meeting_held, where: {kind: study}}"
_FORMS: Mapping[str, str] = {
    **dict.fromkeys(("title", "group", "reading", "issuer", "grade", "sentence"), _TEXT),
    **dict.fromkeys(("events", "trigger", "response"), _MATCH),
    "where": "{kind: study}",
    "measure": "{sum: hours}",
    "ratio": "{of: present, to: expected}",
    "within": "{months: 3}",
    "factor": "{by: role, values: {participant: 1/2}}",
    "values": "{unit: 0.5, city: 1}",
    "weights": "{masses: 1/2, organization: 1/2}",
    "source": "{document: …, year: 2019}",
    "veto": f"{{grade: {_TEXT}, events: {{type: finding_recorded, where: {{category: …}}}}}}",
}
"""How a part of a file is written, by its key: shown where something else stands there, or nothing."""
_OF_EVENTS = frozenset({"type", "where", "host"})
_MAPPINGS = frozenset({"dict_type", "model_type", "model_attributes_type"})
_PATTERNS: Mapping[str, tuple[str, str]] = {
    r"^[a-z][a-z0-9_]{0,63}$": (
        "必须是小写英文词，如 study_plan",
        "must be a lower_snake word such as study_plan",
    ),
    r"^[a-z0-9][a-z0-9._-]{0,63}$": (
        "必须是小写字母、数字、点、下划线或短横组成的代号",
        "must be a code of lower-case letters, digits, dots, underscores and dashes",
    ),
    r"^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$": (
        "必须是字母、数字、点、下划线或短横组成的编号，最多 32 个字符",
        "must be an id such as 3.1.a: letters, digits, dots, underscores, dashes, at most 32",
    ),
    r"^[0-9]{2}-[0-9]{2}$": (
        "必须是每年都有的日子，写作 MM-DD，如 11-30",
        "must be a day that every year has, as MM-DD: 11-30",
    ),
}


def word_errors(error: ValidationError, tree: Tree, file: str, root: type[BaseModel] = Rubric) -> RubricError:
    """Say in two languages what the model `root` refused."""
    problems: dict[tuple[str, str], Problem] = {}
    details = [detail for detail in error.errors(include_url=False) if not _follows(detail, tree.data)]
    for detail in details[:MOST_PROBLEMS]:
        path = place(detail["loc"], tree.data)
        if detail["type"] == "missing":
            path = (*path, detail["loc"][-1])
        zh, en = _sentence(detail, path, tree.data, root)
        problem = build_problem(file, path, zh, en, line=tree.line_of(path))
        problems.setdefault((problem.field or "", problem.expected.en), problem)
    return RubricError(tuple(problems.values()), len(problems) + max(0, len(details) - MOST_PROBLEMS))


def _follows(detail: ErrorDetails, data: object) -> bool:
    """Tell whether it only follows from others: a list looks empty once its faulty entries fell out."""
    return detail["type"] == "too_short" and _found(place(detail["loc"], data), data) != []


def place(loc: Sequence[str | int], data: object) -> Path:
    """Find the place that a location of the model has in the file.

    The model unfolds short forms (an item's own clause, one match for a list of one, `each: 1`) and names
    the members of unions; the file has neither, so that what it does not hold is left out of the path.
    """
    path: list[str | int] = []
    value: Any = data
    for index, part in enumerate(loc):
        if index > 1 and loc[index - 2] == "rules" and isinstance(loc[index - 1], int):
            continue  # the kind of the rule, which chooses its model
        key = _short_form(value) if part == "points" else part
        if _holds(value, key):
            value = value[key]
            path.append(key)
    return tuple(path)


def _short_form(value: Any) -> str:
    keys = list(value) if isinstance(value, dict) else []
    return keys[0] if keys in (["each"], ["once"]) else "points"


def _holds(value: Any, part: str | int) -> bool:
    if isinstance(part, int):
        return isinstance(value, list) and part < len(value)
    return isinstance(value, dict) and part in value


def _sentence(detail: ErrorDetails, path: Path, data: object, root: type[BaseModel]) -> tuple[str, str]:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        form = _form(path)
        return (f"缺少此项，写作 {form}", f"is missing: write {form}") if form else ("缺少此项", "is missing")
    if kind == "extra_forbidden":
        known = sorted(_keys(detail["loc"], root))
        if known == ["en", "zh"] and detail["input"] is None:
            return (
                "没有这个键。文字里有逗号时请加引号",
                "there is no such key: put a text with a comma in quotes",
            )
        if path[-1] in _OF_EVENTS and "events" in known:
            return (
                f"{path[-1]} 写在 events 里：events: {_MATCH}",
                f"{path[-1]} stands inside `events`: events: {_MATCH}",
            )
        zh, en = suggest(str(path[-1]), known)
        return f"没有这个键{zh}", f"there is no such key{en}"
    if kind == "rubric":
        zh, en = context["zh"], context["en"]
    elif kind in ("union_tag_invalid", "union_tag_not_found"):
        return _kind_of_rule(detail)
    else:
        zh, en = _shape(kind, context)
        if kind in _MAPPINGS and (form := _form(path)):
            zh, en = f"必须写作 {form}", f"must be written as {form}"
    found = path[-1] if detail["loc"][-1:] == ("[key]",) else _found(path, data)
    if isinstance(found, dict | list) and kind == "rubric":
        return zh, en
    found_zh, found_en = describe(found)
    zh, en = f"{zh}，实际为 {found_zh}", f"{en}, got {found_en}"
    if kind == "literal_error" and (meant := nearest(str(found), _expected(context))):
        return f"{zh}。是否指 {meant}？", f"{en}; did you mean {meant}?"
    return zh, en


def _shape(kind: str, context: Mapping[str, Any]) -> tuple[str, str]:
    if kind in _SHAPES:
        return _SHAPES[kind]
    if kind == "string_pattern_mismatch" and context.get("pattern") in _PATTERNS:
        return _PATTERNS[context["pattern"]]
    if kind == "literal_error":
        words = _expected(context)
        return f"必须是 {'、'.join(words)} 之一", f"must be one of {', '.join(words)}"
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = context.get("ge", context.get("le"))
        least = kind == "greater_than_equal"
        return (
            f"不能{'小' if least else '大'}于 {bound}",
            f"must be {bound} or {'more' if least else 'less'}",
        )
    return "不是这里可用的值", "is not a value that can stand here"


def _form(path: Path) -> str | None:
    """Show how a part is written, where that is not plain from its key."""
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    return f"{key}: {_FORMS[key]}" if key in _FORMS else None


def _kind_of_rule(detail: ErrorDetails) -> tuple[str, str]:
    context = detail.get("ctx", {})
    kinds = sorted(word.strip().strip("'") for word in str(context.get("expected_tags", "")).split(","))
    given = detail["input"]
    if not isinstance(given, dict):
        zh, en = describe(given)
        return f"规则必须是一组键值，实际为 {zh}", f"a rule must be a mapping, got {en}"
    kind = given.get("kind")
    if kind is None:
        kinds = kinds if kinds != [""] else _rule_kinds()
        return f"规则缺少 kind：{'、'.join(kinds)}", f"a rule needs a kind: {', '.join(kinds)}"
    zh, en = suggest(str(kind), kinds, listed=20)
    word = shorten(str(kind))
    return f"没有“{word}”这种规则{zh}", f'there is no rule kind "{word}"{en}'


def _rule_kinds() -> list[str]:
    return sorted(
        get_args(model.model_fields["kind"].annotation)[0]
        for model in models_of(Rubric.model_fields["rules"].annotation)
    )


def _expected(context: Mapping[str, Any]) -> list[str]:
    text = str(context.get("expected", "")).replace(" or ", ", ")
    return [word.strip().strip("'") for word in text.split(",")]


def _found(path: Path, data: Any) -> object:
    for part in path:
        data = data[part] if _holds(data, part) else None
    return data


def _keys(loc: Sequence[str | int], root: type[BaseModel]) -> set[str]:
    """Name the keys that may stand where an unknown one was found."""
    models: list[type[BaseModel]] = [root]
    for part in loc[:-1]:
        if isinstance(part, int):
            continue
        fields = [model.model_fields[part] for model in models if part in model.model_fields]
        if fields:
            models = [inner for field in fields for inner in models_of(field.annotation)]
        else:  # the tag of a union: one rule kind of many
            models = [model for model in models if _tagged(model, part)] or models
    keys = {field.alias or key for model in models for key, field in model.model_fields.items()}
    return keys | {"rules", "start"} if "clauses" in keys else keys


def _tagged(model: type[BaseModel], tag: str) -> bool:
    kind = model.model_fields.get("kind")
    return kind is not None and tag in get_args(kind.annotation)


def models_of(annotation: Any) -> Iterator[type[BaseModel]]:
    """Find the models that an annotation names, through lists, mappings and unions."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (Annotated, tuple, dict, Union, types.UnionType):
        for inner in get_args(annotation):
            if get_origin(inner) is not Literal:
                yield from models_of(inner)
