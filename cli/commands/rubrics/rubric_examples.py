"""`zhibu rubric test`: the examples beside a rubric, run.

In: rubrics by id or path, or files of examples; without any, the shipped forms. Out: what differs, with the
entries that tell why, and on request what no example moved. Deliberately absent: running them (projections).
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.commands.options import TableOrJson, one_of
from cli.context import Door, SaysNo, WrongUsage, door_of
from cli.library import library
from cli.ui.language import both, told
from ledger.words import Language, Words, as_words
from rubrics.library import shipped
from rubrics.problems import RubricError, UnknownRubricError

if TYPE_CHECKING:
    from projections.examples.coverage import Coverage
    from projections.examples.run import Difference, Result
    from rubrics.examples.cases import Cases

_FEW = 3
"""Of so many clauses every entry is shown; of more, only those that moved a point."""

_PLACES = {
    "sections": Words("部分", "section"),
    "items": Words("项目", "item"),
    "clauses": Words("条款", "clause"),
}
_FIGURES = {
    "score": Words("", ""),
    "total": Words("总分", "total"),
    "base": Words("基本分", "base"),
    "bonus": Words("加分", "bonus"),
    "at_risk": Words("待落实", "at risk"),
    "unassessed": Words("未评定", "unassessed"),
    "in_play": Words("涉及分值", "in play"),
    "grade": Words("等次", "grade"),
    "vetoed": Words("一票否决", "vetoed"),
    "computed": Words("计得", "computed"),
    "self": Words("自评", "self"),
    "superior": Words("上级", "superior"),
    "department": Words("主管部门", "department"),
    "owed": Words("应考", "owed"),
    "met": Words("达到要求的条目", "entries met"),
    "lost": Words("失分的条目", "entries lost"),
    "gained": Words("得分的条目", "entries gained"),
    "open": Words("待办的条目", "entries open"),
    "waived": Words("免考的条目", "entries waived"),
}


def run_examples(
    context: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE",
            help=both(
                "细则编号、细则文件或例子文件；省去则为随程序提供的各份细则",
                "a rubric's id, a rubric file, or a file of examples; left out: every shipped form",
            ),
        ),
    ] = None,
    coverage: Annotated[
        bool,
        typer.Option(
            "--coverage",
            help=both(
                "列出没有任何例子涉及的条款、规则、取值、上限、一票否决和等次",
                "name each clause, rule, value of points, cap, veto and band that no example ever moved",
            ),
        ),
    ] = False,
    format_: TableOrJson = "table",
) -> None:
    """Run the examples beside rubrics, and say what differs."""
    door = door_of(context)
    one_of("--format", format_, ("table", "json"))
    documents, failed, unmoved = [], 0, 0
    for name in files or shipped():
        cases, results, covered = _run(name, coverage)
        failing = [result for result in results if result.differences]
        failed += len(failing)
        unmoved += len(covered.unmoved) if covered else 0
        if format_ == "json":
            documents.append(_document(cases, results, covered))
        else:
            _show(door, cases, results, covered)
    if format_ == "json":
        door.screen.document(documents)
    if failed:
        are = "example is" if failed == 1 else "examples are"
        raise SaysNo(Words(f"{failed} 个例子与预期不符。", f"{failed} {are} not as expected."))
    if unmoved:
        were = "place was" if unmoved == 1 else "places were"
        raise SaysNo(Words(f"有 {unmoved} 处没有例子涉及。", f"{unmoved} {were} never moved by an example."))


def _run(name: str, coverage: bool) -> "tuple[Cases, list[Result], Coverage | None]":
    """Run one file. Raises WrongUsage where there is none, SaysNo where it is no good."""
    from projections.examples.coverage import measure_coverage
    from projections.examples.run import run_cases
    from rubrics.examples.cases import load_cases

    try:
        cases = load_cases(name, library())
        results = run_cases(cases)
    except UnknownRubricError as error:
        raise WrongUsage(error.words) from None
    except RubricError as error:
        raise SaysNo(error.words) from None
    return cases, results, measure_coverage(cases.loaded.rubric, results) if coverage else None


def _show(door: Door, cases: "Cases", results: "Sequence[Result]", covered: "Coverage | None") -> None:
    screen, language = door.screen, door.language
    failing = [result for result in results if result.differences]
    for result in failing:
        line = cases.tree.line_of(result.case.place)
        sentence = told(result.case.sentence, language)
        screen.say(f"{cases.file}:{line}: {result.case.number}. {sentence}", "bad")
        for text in _told(result, language):
            screen.say(f"  {text}")
        for heading, lines in _blocks(cases, result):
            screen.say("    " + heading)
            for entry in lines:
                screen.say("      " + entry, "faint")
    fine = len(results) - len(failing)
    screen.say(
        Words(
            f"{cases.file}：{len(results)} 个例子，{fine} 个相符。",
            f"{cases.file}: {fine} of {len(results)} examples as expected.",
        ),
        "bad" if failing else "good",
    )
    if covered is None:
        return
    for unmoved in covered.unmoved:
        screen.say(f"  {unmoved.words.pick(language)}", "warn")
    moved = covered.asked - len(covered.unmoved)
    screen.say(
        Words(
            f"  条款、规则、取值、上限、一票否决和等次共 {covered.asked} 处，例子涉及 {moved} 处。",
            f"  {moved} of {covered.asked} clauses, rules, values, caps, vetoes and bands were moved.",
        ),
        "bad" if covered.unmoved else "good",
    )


def _told(result: "Result", language: Language) -> Iterator[str]:
    """Say each difference in a line: `item 3.1: expected 5.70, got 5.40`."""
    for difference in result.differences:
        what = " ".join(filter(None, _named(difference, language)))
        beside = f"{difference.branch} " if len(result.case.expected) > 1 else ""
        nothing = Words("无", "nothing").pick(language)
        expected, got = difference.expected or nothing, difference.got or nothing
        yield beside + Words(
            f"{what}：预期 {expected}，实际 {got}", f"{what}: expected {expected}, got {got}"
        ).pick(language)


def _named(difference: "Difference", language: Language) -> Iterator[str]:
    *where, figure = difference.place if difference.place[0] != "sections" else (*difference.place, "score")
    if where:
        yield _PLACES[where[0]].pick(language)
        yield where[1]
    yield _FIGURES[figure].pick(language)


def _blocks(cases: "Cases", result: "Result") -> Iterator[tuple[Words, list[Words]]]:
    """List the entries behind the differences; of a whole total, only those that moved a point."""
    from cli.commands.score.clause_lines import clause_heading, clauses_of
    from projections.text.entries import entry_line

    for branch, score in result.typed.items():
        wanted = [set(d.clauses) for d in result.differences if d.branch == branch]
        narrow = {id_ for ids in wanted if len(ids) <= _FEW for id_ in ids}
        for item, clause, shown in clauses_of(score, cases.loaded.rubric):
            entries = [entry for entry in shown.entries if entry.points or clause.id in narrow]
            if entries and any(clause.id in ids for ids in wanted):
                lines: list[Words] = []
                for entry in entries:
                    lines.append(entry_line(entry))
                    lines += [as_words(f"        {result.shown[event]}") for event in entry.events]
                yield clause_heading(shown, item, clause), lines


def _document(cases: "Cases", results: "Sequence[Result]", covered: "Coverage | None") -> dict[str, Any]:
    document: dict[str, Any] = {
        "file": cases.file,
        "rubric": cases.loaded.rubric.id,
        "examples": len(results),
        "failed": [_failure(cases, result) for result in results if result.differences],
    }
    if covered is not None:
        document["coverage"] = {
            "asked": covered.asked,
            "unmoved": [
                {"kind": one.kind, "place": one.place, "zh": one.words.zh, "en": one.words.en}
                for one in covered.unmoved
            ],
        }
    return document


def _failure(cases: "Cases", result: "Result") -> dict[str, Any]:
    ids = {(d.branch, clause) for d in result.differences for clause in d.clauses}
    return {
        "example": result.case.number,
        "line": cases.tree.line_of(result.case.place),
        "zh": result.case.sentence.zh,
        "en": result.case.sentence.en,
        "differences": [
            {"branch": d.branch, "place": list(d.place), "expected": d.expected, "got": d.got}
            for d in result.differences
        ],
        "entries": [
            {
                "branch": branch,
                "clause": clause["id"],
                **entry,
                "events": [result.shown[e] for e in entry["events"]],
            }
            for branch, row in result.scores.items()
            for section in row["sections"]
            for item in section["items"]
            for clause in item["clauses"]
            if (branch, clause["id"]) in ids
            for entry in clause["entries"]
        ],
    }
