"""What the rule kinds are put together from: days, cadences, measures, points by value, spans, ratios.

In: parts of a rule in a rubric file. Out: frozen models and checked types. Deliberately absent: the rule
kinds themselves (`rules`) and which events they speak of (`matching`).
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from rubrics.matching import Word
from rubrics.numbers import Model, Points, Share
from rubrics.problems import refuse


def check_month_day(value: str) -> str:
    """Let through a day that every year has. Raises ValueError for any other."""
    try:
        date.fromisoformat(f"2019-{value}")
    except ValueError:
        raise refuse(
            "必须是每年都有的日子，写作 MM-DD，如 11-30",
            "must be a day that every year has, as MM-DD: 11-30",
        ) from None
    return value


MonthDay = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}-[0-9]{2}$"), AfterValidator(check_month_day)]
Cadence = Literal["month", "two_months", "quarter", "half", "year"]
Role = Literal["member", "secretary", "deputy_secretary", "committee"]


def parse_day(value: object) -> object:
    """Let through a day that every month has, or its last. Raises ValueError for anything else."""
    if value == "last" or (isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 28):
        return value
    raise refuse("必须是 1 到 28 日，或 last（月末）", "must be a day from 1 to 28, or last")


_DAYS = {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 28}, {"const": "last"}]}
Day = Annotated[int | Literal["last"], BeforeValidator(parse_day), WithJsonSchema(_DAYS)]
"""A day that every month has, or its last."""


class Measure(Model):
    """How a quota counts: the sum of a field, or its distinct values (instead of the number of events)."""

    sum: Word | None = None
    distinct: Word | None = None

    @model_validator(mode="after")
    def _one(self) -> "Measure":
        if (self.sum is None) == (self.distinct is None):
            raise refuse(
                "必须是 {sum: 字段} 或 {distinct: 字段}", "must be either {sum: FIELD} or {distinct: FIELD}"
            )
        return self


class _ByValue(Model):
    """Numbers by the value of a field."""

    @model_validator(mode="before")
    @classmethod
    def _names_its_field(cls, value: Any) -> Any:
        if isinstance(value, dict) and value and not {"by", "values"} & value.keys():
            raise refuse(
                "按取值给出时须写作 {by: 字段, values: {取值: 数}}，"
                "如 {by: level, values: {unit: 0.5, city: 1}}",
                "numbers by the value of a field are written as {by: FIELD, values: {VALUE: NUMBER}}, "
                "such as {by: level, values: {unit: 0.5, city: 1}}",
            )
        return value


class PointsBy(_ByValue):
    """Points by the value of a field; a value that is not listed moves nothing."""

    by: Word
    values: dict[Word, Points]


class FactorBy(_ByValue):
    """A factor by the value of a field; a value that is not listed counts whole."""

    by: Word
    values: dict[Word, Share]


class Within(Model):
    """A span after the trigger, or before the end of the term that the trigger starts: exactly one."""

    months: Annotated[int, Field(ge=1)] | None = None
    days: Annotated[int, Field(ge=1)] | None = None
    months_before_term_end: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _one(self) -> "Within":
        if len(self.model_dump(exclude_none=True)) != 1:
            raise refuse(
                "必须是 {months: N}、{days: N}、{months_before_term_end: N} 之一",
                "must be one of {months: N}, {days: N}, {months_before_term_end: N}",
            )
        return self


class Ratio(Model):
    """`of` over `to`, the latter less the field `less`."""

    of: Word
    to: Word
    less: Word | None = None
