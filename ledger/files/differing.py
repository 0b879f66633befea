"""What is said of a row that the log knows already, in both languages; and the correction that makes what
stands say what the row says, and nothing else.

In: a row and what it was compared with; the clock, the day. Out: the Problem, with what to do about it; or
the event. Deliberately absent: deciding whether it is wanted.
"""

from collections.abc import Mapping
from datetime import date, datetime

from ledger.events import Event, fields_of, parse_event
from ledger.events.envelope import ENVELOPE
from ledger.events.values.shown import safe
from ledger.files.comparing import ENVELOPE_KEYS, KEYED, Compared
from ledger.files.tables.rows.row_reading import RowReading
from ledger.intake.admission import content_of
from ledger.intake.ready import fresh_id
from ledger.problems import Problem
from ledger.stored_events import Stored, decoded
from ledger.words import Words

_MOST_FIELDS = 6


def differs(row: Compared) -> Problem:
    """Say which event tells the same matter otherwise: old and new."""
    stands, event = row.stands, row.reading.event
    if stands is None or event is None:
        raise ValueError("a differing row has both a row's event and one that stands")
    new = content_of(event)
    old_data, new_data = stands.data, decoded(new)
    keys = row.differs if row.differs != ("data",) else _all_differing(stands, old_data, new_data, row)
    changes = []
    for key in keys[:_MOST_FIELDS]:
        if key in ("occurred_on", "counts_for"):
            changes.append(_change(ENVELOPE[key].label, getattr(stands.now, key), getattr(new, key)))
        else:
            info = fields_of(new.type)[key]
            old, fresh = (_value(data.get(key), new.type, key) for data in (old_data, new_data))
            changes.append(_change(info.label, old, fresh))
    zh, en = "；".join(one.zh for one in changes), "; ".join(one.en for one in changes)
    return Problem(
        Words(
            zh=f"台账中已有这件事（序号 {stands.position}），与表中不同：{zh}",
            en=f"is told otherwise by the event at position {stands.position}: {en}",
        ),
        hint=Words(
            zh="要按表更正台账请加 --update，确是另一件事请加 --as-new，不动台账请加 --leave",
            en="--update records a correction, --as-new another event, --leave lets it stand",
        ),
    )


def retracted(row: Compared) -> Problem:
    """Say which event that was retracted the row tells again."""
    position = row.stands.position if row.stands is not None else 0
    return Problem(
        Words(
            zh=f"与已撤销的一条（序号 {position}）相同",
            en=f"is the same as the event at position {position}, which was retracted",
        ),
        hint=Words(
            zh="要重新记录请加 --again，不记请加 --leave", en="--again records it anew, --leave leaves it out"
        ),
    )


def duplicate(row: Compared) -> Problem:
    """Say which row of the file tells the same matter."""
    twin = row.twin.reading if row.twin is not None else row.reading
    place = f"{twin.sheet} " if twin.sheet is not None and twin.sheet != row.reading.sheet else ""
    number = twin.cell or twin.row
    return Problem(
        Words(zh=f"与{place}第 {number} 行是同一件事", en=f"tells the same matter as row {place}{number}"),
        hint=Words(
            zh="确是两件事请加 --as-new，否则请删去一行",
            en="--as-new records both; otherwise remove one of the rows",
        ),
    )


def id_taken(row: Compared) -> Problem:
    """Say that the row's id is another event's."""
    event = row.reading.event
    position = row.stands.position if row.stands is not None else 0
    return Problem(
        Words(zh="已用于另一条内容不同的记录", en="must not be the id of another event"),
        "id",
        f'"{event.id}"' if event is not None else None,
        Words(
            zh=f"序号 {position}。请省去编号；若要更正那条记录，请用 zhibu correct {position}",
            en=f"Leave the id out, or change that event by `zhibu correct {position}`",
        ),
    )


def _all_differing(
    stands: Stored, old: Mapping[str, object], new: Mapping[str, object], row: Compared
) -> tuple[str, ...]:
    keys = [key for key in fields_of(stands.now.type) if old.get(key) != new.get(key)]
    event = row.reading.event
    if event is not None and event.occurred_on.isoformat() != stands.now.occurred_on:
        keys.insert(0, "occurred_on")
    return tuple(keys)


def _change(label: Words, old: object, new: object) -> Words:
    nothing = Words(zh="无", en="nothing")
    olds = old if isinstance(old, Words) else Words(safe(str(old)), safe(str(old))) if old else nothing
    news = new if isinstance(new, Words) else Words(safe(str(new)), safe(str(new))) if new else nothing
    return Words(zh=f"{label.zh} {olds.zh} → {news.zh}", en=f"{label.en} {olds.en} → {news.en}")


def _value(value: object, word: str, key: str) -> object:
    """Return a value as people read it: the label of a word."""
    info = fields_of(word)[key]
    if isinstance(value, str) and value in info.choices:
        return info.choices[value].label
    if isinstance(value, list):
        labels = [
            info.choices[one].label if one in info.choices else Words(one, one) for one in map(str, value)
        ]
        return (
            Words("、".join(one.zh for one in labels), ", ".join(one.en for one in labels))
            if labels
            else None
        )
    return info.default if value is None else value


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
