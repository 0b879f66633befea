"""Rows as bytes: lines of an import, lines of segments, and what the hashes are taken of.

In: the rows of one organisation, in the order of recording. Out: bytes in which nothing but position and
hashes is left open. Deliberately absent: the order between organisations (`writing`).

Written directly, since a payload is canonical text already; a test reads each line back through the ledger.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ledger.events import CATALOGUE
from ledger.segments.organisations import ABOUT_ORGANISATIONS, CONTROLS
from projections.simulation.diary import Calendar, Row
from projections.simulation.tree import Organisation


class Stored(NamedTuple):
    """A row as the log keeps it, in pieces.

    `content`: the line of a full export between position and hashes. `before`, `after`: the canonical bytes
    before the position, and after the previous hash. `concerns`: whether it concerns the tree.
    """

    week: int
    content: bytes
    before: bytes
    after: bytes
    concerns: bool


def import_lines(organisation: Organisation, prefix: str, rows: Sequence[Row]) -> Iterator[tuple[int, bytes]]:
    """Yield the week and the import line of each row."""
    branch = organisation.code
    for week, number, type_word, occurred_on, counts_for, data, recorded_by in rows:
        month = f'"counts_for":"{counts_for}",' if counts_for else ""
        line = (
            f'{{"id":"{prefix}{number:012x}","branch":"{branch}","type":"{type_word}",'
            f'"occurred_on":"{occurred_on}",{month}"recorded_by":"{recorded_by}","data":{data}}}\n'
        )
        yield week, line.encode()


def stored_rows(
    organisation: Organisation, prefix: str, rows: Sequence[Row], calendar: Calendar
) -> Iterator[Stored]:
    """Yield each row in the pieces of which its line and its hash are made."""
    branch, share = organisation.code, organisation.share
    concerning: set[str] = set()
    week, instant = -1, ""
    for version, row in enumerate(rows, start=1):
        if row.week != week:
            week, instant = row.week, calendar.instant(row.week, share)
        _, number, type_word, occurred_on, counts_for, data, recorded_by = row
        event_id = f"{prefix}{number:012x}"
        month = f'"{counts_for}"' if counts_for else "null"
        schema = CATALOGUE[type_word].schema_version
        text = data.replace("\\", "\\\\").replace('"', '\\"')
        yield Stored(
            week,
            (
                f'"id":"{event_id}","branch":"{branch}","version":{version},"type":"{type_word}",'
                f'"schema_version":{schema},"occurred_on":"{occurred_on}","counts_for":{month},"data":{data},'
                f'"recorded_by":"{recorded_by}","recorded_at":"{instant}"'
            ).encode(),
            (
                f'{{"branch":"{branch}","counts_for":{month},"data":"{text}","id":"{event_id}",'
                f'"occurred_on":"{occurred_on}","position":'
            ).encode(),
            (
                f'","recorded_at":"{instant}","recorded_by":"{recorded_by}","schema_version":{schema},'
                f'"type":"{type_word}","version":{version}}}'
            ).encode(),
            _concerns(event_id, type_word, data, concerning),
        )


def _concerns(event_id: str, type_word: str, data: str, concerning: set[str]) -> bool:
    """Whether an event concerns the tree; those that do are gathered."""
    if type_word in CONTROLS:
        # The target is the last key of the payload, which is sorted.
        concerns = data.rsplit('"target":"', 1)[1].removesuffix('"}') in concerning
    else:
        concerns = type_word in ABOUT_ORGANISATIONS
    if concerns:
        concerning.add(event_id)
    return concerns
