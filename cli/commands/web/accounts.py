"""`zhibu account`: who may come in by the web, over which organisations, and by which tokens.

In: codes, roles, organisations. Out: accounts, links, tokens. Deliberately absent: what roles may do
(`ledger.access`); names of people: an account is a code.
"""

from typing import Annotated

import typer

from cli.commands.options import Branches, TableOrJson, one_of
from cli.context import Door, SaysNo, door_of
from cli.ui.language import both
from cli.ui.tables import Column, Table
from ledger.access.roles import POWERS, ROLES
from ledger.access.secrets import PUBLIC_URL
from ledger.words import Words

_Code = Annotated[str, typer.Argument(metavar="CODE", help=both("账户代码", "the account's code"))]
_Role = Annotated[
    str,
    typer.Option(
        "--role",
        metavar="ROLE",
        help=both(
            "\n".join(["角色", *(f"{role}：{POWERS[role].does.zh}" for role in ROLES)]),
            "\n".join(["the role", *(f"{role}: {POWERS[role].does.en}" for role in ROLES)]),
        ),
    ),
]
_Name = Annotated[str, typer.Option("--name", metavar="NAME", help=both("令牌名称", "the token's name"))]


def add(context: typer.Context, code: _Code, role: _Role, branch: Branches = None) -> None:
    """Make an account, and print the link under which its owner chooses a password."""
    from ledger.access.accounts import add_account, grants_for
    from ledger.access.scopes import read_tree

    door = door_of(context)
    with door.open() as store:
        grants = grants_for(role, branch or (), read_tree(store))
        secret = add_account(store, code, grants, by=None, now=door.now())
        public = store.setting(PUBLIC_URL)
    _link(door, public, secret)


def invite(context: typer.Context, code: _Code) -> None:
    """Print a fresh link under which the owner of an account chooses a password."""
    from ledger.access.accounts import invite as make

    door = door_of(context)
    with door.open() as store:
        secret = make(store, code, by=None, now=door.now())
        public = store.setting(PUBLIC_URL)
    _link(door, public, secret)


def _link(door: Door, public: str | None, secret: str) -> None:
    """Print the link, whole where a server of this ledger has told its address."""
    door.screen.say(f"{public or ''}/invite/{secret}")
    if public is None:
        door.screen.warn(
            Words(
                "七天内有效，只能用一次。尚不知道服务器的地址（zhibu web --serve --public-url "
                "启动过一次即知）：请接在服务器的地址之后，交给本人。",
                "Good once, for seven days. The server's address is not known yet (it is, once `zhibu web "
                "--serve --public-url` has run): put the link behind it and give it to its owner.",
            )
        )
        return
    door.screen.warn(
        Words("七天内有效，只能用一次：请交给本人。", "Good once, for seven days: give it to its owner.")
    )


def grant(context: typer.Context, code: _Code, role: _Role, branch: Branches = None) -> None:
    """Give an account a role over organisations."""
    from ledger.access.accounts import give, grants_for
    from ledger.access.scopes import read_tree

    door = door_of(context)
    with door.open() as store:
        give(store, code, grants_for(role, branch or (), read_tree(store)), by=None, now=door.now())
    door.screen.say(Words(f"已授予 {code}：{role}。", f"granted to {code}: {role}."), "good")


def revoke(context: typer.Context, code: _Code, role: _Role, branch: Branches = None) -> None:
    """Take a role over organisations from an account."""
    from ledger.access.accounts import grants_for, take
    from ledger.access.scopes import read_tree

    door = door_of(context)
    with door.open() as store:
        taken = take(store, code, grants_for(role, branch or (), read_tree(store)), by=None, now=door.now())
    if not taken:
        raise SaysNo(Words(f"{code} 没有这项权限。", f"{code} has no such grant."))
    door.screen.say(Words(f"已从 {code} 收回：{role}。", f"taken from {code}: {role}."), "good")


