"""The log as columns, for projections.

In: an open store and which events are wanted. Out: a pyarrow table in order of position. Deliberately absent:
what the columns mean, corrections, decoding of `data` (projections).

Bulk is read by ADBC: from PostgreSQL always, from SQLite where many rows are wanted and the gate gives the
file to ADBC's own copy of SQLite alone (gate.py says why); else through the store's own driver.
"""

import re
import threading
from collections.abc import Collection
from typing import Any

import orjson
import pyarrow as pa

from ledger.gate import gate_of
from ledger.store.chain import gap
from ledger.store.connections import FileAddress, file_of, is_sqlite
from ledger.store.database_faults import in_our_words
from ledger.store.event_store import Store

COLUMNS = {
    "position": pa.int64(),
    "id": pa.string(),
    "branch": pa.string(),
    "type": pa.string(),
    "schema_version": pa.int64(),
    "occurred_on": pa.string(),
    "counts_for": pa.string(),
    "data": pa.string(),
    "recorded_at": pa.string(),
}
"""The columns that can be read, and their types."""

# From so many rows on, handing an SQLite file over to ADBC is worth while.
_BULK = 10_000

# Small enough for the garbage collector not to walk through the rows again and again.
_BATCH = 2_000

# What a branch or a type in the log can look like: nothing that a quoted text would have to escape.
_WORD = re.compile(r"[a-z0-9_.-]{1,64}")


def read_columns(
    store: Store,
    *,
    branches: Collection[str] | None = None,
    types: Collection[str] | None = None,
    after: int = 0,
    upto: int | None = None,
    recorded_at: bool = False,
) -> pa.Table:
    """Read events as columns, in order of position: position, id, branch, type, schema_version, occurred_on,
    counts_for, data (and recorded_at where asked for); positions and versions as int64, all else as string.

    `branches` and `types` choose; with both given, rows of those branches or of those types. `after` and
    `upto` bound the positions, the head is the bound where `upto` is left out. Raises BrokenChain where the
    whole span is asked for and a position is missing.
    """
    names = [name for name in COLUMNS if recorded_at or name != "recorded_at"]
    schema = pa.schema([(name, COLUMNS[name]) for name in names])
    head = store.head().position
    end = max(after, head if upto is None else min(upto, head))
    read = _read_sqlite if is_sqlite(store.address) else _read_postgresql
    with in_our_words(store.url):
        table = read(store, schema, branches, types, after, end)
    if branches is None and types is None and table.num_rows != end - after:
        held = set(table.column("position").to_pylist())
        raise gap(next(position for position in range(after + 1, end + 1) if position not in held))
    return table


def _read_sqlite(
    store: Store,
    schema: pa.Schema,
    branches: Collection[str] | None,
    types: Collection[str] | None,
    after: int,
    end: int,
) -> pa.Table:
    chosen: list[str] = []
    values: list[object] = []
    for column, wanted in (("branch", branches), ("type", types)):
        if wanted is not None:
            chosen.append(f"SELECT position FROM events WHERE {column} IN (SELECT value FROM json_each(?))")  # noqa: S608
            values.append(orjson.dumps(sorted(set(wanted))).decode())
    # Positions first, from the indexes alone; then their rows, in the order in which they lie.
    where = f"position IN ({' UNION '.join(chosen)}) AND" if chosen else ""
    where = f"FROM events WHERE {where} position > ? AND position <= ?"
    values += (after, end)
    count = span = end - after
    with store.connection() as connection:
        if chosen and span >= _BULK:
            counted = f"SELECT count(*) FROM ({' UNION '.join(chosen)})"  # noqa: S608
            counted += " WHERE position > ? AND position <= ?"
            (count,) = connection.execute(counted, values).fetchone()
        if count < _BULK:
            return _by_driver(connection, schema, where, values)
    if count < span / 2:
        table = _by_adbc(store, schema, where, values)
    else:
        # Most of the log: cheaper to walk all of it and choose afterwards.
        table = _by_adbc(store, schema, "FROM events WHERE position > ? AND position <= ?", [after, end])
        if table is not None and chosen:
            table = table.filter(_either(table, branches, types))
    if table is not None and (table.num_rows == count or not chosen):
        return table
    with store.connection() as connection:
        return _by_driver(connection, schema, where, values)


def _either(
    table: pa.Table, branches: Collection[str] | None, types: Collection[str] | None
) -> pa.ChunkedArray:
    # Not before: its import takes longer than reading a small log.
    from pyarrow import compute

    of_branches, of_types = (
        compute.is_in(table.column(name), value_set=pa.array(sorted(set(wanted or ())), pa.string()))
        for name, wanted in (("branch", branches), ("type", types))
    )
    return compute.or_(of_branches, of_types)


