"""Disks that are full or read-only, and a file that is locked."""

import sqlite3
import subprocess
import tempfile
import threading
from contextlib import closing
from pathlib import Path

from ledger.store.sql.connections import LOCK_SECONDS
from tests.disks import fill, small_disk
from tests.soak.ledgers import MEETING, fresh, head, import_file, loss_of, said
from tests.soak.table import Row, Share

_OUTSIDE = ("Traceback", "Exception ignored", "inside zhibu")
_ROUNDS = 40
_LARGEST = 1_200_000
"""Bytes of a ledger on the small disk before it begins anew."""


def complaint(err: str) -> str | None:
    """Say what stands on the terminal that is no sentence of ours."""
    return next((f"{word}: {err[-300:]}" for word in _OUTSIDE if word in err), None)


def disks(share: Share) -> list[Row]:
    """Import into, and export to, a disk that is nearly full; write to one that is read-only."""
    full = Row("ledger on a full disk", _ROUNDS)
    out = Row("file written to a full disk", _ROUNDS)
    still = Row("ledger on a read-only disk", _ROUNDS)
    with tempfile.TemporaryDirectory() as name, small_disk(Path(name) / "disk", 2_000) as disk:
        url, file = fresh(disk, "ledger.db"), Path(name) / "in.jsonl"
        for number in share.until_over(_ROUNDS):
            lines = import_file(file, number, 300)
            before = head(url)
            fill(disk, leaving=share.dice.randrange(0, 200_000))
            status, _, err = said(url, "import", str(file))
            (disk / "filler").unlink()
            full.note(complaint(err) or loss_of(url, before, {lines} if status == 0 else {0}))
            out.note(_written(share, url, disk))
            still.note(_read_only(url, disk, file, there=status == 0))
            if (disk / "ledger.db").stat().st_size > _LARGEST:
                (disk / "ledger.db").unlink()
                url = fresh(disk, "ledger.db")
    return [full, out, still]


_WRITTEN: list[tuple[str, ...]] = [
    ("export", "log.jsonl"),
    ("export", "log.csv"),
    ("export", "log.xlsx"),
    ("backup", "copy.db"),
    ("template", "meeting-held", "empty.xlsx"),
    ("score", "hospital-branch-2019", "--period", "2019", "--branch", "b1", "--output", "score.xlsx"),
    ("score", "hospital-branch-2019", "--period", "2019", "--branch", "b1", "--output", "score.html"),
    (
        "due",
        "--rubric",
        "hospital-branch-2019",
        "--branch",
        "b1",
        "--on",
        "2019-03-01",
        "--output",
        "due.ics",
    ),
]


def _written(share: Share, url: str, disk: Path) -> str | None:
    """Have a command write its file where there is no room, or barely, for it."""
    *words, last = share.dice.choice(_WRITTEN)
    target = disk / last
    fill(disk, leaving=share.dice.randrange(0, 60_000))
    status, _, err = said(url, *words, str(target))
    (disk / "filler").unlink()
    left = [path.name for path in disk.iterdir() if "unfinished" in path.name]
    loss = complaint(err) or (f"left: {left}" if left else None)
    if loss is None and (status != 0) == target.exists():
        loss = f"{words}: status {status}, and the file is {'' if target.exists() else 'not '}there: {err}"
    target.unlink(missing_ok=True)
    return loss


def _read_only(url: str, disk: Path, file: Path, *, there: bool) -> str | None:
    """Import where nothing can be written; what is there already needs no writing, if it can be read."""
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True, capture_output=True)
    try:
        status, out, err = said(url, "import", str(file))
        _, _, also = said(url, "history")
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    refused = status == 1 or (there and out.startswith("appended 0,"))
    loss = complaint(err + also) or (None if refused else f"no refusal: {status}: {out} {err}")
    return loss or loss_of(url, head(url), {0})


def locks(share: Share) -> list[Row]:
    """A file that another program keeps locked for more than 30 seconds, and for less."""
    told = Row("a file locked for longer than 30 seconds: told", 2)
    waited = Row("a file locked for less: waited for", 4)
    with tempfile.TemporaryDirectory() as name:
        url = fresh(Path(name), "ledger.db")
        for number in share.until_over(waited.wanted):
            before = head(url)
            status, out, err = _while_locked(url, share.dice.uniform(0.5, LOCK_SECONDS / 4))
            loss = None if status == 0 and out.startswith("logged") else f"{status}: {out} {err[-200:]}"
            waited.note(loss or complaint(err) or loss_of(url, before, {1}))
            if number >= told.wanted:
                continue
            before = head(url)
            status, _, err = _while_locked(url, LOCK_SECONDS * 2)
            loss = None if status == 1 and "holds its lock" in err else f"{status}: {err[-200:]}"
            told.note(loss or complaint(err) or loss_of(url, before, {0}))
    return [told, waited]


def _while_locked(url: str, seconds: float) -> tuple[int, str, str]:
    """Record a meeting while the file is locked, for so long or until that has ended."""
    file, over = url.removeprefix("sqlite:///"), threading.Event()
    held = threading.Event()

    def hold() -> None:
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            held.set()
            over.wait(seconds)
            other.rollback()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait()
    try:
        return said(url, *MEETING)
    finally:
        over.set()
        holder.join()
