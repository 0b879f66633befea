"""Accounts: codes with grants, made by a keeper, an office or the command line.

In: a code, roles, organisations. Out: accounts; their invites; actors. Deliberately absent: names, addresses,
anything else about a person; whether the one who asks may do it (`actors` decides, the door asks).
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from ledger.access.actors import Actor, Grant
from ledger.access.passwords import hashed, is_right, password_problem
from ledger.access.roles import POWERS, ROLES, Role
from ledger.access.rows import Run, rows, writing
from ledger.access.scopes import Tree, read_tree
from ledger.access.secrets import (
    INVITE,
    KEPT,
    Kept,
    Kind,
    digest_of,
    end_all,
    find_secret,
    if_it_holds,
    new_secret,
    put_secret,
)
from ledger.access.visits import note_in
from ledger.errors import Refused
from ledger.events.values.fields import MEMBER_CODE, MEMBER_FORM
from ledger.events.values.shown import shown
from ledger.problems import Problem
from ledger.store.codec import instant_text
from ledger.store.event_store import Store
from ledger.words import Language, Words


class Account(NamedTuple):
    """An account. `entered`: whether it can come in, by a password that was chosen or a provider's identity
    that was bound; `disabled`: whether it may not come in any more."""

    code: str
    language: Language | None
    entered: bool
    disabled: bool
    grants: tuple[Grant, ...]

    @property
    def actor(self) -> Actor:
        """The account as an actor; without any right where it is disabled."""
        return Actor(self.code, () if self.disabled else self.grants)


_COLUMNS = (
    "code, language, password IS NOT NULL OR EXISTS"
    " (SELECT 1 FROM account_identities WHERE account = code), disabled_at IS NOT NULL, role, organisation"
)
_GRANTS = "LEFT JOIN grants ON grants.account = code"
_EVERY = f"SELECT {_COLUMNS} FROM accounts {_GRANTS}"


def find_account(store: Store, code: str) -> Account | None:
    """Return an account, None where there is none."""
    found = _gathered(rows(store, f"{_EVERY} WHERE code = ? ORDER BY role, organisation", (code,)))
    return found[0] if found else None


def read_accounts(store: Store) -> list[Account]:
    """Return every account, in order of code."""
    return _gathered(rows(store, f"{_EVERY} ORDER BY code, role, organisation"))


def entered_by(store: Store, kind: Kind, secret: str, now: datetime) -> tuple[Kept, Account] | None:
    """Return what a secret stands for and its account, asked for at once; None where either does not hold."""
    found = rows(
        store,
        f"SELECT {_COLUMNS}, {KEPT} FROM secrets JOIN accounts ON code = secrets.account {_GRANTS}"
        " WHERE digest = ? AND kind = ? ORDER BY role, organisation",
        (digest_of(secret), kind),
    )
    if not found:
        return None
    kept, [account] = if_it_holds(Kept(*found[0][6:]), now), _gathered(row[:6] for row in found)
    return None if kept is None or account.disabled else (kept, account)


def _gathered(found: Iterable[Sequence[Any]]) -> list[Account]:
    """Make accounts of rows, one a grant, or one without a grant."""
    accounts: dict[str, Account] = {}
    for code, language, entered, disabled, role, organisation in found:
        one = accounts.get(code) or Account(code, language, bool(entered), bool(disabled), ())
        added = (Grant(role, organisation),) if role in ROLES else ()
        accounts[code] = one._replace(grants=(*one.grants, *added))
    return list(accounts.values())


def grants_for(role: str, organisations: Iterable[str], tree: Tree) -> list[Grant]:
    """Return the grants of a role over organisations. Raises Refused: no such role, none named, not there."""
    if role not in ROLES:
        raise Refused([_unknown_role(role)])
    word: Role = role
    named = list(dict.fromkeys(organisations))
    if POWERS[word].everywhere:
        if named:
            raise Refused([_not_over_one(word)])
        return [Grant(word)]
    if not named:
        raise Refused([_over_none(word)])
    problems = [
        Problem(Words("应为已登记的党组织", "must be a registered organisation"), "organisation", shown(code))
        for code in named
        if code not in tree
    ]
    if problems:
        raise Refused(problems)
    return [Grant(word, code) for code in named]


def add_account(store: Store, code: str, grants: Iterable[Grant], *, by: str | None, now: datetime) -> str:
    """Make an account with its grants and return the secret of its invite.

    Raises Refused for a code that no account can have, or that was given before.
    """
    if not re.fullmatch(MEMBER_CODE, code):
        raise Refused([Problem(MEMBER_FORM, "code", shown(code))])
    secret = new_secret()
    with writing(store) as run:
        if run("SELECT 1 FROM accounts WHERE code = ?", (code,)):
            raise Refused([_taken(code)])
        run("INSERT INTO accounts (code, created_at) VALUES (?, ?)", (code, instant_text(now)))
        note_in(run, now, "account", by, detail=code)
        for grant in grants:
            _give(run, code, grant, by, now)
        put_secret(run, secret, "invite", code, now, lasts=INVITE)
    return secret


def invite(store: Store, code: str, *, by: str | None, now: datetime) -> str:
    """Make a fresh invite of an account, ending older ones, and return its secret."""
    secret = new_secret()
    with writing(store) as run:
        require(run, code)
        end_all(run, code, ["invite"])
        put_secret(run, secret, "invite", code, now, lasts=INVITE)
        note_in(run, now, "invite", by, detail=code)
    return secret


def give(store: Store, code: str, grants: Iterable[Grant], *, by: str | None, now: datetime) -> None:
    """Give grants to an account; those it has already change nothing."""
    with writing(store) as run:
        require(run, code)
        for grant in grants:
            _give(run, code, grant, by, now)


def take(store: Store, code: str, grants: Iterable[Grant], *, by: str | None, now: datetime) -> int:
    """Take grants from an account; return how many it had.

    Calendars that only a lost grant let it read end with the grant, for good: granted again, the account
    makes new ones.
    """
    taken = 0
    tree = read_tree(store)
    with writing(store) as run:
        require(run, code)
        for role, organisation in grants:
            values = (code, role, organisation)
            mine = "FROM grants WHERE account = ? AND role = ? AND organisation = ?"
            if run(f"SELECT 1 {mine}", values):
                run(f"DELETE {mine}", values)
                note_in(run, now, "revoke", by, organisation=organisation or None, detail=f"{code} {role}")
                taken += 1
        _end_calendars(run, code, tree)
    return taken


def _end_calendars(run: Run, code: str, tree: Tree) -> None:
    """End the calendars of what an account may not read any more."""
    held = run("SELECT role, organisation FROM grants WHERE account = ?", (code,))
    actor = Actor(code, tuple(Grant(role, organisation) for role, organisation in held))
    calendars = "FROM secrets WHERE kind = 'calendar' AND account = ?"
    for (name,) in run(f"SELECT DISTINCT name {calendars}", (code,)):
        if not actor.may_read(name, tree):
            run(f"DELETE {calendars} AND name = ?", (code, name))


def disable(store: Store, code: str, *, by: str | None, now: datetime) -> None:
    """Let an account in no more: its sessions, tokens, invites and calendars end. Its code stays taken."""
    with writing(store) as run:
        require(run, code)
        run("UPDATE accounts SET disabled_at = ? WHERE code = ?", (instant_text(now), code))
        end_all(run, code, ["session", "browser", "invite", "token", "calendar", "flow"])
        note_in(run, now, "disable", by, detail=code)


def choose_password(store: Store, secret: str, password: str, now: datetime) -> str | None:
    """Trade an invite for a password, once; return the account's code, None where the invite does not hold.

    Raises Refused for a password that will not do. Every session of the account ends.
    """
    problem = password_problem(password)
    if problem is not None:
        raise Refused([problem])
    kept = find_secret(store, "invite", secret, now)
    if kept is None:
        return None
    new = hashed(password)
    with writing(store) as run:
        if not run("SELECT 1 FROM secrets WHERE digest = ?", (digest_of(secret),)):
            return None
        _set_password(run, kept.account, new, now)
    return kept.account


def change_password(store: Store, code: str, old: str, new: str, now: datetime) -> None:
    """Replace a password; every session ends. Raises Refused: the old one wrong, the new one bad."""
    if not is_right(password_of(store, code), old):
        raise Refused([Problem(Words("不对", "is not right"), "old")])
    problem = password_problem(new)
    if problem is not None:
        raise Refused([problem])
    kept = hashed(new)
    with writing(store) as run:
        _set_password(run, code, kept, now)


def password_of(store: Store, code: str) -> str | None:
    """Return the hash that is kept for an account that may come in."""
    found = rows(store, "SELECT password FROM accounts WHERE code = ? AND disabled_at IS NULL", (code,))
    return found[0][0] if found else None


def set_language(store: Store, code: str, language: Language) -> None:
    """Keep the language in which an account wants its pages."""
    with writing(store) as run:
        run("UPDATE accounts SET language = ? WHERE code = ?", (language, code))


def calendar_holds(store: Store, kept: Kept, tree: Tree) -> bool:
    """Whether the owner of a calendar may still read the organisation that it is of."""
    account = find_account(store, kept.account)
    return account is not None and kept.name is not None and account.actor.may_read(kept.name, tree)


def _set_password(run: Run, code: str, kept: str, now: datetime) -> None:
    run("UPDATE accounts SET password = ? WHERE code = ? AND disabled_at IS NULL", (kept, code))
    end_all(run, code, ["session", "invite"])
    note_in(run, now, "password", code)


def _give(run: Run, code: str, grant: Grant, by: str | None, now: datetime) -> None:
    values = (code, grant.role, grant.organisation)
    if run("SELECT 1 FROM grants WHERE account = ? AND role = ? AND organisation = ?", values):
        return
    run("INSERT INTO grants (account, role, organisation) VALUES (?, ?, ?)", values)
    detail = f"{code} {grant.role}"
    note_in(run, now, "grant", by, organisation=grant.organisation or None, detail=detail)


def require(run: Run, code: str) -> None:
    """Raise Refused where there is no such account, or it is disabled."""
    found = run("SELECT disabled_at FROM accounts WHERE code = ?", (code,))
    if not found:
        raise Refused([Problem(Words("应为已有的账户", "must be an account"), "code", shown(code))])
    if found[0][0] is not None:
        raise Refused(
            [Problem(Words("不得为已停用的账户", "must not be a disabled account"), "code", shown(code))]
        )


def _unknown_role(role: str) -> Problem:
    known = "、".join(ROLES)
    return Problem(Words(f"应为 {known} 之一", f"must be one of {', '.join(ROLES)}"), "role", shown(role))


def _not_over_one(role: Role) -> Problem:
    words = Words(
        f"不得给出：{role} 的权限及于整个台账", f"must be left out: {role} is granted over the whole ledger"
    )
    return Problem(words, "organisation")


def _over_none(role: Role) -> Problem:
    zh, en = (POWERS[role].label.pick(language) for language in ("zh", "en"))
    return Problem(
        Words(f"必须给出：{zh}的权限及于哪些党组织", f"must be given: {en} over which organisations"),
        "organisation",
    )


def _taken(code: str) -> Problem:
    return Problem(
        Words("不得为已有的账户", "must not be an account that is there already"),
        "code",
        shown(code),
        Words("代码从不重复使用：请换一个", "A code is never given twice: choose another"),
    )
