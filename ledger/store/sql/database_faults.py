"""What a database complains about, said in our words.

In: the exceptions of sqlite3, psycopg and SQLAlchemy, at the store's edge. Out: `LedgerError`s with a
reason and what to do. Deliberately absent: bugs; an exception that no user's situation explains goes on
unchanged, so that it is seen.
"""

import re
import sqlite3
from types import TracebackType

from ledger.errors import LedgerMissing, LedgerUnavailable
from ledger.words import Words

LOCKED = Words(
    zh="另一个程序正占用着台账，等了 30 秒仍未放开：请等它完成后再试",
    en="another program holds its lock and did not let go within 30 seconds: retry when it is done",
)
READ_ONLY = Words(
    zh="没有写入权限：请检查该文件及其所在目录的权限",
    en="it may not be written to: check the rights of the file and of its folder",
)
DISK_FULL = Words(
    zh="磁盘已满：请腾出空间后再试，已有的记录完好无损",
    en="the disk is full: make room and retry; what was recorded before is whole",
)
NO_DATABASE = Words(
    zh="该文件不是 SQLite 数据库：请检查地址",
    en="the file is no SQLite database: check the address",
)
NOT_OPENED = Words(
    zh="文件或其所在目录无法打开：请检查路径和权限",
    en="the file or its folder cannot be opened: check the path and the rights",
)
DAMAGED = Words(
    zh="数据库文件已损坏：请保留该文件，并从备份恢复",
    en="the database file is damaged: keep it, and restore a backup",
)
DISK_ERROR = Words(
    zh="磁盘读写出错：请检查磁盘后再试",
    en="the disk reports an error: check it and retry",
)
NAME_TAKEN = Words(
    zh="该数据库中已有其他程序的同名表：请另用一个数据库或文件",
    en="it holds another program's table of the same name: use another database or file",
)
LOG_KEPT = Words(
    zh="记录只能追加，不能更改或删除：请用 zhibu retract 或 zhibu correct",
    en="the log can only be appended to, never changed: use `zhibu retract` or `zhibu correct`",
)
WRONG_PASSWORD = Words(
    zh="服务器不接受该用户名或密码：请检查地址中的用户名和密码",
    en="the server does not accept the user or the password: check both in the address",
)
NO_SUCH_DATABASE = Words(
    zh="服务器上没有这个数据库：请先创建，或检查地址",
    en="the server has no such database: create it first, or check the address",
)
NO_RIGHT = Words(
    zh="该用户没有所需的权限：请让数据库管理员授权（见 docs/postgresql.md）",
    en="the user lacks the rights for it: ask the database's owner to grant them (docs/postgresql.md)",
)
SERVER_READ_ONLY = Words(
    zh="服务器处于只读状态：请连接主服务器",
    en="the server is read-only: connect to the primary",
)
NOT_REACHED = Words(
    zh="无法连接服务器：请检查服务器是否运行，以及地址和端口",
    en="the server cannot be reached: check that it runs, and the address and port",
)
GONE = Words(
    zh="与服务器的连接中断，这一次没有记下任何内容：请重试",
    en="the connection to the server broke off; nothing of this was recorded: retry",
)
GONE_AT_COMMIT = Words(
    zh="与服务器的连接在确认之前中断，不知道是否已保存：请查看后再试",
    en="the connection to the server broke off before it confirmed; whether it was kept is not known: look, "
    "then retry",
)
NOT_NEXT = Words(
    zh="数据库只接收下一个序号的记录：请用 zhibu 记录，不要直接写表",
    en="the database admits only the next position of the log: never write to the table itself",
)
UNKNOWN_OPTION = Words(
    zh="地址中 ? 之后有不认识的选项，或选项的值不对：请检查地址",
    en="the address has an option after ? that is not known, or a value that it does not take: check it",
)
TOO_MANY = Words(
    zh="服务器的连接已用尽：请稍后再试",
    en="the server has no connection left: retry later",
)

_SQLITE = {
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: READ_ONLY,
    sqlite3.SQLITE_FULL: DISK_FULL,
    sqlite3.SQLITE_NOTADB: NO_DATABASE,
    sqlite3.SQLITE_CANTOPEN: NOT_OPENED,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_IOERR: DISK_ERROR,
    sqlite3.SQLITE_PROTOCOL: LOCKED,
    sqlite3.SQLITE_NOLFS: DISK_FULL,
}

# Even who reads needs a little room beside a file that others write.
_FULL = frozenset({sqlite3.SQLITE_IOERR_SHMSIZE})

