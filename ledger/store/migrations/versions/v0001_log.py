"""The log, the settings, the names; and the triggers that let the log only grow."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# REPLACE deletes the rows in its way without asking any DELETE trigger, so a row that takes another's place
# is refused before it is written. ROLLBACK rather than ABORT: to be able to abort, SQLite would journal each
# row a second time, which doubles the price of an append.
_SQLITE = (
    """
    CREATE TRIGGER events_append_only BEFORE INSERT ON events BEGIN
        SELECT RAISE(ROLLBACK, 'append only: the position is not the next one')
        WHERE NEW.position <> (SELECT ifnull(max(position), 0) + 1 FROM events);
        SELECT RAISE(ROLLBACK, 'append only: the version is not the next one of its branch')
        WHERE NEW.version <> (SELECT ifnull(max(version), 0) + 1 FROM events WHERE branch = NEW.branch);
        SELECT RAISE(ROLLBACK, 'append only: the id is there already')
        WHERE EXISTS (SELECT 1 FROM events WHERE id = NEW.id);
    END
    """,
    """
    CREATE TRIGGER events_never_updated BEFORE UPDATE ON events BEGIN
        SELECT RAISE(ABORT, 'append only: the log is never updated');
    END
    """,
    """
    CREATE TRIGGER events_never_deleted BEFORE DELETE ON events BEGIN
        SELECT RAISE(ABORT, 'append only: nothing is deleted from the log');
    END
    """,
)

_POSTGRESQL = (
    """
    CREATE FUNCTION events_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'append only: the log is never changed' USING ERRCODE = 'ZB001';
    END
    $$
    """,
    """
    CREATE TRIGGER events_never_changed BEFORE UPDATE OR DELETE ON events
    FOR EACH ROW EXECUTE FUNCTION events_refuse()
    """,
    """
    CREATE TRIGGER events_never_truncated BEFORE TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION events_refuse()
    """,
)


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    text = sa.Text() if sqlite else sa.Text(collation="C")
    op.create_table(
        "events",
        sa.Column(
            "position",
            sa.Integer() if sqlite else sa.BigInteger(),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("id", text, nullable=False),
        sa.Column("branch", text, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("type", text, nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("occurred_on", text, nullable=False),
        sa.Column("counts_for", text),
        sa.Column("data", text, nullable=False),
        sa.Column("recorded_by", text),
        sa.Column("recorded_at", text, nullable=False),
        sa.Column("prev_hash", text, nullable=False),
        sa.Column("hash", text, nullable=False),
        sa.UniqueConstraint("id", name="events_id"),
        sa.UniqueConstraint("branch", "version", name="events_branch_version"),
    )
    op.create_index("events_type_position", "events", ["type", "position"])
    op.create_index("events_recorded_at_position", "events", ["recorded_at", "position"])
    op.create_table(
        "settings",
        sa.Column("key", text, primary_key=True),
        sa.Column("value", text, nullable=False),
    )
    op.create_table(
        "people",
        sa.Column("code", text, primary_key=True),
        sa.Column("name", text, nullable=False),
    )
    for statement in _SQLITE if sqlite else _POSTGRESQL:
        op.execute(statement)
