"""Coming in by a provider of identities: to it with one's consent, and back with a code.

In: a button that was pressed, at the login or under an invite; later the provider's answer. Out: a session.
Whoever was not bound under an invite is refused: no account makes itself. Deliberately absent: what is asked
of the provider (`web.openid`), rights.

Sending the button's form begins a login and leads onward by a page, not by a redirect: browsers hold a form's
redirects to this site's `form-action 'self'`. The answer comes by GET, as the protocol has it; it is worth
something once, within ten minutes, in the browser that began.
"""

from ledger.access import visits
from ledger.access.accounts import find_account
from ledger.access.identities import account_of, bind_identity
from ledger.access.secrets import FLOW, Kept, find_secret, make_secret, take_secret
from ledger.errors import Refused
from ledger.words import Words
from web.openid.exchange import NotVouched, code_shown, matches_state, where_to, who_is
from web.openid.provider import Provider
from web.pages.account.entering import begin_session, own_path
from web.request.asked import Answer, Ask, Page, Problematic
from web.words import WORDS, filled


def provider_login(ask: Ask) -> Answer:
    """Begin a login at the provider, or end it by the provider's answer."""
    provider = ask.site.provider
    if provider is None:
        raise Problematic(404, WORDS["hidden_page"])
    return _begin(ask, provider) if ask.posted else _end(ask, provider)


def _begin(ask: Ask, provider: Provider) -> Answer:
    store, invite = ask.desk.store, ask.form.text("invite")
    account, leads = "", own_path(ask.form.text("next"))
    if invite:
        kept = find_secret(store, "invite", invite, ask.now)
        if kept is None:
            raise Problematic(404, WORDS["invite_over"])
        account, leads = kept.account, kept.digest
    secret = make_secret(store, "flow", account, ask.now, lasts=FLOW, name=leads)
    try:
        target = where_to(provider, ask.site.redirect, secret, ask.language)
    except NotVouched as error:
        raise Problematic(error.status, error.words) from error
    values = {"target": target, "heading": ask.pick(WORDS["onward"]).replace("{}", provider.name)}
    return Page("onward.html", values, 200, {"Refresh": f"0; url={target}"}, {ask.site.flow_cookie: secret})


def _end(ask: Ask, provider: Provider) -> Answer:
    secret, answered = ask.flow or "", ask.query
    if not secret or not matches_state(secret, answered.text("state")):
        raise Problematic(403, WORDS["flow_over"])
    kept = take_secret(ask.desk.store, "flow", secret, ask.now)
    if kept is None:
        raise Problematic(403, WORDS["flow_over"])
    if answered.text("error") == "access_denied":
        raise Problematic(403, WORDS["provider_cancelled"])
    code = answered.text("code")
    if answered.text("error") or not code or answered.get("iss", provider.issuer) != provider.issuer:
        why = code_shown(answered.text("error") or "error")
        raise _refused(ask, filled("provider_said", why))
    try:
        subject = who_is(provider, ask.site.redirect, secret, code, ask.now)
    except NotVouched as error:
        raise _refused(ask, error.words, error.status) from error
    code = _account(ask, provider, kept, subject)
    back = "" if kept.account else kept.name or ""
    return begin_session(ask, code, back, {ask.site.flow_cookie: None})


def _account(ask: Ask, provider: Provider, kept: Kept, subject: str) -> str:
    """Return the account of a subject; under an invite, once it is bound."""
    store = ask.desk.store
    if kept.account:
        try:
            bound = bind_identity(store, kept.name or "", provider.issuer, subject, ask.now)
        except Refused as error:
            raise _refused(ask, WORDS["identity_taken"]) from error
        if bound is None:
            raise Problematic(404, WORDS["invite_over"])
        return bound
    code = account_of(store, provider.issuer, subject)
    account = None if code is None else find_account(store, code)
    if account is None:
        raise _refused(ask, WORDS["unknown_identity"])
    if account.disabled:
        raise _refused(ask, WORDS["account_disabled"])
    return account.code


def _refused(ask: Ask, words: Words, status: int = 403) -> Problematic:
    """Keep the visit of a login that was refused, and return what to say."""
    visits.note(ask.desk.store, ask.now, "refused", None, origin=ask.origin)
    return Problematic(status, words)
