"""The revision of the tables that this program needs, for whoever opens a ledger.

Deliberately absent: the tables, which only those need who have SQLAlchemy write their SQL.
"""

# The newest revision under migrations/versions; a test holds the two together, so that opening a ledger need
# not import Alembic.
REVISION = "0008"
