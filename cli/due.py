"""`zhibu due`: what is still to be done, by when, and the points at stake.

In: branches, rubrics, a day. Out: a table by due day, JSON, or a calendar file, on standard output or in a
file. Deliberately absent: what is owed (`projections`), how the calendar is made (`due_calendar`), reminders.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Annotated

import typer

from cli.adopted import adopted_rubrics
from cli.doors import Door, WrongUsage, door_of, parse_day
from cli.known import load_rubric
from cli.language import both, counted
from cli.options import Branches, Output, Rubrics, answer_form, form_of_answer
from cli.recording import require_branches
from cli.render import Column, Table, Tone
from cli.wording import NAMELESS, Names, named
from ledger.words import Language, Words
from projections.adoptions import read_adoptions
from projections.periods import FIRST_YEAR, LAST_YEAR
from rubrics.load import Loaded

if TYPE_CHECKING:
    from ledger.store import Store
    from projections.obligations import Obligation

_FORMATS = ("table", "json", "ics")
_FORM = answer_form(
    _FORMATS, both("输出格式；ics 为日历文件", "the form of the answer; ics is a calendar file")
)
_MOST_MEMBERS = 6

STATES = {
    "met": Words("已办", "met"),
    "late": Words("迟办", "late"),
    "waived": Words("免考", "waived"),
    "open": Words("待办", "open"),
    "at_risk": Words("临近", "at risk"),
    "overdue": Words("逾期", "overdue"),
}
_TONES: dict[str, Tone] = {
    "overdue": "bad",
    "at_risk": "warn",
    "met": "faint",
    "late": "faint",
    "waived": "faint",
}


def due(
    context: typer.Context,
    branch: Branches = None,
    rubric: Rubrics = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="DAY",
            help=both("以哪一天早上为准", "the day at whose beginning we stand"),
            show_default=both("今天", "today"),
        ),
    ] = None,
    all_: Annotated[
        bool,
        typer.Option("--all", help=both("表中也列已办的", "lists what is done, too, in the table")),
    ] = False,
    format_: Annotated[str | None, _FORM] = None,
    output: Output = None,
) -> None:
    """List what is due, by due day."""
    from ledger.people import names
    from projections.obligations import due_obligations

    door = door_of(context)
    kind = form_of_answer(format_, output, _FORMATS)
    day = parse_day(on, "--on")
    if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise WrongUsage(
            Words(
                f"--on 应在 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间，实际为 {on}。",
                f"--on must lie in the years {FIRST_YEAR} to {LAST_YEAR}, got {on}.",
            )
        )
    with door.open() as store:
        day = day or door.today(store)
        upto = store.head().position
        if branch:
            require_branches(store, branch)
        rubrics = _named(rubric) if rubric else adopted_rubrics(door, store, upto)
        if branch and not rubric:
            _warn_of_the_unbound(door, store, branch, upto)
        found = due_obligations(
            store,
            on=day,
            upto=upto,
            branches=list(dict.fromkeys(branch)) if branch else None,
            rubrics=rubrics,
            adopted_only=not rubric,
            unmet_only=kind == "ics" or (kind == "table" and not all_),
        )
        shown = names(store) if kind == "table" and output is None else NAMELESS
        if kind == "ics":
            _calendar(door, store, found, upto, output)
    if kind == "json":
        with door.screen.into(output):
            door.screen.document([obligation.as_json() for obligation in found])
    elif kind == "table":
        with door.screen.into(output):
            _tell(door, found, day, rubrics, shown, everything=all_)
    if output is not None:
        door.screen.say(Words(f"已写入 {output}。", f"Written to {output}."), "good")


def _named(names: Sequence[str]) -> list[Loaded]:
    """Read the rubrics named, each id once."""
    found: dict[str, Loaded] = {}
    for loaded in map(load_rubric, names):
        found.setdefault(loaded.rubric.id, loaded)
    return list(found.values())


def _warn_of_the_unbound(door: Door, store: "Store", branches: Sequence[str], upto: int) -> None:
    """Name the branches asked for that follow no rubric: nothing is listed of them."""
    bound = {adoption.branch for adoption in read_adoptions(store, upto=upto)}
    for code in dict.fromkeys(branches):
        if code not in bound:
            door.screen.warn(
                Words(
                    f"提醒：{code} 尚未适用任何考核细则；可运行：zhibu adopt 细则编号 --branch {code}",
                    f"note: {code} follows no rubric yet: zhibu adopt RUBRIC --branch {code}",
                )
            )


def _calendar(
    door: Door, store: "Store", found: "Sequence[Obligation]", upto: int, output: str | None
) -> None:
    from cli.due_calendar import build_calendar

    last = next(iter(store.read(after=upto - 1, upto=upto)), None) if upto else None
    content = build_calendar(
        found,
        stamp=last.recorded_at if last else None,
        zone=door.zone(store),
        language=door.language,
    )
    if output is not None:
        Path(output).write_bytes(content)
        return
    with door.screen.binary() as stream:
        stream.write(content)


def _tell(
    door: Door,
    found: "Sequence[Obligation]",
    on: date,
    rubrics: Sequence[Loaded],
    names: Names,
    *,
    everything: bool,
) -> None:
    """Print the obligations as a table by due day, and how many stand how."""
    screen = door.screen
    if not rubrics:
        screen.paragraph(
            Words(
                "还没有支部适用考核细则：可运行 zhibu adopt 细则编号 --branch 支部",
                "No branch follows a rubric yet: zhibu adopt RUBRIC --branch CODE",
            )
        )
        return
    screen.paragraph(Words(f"应办事项（{on} 早上）", f"What is due, on the morning of {on}"), tone="strong")
    if not found:
        screen.say("")
        screen.paragraph(Words("本年度没有待办事项。", "Nothing is to be done this year."), indent=2)
        return
    screen.say("")
    letters = _letters(found)
    for rubric, letter in letters.items():
        screen.paragraph(f"{letter}  {rubric}", tone="faint")
    if letters:
        screen.say("")
    screen.table(_table(door, found, letters, names))
    screen.say("")
    screen.paragraph(_summary(found, everything=everything))


def _letters(found: "Sequence[Obligation]") -> dict[str, str]:
    """Give each rubric a letter where there are several; rubric ids are too long for a column."""
    rubrics = sorted({one.rubric for one in found})
    return dict(zip(rubrics, ascii_uppercase, strict=False)) if len(rubrics) > 1 else {}


def _table(door: Door, found: "Sequence[Obligation]", letters: Mapping[str, str], names: Names) -> Table:
    several_branches = len({one.branch for one in found}) > 1
    columns = [
        Column(Words("期限", "due"), whole=True),
        Column(Words("剩余天数", "days"), right=True, whole=True),
        Column(Words("状态", "state"), whole=True),
        *([Column(Words("支部", "branch"))] if several_branches else []),
        Column(Words("事项", "what")),
        Column(Words("细目", "clause")),
        Column(Words("尚缺", "missing"), right=True, whole=True),
        Column(Words("分值", "points"), right=True, whole=True),
    ]
    table = Table(columns)
    for one in found:
        shown = one.as_json()
        what = [one.what.pick(door.language), *_whose(one, names, door.language)]
        table.add(
            shown["due_on"],
            str(one.days_left),
            STATES[one.state].pick(door.language),
            *([one.branch] if several_branches else []),
            "\n".join(what),
            f"{letters.get(one.rubric, '')} {one.clause}".strip(),
            f"{shown['missing']}/{shown['required']}",
            Words("提醒", "advisory").pick(door.language) if one.advisory else shown["at_stake"],
            tone=_TONES.get(one.state, "plain"),
        )
    return table


def _whose(obligation: "Obligation", names: Names, language: Language) -> list[str]:
    """Return the line that names who still misses something, where that is pressing."""
    members = obligation.members
    if not members or obligation.state == "open":
        return []
    more = len(members) - _MOST_MEMBERS
    whose = " ".join(named(member, names, language) for member in members[:_MOST_MEMBERS])
    return [whose + (f" +{more}" if more > 0 else "")]


def _summary(found: "Sequence[Obligation]", *, everything: bool) -> Words:
    """Say how many obligations stand how, the pressing ones first."""
    states = Counter(one.state for one in found)
    order = ("overdue", "at_risk", "open", "met", "late", "waived")
    parts = [(state, states[state]) for state in order if states[state]]
    zh = "，".join(f"{STATES[state].zh} {number} 件" for state, number in parts)
    en = ", ".join(f"{number} {STATES[state].en}" for state, number in parts)
    more = Words("", "") if everything else Words("（--all 也列已办的）", " (--all lists what is done, too)")
    return Words(f"{zh}{more.zh}", f"{counted(len(found), 'obligation')}: {en}{more.en}")
