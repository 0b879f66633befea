"""Pages measured over a socket: as ratios to a static file of the same server in the same run.

In: what was made. Out: `Figure`s. Deliberately absent: browsers; what they draw is held by tests.
"""

import re
import statistics
import time
import uuid
from collections.abc import Callable
from copy import copy
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Lock
from urllib.parse import urlencode

from bench.folds import branch_of_300
from bench.made import END, FORM_001, YEAR, Made
from bench.timing import Figure
from ledger.access.actors import holder
from ledger.access.scopes import read_tree
from ledger.events import parse_event
from ledger.intake.batch import record_each
from ledger.store.event_store import Store
from projections.engine.periods import parse_period
from projections.engine.plan import Plan
from web.desk.desk import Desk, zone_of
from web.desk.library import Forms
from web.kept import Kept
from web.serving import background
from web.site import Site

BRANCHES, EVENTS = 200, 300
AT = datetime(YEAR, 12, 31, 4, tzinfo=UTC)
_RUNS = 20
_PRESSED = {"save": {"save": "1"}, "check": {"check": "1", "part": "preview"}}
"""What the form sends: saved, or checked by the script while somebody types."""
STATIC = "/static/icon.svg"


class Browser:
    """One connection with a session."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.connection = HTTPConnection(site.host)
        answer = self._ask("GET", site.enter_link().removeprefix(site.public), {})
        self.cookie = (answer[1] or "").partition(";")[0]
        self.token = ""
        self.alone = Lock()
        """Held by who goes from page to page in this session."""

    def twin(self) -> "Browser":
        """Return a second connection of the same session: for the other half of a double click."""
        other = copy(self)
        other.connection = HTTPConnection(self.site.host)
        return other

    def get(self, path: str) -> bytes:
        """Return a page."""
        return self._ask("GET", path, {"cookie": self.cookie})[2]

    def open_form(self, branch: str) -> None:
        """Open the form of a meeting, as whoever is about to fill it in does."""
        found = re.search(rb'name="token" value="([^"]+)"', self.get(_form(branch)))
        self.token = "" if found is None else found[1].decode()

    def send(self, branch: str, button: str, event_id: str | None = None) -> int:
        """Send a meeting to be checked or saved; return the answer's status."""
        path = _form(branch)
        if not self.token:
            self.open_form(branch)
        day = END.isoformat()
        fields = {
            "token": self.token,
            "id": event_id or str(uuid.uuid4()),
            "occurred_on": day,
            "kind": "committee_meeting",
        }
        headers = {
            "cookie": self.cookie,
            "origin": self.site.public,
            "content-type": "application/x-www-form-urlencoded",
        }
        return self._ask("POST", path, headers, urlencode({**fields, **_PRESSED[button]}))[0]

    def _ask(
        self, method: str, path: str, headers: dict[str, str], body: str | None = None
    ) -> tuple[int, str | None, bytes]:
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        except (HTTPException, OSError):
            # The server hangs up on who is idle; the id makes it one event whatever became of the first try.
            self.connection.close()
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        return answer.status, answer.getheader("set-cookie"), answer.read()


def _form(branch: str) -> str:
    return f"/b/{branch}/log/meeting_held"


def home(made: Made) -> Figure:
    """A branch's own page, beyond the engine's time."""
    return _page(made, "home", lambda code: f"/b/{code}", _home)


def score(made: Made) -> Figure:
    """A branch's whole score, beyond the engine's time."""
    return _page(made, "score", lambda code: f"/b/{code}/score/{FORM_001}/{YEAR}", _whole_score)


def preview(made: Made) -> Figure:
    """A meeting checked before it is saved, beyond the engine's time."""
    return _sent(made, "check")


def save(made: Made) -> Figure:
    """A meeting saved, beyond the engine's time."""
    return _sent(made, "save")


def board(made: Made) -> Figure:
    """The board of all branches of one superior, nothing kept yet."""
    url, top = _under_one(made)
    with background(url, lambda: AT) as site:
        browser = Browser(site)
        begun = time.perf_counter()
        cold = _timed(lambda: browser.get(f"/o/{top}/{FORM_001}/{YEAR}"))
        waited = time.perf_counter() - begun
        _, static = pairs(lambda: None, lambda: browser.get(STATIC))
    note = f"waited for {waited:.2f} s, at most 1 s: {'yes' if waited <= 1 else 'NO'}"
    return Figure(f"page: board of {BRANCHES} branches, cold", "static page", cold, static, None, note=note)


