"""Accounts: those in one's scope, or all for a keeper; made, granted, revoked, disabled, invited.

In: codes, roles, organisations. Out: accounts, and the link of an invite, shown once. Deliberately absent:
one's own grants, which nobody changes.
"""

from typing import Any

from ledger.access import accounts as kept
from ledger.access.accounts import Account, find_account, grants_for, read_accounts
from ledger.access.actors import Grant
from ledger.access.roles import POWERS, ROLES
from ledger.access.scopes import Tree
from ledger.errors import Refused
from web.forms import without_place
from web.request.asked import Answer, Ask, Page, Problematic
from web.words import WORDS


def accounts(ask: Ask) -> Answer:
    """List accounts; change what may be changed."""
    problems: list[str] = []
    link = ""
    if ask.posted:
        try:
            link = _change(ask)
        except Refused as refused:
            problems = [without_place(one, ask.language) for one in refused.problems]
    keeps = ask.actor.keeps_accounts
    scope = _scope(ask)
    listed = [
        _shown(ask, one, scope) for one in read_accounts(ask.desk.store) if keeps or _concerns(one, scope)
    ]
    roles = ROLES if keeps else ("secretary", "reader", "department", "office")
    values: dict[str, Any] = {
        "listed": listed,
        "link": f"{ask.site.public}/invite/{link}" if link else "",
        "roles": [(role, ask.pick(POWERS[role].label), POWERS[role].everywhere) for role in roles],
        "organisations": [(code, ask.tree.name_of(code)) for code in sorted(scope)],
        "typed": {name: ask.form.text(name) for name in ("code", "role")},
        "chosen": ask.form.all("organisation"),
        "problems": problems,
        "action": ask.path,
    }
    return Page("office/accounts.html", values, 422 if problems else 200)


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
    return {"account": account, "grants": grants, "may": _may_all(ask, account)}


def _may_all(ask: Ask, account: Account) -> bool:
    """Whether every grant of an account is the actor's to take: then the whole account is."""
    if account.code == ask.actor.code:
        return False
    return bool(ask.actor.keeps_accounts) or (
        bool(account.grants) and all(ask.actor.may_grant(grant, ask.tree) for grant in account.grants)
    )


def _change(ask: Ask) -> str:
    """Do what was asked; return the secret of an invite where one was made."""
    store, now, by = ask.desk.store, ask.now, ask.actor.code
    code, do = ask.form.text("code"), ask.form.text("do")
    if code == by and not ask.actor.holder:
        raise Problematic(403, WORDS["not_own_grants"])
    if do == "add":
        return kept.add_account(store, code, _granted(ask), by=by, now=now)
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
            return kept.invite(store, code, by=by, now=now)
        case _:
            raise Problematic(403, WORDS["no_right"])
    return ""


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
