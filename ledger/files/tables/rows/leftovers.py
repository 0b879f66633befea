"""What of a table makes no event: blank rows, sums, headers once more, remarks under the table; columns left
out though they say something.

In: a row, or all of them, and the columns that are understood. Out: the reason why a row is none, in one
word, or None; notes, which refuse nothing. Deliberately absent: dues that were not paid, which whoever reads
the amounts knows; taking any of it, for whoever reads the note says by hand what is meant.
"""

import re
from collections.abc import Iterator, Sequence

from ledger.events.values.days import DAY
from ledger.events.values.spellings import day_text
from ledger.files.tables.days import day_and_time
from ledger.files.tables.header.columns import Layout
from ledger.files.tables.header.meanings import MEETINGS, is_personal, plain
from ledger.files.tables.problems import shown_header
from ledger.files.tables.rows.compound_cells import tells_evidence
from ledger.files.tables.source.grid import Cell, Row
from ledger.files.tables.values import plain_text
from ledger.words import Words

LEFT_OUT_ROWS = {
    "blank": Words("空行", "blank"),
    "header": Words("重复的表头", "headers again"),
    "sum": Words("合计", "sums"),
    "remark": Words("说明", "remarks"),
    "unpaid": Words("未缴", "nothing paid"),
}
"""What a row is that is no event, by the word of its reason; `unpaid` is judged with the amounts."""

_SUMS = re.compile(
    "(?:本页|本表|本月|全年|年度|[0-9一二三四五六七八九十]{1,3}月)?(?:合计|总计|小计|共计|累计)(?:数|人数|金额|元)*"
)
_REMARK = re.compile("注|备注|说明|附|填表|制表|审核|负责人|经办|收款|[（(]?(?:盖章|公章|签章)|20[0-9]{2}年")
_SENTENCE = re.compile("[，。；！].|[\u4e00-\u9fff]{12}")
_LONGEST_READ = 500
_AMOUNT = re.compile(r"[￥¥]?[0-9,.]+(?:元|次|人次|人|名|个|篇|场|期|份)?")


def why_none(row: Row, layout: Layout, *, after: bool) -> str | None:
    """Return why a row is no event: `blank`, `header`, `sum` or `remark`; `after`: it lies under the last
    that is.
    """
    own = [
        cell
        for at, cell in enumerate(row.cells)
        if not cell.is_blank and cell.filled != "down" and at not in layout.left_out
    ]
    texts = _texts(row)
    if _is_sum(row, texts):
        return "sum"
    if not own:
        return "blank"
    if _is_header_again(texts, layout):
        return "header"
    return "remark" if after and _is_remark(texts, layout) else None


def last_of_data(rows: Sequence[Row], layout: Layout) -> int:
    """Return the place of the last row that is no remark: what lies under it may be remarks."""
    for at in range(len(rows) - 1, -1, -1):
        texts = _texts(rows[at])
        if texts and not _is_remark(texts, layout):
            return at
    return -1


def exempt_left_out(rows: Sequence[int]) -> Words:
    """Say that 免 beside a name is no exemption yet."""
    some = list(map(str, rows))
    return Words(
        zh=f"第 {'、'.join(some)} 行写着“免”，没有读入；免缴的人请用 "
        "zhibu log member-exempted --duty dues 登记，否则仍算未缴",
        en=f"rows {', '.join(some)} say “exempt”, and nothing is kept of it: log it by "
        "`zhibu log member-exempted --duty dues`, or the dues count as unpaid",
    )


def evidence_left_out(rows: Sequence[Row], layout: Layout) -> Iterator[Words]:
    """Say that a column of a register of meetings, left out (备注), tells evidence: 有记录、照片."""
    if layout.type_word != MEETINGS or layout.has("evidence") or layout.ticks:
        return
    for at, text in layout.left_out.items():
        cells = [] if is_personal(text) or at in layout.mapped else [plain_text(row.at(at)) for row in rows]
        telling = [shown_header(cell) for cell in cells if tells_evidence(cell)]
        if telling:
            own = shown_header(text)
            yield Words(
                zh=f"“{own}”一列有 {len(telling)} 格写着材料（如“{telling[0]}”），没有读；"
                f"要记作佐证材料，请加 --map '{own}=evidence'",
                en=f'the column "{own}" tells evidence in {len(telling)} cells (as "{telling[0]}"), and is '
                f"not read; take it by --map '{own}=evidence'",
            )


def _texts(row: Row) -> dict[int, str]:
    return {at: plain_text(cell) for at, cell in enumerate(row.cells) if not cell.is_blank}


def _is_header_again(texts: dict[int, str], layout: Layout) -> bool:
    header = layout.header
    same = [at for at, text in texts.items() if plain(text) == plain(header.texts.get(at, ""))]
    return len(same) > 1 and len(same) * 2 > len(texts)


def _is_sum(row: Row, texts: dict[int, str]) -> bool:
    """Return whether a text cell says that the numbers beside it are a sum."""
    words = [at for at in texts if not _is_number(row.at(at))]
    # 合 and 计 may stand in two cells.
    if words and _SUMS.fullmatch(plain("".join(texts[at][:_LONGEST_READ] for at in words))):
        return True
    rest = [row.at(at) for at, text in texts.items() if not _SUMS.fullmatch(plain(text))]
    return len(rest) < len(texts) and (not rest or any(map(_is_number, rest)))


def _is_remark(texts: dict[int, str], layout: Layout) -> bool:
    """Return whether a row under the table is no data: words, not the cells of an event."""
    months = {one.at for one in layout.months}
    known = [at for at in texts if at in layout.fields or at in months]
    words = [
        at
        for at, text in texts.items()
        if (_REMARK.match(text) or "：" in text or ":" in text) and not _is_day_of(at, text, texts, layout)
    ]
    data = [at for at in known if at not in words]
    if words and data and min(data) < min(words):
        # 王芳 … 2025年6月转入: what stands behind a name is a remark on it, and the row is no less an event.
        return False
    if words and len(data) <= max(len(words), 2):
        return True
    return len(texts) == 1 and _SENTENCE.search(next(iter(texts.values()))[:_LONGEST_READ]) is not None


def _is_day_of(at: int, text: str, texts: dict[int, str], layout: Layout) -> bool:
    """Return whether a cell is the day of a row; one that stands alone is when the sheet was filled in."""
    column = layout.fields.get(at)
    if column is None or column.info.kind != "day" or len(texts) < 2:
        return False
    return re.fullmatch(DAY, day_text(day_and_time(text)[0])) is not None


def _is_number(cell: Cell) -> bool:
    if cell.state == "formula" or (isinstance(cell.value, int | float) and not isinstance(cell.value, bool)):
        return True
    return isinstance(cell.value, str) and _AMOUNT.fullmatch(cell.value.strip()) is not None
