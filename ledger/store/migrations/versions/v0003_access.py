"""Who may come in by the web: accounts, grants, the digests of their secrets, refused attempts, visits."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    text = sa.Text() if sqlite else sa.Text(collation="C")
    op.create_table(
        "accounts",
        sa.Column("code", text, primary_key=True),
        sa.Column("language", text),
        sa.Column("password", text),
        sa.Column("created_at", text, nullable=False),
        sa.Column("disabled_at", text),
    )
    op.create_table(
        "grants",
        sa.Column("account", text, primary_key=True),
        sa.Column("role", text, primary_key=True),
        sa.Column("organisation", text, primary_key=True),
    )
    op.create_table(
        "secrets",
        sa.Column("digest", text, primary_key=True),
        sa.Column("kind", text, nullable=False),
        sa.Column("account", text, nullable=False),
        sa.Column("name", text),
        sa.Column("read_only", sa.Integer(), nullable=False),
        sa.Column("created_at", text, nullable=False),
        sa.Column("seen_at", text, nullable=False),
        sa.Column("ends_at", text),
    )
    op.create_index("secrets_account_kind", "secrets", ["account", "kind"])
    op.create_table(
        "attempts",
        sa.Column("key", text, primary_key=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("wait_until", text, nullable=False),
    )
    op.create_table(
        "visits",
        sa.Column("id", sa.Integer() if sqlite else sa.BigInteger(), primary_key=True),
        sa.Column("at", text, nullable=False),
        sa.Column("what", text, nullable=False),
        sa.Column("account", text),
        sa.Column("organisation", text),
        sa.Column("detail", text),
        sa.Column("origin", text),
        sqlite_autoincrement=True,
    )
    op.create_index("visits_at", "visits", ["at"])
