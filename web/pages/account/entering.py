"""Coming in and going out: the link of this machine, login, invites, logout.

In: a link, a code and a password. Out: a session in a cookie. Deliberately absent: rights.
"""

import re
from collections.abc import Mapping
from hashlib import sha256

from ledger.access import passwords, secrets, visits
from ledger.access.accounts import choose_password, password_of
from ledger.access.secrets import BROWSER, SESSION, digest_of, find_secret, make_secret
from ledger.errors import Refused
from ledger.events.values.fields import MEMBER_CODE
from web.forms import without_place
from web.request.asked import Answer, Ask, Page, Problematic, SeeOther, address
from web.sessions import Resumed, Session
from web.words import WORDS


def enter(ask: Ask) -> Answer:
    """Trade the link of this machine for a session; the only page that changes anything by being opened."""
    if ask.site.mode != "machine":
        raise Problematic(404, WORDS["hidden_page"])
    if not ask.site.links.take(ask.query.text("t"), ask.now):
        raise Problematic(403, WORDS["enter_over"])
    return SeeOther("/", {ask.site.cookie: ask.site.sessions.make(ask.now)})


def login(ask: Ask) -> Answer:
    """Ask for code and password, and begin a session."""
    if ask.site.mode == "machine":
        return _machine_login(ask)
    back = own_path(ask.query.text("next") or ask.form.text("next"))
    if not ask.posted:
        return SeeOther("/") if ask.session is not None else _login_page(ask, back, _just_set(ask))
    code, password = ask.form.text("code"), ask.form.get("password", "")
    store, now = ask.desk.store, ask.now
    known = _known_browser(ask, code)
    key = f"browser:{known}" if known else f"account:{sha256(code.encode()).hexdigest()}"
    wait = passwords.wait_of(store, key, now)
    if wait:
        said = ask.pick(WORDS["too_many"]).replace("{}", str(wait))
        return _login_page(ask, back, code, said, 429, {"Retry-After": str(wait)})
    if not passwords.is_right(password_of(store, code), password):
        passwords.failed(store, key, now)
        visits.note(store, now, "refused", None, origin=ask.origin)
        return _login_page(ask, back, code, ask.pick(WORDS["wrong_login"]), 422)
    passwords.succeeded(store, key)
    entered = begin_session(ask, code, back)
    resumed = _waiting(ask)
    return _resume(ask, resumed, entered) if resumed is not None and resumed.owner == code else entered


def _just_set(ask: Ask) -> str:
    """Return the code whose password was set just now; whether there is such an account is not looked up."""
    code = ask.query.text("set")
    return code if re.fullmatch(MEMBER_CODE, code) else ""


def _machine_login(ask: Ask) -> Answer:
    """Say how one enters on this machine, where there is nothing to log in with."""
    if ask.session is not None and not ask.posted:
        return SeeOther("/")
    words = WORDS["sent_too_late" if ask.query.text("late") else "enter_first"]
    raise Problematic(403 if ask.posted else 200, words)


def _waiting(ask: Ask) -> Resumed | None:
    """Return what was sent into the session that was over."""
    return ask.site.waiting.find(ask.lapsed, ask.now) if ask.lapsed else None


def _resume(ask: Ask, resumed: Resumed, entered: SeeOther) -> Answer:
    """Put what was typed before the login back into its form, by a button: nothing is saved by it."""
    secret = entered.cookies[ask.site.cookie]
    target = own_path(resumed.address)
    if not secret or not target or not ask.lapsed:
        return entered
    ask.site.waiting.drop(ask.lapsed)
    session = Session(secret, digest_of(secret), resumed.owner)
    values = {"target": target, "pairs": resumed.pairs, "resume_token": session.form_token()}
    return Page("resume.html", values, cookies=entered.cookies)


def begin_session(
    ask: Ask, code: str, back: str, cookies: Mapping[str, str | None] | None = None
) -> SeeOther:
    """Let an account in: a new session, whatever the browser came with, and the visit kept."""
    store, now = ask.desk.store, ask.now
    set_: dict[str, str | None] = {**(cookies or {})}
    set_[ask.site.cookie] = make_secret(store, "session", code, now, lasts=SESSION)
    visits.note(store, now, "login", code, origin=ask.origin)
    if not _known_browser(ask, code):
        set_[ask.site.browser_cookie] = make_secret(store, "browser", code, now, lasts=BROWSER)
    return SeeOther(back or "/", set_)


def _known_browser(ask: Ask, code: str) -> str | None:
    """Return the digest of a browser that has logged in to this account before."""
    if not ask.browser:
        return None
    kept = find_secret(ask.desk.store, "browser", ask.browser, ask.now)
    return kept.digest if kept is not None and kept.account == code else None


def _login_page(
    ask: Ask,
    back: str,
    code: str = "",
    problem: str = "",
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> Page:
    values = {
        "waiting": _waiting(ask) is not None,
        "back": back,
        "code": code,
        "problem": problem,
        "provider": provider_label(ask, "login_with"),
        "set": not ask.posted and bool(code),
        "late": bool(ask.query.text("late")),
    }
    return Page("login.html", values, status, headers or {})


def provider_label(ask: Ask, word: str) -> str:
    """Return what the button of the provider of identities says; empty where the server has none."""
    provider = ask.site.provider
    return "" if provider is None else ask.pick(WORDS[word]).replace("{}", provider.name)


def own_path(path: str) -> str:
    """Return a path of this site, an empty text for anything that could lead elsewhere."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if plain and "\\" not in path else ""


def logout(ask: Ask) -> Answer:
    """End the session."""
    assert ask.session is not None
    if ask.session.account is None:
        ask.site.sessions.end(ask.session.digest)
        raise Problematic(200, WORDS["enter_first"])
    secrets.end_secret(ask.desk.store, ask.session.digest)
    visits.note(ask.desk.store, ask.now, "logout", ask.session.account, origin=ask.origin)
    return SeeOther("/login", {ask.site.cookie: None})


def invited(ask: Ask) -> Answer:
    """Let somebody who was invited choose a password."""
    if ask.site.mode == "machine":
        raise Problematic(404, WORDS["hidden_page"])
    store, token = ask.desk.store, ask.params["token"]
    kept = find_secret(store, "invite", token, ask.now)
    if kept is None:
        raise Problematic(404, WORDS["invite_over"])
    problem = ""
    if ask.posted:
        try:
            if choose_password(store, token, ask.form.get("password", ""), ask.now) is None:
                raise Problematic(404, WORDS["invite_over"])
        except Refused as refused:
            problem = without_place(refused.problems[0], ask.language)
        else:
            return SeeOther(address("login", set=kept.account))
    heading = ask.pick(WORDS["invite_for"]).replace("{}", kept.account)
    values = {
        "heading": heading,
        "problem": problem,
        "provider": provider_label(ask, "bind_with"),
        "token": token,
    }
    return Page("invite.html", values, 422 if problem else 200)
