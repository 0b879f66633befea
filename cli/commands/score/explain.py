"""`zhibu explain`: the entries of a clause, the events behind them, what would still save the points.

In: a rubric, a clause or an item with its clauses, a branch, a period. Out: lines for people, or JSON.
Deliberately absent: scoring; the entries, and what each puts at risk, are those of the replay.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import typer

from cli.commands.ledger.standing import Fates
from cli.commands.options import ClauseOrItem, OneBranch, Rubric, TableOrJson, one_of, required
from cli.commands.record.judging import find_clause
from cli.commands.score.entry_lists import clause_heading, clause_rows, entry_line
from cli.commands.score.replaying import Asked, AsOfOption, Document, OnOption, PeriodOption, run_whole_replay
from cli.context import Door, door_of
from cli.known import load_rubric
from cli.ui.language import told
from ledger.words import Words
from projections.text.causes import grade_lines
from projections.text.events import Names, in_words, named
from projections.text.rules import asked_words
from rubrics.numbers import print_points

if TYPE_CHECKING:
    from ledger.store import Store
    from projections.obligations import Obligation
    from projections.replay import Replay
    from rubrics.model import Clause, Item
    from rubrics.model import Rubric as Form
    from rubrics.reader.loaded import Loaded


def explain(
    context: typer.Context,
    rubric: Rubric,
    clause: ClauseOrItem,
    branch: OneBranch = None,
    period: PeriodOption = None,
    on: OnOption = None,
    as_of: AsOfOption = None,
    format_: TableOrJson = "table",
) -> None:
    """Tell why a clause has its points."""
    door = door_of(context)
    one_of("--format", format_, ("table", "json"))
    loaded = load_rubric(rubric)
    clauses = _clauses(loaded, clause)
    branch = required(branch, "--branch")
    with door.open() as store:
        asked = Asked(period, on, as_of, [branch])
        replayed, document = run_whole_replay(door, store, loaded, asked, explain=True)
        if format_ == "json":
            head = {key: value for key, value in document.items() if key != "scores"} | {"branch": branch}
            rows = [_as_json(replayed, document, one.id, branch) for one in clauses]
            several = {"item": clause, "clauses": rows}
            door.screen.document(head | ({"clause": rows[0]} if rows[0]["id"] == clause else several))
        else:
            tell_clauses(door, store, loaded.rubric, replayed, document, [one.id for one in clauses], branch)


def _clauses(loaded: "Loaded", name: str) -> "Sequence[Clause]":
    """Return the clause of that id, or the clauses of the item of that id. Raises WrongUsage."""
    if all(clause.id != name for clause in loaded.rubric.clauses()):
        for item in loaded.rubric.items():
            if item.id == name:
                return item.clauses
    return [find_clause(loaded, name)]


def tell_clauses(
    door: Door,
    store: "Store",
    rubric: "Form",
    replayed: "Replay",
    document: Document,
    clauses: Sequence[str],
    branch: str,
) -> None:
    """Print the entries of clauses of one item with the events behind each, and what can be saved."""
    from ledger.people import names

    known = names(store)
    score = _score_of(document, branch)
    item = next(i for i in rubric.items() for c in i.clauses if c.id == clauses[0])
    points, first = _item_row(score, item.id), clause_rows(score)[clauses[0]]
    if len(item.clauses) > 1 or (first["points"], first["score"]) != (points["points"], points["score"]):
        door.screen.paragraph(
            Words(
                f"{item.id} {item.title.zh}：{points['points']} 分中得 {points['score']}",
                f"{item.id} {item.title.en}: {points['score']} of {points['points']} points",
            )
        )
    for number, clause in enumerate(clauses):
        if number:
            door.screen.say("")
        _tell_clause(door, store, item, replayed, clause_rows(score)[clause], branch, known)


def _tell_clause(
    door: Door,
    store: "Store",
    item: "Item",
    replayed: "Replay",
    row: Mapping[str, Any],
    branch: str,
    names: Names,
) -> None:
    from projections.explain import explain_clause, explain_grade
    from projections.savings import what_saves

    screen, language = door.screen, door.language
    found = next(clause for clause in item.clauses if clause.id == row["id"])
    screen.paragraph(clause_heading(row, item, found, language), tone="strong")
    reading = found.reading or item.reading
    if reading is not None:
        screen.paragraph(told(reading, language), indent=2, tone="faint")
    explained = explain_clause(replayed, branch, found.id)
    if not explained:
        screen.paragraph(
            Words("本期间没有应办或计分的事。", "Nothing was owed or counted in this period."), indent=2
        )
    fates = Fates(store, branch)
    asked = [asked_words(rule, language) for rule in found.rules]
    several = len(set(asked)) > 1
    for one in explained:
        tone: Any = {"lost": "bad", "gained": "good", "open": "warn"}.get(one.entry["state"], "plain")
        what = f"  {asked[one.rule]}" if several and one.rule is not None else ""
        screen.paragraph(entry_line(one.entry, language, names) + what, indent=2, tone=tone)
        for line in _events(store, fates, one.entry, door, names):
            screen.paragraph(line, indent=10, tone="faint")
        if one.entry["cause"] == "graded":
            grade = explain_grade(replayed, branch, found.id)
            for line in grade_lines(grade, replayed.context.plan.rubric, language) if grade else ():
                screen.paragraph(line, indent=10)
    _tell_what_saves(door, row, what_saves(replayed, branch, found.id), asked, names)


def _tell_what_saves(
    door: Door, row: Mapping[str, Any], saving: "Sequence[Obligation]", asked: Sequence[str], names: Names
) -> None:
    """Say what is still to be done, by when, and the points that each would save by itself."""
    if not saving:
        return
    screen, language = door.screen, door.language
    screen.say("")
    screen.paragraph(
        Words(f"还可保住 {row['at_risk']} 分：", f"what would still save {row['at_risk']} points:"),
        tone="strong",
    )
    for one in saving:
        what = asked[one.place[1]] if one.window else one.what.pick(language)
        missing = _missing(one)
        whose = "".join(f" {named(member, names, language)}" for member in one.members)
        points = print_points(one.at_stake)
        screen.paragraph(
            Words(
                f"截止 {one.due_on}：{what}{whose}{missing.zh}（{points} 分）",
                f"by {one.due_on}: {missing.en}{what}{whose} ({points} points)",
            ),
            indent=2,
        )


def _missing(obligation: "Obligation") -> Words:
    """Say how many units are missing; nothing where one only is asked for."""
    shown = obligation.as_json()
    if shown["required"] == "1":
        return Words("", "")
    missing = shown["missing"]
    return Words(f"，还差 {missing}", f"{missing} more of: ")


def _events(
    store: "Store", fates: Fates, entry: Mapping[str, Any], door: Door, names: Names
) -> Iterator[str]:
    for event_id in entry["events"]:
        event = store.find(event_id)
        if event is None:
            continue
        fate = fates.of(event)
        month = f" → {fate.counts_for}" if fate.counts_for else ""
        yield f"{fate.occurred_on}{month} {in_words(event.type, fate.payload, door.language, names)}"
        yield f"{event.id}"


def _score_of(document: Document, branch: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(score for score in document["scores"] if score["branch"] == branch)
    return found


def _item_row(score: Mapping[str, Any], item: str) -> Mapping[str, Any]:
    rows: Iterator[Mapping[str, Any]] = (i for section in score["sections"] for i in section["items"])
    return next(row for row in rows if row["id"] == item)


def _as_json(replayed: "Replay", document: Document, clause: str, branch: str) -> dict[str, Any]:
    from projections.explain import explain_clause

    entries = [
        {**one.entry, "rule": one.rule, "at_risk": print_points(one.at_risk)}
        for one in explain_clause(replayed, branch, clause)
    ]
    return {**clause_rows(_score_of(document, branch))[clause], "entries": entries}
