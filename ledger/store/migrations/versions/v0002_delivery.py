"""Who hears reminders, what is on its way to them, and which program's turn it is."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    text = sa.Text() if sqlite else sa.Text(collation="C")
    op.create_table(
        "recipients",
        sa.Column("id", sa.Integer() if sqlite else sa.BigInteger(), primary_key=True),
        sa.Column("url", text, nullable=False),
        sa.Column("language", text, nullable=False),
        sa.Column("added_at", text, nullable=False),
        sa.UniqueConstraint("url", name="recipients_url"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "subscriptions",
        sa.Column("recipient", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("branch", text, primary_key=True),
        sa.Column("rung", text, primary_key=True),
    )
    op.create_index("subscriptions_branch_rung", "subscriptions", ["branch", "rung"])
    op.create_table(
        "deliveries",
        sa.Column("id", text, primary_key=True),
        sa.Column("recipient", sa.BigInteger(), nullable=False),
        sa.Column("created_at", text, nullable=False),
        sa.Column("title", text, nullable=False),
        sa.Column("body", text, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", text),
        sa.Column("claimed_until", text),
        sa.Column("last_error", text),
        sa.Column("delivered_at", text),
    )
    op.create_index("deliveries_next_attempt_at", "deliveries", ["next_attempt_at"])
    op.create_index("deliveries_recipient", "deliveries", ["recipient"])
    op.create_table(
        "bundles",
        sa.Column("delivery", text, primary_key=True),
        sa.Column("reminder", text, primary_key=True),
    )
    op.create_index("bundles_reminder", "bundles", ["reminder"])
    op.create_table(
        "leases",
        sa.Column("name", text, primary_key=True),
        sa.Column("holder", text, nullable=False),
        sa.Column("until", text, nullable=False),
    )
