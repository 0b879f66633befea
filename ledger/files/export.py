"""The log as files: JSON Lines with everything, CSV and XLSX with what a client can say.

In: a ledger and a stream. Out: JSON Lines that `restore` makes the same ledger of, to the hash; or sheets
whose rows, imported again, are all found to be there already. Deliberately absent: choosing events; the whole
log up to the head at the call goes out.

Certificates (`score_sealed`) hold whole rubrics and answers, longer than a cell of a workbook may be, and no
sheet can bring them in: sheets leave them out and say how many.
"""

from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

import orjson

from ledger.events import CATALOGUE, cells_of
from ledger.events.stored import upcast
from ledger.files.formats import write_jsonl, write_records
from ledger.files.headers import columns_of
from ledger.files.workbook import EventBook
from ledger.store.codec import Recorded
from ledger.store.event_store import Store
from ledger.words import Language

LEFT_OUT = frozenset({"score_sealed"})
_ENVELOPE = ("type", "id", "branch", "occurred_on", "counts_for", "recorded_by")
_PROGRESS = 5_000

Progress = Callable[[int], None]
Named = Callable[[str, str], str]
"""Shows a member of a branch: the code with the name beside it."""


class Exported(NamedTuple):
    """How many events a file holds, and how many of the log it does not."""

    events: int
    left_out: int


def export_jsonl(store: Store, stream: BinaryIO, on_progress: Progress | None = None) -> Exported:
    """Write the whole log as JSON Lines with everything that the store set, too."""
    return Exported(write_jsonl(stream, _counted(store.read(), on_progress)), 0)


def export_csv(store: Store, stream: BinaryIO, on_progress: Progress | None = None) -> Exported:
    """Write the log as one table: the columns of all types in it, by their stored names."""
    head = store.head().position
    words = [word for word in CATALOGUE if any(True for _ in store.read(upto=head, types={word}))]
    columns = [column for word in words if word not in LEFT_OUT for column in columns_of(word)]
    keys = list(dict.fromkeys([*_ENVELOPE, *(column.key for column in columns)]))
    events = left_out = 0

    def records() -> Iterator[list[str]]:
        nonlocal events, left_out
        yield keys
        for recorded in _counted(store.read(upto=head), on_progress):
            if recorded.type in LEFT_OUT:
                left_out += 1
            else:
                events += 1
                texts = {"type": recorded.type, **texts_of(recorded)}
                yield [texts.get(key, "") for key in keys]

    write_records(stream, records())
    return Exported(events, left_out)


def export_xlsx(
    store: Store,
    stream: BinaryIO,
    on_progress: Progress | None = None,
    language: Language | None = None,
    named: Named | None = None,
) -> Exported:
    """Write the log as a workbook, one sheet a type, named after it: in a language, or in stored words.

    `named` puts names beside the codes of members (`yx02（刘芳）`).

    Raises `Refused` where a sheet, or a cell, would hold more than a workbook can.
    """
    events = left_out = 0
    with EventBook(language) as book:
        for recorded in _counted(store.read(), on_progress):
            if recorded.type in LEFT_OUT:
                left_out += 1
            else:
                texts = texts_of(recorded)
                if named is not None:
                    _put_names(texts, recorded.branch, named)
                book.add(recorded.type, recorded.position, texts)
                events += 1
        book.save(stream)
    return Exported(events, left_out)


def _put_names(texts: dict[str, str], branch: str, named: Named) -> None:
    if "member" in texts:
        texts["member"] = named(branch, texts["member"])
    codes = texts.get("on_leave", "")
    if codes and not codes.startswith("["):
        texts["on_leave"] = "、".join(named(branch, code) for code in codes.split(", "))


def texts_of(recorded: Recorded) -> dict[str, str]:
    """Return the cells of an event by the keys of its type's columns, the type left out."""
    word = recorded.type
    payload = upcast(word, recorded.schema_version, orjson.loads(recorded.data))
    texts = cells_of(word, payload)
    cells = {
        column.key: texts[column.name]
        for column in columns_of(word)
        if column.of_payload and column.name in texts
    }
    envelope = {
        "id": recorded.id,
        "branch": recorded.branch,
        "occurred_on": recorded.occurred_on,
        "counts_for": recorded.counts_for,
        "recorded_by": recorded.recorded_by,
    }
    return cells | {name: text for name, text in envelope.items() if text is not None}


def _counted(events: Iterator[Recorded], on_progress: Progress | None) -> Iterator[Recorded]:
    for done, event in enumerate(events, start=1):
        yield event
        if on_progress is not None and done % _PROGRESS == 0:
            on_progress(done)
