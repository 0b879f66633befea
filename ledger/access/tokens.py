"""Tokens of the JSON interface: made by name, ended by name.

In: an account, a name, how long it lasts. Out: the token, shown once. Deliberately absent: what it may do
(`actors`); sessions and other secrets that nobody gives a name.
"""

import re
from datetime import datetime, timedelta

from ledger.access.accounts import require
from ledger.access.rows import writing
from ledger.access.secrets import new_secret, put_secret
from ledger.access.visits import note_in
from ledger.errors import Refused
from ledger.events.values.fields import MEMBER_CODE, MEMBER_FORM
from ledger.events.values.shown import shown
from ledger.problems import Problem
from ledger.store.codec import instant_text
from ledger.store.event_store import Store
from ledger.words import Words

MOST_TOKEN_DAYS = 3_650


def make_token(
    store: Store, code: str, name: str, *, days: int, read_only: bool, by: str | None, now: datetime
) -> str:
    """Make a token of the JSON interface and return it. Raises Refused where the name is taken or bad."""
    if not re.fullmatch(MEMBER_CODE, name):
        raise Refused([Problem(MEMBER_FORM, "name", shown(name))])
    if not 1 <= days <= MOST_TOKEN_DAYS:
        words = Words(f"应为 1 至 {MOST_TOKEN_DAYS}", f"must be 1 to {MOST_TOKEN_DAYS}")
        raise Refused([Problem(words, "days", str(days))])
    secret = f"zhibu_{new_secret()}"
    with writing(store) as run:
        require(run, code)
        holds = "kind = 'token' AND account = ? AND name = ? AND (ends_at IS NULL OR ends_at > ?)"
        if run(f"SELECT 1 FROM secrets WHERE {holds}", (code, name, instant_text(now))):
            hint = Words("请先撤销原来的，或换一个名称", "Revoke the old one first, or choose another name")
            words = Words("不得与现有令牌同名", "must not be the name of a token in use")
            raise Refused([Problem(words, "name", shown(name), hint)])
        lasts = timedelta(days=days)
        put_secret(run, secret, "token", code, now, lasts=lasts, name=name, read_only=read_only)
        note_in(run, now, "token", by, detail=f"+ {code} {name}")
    return secret


def revoke_token(store: Store, code: str, name: str, *, by: str | None, now: datetime) -> bool:
    """End a token by its name; return whether there was one."""
    with writing(store) as run:
        require(run, code)
        there = bool(
            run("SELECT 1 FROM secrets WHERE kind = 'token' AND account = ? AND name = ?", (code, name))
        )
        run("DELETE FROM secrets WHERE kind = 'token' AND account = ? AND name = ?", (code, name))
        if there:
            note_in(run, now, "token", by, detail=f"- {code} {name}")
    return there
