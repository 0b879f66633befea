"""Accounts: those in one's scope, or all for a keeper; made, granted, revoked, disabled, invited; tokens.

In: codes, roles, organisations, names of tokens. Out: accounts; the link of an invite, or a token, shown
once. Deliberately absent: one's own grants, which nobody changes, and tokens for oneself.
"""

from typing import Any, NamedTuple

from ledger.access import accounts as kept
from ledger.access.accounts import Account, find_account, grants_for, read_accounts
from ledger.access.actors import Grant
from ledger.access.roles import POWERS, ROLES
from ledger.access.scopes import Tree
from ledger.access.secrets import PUBLIC_URL, secrets_of
from ledger.access.tokens import MOST_TOKEN_DAYS, make_token, revoke_token
from ledger.errors import Refused
from web.forms import without_place
from web.request.asked import Answer, Ask, Page, Problematic
from web.words import WORDS, filled

_TOKEN_DAYS = 90


class Made(NamedTuple):
    """A secret that was just made: of an invite, or a token."""

    invite: str = ""
    token: str = ""


class Token(NamedTuple):
    """A token as the page lists it: until when it holds, whether it may only read, when it was used."""

    name: str
    until: str
    read_only: bool
    used: str


def accounts(ask: Ask) -> Answer:
    """List accounts; change what may be changed."""
    problems: list[str] = []
    made = Made()
    if ask.posted:
        try:
            made = _change(ask)
        except Refused as refused:
            problems = [without_place(one, ask.language) for one in refused.problems]
    keeps = ask.actor.keeps_accounts
    scope = _scope(ask)
    listed = [
        _shown(ask, one, scope) for one in read_accounts(ask.desk.store) if keeps or _concerns(one, scope)
    ]
    public = _public(ask)
    roles = ROLES if keeps else ("secretary", "reader", "department", "office")
    values: dict[str, Any] = {
        "listed": listed,
        "invited": ask.form.text("code") if made.invite else "",
        "link": f"{public}/invite/{made.invite}" if made.invite and public else "",
        "elsewhere": _elsewhere(ask, public),
        "token": made.token,
        "roles": [
            (role, ask.pick(POWERS[role].label), POWERS[role].everywhere, ask.pick(POWERS[role].does))
            for role in roles
        ],
        "organisations": [(code, ask.tree.name_of(code)) for code in sorted(scope)],
        "typed": {name: ask.form.text(name) for name in ("code", "role", "do", "name", "days", "scope")},
        "days": {"usual": _TOKEN_DAYS, "most": MOST_TOKEN_DAYS},
        "chosen": ask.form.all("organisation") if problems else [],
        "problems": problems,
        "action": ask.path,
    }
    return Page("office/accounts.html", values, 422 if problems else 200)


def _public(ask: Ask) -> str:
    """Return where accounts log in: this server, or the one that was told of; empty where none is known."""
    if ask.site.mode == "server":
        return ask.site.public
    return ask.desk.store.setting(PUBLIC_URL) or ""


def _elsewhere(ask: Ask, public: str) -> str:
    """Return where these accounts log in, said on a page of this machine, where nobody logs in."""
    if ask.site.mode == "server":
        return ""
    return ask.pick(filled("accounts_served_at" if public else "accounts_served", public))


def _scope(ask: Ask) -> set[str]:
    """Return the organisations that the page is about: all for a keeper, those administered for an office."""
    if ask.actor.keeps_accounts:
        return set(ask.tree)
    below = ask.tree.below(ask.branch) if ask.branch else set(ask.tree)
    return {code for code in below if ask.actor.administers(code, ask.tree)}


def _concerns(account: Account, scope: frozenset[str] | set[str]) -> bool:
    return any(grant.organisation in scope for grant in account.grants)


