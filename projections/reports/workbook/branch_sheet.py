"""One branch's sheet: the form as it is printed, filled in.

In: a report, one of its branches, an empty sheet. Out: the sheet: heading, sections with their items, the
form's own columns for assessors, bonus apart, totals, grade, lines to sign. Deliberately absent: other
branches.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from ledger.words import Language, Words
from projections.reports import bars
from projections.reports.report import Branch, Item, Report, Section
from projections.reports.workbook.cells import CENTERED, PLAIN, Canvas, Look, room_of
from projections.reports.workbook.printing import break_pages, capacity, set_up_page, write_heading
from projections.text.amounts import points_in_all
from projections.text.labels import labels_in

_HEAD = Look(across="center", bold=True, shade="head")
_STRONG = replace(CENTERED, bold=True)
_SUM = replace(_STRONG, shade="sum")
_GROUP = replace(PLAIN, bold=True)
_REMARK = replace(PLAIN, size=9)
_NOTE = replace(PLAIN, boxed=False)
_VETO = replace(_GROUP, color="C00000")
_WIDTHS: Mapping[Language, Mapping[str, float]] = {
    "zh": {
        "section": 9.0, "item": 7.5, "what": 26.0, "points": 7.5,
        "computed": 8.5, "judged": 8.5, "score": 8.0,
    },
    "en": {
        "section": 13.0, "item": 7.5, "what": 29.0, "points": 7.5,
        "computed": 9.5, "judged": 10.5, "score": 8.0,
    },
}  # fmt: skip
_WHOLE, _REMARKS = 114.0, 28.0
"""Widths of the whole form (what fits A4 portrait at a readable size) and the least of its remarks."""

_SHRUNK = 1.12


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column of the form stands; `section` is 0 where the form has one section only."""

    section: int
    item: int
    what: int
    points: int
    computed: int
    judged: Sequence[int]
    score: int
    remarks: int


