"""The cells of one row as texts by the keys of its fields.

In: a row, the columns that are understood, what the row's type calls them. Out: the texts, and what is wrong
with single cells. Deliberately absent: what fields mean together, and names (`naming`).
"""

from collections.abc import Mapping
from dataclasses import replace

from ledger.files.headers import Column
from ledger.files.tables.header.columns import Layout
from ledger.files.tables.problems import CellProblem, out_of_place
from ledger.files.tables.rows.pairs import numbers_of
from ledger.files.tables.rows.ticks import evidence_said, is_ticked
from ledger.files.tables.source.grid import Cell, Row
from ledger.files.tables.values import Setting, cell_text, plain_text
from ledger.problems import Problem
from ledger.words import Words

_EVIDENCE = "evidence"


def texts_of(
    row: Row, columns: Mapping[int, Column], layout: Layout, setting: Setting, passed: int | None = None
) -> tuple[dict[str, str], list[CellProblem], list[Words]]:
    """Return the texts of a row, what is wrong with its cells, and notes; `passed` is a column not to be
    read.
    """
    texts: dict[str, str] = {}
    problems: list[CellProblem] = []
    notes: list[Words] = []
    passed_over = _passed_over(layout) - (columns.keys() & layout.of_lectures.keys())
    for at, cell in enumerate(row.cells):
        if cell.is_blank or at in passed_over or at == passed:
            continue
        if (told := _not_of_one_field(at, cell, layout, texts)) is not None:
            problems += [problem_at(layout, problem, row, at) for problem in told]
            continue
        column = columns.get(at)
        if column is None:
            problems.append(out_of_place(layout.header.texts.get(at), row.number, at, cell))
            continue
        read = cell_text(cell, column.info.kind, setting)
        if isinstance(read, Problem):
            problems.append(problem_at(layout, replace(read, field=column.path), row, at))
        elif column.key in texts:
            words = Words(zh="不得填写两次", en="must not be given twice")
            problems.append(problem_at(layout, Problem(words, column.path), row, at))
        else:
            texts[column.key] = evidence_said(read.text) if column.key == _EVIDENCE else read.text
            notes += [read.note] if read.note else []
    return texts, problems, notes


def problem_at(layout: Layout, problem: Problem, row: Row, at: int | None) -> CellProblem:
    """Return a problem with its cell and the header as people see it, a month over 应缴 included."""
    header = None if at is None else layout.header.texts.get(at)
    over = None if at is None else layout.header.over.get(at)
    shown_header = f"{over} {header}" if over and header else header
    return CellProblem(problem, row.number, at, shown_header)


def _not_of_one_field(at: int, cell: Cell, layout: Layout, texts: dict[str, str]) -> list[Problem] | None:
    """Read a cell that ticks evidence off, or holds several numbers; None where it does neither."""
    if at in layout.ticks:
        ticked = is_ticked(plain_text(cell))
        if isinstance(ticked, Problem):
            return [ticked]
        if ticked:
            texts[_EVIDENCE] = "、".join(filter(None, (texts.get(_EVIDENCE), layout.ticks[at])))
        return []
    if at not in layout.pairs:
        return None
    numbers = numbers_of(cell, layout.pairs[at])
    if isinstance(numbers, Problem):
        return [numbers]
    texts |= numbers
    return []


def _passed_over(layout: Layout) -> set[int]:
    at = {at for at in (layout.type_at, layout.year_at) if at is not None}
    return at | layout.left_out.keys() | layout.of_lectures.keys() | {one.at for one in layout.months}
