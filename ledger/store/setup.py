"""Making a ledger's tables, and migrating an older ledger's.

In: an address. Out: tables of the newest revision. Deliberately absent: everything that a ledger in use
needs; only this module imports Alembic.
"""

import os
from contextlib import suppress
from zoneinfo import ZoneInfo

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from ledger.errors import LedgerOutdated, LedgerUnavailable, Refused
from ledger.problems import Problem
from ledger.store.sql.connections import is_sqlite, make_engine, parse_address
from ledger.store.sql.database_faults import in_our_words
from ledger.store.sql.statements import POSTGRESQL, REVISION, SQLITE
from ledger.words import Words

_ENCODING = Words(
    zh="数据库的编码不是 UTF8，存不下中文：请用 UTF8 编码新建一个数据库",
    en="the database's encoding is not UTF8, Chinese text cannot be kept in it: create one with UTF8",
)

# Held while tables are made; any number will do as long as nobody changes it.
_SETUP_LOCK = 0x7A686962


def init(url: str, timezone: str | None = None) -> str:
    """Make the tables of the ledger at `url`, or migrate them to this program's revision; return it.

    Does nothing where they are of that revision already. `timezone` (an IANA name) is kept as the ledger's
    setting of that name; Refused where there is no such zone. LedgerOutdated where the ledger is newer than
    this program, LedgerUnavailable where the database refuses.
    """
    if timezone is not None:
        _check_timezone(timezone)
    address = parse_address(url)
    if is_sqlite(address):
        _for_its_owner_only(address.database)
    engine = make_engine(address, create=True)
    try:
        with in_our_words(url):
            if is_sqlite(address):
                with engine.connect() as connection:
                    # Cannot be done in a transaction, and stays with the file.
                    connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            with engine.begin() as connection:
                if is_sqlite(address):
                    connection.exec_driver_sql("BEGIN IMMEDIATE")
                else:
                    _prepare_postgresql(connection, url)
                _migrate(connection, url)
                if timezone is not None:
                    statements = SQLITE if is_sqlite(address) else POSTGRESQL
                    connection.exec_driver_sql(statements.set_setting, ("timezone", timezone))
    finally:
        engine.dispose()
    return REVISION


def _for_its_owner_only(file: str | None) -> None:
    """Make a new file that nobody else may read: recipients' addresses and names lie in it."""
    if file:
        # what stands in the way is said when the file is opened
        with suppress(OSError):
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _migrate(connection: Connection, url: str) -> None:
    found = MigrationContext.configure(connection).get_current_revision()
    if found == REVISION:
        return
    config = Config()
    config.set_main_option("script_location", "ledger.store:migrations")
    config.attributes["connection"] = connection
    if found is not None and found > REVISION:
        raise LedgerOutdated(url, found=found, expected=REVISION)
    command.upgrade(config, "head")


def _prepare_postgresql(connection: Connection, url: str) -> None:
    if connection.execute(text("SHOW server_encoding")).scalar_one() != "UTF8":
        raise LedgerUnavailable(url, _ENCODING)
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _SETUP_LOCK})


def _check_timezone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        problem = Problem(
            field="timezone",
            expected=Words(zh="须为时区名", en="must be the name of a time zone"),
            found=name,
            hint=Words(zh="例如 Asia/Shanghai", en="Asia/Shanghai, for example"),
        )
        raise Refused([problem]) from error
