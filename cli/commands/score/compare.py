"""`zhibu compare`: two replays side by side, every clause that differs, and the events that made it so.

In: a rubric, a period, a branch, and what the other replay has otherwise. Out: lines for people, or JSON.
Deliberately absent: scoring, and finding the differences (`projections.answers`).
"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.commands.options import OneBranch, Rubric, TableOrJson, one_of, required
from cli.commands.score.replaying import AsOfOption, OnOption, PeriodOption, ask
from cli.context import Door, WrongUsage, door_of
from cli.library import load_rubric
from cli.ui.language import both
from ledger.words import COLON, NOTHING, Words
from projections.text.amounts import print_signed
from projections.text.entries import entry_lines
from projections.text.events import event_words
from rubrics.numbers import print_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.store.event_store import Store
    from projections.answers.compare import Difference
    from projections.answers.document import Replayed
    from projections.engine.results import BranchScore, ClauseScore
    from projections.text.labels import Names
    from rubrics.model import Rubric as Form

_Side = tuple["Replayed", "BranchScore"]


def _other(option: str, metavar: str, zh: str, en: str) -> Any:
    return typer.Option(option, metavar=metavar, help=both(zh, en))


def compare(
    context: typer.Context,
    rubric: Rubric,
    period: PeriodOption = None,
    branch: OneBranch = None,
    on: OnOption = None,
    as_of: AsOfOption = None,
    period_b: Annotated[
        str | None, _other("--period-b", "PERIOD", "与另一期间比较", "beside another period")
    ] = None,
    rubric_b: Annotated[
        str | None, _other("--rubric-b", "RUBRIC", "与另一份细则比较", "beside another rubric")
    ] = None,
    branch_b: Annotated[
        str | None, _other("--branch-b", "CODE", "与另一党组织比较", "beside another branch")
    ] = None,
    on_b: Annotated[
        str | None, _other("--on-b", "DAY", "与另一天的情况比较", "beside the score of another day")
    ] = None,
    as_of_b: Annotated[
        str | None,
        _other(
            "--as-of-b",
            "POSITION|INSTANT",
            "第二次只按台账到哪一条为止的记录计分（默认全部）",
            "where the second one stops",
        ),
    ] = None,
    format_: TableOrJson = "table",
) -> None:
    """Compare two replays: as the log stood at --as-of and as it stands, or two of anything else."""
    from projections.answers.compare import attribute, compare_scores, comparison_row, read_changes
    from projections.answers.named import read_names

    door = door_of(context)
    one_of("--format", format_, ("table", "json"))
    branch = required(branch, "--branch")
    if all(other is None for other in (as_of, period_b, rubric_b, branch_b, on_b, as_of_b)):
        raise WrongUsage(
            Words(
                "缺少比较的对象：--as-of、--period-b、--rubric-b、--branch-b、--on-b 之一。",
                "nothing to compare with: give one of --as-of, --period-b, --rubric-b, --branch-b, --on-b.",
            )
        )
    first = load_rubric(rubric)
    second = load_rubric(rubric_b) if rubric_b else first
    other = branch_b or branch
    with door.open() as store:
        replayed, answer = ask(
            door, store, first, period=period, on=on, as_of=as_of, branches=[branch], explain=True
        )
        a = replayed, answer.branch(branch)
        replayed, answer = ask(
            door, store, second, period=period_b or period, on=on_b or on, as_of=as_of_b, branches=[other],
            explain=True,
        )  # fmt: skip
        b = replayed, answer.branch(other)
        changes = read_changes(store, branch, (a[0].position, b[0].position)) if other == branch else []
        differences = attribute(compare_scores(a[1], b[1]), changes)
        if format_ == "json":
            door.screen.document(comparison_row(a, b, differences))
        else:
            _tell(door, store, (a, b), differences, read_names(store, codes=door.codes))


def _tell(
    door: Door,
    store: "Store",
    sides: tuple[_Side, _Side],
    differences: "Sequence[Difference]",
    names: "Names",
) -> None:
    screen = door.screen
    for name, side_ in zip("AB", sides, strict=True):
        screen.paragraph(f"{name}  " + _side(*side_, names), tone="strong")
    moved = [found for found in differences if found.in_points]
    if not moved:
        screen.say(Words("得分没有不同。", "No points differ."))
    titles = _titles([replayed.rubric for replayed, _ in sides])
    for found in moved:
        points = f"{_points(found.a)} → {_points(found.b)}"
        screen.say("")
        heading = f"{found.clause} " + titles[found.clause] + f"  {points}  ({print_signed(found.moved)})"
        screen.paragraph(heading, tone="strong")
        for side, (_, shown), entries in zip("AB", sides, (found.only_a, found.only_b), strict=True):
            for line in entry_lines(entries, names.at(shown.branch)):
                screen.paragraph(f"{side} " + line, indent=2)
        _tell_events(door, store, found, names)
    same = [found.clause for found in differences if not found.in_points]
    if same:
        clauses = ", ".join(same)
        screen.paragraph(
            Words(
                f"\n得分相同、依据不同的条款：{clauses}（--format json 可见）",
                f"\nThe same points for other reasons: {clauses} (see --format json).",
            ),
            tone="faint",
        )


def _titles(rubrics: "Sequence[Form]") -> dict[str, Words]:
    return {
        clause.id: Words(item.title.zh, item.title.en)
        for rubric in rubrics
        for item in rubric.items()
        for clause in item.clauses
    }


_BECAME = {
    "retracted": Words("已撤销", "retracted"),
    "corrected": Words("已更正", "corrected"),
    "restored": Words("更正已撤销", "its correction was retracted"),
}


def _tell_events(door: Door, store: "Store", found: "Difference", names: "Names") -> None:
    """Tell the events behind a difference: what changed of them, or that only one side has them."""
    from projections.answers.history import Fates

    changed: dict[str, Words] = {}
    for change in found.changes:
        why = COLON + change.reason if change.reason else NOTHING
        became = _BECAME[change.what] + why if change.what in _BECAME else NOTHING
        changed[change.event] = changed.get(change.event, NOTHING) + (" · " + became if became else "")
    events = [store.find(event) for event in dict.fromkeys([*changed, *found.events])]
    fates: dict[str, Fates] = {}
    for event in events:
        if event is None:
            continue
        fate = fates.setdefault(event.branch, Fates(store, event.branch)).of(event)
        when = door.local(event.recorded_at)
        place = Words(
            f"（第 {event.position} 条，{when} 记录）", f" (position {event.position}, recorded {when})"
        )
        said = f"{fate.occurred_on} " + event_words(event.type, fate.payload, names.at(event.branch)) + place
        door.screen.paragraph(said + changed.get(event.id, NOTHING), indent=10, tone="faint")


def _side(replayed: "Replayed", score: "BranchScore", names: "Names") -> Words:
    rubric = replayed.rubric
    return (
        f"{rubric.id} {rubric.version} · "
        + names.branch(score.branch)
        + f" · {replayed.period.name} · {replayed.on} · #{replayed.position}  {print_points(score.total)}"
    )


def _points(clause: "ClauseScore | None") -> str:
    return "—" if clause is None else print_points(clause.score)
