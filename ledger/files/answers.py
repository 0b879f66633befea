"""What became of an import of tables, as programs read it.

In: the Answer of an import, a language for what is said in words. Out: dictionaries to be written as JSON.
Deliberately absent: what the events count for; who knows it adds it.
"""

from collections.abc import Mapping

from ledger.events import Event
from ledger.files.importing import Answer, RowAnswer
from ledger.intake.admission import content_of
from ledger.stored_events import decoded
from ledger.words import Language


def answer_json(answer: Answer, language: Language) -> dict[str, object]:
    """Return the answer as programs read it; `impact` is added by who knows it."""
    return {
        "sheets": [
            {
                "file": sheet.file,
                "sheet": sheet.sheet,
                "type": sheet.type_word,
                "header_row": sheet.header_row,
                "left_out_columns": list(sheet.left_out_columns),
                "left_out_rows": sum(sheet.left_out_rows.values()),
                "why": sheet.why.pick(language) if sheet.why is not None else None,
            }
            for sheet in answer.sheets
        ],
        "rows": [_row_json(row, language) for row in answer.rows],
        "appended": answer.appended,
        "present": answer.present,
        "corrected": answer.corrected,
    }


def _row_json(row: RowAnswer, language: Language) -> dict[str, object]:
    reading = row.reading
    return {
        "file": reading.file,
        "sheet": reading.sheet,
        "row": reading.row,
        "cell": reading.cell,
        "state": row.state,
        "event": envelope_json(row.event if row.event is not None else reading.event),
        "stands": row.stands,
        "problems": [
            {
                "cell": one.cell,
                "header": one.header,
                "field": one.problem.field,
                "found": one.problem.found,
                "expected": one.problem.expected.en,
                "message": one.message(language),
            }
            for one in row.problems
        ],
        "notes": [note.pick(language) for note in row.notes],
    }


def envelope_json(event: Event | None) -> Mapping[str, object] | None:
    """Return an event as its envelope, what was left out left out."""
    if event is None:
        return None
    content = content_of(event)
    envelope = {
        "id": event.id,
        "branch": event.branch,
        "type": event.type,
        "occurred_on": content.occurred_on,
        "counts_for": event.counts_for,
        "recorded_by": event.recorded_by,
    }
    return {**{key: value for key, value in envelope.items() if value is not None}, "data": decoded(content)}
