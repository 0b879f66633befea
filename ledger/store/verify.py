"""Recomputing the whole chain.

In: a connection, and perhaps an older head. Out: what was verified, or `BrokenChain` at the first position
that does not hold. Deliberately absent: repairing.
"""

import re
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from ledger.errors import BrokenChain
from ledger.events.stored import Stored, correction_problems, corrects, is_usual, stored_problems, target_in
from ledger.events.values.shown import shown
from ledger.problems import Problem
from ledger.store.chain import Chain, broken, gap
from ledger.store.codec import GENESIS, Head, Row
from ledger.store.read import PAGE, many
from ledger.store.sql.statements import Statements
from ledger.words import Words

# So few rows at a time stay in the processor's cache.
_PAGE = 500


class Verified(NamedTuple):
    """A log that holds: its head, and the number of its streams."""

    head: Head
    branches: int


Progress = Callable[[int], object]
"""Told now and then up to which position the chain was followed."""


def verify(
    connection: Any, statements: Statements, against: Head | None, progress: Progress | None = None
) -> Verified:
    """Follow the chain from the first row to the head of now; raises BrokenChain where it does not hold."""
    last = connection.execute(statements.head).fetchone()
    end = last[0] if last else 0
    # A row that somebody put before position 1 must not be passed over.
    first = connection.execute(statements.first).fetchone()[0]
    for position in (end, first):
        if position is not None and not isinstance(position, int):
            raise broken(
                1, f"序号不是整数（{shown(position)}）", f"a position is no number ({shown(position)})"
            )
    chain = Chain()
    controls: list[Row] = []
    after = 0 if first is None else min(first - 1, 0)
    if against is not None and against.position == 0 and against.hash != GENESIS:
        raise _moved(0, against)
    while chain.position < end or after < 0:
        rows = _page(connection, statements, after, end)
        if not rows:
            raise gap(chain.position + 1)
        before = chain.position
        try:
            chain.follow_all(rows)
        except BrokenChain:
            # What is wrong with a row before it is told first.
            _read_payloads(rows[: chain.position - before], controls, against)
            raise
        _read_payloads(rows, controls, against)
        after = chain.position
        if progress is not None:
            progress(after)
    _follow_targets(connection, statements, controls)
    if against is not None and against.position > end:
        raise _shortened(end, against)
    return Verified(chain.head, len(chain.versions))


def _read_payloads(rows: Sequence[Row], controls: list[Row], against: Head | None) -> None:
    """See that events can be read, and the older head is among them; keep those that name another for
    later.
    """
    watched = 0 if against is None else against.position
    for row in rows:
        position, event_id, branch, _, word, shape, occurred_on, counts_for, data, by, _, _, stored_hash = row
        if not is_usual(event_id, branch, word, shape, occurred_on, counts_for, data, by):
            stored = Stored(event_id, branch, word, shape, occurred_on, counts_for, data, by)
            if problems := stored_problems(stored):
                raise _unreadable(position, problems[0])
        if '"target"' in data and target_in(data) is not None:
            controls.append(row)
        if position == watched and against is not None and stored_hash != against.hash:
            raise _moved(position, against)


def _follow_targets(connection: Any, statements: Statements, controls: Sequence[Row]) -> None:
    """See that what control events name is an earlier event of their branch, and that corrections fit it."""
    for start in range(0, len(controls), PAGE):
        some = controls[start : start + PAGE]
        wanted = {target_in(row[8]) or "" for row in some}
        found = {row[1]: row for row in connection.execute(statements.stored, many(statements, list(wanted)))}
        for row in some:
            target = found.get(target_in(row[8]) or "")
            if target is None or target[2] != row[2] or target[0] >= row[0]:
                raise _unreadable(row[0], Problem(_NO_TARGET, "data.target", shown(target_in(row[8]))))
            if corrects(row[4]) and (problems := correction_problems(target[4], row[8])):
                raise _unreadable(row[0], problems[0])


_NO_TARGET = Words(zh="应为本支部更早的一条记录", en="must be the id of an earlier event of its branch")


def _unreadable(position: int, problem: Problem) -> BrokenChain:
    return broken(
        position, f"内容读不懂（{problem.sentence('zh')}）", f"it cannot be read ({problem.sentence('en')})"
    )


def _page(connection: Any, statements: Statements, after: int, end: int) -> list[Row]:
    rows: list[Row]
    try:
        rows = connection.execute(statements.page, (after, end, _PAGE)).fetchall()
    except sqlite3.OperationalError as error:
        if not str(error).startswith("Could not decode"):
            raise
        # Bytes that are no text: read them as they are, the chain will say where.
        connection.text_factory = lambda raw: raw.decode(errors="surrogateescape")
        try:
            rows = connection.execute(statements.page, (after, end, _PAGE)).fetchall()
        finally:
            connection.text_factory = str
    return rows


def verify_file(
    connection: Any,
    other: Any,
    statements: Statements,
    against: Head | None,
    progress: Progress | None = None,
) -> Verified:
    """Verify a log in an SQLite file, and that the file's indexes, by which branches are read, agree with it.

    SQLite looks through its indexes on the `other` connection meanwhile.
    """
    with ThreadPoolExecutor(1) as beside:
        looking = beside.submit(_integrity, other)
        try:
            verified = verify(connection, statements, against, progress)
        except BaseException:
            other.interrupt()
            raise
        answer = looking.result()
    if answer == "ok":
        return verified
    row = re.search(r"row (\d+)", answer)
    raise broken(
        int(row[1]) if row else verified.head.position,
        f"数据库文件的索引与记录不一致（SQLite：{answer}）",
        f"the file's indexes do not agree with the log (SQLite: {answer})",
    )


def _integrity(connection: Any) -> str:
    answer: str = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    return answer


def _moved(position: int, against: Head) -> BrokenChain:
    return broken(
        position,
        f"与留存的校验码不符（应为 {against.hash}）：此条或更早的记录被改写",
        f"it is not what the older head names ({against.hash}): this event or one before it was rewritten",
    )


def _shortened(end: int, against: Head) -> BrokenChain:
    return BrokenChain(
        end + 1,
        Words(
            zh=f"留存的校验码属第 {against.position} 条，台账却止于第 {end} 条：末尾的记录被删去。",
            en=f"The older head is at position {against.position}, the log ends at {end}: events were "
            "dropped at its end.",
        ),
        Words(zh="请从备份恢复。", en="Restore a backup."),
    )
