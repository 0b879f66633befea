"""`zhibu explain`: the entries of a clause, the events behind them, what would still save the points.

In: a rubric, a clause or an item with its clauses, a branch, a period. Out: lines for people, or JSON.
Deliberately absent: scoring; the entries, and what each puts at risk, are those of the replay.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from cli.commands.options import ClauseOrItem, OneBranch, Rubric, TableOrJson, one_of, required
from cli.commands.score.clause_lines import clause_heading
from cli.commands.score.replaying import AsOfOption, OnOption, PeriodOption, ask
from cli.context import Door, door_of
from cli.library import find_clause, load_rubric
from cli.ui.language import told
from ledger.words import Words
from projections.text.amounts import points_of
from projections.text.entries import entry_line, grade_lines
from projections.text.events import event_words
from projections.text.labels import Names
from projections.text.rules import asked_words
from rubrics.numbers import print_points

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.store.event_store import Store
    from projections.answers.document import Replayed
    from projections.answers.explanation import Explanation
    from projections.engine.entries import Obligation
    from projections.engine.results import BranchScore
    from rubrics.model import Clause
    from rubrics.reader.loaded import Loaded

_TONES: dict[str, Any] = {"lost": "bad", "gained": "good", "open": "warn"}


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
    from projections.answers.explanation import explain_clauses, explanation_row

    door = door_of(context)
    one_of("--format", format_, ("table", "json"))
    loaded = load_rubric(rubric)
    clauses = [one.id for one in _clauses(loaded, clause)]
    branch = required(branch, "--branch")
    with door.open() as store:
        replayed, answer = ask(
            door, store, loaded, period=period, on=on, as_of=as_of, branches=[branch], explain=True
        )
        score = answer.branch(branch)
        if format_ == "json":
            explained = explain_clauses(store, replayed, score, clauses)
            door.screen.document(explanation_row(replayed, branch, clause, explained))
        else:
            tell_clauses(door, store, replayed, score, clauses)


def _clauses(loaded: "Loaded", name: str) -> "Sequence[Clause]":
    """Return the clause of that id, or the clauses of the item of that id. Raises WrongUsage."""
    if all(clause.id != name for clause in loaded.rubric.clauses()):
        for item in loaded.rubric.items():
            if item.id == name:
                return item.clauses
    return [find_clause(loaded, name)]


def tell_clauses(
    door: Door, store: "Store", replayed: "Replayed", score: "BranchScore", clauses: Sequence[str]
) -> None:
    """Print the entries of clauses of one item with the events behind each, and what can be saved."""
    from projections.answers.explanation import explain_clauses, what_saves
    from projections.answers.named import read_names

    names = read_names(store, codes=door.codes).at(score.branch)
    explained = explain_clauses(store, replayed, score, clauses)
    item, shown, first = explained[0].item, explained[0].item_score, explained[0].score
    if len(item.clauses) > 1 or (first.points, first.score) != (shown.points, shown.score):
        title = Words(item.title.zh, item.title.en)
        door.screen.paragraph(
            f"{item.id} " + title + Words("：", ": ") + points_of(shown.score, shown.points)
        )
    for number, one in enumerate(explained):
        if number:
            door.screen.say("")
        _tell_clause(door, replayed, one, names)
        saving = what_saves(store, replayed, score.branch, one.clause.id)
        _tell_what_saves(door, one, saving, names)


def _tell_clause(door: Door, replayed: "Replayed", one: "Explanation", names: Names) -> None:
    screen, language = door.screen, door.language
    screen.paragraph(clause_heading(one.score, one.item, one.clause), tone="strong")
    reading = one.clause.reading or one.item.reading
    if reading is not None:
        screen.paragraph(told(reading, language), indent=2, tone="faint")
    if not one.score.entries:
        screen.paragraph(
            Words("本期间没有应办或计分的事。", "Nothing was owed or counted in this period."), indent=2
        )
    asked = [asked_words(rule) for rule in one.clause.rules]
    several = len(set(asked)) > 1
    for entry, behind in one.entries():
        line = entry_line(entry, names)
        if several and entry.rule is not None and entry.cause != "graded":
            line += "  " + asked[entry.rule]
        screen.paragraph(line, indent=2, tone=_TONES.get(entry.state, "plain"))
        for event in behind:
            fate = event.fate
            month = f" → {fate.counts_for}" if fate.counts_for else ""
            said = f"{fate.occurred_on}{month} " + event_words(event.type, fate.payload, names)
            screen.paragraph(said, indent=10, tone="faint")
            screen.paragraph(event.id, indent=10, tone="faint")
        if entry.cause == "graded" and one.score.grade is not None:
            for graded in grade_lines(one.score.grade, replayed.rubric):
                screen.paragraph(graded, indent=10)
    for words in _loss_notes(one):
        screen.paragraph(words, indent=2, tone="faint")


def _loss_notes(one: "Explanation") -> "Iterator[Words]":
    """Say why the points of the lines do not add up to those that the clause has lost."""
    lost = [entry for entry, _ in one.entries() if entry.state == "lost" and not entry.advisory]
    if one.score.standing is not None:
        return
    used_up = {entry.rule for entry in lost if entry.points}
    if any(not entry.points and entry.rule in used_up for entry in lost):
        yield Words(
            "失分 0.00 的各行照列，不再另扣：同一项要求该扣的分已在前面扣完。",
            "Lines that lost 0.00 are told as well: what their requirement costs was taken before.",
        )
    if one.score.unclipped < 0:
        points = print_points(one.score.points)
        yield Words(
            f"各行失分相加超过 {points} 分的，扣到 0 为止。",
            f"Together the lines lose more than the {points} of the clause: it stops at 0.",
        )


def _tell_what_saves(door: Door, one: "Explanation", saving: "Sequence[Obligation]", names: Names) -> None:
    """Say what is still to be done, by when, and the points that each would save by itself."""
    from projections.text.obligations import would_save

    if not saving:
        return
    asked = [asked_words(rule) for rule in one.clause.rules]
    at_risk = print_points(one.score.at_risk)
    door.screen.say("")
    door.screen.paragraph(
        Words(f"还可保住 {at_risk} 分：", f"what would still save {at_risk} points:"), tone="strong"
    )
    for owed in saving:
        what = asked[owed.place[1]] if owed.window else owed.what
        door.screen.paragraph(would_save(owed, what, names), indent=2)
