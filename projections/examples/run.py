"""Examples run: what a file says that events come to, beside what they do come to.

In: the cases of an examples file. Out: a `Result` for each, with every figure that differs and the answer
that it was compared with. Deliberately absent: printing, and what no example moved (`coverage`).

The cases of one period and day share one replay, each with branches of its own: a branch scores the same
alone as among others, and a file of a hundred examples takes a second.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from projections.answers.document import score_row
from projections.engine.entries import Entry
from projections.engine.periods import Period, parse_period
from projections.engine.plan import Plan, PlannedRule
from projections.engine.replays import replay
from projections.engine.results import BranchScore
from projections.examples.logs import LogBuilder, branch_code
from rubrics.examples.cases import Case, Cases, grade_words
from rubrics.examples.model import Expected, Score
from rubrics.model import Rubric
from rubrics.numbers import print_points
from rubrics.problems import RubricError

if TYPE_CHECKING:
    from ledger.problems import Problem

Row = dict[str, Any]
Asked = tuple[Period, date]
Moved = tuple[int, int, int]
"""A price by which a rule moved a point: the clause's number, the rule's place in it, which of its prices."""

_PERIODS = "2019, 2019-H1, 2019-Q3, 2019-09, 2019-03..2019-08"
_OF_THE_BRANCH = ("total", "base", "bonus", "at_risk", "unassessed", "in_play")


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is not as expected.

    `place`: of what, `("items", "3.1", "score")` or `("total",)`. `expected`, `got`: as the answer writes
    them; `None` for nothing. `clauses`: the clauses whose entries tell why.
    """

    branch: str
    place: tuple[str, ...]
    expected: str | None
    got: str | None
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an example.

    `scores`: the answer's row of each branch that something was expected of, entries and all; `typed`: the
    same as values. `moved`: the prices by which a rule moved a point, by branch. `shown`: how the example
    writes the event of an id.
    """

    case: Case
    differences: tuple[Difference, ...]
    scores: Mapping[str, Row]
    typed: Mapping[str, BranchScore]
    moved: Mapping[str, frozenset[Moved]]
    shown: Mapping[str, str]


def run_cases(cases: Cases) -> list[Result]:
    """Run every example of a file. Raises RubricError for what no ledger would take, and unknown periods."""
    groups = group_cases(cases)
    plan, builder = Plan(cases.loaded.rubric), LogBuilder(cases)
    results = [
        result for asked, group in groups.items() for result in _run(cases, plan, builder, asked, group)
    ]
    return sorted(results, key=lambda result: result.case.number)


def group_cases(cases: Cases) -> dict[Asked, list[Case]]:
    """Group the cases of a file by period and day. Raises RubricError for a name that is no period."""
    groups: dict[Asked, list[Case]] = {}
    problems: list[Problem] = []
    for case in cases.cases:
        try:
            period = parse_period(case.period, cases.loaded.rubric.year_start)
        except ValueError:
            problems.append(
                cases.problem(
                    (*case.place, "period"),
                    f"“{case.period}”不是期间：请写 {_PERIODS}",
                    f'"{case.period}" is no period: write one like {_PERIODS}',
                )
            )
            continue
        groups.setdefault((period, case.on or period.end), []).append(case)
    if problems:
        raise RubricError(problems)
    return groups


def _run(cases: Cases, plan: Plan, builder: LogBuilder, asked: Asked, group: list[Case]) -> Iterator[Result]:
    period, on = asked
    log = builder.build(group)
    branches = [branch_code(case, branch) for case in group for branch in case.expected]
    answer = replay(log.log(), plan, period, on=on, upto=len(log.rows), branches=branches, explain=True)
    trees = {score.branch: score for score in answer.scores}
    rows = {code: score_row(score, plan.rubric, explain=True) for code, score in trees.items()}
    moved = {score.branch: frozenset(_moved(score, plan)) for score in answer.scores}
    for case in group:
        scores = {branch: rows[branch_code(case, branch)] for branch in case.expected}
        differences = [
            difference
            for branch, expected in case.expected.items()
            for difference in compare_score(branch, expected, scores[branch], cases.loaded.rubric)
        ]
        yield Result(
            case,
            tuple(differences),
            scores,
            {branch: trees[branch_code(case, branch)] for branch in case.expected},
            {branch: moved.get(branch_code(case, branch), frozenset()) for branch in case.expected},
            log.shown,
        )


def _moved(score: BranchScore, plan: Plan) -> Iterator[Moved]:
    """Yield the prices by which entries moved points."""
    rules = {(planned.clause, planned.order): planned for planned in plan.rules}
    for clause in score.clauses():
        for entry in clause.entries:
            if entry.points and entry.rule is not None:
                yield entry.clause, entry.rule, _number(rules[entry.clause, entry.rule], entry)


def _number(planned: PlannedRule, entry: Entry) -> int:
    return next(number for number, charge in enumerate(planned.charges) if charge is entry.charge)


def compare_score(branch: str, expected: Expected, row: Row, rubric: Rubric) -> Iterator[Difference]:
    """Yield what is not as expected in an answer's row, from the whole down to the clauses."""
    for place, wanted, got, clauses in _compared(expected, row, grade_words(rubric)):
        if wanted != got:
            yield Difference(branch, place, wanted, got, tuple(clauses))


Compared = tuple[tuple[str, ...], str | None, str | None, list[str]]


def _compared(expected: Expected, row: Row, grades: Mapping[str, str]) -> Iterator[Compared]:
    every = [clause["id"] for section in row["sections"] for clause in _clauses(section)]
    for key in _OF_THE_BRANCH:
        wanted = getattr(expected, key)
        if wanted is not None:
            yield (key,), print_points(wanted), row[key], every
    if "grade" in expected.model_fields_set:
        word = None if expected.grade is None else grades[expected.grade]
        yield ("grade",), word, row["grade"], []
    if expected.vetoed is not None:
        yield ("vetoed",), _flag(expected.vetoed), _flag(row["vetoed"]), []
    for section in row["sections"]:
        ids = [clause["id"] for clause in _clauses(section)]
        if section["id"] in expected.sections:
            wanted = print_points(expected.sections[section["id"]])
            yield ("sections", section["id"]), wanted, section["score"], ids
        for item in section["items"]:
            ids = [clause["id"] for clause in item["clauses"]]
            yield from _compared_score("items", expected.items.get(item["id"]), item, ids)
            for clause in item["clauses"]:
                yield from _compared_score(
                    "clauses", expected.clauses.get(clause["id"]), clause, [clause["id"]]
                )


def _compared_score(level: str, wanted: Score | None, row: Row, clauses: list[str]) -> Iterator[Compared]:
    if wanted is None:
        return
    for key in wanted.model_fields_set:
        value = getattr(wanted, key)
        if key == "entries":
            for state, count in (value or {}).items():
                found = sum(entry["state"] == state for entry in row["entries"])
                yield (level, row["id"], state), str(count), str(found), clauses
        elif key == "owed":
            yield (level, row["id"], key), _flag(value), _flag(row[key]), clauses
        else:
            points = None if value is None else print_points(value)
            yield (level, row["id"], key), points, row[key], clauses


def _flag(value: bool | None) -> str:
    return str(value).lower()


def _clauses(section: Row) -> Iterable[Row]:
    return (clause for item in section["items"] for clause in item["clauses"])
