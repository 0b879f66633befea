"""Disks that are full or read-only, a file that is locked, connections that break off at a commit."""

import sqlite3
import subprocess
import tempfile
from contextlib import closing, suppress
from pathlib import Path

from ledger.store.setup import init
from tests import postgres
from tests.disks import fill, small_disk
from tests.proxies import at_commit, proxy
from tests.soak.ledgers import fresh, head, import_file, loss_of, register, said
from tests.soak.table import Row, Share

_OUTSIDE = ("Traceback", "Exception ignored", "inside zhibu")


def _complaint(err: str) -> str | None:
    """Say what stands on the terminal that is no sentence of ours."""
    return next((f"{word}: {err[-300:]}" for word in _OUTSIDE if word in err), None)


def disks(share: Share) -> list[Row]:
    """Import into, and export to, a disk that is nearly full; write to one that is read-only."""
    full, out, still = (
        Row("ledger on a full disk"),
        Row("export to a full disk"),
        Row("ledger on a read-only disk"),
    )
    with tempfile.TemporaryDirectory() as name, small_disk(Path(name) / "disk", 2_000) as disk:
        url = fresh(disk, "ledger.db")
        file, other = Path(name) / "in.jsonl", Path(name) / "other"
        other.mkdir()
        for number in share.until_over(40):
            lines = import_file(file, number, 300)
            before = head(url)
            fill(disk, leaving=share.dice.randrange(0, 200_000))
            status, _, err = said(url, "import", str(file))
            (disk / "filler").unlink()
            full.note(_complaint(err) or loss_of(url, before, {lines} if status == 0 else {0}))
            target = disk / share.dice.choice(["log.jsonl", "log.csv", "log.xlsx", "copy.db"])
            fill(disk, leaving=share.dice.randrange(0, 60_000))
            command = ("backup",) if target.suffix == ".db" else ("export",)
            status, _, err = said(url, *command, str(target))
            (disk / "filler").unlink()
            left = [path.name for path in disk.iterdir() if "unfinished" in path.name]
            loss = _complaint(err) or (f"left: {left}" if left else None)
            if loss is None and status and target.exists():
                loss = "half a file stands there"
            out.note(loss)
            target.unlink(missing_ok=True)
            with suppress(subprocess.CalledProcessError):
                subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True, capture_output=True)
                status, _, err = said(url, "import", str(file))
                subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
                loss = _complaint(err) or (None if status == 1 else "no refusal")
                still.note(loss or loss_of(url, head(url), {0}))
            if disk.stat() and (disk / "ledger.db").stat().st_size > 1_200_000:
                (disk / "ledger.db").unlink()
                url = fresh(disk, "ledger.db")
    return [full, out, still]


def locks(share: Share) -> list[Row]:
    """A file that another program keeps locked for more than 30 seconds, and for less."""
    row = Row("a locked file: waited for, or told after 30 seconds")
    with tempfile.TemporaryDirectory() as name:
        url = fresh(Path(name), "ledger.db")
        for _ in share.until_over(2):
            before = head(url)
            with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                words = ("log", "meeting-held", "--branch", "b1", "--on", "2019-03-12", "--kind", "study")
                status, _, err = said(url, *words)
                other.rollback()
            loss = None if status == 1 and "holds its lock" in err else f"{status}: {err[-200:]}"
            row.note(loss or _complaint(err) or loss_of(url, before, {0}))
    return [row]


def connections(share: Share) -> list[Row]:
    """Connections to a server that are cut at a commit, before the server hears of it or after."""
    binaries = postgres.find_binaries()
    if binaries is None:
        return []
    rows = {how: Row(f"connection cut at COMMIT, {how} the server got it") for how in ("before", "after")}
    with (
        tempfile.TemporaryDirectory(prefix="zb", dir="/tmp") as name,
        postgres.running(binaries) as server,
    ):
        url = server.create("ledger")
        init(url)
        register(url)
        with proxy(url, Path(name) / "p") as between:
            for number in share.until_over(60):
                how = share.dice.choice(list(rows))
                lost = share.dice.random() < 0.5
                before, cuts = head(url), between.cuts

                def cut(sent: bytes, how: str = how, cuts: int = cuts, lost: bool = lost) -> str | None:
                    if between.cuts > cuts or b"COMMIT\0" not in sent:
                        return None
                    between.closed = lost
                    return at_commit(how)(sent)

                between.cut = cut
                words = ("log", "meeting-held", "--branch", "b1", "--on", "2019-03-12", "--kind", "study")
                status, out, err = said(between.url, *words, "--topic", f"cut {number}")
                between.closed, between.cut = False, lambda _: None
                rows[how].note(_complaint(err) or _told(url, before, how, lost, status, out, err))
    return list(rows.values())


def _told(url: str, before: object, how: str, lost: bool, status: int, out: str, err: str) -> str | None:
    """Whether what was said is what happened."""
    from ledger.store.codec import Head

    assert isinstance(before, Head)
    loss = loss_of(url, before, {1 if how == "after" else 0})
    if loss is not None:
        return loss
    if lost:
        return None if status == 1 and "is not known" in err else f"{status}: {out} {err}"
    if how == "after":
        return None if status == 0 and out.startswith("logged") else f"{status}: {out} {err}"
    return None if status == 1 and "nothing of this was recorded" in err else f"{status}: {out} {err}"
