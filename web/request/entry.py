"""Who asks: from a request's cookies and headers to an `Ask`; and what of something sent into a session that
was over by itself is kept over the login.

In: a request; what was sent, from a page of this site. Out: the session, the account as an actor, the
language, the organisation that the address names; what comes back to its owner, to be looked at, and is
never saved by itself. Deliberately absent: deciding (`ledger.access`), pages; passwords, tokens, files.
"""

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from starlette.requests import Request

from ledger.access.accounts import Account, entered_by
from ledger.access.actors import NOBODY, Actor, holder
from ledger.access.scopes import TREE_TYPES, read_tree
from ledger.access.secrets import digest_of, seen
from ledger.store.event_store import Store
from ledger.words import Language, Words
from web.desk.desk import Desk
from web.desk.library import Forms
from web.request.asked import Ask, Fields
from web.sessions import Resumed, Session
from web.site import Site
from web.words import WORDS

_MOST_KEPT = 200_000
"""So many characters are kept over a login."""
_NEVER_KEPT = frozenset({"token", "password", "old", "save", "check", "part", "drafted"})
_ZONE = "Asia/Shanghai"
"""Where a ledger's days begin that was told of no other place."""


def ask_of(site: Site, request: Request, form: Fields, place: str | None) -> tuple[Ask, str | None]:
    """Return what a request asks, and the code of the organisation that its address names."""
    now = site.clock()
    store = site.store_or_none()
    session, account, actor = _who(site, store, request.cookies.get(site.cookie), now)
    desk = None if store is None else desk_for(site, store, actor, now)
    params = {name: str(value) for name, value in request.path_params.items()}
    organisation = _organisation(store, params, place)
    query = Fields(request.query_params.multi_items())
    readable = desk is not None and organisation is not None and organisation in desk.readable
    ask = Ask(
        site=site,
        method="GET" if request.method == "HEAD" else request.method,
        path=request.url.path,
        params=params,
        query=query,
        form=form,
        language=_language_of(query, session, account, request.headers.get("accept-language", "")),
        now=now,
        actor=actor,
        session=session,
        account=account,
        desk_or_none=desk,
        branch=organisation or "" if readable else "",
        origin=origin_of(site, request),
        browser=request.cookies.get(site.browser_cookie),
        flow=request.cookies.get(site.flow_cookie),
        lapsed=_lapsed(site, request, session),
        same_origin=_same_origin(site, request),
    )
    return ask, organisation


def desk_for(site: Site, store: Store, actor: Actor, now: datetime) -> Desk:
    """Return a desk for an actor, as the ledger stands now."""
    stand = store.stand(TREE_TYPES)
    tree = site.kept.get(("tree", stand.last), lambda: read_tree(store))
    zone = ZoneInfo(stand.timezone or _ZONE)
    today = now.astimezone(zone).date()
    return Desk(store, actor, tree, _forms_at_hand(), now, today, zone, stand.position, site.kept)


@cache
def _forms_at_hand() -> Forms:
    """Return the forms, read once by this process."""
    return Forms()


def _who(
    site: Site, store: Store | None, cookie: str | None, now: datetime
) -> tuple[Session | None, Account | None, Actor]:
    if not cookie:
        return None, None, NOBODY
    if site.mode == "machine":
        session = site.sessions.find(cookie, now)
        return session, None, NOBODY if session is None else holder(site.by)
    assert store is not None
    entered = entered_by(store, "session", cookie, now)
    if entered is None:
        return None, None, NOBODY
    kept, account = entered
    seen(store, kept, now)
    return Session(cookie, kept.digest, account.code, account.language), account, account.actor


def _lapsed(site: Site, request: Request, session: Session | None) -> str | None:
    """Return the digest of the session that a browser names, where it is none, or none any more."""
    cookie = request.cookies.get(site.cookie)
    return digest_of(cookie) if cookie and session is None and site.mode == "server" else None


def _organisation(store: Store | None, params: dict[str, str], place: str | None) -> str | None:
    if place is None or store is None:
        return None
    if place != "event":
        return params.get(place, "")
    found = store.find(params.get("id", "").lower())
    return "" if found is None else found.branch


def _language_of(query: Fields, session: Session | None, account: Account | None, accepted: str) -> Language:
    """Return the language of a page: asked for, else the account's, else the browser's, else Chinese."""
    asked = query.text("lang")
    if asked in ("zh", "en"):
        return "zh" if asked == "zh" else "en"
    if account is not None and account.language is not None:
        return account.language
    if session is not None and session.language is not None:
        return session.language
    return accepted_language(accepted)


def accepted_language(accepted: str) -> Language:
    """Return the better of our languages by an Accept-Language header; Chinese where it names neither."""
    best: tuple[float, Language] = (0.0, "zh")
    for part in accepted.split(",")[:20]:
        tag, _, rest = part.strip().partition(";")
        quality = 1.0
        if rest.strip().startswith("q="):
            try:
                quality = float(rest.strip()[2:])
            except ValueError:
                quality = 0.0
        main = tag.lower().partition("-")[0]
        if main in ("zh", "en") and quality > best[0]:
            best = (quality, "zh" if main == "zh" else "en")
    return best[1]


def origin_of(site: Site, request: Request) -> str | None:
    """Return from where a request comes, for visits alone."""
    peer = request.client.host if request.client else None
    if site.behind_proxy and peer in ("127.0.0.1", "::1"):
        forwarded = request.headers.get("x-forwarded-for", "").split(",")[-1].strip()
        return forwarded[:64] or peer
    return peer


def _same_origin(site: Site, request: Request) -> bool:
    origin = request.headers.get("origin")
    if origin:
        return origin == site.public
    return request.headers.get("sec-fetch-site") == "same-origin"


def came_from_here(ask: Ask, *, in_session: bool) -> Words | None:
    """Return why a writing request is not done: another site sent it, or it lacks its session's token."""
    if not ask.same_origin:
        return WORDS["not_from_here"]
    if in_session and ask.session is not None and not ask.session.accepts(ask.form.get("token", "")):
        return WORDS["form_over"]
    return None


def resumed_of(owner: str, address: str, form: Fields) -> Resumed | None:
    """Return what is to be kept over a login; None where nothing is, or too much."""
    # The script keeps drafts of its own, and asks for previews that nobody is to log in for.
    if not {"save", "check"} & form.keys() or {"drafted", "part"} & form.keys() or form.uploads:
        return None
    pairs = [(name, value) for name in form if name not in _NEVER_KEPT for value in form.all(name)]
    long = sum(len(name) + len(value) for name, value in pairs)
    return Resumed(owner, address, pairs) if pairs and long <= _MOST_KEPT else None
