"""Pages measured over a socket: as ratios to a static file of the same server in the same run.

In: a temporary folder. Out: `Figure`s. Deliberately absent: browsers; what they draw is held by tests.
"""

import re
import statistics
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from bench.logs import ADOPTED, make_ledger
from bench.measures import Figure
from ledger.access.actors import holder
from ledger.access.scopes import read_tree
from ledger.store.event_store import Store
from projections.engine.periods import parse_period
from web.desk import Desk, zone_of
from web.kept import Kept
from web.library import Forms
from web.serving import background
from web.site import Site

BRANCHES, EVENTS = 200, 300
_DAY = date(2019, 11, 20)
_NOW = datetime(2019, 11, 20, 4, tzinfo=UTC)
_BRANCH = "b7"
_RUNS = 20
_SESSIONS, _EACH, _HANDS = 200, 5, 8
STATIC = "/static/icon.svg"


class Browser:
    """One connection with a session."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.connection = HTTPConnection(site.host)
        answer = self._ask("GET", site.enter_link().removeprefix(site.public), {})
        self.cookie = (answer[1] or "").partition(";")[0]
        self.token = ""

    def get(self, path: str) -> bytes:
        """Return a page."""
        return self._ask("GET", path, {"cookie": self.cookie})[2]

    def send(self, branch: str, button: str) -> int:
        """Send a meeting to be checked or saved."""
        path = f"/b/{branch}/log/meeting_held"
        if not self.token:
            found = re.search(rb'name="token" value="([^"]+)"', self.get(path))
            self.token = "" if found is None else found[1].decode()
        day = _DAY.isoformat()
        fields = {
            "token": self.token,
            "id": str(uuid.uuid4()),
            "occurred_on": day,
            "kind": "committee_meeting",
        }
        headers = {
            "cookie": self.cookie,
            "origin": self.site.public,
            "content-type": "application/x-www-form-urlencoded",
        }
        return self._ask("POST", path, headers, urlencode({**fields, button: "1"}))[0]

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


def page_measures() -> dict[str, Callable[[Path], Figure]]:
    """Return the measures by name."""
    return {
        "page_home": lambda folder: _page(folder, "home", f"/b/{_BRANCH}", _home),
        "page_score": lambda folder: _page(folder, "score", f"/b/{_BRANCH}/score/{ADOPTED}/2019", _score),
        "page_preview": lambda folder: _sent(folder, "check"),
        "page_save": lambda folder: _sent(folder, "save"),
        "page_board": _board,
        "month_end": _month_end,
    }


def _desk(url: str) -> Desk:
    store = Store.open(url)
    zone, position = zone_of(store), store.head().position
    return Desk(store, holder(), read_tree(store), Forms(), _NOW, _DAY, zone, position, Kept())


def _home(desk: Desk) -> object:
    return desk.due([_BRANCH]), _score(desk)


def _score(desk: Desk) -> object:
    return desk.score(desk.forms.plan(ADOPTED), parse_period("2019"), branches=[_BRANCH], explain=True)


def _page(folder: Path, what: str, path: str, engine: Callable[[Desk], object]) -> Figure:
    url = make_ledger(folder / "pages.db", BRANCHES, EVENTS)
    desk = _desk(url)
    with background(url, lambda: _NOW) as site:
        browser = Browser(site)
        page, static = _in_turn(lambda: browser.get(path), lambda: browser.get(STATIC))
        own = statistics.median(_timed(lambda: engine(desk)) for _ in range(_RUNS))
    note = f"page {page * 1000:.1f} ms, of which the engine {own * 1000:.1f}"
    return Figure(
        f"page: {what}, beyond the engine's time", "static page", max(page - own, 0), static, 5, note
    )


def _sent(folder: Path, button: str) -> Figure:
    url = make_ledger(folder / "pages.db", BRANCHES, EVENTS)
    desk = _desk(url)
    with background(url, lambda: _NOW) as site:
        browser = Browser(site)
        page, static = _in_turn(lambda: browser.send(_BRANCH, button), lambda: browser.get(STATIC))
        last = next(iter(desk.store.read(after=desk.store.head().position - 1)))
        own = statistics.median(_timed(lambda: desk.impact_of([last])) for _ in range(_RUNS))
    note = f"page {page * 1000:.1f} ms, of which the engine {own * 1000:.1f}"
    return Figure(
        f"page: {button}, beyond the engine's time", "static page", max(page - own, 0), static, 5, note
    )


def _board(folder: Path) -> Figure:
    url = make_ledger(folder / "pages.db", BRANCHES, EVENTS)
    with background(url, lambda: _NOW) as site:
        browser = Browser(site)
        cold = _timed(lambda: browser.get(f"/o/committee/{ADOPTED}/2019"))
        _, static = _in_turn(lambda: None, lambda: browser.get(STATIC))
    return Figure(f"page: board of {BRANCHES} branches, cold", "static page", cold, static, None, "≤ 1 s")


def _month_end(folder: Path) -> Figure:
    """Have 200 sessions log 1,000 events as fast as eight hands can; p95 beside a static page."""
    url = make_ledger(folder / "pages.db", BRANCHES, EVENTS)
    with background(url, lambda: _NOW) as site, Store.open(url) as store:
        browsers = [Browser(site) for _ in range(_SESSIONS)]
        before = store.head().position
        _, static = _in_turn(lambda: None, lambda: browsers[0].get(STATIC))
        times: list[float] = []
        refused: list[int] = []

        def work(number: int) -> None:
            for _ in range(_EACH):
                begun = time.perf_counter()
                status = browsers[number].send(f"b{number}", "save")
                times.append(time.perf_counter() - begun)
                if status != 303:
                    refused.append(status)

        with ThreadPoolExecutor(_HANDS) as hands:
            list(hands.map(work, range(_SESSIONS)))
        written = store.head().position - before
        store.verify()
    p95 = sorted(times)[int(len(times) * 0.95)]
    note = f"{written} events, {len(refused)} refused, chain whole"
    return Figure("month's end: p95 of a save", "static page", p95, static, None, note)


def _in_turn(work: Callable[[], object], yardstick: Callable[[], object]) -> tuple[float, float]:
    work(), yardstick()
    pairs = [(_timed(work), _timed(yardstick)) for _ in range(_RUNS)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
