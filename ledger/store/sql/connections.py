"""From a ledger's address to connections that keep their promises.

In: an SQLAlchemy URL, `sqlite:///file` or `postgresql://…`. Out: connections, and SQLAlchemy engines of them,
that wait for a lock, write durably and never make a file that nobody asked for. Deliberately absent: tables,
SQL of the log, paths without a scheme (the command line makes URLs of them).

SQLAlchemy is imported where it is used: a ledger in a file is opened, read and appended to without it, and
its import would take longer than all of that.
"""

import re
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.errors import LedgerMissing, LedgerUnavailable
from ledger.words import Words

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine
    from sqlalchemy.pool import ConnectionPoolEntry

LOCK_SECONDS = 30
# Seconds.
_MOMENT = 1.0
# Seconds, and milliseconds: after a minute of silence on the wire a connection counts as broken.
_SILENCE: dict[str, object] = {
    "connect_timeout": 10,
    "keepalives": 1,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}

_NO_ADDRESS = Words(
    zh="这不是台账地址：请用 sqlite:///文件 或 postgresql://用户@主机/数据库",
    en="this is no address of a ledger: use sqlite:///file or postgresql://user@host/database",
)
_NO_FILE = Words(
    zh="SQLite 台账需要一个文件：请用 sqlite:///文件",
    en="a ledger on SQLite needs a file: use sqlite:///file",
)
_NO_OPTIONS = Words(
    zh="SQLite 地址不接受 ? 之后的选项：请去掉它们",
    en="an SQLite address takes no options after ?: leave them out",
)
_NO_FOLDER = Words(
    zh="该文件所在的目录不存在：请先创建目录，或检查地址",
    en="the folder of that file does not exist: make it first, or check the address",
)


_FILE = re.compile(r"sqlite:///([^?]+)")


@dataclass(frozen=True, slots=True)
class FileAddress:
    """The address of a ledger on SQLite: its file, as it was written."""

    database: str

    def __str__(self) -> str:
        return f"sqlite:///{self.database}"


def parse_address(url: str) -> "FileAddress | URL":
    """Read a ledger's address; raises LedgerUnavailable for one that names no ledger."""
    plain = _FILE.fullmatch(url)
    if plain is not None and plain[1] != ":memory:":
        return FileAddress(plain[1])
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        address = make_url(url)
        backend = address.get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise LedgerUnavailable(url, _NO_ADDRESS) from error
    if backend in ("postgres", "postgresql"):
        return address.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise LedgerUnavailable(url, _NO_ADDRESS)
    if address.query:
        raise LedgerUnavailable(url, _NO_OPTIONS)
    if address.host or address.username or not address.database or address.database == ":memory:":
        raise LedgerUnavailable(url, _NO_FILE)
    return FileAddress(address.database)


def is_sqlite(address: "FileAddress | URL") -> bool:
    """Tell a ledger in a file from one on a server."""
    return isinstance(address, FileAddress)


def file_of(address: "FileAddress | URL") -> Path:
    """Return the file of a ledger on SQLite."""
    return Path(address.database or "").absolute()


def make_engine(address: "FileAddress | URL", *, create: bool = False) -> "Engine":
    """Make the engine for a ledger; nothing is connected yet.

    With `create`, an SQLite file that is not there may be made; else it raises LedgerMissing.
    """
    import logging

    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    if isinstance(address, FileAddress):
        # The store keeps idle connections itself, to be able to close them.
        connect = connector(address, create=create)
        return create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)
    for name in ("sqlalchemy", "psycopg"):
        # What they log of a broken connection would stand on the terminal beside our sentence.
        logging.getLogger(name).addHandler(logging.NullHandler())
    connect_args: dict[str, object] = {"client_encoding": "utf8"}
    connect_args |= {name: value for name, value in _SILENCE.items() if name not in address.query}
    engine = create_engine(
        address,
        # A transaction that waited for the lock must see what was committed while it waited.
        isolation_level="READ COMMITTED",
        connect_args=connect_args,
        hide_parameters=True,  # recipients' addresses hold secrets, which no error may repeat
        # The one used last comes first: it is surely there, and has planned what is asked again and again.
        pool_use_lifo=True,
    )
    _replace_what_is_gone(engine)
    return engine


def _replace_what_is_gone(engine: "Engine") -> None:
    """Have an idle connection replaced without a word where the server does not hold it any more.

    One that was used a moment ago is only listened to: asking the server before every use, as the pool itself
    can, would double the way of each small question.
    """
    from sqlalchemy import event
    from sqlalchemy.exc import DisconnectionError

    def given_back(connection: Any, entry: "ConnectionPoolEntry") -> None:
        entry.info["used"] = time.monotonic()
        if connection is not None and not connection.closed and connection.autocommit:
            # Whoever takes it next begins a transaction by its first statement. What was open is rolled back.
            connection.autocommit = False

    def taken(connection: Any, entry: "ConnectionPoolEntry", _: object) -> None:
        used = entry.info.get("used")
        if used is None:
            return
        try:
            if time.monotonic() - used > _MOMENT:
                engine.dialect.do_ping(connection)
            else:
                # The first hears what the server said at parting, the second that it is gone.
                connection.pgconn.consume_input()
                connection.pgconn.consume_input()
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error

    event.listen(engine, "checkin", given_back)
    event.listen(engine, "checkout", taken)


def connector(address: FileAddress, *, create: bool = False) -> Callable[[], sqlite3.Connection]:
    """Return what opens connections to a ledger on SQLite; `create` as in `make_engine`."""
    path = file_of(address)
    if create and not path.parent.is_dir():
        raise LedgerUnavailable(str(address), _NO_FOLDER)
    if not create and not path.exists():
        raise LedgerMissing(str(address))
    uri = path.as_uri() + ("?mode=rwc" if create else "?mode=rw")

    def make() -> sqlite3.Connection:
        return sqlite3.connect(
            uri,
            uri=True,
            timeout=LOCK_SECONDS,
            # Transactions are begun in so many words: sqlite3 would begin them late and without the lock.
            isolation_level=None,
            check_same_thread=False,
        )

    def connect() -> sqlite3.Connection:
        connection = make()
        try:
            connection.execute("PRAGMA synchronous = FULL")
        except BaseException:
            connection.close()
            raise
        return connection

    return connect
