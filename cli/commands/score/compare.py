"""`zhibu compare`: two replays side by side, every clause that differs, and the events that made it so.

In: a rubric, a period, a branch, and what the other replay has otherwise. Out: lines for people, or JSON.
Deliberately absent: scoring, and finding the differences (`projections.compare`).
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.commands.ledger.standing import Fates
from cli.commands.options import OneBranch, Rubric, TableOrJson, one_of, required
from cli.commands.score.entry_lists import entry_line
from cli.commands.score.replaying import Asked, AsOfOption, Document, OnOption, PeriodOption, run_replay
from cli.context import Door, WrongUsage, door_of
from cli.known import load_rubric
from cli.ui.language import both, told
from ledger.words import Language, Words
from projections.text.events import in_words

if TYPE_CHECKING:
    from ledger.store import Store
    from rubrics.reader.loaded import Loaded

_Side = Mapping[str, Any]


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
    from projections.compare import comparison_document

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
    with door.open() as store:
        a = run_replay(door, store, first, Asked(period, on, as_of, [branch]), explain=True)
        asked = Asked(period_b or period, on_b or on, as_of_b, [branch_b or branch])
        b = run_replay(door, store, second, asked, explain=True)
        document = comparison_document(a, b, a["scores"][0], b["scores"][0])
        if format_ == "json":
            door.screen.document(document)
        else:
            _tell(door, store, document, (first, second))


def _tell(door: Door, store: "Store", document: Document, loaded: "tuple[Loaded, Loaded]") -> None:
    screen, language = door.screen, door.language
    for name in ("a", "b"):
        screen.paragraph(f"{name.upper()}  {_side(document[name])}", tone="strong")
    if not document["clauses"]:
        screen.say(Words("得分没有不同。", "No points differ."))
    titles = {
        clause.id: told(item.title, language)
        for one in loaded
        for item in one.rubric.items()
        for clause in item.clauses
    }
    for row in document["clauses"]:
        points = f"{_or_none(row['a'])} → {_or_none(row['b'])}"
        heading = f"{row['clause']} {titles[row['clause']]}  {points}  ({signed(row['difference'])})"
        screen.say("")
        screen.paragraph(heading, tone="strong")
        for side in ("a", "b"):
            for line in bundled_lines(row[f"entries_{side}"], language):
                screen.paragraph(f"{side.upper()} {line}", indent=2)
        _tell_events(door, store, row["events"])
    if document["same_points"]:
        clauses = ", ".join(document["same_points"])
        screen.paragraph(
            Words(
                f"\n得分相同、依据不同的条款：{clauses}（--format json 可见）",
                f"\nThe same points for other reasons: {clauses} (see --format json).",
            ),
            tone="faint",
        )


def bundled_lines(entries: Sequence[_Side], language: Language) -> list[str]:
    """Return a line an entry; entries that differ in the member alone share one, with all their members."""
    bundles: dict[str, list[_Side]] = {}
    for entry in entries:
        alike = entry_line({**entry, "member": None}, language)
        bundles.setdefault(alike, []).append(entry)
    lines = []
    for alike, bundle in bundles.items():
        members = [entry["member"] for entry in bundle if entry["member"]]
        lines.append(entry_line(bundle[0], language) if len(bundle) == 1 else f"{alike}  ×{len(bundle)}")
        if len(bundle) > 1 and members:
            lines[-1] += f": {', '.join(members)}"
    return lines


def _tell_events(door: Door, store: "Store", events: list[str]) -> None:
    found = [event for event in map(store.find, events) if event is not None]
    fates = {branch: Fates(store, branch) for branch in {event.branch for event in found}}
    for event in found:
        fate = fates[event.branch].of(event)
        text = in_words(event.type, fate.payload, door.language)
        place = Words(
            f"（第 {event.position} 条，{door.local(event.recorded_at)} 记录）",
            f" (position {event.position}, recorded {door.local(event.recorded_at)})",
        ).pick(door.language)
        why = {"retracted": Words("已撤销", "retracted"), "corrected": Words("已更正", "corrected")}.get(
            fate.state
        )
        since = f" · {why.pick(door.language)}: {fate.reason}" if why else ""
        door.screen.paragraph(f"{fate.occurred_on} {text}{place}{since}", indent=10, tone="faint")


def _side(side: _Side) -> str:
    rubric, ledger = side["rubric"], side["ledger"]
    return (
        f"{rubric['id']} {rubric['version']} · {side['branch']} · {side['period']['name']} · {side['on']} · "
        f"#{ledger['position']}  {side['total']}"
    )


def _or_none(points: str | None) -> str:
    return "—" if points is None else points


def signed(points: str) -> str:
    """Print a difference of points with its sign."""
    return points if points.startswith("-") else f"+{points}"
