"""What a rule looks for, as expressions over the events frame.

In: matches of a rubric. Out: Polars expressions that are true on the rows that match, and never null.
Deliberately absent: windows and periods; which day counts is the rule kind's affair.
"""

from collections.abc import Iterable
from functools import cache

import polars as pl

from ledger.events import CATALOGUE, fields_of
from projections.frames import MILLION, field_kinds
from rubrics.matching import Condition, Match

GATHERINGS = frozenset({"meeting_held", "lecture_given", "activity_held"})

_ZERO_WHEN_LEFT_OUT = frozenset({"excused", "absent"})


@cache
def default_of(word: str, field: str) -> str | bool | int | None:
    """Return what a field of an event type is when left out: a plain value, or None."""
    if field in _ZERO_WHEN_LEFT_OUT:
        return 0
    info = CATALOGUE[word].model_fields.get(field) if word in CATALOGUE else None
    default = None if info is None else info.default
    return default if isinstance(default, str | bool | int) else None


def value_of(word: str, field: str) -> pl.Expr:
    """Return a field of events of a type, its default filled in."""
    default = default_of(word, field)
    return pl.col(field) if default is None else pl.col(field).fill_null(pl.lit(default))


def any_match(matches: Iterable[Match], host: str) -> pl.Expr:
    """Return the expression that is true on the rows that any of the matches looks for."""
    first, *others = (match_expr(match, host) for match in matches)
    for other in others:
        first = first | other
    return first


def match_expr(match: Match, host: str) -> pl.Expr:
    """Return the expression of one match; `host` counts for gatherings where the match names none."""
    if match.type not in CATALOGUE:
        return pl.lit(value=False)
    expr = pl.col("type") == match.type
    if match.type in GATHERINGS and "host" not in match.where:
        wanted = match.host or host
        if wanted != "any":
            expr &= pl.col("host").fill_null("branch") == wanted
    if match.type == "document_submitted" and "conforming" not in match.where:
        expr &= pl.col("conforming").fill_null(value=True)
    for field, condition in match.where.items():
        expr &= _condition_expr(match.type, field, condition)
    return expr


def _condition_expr(word: str, field: str, condition: Condition) -> pl.Expr:
    kind = field_kinds()[field] if field in fields_of(word) else "unknown"
    if kind == "unknown":
        return pl.lit(value=False)
    if kind in ("set", "list"):
        return _set_expr(field, condition)
    column = value_of(word, field)
    scale = {"money": 100, "points": 100, "hours": 100, "decimal": MILLION}.get(kind, 1)
    parts = []
    if condition.among:
        parts.append(_among(column, kind, condition.among, scale))
    if condition.at_least is not None:
        parts.append(column >= condition.at_least * scale)
    if condition.at_most is not None:
        parts.append(column <= condition.at_most * scale)
    expr = parts[0] if parts else pl.lit(value=False)
    for part in parts[1:]:
        expr &= part
    return expr.fill_null(value=False)


def _among(column: pl.Expr, kind: str, values: tuple[str | bool | int, ...], scale: int) -> pl.Expr:
    wanted: list[str | bool | int]
    if kind == "flag":
        wanted = [value for value in values if isinstance(value, bool)]
    elif kind in ("whole", "money", "points", "hours", "decimal"):
        wanted = [int(value) * scale for value in values if not isinstance(value, bool | str)]
    else:
        wanted = [str(value) for value in values]
    if len(wanted) == 1:
        return column == wanted[0]
    return column.is_in(wanted) if wanted else pl.lit(value=False)


def _set_expr(field: str, condition: Condition) -> pl.Expr:
    column = pl.col(field)
    expr = pl.lit(value=True)
    for word in condition.has:
        expr &= column.list.contains(word).fill_null(value=False)
    if condition.lacks is not None:
        expr &= ~column.list.contains(condition.lacks).fill_null(value=False)
    if condition.among:
        expr &= pl.any_horizontal(
            column.list.contains(str(value)).fill_null(value=False) for value in condition.among
        )
    return expr
