"""The server as an ASGI application: from a request to an answer, in one order for every page.

In: requests. Out: answers with the headers of this site. First the host, then the size, then who asks, then
the right, then where a writing request comes from; only then the page, on a thread of its own. Deliberately
absent: what pages show, which rights there are.
"""

import logging
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from typing import Any
from urllib.parse import quote

import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ledger.access.actors import Decision, decide
from ledger.access.secrets import owner_of_lapsed
from ledger.errors import LedgerError, Refused, WrongQuestion
from ledger.words import Words
from web.pages.pressing import asked_again, by_fields
from web.rendering import render
from web.request.asked import Answer, Ask, Download, Fields, Page, Problematic, SeeOther, address, query_of
from web.request.bodies import TooLarge, read_form
from web.request.entry import accepted_language, ask_of, came_from_here, resumed_of
from web.routes import PAGES, Row
from web.site import Site, same_host
from web.words import WORDS, filled

THREADS = 4
"""Pages are answered by so many threads; a fold keeps a core busy, more threads would only wait."""
_TURN = 0.0002
"""Seconds after which a thread that computes lets one that waits compute. A save waits for whoever computes a
page each time that the database has answered it; of Python's own five milliseconds each that adds up."""
_log = logging.getLogger("zhibu.web")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def build(site: Site) -> Starlette:
    """Build the application of a site."""
    from web.api.door import API

    routes: list[Route | Mount] = [
        Route(row.path, _endpoint(site, row), methods=list(row.methods)) for row in PAGES
    ]
    routes += API(site).routes()
    routes.append(Mount("/static", StaticFiles(packages=[("web", "static")])))

    @asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        sys.setswitchinterval(_TURN)
        yield
        site.close()

    application = Starlette(
        routes=routes,
        middleware=[
            Middleware(Guard, site=site),
            # Nearly all of what a page gets smaller by; the last per cent cost as much as the page.
            Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=4),
        ],
        exception_handlers={HTTPException: _lost(site)},
        lifespan=running,
    )
    # What lies at no address is told so, not sent on.
    application.router.redirect_slashes = False
    return application


