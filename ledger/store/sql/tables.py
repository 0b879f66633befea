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
    Column("branch", TEXT, primary_key=True, server_default=""),
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
    Column("stopped", TEXT),
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

# Who may come in by the web: codes, never names. An account is never deleted, so that no code is given twice.
accounts = Table(
    "accounts",
    metadata,
    Column("code", TEXT, primary_key=True),
    Column("language", TEXT),
    Column("password", TEXT),
    Column("created_at", TEXT, nullable=False),
    Column("disabled_at", TEXT),
)

grants = Table(
    "grants",
    metadata,
    Column("account", TEXT, primary_key=True),
    Column("role", TEXT, primary_key=True),
    Column("organisation", TEXT, primary_key=True),
)

# Whom a provider of identities knows an account as: its own word for a person, no name and no address.
account_identities = Table(
    "account_identities",
    metadata,
    Column("issuer", TEXT, primary_key=True),
    Column("subject", TEXT, primary_key=True),
    Column("account", TEXT, nullable=False),
    Column("created_at", TEXT, nullable=False),
    Index("account_identities_account", "account"),
)

# Links, cookies and tokens: what is kept is a digest of each, of no use to whoever reads the file.
secrets = Table(
    "secrets",
    metadata,
    Column("digest", TEXT, primary_key=True),
    Column("kind", TEXT, nullable=False),
    Column("account", TEXT, nullable=False),
    Column("name", TEXT),
    Column("read_only", Integer, nullable=False),
    Column("created_at", TEXT, nullable=False),
    Column("seen_at", TEXT, nullable=False),
    Column("ends_at", TEXT),
    Index("secrets_account_kind", "account", "kind"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("key", TEXT, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("wait_until", TEXT, nullable=False),
)

visits = Table(
    "visits",
    metadata,
    Column("id", POSITION, primary_key=True),
    Column("at", TEXT, nullable=False),
    Column("what", TEXT, nullable=False),
    Column("account", TEXT),
    Column("organisation", TEXT),
    Column("detail", TEXT),
    Column("origin", TEXT),
    Index("visits_at", "at"),
    sqlite_autoincrement=True,
)
