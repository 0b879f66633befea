"""A workbook as its reader sees it: opened again, rows by what stands in them."""

from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from projections.reports.report import Report
from projections.reports.workbook.xlsx import render_xlsx


def opened(report: Report, **how: bool) -> Workbook:
    return load_workbook(BytesIO(render_xlsx(report, **how)))


@dataclass(frozen=True)
class Form:
    """A branch's sheet: its header row, and its rows by the text in their first column of the table."""

    sheet: Worksheet

    @property
    def head(self) -> int:
        """The number of the header row."""
        return next(
            row
            for row in range(1, 20)
            if self.sheet.cell(row, self.sheet.max_column).value in ("备注", "remarks")
        )

    @property
    def titles(self) -> list[Any]:
        return [cell.value for cell in self.sheet[self.head]]

    def rows(self) -> list[dict[str, Cell]]:
        """The rows below the header, cells by title of the column."""
        titles = self.titles
        return [dict(zip(titles, row, strict=True)) for row in self.sheet.iter_rows(min_row=self.head + 1)]

    def items(self) -> dict[str, dict[str, Cell]]:
        """The rows of items, by id: those with an id, a text and points."""
        at, what = ("序号", "考核内容") if "序号" in self.titles else ("item", "what")
        points = "分值" if at == "序号" else "points"
        return {
            row[at].value: row for row in self.rows()
            if row[at].value and row[what].value and row[points].value is not None
        }  # fmt: skip

    def labelled(self, label: str) -> list[dict[str, Cell]]:
        """The rows in which a label stands."""
        return [row for row in self.rows() if any(cell.value == label for cell in row.values())]

    def merged(self) -> set[str]:
        return {str(area) for area in self.sheet.merged_cells.ranges}


def hundredths(cell: Any) -> int | None:
    """A number's value in hundredths; it must be a number, shown with two decimals."""
    if cell.value is None:
        return None
    assert cell.data_type == "n", cell.coordinate
    assert cell.number_format == "0.00", cell.coordinate
    value = Decimal(str(cell.value)) * 100
    assert value == int(value), cell.coordinate
    return int(value)
