"""Facts: the effective events of a branch, decoded for rules.

In: the rows of one branch as stored, which types are wanted. Out: facts in the order in which they stand;
days as ordinals, months as whole numbers, money, points and hours in hundredths, metrics in millionths.
Deliberately absent: payloads of types that nobody asked for, the clock, other branches.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any

import orjson

from ledger.effective import CONTROLS, Control, resolve
from ledger.events import CATALOGUE, fields_of
from ledger.events.stored import upcast
from projections.engine.logs import Row
from projections.engine.periods import month_end, month_index

MILLION = 1_000_000
_SCALES = {"money": 100, "points": 100, "hours": 100, "decimal": MILLION}

_NAMING = '"target":"'
_STANDS, _POSITION = attrgetter("stands"), attrgetter("position")


class Fact:
    """One effective event. `day` and `stands` are ordinals: when it happened, and where it stands (the last
    day of its `counts_for` month); `month` is the month, counted from year 0, in which it stands.
    """

    __slots__ = ("data", "day", "id", "month", "position", "stands", "type")

    def __init__(
        self, position: int, id_: str, type_: str, day: int, stands: int, month: int, data: dict[str, Any]
    ) -> None:
        self.position = position
        self.id = id_
        self.type = type_
        self.day = day
        self.stands = stands
        self.month = month
        self.data = data


class Scaled(dict[Any, int]):
    """Decimals as whole numbers of a unit, each worked out once: the same few come again and again."""

    def __init__(self, scale: int) -> None:
        super().__init__()
        self._scale = scale

    def __missing__(self, value: Any) -> int:
        scaled = self[value] = int(Decimal(str(value)) * self._scale)
        return scaled


@dataclass(frozen=True, slots=True)
class Decoder:
    """How the payloads of one type are read: today's shape, and the fields that hold decimals, by scale."""

    version: int
    numbers: tuple[tuple[str, Scaled], ...]


@cache
def decoder_of(word: str) -> Decoder:
    """Return how payloads of a type of the catalogue are read."""
    scales = {name: _SCALES[info.kind] for name, info in fields_of(word).items() if info.kind in _SCALES}
    numbers = tuple((name, Scaled(scale)) for name, scale in scales.items())
    return Decoder(CATALOGUE[word].schema_version, numbers)


def decoders(types: Iterable[str]) -> Mapping[str, Decoder]:
    """Return the decoders of those of the types that the catalogue has."""
    return {word: decoder_of(word) for word in types if word in CATALOGUE}


@cache
def day_number(text: str) -> tuple[int, int]:
    """Return a day's ordinal and its month, counted from year 0."""
    day = date.fromisoformat(text)
    return day.toordinal(), month_index(day)


@cache
def month_number(text: str) -> tuple[int, int]:
    """Return the ordinal of the last day of `YYYY-MM`, and the month, counted from year 0."""
    month = int(text[:4]) * 12 + int(text[5:7]) - 1
    return month_end(month).toordinal(), month


@cache
def quarter_number(text: str) -> tuple[int, int]:
    """Return the ordinal of the last day of `YYYY-Qn` or `YYYY-MM`, and the last month."""
    if text[5] != "Q":
        return month_number(text)
    month = int(text[:4]) * 12 + int(text[6]) * 3 - 1
    return month_end(month).toordinal(), month


def read_facts(rows: Sequence[Row], wanted: Mapping[str, Decoder]) -> list[Fact]:
    """Decode the wanted rows of one branch, retractions and corrections applied, in the order of standing."""
    facts: list[Fact] = []
    controls: list[Control] = []
    for position, id_, type_, version, day, month, data in rows:
        decoder = wanted.get(type_)
        if decoder is None:
            if type_ in CONTROLS:
                controls.append(Control(id_, type_, data))
            continue
        payload = orjson.loads(data)
        if version != decoder.version:
            payload = upcast(type_, version, payload)
        for field, scaled in decoder.numbers:
            value = payload.get(field)
            if value is not None:
                payload[field] = scaled[value]
        happened, stands_in = day_number(day)
        if month is None:
            stands = happened
        else:
            stands, stands_in = month_number(month)
        facts.append(Fact(position, id_, type_, happened, stands, stands_in, payload))
    if controls:
        facts = _effective(facts, rows, controls, wanted)
    # Rows come in order of position, and sorting keeps the order of equals.
    facts.sort(key=_STANDS)
    return facts


def _touching(controls: list[Control], ids: set[str]) -> list[Control]:
    """Return the controls whose target is one of these, or a correction of one: the others need not be
    parsed.
    """
    targets = [_target(control.data) for control in controls]
    ids = ids | {c.id for c, target in zip(controls, targets, strict=True) if target in ids}
    return [control for control, target in zip(controls, targets, strict=True) if target in ids]


def _target(data: str) -> str:
    """Return the target that a control event's canonical payload names, which stands last of its kind in
    it.
    """
    at = data.rfind(_NAMING)
    if at < 0:
        # Not in the log's form: an event that somebody made up, such as an example's.
        return str(orjson.loads(data)["target"])
    return data[at + len(_NAMING) :].partition('"')[0]


def _effective(
    facts: list[Fact], rows: Sequence[Row], controls: list[Control], wanted: Mapping[str, Decoder]
) -> list[Fact]:
    """Leave out what was retracted, and put corrections in the place of their targets."""
    controls = _touching(controls, {fact.id for fact in facts})
    if not controls:
        return facts
    standing = resolve(controls)
    corrected = standing.corrected()
    facts = [fact for fact in facts if fact.id not in standing.retracted and fact.id not in corrected]
    changed = [
        (position, id_, type_, wanted[type_].version, c.occurred_on or day, c.counts_for or month, c.data)
        for position, id_, type_, _, day, month, _ in rows
        if (c := corrected.get(id_)) is not None and type_ in wanted
    ]
    facts += read_facts(changed, wanted)
    facts.sort(key=_POSITION)
    return facts
