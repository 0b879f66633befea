"""Whom a provider of identities knows an account as: bound once, under an invite, and found again.

In: an issuer, and the subject that it vouched for. Out: an account's code. Deliberately absent: asking the
provider (the door's); names and addresses that it could tell; accounts that would make themselves.
"""

from datetime import datetime

from ledger.access.rows import rows, writing
from ledger.access.secrets import end_all
from ledger.access.visits import note_in
from ledger.errors import Refused
from ledger.problems import Problem
from ledger.store.codec import instant_text
from ledger.store.event_store import Store
from ledger.words import Words


def account_of(store: Store, issuer: str, subject: str) -> str | None:
    """Return the code of the account to which a subject is bound, disabled or not; None where to none."""
    found = rows(
        store, "SELECT account FROM account_identities WHERE issuer = ? AND subject = ?", (issuer, subject)
    )
    return found[0][0] if found else None


def bind_identity(store: Store, invite: str, issuer: str, subject: str, now: datetime) -> str | None:
    """Trade an invite, named by its digest, for a binding; return the account's code.

    None where the invite does not hold any more. Whom the issuer knew the account as before is forgotten, and
    its sessions end. Raises Refused where the subject is bound to another account that may come in.
    """
    with writing(store) as run:
        at = instant_text(now)
        found = run(
            "SELECT account FROM secrets WHERE digest = ? AND kind = 'invite' AND ends_at > ?", (invite, at)
        )
        if not found:
            return None
        code: str = found[0][0]
        others = run(
            "SELECT 1 FROM account_identities JOIN accounts ON account = code"
            " WHERE issuer = ? AND subject = ? AND code <> ? AND disabled_at IS NULL",
            (issuer, subject, code),
        )
        if others:
            raise Refused([_TAKEN])
        run(
            "DELETE FROM account_identities WHERE issuer = ? AND (account = ? OR subject = ?)",
            (issuer, code, subject),
        )
        run(
            "INSERT INTO account_identities (issuer, subject, account, created_at) VALUES (?, ?, ?, ?)",
            (issuer, subject, code, at),
        )
        end_all(run, code, ["session", "invite"])
        note_in(run, now, "bind", code)
    return code


_TAKEN = Problem(
    Words("不得已绑定到另一个账户", "must not be bound to another account already"),
    "sub",
    hint=Words(
        "请直接登录；要换账户，请先停用原来的账户",
        "Log in with it; to change accounts, have the other one disabled first",
    ),
)
