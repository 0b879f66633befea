"""`zhibu demo`: a year of two branches in a fresh ledger, scored, beside the published result.

In: the year's events and the published points, which come with the program. Out: a ledger in a temporary
place, tables, one clause explained, commands to go on with. Deliberately absent: any shortcut; the events
go through the same door as everybody's, the scores come from the same replay.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import typer

from cli.commands.record.files import import_files
from cli.commands.score.explain import tell_clauses
from cli.commands.score.replaying import ask
from cli.context import Door, SaysNo, door_of, ledger_url
from cli.library import load_rubric
from cli.ui.language import told
from cli.ui.tables import Column, Table
from ledger.store.setup import init
from ledger.words import Words
from projections.engine.results import Answer
from rubrics.numbers import print_points

_RUBRIC = "college-staff-branch-2019"
_LAST_DAY = "2020-01-31"
_CLAUSE, _BRANCH = "2.2.b", "b1"


def demo(context: typer.Context) -> None:
    """Make a ledger in a temporary place and show the whole way."""
    outer = door_of(context)
    folder = Path(tempfile.mkdtemp(prefix="zhibu-demo-"))
    door = replace(outer, ledger=ledger_url(str(folder / "ledger.db")))
    screen = door.screen
    loaded = load_rubric(_RUBRIC)
    init(door.ledger)
    _step(door, 1, Words("记下两个支部 2019 年的事", "log what two branches did in 2019"))
    events = resources.files("cli.demo").joinpath("events.jsonl")
    with resources.as_file(events) as path, door.open() as store:
        import_files(door, store, [str(path)])
        _step(door, 2, Words("按 2019 年的考核细则计分", "score them by the form of 2019"))
        replayed, answer = ask(
            door, store, loaded, period="2019", on=_LAST_DAY, branches=["b1", "b2"], explain=True
        )
        published = json.loads(resources.files("cli.demo").joinpath("published.json").read_text("utf-8"))
        differing = _compare(door, answer, published)
        clause = answer.branch(_BRANCH).clause(_CLAUSE)
        points, got = print_points(clause.points), print_points(clause.score)
        why = Words(
            f"{_BRANCH} 的 {_CLAUSE} 为何在 {points} 分中得 {got}",
            f"why {_BRANCH} has {got} of {points} points in {_CLAUSE}",
        )
        _step(door, 3, why)
        tell_clauses(door, store, replayed, answer.branch(_BRANCH), [_CLAUSE])
    _step(door, 4, Words("接下来可以试试", "what to try next"))
    for about, command in _next_commands(str(folder / "ledger.db")):
        screen.paragraph(about)
        screen.say(f"  {command}", "strong")
    if differing:
        raise SaysNo(
            Words(
                f"有 {differing} 项与公布的结果不同。", f"{differing} items differ from the published result."
            )
        )


def _step(door: Door, number: int, what: Words) -> None:
    door.screen.say("")
    door.screen.paragraph(Words(f"{number}. {what.zh}", f"{number}. {what.en}"), tone="strong")


def _compare(door: Door, answer: Answer, published: Mapping[str, Any]) -> int:
    """Print replayed and published points side by side; return how many differ."""
    replayed = {
        score.branch: {item.id: print_points(item.score) for item in score.items()} for score in answer.scores
    }
    table = Table(
        [
            Column(Words("项", "item"), whole=True),
            Column(Words("内容", "what")),
            *(
                column
                for branch in replayed
                for column in (
                    Column(Words(f"{branch} 公布", f"{branch} form"), right=True),
                    Column(Words("计得", "replay"), right=True),
                    Column(Words("", ""), whole=True),
                )
            ),
        ]
    )
    differing = 0
    for item in answer.rubric.items():
        cells = [item.id, told(item.title, door.language)]
        for branch, points in replayed.items():
            printed = published["items"][branch][item.id]
            differing += printed != points[item.id]
            cells += [printed, points[item.id], _mark(printed == points[item.id])]
        table.add(*cells)
    table.rows[-1] = table.rows[-1].ruled()
    totals = ["", Words("合计", "total").pick(door.language)]
    for score in answer.scores:
        printed, total = published["totals"][score.branch], print_points(score.total)
        differing += printed != total
        totals += [printed, total, _mark(printed == total)]
    table.add(*totals, tone="strong")
    door.screen.table(table)
    if not differing:
        count = sum(1 for _ in answer.rubric.items())
        door.screen.say(
            Words(
                f"两个支部各 {count} 项，全部与公布的结果一致。",
                f"All {count} items of both branches are as the form records them.",
            ),
            "good",
        )
    return differing


def _mark(same: bool) -> str:
    return "✓" if same else "✗"


def _next_commands(ledger: str) -> list[tuple[Words, str]]:
    program, rest = _program(), f"--ledger {ledger}"
    branch = f"--branch {_BRANCH}"
    return [
        (
            Words("看一个支部的全部得分：", "One branch's score, item by item:"),
            f"{program} score {_RUBRIC} --period 2019 {branch} {rest}",
        ),
        (
            Words(
                "看九月底时已得多少、还有多少可能失去：",
                "How it stood at the end of September, and what was at risk:",
            ),
            f"{program} score {_RUBRIC} --period 2019 --on 2019-09-30 {rest}",
        ),
        (
            Words("看任何一分的依据：", "Where any point comes from:"),
            f"{program} explain {_RUBRIC} 4.2 {branch} --period 2019 {rest}",
        ),
        (
            Words("再记一件事，看它计入哪里：", "Log one more event and see what it counts for:"),
            f"{program} log meeting-held {branch} --kind study --evidence minutes {rest}",
        ),
        (
            Words("看更正过的记录：", "See a correction in the log:"),
            f"{program} history --branch b2 --type activity_held {rest}",
        ),
        (
            Words("核验台账未被改动：", "Check that nobody changed the log:"),
            f"{program} verify {rest}",
        ),
        (
            Words(
                "在浏览器里看一个虚构的党委（临时台账，随便改）：",
                "A made-up committee in the browser, in a ledger of its own:",
            ),
            f"{program} web --demo",
        ),
    ]


def _program() -> str:
    """Return how to call this program again from here: by its name, or by its path."""
    called = Path(sys.argv[0])
    if called.name != "zhibu":
        return "zhibu"
    found = shutil.which("zhibu")
    if found is not None and Path(found).resolve() == called.resolve():
        return "zhibu"
    try:
        return str(called.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(called.absolute())
