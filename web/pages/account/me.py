"""One's own account: language, sessions, grants, password.

In: a choice. Out: the choice kept. Deliberately absent: other people's accounts.
"""

from typing import TYPE_CHECKING, cast

from ledger.access import accounts, secrets
from ledger.access.roles import POWERS
from ledger.errors import Refused
from web.forms import without_place
from web.pages.account.entering import own_path
from web.request.asked import Answer, Ask, Page, Problematic, SeeOther
from web.words import WORDS

if TYPE_CHECKING:
    from ledger.words import Language


def me(ask: Ask) -> Answer:
    """Show and change one's own account."""
    if not ask.posted:
        return _page(ask)
    match ask.form.text("do"):
        case "language":
            return _set_language(ask)
        case "end":
            return _end(ask)
        case "password":
            return _change_password(ask)
    raise Problematic(422, WORDS["hidden_page"])


def _set_language(ask: Ask) -> Answer:
    chosen = ask.form.text("language")
    session = ask.session
    if chosen in ("zh", "en") and session is not None:
        language = cast("Language", chosen)
        if session.account is None:
            ask.site.sessions.set_language(session.digest, language)
        else:
            accounts.set_language(ask.desk.store, session.account, language)
    return SeeOther(own_path(ask.form.text("back")) or "/me")


def _end(ask: Ask) -> Answer:
    session, digest = ask.session, ask.form.text("session")
    assert session is not None
    if session.account is None:
        ask.site.sessions.end(digest)
    else:
        secrets.end_secret(ask.desk.store, digest, session.account)
    return SeeOther("/me")


def _change_password(ask: Ask) -> Answer:
    if ask.account is None:
        raise Problematic(404, WORDS["hidden_page"])
    old, new = ask.form.get("old", ""), ask.form.get("password", "")
    try:
        accounts.change_password(ask.desk.store, ask.account.code, old, new, ask.now)
    except Refused as refused:
        return _page(ask, {p.field or "": without_place(p, ask.language) for p in refused.problems})
    return SeeOther("/login", {ask.site.cookie: None})


def _page(ask: Ask, problems: dict[str, str] | None = None) -> Page:
    session = ask.session
    assert session is not None
    zone = ask.desk.zone if ask.desk_or_none is not None else None
    listed: list[tuple[str, str, str, bool]] = []
    if session.account is None:
        listed = [
            (d, _minute(made, zone), _minute(seen, zone), d == session.digest)
            for d, made, seen in ask.site.sessions.all()
        ]
    else:
        for kept in secrets.secrets_of(ask.desk.store, session.account, "session", ask.now):
            made, seen = (ask.local(at, ask.desk.zone) for at in (kept.created_at, kept.seen_at))
            listed.append((kept.digest, made, seen, kept.digest == session.digest))
    grants = [
        (
            ask.pick(POWERS[grant.role].label),
            ask.tree.name_of(grant.organisation) if grant.organisation else "",
        )
        for grant in (ask.account.grants if ask.account else ())
    ]
    has_password = (
        ask.account is not None and accounts.password_of(ask.desk.store, ask.account.code) is not None
    )
    values = {
        "sessions": listed,
        "grants": grants,
        "problems": problems or {},
        "has_password": has_password,
    }
    return Page("me.html", values, 422 if problems else 200)


def _minute(at: object, zone: object) -> str:
    from datetime import datetime, tzinfo

    assert isinstance(at, datetime)
    return at.astimezone(zone if isinstance(zone, tzinfo) else None).strftime("%Y-%m-%d %H:%M")