class BranchSheet:
    """Writes the sheet of one branch."""

    def __init__(self, sheet: Worksheet, report: Report, branch: Branch) -> None:
        self._sheet = sheet
        self._report = report
        self._branch = branch
        self._labels = labels_in(report.language)
        first = 1 if len(branch.sections) > 1 else 0
        judged = range(first + 5, first + 5 + len(report.columns))
        self._at = Columns(
            first, first + 1, first + 2, first + 3, first + 4, judged, judged.stop, judged.stop + 1
        )
        wide = _WIDTHS[report.language]
        widths = [wide["section"]] * first + [wide[name] for name in ("item", "what", "points", "computed")]
        widths += [wide["judged"]] * len(judged) + [wide["score"]]
        number = max(room_of(report.points), room_of(branch.total))
        widths = [*widths[: first + 2], *(max(width, number) for width in widths[first + 2 :])]
        self._canvas = Canvas(sheet, report.language, [*widths, max(_REMARKS, _WHOLE - sum(widths))])
        self._spans: list[tuple[int, int, str]] = []
        self._starts: dict[int, int] = {}

    def write(self) -> None:
        """Write the sheet."""
        write_heading(
            self._canvas, self._report, self._report.title, self._at.remarks, branch=self._branch.name
        )
        head = self._canvas.row
        self._table_head()
        base = [section for section in self._branch.sections if not section.bonus]
        bonus = [section for section in self._branch.sections if section.bonus]
        for section in base:
            self._section(section)
        if bonus:
            self._sum("base", self._report.base_points, base, self._branch.base)
            for section in bonus:
                self._section(section)
        self._starts[self._canvas.row] = 3
        whole = "total_mean" if self._report.mean else "total"
        self._sum(whole, self._report.points, base + bonus, self._branch.total)
        self._grade()
        self._notes()
        self._signatures()
        self._set_up_pages(head)

    def _table_head(self) -> None:
        at, labels = self._at, self._labels
        titles = [(at.item, labels["item"]), (at.what, labels["what"]), (at.points, labels["points"])]
        titles += [(at.computed, labels["computed"]), *zip(at.judged, self._report.columns, strict=True)]
        titles += [(at.score, labels["score"]), (at.remarks, labels["remarks"])]
        if at.section:
            titles.insert(0, (at.section, labels["section"]))
        for column, title in titles:
            self._canvas.put(column, title, _HEAD)
        self._canvas.end_row(*((title, column, column, _HEAD) for column, title in titles), least=30)

    def _section(self, section: Section) -> None:
        canvas, top = self._canvas, self._canvas.row
        height, group = 0.0, None
        for item in section.items:
            if item.group is not None and item.group != group:
                self._starts[canvas.row] = 2
                height += self._group(item.group, section)
            else:
                self._starts[canvas.row] = 1
            group = item.group
            height += self._item(item)
        self._starts[top] = 3
        if not self._at.section:
            return
        label = "mean" if self._report.mean else "subtotal"
        points = bars.most(section, mean=self._report.mean)
        height += self._sum(label, points, [section], section.score, first=self._at.item)
        name = f"{section.title}\n{points_in_all(section.points).pick(self._report.language)}"
        # A narrow column beside few rows: the section's title still has to be seen whole.
        canvas.stretch(canvas.height_of(name, self._at.section, self._at.section, _STRONG) - height)
        self._spans.append((top, canvas.row - 1, name))

    def _group(self, group: str, section: Section) -> float:
        points = sum(item.points for item in section.items if item.group == group)
        title = (
            Words("", " ")
            .pick(self._report.language)
            .join((group, points_in_all(points).pick(self._report.language)))
        )
        self._canvas.put(self._at.item, title, _GROUP, self._at.remarks)
        return self._canvas.end_row((title, self._at.item, self._at.remarks, _GROUP))

    def _item(self, item: Item) -> float:
        canvas, at = self._canvas, self._at
        remarks = "\n".join(item.remarks)
        canvas.put(at.item, item.id, CENTERED)
        canvas.put(at.what, item.title)
        canvas.put(at.points, item.points, CENTERED)
        canvas.put(at.computed, item.computed, CENTERED)
        for column, points in zip(at.judged, item.judged, strict=True):
            canvas.put(column, points, CENTERED)
        canvas.put(at.score, item.score, _STRONG)
        canvas.put(at.remarks, remarks, _REMARK)
        return canvas.end_row(
            (item.title, at.what, at.what, PLAIN), (remarks, at.remarks, at.remarks, _REMARK), least=20
        )

    def _sum(
        self, label: str, points: int, sections: Sequence[Section], score: int | None, *, first: int = 1
    ) -> float:
        """Write a row of sums; means are not summed up, nor is a column that is not full."""
        canvas, at, mean = self._canvas, self._at, self._report.mean
        canvas.put(first, self._labels[label], _SUM, at.what)
        canvas.put(at.points, points, _SUM)
        canvas.put(at.computed, None if mean else bars.computed(sections), _SUM)
        for place, column in enumerate(at.judged):
            canvas.put(column, None if mean else bars.judged(sections, place), _SUM)
        canvas.put(at.score, score, _SUM)
        canvas.put(at.remarks, None, _SUM)
        return canvas.end_row(least=20)

    def _grade(self) -> None:
        branch, canvas, at = self._branch, self._canvas, self._at
        if not (self._report.graded or branch.grade):
            return
        veto, causes = self._labels["veto"], list(dict.fromkeys(entry.cause for entry in branch.veto))
        told = Words(f"（{veto}：{'；'.join(causes)}）", f" ({veto}: {'; '.join(causes)})").pick(
            self._report.language
        )
        text = branch.grade + (told if branch.vetoed else "")
        canvas.put(1, self._labels["grade"], _SUM, at.what)
        canvas.put(at.points, text, _VETO if branch.vetoed else _GROUP, at.remarks)
        canvas.end_row((text, at.points, at.remarks, _GROUP), least=22)

    def _notes(self) -> None:
        for note in self._branch.notes:
            self._canvas.put(1, note, _NOTE, self._at.remarks)
            self._canvas.end_row((note, 1, self._at.remarks, _NOTE))

    def _signatures(self) -> None:
        at, half = self._at, self._at.points
        self._canvas.end_row(least=8)
        for title in self._report.columns:
            self._canvas.put(1, title + self._labels["signature"], _NOTE, half)
            self._canvas.put(half + 1, self._labels["date"], replace(_NOTE, across="right"), at.remarks)
            self._canvas.end_row(least=32)

    def _set_up_pages(self, head: int) -> None:
        sheet, canvas = self._sheet, self._canvas
        corner = f"{get_column_letter(self._at.remarks)}{canvas.row - 1}"
        room = capacity(canvas.widths)
        # What is a few rows too long for a page is rather shrunk: a form is best signed on the page it fills.
        one_page = sum(canvas.heights.values()) <= room * _SHRUNK
        breaks = [] if one_page else break_pages(canvas.heights, self._starts, room, head)
        for row in breaks:
            sheet.row_breaks.append(Break(id=row - 1))
        for top, bottom, name in self._spans:
            self._name_section(name, top, bottom, breaks)
        sheet.freeze_panes = f"{get_column_letter(self._at.points)}{head + 1}"
        sheet.print_area = f"A1:{corner}"
        footer = (f"{self._branch.name}  {self._report.period}", self._labels["page"], self._report.on)
        set_up_page(sheet, head, footer, one_page=one_page)

    def _name_section(self, name: str, top: int, bottom: int, breaks: Sequence[int]) -> None:
        """Write a section's title beside its rows, once on every page that they stand on."""
        tops = [top, *(row for row in breaks if top < row <= bottom)]
        for first, after in zip(tops, [*tops[1:], bottom + 1], strict=True):
            text = name if first == top else name + self._labels["continued"]
            self._canvas.row = first
            self._canvas.put(self._at.section, text, _STRONG)
            self._canvas.merge(self._at.section, self._at.section, first, after - 1)
