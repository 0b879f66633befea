"""The model of a rubric: sections, items, clauses with their rules, and what holds for the whole form.

In: the mapping that a rubric file holds. Out: a frozen `Rubric`, points in whole hundredths. Deliberately
absent: reading files (`reader`), judging sums and names (`lint`), scoring (projections).
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from rubrics.numbers import Amount, Model, Share, Text
from rubrics.parameters import Matches
from rubrics.problems import refuse
from rubrics.rules import Assessed, Graded, Rule

RubricId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$")]
Start = Literal["full", "zero"]


class Clause(Model):
    """What is asked in one sentence of the form, and what it costs or earns.

    `points`: the most it can cost or earn. `start`: `full` (points are lost from it) or `zero` (points are
    gained up to it). `reading`: how the form is read where it is silent or contradicts itself. `source`:
    where it stands in the form.
    """

    id: Id
    points: Amount
    start: Start = "full"
    title: Text | None = None
    reading: Text | None = None
    source: str | None = None
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]

    @property
    def assessed(self) -> bool:
        """Whether a person's judgement makes the clause's points."""
        return any(isinstance(rule, Assessed) for rule in self.rules)

    @property
    def graded(self) -> bool:
        """Whether tallied grades make the clause's points."""
        return any(isinstance(rule, Graded) for rule in self.rules)


class Item(Model):
    """A row of the form with printed points; one clause or several.

    In a file an item of one clause may carry the clause's keys (`rules`, `start`) itself.
    """

    id: Id
    title: Text
    points: Amount
    group: Text | None = None
    reading: Text | None = None
    source: str | None = None
    clauses: Annotated[tuple[Clause, ...], Field(min_length=1)]

    @model_validator(mode="before")
    @classmethod
    def _single_clause(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        if "clauses" in value:
            if doubled := [key for key in ("rules", "start") if key in value]:
                raise refuse(
                    f"有 clauses 的项目自己不能再有 {doubled[0]}：请写进条款里",
                    f"an item with clauses has no {doubled[0]} of its own: write it into a clause",
                )
            return value
        if "rules" not in value:
            raise refuse("须有 clauses，或自己的 rules", "needs clauses, or rules of its own")
        item = dict(value)
        clause = {key: item.pop(key) for key in ("start", "rules") if key in item}
        clause |= {key: item[key] for key in ("id", "points", "reading", "source") if key in item}
        return {**item, "clauses": [clause]}

    @property
    def base(self) -> int:
        """The points, in hundredths, that the item starts from: what no zero-start clause has to earn."""
        earned = sum(clause.points for clause in self.clauses if clause.start == "zero")
        return max(0, self.points - earned)


class Section(Model):
    """A part of the form. `points`: as printed. A bonus section adds at most its points (the cap)."""

    id: Id
    title: Text
    points: Amount
    bonus: bool = False
    reading: Text | None = None
    source: str | None = None
    items: Annotated[tuple[Item, ...], Field(min_length=1)]


class Band(Model):
    """A grade and the least total that earns it."""

    at_least: Amount
    grade: Text


class Veto(Model):
    """Findings that leave the branch unrated, whatever its total."""

    grade: Text
    events: Matches


class Grades(Model):
    """What the words of a graded form are worth, and how its sources weigh."""

    values: dict[Literal["excellent", "good", "fair", "poor"], Amount]
    weights: dict[Literal["masses", "organization"], Share]


class Column(Model):
    """A column of the printed form in which one of the assessors writes points."""

    assessor: Literal["self", "superior", "department"]
    title: Text


_COLUMNS = (
    Column(assessor="self", title=Text(zh="自评", en="self")),
    Column(assessor="superior", title=Text(zh="上级评定", en="superior")),
)


class Source(Model):
    """The form that the rubric was read from."""

    document: str
    issuer: Text | None = None
    year: int | None = None


class Rubric(Model):
    """A scoring form as data.

    `applies_to`: the kind of organisation it assesses. `year_start`: the month in which its year begins.
    `unassessed`: what an `assessed` clause is presumed to score while nobody has judged it. `aggregate`:
    `sum` of points, or `mean` of graded criteria on the scale of 100. `columns`: the form's own columns for
    assessors, in its order. `points`: the total as printed, without bonus. `reading`: how the form is read
    as a whole, where it is silent. `rules`: obligations of the procedure itself, advisory, on no clause.
    """

    id: RubricId
    version: str
    title: Text
    source: Source | None = None
    applies_to: Literal["branch", "general_branch", "committee"] = "branch"
    year_start: Annotated[int, Field(ge=1, le=12)] = 1
    unassessed: Literal["full", "none"] = "full"
    aggregate: Literal["sum", "mean"] = "sum"
    columns: tuple[Column, ...] = _COLUMNS
    points: Amount
    reading: Text | None = None
    grades: Grades | None = None
    bands: tuple[Band, ...] = ()
    veto: Veto | None = None
    rules: tuple[Rule, ...] = ()
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _consistent(self) -> "Rubric":
        for zh, en, ids in (
            ("部分", "section", [section.id for section in self.sections]),
            ("项目", "item", [item.id for item in self.items()]),
            ("条款", "clause", [clause.id for clause in self.clauses()]),
        ):
            doubled = sorted({id_ for id_ in ids if ids.count(id_) > 1})
            if doubled:
                raise refuse(
                    f"{zh}的 id 不能重复：{'、'.join(doubled)}",
                    f"{en} ids must differ from each other, given twice: {', '.join(doubled)}",
                )
        assessors = [column.assessor for column in self.columns]
        if len(set(assessors)) < len(assessors):
            raise refuse(
                "columns 里每个 assessor 只能有一列", "each assessor has one column of `columns` at most"
            )
        if any(not rule.advisory for rule in self.rules):
            raise refuse(
                "细则本身的 rules 不影响得分：每条都须写 advisory: true",
                "rules of the rubric itself move no points: each must be `advisory: true`",
            )
        graded = [clause.graded for clause in self.clauses()]
        if any(graded) and (self.grades is None or self.aggregate != "mean" or not all(graded)):
            raise refuse(
                "有 graded 条款时，须写 aggregate: mean 和 grades，且每个条款都是 graded",
                "graded clauses want `aggregate: mean`, `grades`, and every clause graded",
            )
        if self.aggregate == "mean" and not all(graded):
            raise refuse(
                "aggregate: mean 只用于每个条款都是 graded 的细则",
                "`aggregate: mean` is for rubrics whose clauses are all graded",
            )
        return self

    def items(self) -> Iterator[Item]:
        """Every item, in the form's order."""
        for section in self.sections:
            yield from section.items

    def clauses(self) -> Iterator[Clause]:
        """Every clause, in the form's order."""
        for item in self.items():
            yield from item.clauses
