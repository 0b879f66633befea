"""The rows below a header as events: what each says, what is wrong with it, and which are none.

In: a table whose columns are understood. Out: one reading an event and filled cell of a month, and how many
rows were left out. Deliberately absent: the log; `ledger.files.comparing` asks it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from ledger.errors import Refused
from ledger.events import fields_of, parse_cells
from ledger.files.headers import Column
from ledger.files.tables.header.columns import Layout, MonthColumn
from ledger.files.tables.header.find import sheet_month, sheet_year
from ledger.files.tables.header.meanings import LECTURE, MEETINGS, WIDE_TYPE, columns_meant
from ledger.files.tables.header.sheet_types import with_row_hint
from ledger.files.tables.options import Directory, Options
from ledger.files.tables.problems import CellProblem
from ledger.files.tables.rows.cells import (
    fill,
    fill_day,
    is_nothing,
    problem_at,
    says_exempt,
    says_nobody,
    texts_of,
)
from ledger.files.tables.rows.compound_cells import Share, months_in, settle_kind, several_kinds, shared_out
from ledger.files.tables.rows.leftovers import evidence_left_out, exempt_left_out, last_of_data, why_none
from ledger.files.tables.rows.naming import NAMED_IN_A_BRANCH, put_codes, put_offices
from ledger.files.tables.rows.row_reading import DueDays, RowReading, type_of_row
from ledger.files.tables.source.grid import Grid, Row, cell_name
from ledger.files.tables.values import Setting, cell_text, plain_text
from ledger.problems import Problem
from ledger.words import Words


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one table."""

    grid: Grid
    layout: Layout
    options: Options
    directory: Directory
    today: date
    due_days: DueDays
    left_out: dict[str, list[int]] = field(default_factory=dict)
    columns: dict[str, dict[int, Column]] = field(default_factory=dict)
    lectures: bool = False
    exempt: set[int] = field(default_factory=set)

    def read(self) -> Iterator[RowReading]:
        """Yield the events of the table from top to bottom."""
        rows = self.grid.rows[self.layout.header.first :]
        last = last_of_data(rows, self.layout)
        for at, row in enumerate(rows):
            if reason := why_none(row, self.layout, after=at > last):
                self.left_out.setdefault(reason, []).append(row.number)
                continue
            for reading in self._events(row):
                if row.hidden:
                    reading.notes.append(Words(zh="这一行是隐藏行", en="this row is hidden"))
                yield reading

    def remarks(self) -> Iterator[Words]:
        """Yield what is to be known of the table as a whole, once its rows are read."""
        if self.exempt:
            yield exempt_left_out(sorted(self.exempt))
        yield from evidence_left_out(self.grid.rows[self.layout.header.first :], self.layout)

    def _events(self, row: Row) -> Iterator[RowReading]:
        told = type_of_row(row, self.layout)
        if isinstance(told, CellProblem):
            yield self._reading(row, problems=[told])
            return
        word, columns = told.word, self._columns(told.word)
        self.lectures |= word == LECTURE
        if self.layout.months:
            yield from self._of_months(row, word, columns)
            return
        texts, problems, notes = self._texts(row, columns, told.passed)
        if told.lecturer is not None:
            texts.setdefault("lecturer", told.lecturer)
        if word == WIDE_TYPE and not problems and is_nothing(texts.get("amount")):
            self.left_out.setdefault("unpaid", []).append(row.number)
            if says_exempt(texts.get("amount")) or says_exempt(texts.get("due")):
                self.exempt.add(row.number)
            return
        yield from self._of_payment(row, word, texts, problems, notes)

    def _columns(self, word: str) -> dict[int, Column]:
        """Return what the columns hold for rows of a type; looked up once where rows say their own."""
        if self.layout.type_word == word:
            return self.layout.fields
        if word not in self.columns:
            mapped = self.layout.mapped
            self.columns[word] = {
                at: next((column for column in found if not column.of_payload), found[0])
                for at, text in self.layout.header.texts.items()
                if at != self.layout.type_at and (found := columns_meant(mapped.get(at, text), word))
            }
        return self.columns[word]

    def _texts(
        self, row: Row, columns: Mapping[int, Column], passed: int | None = None
    ) -> tuple[dict[str, str], list[CellProblem], list[Words]]:
        """Return what a row's cells say; what was not said in figures is told beside."""
        setting = Setting(self._year(row), self.grid.typed, self.grid.date_1904)
        return texts_of(row, columns, self.layout, setting, passed)

    def _year(self, row: Row) -> int | None:
        """Return the year that a row's months are of: its own, the sheet's, or what was said."""
        at = self.layout.year_at
        if at is not None and not row.at(at).is_blank:
            digits = re.sub("[年度]", "", plain_text(row.at(at)))
            return int(digits) if re.fullmatch("(?:19|20)[0-9]{2}", digits) else None
        return self.options.year or self.layout.header.year() or sheet_year(self.grid.sheet)

    def _of_months(self, row: Row, word: str, columns: dict[int, Column]) -> Iterator[RowReading]:
        texts, problems, notes = self._texts(row, columns)
        year = self._year(row)
        paid = [one for one in self.layout.months if one.key == "amount"]
        found = False
        seen: list[CellProblem] = []
        for one in paid:
            cell = row.at(one.at)
            if says_exempt(plain_text(cell)):
                self.exempt.add(row.number)
            if cell.is_blank or (cell.state == "value" and is_nothing(plain_text(cell))):
                continue
            found = True
            for reading in self._of_month(row, word, one, year, texts, problems, notes):
                # What is wrong with the row is told once, not at each of its months.
                fresh = [problem for problem in reading.problems if problem not in seen]
                if fresh or not reading.problems:
                    reading.problems = fresh
                    yield reading
                seen += fresh
        if not found:
            if problems and not is_nothing(texts.get("member")):
                yield self._reading(row, problems=problems)
            else:
                self.left_out.setdefault("unpaid", []).append(row.number)

    def _of_month(
        self,
        row: Row,
        word: str,
        one: MonthColumn,
        year: int | None,
        texts: dict[str, str],
        problems: list[CellProblem],
        notes: list[Words],
    ) -> Iterator[RowReading]:
        month_year = one.month.year or year
        if month_year is None:
            problem = Problem(
                Words(zh="看不出是哪一年", en="is a month of which year?"),
                "data.month",
                hint=Words(zh="请用 --year 指明年份", en="Say the year by --year"),
            )
            yield self._reading(row, one.at, problems=[self._problem(problem, row, one.at)])
            return
        month = f"{month_year:04d}-{one.month.month:02d}"
        given = {**texts, "month": month}
        wrong = list(problems)
        for beside in self.layout.months:
            if beside.month != one.month or row.at(beside.at).is_blank:
                continue
            kind = {"amount": "money", "due": "money", "occurred_on": "day"}[beside.key]
            told = cell_text(row.at(beside.at), kind, Setting(month_year, self.grid.typed))  # type: ignore[arg-type]
            if isinstance(told, Problem):
                path = beside.key if beside.key == "occurred_on" else f"data.{beside.key}"
                wrong.append(self._problem(replace(told, field=path), row, beside.at))
            elif beside.key != "due" or not is_nothing(told.text):
                given[beside.key] = told.text
        yield from self._of_payment(row, word, given, wrong, notes, at=one.at)

    def _of_payment(
        self,
        row: Row,
        word: str,
        texts: dict[str, str],
        problems: list[CellProblem],
        notes: list[Words],
        at: int | None = None,
    ) -> Iterator[RowReading]:
        fill(texts, word, self.options, sheet_month(self.grid.sheet), self._year(row))
        months = months_in(texts.get("month", ""), self._year(row)) if word == WIDE_TYPE else None
        if not months or problems:
            yield self._event(row, word, texts, problems, notes, at)
            return
        shares = shared_out(months, texts.get("amount", ""), texts.get("due"))
        if isinstance(shares, Problem):
            column = self._place("amount")
            problem = replace(shares, field="data.amount")
            yield self._reading(row, at, problems=[self._problem(problem, row, column)])
            return
        for share in shares:
            yield self._event(row, word, {**texts, **_texts_of(share)}, [], notes, at)

    def _event(
        self,
        row: Row,
        word: str,
        texts: dict[str, str],
        problems: list[CellProblem],
        notes: list[Words],
        at: int | None,
    ) -> RowReading:
        texts = dict(texts)
        reading = self._reading(row, at, problems=list(problems), notes=list(notes))
        reading.said = frozenset(key for key, text in texts.items() if text.strip())
        reading.places = self._places(at)
        reading.notes += settle_kind(texts, word)
        wrong = {_key_of(one.problem) for one in problems}
        for key, problem in put_codes(texts, self.options, self.directory):
            reading.problems.append(self._problem(problem, row, self._place(key)))
            wrong |= {key, *NAMED_IN_A_BRANCH} if key == "branch" else {key}
        if "occurred_on" not in wrong and (
            note := fill_day(texts, word, self.options, self.today, self.due_days)
        ):
            reading.notes.append(note)
        reading.notes += put_offices(texts, self.directory)
        if self.layout.has("on_leave") and says_nobody(texts):
            texts["on_leave"] = "[]"
        sound = {key: text for key, text in texts.items() if key.removeprefix("data.") not in wrong}
        try:
            event = parse_cells(word, sound, self.directory.organization(texts.get("branch", "")))
        except Refused as refused:
            # All at once: what is wrong already is not told as missing as well.
            told = (problem for problem in refused.problems if _key_of(problem) not in wrong)
            reading.problems += [self._refused(problem, row, word, texts, at) for problem in told]
            return reading
        if not reading.problems:
            reading.event = event
        return reading

    def _refused(
        self, problem: Problem, row: Row, word: str, texts: Mapping[str, str], at: int | None
    ) -> CellProblem:
        """Return what the catalogue refuses at the cell that says it; what no cell says by its label."""
        key = _key_of(problem)
        column = at if at is not None and key in ("amount", "month") else self._place(key)
        if column is None and key == "lecturer" and self.layout.type_word == MEETINGS:
            # A register of meetings says in its kind that it was a lecture, and may say there whose.
            column = self._place("kind")
        hinted = with_row_hint(problem, word, texts.get(key, ""))
        if key == "kind" and word == MEETINGS and (several := several_kinds(texts.get(key, ""))):
            hinted = replace(problem, hint=several)
        told = self._problem(hinted, row, column)
        label = fields_of(word)[key].label if column is None and key in fields_of(word) else None
        return replace(told, label=label)

    def _places(self, at: int | None) -> Mapping[str, tuple[int, str]]:
        texts = self.layout.header.texts
        places = {column.key: (n, texts[n]) for n, column in self.layout.fields.items()}
        places |= {one.key: (n, texts[n]) for n, pair in self.layout.pairs.items() for one in pair}
        if at is not None:
            header = self.layout.header.over.get(at, texts.get(at, ""))
            places |= {"amount": (at, header), "month": (at, header)}
        return places

    def _place(self, key: str) -> int | None:
        return self.layout.place(key)

    def _problem(self, problem: Problem, row: Row, at: int | None) -> CellProblem:
        return problem_at(self.layout, problem, row, at)

    def _reading(
        self,
        row: Row,
        at: int | None = None,
        *,
        problems: list[CellProblem],
        notes: list[Words] | None = None,
    ) -> RowReading:
        cell = None if at is None else cell_name(row.number, at)
        return RowReading(
            self.grid.file, self.grid.sheet, row.number, cell, problems=problems, notes=notes or []
        )


def _key_of(problem: Problem) -> str:
    return (problem.field or "").removeprefix("data.")


def _texts_of(share: Share) -> dict[str, str]:
    texts = {"month": share.month, "amount": share.amount}
    return texts if share.due is None else {**texts, "due": share.due}