def _by_driver(connection: Any, schema: pa.Schema, where: str, values: list[object]) -> pa.Table:
    batches = []
    cursor = connection.execute(f"SELECT {', '.join(schema.names)} {where} ORDER BY position", values)
    while rows := cursor.fetchmany(_BATCH):
        arrays = [
            pa.array(column, field.type)
            for column, field in zip(zip(*rows, strict=True), schema, strict=True)
        ]
        batches.append(pa.record_batch(arrays, schema=schema))
    return pa.Table.from_batches(batches, schema=schema)


def _by_adbc(store: Store, schema: pa.Schema, where: str, values: list[object]) -> pa.Table | None:
    """Read an SQLite file by ADBC; None where the file is in use, or ADBC cannot."""
    from adbc_driver_sqlite import dbapi

    # ADBC guesses a column's type from its first rows, and null rows say nothing.
    columns = ", ".join(
        f"ifnull({name}, '') AS {name}" if name == "counts_for" else name for name in schema.names
    )
    uri = file_of(store.address).as_uri() + "?mode=ro"
    with gate_of(file_of(store.address)).alone() as granted:
        if not granted:
            return None
        try:
            with dbapi.connect(uri, autocommit=True) as connection, connection.cursor() as cursor:
                cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": "65536"})
                cursor.execute(f"SELECT {columns} {where} ORDER BY position", values)
                table: pa.Table = cursor.fetch_arrow_table()
        except dbapi.Error:
            return None
    from pyarrow import compute

    table = table.cast(schema)
    if "counts_for" in schema.names:
        place = schema.get_field_index("counts_for")
        months = table.column(place)
        given = compute.if_else(compute.equal(months, ""), pa.scalar(None, pa.string()), months)
        table = table.set_column(place, schema.field(place), given)
    return table


def _read_postgresql(
    store: Store,
    schema: pa.Schema,
    branches: Collection[str] | None,
    types: Collection[str] | None,
    after: int,
    end: int,
) -> pa.Table:
    chosen = [
        f"{column} = ANY('{{{','.join(sorted(word for word in set(wanted) if _WORD.fullmatch(word)))}}}')"
        for column, wanted in (("branch", branches), ("type", types))
        if wanted is not None
    ]
    # +position has no index: the bounds shall not tempt the planner to walk the whole log.
    bounds = "{0} > {1:d} AND {0} <= {2:d}".format("+position" if chosen else "position", after, end)
    choice = f"({' OR '.join(chosen)}) AND " if chosen else ""
    where = f"FROM events WHERE {choice}{bounds}"
    columns = ", ".join("schema_version::bigint" if n == "schema_version" else n for n in schema.names)
    table: pa.Table = store.kept(AdbcReader, AdbcReader).read(f"SELECT {columns} {where} ORDER BY position")
    table = table.rename_columns(schema.names).cast(schema)
    if chosen:
        # Bulk readers have dropped rows without a word: what was fetched is held against a plain count.
        with store.connection() as connection:
            counted = connection.execute(f"SELECT count(*), max(position) {where}").fetchone()
        last = table.column("position")[-1].as_py() if table.num_rows else None
        if counted != (table.num_rows, last):
            raise RuntimeError(f"read {table.num_rows} events up to {last}, the database counts {counted}")
    return table


class AdbcReader:
    """An ADBC connection to PostgreSQL, opened at the first read; for one thread at a time."""

    def __init__(self, store: Store) -> None:
        assert not isinstance(store.address, FileAddress)
        query = {"client_encoding": "utf8", "connect_timeout": "10", **store.address.query}
        address = store.address.set(drivername="postgresql", query=query)
        self._uri = address.render_as_string(hide_password=False)
        self._connection: Any = None
        self._lock = threading.Lock()

    def read(self, statement: str) -> pa.Table:
        """Run one query and fetch all of it."""
        from adbc_driver_postgresql import dbapi

        with self._lock:
            if self._connection is None:
                self._connection = dbapi.connect(self._uri, autocommit=True)
            try:
                with self._connection.cursor() as cursor:
                    cursor.execute(statement)
                    return cursor.fetch_arrow_table()
            except dbapi.Error:
                # Whatever the server thinks of this connection now, the next read begins with a new one.
                self._connection.close()
                self._connection = None
                raise

    def close(self) -> None:
        """Close the connection, if there is one."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
