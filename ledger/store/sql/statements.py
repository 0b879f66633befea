"""The SQL of the log, as each database says it, and the revision of the tables that it needs.

In: the names of the columns. Out: one `Statements` for SQLite and one for PostgreSQL, with the same
parameters in the same order. Deliberately absent: running them (read, append); the tables, which only those
need who have SQLAlchemy write their SQL. They are written out, not built by an expression language, because
a single append must cost little more than its bare insert.
"""

from dataclasses import dataclass
from typing import NamedTuple

from ledger.store.codec import COLUMNS

# ruff: noqa: S608 -- nothing but the fixed texts of this module is put together here.

# The newest revision under migrations/versions; a test holds the two together, so that opening a ledger need
# not import Alembic.
REVISION = "0008"

_ROW = ", ".join(COLUMNS)
_HEAD = "SELECT position, hash, recorded_at FROM events ORDER BY position DESC LIMIT 1"
_DELIVERY = ("id", "recipient", "created_at", "title", "body", "attempts", "next_attempt_at")
# "zhib" in the upper half, so that other programs' advisory locks in the same database do not meet ours.
_LOCK_SPACE = 0x7A686962 << 32
# A writer that falls silent in the middle of its transaction loses the lock after two minutes; a server
# learns within one that a connection is dead.
PATIENCE = (
    "SET LOCAL lock_timeout = '30s'; SET LOCAL idle_in_transaction_session_timeout = '120s';"
    " SET LOCAL tcp_keepalives_idle = 30; SET LOCAL tcp_keepalives_interval = 10;"
    " SET LOCAL tcp_keepalives_count = 3"
)


class Beside(NamedTuple):
    """How rows of a table beside the log are written: singly, and, where not empty, many at once."""

    insert: str
    copy: str


@dataclass(frozen=True, slots=True)
class Statements:
    """What is asked of the log; the comments name the parameters."""

    lock: str  # begins the transaction that holds the one lock; told last is the head
    head: str
    first: str
    insert: str  # the columns
    copy: str  # many rows at once; empty where the database has no such thing
    page: str  # after, upto, limit
    page_of_branch: str  # branch, version after, after, upto, limit
    page_of_branch_types: str  # branch, types, version after, after, upto, limit
    last_of_branch: str  # branch, limit
    page_of_type: str  # type, after, upto, limit
    find: str  # id
    at: str  # position
    beginning_with: str  # prefix, what comes after all that begin with it, limit
    stored: str  # ids
    held: str  # ids
    version: str  # branch
    versions: str  # branches
    position_at: str  # instant
    setting: str  # key
    set_setting: str  # key, value
    revision: str
    room: str  # room for the indexes while many rows are written; empty where the database needs no word
    deliveries: Beside  # id, recipient, created_at, title, body, attempts, next_attempt_at
    bundles: Beside  # delivery, reminder


def _statements(
    mark: str, *, lock: str, insert: str, copy: str, among: str, versions: str, room: str
) -> Statements:
    marks = ", ".join([mark] * len(COLUMNS))
    select = f"SELECT {_ROW} FROM events"
    span = f"position > {mark} AND position <= {mark}"
    # In a branch, versions and positions rise together, and the index stands in order of versions.
    # +position has no index: the bounds shall not tempt the planner to walk the whole log.
    stretch = f"version > {mark} AND +position > {mark} AND +position <= {mark} ORDER BY version LIMIT {mark}"
    return Statements(
        lock=lock,
        head=_HEAD,
        first="SELECT min(position) FROM events",
        insert=f"{insert} INTO events ({_ROW}) VALUES ({marks})",
        copy=copy,
        page=f"{select} WHERE {span} ORDER BY position LIMIT {mark}",
        page_of_branch=f"{select} WHERE branch = {mark} AND {stretch}",
        page_of_branch_types=f"{select} WHERE branch = {mark} AND type {among} AND {stretch}",
        last_of_branch=f"{select} WHERE branch = {mark} ORDER BY version DESC LIMIT {mark}",
        page_of_type=f"{select} WHERE type = {mark} AND {span} ORDER BY position LIMIT {mark}",
        find=f"{select} WHERE id = {mark}",
        at=f"{select} WHERE position = {mark}",
        beginning_with=f"{select} WHERE id >= {mark} AND id < {mark} ORDER BY id LIMIT {mark}",
        stored=f"{select} WHERE id {among}",
        held=f"SELECT id FROM events WHERE id {among}",
        version=f"SELECT max(version) FROM events WHERE branch = {mark}",
        versions=versions,
        position_at=f"SELECT position FROM events WHERE recorded_at <= {mark}"
        " ORDER BY recorded_at DESC, position DESC LIMIT 1",
        setting=f"SELECT value FROM settings WHERE key = {mark}",
        set_setting=f"INSERT INTO settings (key, value) VALUES ({mark}, {mark})"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        revision="SELECT version_num FROM alembic_version",
        room=room,
        deliveries=_beside(mark, bool(copy), "deliveries", _DELIVERY),
        bundles=_beside(mark, bool(copy), "bundles", ("delivery", "reminder")),
    )


def _beside(mark: str, copies: bool, table: str, columns: tuple[str, ...]) -> Beside:
    into = f"{table} ({', '.join(columns)})"
    return Beside(
        f"INSERT INTO {into} VALUES ({', '.join([mark] * len(columns))})",
        f"COPY {into} FROM STDIN" if copies else "",
    )


SQLITE = _statements(
    "?",
    lock="BEGIN IMMEDIATE",
    # A failed insert ends the whole transaction: see the triggers of the first migration.
    insert="INSERT OR ROLLBACK",
    copy="",
    among="IN (SELECT value FROM json_each(?))",
    # Kilobytes. In the usual two megabytes a page of an index is written out, and read again, for each row.
    room="PRAGMA cache_size = -32000",
    versions="SELECT value, (SELECT max(version) FROM events WHERE branch = value) FROM json_each(?)",
)

POSTGRESQL = _statements(
    "%s",
    # Several statements that travel together: each sees what was committed before it began, so that the lock
    # is waited for before anything of the log is looked at.
    lock=f"BEGIN ISOLATION LEVEL READ COMMITTED; {PATIENCE};"
    f" SELECT pg_advisory_xact_lock({_LOCK_SPACE} | 'events'::regclass::oid::bigint); {_HEAD}",
    insert="INSERT",
    copy=f"COPY events ({_ROW}) FROM STDIN",
    among="= ANY(%s)",
    room="",
    versions="SELECT b, (SELECT max(version) FROM events WHERE branch = b)"
    " FROM unnest(%s::text[]) AS asked(b)",
)
