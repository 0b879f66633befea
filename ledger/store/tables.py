"""The tables of a ledger, as the newest migration leaves them.

Out: SQLAlchemy tables for the queries of this package. Deliberately absent: creating them (migrations), the
triggers that keep the log as it is (migrations, too).

Days and instants are text on both databases on purpose: the same bytes, the same order and the same hash
everywhere. On PostgreSQL they compare byte by byte (collation "C"), as SQLite does.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

TEXT = Text().with_variant(Text(collation="C"), "postgresql")
# Only an INTEGER primary key is SQLite's own row number; BIGINT would cost a second index.
POSITION = BigInteger().with_variant(Integer(), "sqlite")

metadata = MetaData()

events = Table(
    "events",
    metadata,
    Column("position", POSITION, primary_key=True, autoincrement=False),
    Column("id", TEXT, nullable=False),
    Column("branch", TEXT, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("type", TEXT, nullable=False),
    Column("schema_version", Integer, nullable=False),
    Column("occurred_on", TEXT, nullable=False),
    Column("counts_for", TEXT),
    Column("data", TEXT, nullable=False),
    Column("recorded_by", TEXT),
    Column("recorded_at", TEXT, nullable=False),
    Column("prev_hash", TEXT, nullable=False),
    Column("hash", TEXT, nullable=False),
    UniqueConstraint("id", name="events_id"),
    UniqueConstraint("branch", "version", name="events_branch_version"),
    Index("events_type_position", "type", "position"),
    Index("events_recorded_at_position", "recorded_at", "position"),
)

settings = Table(
    "settings",
    metadata,
    Column("key", TEXT, primary_key=True),
    Column("value", TEXT, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("code", TEXT, primary_key=True),
    Column("name", TEXT, nullable=False),
)

# Who hears reminders. A number is never given twice: what was delivered to it stays told of it alone.
recipients = Table(
    "recipients",
    metadata,
    Column("id", POSITION, primary_key=True),
    Column("url", TEXT, nullable=False),
    Column("language", TEXT, nullable=False),
    Column("added_at", TEXT, nullable=False),
    UniqueConstraint("url", name="recipients_url"),
    sqlite_autoincrement=True,
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("recipient", BigInteger, primary_key=True),
    Column("branch", TEXT, primary_key=True),
    Column("rung", TEXT, primary_key=True),
    Index("subscriptions_branch_rung", "branch", "rung"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("recipient", BigInteger, nullable=False),
    Column("created_at", TEXT, nullable=False),
    Column("title", TEXT, nullable=False),
    Column("body", TEXT, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", TEXT),
    Column("claimed_until", TEXT),
    Column("last_error", TEXT),
    Column("delivered_at", TEXT),
    Index("deliveries_next_attempt_at", "next_attempt_at"),
    Index("deliveries_recipient", "recipient"),
)

bundles = Table(
    "bundles",
    metadata,
    Column("delivery", TEXT, primary_key=True),
    Column("reminder", TEXT, primary_key=True),
    Index("bundles_reminder", "reminder"),
)

leases = Table(
    "leases",
    metadata,
    Column("name", TEXT, primary_key=True),
    Column("holder", TEXT, nullable=False),
    Column("until", TEXT, nullable=False),
)
