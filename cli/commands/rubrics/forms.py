"""`zhibu rubrics`, `zhibu rubric show`, `check` and `schema`: the scoring forms as data.

In: the id of a shipped form, or the path of a rubric file. Out: lists, the file's text, what is wrong with
it. Deliberately absent: scoring.
"""

from collections.abc import Sequence
from typing import Annotated

import typer

from cli.commands.options import Rubric, TableOrJson, one_of
from cli.context import SaysNo, door_of
from cli.library import library, load_rubric
from cli.ui.language import both, counted, noted, told
from cli.ui.tables import Column, Table
from ledger.problems import Problem
from ledger.words import Words, joined
from projections.text.rules import kind_words
from rubrics.numbers import print_points
from rubrics.problems import RubricError, UnknownRubricError


def rubrics(context: typer.Context, format_: TableOrJson = "table") -> None:
    """List the rubrics that come with the program, and those of the person's own folders."""
    door = door_of(context)
    one_of("--format", format_, ("table", "json"))
    forms = library()
    loaded, unusable = forms.take(forms.ids())
    for broken in unusable:
        door.screen.warn(noted(broken.words))
    if format_ == "json":
        door.screen.document(
            [
                {
                    "id": one.rubric.id,
                    "version": one.rubric.version,
                    "title": one.rubric.title.zh,
                    "points": print_points(one.rubric.points),
                    "applies_to": one.rubric.applies_to,
                    "clauses": sum(1 for _ in one.rubric.clauses()),
                    "digest": one.digest,
                }
                for one in loaded
            ]
        )
        return
    table = Table(
        [
            Column(Words("编号", "id"), whole=True),
            Column(Words("名称", "title")),
            Column(Words("满分", "points"), right=True, whole=True),
            Column(Words("条款", "clauses"), right=True, whole=True),
        ]
    )
    for one in loaded:
        clauses = sum(1 for _ in one.rubric.clauses())
        table.add(
            one.rubric.id,
            told(one.rubric.title, door.language),
            print_points(one.rubric.points),
            str(clauses),
        )
    door.screen.table(table)


def show(context: typer.Context, rubric: Rubric, format_: TableOrJson = "table") -> None:
    """Print a rubric: sections, items, clauses with their points, readings; or the file as JSON."""
    door = door_of(context)
    one_of("--format", format_, ("table", "json"))
    loaded = load_rubric(rubric)
    form = loaded.rubric
    if format_ == "json":
        door.screen.document({"digest": loaded.digest, **form.model_dump(mode="json", exclude_none=True)})
        return
    language, screen = door.language, door.screen
    screen.paragraph(told(form.title, language), tone="strong")
    if form.source is not None:
        issuer = f" · {told(form.source.issuer, language)}" if form.source.issuer else ""
        screen.paragraph(f"{form.source.document}{issuer}")
    screen.paragraph(f"{form.id} · {form.version} · {loaded.digest}", tone="faint")
    for section in form.sections:
        screen.say("")
        bonus = Words("（加分）", " (bonus)").pick(language) if section.bonus else ""
        screen.paragraph(
            f"{section.id} {told(section.title, language)}{bonus}  {print_points(section.points)}",
            tone="strong",
        )
        for item in section.items:
            screen.paragraph(f"{item.id} {told(item.title, language)}  {print_points(item.points)}", indent=2)
            for clause in item.clauses:
                title = told(clause.title, language) if clause.title else ""
                asked = dict.fromkeys(kind_words(rule.kind) for rule in clause.rules)
                kinds = joined(asked).pick(language)
                zero = Words("从 0 分起算", "from 0").pick(language) if clause.start == "zero" else ""
                about = " · ".join(part for part in (title, kinds, zero) if part)
                screen.paragraph(f"{clause.id}  {print_points(clause.points)}  {about}", indent=4)
                if clause.reading is not None:
                    screen.paragraph(told(clause.reading, language), indent=8, tone="faint")


def check(
    context: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE", help=both("细则文件的路径，或已有细则的编号", "a rubric file, or a rubric's id")
        ),
    ],
    strict: Annotated[
        bool,
        typer.Option("--strict", help=both("自相矛盾之处也算错误", "what contradicts itself fails, too")),
    ] = False,
    format_: TableOrJson = "table",
) -> None:
    """Check rubric files: schema, sums, unknown types, fields or categories, and readings."""
    from rubrics.library import shipped
    from rubrics.lint import check_rubric

    door = door_of(context)
    one_of("--format", format_, ("table", "json"))
    found = []
    broken = 0
    forms = library()
    others = [forms.load(id_).rubric for id_ in shipped()]
    for file in files:
        try:
            problems = check_rubric(forms.read(file), others)
        except UnknownRubricError:
            load_rubric(file)
        except RubricError as error:
            problems = list(error.problems)
        failing = ("error", "inconsistency") if strict else ("error",)
        broken += sum(problem.severity in failing for problem in problems)
        found += problems
        if format_ != "json":
            for problem in problems:
                tone = door.screen.fail if problem.severity == "error" else door.screen.say
                tone(problem.sentence(door.language))
            errors = any(problem.severity == "error" for problem in problems)
            door.screen.say(_summary(file, problems), "bad" if errors else "good")
    if format_ == "json":
        door.screen.document(
            [
                {
                    "file": problem.file,
                    "line": problem.line,
                    "path": problem.field or "",
                    "severity": problem.severity,
                    "zh": problem.expected.zh,
                    "en": problem.expected.en,
                }
                for problem in found
            ]
        )
    if broken:
        raise SaysNo(
            Words(
                f"细则文件有 {broken} 处不合格。",
                f"{counted(broken, 'fault')} found.",
            )
        )


def _summary(file: str, problems: Sequence[Problem]) -> Words:
    """Count what was found, by severity; notes only where there are any."""
    counts = {
        severity: sum(problem.severity == severity for problem in problems)
        for severity in ("error", "inconsistency", "note", "reading")
    }
    notes = Words("", "")
    if counts["note"]:
        notes = Words(f"{counts['note']} 处提示，", f"{counted(counts['note'], 'note')}, ")
    return Words(
        f"{file}：{counts['error']} 处错误，{counts['inconsistency']} 处矛盾，"
        f"{notes.zh}{counts['reading']} 条解读。",
        f"{file}: {counted(counts['error'], 'error')}, {counted(counts['inconsistency'], 'inconsistency')}, "
        f"{notes.en}{counted(counts['reading'], 'reading')}.",
    )


def schema(context: typer.Context) -> None:
    """Print the JSON Schema of rubric files."""
    from rubrics.schema import rubric_schema

    door_of(context).screen.document(rubric_schema())
