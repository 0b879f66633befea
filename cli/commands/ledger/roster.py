"""`zhibu roster`: who is on a branch's roster, and a roster of people's own brought in by one command.

In: a branch, perhaps a table. Out: the roster; or what the table would change, shown whole and written once
it is confirmed. Deliberately absent: reading and comparing (`ledger.files.rosters`).
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.options import By, On, TableOrJson, one_of
from cli.context import Door, SaysNo, WrongUsage, door_of, parse_day
from cli.library import known_clauses
from cli.ui.language import both, counted
from cli.ui.tables import Column, Table
from ledger.words import Words

if TYPE_CHECKING:
    from ledger.files.rosters.plan import Change, Plan
    from ledger.files.tables.problems import CellProblem
    from ledger.names import Directory
    from ledger.store.event_store import Store

_MOST_TOLD = 100
_IMPORT = "import"
_USAGE = Words(
    "用法：zhibu roster [import 文件] --branch 支部", "usage: zhibu roster [import FILE] --branch BRANCH"
)


def roster(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="import FILE",
            help=both(
                "import 和名册文件：导入名册（只取姓名、职务、党员类别、转入时间，其余不读）；省去则列出名册",
                "import and a table: brings a roster in (names, offices, status, days of transfer; nothing "
                "else is read); left out: lists the roster",
            ),
        ),
    ] = None,
    branch: Annotated[
        str | None,
        typer.Option(
            "--branch", metavar="BRANCH", help=both("（必填）支部的代码或名称", "(required) which branch")
        ),
    ] = None,
    on: On = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="NAME", help=both("只读这个工作表", "takes this sheet"))
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help=both("不再询问，直接写入", "writes without asking"))
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help=both("只看会改动什么，不写入", "says what would change, writes nothing")
        ),
    ] = False,
    by: By = None,
    format_: TableOrJson = "table",
) -> None:
    """List a roster, or bring one in."""
    from ledger.names import Directory

    door = door_of(context)
    one_of("--format", format_, ("table", "json"))
    day = parse_day(on, "--on")
    if words and (words[0] != _IMPORT or len(words) != 2):
        raise WrongUsage(_USAGE)
    if branch is None:
        raise WrongUsage(Words("缺少选项 --branch。", "missing --branch."))
    with door.open() as store:
        directory = Directory(store)
        code = directory.branch(branch)
        if not isinstance(code, str):
            raise WrongUsage(Words(f"--branch：{code.sentence('zh')}", f"--branch: {code.sentence('en')}"))
        if words:
            _import(door, store, directory, code, words[1], day, sheet, yes, dry_run, by)
        else:
            _list(door, store, directory, code, day, door.codes, format_)


def _list(
    door: Door,
    store: "Store",
    directory: "Directory",
    branch: str,
    day: date | None,
    codes: bool,
    form: str,
) -> None:
    from ledger.events.vocabularies.members import ROLES, STATUSES

    on = day or door.today(store)
    members = directory.roster(branch, on.isoformat())
    if form == "json":
        door.screen.document(
            [
                {"member": one.code, "since": one.since, "status": one.status, "role": one.role}
                for one in members.values()
            ]
        )
        return
    table = Table(
        [
            Column(Words("代码", "code"), whole=True),
            *([] if codes else [Column(Words("姓名", "name"))]),
            Column(Words("入册", "since"), whole=True),
            Column(Words("党籍", "status")),
            Column(Words("职务", "office")),
        ]
    )
    for one in members.values():
        name = directory.people.of(branch, one.code) or ""
        cells = [one.code, *([] if codes else [name]), one.since]
        labels = (STATUSES[one.status].label, ROLES[one.role].label)
        table.add(*cells, *(label.pick(door.language) for label in labels))
    if members:
        door.screen.table(table)
    shown = branch if codes else directory.branch_shown(branch)
    door.screen.say(
        Words(
            f"{shown} {on} 在册 {len(members)} 人。", f"{shown}: {counted(len(members), 'member')} on {on}."
        )
    )


def _import(
    door: Door,
    store: "Store",
    directory: "Directory",
    branch: str,
    file: str,
    day: date | None,
    sheet: str | None,
    yes: bool,
    dry_run: bool,
    by: str | None,
) -> None:
    from ledger.files.rosters.plan import apply_plan, plan_roster, problems_of
    from ledger.files.rosters.reading import read_roster

    today, known = door.today(store), known_clauses()
    reading = read_roster(Path(file), directory, branch, today=today, name=file, sheet=sheet)
    plan = plan_roster(store, directory, reading, branch, today=today, on=day, recorded_by=by)
    if plan.problems:
        raise SaysNo(_problems(plan.problems))
    if wrong := problems_of(apply_plan(store, plan, now=door.now(), today=today, known=known, dry=True)):
        raise SaysNo(_problems(wrong))
    _show(door, plan)
    if not plan.events and plan.names == {
        code: name for code, name in directory.people.in_branch(branch).items() if code in plan.names
    }:
        door.screen.say(
            Words("名册与台账一致，没有改动。", "The roster and the log agree; nothing to change."), "good"
        )
        return
    if dry_run:
        door.screen.say(Words("只是预演，没有写入。", "A rehearsal: nothing was written."))
        return
    if not yes and not _confirmed(door):
        raise SaysNo(
            Words(
                "没有写入。确认无误后加 --yes 再运行一次。", "Nothing was written. Run it again with --yes."
            )
        )
    answer = apply_plan(store, plan, now=door.now(), today=today, known=known)
    if wrong := problems_of(answer):
        raise SaysNo(_problems(wrong))
    door.screen.say(
        Words(
            f"已记下 {len(plan.names)} 人的姓名，新增 {answer.appended} 条记录。",
            f"kept {counted(len(plan.names), 'name')}, appended {counted(answer.appended, 'event')}.",
        ),
        "good",
    )


def _confirmed(door: Door) -> bool:
    if not door.screen.interactive:
        return False
    answer = door.screen.ask(Words("写入台账？（y/n）", "Write it? (y/n)"), "n")
    return answer.strip().lower() in ("y", "yes", "是")


def _show(door: Door, plan: "Plan") -> None:
    """Show the whole of what a roster would change."""
    reading = plan.reading
    if reading.left_out_columns:
        names = reading.left_out_columns
        door.screen.paragraph(
            Words(
                f"不读、不存的列：{'、'.join(names)}。",
                f"columns that are neither read nor kept: {', '.join(names)}.",
            )
        )
    if reading.left_out_rows:
        rows = reading.left_out_rows
        door.screen.paragraph(
            Words(
                f"略去 {rows} 行：空行、合计、表下的说明，或没有姓名的。",
                f"{counted(rows, 'row')} left out: blank, sums, remarks under the table, or without a name.",
            )
        )
    table = Table(
        [
            Column(Words("行", "row"), right=True),
            Column(Words("姓名", "name")),
            Column(Words("代码", "code"), whole=True),
            Column(Words("将记录", "to be recorded")),
        ]
    )
    for change in plan.changes:
        table.add(str(change.person.row), change.person.name, change.code, _told(change).pick(door.language))
    door.screen.table(table)
    for change in plan.changes:
        for note in change.notes:
            row = change.person.row
            door.screen.paragraph(Words(f"第 {row} 行：{note.zh}。", f"row {row}: {note.en}."))
    if plan.missing:
        shown = [code if name is None else f"{code}（{name}）" for code, name in plan.missing]
        door.screen.warn(
            Words(
                f"名册上没有、台账上在册的：{'、'.join(shown)}。没有移出；"
                "离开的请用 zhibu log member-left 或 member-transferred 记录。",
                f"on the roster of the log but not in the sheet: {', '.join(shown)}. Nobody was taken off; "
                "who left is logged by `zhibu log member-left` or `member-transferred`.",
            )
        )


def _told(change: "Change") -> Words:
    """Say what would be recorded of a person."""
    if not change.events:
        return Words("没有变化", "no change")
    return _joined(_event_told(event) for event in change.events)


def _event_told(event: object) -> Words:
    from ledger.events import Event
    from ledger.events.vocabularies.members import ROLES, STAGES, STATUSES

    assert isinstance(event, Event)
    data = event.data.model_dump(exclude_unset=True)
    words = [Words(str(event.occurred_on), str(event.occurred_on)), Words(*event.data.label)]
    for key, vocabulary in (("status", STATUSES), ("role", ROLES), ("stage", STAGES)):
        if key in data:
            words.append(Words(*vocabulary[data[key]].label))
    return Words(" ".join(one.zh for one in words), " ".join(one.en for one in words))


def _joined(words: Iterable[Words]) -> Words:
    several = list(words)
    return Words("；".join(one.zh for one in several), "; ".join(one.en for one in several))


def _problems(problems: "list[CellProblem]") -> Words:
    told = problems[:_MOST_TOLD]
    zh = [" ".join(filter(None, (one.cell, one.message("zh")))) for one in told]
    en = [" ".join(filter(None, (one.cell, one.message("en")))) for one in told]
    total = len(problems)
    return Words(
        "\n".join([*zh, f"共 {total} 处问题；没有写入。"]),
        "\n".join([*en, f"{counted(total, 'problem')}; nothing was written."]),
    )