# By SQLSTATE, the longest prefix first.
_POSTGRESQL = {
    "28": WRONG_PASSWORD,
    "3D000": NO_SUCH_DATABASE,
    "42P07": NAME_TAKEN,
    "42501": NO_RIGHT,
    "25006": SERVER_READ_ONLY,
    "53100": DISK_FULL,
    "53300": TOO_MANY,
    "55P03": LOCKED,
    "25P03": GONE,
    "ZB002": NOT_NEXT,
    "57P": GONE,
    "08": GONE,
}

# A failed connection has no SQLSTATE; what the server said stands in libpq's sentence.
_CONNECTING = (
    ("password", WRONG_PASSWORD),
    ("authentication", WRONG_PASSWORD),
    ("role ", WRONG_PASSWORD),
    ("pg_hba", WRONG_PASSWORD),
    ("database ", NO_SUCH_DATABASE),
    ("too many", TOO_MANY),
    ("server closed the connection", GONE),
    ("terminating connection", GONE),
)


_ILL_OPTION = re.compile(r"invalid connection option|bad value for \w+|invalid \w+ value:")


class in_our_words:  # noqa: N801 -- used as `with in_our_words(url):`; a generator costs an append too much
    """Turn a database's complaint about the ledger at `url` into a LedgerError."""

    __slots__ = ("url",)

    def __init__(self, url: str) -> None:
        self.url = url

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            raise_for(self.url, error)


def raise_for(url: str, error: BaseException) -> None:
    """Raise the LedgerError that says what `error` means; return where it means nothing to a user."""
    if type(error).__module__ == "sqlalchemy.exc":
        # What the driver said stands in it; to ask for its type would import SQLAlchemy.
        error = getattr(error, "orig", None) or error
    if isinstance(error, UnicodeDecodeError):
        # What the database holds, or says of itself, is no text.
        reason: Words | None = DAMAGED
    elif isinstance(error, sqlite3.Error):
        reason = reason_of_sqlite(error)
        if reason is MISSING_TABLE:
            raise LedgerMissing(url) from error
    elif type(error).__module__.partition(".")[0] == "psycopg":
        reason = _of_postgresql(error)
        if reason is MISSING_TABLE:
            raise LedgerMissing(url) from error
    else:
        reason = None
    if reason is not None:
        raise LedgerUnavailable(url, reason) from error


def is_gone(error: BaseException) -> bool:
    """Tell whether a server can no longer be reached on the connection that raised this."""
    if type(error).__module__ == "sqlalchemy.exc":
        error = getattr(error, "orig", None) or error
    return (
        type(error).__module__.partition(".")[0] == "psycopg"
        and type(error).__name__
        not in (
            "IntegrityError",
            "ProgrammingError",
            "DataError",
        )
        and _of_postgresql(error) in (GONE, NOT_REACHED)
    )


MISSING_TABLE = Words(zh="没有所需的表", en="the tables are missing")


# What is asked for is fixed: a schema that lacks it was changed by others, or by the disk.
_OTHER_SCHEMA = re.compile(
    "no such (?:column|index|collation)|has no column|malformed database schema|unsupported file format"
)


def reason_of_sqlite(error: sqlite3.Error) -> Words | None:
    """Return what an error of SQLite means to a user; None where it means nothing."""
    code = getattr(error, "sqlite_errorcode", None)
    text = str(error)
    if text.startswith("no such table"):
        return MISSING_TABLE
    if text.startswith("table ") and text.endswith(" already exists"):
        return NAME_TAKEN
    if text.startswith("Could not decode") or _OTHER_SCHEMA.search(text):
        return DAMAGED
    if isinstance(error, sqlite3.IntegrityError) and "append" in text:
        return LOG_KEPT
    if code in _FULL:
        return DISK_FULL
    # The low byte is the primary code; the rest says more than a user needs.
    return None if code is None else _SQLITE.get(code & 0xFF)


def _of_postgresql(error: BaseException) -> Words | None:
    state = getattr(error, "sqlstate", None) or ""
    if state == "42P01":
        return MISSING_TABLE
    for length in (5, 3, 2):
        if (reason := _POSTGRESQL.get(state[:length])) is not None:
            return reason
    if _ILL_OPTION.search(str(error)):
        return UNKNOWN_OPTION
    if state.strip("\0") or type(error).__name__ not in ("OperationalError", "ConnectionTimeout"):
        return None
    text = " ".join(str(error).split())
    for piece, reason in _CONNECTING:
        if piece in text:
            return reason
    return NOT_REACHED
