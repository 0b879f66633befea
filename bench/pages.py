"""Pages measured over a socket: as ratios to a static file of the same server in the same run.

In: what was made. Out: `Figure`s. Deliberately absent: browsers; what they draw is held by tests.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen

from bench.browser import STATIC, Browser
from bench.folds import branch_of_300
from bench.made import END, FORM_001, YEAR, Made
from bench.timing import QUICK, Figure
from ledger.access.actors import holder
from ledger.access.scopes import read_tree
from ledger.events import parse_event
from ledger.intake.batch import record_each
from ledger.store.event_store import Store
from projections.engine.periods import parse_period
from projections.engine.plan import Plan
from web.desk.desk import Desk
from web.request.entry import desk_for
from web.serving import background
from web.site import Site

BRANCHES, EVENTS = 100 if QUICK else 200, 300
AT = datetime(YEAR, 12, 31, 4, tzinfo=UTC)
_RUNS = 20
_PAGES, _FEW = 100 if QUICK else 1_000, 20
_MANY = (
    "/b/{}",
    "/b/{}/log/meeting_held",
    f"/b/{{}}/score/{FORM_001}/{YEAR}",
    "/b/{}/history",
    "/b/{}/roster",
)


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
    url, top = under_one(made)
    with background(url, lambda: AT) as site:
        browser = Browser.entered(site.public, site.enter_link())
        begun = time.perf_counter()
        cold = _timed(lambda: browser.get(f"/o/{top}/{FORM_001}/{YEAR}"))
        waited = time.perf_counter() - begun
        _, static = pairs(lambda: None, lambda: browser.get(STATIC))
    note = f"waited for {waited:.2f} s, at most 1 s: {'yes' if waited <= 1 else 'NO'}"
    return Figure(f"page: board of {BRANCHES} branches, cold", "static page", cold, static, None, note=note)


def thousand(made: Made) -> Figure:
    """What `zhibu web` holds after a thousand pages; the time is a page's, by the wall clock."""
    url = copy_of(made)
    with Store.open(url) as store:
        codes = [code for code, one in read_tree(store).items() if one.kind == "branch"][:50]
    paths = [form.format(code) for code in codes for form in _MANY]
    program = str(Path(sys.executable).parent / "zhibu")
    command = [program, "web", "--no-open", "--port", "0", "--ledger", url]
    with Popen(command, stdout=PIPE, stderr=DEVNULL, stdin=DEVNULL, text=True) as server:
        assert server.stdout is not None
        said = server.stdout.readline()
        while "/enter?t=" not in said:
            said = server.stdout.readline()
        link = said[said.index("http") :].split()[0]
        browser = Browser.entered(link.partition("/enter")[0], link)
        begun, first, after = time.perf_counter(), 0.0, 0.0
        for number in range(_PAGES):
            browser.get(paths[number % len(paths)])
            if number == _FEW:
                first = _held_mb(server.pid)
        took, after = time.perf_counter() - begun, _held_mb(server.pid)
        begun = time.perf_counter()
        for _ in range(_RUNS):
            browser.get(STATIC)
        static = (time.perf_counter() - begun) / _RUNS
        server.terminate()
    note = f"zhibu web held {first:.0f} MB after {_FEW} pages, {after:.0f} MB after {_PAGES:,}"
    return Figure("one of a thousand pages", "static page", took / _PAGES, static, None, note, after)


def _held_mb(pid: int) -> float:
    """Resident memory of a process; Linux tells it in /proc."""
    told = Path(f"/proc/{pid}/status").read_text()
    return int(told.partition("VmRSS:")[2].split()[0]) / 1024


def copy_of(made: Made) -> str:
    """Return the address of a copy of the row's own, which may be written to."""
    target = made.own / "pages.db"
    source = made.ledger(BRANCHES, EVENTS).removeprefix("sqlite:///")
    target.write_bytes(Path(source).read_bytes())
    return f"sqlite:///{target}"


def under_one(made: Made) -> tuple[str, str]:
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
    with background(copy_of(made), lambda: AT) as site:
        code, _ = branch_of_300(site.store())
        browser = Browser.entered(site.public, site.enter_link())
        return _beyond(what, site, browser, lambda: browser.get(path(code)), lambda desk: engine(desk, code))


def _sent(made: Made, button: str) -> Figure:
    with background(copy_of(made), lambda: AT) as site:
        code, _ = branch_of_300(site.store())
        browser = Browser.entered(site.public, site.enter_link())
        browser.send(code, button)
        # What a saved event counts for is told by the page that comes next.
        told = list(site.store().read(branch=code))[-1:] if button == "check" else []
        return _beyond(button, site, browser, lambda: browser.send(code, button), lambda d: d.impact_of(told))


def _beyond(
    what: str, site: Site, browser: Browser, page: Callable[[], object], engine: Callable[[Desk], object]
) -> Figure:
    """Time a page, what it asks of the engine by a desk of its own, as each request has, and the static page
    in turn: what is left of a page is told of runs that lie beside each other."""
    page(), browser.get(STATIC)
    found = []
    for _ in range(_RUNS):
        desk = desk_for(site, site.store(), holder(), AT)
        found.append((_timed(page), _timed(partial(engine, desk)), _timed(lambda: browser.get(STATIC))))
    whole, own, static = (statistics.median(times) for times in zip(*found, strict=True))
    left = statistics.median(one - alone for one, alone, _ in found)
    note = f"page {whole * 1000:.1f} ms, of which the engine {own * 1000:.1f}"
    return Figure(
        f"page: {what}, beyond the engine's time", "static page", max(left, 0), static, 5, note=note
    )


def pairs(work: Callable[[], object], yardstick: Callable[[], object]) -> tuple[float, float]:
    work(), yardstick()
    pairs = [(_timed(work), _timed(yardstick)) for _ in range(_RUNS)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def _timed(work: Callable[[], object]) -> float:
    """CPU seconds of the client and of the server, which runs in this process, too."""
    begun = time.process_time()
    work()
    return time.process_time() - begun
