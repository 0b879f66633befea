"""The log as columns: effective events, decoded once.

In: rows of the log as an Arrow table (position, id, branch, type, schema_version, occurred_on, counts_for,
data) and the payload fields that are asked for. Out: a frame of one row an effective event, sorted by
branch, standing day and position. Deliberately absent: rules, periods, the clock.

Columns of the events frame:

    b        number of the branch among those of the frame (UInt32)
    pos, id  position in the log, id
    type     type of the catalogue (an enumeration)
    day      the day on which it happened
    stands   the day on which it stands: the last of its `counts_for` month, else `day`
    …        one column a payload field: whole numbers as Int64, money, points and hours in hundredths,
             metric values in millionths, flags, lists of words, and text for all else; null where not given
"""

from collections.abc import Collection, Mapping
from functools import cache

import orjson
import polars as pl
import pyarrow as pa

from ledger.effective import Control, resolve
from ledger.events import CATALOGUE, canonical_data, fields_of, parse_payload
from ledger.events.upcasts import upcast

MILLION = 1_000_000
MANY = 20_000
"""From so many rows on, payloads are decoded type by type."""

AS_WRITTEN = pl.QueryOptFlags.none()
"""For plans that are written in the order in which they should run: optimizing would take as long again."""

TYPES = pl.Enum(list(CATALOGUE))
CONTROLS = ("event_retracted", "event_corrected")

_DTYPES: Mapping[str, pl.DataType] = {
    "whole": pl.Int64(),
    "flag": pl.Boolean(),
    "set": pl.List(pl.String),
    "list": pl.List(pl.String),
}
_HUNDREDTHS = frozenset({"money", "points", "hours"})


@cache
def field_kinds() -> Mapping[str, str]:
    """Return the kind of every payload field of the catalogue, by name."""
    kinds: dict[str, str] = {}
    for word in CATALOGUE:
        for name, info in fields_of(word).items():
            kinds[name] = "whole" if name == "years" else info.kind
    return kinds


def read_events(table: pa.Table, types: Collection[str], fields: Collection[str]) -> pl.DataFrame:
    """Build the events frame of the wanted types; `branch` (the code) stands in the place of `b`."""
    rows = pl.DataFrame(pl.from_arrow(table))
    controls = rows.filter(pl.col("type").is_in(CONTROLS)).sort("position")
    rows = rows.filter(pl.col("type").is_in(list(types)))
    if controls.height:
        rows = _apply(rows, controls)
    rows = _upcast(rows)
    return _decode(rows, fields)


def _apply(rows: pl.DataFrame, controls: pl.DataFrame) -> pl.DataFrame:
    """Drop retracted rows and put corrections in the place of their targets."""
    standing = resolve(Control(*row) for row in controls.select("id", "type", "data").iter_rows())
    if standing.retracted:
        rows = rows.filter(~pl.col("id").is_in(list(standing.retracted)))
    corrected = standing.corrected()
    if not corrected:
        return rows
    types = dict(rows.filter(pl.col("id").is_in(list(corrected))).select("id", "type").iter_rows())
    changes = pl.DataFrame(
        [
            (target, canonical_data(parse_payload(types[target], orjson.loads(c.data))),
             CATALOGUE[types[target]].schema_version, c.occurred_on, c.counts_for)
            for target, c in corrected.items()
            if target in types
        ],
        schema={
            "id": pl.String, "new_data": pl.String, "new_version": rows.schema["schema_version"],
            "new_day": pl.String, "new_month": pl.String,
        },
        orient="row",
    )  # fmt: skip
    return rows.join(changes, on="id", how="left").with_columns(
        pl.coalesce("new_data", "data").alias("data"),
        pl.coalesce("new_version", "schema_version").alias("schema_version"),
        pl.coalesce("new_day", "occurred_on").alias("occurred_on"),
        pl.coalesce("new_month", "counts_for").alias("counts_for"),
    )


def _upcast(rows: pl.DataFrame) -> pl.DataFrame:
    """Bring payloads of older shapes to today's."""
    today = pl.col("type").replace_strict(
        {word: model.schema_version for word, model in CATALOGUE.items()},
        return_dtype=pl.Int64,
        default=1,
    )
    older = rows.filter(pl.col("schema_version").cast(pl.Int64) < today)
    if older.is_empty():
        return rows
    lifted = pl.DataFrame(
        [
            (position, orjson.dumps(upcast(word, version, orjson.loads(data))).decode())
            for position, word, version, data in older.select(
                "position", "type", "schema_version", "data"
            ).iter_rows()
        ],
        schema={"position": rows.schema["position"], "lifted": pl.String},
        orient="row",
    )
    return rows.join(lifted, on="position", how="left").with_columns(
        pl.coalesce("lifted", "data").alias("data")
    )


def _decode(rows: pl.DataFrame, fields: Collection[str]) -> pl.DataFrame:
    """Decode days and the wanted payload fields into columns.

    A small log is decoded in one go; a large one type by type, side by side, each with its own fields only.
    """
    kinds = field_kinds()
    wanted = sorted(name for name in fields if name in kinds)
    day = pl.col("occurred_on").str.to_date("%Y-%m-%d")
    month_end = (pl.col("counts_for") + "-01").str.to_date("%Y-%m-%d").dt.month_end()
    envelope = [
        pl.col("position").cast(pl.Int64).alias("pos"),
        pl.col("id"),
        pl.col("branch"),
        pl.col("type").cast(TYPES),
        day.alias("day"),
        pl.coalesce(month_end, day).alias("stands"),
    ]

    def decoded(part: pl.DataFrame, names: Collection[str]) -> pl.LazyFrame:
        schema = pl.Struct({name: _DTYPES.get(kinds[name], pl.String()) for name in names})
        payload = pl.col("data").str.json_decode(schema).alias("data")
        frame = part.lazy().select(*envelope, payload) if names else part.lazy().select(*envelope)
        return frame.unnest("data").with_columns(_numbers(names)) if names else frame

    if rows.height < MANY:
        return decoded(rows, wanted).collect(optimizations=AS_WRITTEN)
    parts = [
        decoded(part, [name for name in wanted if name in fields_of(str(word))])
        for (word,), part in rows.partition_by("type", as_dict=True).items()
    ]
    nothing = decoded(rows.clear(), wanted)
    return pl.concat([nothing, *parts], how="diagonal").collect(optimizations=AS_WRITTEN)


def _numbers(names: Collection[str]) -> list[pl.Expr]:
    """Turn the texts of decimals into whole numbers of their smallest unit, exactly."""
    kinds = field_kinds()
    return [
        (pl.col(name).cast(pl.Decimal(28, digits)) * 10**digits).cast(pl.Int64).alias(name)
        for name in names
        for digits in [2 if kinds[name] in _HUNDREDTHS else 6 if kinds[name] == "decimal" else 0]
        if digits
    ]
