"""A roster as a branch keeps it: names, and what it knows of offices, status and days.

In: the bytes or the path of a table. Out: one `Person` a row, the headers that were left out, and problems
at their cells. Deliberately absent: everything else of a person. Cells of other columns are never read, but
for a few words of a remark that are told: no identity number, phone, address or income leaves this module,
problems included.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ledger.errors import Refused
from ledger.events import fields_of
from ledger.events.values.described import Vocabulary, said, words_of
from ledger.events.values.kinds import Choice
from ledger.events.values.member_codes import MEMBER_CODE, is_personal
from ledger.events.values.shown import shown
from ledger.events.vocabularies.members import STATUSES
from ledger.files.headers import Column
from ledger.files.rosters.cells import (
    RosterColumns,
    columns_of_roster,
    day_said,
    name_said,
    remarks_said,
    role_said,
)
from ledger.files.tables.header.columns import Layout
from ledger.files.tables.header.find import Header, find_header
from ledger.files.tables.options import Directory, Options
from ledger.files.tables.problems import CellProblem, shown_header
from ledger.files.tables.rows.leftovers import last_of_data, why_none
from ledger.files.tables.source.grid import Grid, Row
from ledger.files.tables.source.opening import grids_of
from ledger.files.tables.values import Setting, plain_text
from ledger.people import name_problems
from ledger.problems import Problem
from ledger.words import Words

_PROBATION_DAYS = 366
# A year, prolonged by one at most; and the sheet itself may be some years old.
_PROBATION_MAY_LAST = 5 * 366
_LONGEST_REMARK = 1_000


@dataclass(slots=True)
class Person:
    """One row of a roster. `status` and `role` are None where it says nothing of them.

    `admitted` is when he or she joined the Party, `confirmed` when as a full member. `notes` tell what of
    the row was understood otherwise than it stands, or not at all.
    """

    row: int
    name: str
    code: str | None = None
    status: str | None = None
    role: str | None = None
    transferred: date | None = None
    admitted: date | None = None
    confirmed: date | None = None
    notes: list[Words] = field(default_factory=list)


@dataclass(slots=True)
class RosterReading:
    """Everything that a roster says that the log may hold."""

    file: str
    sheet: str | None = None
    header_row: int | None = None
    people: list[Person] = field(default_factory=list)
    left_out_columns: tuple[str, ...] = ()
    left_out_rows: int = 0
    problems: list[CellProblem] = field(default_factory=list)


def read_roster(
    source: Path | bytes,
    directory: Directory,
    branch: str,
    *,
    today: date,
    name: str | None = None,
    sheet: str | None = None,
) -> RosterReading:
    """Read a roster: the first sheet that has a column of names (of those that fit, or the one named)."""
    shown_name = name if name is not None else str(source) if isinstance(source, Path) else "-"
    reading = RosterReading(shown_name)
    try:
        grids = grids_of(source, shown_name)
    except Refused as refused:
        reading.problems = [CellProblem(problem) for problem in refused.problems]
        return reading
    for grid in grids:
        if (sheet is not None and grid.sheet != sheet) or (sheet is None and grid.hidden):
            continue
        header = find_header(grid, "member_joined", Options())
        columns = None if header is None else columns_of_roster(header)
        if header is not None and columns is not None:
            _read(grid, header, columns, reading, directory, branch, today)
            return reading
    reading.problems.append(CellProblem(_no_names()))
    return reading


def _read(
    grid: Grid,
    header: Header,
    columns: RosterColumns,
    reading: RosterReading,
    directory: Directory,
    branch: str,
    today: date,
) -> None:
    reading.sheet, reading.header_row = grid.sheet, header.row
    taken = columns.read
    left_out = {at: text for at, text in header.texts.items() if at not in taken}
    reading.left_out_columns = tuple(shown_header(text) for _, text in sorted(left_out.items()))
    layout = Layout(header, "member_joined", left_out=left_out)
    layout.fields = {at: Column("member", fields_of("member_joined")["member"]) for at in taken}
    rows = grid.rows[header.first :]
    last = last_of_data(rows, layout)
    for at, row in enumerate(rows):
        if why_none(row, layout, after=at > last) or row.at(columns.name).is_blank:
            reading.left_out_rows += 1
            continue
        reader = _RowReader(grid, header, columns, row, reading.problems)
        person = reader.person(today)
        reader.check_branch(directory, branch)
        if person is not None:
            reading.people.append(person)


@dataclass(slots=True)
class _RowReader:
    grid: Grid
    header: Header
    columns: RosterColumns
    row: Row
    problems: list[CellProblem]

    def person(self, today: date) -> Person | None:
        """Return whom the row tells of, None where the name is none; problems are noted beside."""
        name = " ".join(plain_text(self.row.at(self.columns.name)).split())
        if _is_cjk(name):
            name = name.replace(" ", "")
        if is_personal(name):
            self._tell(self.columns.name, Problem(Words(zh="应为姓名", en="must be a name")))
            return None
        read = name_said(name)
        if isinstance(read, Problem):
            self._tell(self.columns.name, read)
            return None
        if wrong := list(name_problems(read.name)):
            self._tell(self.columns.name, wrong[0])
            return None
        person = Person(self.row.number, read.name)
        person.notes += [read.note] if read.note else []
        person.code = self._code()
        probation = self._role(person)
        person.transferred = self._day(self.columns.transferred)
        person.admitted = self._day(self.columns.joined, or_month=True)
        person.confirmed = self._day(self.columns.full, or_month=True)
        person.status = self._status(person, read.status or probation, today)
        self._remark(person, known=(read.status or probation) is not None)
        return person

    def check_branch(self, directory: Directory, branch: str) -> None:
        """Refuse a row of another branch: its people have another roster."""
        at = self.columns.branch
        if at is None or self.row.at(at).is_blank:
            return
        code = directory.branch(plain_text(self.row.at(at)))
        if isinstance(code, Problem):
            self._tell(at, code)
        elif code != branch:
            words = Words(zh=f"不是 {branch} 的人", en=f"is not of {branch}")
            self._tell(at, Problem(words, found=shown(plain_text(self.row.at(at)))))

    def _code(self) -> str | None:
        at = self.columns.code
        if at is None or self.row.at(at).is_blank:
            return None
        code = plain_text(self.row.at(at))
        if re.fullmatch(MEMBER_CODE, code) and not is_personal(code):
            return code
        words = Words(zh="应为代码（字母和数字）", en="must be a code of letters and digits")
        # What stands there is not shown: it may be anybody's number.
        self._tell(at, Problem(words))
        return None

    def _role(self, person: Person) -> str | None:
        """Settle somebody's office; return the status that stands in its place (预备党员), if any."""
        at = self.columns.role
        if at is None:
            return None
        told = role_said(plain_text(self.row.at(at)))
        if isinstance(told, Problem):
            self._tell(at, told)
            return None
        person.role = told.role
        person.notes += told.notes
        return told.status

    def _status(self, person: Person, beside: str | None, today: date) -> str | None:
        """Return the status: as the sheet says it, else as it follows from the days."""
        at = self.columns.status
        if at is not None and not self.row.at(at).is_blank:
            text = plain_text(self.row.at(at))
            words = words_of(text, STATUSES)
            if len(words) == 1:
                return words[0]
            self._refuse(at, STATUSES, text)
            return None
        if beside is not None:
            return beside
        if person.confirmed is not None:
            return "full" if person.confirmed <= today else "probationary"
        if person.admitted is None:
            return None
        days = (today - person.admitted).days
        if days < _PROBATION_DAYS:
            return "probationary"
        if self.columns.full is not None and days < _PROBATION_MAY_LAST:
            person.notes.append(_taken_as_full(person.admitted))
        return "full"

    def _remark(self, person: Person, *, known: bool) -> None:
        """Note what a remark says of leaving, of probation, of coming in: it is not read otherwise."""
        if self.columns.remark is None:
            return
        at = self.columns.status
        settled = (
            known or (at is not None and not self.row.at(at).is_blank) or person.status == "probationary"
        )
        text = plain_text(self.row.at(self.columns.remark))[:_LONGEST_REMARK]
        came = person.transferred is not None
        person.notes += remarks_said(text, status=settled, transferred=came)

    def _day(self, at: int | None, *, or_month: bool = False) -> date | None:
        """Return the day of a cell; with `or_month`, of a month or a year alone its first."""
        if at is None or self.row.at(at).is_blank:
            return None
        setting = Setting(None, self.grid.typed, self.grid.date_1904)
        told = day_said(self.row.at(at), setting, or_month=or_month)
        if not isinstance(told, Problem):
            return told
        settled = self.columns.status is not None and not self.row.at(self.columns.status).is_blank
        if not (or_month and settled):
            self._tell(at, told)
        return None

    def _refuse(self, at: int, vocabulary: Vocabulary, text: str) -> None:
        refusal = Choice(said("值 | 值。", "value | A value."), vocabulary).refusal(text)
        self._tell(at, Problem(refusal.expected, None, refusal.found, refusal.hint))

    def _tell(self, at: int, problem: Problem) -> None:
        told = Problem(problem.expected, None, problem.found, problem.hint)
        self.problems.append(CellProblem(told, self.row.number, at, self.header.texts.get(at)))


def _is_cjk(name: str) -> bool:
    return re.search("[\u4e00-\u9fff\u3400-\u4dbf]", name) is not None


def _taken_as_full(admitted: date) -> Words:
    return Words(
        zh=f"{admitted} 入党，转正时间空着，按已满一年记为正式党员；仍是预备党员的，请加一列“党员类别”写明",
        en=f"joined the Party on {admitted}, with no day of full membership: taken as a full member, since a "
        "year has passed; if still on probation, say so in a column 党员类别",
    )


def _no_names() -> Problem:
    return Problem(
        Words(zh="没有找到“姓名”列", en="has no column of names"),
        hint=Words(
            zh="前 20 行里应有一行列名，其中有“姓名”", en="One of the first 20 rows should name the columns"
        ),
    )
