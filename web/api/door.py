"""The JSON interface's door: from a request with a token to an answer, in one order.

In: requests. Out: JSON. First who asks (401), then whether the organisation may be known of (404) and the
right (403), then the body's kind (415), size (413) and form (400), then what it says (422, 409). Deliberately
absent: cookies, pages.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

import anyio.to_thread
import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ledger.access import visits
from ledger.access.accounts import Account, entered_by
from ledger.access.actors import Actor, Decision, Right, decide
from ledger.access.secrets import Kept, seen
from ledger.errors import LedgerError, WrongQuestion
from ledger.words import Language, Words
from web.api.problems import ApiProblem, problem_response, question_response
from web.desk.desk import Desk
from web.request.asked import Fields
from web.request.bodies import TooLarge, read_body
from web.site import Site

NO_RIGHT = Words("不在权限之内", "not within the rights of this token")


@dataclass(frozen=True)
class ApiAsk:
    """One request of a program. `body` is None until it was read; `branch` the organisation it is about."""

    desk: Desk
    account: Account
    language: Language
    query: Fields
    params: dict[str, str]
    branch: str
    body: bytes = b""


class ApiRow(NamedTuple):
    """One route of the interface, as a row of the table of rights."""

    path: str
    method: str
    right: Right
    answer: Callable[[ApiAsk], tuple[int, Any]]
    place: str | None = None


class API:
    """The interface of one site."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def routes(self) -> list[Route]:
        """Return the routes, and the description of them all."""
        from web.api.routes import ROWS

        routes = []
        for path in dict.fromkeys(row.path for row in ROWS):
            rows = {row.method: row for row in ROWS if row.path == path}
            routes.append(Route(path, self._endpoint(rows), methods=list(rows)))
        return routes

    def _endpoint(self, rows: dict[str, ApiRow]) -> Any:
        async def endpoint(request: Request) -> Response:
            row = rows["GET" if request.method == "HEAD" else request.method]
            language = _language(request, None)
            try:
                if row.right is Right.PUBLIC:
                    return await anyio.to_thread.run_sync(partial(self._public, row, language))
                ask = await anyio.to_thread.run_sync(partial(self._ask, request, row))
                language = ask.language
                if row.method == "POST":
                    body = await _body(request)
                    ask = ApiAsk(**{**_fields(ask), "body": body})
                return await anyio.to_thread.run_sync(partial(_answer, row, ask))
            except ApiProblem as problem:
                return problem_response(
                    problem.status,
                    problem.words,
                    language,
                    problems=problem.problems,
                    headers=problem.headers,
                )
            except WrongQuestion as error:
                return question_response(error.words, request.query_params, language)
            except LedgerError as error:
                return problem_response(503, error.words, language)

        return endpoint

    def _public(self, row: ApiRow, language: Language) -> Response:
        status, body = row.answer(None)  # type: ignore[arg-type]
        return _json(status, body)

    def _ask(self, request: Request, row: ApiRow) -> ApiAsk:
        """Find who asks and whether they may. Raises ApiProblem: 401, 404, 403."""
        from web.request.entry import desk_for

        now = self.site.clock()
        store = self.site.store()
        kept, account = self._bearer(request)
        language = _language(request, account)
        # Checking writes nothing: a token that may only read may do it, where its account may write.
        read_only = bool(kept.read_only) and not row.path.endswith(":check")
        actor = Actor(account.code, account.actor.grants, read_only=read_only)
        desk = desk_for(self.site, store, actor, now)
        params = {name: str(value) for name, value in request.path_params.items()}
        branch = params.get("b", "") if row.place else ""
        if row.place:
            _decide(actor, row, branch, desk)
        return ApiAsk(
            desk,
            account,
            language,
            Fields(request.query_params.multi_items()),
            params,
            branch,
        )

    def _bearer(self, request: Request) -> tuple[Kept, Account]:
        """Return the token and the account that a request comes with. Raises ApiProblem (401)."""
        from web.request.entry import origin_of

        now, store = self.site.clock(), self.site.store()
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        entered = entered_by(store, "token", token.strip(), now) if scheme.lower() == "bearer" else None
        if entered is None:
            words = Words("需要有效的令牌", "a valid token is needed")
            raise ApiProblem(401, words, headers={"WWW-Authenticate": "Bearer"})
        kept, account = entered
        if kept.seen_at[:10] < now.isoformat()[:10] and seen(store, kept, now, timedelta()):
            origin = origin_of(self.site, request)
            visits.note(store, now, "token_used", account.code, detail=kept.name, origin=origin)
        return kept, account


def _decide(actor: Actor, row: ApiRow, branch: str, desk: Desk) -> None:
    right = row.right
    decision = decide(actor, right, branch, desk.tree)
    founding = branch not in desk.tree and _may_found(actor, desk)
    if decision is Decision.HIDDEN and not (right is Right.WRITE and founding):
        raise ApiProblem(404, Words("没有这个党组织", "there is no such organisation"))
    if decision is Decision.FORBIDDEN:
        raise ApiProblem(403, NO_RIGHT)


def _may_found(actor: Actor, desk: Desk) -> bool:
    """Whether organisations that do not exist yet may be registered by an actor, below its own."""
    return not actor.read_only and any(actor.administers(code, desk.tree) for code in desk.readable)


def _fields(ask: ApiAsk) -> dict[str, Any]:
    return {name: getattr(ask, name) for name in ApiAsk.__dataclass_fields__}


async def _body(request: Request) -> bytes:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        words = Words("应为 application/json", "must be application/json")
        raise ApiProblem(415, words)
    try:
        return await read_body(request)
    except TooLarge:
        raise ApiProblem(413, Words("过大：最多 2 MB", "too large: at most 2 MB")) from None


def _answer(row: ApiRow, ask: ApiAsk) -> Response:
    return _json(*row.answer(ask))


def _json(status: int, body: Any) -> Response:
    content = body if isinstance(body, bytes) else orjson.dumps(body)
    return Response(content, status, media_type="application/json")


def _language(request: Request, account: Account | None) -> Language:
    from web.request.entry import accepted_language

    accepted = request.headers.get("accept-language", "")
    if accepted.strip() not in ("", "*"):
        return accepted_language(accepted)
    return account.language if account is not None and account.language is not None else "zh"
