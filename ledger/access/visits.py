"""Visits: who came in, who was refused, what was granted, exported, sealed, erased.

In: what happened, by whom. Out: rows kept for a year, outside the log. Deliberately absent: page views;
nobody's presence is counted. No link, token or secret is ever a detail.
"""

from datetime import datetime, timedelta
from typing import Literal, NamedTuple, get_args

from ledger.access.rows import Run, rows, writing
from ledger.store.codec import instant_text
from ledger.store.event_store import Store
from ledger.words import Words

What = Literal[
    "login", "refused", "logout", "password", "bind", "invite", "account", "grant", "revoke", "disable",
    "token", "token_used", "export", "seal", "erase", "calendar",
]  # fmt: skip
WHATS: tuple[What, ...] = get_args(What)
LABELS: dict[str, Words] = {
    "login": Words("登录", "login"),
    "refused": Words("登录被拒", "refused login"),
    "logout": Words("退出", "logout"),
    "password": Words("设置密码", "password set"),
    "bind": Words("绑定统一身份认证", "bound to a provider of identities"),
    "invite": Words("发出邀请", "invite made"),
    "account": Words("建立账户", "account made"),
    "grant": Words("授予权限", "grant"),
    "revoke": Words("收回权限", "revocation"),
    "disable": Words("停用账户", "account disabled"),
    "token": Words("令牌变更", "token made or revoked"),
    "token_used": Words("使用令牌（每日一次）", "token used (once a day)"),
    "export": Words("导出", "export"),
    "seal": Words("封存", "seal"),
    "erase": Words("删除姓名", "name erased"),
    "calendar": Words("日历订阅变更", "calendar subscription changed"),
}

KEPT = timedelta(days=366)
"""For so long visits are kept, and then deleted; the law of many places asks for six months."""


class Visit(NamedTuple):
    """One visit. `at` is an instant as the log writes it."""

    at: str
    what: str
    account: str | None
    organisation: str | None
    detail: str | None
    origin: str | None


def note(
    store: Store,
    now: datetime,
    what: What,
    account: str | None,
    *,
    organisation: str | None = None,
    detail: str | None = None,
    origin: str | None = None,
) -> None:
    """Keep one visit, and let go of those older than a year."""
    with writing(store) as run:
        note_in(run, now, what, account, organisation=organisation, detail=detail, origin=origin)


def note_in(
    run: Run,
    now: datetime,
    what: What,
    account: str | None,
    *,
    organisation: str | None = None,
    detail: str | None = None,
    origin: str | None = None,
) -> None:
    """Keep one visit within a transaction of this room."""
    run("DELETE FROM visits WHERE at < ?", (instant_text(now - KEPT),))
    run(
        "INSERT INTO visits (at, what, account, organisation, detail, origin) VALUES (?, ?, ?, ?, ?, ?)",
        (instant_text(now), what, account, organisation, detail, origin),
    )


def read_visits(store: Store, *, what: str | None = None, limit: int = 500) -> list[Visit]:
    """Return the latest visits, the newest first."""
    chosen, values = (" WHERE what = ?", [what]) if what else ("", [])
    statement = f"SELECT at, what, account, organisation, detail, origin FROM visits{chosen}"
    return [Visit(*row) for row in rows(store, f"{statement} ORDER BY id DESC LIMIT ?", [*values, limit])]
