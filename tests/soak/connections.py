"""Connections to a server that are cut at a commit, before the server hears of it or after."""

import tempfile
from pathlib import Path

from ledger.store.codec import Head
from ledger.store.setup import init
from tests import postgres
from tests.proxies import Proxy, at_commit, proxy
from tests.soak.ledgers import MEETING, head, loss_of, register, said
from tests.soak.places import complaint
from tests.soak.table import Row, Share

CUTS = 80


def cut(share: Share) -> list[Row]:
    """Cut the connection of a single entry, and have the server be there or not when it is asked again."""
    binaries = postgres.find_binaries()
    if binaries is None:
        return []
    rows = {
        how: Row(f"connection cut at COMMIT, {how} the server got it", CUTS // 2)
        for how in ("before", "after")
    }
    # A socket's path has its bounds.
    with tempfile.TemporaryDirectory(prefix="zb", dir="/tmp") as name, postgres.running(binaries) as server:
        url = server.create("ledger")
        init(url)
        register(url)
        with proxy(url, Path(name) / "p") as between:
            for number in share.until_over(CUTS):
                how, gone = ("before", "after")[number % 2], share.dice.random() < 0.5
                before = head(url)
                between.cut = _Cutting(between, how, gone)
                status, out, err = said(between.url, *MEETING, "--topic", f"cut {number}")
                between.closed, between.cut = False, lambda _: None
                rows[how].note(complaint(err) or _told(url, before, how, gone, status, out, err))
    return list(rows.values())


class _Cutting:
    """Cut once; afterwards let nobody in again where the server is to be `gone`."""

    def __init__(self, between: Proxy, how: str, gone: bool) -> None:
        self.between, self.how, self.gone, self.cuts = between, how, gone, between.cuts

    def __call__(self, sent: bytes) -> str | None:
        if self.between.cuts > self.cuts or b"COMMIT\0" not in sent:
            return None
        self.between.closed = self.gone
        return at_commit(self.how)(sent)


def _told(url: str, before: Head, how: str, gone: bool, status: int, out: str, err: str) -> str | None:
    """Whether what was said is what happened."""
    loss = loss_of(url, before, {1 if how == "after" else 0})
    if loss is not None:
        return loss
    if gone:
        return None if status == 1 and "is not known" in err else f"{status}: {out} {err}"
    if how == "after":
        return None if status == 0 and out.startswith("logged") else f"{status}: {out} {err}"
    return None if status == 1 and "nothing of this was recorded" in err else f"{status}: {out} {err}"
