"""The way back from a full export: the same ledger again, to the hash.

In: the lines of a full JSON Lines export. Out: an empty ledger filled with them, positions, instants and
hashes as they were; each line is parsed as any other event, by the shape in which it was stored. Deliberately
absent: the checks of intake against the stream, the day and the rubrics at hand; what was let in once is
history.
"""

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

import orjson

from ledger.errors import BrokenChain, Refused
from ledger.events.stored import Stored, stored_problems
from ledger.events.types.organizations import BranchRegistered
from ledger.events.values.shown import shown
from ledger.intake.admission import Line
from ledger.problems import Problem
from ledger.store.codec import COLUMNS, Head, Recorded
from ledger.store.event_store import Store
from ledger.store.read import PAGE
from ledger.words import Words

_PROGRESS = 5_000
_WHOLE = frozenset({"position", "version", "schema_version"})
_Places = deque[tuple[int, str]]
_ANOTHER_COPY = Words(
    zh="没有恢复任何记录：请另取一份导出文件或备份。",
    en="Nothing was restored: take another copy of the export, or a backup.",
)
_MAY_BE_NULL = frozenset({"counts_for", "recorded_by"})


def restore(
    store: Store,
    lines: Iterable[Line],
    *,
    now: datetime,
    on_progress: Callable[[int], None] | None = None,
) -> Head:
    """Fill an empty ledger from the lines of a full export; return its head.

    All or nothing. Raises LedgerNotEmpty, `Refused` at the first line that is none of a full export, and
    BrokenChain at the first position that does not hold.
    """
    placed: _Places = deque(maxlen=2 * PAGE)
    with store.appending(now, lines=sys.maxsize) as appender:
        try:
            return appender.restore(_counted(_recorded_at(lines, placed), on_progress))
        except BrokenChain as broken:
            place = next((place for position, place in placed if position >= broken.position), "")
            what = Words(place + broken.what.zh, place + broken.what.en)
            raise BrokenChain(broken.position, what, _ANOTHER_COPY) from None


def _recorded_at(lines: Iterable[Line], placed: _Places) -> Iterator[Recorded]:
    """Parse the lines, keeping where the last of them stood: the chain is followed a page behind."""
    for line in lines:
        row = _recorded(line)
        placed.append((row.position, "" if line.file is None else f"{line.file}:{line.number}: "))
        yield row


def _counted(events: Iterator[Recorded], on_progress: Callable[[int], None] | None) -> Iterator[Recorded]:
    for done, event in enumerate(events, start=1):
        yield event
        if on_progress is not None and done % _PROGRESS == 0:
            on_progress(done)


def _recorded(line: Line) -> Recorded:
    try:
        return _row(line.raw)
    except Refused as refused:
        placed = [replace(problem, file=line.file, line=line.number) for problem in refused.problems]
        raise Refused(placed) from None


def _row(raw: object) -> Recorded:
    if isinstance(raw, Refused):
        raise raw
    if not isinstance(raw, bytes | str):
        raise TypeError("a full export is JSON Lines")
    try:
        columns = orjson.loads(raw)
    except orjson.JSONDecodeError:
        columns = None
    if not isinstance(columns, dict) or columns.keys() != set(COLUMNS):
        raise Refused([_no_full_line(columns)])
    for name in COLUMNS:
        if not _is_of_its_kind(name, columns[name]):
            expected = Words(zh="不是完整导出中的值", en="must be what a full export holds here")
            raise Refused([Problem(expected, name, shown(columns[name]))])
    # Sorted and without blanks, as it stood in the log; were it not, the hash would say so.
    data = orjson.dumps(columns.pop("data"), option=orjson.OPT_SORT_KEYS).decode()
    row = Recorded(data=data, **columns)
    problems = stored_problems(Stored(*(getattr(row, name) for name in Stored._fields)))
    if row.version == 1 and not problems and row.type != BranchRegistered.type_word:
        problems = [Problem(_FIRST, "type", shown(row.type))]
    if problems:
        raise Refused(problems)
    return row


def _is_of_its_kind(name: str, value: object) -> bool:
    if name == "data":
        return isinstance(value, dict)
    if name in _WHOLE:
        return type(value) is int
    return isinstance(value, str) or (value is None and name in _MAY_BE_NULL)


_FIRST = Words(
    zh="一个支部的第一条记录应为建立党组织（branch_registered）",
    en="must be branch_registered: it is the first event of its branch",
)


def _no_full_line(columns: object) -> Problem:
    lacking = [name for name in COLUMNS if isinstance(columns, dict) and name not in columns]
    return Problem(
        Words(zh="应为完整导出（JSON Lines）中的一行", en="must be a line of a full JSON Lines export"),
        lacking[0] if lacking else None,
        hint=Words(
            zh="普通的记录文件请去掉 --restore 导入",
            en="Import a file of plain events without --restore",
        ),
    )
