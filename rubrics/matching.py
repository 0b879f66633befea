"""Which events a rule speaks of, and what a missing unit costs.

In: the `events`, `where` and `shortfall` of a rubric file, short forms allowed. Out: frozen models.
Deliberately absent: whether the types and fields exist; the check is handed their names.
"""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from rubrics.numbers import Amount, Model
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