def disable(context: typer.Context, code: _Code) -> None:
    """Let an account in no more; its code stays taken."""
    from ledger.access.accounts import disable as end

    door = door_of(context)
    with door.open() as store:
        end(store, code, by=None, now=door.now())
    door.screen.say(Words(f"已停用 {code}。", f"{code} is disabled."), "good")


def list_accounts(context: typer.Context, format_: TableOrJson = "table") -> None:
    """List the accounts with their grants."""
    from ledger.access.accounts import read_accounts

    door = door_of(context)
    one_of("--format", format_, ("table", "json"))
    with door.open() as store:
        found = read_accounts(store)
    if format_ == "json":
        rows = [
            {
                "account": one.code,
                "grants": [{"role": g.role, "organisation": g.organisation or None} for g in one.grants],
                "entered": one.entered,
                "disabled": one.disabled,
            }
            for one in found
        ]
        door.screen.document(rows)
        return
    if not found:
        door.screen.say(
            Words("还没有账户：zhibu account add。", "There are no accounts yet: `zhibu account add`.")
        )
        return
    table = Table(
        [
            Column(Words("账户", "account"), whole=True),
            Column(Words("权限", "grants")),
            Column(Words("状态", "state")),
        ]
    )
    for one in found:
        held = ", ".join(
            f"{POWERS[g.role].label.pick(door.language)} {g.organisation}".rstrip() for g in one.grants
        )
        state = _DISABLED if one.disabled else _ACTIVE if one.entered else _INVITED
        table.add(one.code, held, state.pick(door.language))
    door.screen.table(table)


_DISABLED, _ACTIVE = Words("停用", "disabled"), Words("可用", "active")
_INVITED = Words("待设密码", "no password yet")


def token(
    context: typer.Context,
    code: _Code,
    name: _Name,
    days: Annotated[
        int, typer.Option("--days", metavar="N", help=both("有效天数", "for how many days it holds"))
    ] = 90,
    read_only: Annotated[
        bool, typer.Option("--read-only", help=both("只能读取", "it may only read"))
    ] = False,
) -> None:
    """Make a token of the JSON interface; it is printed once, alone."""
    from ledger.access.tokens import make_token

    door = door_of(context)
    with door.open() as store:
        made = make_token(store, code, name, days=days, read_only=read_only, by=None, now=door.now())
    door.screen.raw(made + "\n")


def tokens(context: typer.Context, code: _Code) -> None:
    """List the tokens of an account."""
    from ledger.access.accounts import find_account
    from ledger.access.secrets import secrets_of

    door = door_of(context)
    with door.open() as store:
        if find_account(store, code) is None:
            raise SaysNo(Words(f"没有账户 {code}。", f"there is no account {code}."))
        found = secrets_of(store, code, "token", door.now())
        if not found:
            door.screen.say(Words("没有令牌。", "There are no tokens."))
        for kept in found:
            until = door.local(kept.ends_at or kept.created_at)
            only = Words("，只读", ", read-only").pick(door.language) if kept.read_only else ""
            used = _used(door, kept.created_at, kept.seen_at)
            door.screen.say(
                Words(
                    f"{kept.name}，有效至 {until}{only}{used.zh}",
                    f"{kept.name}, until {until}{only}{used.en}",
                )
            )


def _used(door: Door, made: str, seen: str) -> Words:
    if seen < made:
        return Words("，尚未用过", ", never used")
    return Words(f"，最近使用 {door.local(seen)[:10]}", f", last used {door.local(seen)[:10]}")


def revoke_token(context: typer.Context, code: _Code, name: _Name) -> None:
    """End a token; it holds no more from the next request on."""
    from ledger.access.tokens import revoke_token as end

    door = door_of(context)
    with door.open() as store:
        ended = end(store, code, name, by=None, now=door.now())
    if not ended:
        raise SaysNo(Words(f"{code} 没有名为 {name} 的令牌。", f"{code} has no token named {name}."))
    door.screen.say(Words(f"已撤销 {name}。", f"{name} is revoked."), "good")
