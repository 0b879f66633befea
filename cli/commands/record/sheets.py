"""`zhibu import` of tables: what was typed beside the file, handed on; the answer, told.

In: paths of tables, perhaps of JSON Lines that come along, and the options. Out: what each sheet was taken
for, each problem at its cell, how many rows are new. Deliberately absent: reading, comparing, appending
(`ledger.files`).
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cli.commands.options import parse_type
from cli.commands.record.impacts import impacts_after, impacts_of_events
from cli.commands.record.sheet_answers import count_of_problems, tell
from cli.context import Door, SaysNo, WrongUsage, parse_day
from cli.library import adopted_rubrics, known_clauses
from ledger.words import Words

if TYPE_CHECKING:
    from ledger.files.importing import Answer
    from ledger.files.tables.reading import Options, Reading
    from ledger.intake.admission import Line
    from ledger.store.event_store import Store
    from projections.answers.impacts import Impacts

_LAST_DAY = 31
_MAPPED = "columns:"


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed beside the files, as it was typed."""

    sheets: Sequence[str] = ()
    type_word: str | None = None
    branch: str | None = None
    on: str | None = None
    year: int | None = None
    day: int | None = None
    set: Sequence[str] = ()
    map: Sequence[str] = ()
    map_save: str | None = None
    map_use: str | None = None
    update: bool = False
    as_new: bool = False
    again: bool = False
    leave: bool = False
    dry: bool = False
    by: str | None = None
    json: bool = False
    beside: Sequence[str] = field(default=())


def is_table(file: str) -> bool:
    """Return whether a file is a table, by its ending."""
    from ledger.files.opening import ENDINGS

    return file != "-" and ENDINGS.get(Path(file).suffix.lower()) in ("csv", "xlsx")


def import_tables(door: Door, store: "Store", files: Sequence[str], typed: Typed) -> "Answer":
    """Take tables in and say what became of them. Raises SaysNo where a row hinders, WrongUsage."""
    from ledger.files.answers import answer_json
    from ledger.files.importing import Policy, take_in
    from projections.answers.impacts import impact_rows

    if typed.update and typed.as_new:
        raise WrongUsage(
            Words("--update 与 --as-new 只能用一个。", "--update and --as-new exclude each other.")
        )
    today, before = door.today(store), store.head().position
    readings = read_files(door, store, files, typed)
    answer = take_in(
        store,
        readings,
        Policy(typed.update, typed.as_new, typed.again, typed.leave),
        now=door.now(),
        today=today,
        known=known_clauses(),
        recorded_by=typed.by,
        lines=[_lines(file) for file in typed.beside],
        dry=typed.dry,
    )
    if typed.map_save and not answer.hinders:
        _save_map(store, typed.map_save, dict(map(_pair, typed.map)))
    _note(store, answer)
    if typed.json:
        impacts = _impacts(door, store, answer, before, dry=typed.dry)
        document = {**answer_json(answer, door.language), "impact": impact_rows(impacts)}
        door.screen.document(document)
        if answer.hinders:
            raise SaysNo(count_of_problems(answer))
    else:
        tell(door, answer)
    return answer


def _note(store: "Store", answer: "Answer") -> None:
    """Put what should be known of single events to the rows that tell them."""
    from projections.answers.at_entry import notes_on

    rows = {row.event.id: row for row in answer.rows if row.event is not None}
    if answer.hinders:
        return
    for event_id, words in notes_on(store, answer.recorded):
        if event_id in rows:
            rows[event_id].notes.append(words)


def _impacts(door: Door, store: "Store", answer: "Answer", before: int, *, dry: bool) -> "Impacts | None":
    """Return what the events count for, or would; None where they are of too many branches."""
    from projections.answers.impacts import MOST_BRANCHES

    if answer.hinders:
        return impacts_of_events(door, store, ())
    if dry:
        branches = {event.branch for event in answer.recorded}
        return None if len(branches) > MOST_BRANCHES else impacts_of_events(door, store, answer.recorded)
    return impacts_after(door, store, before)


def read_files(door: Door, store: "Store", files: Sequence[str], typed: Typed) -> "list[Reading]":
    """Read tables as people made them, names looked up in the ledger."""
    from ledger.files.tables.reading import read_tables
    from ledger.names import Directory
    from projections.adopted_forms import dues_days

    directory = Directory(store)
    options = _options(store, typed)
    today = door.today(store)
    due_days = dues_days(store, adopted_rubrics(door, store, store.head().position))
    return [
        read_tables(Path(file), options, directory, today=today, name=file, due_days=due_days)
        for file in files
    ]


def _options(store: "Store", typed: Typed) -> "Options":
    from ledger.files.tables.reading import Options

    day = parse_day(typed.on, "--on")
    if typed.day is not None and not 1 <= typed.day <= _LAST_DAY:
        raise WrongUsage(Words("--day 应为 1 至 31。", "--day must be from 1 to 31."))
    mapped = _saved_map(store, typed.map_use) if typed.map_use else {}
    return Options(
        sheets=tuple(typed.sheets),
        type_word=None if typed.type_word is None else parse_type(typed.type_word),
        branch=typed.branch,
        on=day,
        year=typed.year,
        day=typed.day,
        set=dict(map(_pair, typed.set)),
        map={**mapped, **dict(map(_pair, typed.map))},
    )


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise WrongUsage(
            Words(f"应写作“名称=值”，实际为 {text}。", f"must be written NAME=VALUE, got {text}.")
        )
    return name.strip(), value.strip()


def _save_map(store: "Store", name: str, mapped: Mapping[str, str]) -> None:
    import json

    store.set_setting(f"{_MAPPED}{name}", json.dumps(mapped, ensure_ascii=False))


def _saved_map(store: "Store", name: str) -> dict[str, str]:
    import json

    kept = store.setting(f"{_MAPPED}{name}")
    if kept is None:
        raise WrongUsage(
            Words(f"没有用 --map-save 存过“{name}”。", f'no columns were kept under "{name}" by --map-save.')
        )
    mapped: dict[str, str] = json.loads(kept)
    return mapped


def _lines(file: str) -> "Iterator[Line]":
    from ledger.files.opening import lines_of, lines_of_stream

    return lines_of_stream(sys.stdin.buffer) if file == "-" else lines_of(Path(file))
