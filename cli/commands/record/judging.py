"""`zhibu assess` and `tally`: what people judge.

In: a rubric, a clause, points or grades. Out: `clause_assessed`, `grades_tallied` events, all of a command or
none. Deliberately absent: whether the points are allowed; the ledger's checks know the
clause.
"""

from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.options import By, On, Rubric, SomeBranches, one_of, required, several
from cli.commands.record.recording import Envelope, Typed, record_several, refusal_of, require_branches
from cli.context import Door, DoorError, WrongUsage, door_of
from cli.library import find_clause, known_clauses, load_rubric
from cli.ui.language import both
from ledger.events import fields_of
from ledger.words import Words
from rubrics.numbers import print_points

if TYPE_CHECKING:
    from collections.abc import Callable

    from rubrics.reader.loaded import Loaded

_ASSESSORS = {word: words.label for word, words in fields_of("clause_assessed")["assessor"].choices.items()}
_ARGUMENTS = {"data.rubric": "RUBRIC", "data.clause": "CLAUSE", "data.points": "POINTS"}
_SOURCES = {word: words.label for word, words in fields_of("grades_tallied")["source"].choices.items()}
_Period = Annotated[
    str | None,
    typer.Option(
        "--period",
        metavar="PERIOD",
        help=both("考核期间：2019、2019-H1、2019-Q3、2019-09", "the period: 2019, 2019-H1, 2019-Q3, 2019-09"),
        show_default=both("--on 所在的年度", "the year of --on"),
    ),
]
_Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help=both("备注", "a note"))]
_As = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="|".join(_ASSESSORS),
        help=both(
            "（必填）自评、上级或主管部门",
            "(required) who judges: the branch itself, its superior, the department",
        ),
    ),
]


def assess(
    context: typer.Context,
    rubric: Rubric,
    clause: Annotated[
        str | None,
        typer.Argument(
            metavar="CLAUSE", help=both("条款编号；省去则逐项询问", "a clause; left out: asks one by one")
        ),
    ] = None,
    points: Annotated[str | None, typer.Argument(metavar="POINTS", help=both("得分", "the points"))] = None,
    branch: SomeBranches = None,
    assessor: _As = None,
    period: _Period = None,
    on: On = None,
    note: _Note = None,
    by: By = None,
) -> None:
    """Log what a clause is judged to be worth; without a clause, ask one by one on a terminal."""
    door = door_of(context)
    loaded = load_rubric(rubric)
    branches = several(branch)
    assessor = one_of("--as", required(assessor, "--as"), _ASSESSORS)
    base = {
        "data.rubric": loaded.rubric.id,
        "data.assessor": assessor,
        "data.period": period or "",
        "data.note": note or "",
    }
    with door.open() as store:
        require_branches(store, branches)
        known = known_clauses([loaded])

        def typed(code: str, name: str, worth: str) -> Typed:
            cells = {**base, "data.clause": name, "data.points": worth}
            return "clause_assessed", Envelope(code, on, by=by), cells

        def refuses(code: str, name: str, worth: str) -> DoorError | None:
            return refusal_of(door, store, typed(code, name, worth), known, _ARGUMENTS)

        judged = [
            typed(code, name, worth)
            for code in branches
            for name, worth in _judged(door, loaded, clause, points, code, refuses)
        ]
        if judged:
            record_several(door, store, judged, known, _ARGUMENTS)


def tally(
    context: typer.Context,
    rubric: Rubric,
    clause: Annotated[str, typer.Argument(metavar="CLAUSE", help=both("条款编号", "the clause"))],
    branch: SomeBranches = None,
    source: Annotated[
        str | None,
        typer.Option(
            "--source",
            metavar="|".join(_SOURCES),
            help=both("（必填）群众测评或组织测评", "(required) the masses, or the organization"),
        ),
    ] = None,
    excellent: Annotated[
        str | None, typer.Option(metavar="N", help=both("优秀票数", "how many said excellent"))
    ] = None,
    good: Annotated[
        str | None, typer.Option(metavar="N", help=both("较好票数", "how many said good"))
    ] = None,
    fair: Annotated[
        str | None, typer.Option(metavar="N", help=both("一般票数", "how many said fair"))
    ] = None,
    poor: Annotated[str | None, typer.Option(metavar="N", help=both("差票数", "how many said poor"))] = None,
    period: _Period = None,
    on: On = None,
    by: By = None,
) -> None:
    """Log the grades that a survey gave a clause."""
    door = door_of(context)
    loaded = load_rubric(rubric)
    source = one_of("--source", required(source, "--source"), _SOURCES)
    find_clause(loaded, clause)
    counts = {"excellent": excellent, "good": good, "fair": fair, "poor": poor}
    cells = {"data.rubric": loaded.rubric.id, "data.clause": clause, "data.source": source}
    cells |= {f"data.{name}": text or "" for name, text in counts.items()}
    cells["data.period"] = period or ""
    with door.open() as store:
        record_several(
            door,
            store,
            [("grades_tallied", Envelope(code, on, by=by), cells) for code in several(branch)],
            known_clauses([loaded]),
            _ARGUMENTS,
        )


def _judged(
    door: Door,
    loaded: "Loaded",
    clause: str | None,
    points: str | None,
    branch: str,
    refuses: "Callable[[str, str, str], DoorError | None]",
) -> list[tuple[str, str]]:
    """Return clauses with their points: the one named, or those that somebody on the terminal judges.

    Each answer is checked as it is given. What is wrong with everything (the period, the day) is raised
    before the first question.
    """
    if clause is not None:
        find_clause(loaded, clause)
        if points is None:
            raise WrongUsage(Words("缺少参数 POINTS。", "missing argument POINTS."))
        return [(clause, points)]
    if not door.screen.interactive:
        raise WrongUsage(Words("缺少参数 CLAUSE。", "missing argument CLAUSE."))
    for one in islice(loaded.rubric.clauses(), 1):
        if (refusal := refuses(branch, one.id, "0")) is not None:
            raise refusal
    door.screen.say(
        Words(f"{branch}：逐项评分，回车跳过。", f"{branch}: points clause by clause, Enter skips one.")
    )
    judged = []
    for item in loaded.rubric.items():
        for one in item.clauses:
            title, most = one.title or item.title, print_points(100_00 if one.graded else one.points)
            question = Words(f"{one.id} {title.zh}（0–{most}）", f"{one.id} {title.en} (0 to {most})")
            while answer := door.screen.ask(question, ""):
                refusal = refuses(branch, one.id, answer)
                if refusal is None:
                    judged.append((one.id, answer))
                    break
                door.screen.warn(refusal.words)
    return judged
