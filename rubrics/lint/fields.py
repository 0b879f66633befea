"""Is every field that a rule adds up, weighs, matches or compares there, and of a kind that fits?

In: a rubric. Out: notes. Deliberately absent: whether types exist (`events` says so; here a type that
nobody knows is passed over).
"""

from collections.abc import Collection, Iterator

from ledger.events import FieldInfo
from rubrics.lint.events import unknown_field
from rubrics.lint.walk import NUMBERS, WORDS, Note, is_known, known_fields, rules_of, values
from rubrics.model import Rubric
from rubrics.parameters import FactorBy, Match, PointsBy
from rubrics.problems import Path, suggest
from rubrics.rules import Deadline, Excess, Quota, Rule, Tally, Threshold


def check_fields(rubric: Rubric) -> Iterator[Note]:
    """Every field that a rule adds up, weighs, matches or compares is there, and of a kind that fits."""
    for path, rule, _ in rules_of(rubric):
        for place, name, kinds, matches in _named_fields(rule):
            for match in matches:
                if not is_known(match.type):
                    continue
                fields = known_fields(match.type)
                if name not in fields:
                    yield unknown_field((*path, *place), name, match)
                elif fields[name].kind not in kinds:
                    yield Note(
                        (*path, *place),
                        f"{match.type} 的字段 {name} 不是这里可用的种类（{fields[name].kind}）",
                        f"the field {name} of {match.type} is of kind {fields[name].kind}, "
                        f"must be {' or '.join(sorted(kinds))}",
                    )


Named = Iterator[tuple[Path, str, Collection[str], tuple[Match, ...]]]


def _named_fields(rule: Rule) -> Named:
    if isinstance(rule, Quota):
        yield from _of_quota(rule)
    elif isinstance(rule, Tally):
        yield from _of_tally(rule)
    elif isinstance(rule, Deadline):
        if rule.match is not None:
            yield ("match",), rule.match, WORDS, (rule.trigger, *rule.response)
    elif isinstance(rule, Threshold) and rule.ratio is not None:
        for key in ("of", "to", "less"):
            if (name := getattr(rule.ratio, key)) is not None:
                yield ("ratio", key), name, NUMBERS, rule.events
    elif isinstance(rule, Excess):
        yield ("of",), rule.of, {"whole"}, rule.events
        yield ("over",), rule.over, {"whole"}, rule.events


def _of_quota(rule: Quota) -> Named:
    if rule.measure is not None and rule.measure.sum is not None:
        yield ("measure", "sum"), rule.measure.sum, NUMBERS, rule.events
    if rule.measure is not None and rule.measure.distinct is not None:
        yield ("measure", "distinct"), rule.measure.distinct, WORDS, rule.events
    if rule.window_from is not None:
        yield ("window_from",), rule.window_from, {"quarter", "month"}, rule.events
    if rule.each == "member":
        yield ("each",), "member", {"code"}, rule.events


def _of_tally(rule: Tally) -> Named:
    if isinstance(rule.points, PointsBy):
        yield ("points", "by"), rule.points.by, WORDS, rule.events
    if rule.factor is not None:
        yield ("factor", "by"), rule.factor.by, WORDS, rule.events
    if rule.times is not None:
        yield ("times",), rule.times, {"whole"}, rule.events
    if rule.distinct is not None:
        yield ("distinct",), rule.distinct, WORDS, rule.events


def check_values(rubric: Rubric) -> Iterator[Note]:
    """Every value that points or a factor are named for is one that the field can have."""
    for path, rule, _ in rules_of(rubric):
        if not isinstance(rule, Tally):
            continue
        tables: list[tuple[str, PointsBy | FactorBy | None]] = [
            ("points", rule.points if isinstance(rule.points, PointsBy) else None),
            ("factor", rule.factor),
        ]
        for key, table in tables:
            for word in table.values if table is not None else ():
                for facts in facts_of(rule.events, table.by if table else ""):
                    if facts.kind == "choice" and word not in facts.choices:
                        zh, en = suggest(word, values(facts), listed=20)
                        yield Note(
                            (*path, key, "values", word),
                            f"没有取值 {word}{zh}",
                            f"there is no value {word}{en}",
                        )


def facts_of(matches: tuple[Match, ...], name: str) -> Iterator[FieldInfo]:
    """Describe a field in each of the types that have it."""
    for match in matches:
        if name in known_fields(match.type):
            yield known_fields(match.type)[name]
