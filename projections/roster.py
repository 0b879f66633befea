"""Who was on the roster when, in which office, and who was exempt.

In: the events frame. Out: frames of stays, offices and exemptions. Deliberately absent: names; members are
codes.

`member_joined` and `member_transferred in` put on the roster from their day; `member_left` and
`member_transferred out` take off from their day on. Of several on one day the last by position decides.
"""

from datetime import date

import polars as pl

from ledger.columns import read_columns
from ledger.store.event_store import Store
from projections.conditions import value_of
from projections.frames import read_events

ROSTER_TYPES = frozenset({"member_joined", "member_left", "member_transferred"})

JOINING = pl.col("type").is_in(list(ROSTER_TYPES))


def build_stays(events: pl.DataFrame) -> pl.DataFrame:
    """Return b, member, since, until: each stretch on a roster, until exclusive and null while it lasts."""
    moves = (
        events.filter(JOINING)
        .select(
            "b",
            "member",
            "day",
            "pos",
            ((pl.col("type") == "member_joined") | (pl.col("direction") == "in"))
            .fill_null(value=False)
            .alias("on"),
        )
        .sort("b", "member", "day", "pos")
    )
    # Sorted, a person's moves are neighbours.
    moves = moves.filter(
        ~(_same_person(-1) & (pl.col("day") == pl.col("day").shift(-1))).fill_null(value=False)
    )
    before = (_same_person(1) & pl.col("on").shift(1)).fill_null(value=False)
    changes = moves.filter(pl.col("on") != before)
    return (
        changes.with_columns(
            pl.when(_same_person(-1)).then(pl.col("day").shift(-1)).alias("until"),
        )
        .filter("on")
        .select("b", "member", pl.col("day").alias("since"), "until")
    )


def _same_person(step: int) -> pl.Expr:
    """Whether the row so many places before is of the same member of the same branch."""
    return (pl.col("b") == pl.col("b").shift(step)) & (pl.col("member") == pl.col("member").shift(step))


def build_offices(events: pl.DataFrame) -> pl.DataFrame:
    """Return b, member, day, role: each day from which a member held a role, sorted by day."""
    return (
        events.filter(pl.col("type").is_in(["member_joined", "role_assigned"]))
        .sort("day", "pos")
        .select("b", "member", "day", value_of("member_joined", "role").alias("role"))
        .unique(["b", "member", "day"], keep="last", maintain_order=True)
    )


def build_exemptions(events: pl.DataFrame) -> pl.DataFrame:
    """Return b, member, duty, exempt_from, exempt_to (null while open-ended)."""
    return events.filter(pl.col("type") == "member_exempted").select(
        "b",
        "member",
        "duty",
        pl.col("day").alias("exempt_from"),
        pl.col("until").str.to_date("%Y-%m-%d").alias("exempt_to"),
    )


def members_on(store: Store, branch: str, day: date, upto: int) -> list[str]:
    """Return the codes of those on a branch's roster on a day, sorted, by the log up to a position."""
    table = read_columns(store, branches=[branch], upto=upto)
    events = read_events(table, ROSTER_TYPES, {"member", "direction"})
    stays = build_stays(events.filter(pl.col("day") <= day).rename({"branch": "b"}))
    there = stays.filter(pl.col("since") <= day, pl.col("until").is_null() | (pl.col("until") > day))
    return sorted(there["member"].unique())
