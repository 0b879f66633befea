"""A roster as a branch keeps it: names, and what it knows of offices, status and days.

In: the bytes or the path of a table. Out: one `Person` a row, the headers that were left out, and problems
at their cells. Deliberately absent: everything else of a person. Cells of other columns are never read: no
identity number, phone, address or income leaves this module, problems included.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ledger.errors import Refused
from ledger.events import fields_of
from ledger.events.values.days import Day
from ledger.events.values.described import Vocabulary, said, words_of
from ledger.events.values.kinds import Choice
from ledger.events.values.member_codes import MEMBER_CODE
from ledger.events.values.personal_numbers import is_personal
from ledger.events.values.shown import shown
from ledger.events.values.spellings import month_text
from ledger.events.vocabularies.members import ROLES, STATUSES
from ledger.files.headers import Column
from ledger.files.rosters.columns import RosterColumns, columns_of_roster
from ledger.files.tables.header.columns import Layout
from ledger.files.tables.header.find import Header, find_header
from ledger.files.tables.options import Directory, Options
from ledger.files.tables.problems import CellProblem, shown_header
from ledger.files.tables.rows.leftovers import last_of_data, why_none
from ledger.files.tables.source.grid import Grid, Row
from ledger.files.tables.source.opening import grids_of
from ledger.files.tables.values import Setting, cell_text, plain_text
from ledger.people import name_problems
from ledger.problems import Problem
from ledger.roster import OFFICES
from ledger.words import Words

_BETWEEN = re.compile("[、,，/兼 ]+")
_IN_BRACKETS = re.compile("[（(][^）)]*[）)]")
_PROBATION_DAYS = 366


@dataclass(slots=True)
class Person:
    """One row of a roster. `status` and `role` are None where it says nothing of them.

    `admitted` is when he or she joined the Party: for a note, never kept.
    """

    row: int
    name: str
    code: str | None = None
    status: str | None = None
    role: str | None = None
    transferred: date | None = None
    admitted: date | None = None


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
    taken = {at for at in (getattr(columns, one) for one in RosterColumns.__slots__) if at is not None}
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
        if wrong := list(name_problems(name)):
            self._tell(self.columns.name, wrong[0])
            return None
        person = Person(self.row.number, name)
        person.code = self._code()
        person.role = self._role()
        person.transferred = self._day(self.columns.transferred)
        person.status = self._status(today)
        person.admitted = self._admitted()
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

    def _role(self) -> str | None:
        at = self.columns.role
        if at is None:
            return None
        if self.row.at(at).is_blank:
            return "member"
        found = []
        for part in filter(None, _BETWEEN.split(plain_text(self.row.at(at)))):
            # 支部委员（组织）
            words = words_of(part, ROLES) or words_of(_IN_BRACKETS.sub("", part), ROLES)
            if len(words) != 1:
                self._refuse(at, ROLES, part)
                return None
            found.append(words[0])
        return min(found, key=OFFICES.index) if found else "member"

    def _status(self, today: date) -> str | None:
        at = self.columns.status
        if at is not None and not self.row.at(at).is_blank:
            text = plain_text(self.row.at(at))
            words = words_of(text, STATUSES)
            if len(words) == 1:
                return words[0]
            self._refuse(at, STATUSES, text)
            return None
        full = self._day(self.columns.full, or_month=True)
        joined = self._day(self.columns.joined, or_month=True)
        if full is not None:
            return "full" if full <= today else "probationary"
        if joined is not None:
            return "probationary" if (today - joined).days < _PROBATION_DAYS else "full"
        return None

    def _admitted(self) -> date | None:
        """Return when somebody joined the Party, as far as that can be read: nobody is refused for it."""
        before = len(self.problems)
        day = self._day(self.columns.joined, or_month=True)
        del self.problems[before:]
        return day

    def _day(self, at: int | None, *, or_month: bool = False) -> date | None:
        """Return the day of a cell; with `or_month`, of a month alone its first."""
        if at is None or self.row.at(at).is_blank:
            return None
        setting = Setting(None, self.grid.typed, self.grid.date_1904)
        told = cell_text(self.row.at(at), "day", setting)
        if not isinstance(told, Problem):
            text = month_text(told.text) if or_month else told.text
            try:
                return date.fromisoformat(f"{text}-01" if len(text) == len("2010-07") else text)
            except ValueError:
                refusal = Day(said("日 | 日。", "day | A day.")).refusal(told.text)
                told = Problem(refusal.expected, None, refusal.found, refusal.hint)
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


def _no_names() -> Problem:
    return Problem(
        Words(zh="没有找到“姓名”列", en="has no column of names"),
        hint=Words(
            zh="前 20 行里应有一行列名，其中有“姓名”", en="One of the first 20 rows should name the columns"
        ),
    )
