"""The table of the JSON interface: under which address, by which method, who has the right, who answers.

Out: `ROWS`. Deliberately absent: deciding (`door`), HTTP.
"""

from ledger.access.actors import Right
from web.api import reading, writing
from web.api.door import ApiRow
from web.api.openapi import document

_ROOT = "/api/v1"
_OF = f"{_ROOT}/organisations/{{b}}"

ROWS: tuple[ApiRow, ...] = (
    ApiRow(f"{_ROOT}/openapi.json", "GET", Right.PUBLIC, document),
    ApiRow(f"{_ROOT}/me", "GET", Right.ENTERED, reading.me),
    ApiRow(f"{_ROOT}/organisations", "GET", Right.ENTERED, reading.organisations),
    ApiRow(f"{_ROOT}/catalogue", "GET", Right.ENTERED, reading.catalogue),
    ApiRow(f"{_OF}/due", "GET", Right.READ, reading.due, "b"),
    ApiRow(f"{_OF}/scores/{{rubric}}/{{period}}", "GET", Right.READ, reading.score, "b"),
    ApiRow(f"{_OF}/events", "GET", Right.READ, reading.events, "b"),
    ApiRow(f"{_OF}/events", "POST", Right.WRITE, writing.append, "b"),
    ApiRow(f"{_OF}/events:check", "POST", Right.WRITE, writing.check, "b"),
)