def copy_of(made: Made) -> str:
    """Return the address of a copy of the row's own, which may be written to."""
    target = made.own / "pages.db"
    source = made.ledger(BRANCHES, EVENTS).removeprefix("sqlite:///")
    target.write_bytes(Path(source).read_bytes())
    return f"sqlite:///{target}"


def _under_one(made: Made) -> tuple[str, str]:
    """Put every committee below one, and return the ledger's address and its code."""
    url, top = copy_of(made), "all"
    with Store.open(url) as store:
        heads = [code for code, one in read_tree(store).items() if one.parent is None]
        day = END.isoformat()
        whole = {"branch": top, "type": "branch_registered", "occurred_on": f"{YEAR}-01-01"}
        events = [parse_event({**whole, "data": {"name": "全部", "organization": "committee"}})]
        events += [
            parse_event({"branch": code, "type": "branch_moved", "occurred_on": day, "data": {"parent": top}})
            for code in heads
        ]
        record_each(store, events, now=AT, today=END, known={})
    return url, top


def _desk(url: str) -> Desk:
    store = Store.open(url)
    zone, position = zone_of(store), store.head().position
    return Desk(store, holder(), read_tree(store), Forms(), AT, END, zone, position, Kept())


def _home(desk: Desk, code: str) -> object:
    """What a branch's own page asks of the engine: what is due, and the score by each form."""
    plans = desk.forms.plans(desk.adopted(code))
    due = desk.due([code], until=END + timedelta(days=31), unmet_only=True)
    return due, [_score(desk, code, plan) for plan in plans]


def _whole_score(desk: Desk, code: str) -> object:
    """What the page of a score asks: the score, and what would still save points."""
    plan = desk.forms.plan(FORM_001)
    due = desk.due([code], plans=[plan], until=END + timedelta(days=366), unmet_only=True)
    return due, _score(desk, code, plan)


def _score(desk: Desk, code: str, plan: Plan) -> object:
    return desk.score(plan, parse_period(str(YEAR)), branches=[code], explain=True)


def _page(made: Made, what: str, path: Callable[[str], str], engine: Callable[[Desk, str], object]) -> Figure:
    url = copy_of(made)
    desk = _desk(url)
    code, _ = branch_of_300(desk.store)
    with background(url, lambda: AT) as site:
        browser = Browser(site)
        page, static = pairs(lambda: browser.get(path(code)), lambda: browser.get(STATIC))
        own = statistics.median(_timed(lambda: engine(desk, code)) for _ in range(_RUNS))
    return _beyond(what, page, own, static)


def _sent(made: Made, button: str) -> Figure:
    url = copy_of(made)
    desk = _desk(url)
    code, _ = branch_of_300(desk.store)
    with background(url, lambda: AT) as site:
        browser = Browser(site)
        page, static = pairs(lambda: browser.send(code, button), lambda: browser.get(STATIC))
        last = list(desk.store.read(branch=code))[-1]
        # What a saved event counts for is told by the page that comes next.
        engine = (lambda: desk.impact_of([last])) if button == "check" else (lambda: None)
        own = statistics.median(_timed(engine) for _ in range(_RUNS))
    return _beyond(button, page, own, static)


def _beyond(what: str, page: float, own: float, static: float) -> Figure:
    note = f"page {page * 1000:.1f} ms, of which the engine {own * 1000:.1f}"
    work = f"page: {what}, beyond the engine's time"
    return Figure(work, "static page", max(page - own, 0), static, 5, note=note)


def pairs(work: Callable[[], object], yardstick: Callable[[], object]) -> tuple[float, float]:
    work(), yardstick()
    pairs = [(_timed(work), _timed(yardstick)) for _ in range(_RUNS)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def _timed(work: Callable[[], object]) -> float:
    """CPU seconds of the client and of the server, which runs in this process, too."""
    begun = time.process_time()
    work()
    return time.process_time() - begun
