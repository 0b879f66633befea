"""What is to be known of a table as a whole: what was left out of it though it says something.

In: the rows of a table, what its columns mean. Out: notes, which refuse nothing. Deliberately absent: taking
any of it; whoever reads the note says by hand what is meant.
"""

from collections.abc import Iterator, Sequence

from ledger.files.tables.header.columns import Layout
from ledger.files.tables.header.meanings import MEETINGS, is_personal
from ledger.files.tables.problems import shown_header
from ledger.files.tables.rows.ticks import tells_evidence
from ledger.files.tables.source.grid import Row
from ledger.files.tables.values import plain_text
from ledger.words import Words


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
