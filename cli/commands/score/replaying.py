"""From the command line to a question: which period, day, prefix and branches.

In: the options as typed. Out: a question, and its answer. Deliberately absent: tables (`score_tables`) and
scoring (`projections`).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import Door, WrongUsage, parse_day
from cli.ui.language import both
from ledger.words import Words

if TYPE_CHECKING:
    from ledger.store.event_store import Store
    from projections.answers.document import Replayed
    from projections.engine.results import Answer
    from rubrics.reader.loaded import Loaded

PeriodOption = Annotated[
    str | None,
    typer.Option(
        "--period",
        metavar="PERIOD",
        help=both(
            "（必填）考核期间：2019、2019-H1、2019-Q3、2019-09、2019-03..2019-08",
            "(required) the period: 2019, 2019-H1, 2019-Q3, 2019-09, 2019-03..2019-08",
        ),
    ),
]
OnOption = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="DAY",
        help=both("按哪一天的情况计分", "the day at whose end the score stands"),
        show_default=both("今天", "today"),
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="POSITION|INSTANT",
        help=both(
            "只按台账到哪一条为止的记录计分：写序号，或记录时间"
            "（2019-12-31 即到该日终了，2019-12-31 18:00 即到该分钟终了）",
            "how much of the log counts: up to a position, or to an instant of recording "
            "(2019-12-31 is that day's end, 2019-12-31 18:00 that minute's)",
        ),
        show_default=both("全部", "everything"),
    ),
]


def ask(
    door: Door,
    store: "Store",
    loaded: "Loaded",
    *,
    period: str | None,
    on: str | None = None,
    as_of: str | None = None,
    branches: Sequence[str] | None = None,
    explain: bool = False,
    jobs: int | None = 1,
) -> "tuple[Replayed, Answer]":
    """Replay what was typed. Raises WrongUsage, WrongQuestion."""
    from projections.answers.scoring import Question, answer

    if period is None:
        raise WrongUsage(
            Words(
                "缺少选项 --period，例如 --period 2019。", "missing option --period, such as --period 2019."
            )
        )
    day = parse_day(on, "--on") or door.today(store)
    question = Question(period, day, as_of, branches, explain=explain, jobs=jobs)
    return answer(store, loaded, question, door.zone(store))