class Guard:
    """Refuses other hosts, and sees that every answer bears the headers of this site."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app, self.site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _complete(message, scope["path"])
            await send(message)

        if [same_host(host, self.site.scheme) for host in hosts] != [self.site.host]:
            words = WORDS["wrong_host"]
            text = f"{words.zh}\n{words.en}\n".replace("{}", self.site.public)
            await PlainTextResponse(text, 421)(scope, receive, send_with_headers)
            return
        try:
            await self.app(scope, receive, send_with_headers)
        except Exception:
            _log.exception("a request failed")
            if started:
                raise
            at = self.site.clock().isoformat(timespec="seconds")
            text = "\n".join(filled("failed", at))
            await PlainTextResponse(text, 500)(scope, receive, send_with_headers)


def _complete(message: Message, path: str) -> None:
    """Add the headers that an answer lacks."""
    there = {name.lower() for name, _ in message["headers"]}
    for name, value in HEADERS.items():
        if name == "Cache-Control" and path.startswith("/static/"):
            value = "public, max-age=3600"  # noqa: PLW2901
        if name.lower().encode() not in there:
            message["headers"].append((name.lower().encode(), value.encode()))


def _endpoint(site: Site, row: Row) -> Any:
    async def endpoint(request: Request) -> Response:
        try:
            form = await read_form(request) if request.method == "POST" else Fields()
        except TooLarge:
            problem = Problematic(413, WORDS["too_large"])
            return await anyio.to_thread.run_sync(partial(_problem_page, site, request, problem))
        return await anyio.to_thread.run_sync(partial(answer, site, row, request, form))

    return endpoint


def answer(site: Site, row: Row, request: Request, form: Fields) -> Response:
    """Answer a request for a page; runs on a thread."""
    try:
        ask, place = ask_of(site, request, form, row.place)
    except LedgerError as error:
        return _unavailable(error)
    try:
        check_right(ask, row, place)
        given: Answer = row.page(ask)
    except Problematic as problem:
        given = _told(ask, problem)
    except SessionNeeded:
        given = _to_login(ask, row)
    except Refused as refused:
        given = problem_page(Problematic(422, refused.words))
    except WrongQuestion as error:
        given = _told(ask, Problematic(422, by_fields(error.words), query=query_of(error.words)))
    except LedgerError as error:
        given = problem_page(Problematic(503, error.words))
    return _response(ask, given)


def _unavailable(error: LedgerError) -> Response:
    """Say in plain text why the ledger cannot be used: no page can be made without it."""
    return PlainTextResponse(f"{error.words.zh}\n{error.words.en}\n", 503)


class SessionNeeded(Exception):
    """Nobody has entered yet."""


def check_right(ask: Ask, row: Row, place: str | None) -> None:
    """Raise where the actor lacks the right, or a writing request does not come from a page of this site."""
    right = row.saving if row.saving is not None and ask.posted else row.right
    public = row.right.value == "public"
    if not public and ask.session is None:
        raise SessionNeeded
    if ask.desk_or_none is not None:
        decision = decide(ask.actor, right, place if row.place else None, ask.tree)
        if decision is Decision.HIDDEN:
            raise Problematic(404, WORDS["hidden_page"])
        if decision is Decision.FORBIDDEN:
            raise Problematic(403, WORDS["no_right"])
    elif not public and row.path not in ("/", "/start", "/logout", "/me"):
        raise Problematic(404, WORDS["hidden_page"])
    if ask.posted:
        problem = came_from_here(ask, in_session=not public)
        if problem is not None:
            raise Problematic(403, problem)


def _told(ask: Ask, problem: Problematic) -> Page:
    """Return the page of a problem; of a field of the address, one that asks for it again."""
    if problem.query is None or ask.posted:
        return problem_page(problem)
    return asked_again(ask, problem.query, problem.words)


def problem_page(problem: Problematic) -> Page:
    """Return the page that says why there is no other."""
    values = {"words": problem.words, "status": problem.status}
    return Page("problem.html", values, problem.status, problem.headers)


def _to_login(ask: Ask, row: Row) -> Answer:
    """Lead to where one enters, and back to the page after it; tell whoever sent something that it was not
    saved."""
    back = ask.here if "GET" in row.methods and ask.path != "/" else None
    if ask.posted and back and ask.lapsed and ask.same_origin:
        owner = owner_of_lapsed(ask.desk.store, ask.lapsed)
        resumed = resumed_of(owner, back, ask.form) if owner else None
        if resumed is not None:
            ask.site.waiting.keep(ask.lapsed, resumed, ask.now)
    return SeeOther(address("login", next=back, late="1" if ask.posted and back else None))


def _response(ask: Ask, given: Answer) -> Response:
    response: Response
    cookies: Mapping[str, str | None] = {}
    if isinstance(given, SeeOther):
        response, cookies = RedirectResponse(given.address, 303), given.cookies
    elif isinstance(given, Download):
        response = Response(given.content, media_type=given.media_type)
        if not given.inline:
            response.headers["Content-Disposition"] = _attachment(given.name)
    else:
        response = HTMLResponse(render(ask, given), given.status, dict(given.headers))
        cookies = given.cookies
    for name, value in cookies.items():
        options: dict[str, Any] = {
            "path": "/",
            "httponly": True,
            "samesite": "lax",
            "secure": ask.site.secure,
        }
        if value is None:
            response.delete_cookie(name, **options)
        else:
            response.set_cookie(
                name, value, max_age=180 * 86_400 if name == ask.site.browser_cookie else None, **options
            )
    return response


def _attachment(name: str) -> str:
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"


def _problem_page(site: Site, request: Request, problem: Problematic) -> Response:
    try:
        ask, _ = ask_of(site, request, Fields(), None)
    except LedgerError as error:
        return _unavailable(error)
    return _response(ask, problem_page(problem))


def _lost(site: Site) -> Any:
    async def handler(request: Request, error: HTTPException) -> Response:
        if request.url.path.startswith("/api/"):
            from web.api.problems import problem_response

            words = Words("没有这个地址", "there is no such address")
            if error.status_code == 405:
                words = Words("此地址不接受这种请求", "this address does not take such a request")
            language = accepted_language(request.headers.get("accept-language", ""))
            return problem_response(error.status_code, words, language, headers=error.headers)
        words = WORDS["hidden_page"]
        problem = Problematic(error.status_code, words, dict(error.headers or {}))
        return await anyio.to_thread.run_sync(partial(_problem_page, site, request, problem))

    return handler
