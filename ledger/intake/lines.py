"""Lines on their way in: read and parsed before the one lock is taken.

In: the lines of a file, as they come. Out: the same lines, parsed, to be gone through as often as need be;
of many lines the text, for to parse it again is cheaper than to keep it. Deliberately absent: what the log
says of them.

Whoever fills a pipe slowly, and whatever is dear to parse, keeps nobody else from recording: only what has
been parsed once, and is known to end, is gone through inside the lock.
"""

import weakref
from collections.abc import Iterable, Iterator, Mapping
from tempfile import TemporaryFile
from typing import NamedTuple

from ledger.errors import LedgerError, Refused
from ledger.events import Event, parse_event, parse_line
from ledger.events.lines import decode_line
from ledger.events.types.organizations import BranchRegistered

# So many events, or problems, are kept as they are.
_AT_HAND = 20_000


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
    None for what came from no file. `raw` is a JSON text, a decoded JSON object, an event parsed already,
    or, where it could not even be read, why.
    """

    file: str | None
    number: int | None
    raw: bytes | str | Mapping[str, object] | Event | Refused | Rejected


class ParsedLines:
    """Lines that were parsed once; may be iterated over any number of times."""

    def __init__(self, lines: Iterable[Line]) -> None:
        # A line, or how many bytes of the spool it takes, with its place.
        self._lines: list[Line | tuple[str | None, int | None, int]] = []
        self._spool = TemporaryFile()  # noqa: SIM115 -- closed when these lines are thrown away
        weakref.finalize(self, self._spool.close)
        events = rejected = 0
        for line in lines:
            parsed = _parsed(line.raw)
            text = line.raw.encode() if isinstance(line.raw, str) else line.raw
            if isinstance(parsed, Rejected):
                rejected += 1
                self._lines.append(line._replace(raw=parsed if rejected <= _AT_HAND else parsed.counted()))
            elif events < _AT_HAND or not isinstance(text, bytes):
                events += 1
                self._lines.append(line._replace(raw=parsed))
            else:
                self._spool.write(text)
                self._lines.append((line.file, line.number, len(text)))

    def __iter__(self) -> Iterator[Line]:
        at = 0
        for line in self._lines:
            if isinstance(line, Line):
                yield line
                continue
            file, number, length = line
            self._spool.seek(at)
            at += length
            yield Line(file, number, self._spool.read(length))

    def __len__(self) -> int:
        return len(self._lines)


def event_of(raw: object) -> Event:
    """Return the event that a line brings. Raises Refused."""
    if isinstance(raw, bytes | str):
        return parse_line(raw)
    if isinstance(raw, Event):
        return raw
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


def _parsed(raw: object) -> Event | Rejected:
    try:
        return event_of(raw)
    except Refused as refused:
        return Rejected(refused, names_in(raw))
