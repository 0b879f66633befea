"""What the rule kinds are put together from: which events, days, cadences, measures, points by value, spans,
ratios, what a missing unit costs.

In: parts of a rule in a rubric file, short forms of `events`, `where` and `shortfall` allowed. Out: frozen
models and checked types. Deliberately absent: the rule kinds themselves (`rules`); whether types and fields
of events exist, for the check is handed their names.
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

from rubrics.numbers import Amount, Model, Points, Share
from rubrics.problems import refuse

Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Host = Literal["branch", "superior", "any"]


def listed(value: object) -> object:
    """Let a single value stand for a list of one."""
    return value if isinstance(value, list | tuple) else [value]


def parse_value(value: object) -> object:
    """Let through what a field can be compared with. Raises ValueError for anything else."""
    if isinstance(value, str | bool | int):
        return value
    raise refuse("必须是文字、整数或 true/false", "must be a text, a whole number, true or false")


Value = Annotated[str | bool | int, BeforeValidator(parse_value)]


class Condition(Model):
    """What one field of an event must satisfy.

    `among`: it is one of the values. `has`: the set holds them all. `lacks`: the set does not hold it.
    `at_least`, `at_most`: the number reaches, or does not pass, the bound. In a file a bare value or list
    is short for `among`. A field that was not given matches nothing (`excused` and `absent` are 0 then).
    """

    among: tuple[Value, ...] = ()
    has: Annotated[tuple[Word, ...], BeforeValidator(listed)] = ()
    lacks: Word | None = None
    at_least: int | None = None
    at_most: int | None = None

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return value if isinstance(value, dict | Condition) else {"among": listed(value)}

    @model_validator(mode="after")
    def _says_something(self) -> "Condition":
        if not self.model_fields_set:
            raise refuse(
                "条件不能为空：请给出取值、列表、has、lacks、at_least 或 at_most",
                "a condition must say something: a value, a list, has, lacks, at_least or at_most",
            )
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise refuse("at_least 不能大于 at_most", "at_least must not be above at_most")
        return self


class Match(Model):
    """Which events: a type, conditions on its fields, and for gatherings whose they are.

    `host`: `branch` (its own), `superior`, or `any`; left out, the rule kind's default counts (own for
    quota, none_of, excess and most tallies; any for tallies of attendance and thresholds).
    """

    type: Word
    where: dict[Word, Condition] = Field(default_factory=dict)
    host: Host | None = None


Matches = Annotated[tuple[Match, ...], Field(min_length=1), BeforeValidator(listed)]
"""One match, or several of which an event must satisfy any."""


class Shortfall(Model):
    """What a missing unit costs: exactly one of the four.

    `each`: so much a missing unit. `once`: so much, however many are missing. `all`: the whole clause on
    the first missing unit. `proportional`: the clause's points by missing over required, over all windows
    of the period. In a file: `all`, `proportional`, `{each: 0.5}` or `{once: 2}`.
    """

    mode: Literal["each", "once", "all", "proportional"]
    points: Amount = 0

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        if value in ("all", "proportional"):
            return {"mode": value}
        if isinstance(value, dict) and len(value) == 1 and set(value) <= {"each", "once"}:
            [(mode, points)] = value.items()
            return {"mode": mode, "points": points}
        if isinstance(value, dict) and "mode" in value:
            return value
        raise refuse(
            "必须是 all、proportional、{each: 分数} 或 {once: 分数}",
            "must be all, proportional, {each: POINTS} or {once: POINTS}",
        )

    @model_validator(mode="after")
    def _costs_something(self) -> "Shortfall":
        if (self.mode in ("each", "once")) != (self.points > 0):
            raise refuse(
                "each 和 once 须带大于 0 的分数，all 和 proportional 不带",
                "each and once want points above 0, all and proportional want none",
            )
        return self


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
