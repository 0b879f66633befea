"""No turns: a reminder's derived id and a message's claim are all that programs need to share a ledger."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("leases")
