"""Names belong to the branch that gave them: `m01` of two branches are two people."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# A name that was kept for a code alone is, from now on, the name of that code in every branch whose log knows
# it; of a code that no log knows it stays as it was, for any branch.
_MEMBER = {"sqlite": "json_extract(e.data, '$.member')", "postgresql": "(e.data::json ->> 'member')"}
_GIVEN = """
    INSERT INTO people (branch, code, name)
    SELECT DISTINCT e.branch, p.code, p.name FROM people p
    JOIN events e ON {member} = p.code
    WHERE p.branch = '' AND e.type IN ('member_joined', 'member_transferred', 'role_assigned', 'member_left',
        'development_stage_reached', 'dues_paid', 'training_completed', 'talk_held')
"""
_SETTLED = """
    DELETE FROM people WHERE branch = '' AND EXISTS
    (SELECT 1 FROM people own WHERE own.code = people.code AND own.branch <> '')
"""


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    if dialect == "sqlite":
        op.execute("PRAGMA secure_delete = ON")
        op.create_table(
            "people_by_branch",
            sa.Column("branch", sa.Text(), primary_key=True, server_default=""),
            sa.Column("code", sa.Text(), primary_key=True),
            sa.Column("name", sa.Text(), nullable=False),
        )
        op.execute("INSERT INTO people_by_branch (branch, code, name) SELECT '', code, name FROM people")
        op.drop_table("people")
        op.rename_table("people_by_branch", "people")
    else:
        # In place, so that what others may do with the table stays granted.
        text = sa.Text(collation="C")
        op.add_column("people", sa.Column("branch", text, nullable=False, server_default=""))
        op.drop_constraint("people_pkey", "people", type_="primary")
        op.create_primary_key("people_pkey", "people", ["branch", "code"])
    op.execute(_GIVEN.format(member=_MEMBER[dialect]))
    op.execute(_SETTLED)
