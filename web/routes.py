"""The table of pages: under which address, by which methods, who has the right, who answers.

Out: `PAGES`, from which the server is built and against which the tests of rights run. A row without a right
cannot be written. Deliberately absent: the JSON interface's rows (`api.routes`), deciding.
"""

from collections.abc import Callable
from typing import NamedTuple

from ledger.access.actors import Right
from web.pages import audit
from web.pages.account import entering, me, provider, start
from web.pages.branch import calendar, dues, event, history, home, log, reminders, roster, score, upload
from web.pages.office import accounts, assess, board, compare, draw, forms, recipients, seals
from web.request.asked import Answer, Ask


class Row(NamedTuple):
    """One route. `place`: which part of the address names the organisation that the right is about: `branch`
    (a code), `event` (an id of one of its events), or none."""

    path: str
    methods: tuple[str, ...]
    right: Right
    page: Callable[[Ask], Answer]
    place: str | None = None
    saving: Right | None = None
    """The right for sending, where it is more than that for looking."""


GET, BOTH, POST = ("GET",), ("GET", "POST"), ("POST",)

PAGES: tuple[Row, ...] = (
    Row("/", GET, Right.ENTERED, home.front),
    Row("/enter", GET, Right.PUBLIC, entering.enter),
    Row("/login", BOTH, Right.PUBLIC, entering.login),
    Row("/login/oidc", BOTH, Right.PUBLIC, provider.provider_login),
    Row("/logout", POST, Right.ENTERED, entering.logout),
    Row("/invite/{token}", BOTH, Right.PUBLIC, entering.invited),
    Row("/me", BOTH, Right.ENTERED, me.me),
    Row("/start", BOTH, Right.HOLDER, start.start),
    Row("/b/{branch}", GET, Right.READ, home.branch, "branch"),
    Row("/b/{branch}/log", GET, Right.LOG, log.types, "branch"),
    Row("/b/{branch}/log/{type}", BOTH, Right.WRITE, log.form, "branch"),
    Row("/b/{branch}/dues/{month}", BOTH, Right.LOG, dues.dues, "branch"),
    Row("/b/{branch}/upload", BOTH, Right.LOG, upload.upload, "branch"),
    Row("/b/{branch}/roster", BOTH, Right.READ, roster.roster, "branch", Right.LOG),
    Row("/b/{branch}/history", GET, Right.READ, history.history, "branch"),
    Row("/b/{branch}/score/{rubric}/{period}", GET, Right.READ, score.score, "branch"),
    Row("/b/{branch}/calendar", BOTH, Right.READ, calendar.calendar, "branch"),
    Row("/b/{branch}/reminders", BOTH, Right.READ, reminders.reminders, "branch", Right.LOG),
    Row("/c/{secret}.ics", GET, Right.PUBLIC, calendar.subscription),
    Row("/o/{organisation}/assess/{rubric}/{period}", BOTH, Right.ASSESS, assess.assess, "organisation"),
    Row("/o/{organisation}/compare", GET, Right.READ, compare.compare, "organisation"),
    Row("/o/{organisation}/seals", BOTH, Right.READ, seals.seals, "organisation", Right.OFFICE),
    Row("/o/{organisation}/forms", BOTH, Right.READ, forms.forms, "organisation", Right.OFFICE),
    Row("/o/{organisation}/recipients", BOTH, Right.OFFICE, recipients.recipients, "organisation"),
    Row("/o/{organisation}/accounts", BOTH, Right.OFFICE, accounts.accounts, "organisation"),
    Row("/o/{organisation}/draw", GET, Right.READ, draw.draw, "organisation"),
    Row("/o/{organisation}/{rubric}/{period}", GET, Right.READ, board.board, "organisation"),
    Row("/accounts", BOTH, Right.ACCOUNTS, accounts.accounts),
    Row("/audit", GET, Right.AUDIT, audit.audit),
    Row("/audit/visits", GET, Right.VISITS, audit.visits),
    Row("/e/{id}", BOTH, Right.READ, event.event, "event"),
)
