"""The correction that makes what stands say what a row says, and nothing else.

In: a row that differs, the clock, the day. Out: the event. Deliberately absent: whether it is wanted.
"""

from datetime import date, datetime

from ledger.events import Event, parse_event
from ledger.files.comparing.compare import Compared
from ledger.files.comparing.matters import ENVELOPE_KEYS, KEYED
from ledger.files.tables.rows.row_reading import RowReading
from ledger.intake.admission import content_of
from ledger.intake.identity import fresh_id
from ledger.stored_events import decoded


def correction(row: Compared, now: datetime, today: date) -> Event:
    """Return the correction that makes what stands say what the row says, and nothing else."""
    stands, event = row.stands, row.reading.event
    if stands is None or event is None:
        raise ValueError("a differing row has both a row's event and one that stands")
    content = content_of(event)
    new = decoded(content)
    if event.type in KEYED:
        said = {key.removeprefix("data.") for key in row.reading.said} - ENVELOPE_KEYS
        data = {key: value for key, value in stands.data.items() if key not in said or key in new}
        data |= {key: new[key] for key in said if key in new}
    else:
        data = dict(new)
    payload: dict[str, object] = {"target": stands.id, "reason": _reason(row.reading), "data": data}
    says_day = "occurred_on" in row.reading.said or event.type not in KEYED
    if says_day and content.occurred_on != stands.now.occurred_on:
        payload["occurred_on"] = content.occurred_on
    if content.counts_for is not None and content.counts_for != stands.now.counts_for:
        payload["counts_for"] = content.counts_for
    envelope = {
        "id": fresh_id(now),
        "branch": event.branch,
        "type": "event_corrected",
        "occurred_on": today.isoformat(),
        "recorded_by": event.recorded_by,
        "data": payload,
    }
    return parse_event(envelope)


def _reason(reading: RowReading) -> str:
    # Without the file's name: it may be somebody's.
    place = f"{reading.sheet} " if reading.sheet is not None else ""
    return f"按表格更正：{place}第 {reading.row} 行"
