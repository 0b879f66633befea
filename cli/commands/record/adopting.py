"""`zhibu adopt` and `zhibu drop`: by which rubrics branches go, from when on, and until when.

In: a rubric, branches, days. Out: `rubric_adopted` and `rubric_dropped` events, all of a command or none; on
a terminal, a question from which day on an adoption within a rubric's year is owed. Deliberately absent:
whether a rubric is adopted; the ledger's checks see the stream.
"""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.options import By, Rubric, SomeBranches, several
from cli.commands.record.recording import Envelope, record_several
from cli.context import Door, SaysNo, WrongUsage, door_of, parse_day
from cli.library import known_clauses, library, load_rubric
from cli.ui.language import both, noted
from ledger.words import Words
from rubrics.library import Unusable
from rubrics.problems import RubricError, UnknownRubricError

if TYPE_CHECKING:
    from rubrics.reader.loaded import Loaded

_ARGUMENTS = {"data.rubric": "RUBRIC", "data.owed_from": "--owed-from", "occurred_on": "--from"}
_TODAY = both("今天", "today")


def adopt(
    context: typer.Context,
    rubric: Rubric,
    branch: SomeBranches = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="DAY", help=both("从哪一天起适用", "the first day"), show_default=_TODAY
        ),
    ] = None,
    owed_from: Annotated[
        str | None,
        typer.Option(
            "--owed-from",
            metavar="DAY",
            help=both(
                "从哪一天起算：此前开始的时段、事由和报送要求不作要求；可以在将来",
                "from which day on it is owed: nothing for windows, triggers and requests that began before; "
                "may lie ahead",
            ),
            show_default=both("全年都算", "the whole year"),
        ),
    ] = None,
    by: By = None,
) -> None:
    """Log that branches go by a rubric from a day on."""
    door = door_of(context)
    loaded = load_rubric(rubric)
    branches = several(branch)
    with door.open() as store:
        today = door.today(store)
        if owed_from is None and door.screen.interactive:
            owed_from = _asked(door, loaded, parse_day(since, "--from") or today)
        cells = {"data.rubric": loaded.rubric.id, "data.owed_from": owed_from or ""}
        record_several(
            door,
            store,
            [("rubric_adopted", Envelope(code, since, by=by), cells) for code in branches],
            known_clauses([loaded]),
            _ARGUMENTS,
        )
    if loaded.rubric.id not in library().ids():
        door.screen.warn(noted(Unusable.absent(loaded.rubric.id).words))


def drop(
    context: typer.Context,
    rubric: Rubric,
    branch: SomeBranches = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DAY",
            help=both("从哪一天起不再适用", "the first day on which it no longer holds"),
            show_default=_TODAY,
        ),
    ] = None,
    by: By = None,
) -> None:
    """Log that branches no longer go by a rubric from a day on."""
    door = door_of(context)
    # A form whose file is gone, or no good any more, can still be dropped, by its id.
    unknown = None
    try:
        named = library().load(rubric).rubric.id
    except RubricError as error:
        named, unknown = rubric, error
    cells = {"data.rubric": named}
    typed = [("rubric_dropped", Envelope(code, since, by=by), cells) for code in several(branch)]
    with door.open() as store:
        try:
            record_several(door, store, typed, known_clauses(), _ARGUMENTS)
        except SaysNo as refused:
            # A name that neither the library nor the log knows is a slip of the hand.
            if isinstance(unknown, UnknownRubricError):
                raise WrongUsage(unknown.words) from refused
            raise


def _asked(door: Door, loaded: "Loaded", since: date) -> str:
    """Ask from which day on the form is owed, where it is adopted within its year; empty: the whole year."""
    from projections.engine.periods import year_of

    begins = year_of(since, loaded.rubric.year_start).start
    if since == begins:
        return ""
    question = Words(
        f"这份细则的年度自 {begins} 起。从哪一天起算（如 {since.replace(day=1)}）？回车则全年都算",
        f"The form's year began on {begins}. From which day on is it owed (such as {since.replace(day=1)})? "
        "Enter: the whole year",
    )
    while answer := door.screen.ask(question, ""):
        try:
            parse_day(answer, "--owed-from")
        except WrongUsage as wrong:
            door.screen.warn(wrong.words)
        else:
            return answer
    return ""
