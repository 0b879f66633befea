"""The examples beside a rubric: sentences, events in, points out.

In: the values of a `<id>.examples.yaml`. Out: a frozen `Examples`, and the `Case` values that it comes to:
every example with its events put together and its period settled. Deliberately absent: files
(`cases`), and running them (projections).

    period: 2019
    given:
      full_year:
        - 2019-{01..12}-08 meeting_held kind=committee_meeting evidence=minutes
    examples:
      - sentence: {zh: 少开一次支委会，扣 0.3 分。, en: One committee meeting short costs 0.3.}
        given: full_year
        except:
          - 2019-05 meeting_held
        expect:
          items: {3.1: 5.70}
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, PlainValidator, model_validator

from rubrics.examples.notation import (
    MOST_IN_A_FILE,
    Pattern,
    WrittenEvent,
    count_in,
    parse_events,
    parse_patterns,
)
from rubrics.numbers import Amount, Model, Text
from rubrics.parameters import Word, listed
from rubrics.problems import refuse

State = Literal["met", "lost", "gained", "open", "waived"]


def parse_text(value: object) -> object:
    """Let a number stand for its text: `period: 2019`."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def parse_on(value: object) -> date:
    """Read a day. Raises ValueError for anything else."""
    try:
        if not isinstance(value, str) or len(value) != len("2019-03-12"):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise refuse("必须是日期，如 2019-06-30", "must be a day such as 2019-06-30") from None


Written = Annotated[tuple[WrittenEvent, ...], PlainValidator(parse_events)]
Left = Annotated[tuple[Pattern, ...], PlainValidator(parse_patterns)]
PeriodName = Annotated[str, BeforeValidator(parse_text)]


class Score(Model):
    """What an item or a clause is expected to come to; a bare number stands for its score."""

    score: Amount | None = None
    at_risk: Amount | None = None
    unassessed: Amount | None = None

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {"score": value}

    @model_validator(mode="after")
    def _says_something(self) -> "Score":
        if not self.model_fields_set:
            raise refuse("须写明期望的分数", "must say what is expected")
        return self


class ClauseScore(Score):
    """What a clause is expected to come to, in all its columns.

    `entries`: how many entries it has in a state, advisory ones included.
    """

    computed: Amount | None = None
    self: Amount | None = None
    superior: Amount | None = None
    department: Amount | None = None
    owed: bool | None = None
    entries: dict[State, int] | None = None


class Expected(Model):
    """What a branch is expected to come to. What is not named is not looked at."""

    total: Amount | None = None
    base: Amount | None = None
    bonus: Amount | None = None
    at_risk: Amount | None = None
    unassessed: Amount | None = None
    in_play: Amount | None = None
    grade: str | None = None
    vetoed: bool | None = None
    sections: dict[str, Amount] = Field(default_factory=dict)
    items: dict[str, Score] = Field(default_factory=dict)
    clauses: dict[str, ClauseScore] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _says_something(self) -> "Expected":
        if not self.model_fields_set:
            raise refuse("须写明期望的分数", "must say what is expected")
        return self


class Example(Model):
    """A sentence, the events behind it, and what they come to.

    `given`: logs of the file to start from; `except`: what to leave out of them; `and`: what to add. Without
    `given`: `events`. `on`: the day of replay, by default the period's last. `as_of`: the name of the last
    event that is known. `expect` speaks of b1, `expect_of` of other branches.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    sentence: Text
    period: PeriodName | None = None
    on: Annotated[date, BeforeValidator(parse_on)] | None = None
    as_of: str | None = None
    given: Annotated[tuple[Word, ...], BeforeValidator(listed)] = ()
    except_: Annotated[tuple[Left, ...], Field(alias="except")] = ()
    and_: Annotated[tuple[Written, ...], Field(alias="and")] = ()
    events: tuple[Written, ...] = ()
    expect: Expected | None = None
    expect_of: dict[str, Expected] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _consistent(self) -> "Example":
        if self.given and self.events:
            raise refuse(
                "有 given 时，增加的记录请写在 and 里", "with `given`, what is added is written in `and`"
            )
        if not self.given and (self.except_ or self.and_):
            raise refuse(
                "except 和 and 只与 given 连用；否则请写在 events 里",
                "`except` and `and` go with `given`; without it, write `events`",
            )
        if self.expect is None and not self.expect_of:
            raise refuse("缺少 expect：须写明期望的分数", "needs `expect`: what the events come to")
        return self

    def expected(self) -> dict[str, Expected]:
        """Return what is expected, by branch; `expect` is of b1."""
        return {**({"b1": self.expect} if self.expect else {}), **self.expect_of}


class Examples(Model):
    """A file of examples.

    `period`: of every example that names none. `given`: logs by name, that examples start from.
    """

    period: PeriodName | None = None
    given: dict[Word, tuple[Written, ...]] = Field(default_factory=dict)
    examples: Annotated[tuple[Example, ...], Field(min_length=1)]

    @model_validator(mode="before")
    @classmethod
    def _not_too_many(cls, value: Any) -> Any:
        """Count before anything is unfolded."""
        if (found := count_in(value)) > MOST_IN_A_FILE:
            raise refuse(
                f"一个文件最多展开成 {MOST_IN_A_FILE} 条，实际为 {found} 条",
                f"one file may unfold into {MOST_IN_A_FILE:,} events at most, got {found:,}",
            )
        return value