def _shown(ask: Ask, account: Account, scope: frozenset[str] | set[str]) -> dict[str, Any]:
    grants = [
        {
            "role": grant.role,
            "label": ask.pick(POWERS[grant.role].label),
            "organisation": grant.organisation,
            "over": ask.tree.name_of(grant.organisation) if grant.organisation else "",
            "may": account.code != ask.actor.code and ask.actor.may_grant(grant, ask.tree),
        }
        for grant in account.grants
        if ask.actor.keeps_accounts or grant.organisation in scope
    ]
    may = _may_all(ask, account)
    tokens = _tokens(ask, account.code) if may or account.code == ask.actor.code else []
    return {"account": account, "grants": grants, "may": may, "tokens": tokens}


def _tokens(ask: Ask, code: str) -> list[Token]:
    """Return an account's tokens that hold, the newest first."""
    zone = ask.desk.zone
    return [
        Token(
            one.name or "",
            ask.local(one.ends_at, zone) if one.ends_at else "",
            bool(one.read_only),
            ask.local(one.seen_at, zone)[:10] if one.seen_at >= one.created_at else "",
        )
        for one in secrets_of(ask.desk.store, code, "token", ask.now)
    ]


def _may_all(ask: Ask, account: Account) -> bool:
    """Whether every grant of an account is the actor's to take: then the whole account is."""
    if account.code == ask.actor.code:
        return False
    return bool(ask.actor.keeps_accounts) or (
        bool(account.grants) and all(ask.actor.may_grant(grant, ask.tree) for grant in account.grants)
    )


def _change(ask: Ask) -> Made:
    """Do what was asked; return the secret that was made by it, where one was."""
    store, now, by = ask.desk.store, ask.now, ask.actor.code
    code, do = ask.form.text("code"), ask.form.text("do")
    if do == "revoke_token" and code == by:
        # It takes away, and gives nothing: one may end one's own.
        return _end_token(ask, code)
    if code == by and not ask.actor.holder:
        raise Problematic(403, WORDS["not_own_grants"])
    if do == "add":
        return Made(invite=kept.add_account(store, code, _granted(ask), by=by, now=now))
    account = find_account(store, code)
    if account is None or not (ask.actor.keeps_accounts or _visible(ask, account)):
        raise Problematic(404, WORDS["hidden_page"])
    match do:
        case "grant":
            kept.give(store, code, _granted(ask), by=by, now=now)
        case "revoke":
            kept.take(store, code, _granted(ask), by=by, now=now)
        case "disable" if _may_all(ask, account):
            kept.disable(store, code, by=by, now=now)
        case "invite" if _may_all(ask, account):
            return Made(invite=kept.invite(store, code, by=by, now=now))
        case "token" if _may_all(ask, account):
            return _make_token(ask, code)
        case "revoke_token" if _may_all(ask, account):
            return _end_token(ask, code)
        case _:
            raise Problematic(403, WORDS["no_right"])
    return Made()


def _make_token(ask: Ask, code: str) -> Made:
    days = ask.form.text("days")
    token = make_token(
        ask.desk.store,
        code,
        ask.form.text("name"),
        days=int(days) if days.isascii() and days.isdecimal() and len(days) < 10 else 0,
        read_only=ask.form.text("scope") != "write",
        by=ask.actor.code,
        now=ask.now,
    )
    return Made(token=token)


def _end_token(ask: Ask, code: str) -> Made:
    if not revoke_token(ask.desk.store, code, ask.form.text("name"), by=ask.actor.code, now=ask.now):
        raise Problematic(404, WORDS["hidden_page"])
    return Made()


def _visible(ask: Ask, account: Account) -> bool:
    return _concerns(account, ask.desk.readable)


def _granted(ask: Ask) -> list[Grant]:
    """Return the grants that were asked for; an organisation out of sight is one that is not there."""
    seen = set(ask.tree) if ask.actor.keeps_accounts else ask.desk.readable
    sight = Tree({code: ask.tree[code] for code in seen})
    grants = grants_for(ask.form.text("role"), ask.form.all("organisation"), sight)
    if not all(ask.actor.may_grant(grant, ask.tree) for grant in grants):
        raise Problematic(403, WORDS["no_right"])
    return grants
