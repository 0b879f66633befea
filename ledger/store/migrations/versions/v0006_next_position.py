"""On PostgreSQL the database itself admits only the next position of the log, the next version of a stream.

A file belongs to whoever may write to it; a server has roles that may insert, and one of them could block
the log by a position far ahead. The trigger looks at what a statement added as a whole, so that many rows
cost little more.
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_FUNCTION = """
CREATE FUNCTION events_follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    lowest bigint; highest bigint; rows_added bigint; before text; named text;
BEGIN
    SELECT min(position), max(position), count(*) INTO lowest, highest, rows_added FROM added;
    IF rows_added = 0 THEN
        RETURN NULL;
    END IF;
    SELECT hash INTO before FROM events WHERE position = lowest - 1;
    SELECT prev_hash INTO named FROM added WHERE position = lowest;
    IF highest - lowest + 1 <> rows_added OR highest <> (SELECT max(position) FROM events)
        OR lowest < 1 OR (lowest > 1 AND (before IS NULL OR before <> named))
    THEN
        RAISE EXCEPTION 'only the next position is admitted' USING ERRCODE = 'ZB002';
    END IF;
    IF EXISTS (
        SELECT FROM (
            SELECT branch, min(version) AS low, max(version) AS high, count(*) AS many FROM added GROUP BY
            branch
        ) AS fresh
        WHERE fresh.high - fresh.low + 1 <> fresh.many
           OR fresh.low <> 1 + coalesce(
                (SELECT max(e.version) FROM events AS e WHERE e.branch = fresh.branch AND e.version <
                fresh.low), 0)
           OR fresh.high <> (SELECT max(e.version) FROM events AS e WHERE e.branch = fresh.branch)
    ) THEN
        RAISE EXCEPTION 'only the next version is admitted' USING ERRCODE = 'ZB002';
    END IF;
    RETURN NULL;
END
$$
"""
_TRIGGER = """
CREATE TRIGGER events_only_the_next AFTER INSERT ON events REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION events_follow()
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_FUNCTION)
        op.execute(_TRIGGER)
