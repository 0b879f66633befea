"""Lines on their way in: read and parsed before the one lock is taken.

In: the lines of a file, as they come. Out: the same lines, parsed, to be gone through as often as need be;
many of them lie in a temporary file meanwhile. Deliberately absent: what the log says of them.

Whoever fills a pipe slowly, and whatever is dear to parse, keeps nobody else from recording: only what has
been parsed once, and is known to end, is gone through inside the lock.
"""

import marshal
import weakref
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from tempfile import TemporaryFile
from typing import Any, NamedTuple

from ledger.errors import LedgerError, Refused
from ledger.events import Event, parse_event, parse_line
from ledger.events.lines import decode_line
from ledger.events.types.organizations import BranchRegistered
from ledger.intake.ready import Ready, ready, ready_line, texts_of_line

# So many lines are kept as they are; so many are refused with their problems.
_AT_HAND = 4_000
_MOST_TOLD = 20_000
# So many lines are put down and taken up together.
_BATCH = 500


class Rejected(NamedTuple):
    """Why a line is no event, and the names (a branch, an id) that it would have brought."""

    refused: Refused
    names: tuple[str, ...]

    def counted(self) -> "Rejected":
        """Return it without its problems, but for their number: so many are never shown."""
        return Rejected(Refused((), self.refused.total), self.names)


class Line(NamedTuple):
    """One line or row that was given, and where it stood.

    `file` is its name as the user gave it (`-` is standard input), `number` its line or row, from 1; both
    None for what came from no file. `raw` is a JSON text, a decoded JSON object, an event parsed already
    (or what was kept of it), or, where it could not even be read, why.
    """

    file: str | None
    number: int | None
    raw: bytes | str | Mapping[str, object] | Event | Ready | Refused | Rejected


# A line as it is put down: file, number, and the texts of its event, or its own text; None: it is kept.
_Item = tuple[str | None, int | None, tuple[object, ...] | bytes] | None


class ParsedLines:
    """Lines that were parsed once; may be iterated over any number of times."""

    def __init__(self, lines: Iterable[Line]) -> None:
        # Lines, or where a batch of them lies in the spool: offset and length.
        self._batches: list[list[Line] | tuple[int, int]] = []
        # Lines that cannot be put down, by their place.
        self._kept: dict[int, Line] = {}
        self._count = self._rejected = 0
        self._spool = TemporaryFile()  # noqa: SIM115 -- closed when these lines are thrown away
        weakref.finalize(self, self._spool.close)
        following = iter(lines)
        while batch := list(islice(following, _BATCH)):
            if self._count < _AT_HAND:
                self._batches.append([self._parsed(line) for line in batch])
            else:
                items = list(map(self._item, range(self._count, self._count + len(batch)), batch))
                self._batches.append((self._spool.tell(), self._spool.write(marshal.dumps(items))))
            self._count += len(batch)

    def __iter__(self) -> Iterator[Line]:
        place = 0
        for batch in self._batches:
            if isinstance(batch, list):
                yield from batch
                place += len(batch)
                continue
            self._spool.seek(batch[0])
            items: list[_Item] = marshal.loads(self._spool.read(batch[1]))  # noqa: S302 -- our own file
            for item in items:
                yield self._kept[place] if item is None else _taken_up(*item)
                place += 1

    def __len__(self) -> int:
        return self._count

    def _parsed(self, line: Line) -> Line:
        file, number, raw = line
        if isinstance(raw, bytes) and (usual := ready_line(raw)) is not None:
            return Line(file, number, usual)
        return self._parsed_at_length(line)

    def _parsed_at_length(self, line: Line) -> Line:
        file, number, raw = line
        try:
            event = event_of(raw)
        except Refused as refused:
            rejected = Rejected(refused, names_in(raw))
            self._rejected += 1
            return Line(file, number, rejected if self._rejected <= _MOST_TOLD else rejected.counted())
        return Line(file, number, ready(event) or event)

    def _item(self, place: int, line: Line) -> _Item:
        """Parse a line, and return it as it is put down; keep it where it cannot be."""
        file, number, raw = line
        if isinstance(raw, bytes) and (texts := texts_of_line(raw)) is not None:
            return file, number, texts
        parsed = self._parsed_at_length(line)
        if isinstance(parsed.raw, Ready):
            return parsed.file, parsed.number, tuple(parsed.raw)
        if isinstance(parsed.raw, Event) and isinstance(line.raw, bytes | str):
            return line.file, line.number, line.raw if isinstance(line.raw, bytes) else line.raw.encode()
        self._kept[place] = parsed
        return None


def _taken_up(file: str | None, number: int | None, said: tuple[Any, ...] | bytes) -> Line:
    return Line(file, number, said if isinstance(said, bytes) else Ready._make(said))


def event_of(raw: object) -> Event:
    """Return the event that a line brings. Raises Refused."""
    if isinstance(raw, bytes | str):
        return parse_line(raw)
    if isinstance(raw, Event):
        return raw
    if isinstance(raw, Ready):
        return raw.event()
    if isinstance(raw, Refused):
        raise raw
    if isinstance(raw, Rejected):
        raise raw.refused
    return parse_event(raw)


def names_in(raw: object) -> tuple[str, ...]:
    """Return the branch and the id that a refused line would have brought, as far as they can be read."""
    if isinstance(raw, Rejected):
        return raw.names
    if isinstance(raw, bytes | str):
        try:
            raw = decode_line(raw)
        except LedgerError:
            return ()
    if not isinstance(raw, Mapping):
        return ()
    names = [raw.get("id")]
    if raw.get("type") == BranchRegistered.type_word:
        names.append(raw.get("branch"))
    return tuple(name for name in names if isinstance(name, str))
