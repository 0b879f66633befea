"""Whom a provider of identities knows an account as, bound at the first login through an invite."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    text = sa.Text() if op.get_bind().dialect.name == "sqlite" else sa.Text(collation="C")
    op.create_table(
        "account_identities",
        sa.Column("issuer", text, primary_key=True),
        sa.Column("subject", text, primary_key=True),
        sa.Column("account", text, nullable=False),
        sa.Column("created_at", text, nullable=False),
    )
    op.create_index("account_identities_account", "account_identities", ["account"])
