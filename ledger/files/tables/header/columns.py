"""The columns of a table, understood: which holds which field, which month, and which are left out.

In: the header that was found, the type of the rows where it is known, and what was said beside the file.
Out: a Layout, with every problem of the header. Deliberately absent: likeness. A column that is not known
is a problem with the nearest names beside it; an amount is never taken from a column that is merely called
alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ledger.events import CATALOGUE, fields_of
from ledger.events.values.shown import safe
from ledger.files.headers import Column, columns_of
from ledger.files.tables.header.find import Header
from ledger.files.tables.header.meanings import (
    A_MONTHS_DUES,
    LECTURE,
    MEETINGS,
    WIDE_TYPE,
    MonthHeader,
    bare,
    columns_meant,
    evidence_of,
    is_left_out,
    is_set_by_store,
    month_of,
    names_type,
    names_year,
    numbers_meant,
    plain,
)
from ledger.files.tables.header.refusals import (
    ambiguous,
    missing_column,
    nearest_hint,
    no_type,
    set_by_the_store,
    unknown,
)
from ledger.files.tables.options import Options
from ledger.files.tables.problems import CellProblem, shown_header
from ledger.problems import Problem
from ledger.words import Words

_MOST_HINTS = 30
# What may stand under a month's header in a second row.
_IN_A_MONTH = frozenset({"amount", "due", "occurred_on"})
# What a sheet need not have as a column: it is said beside the file, or follows from something else.
_SAID_ELSEWHERE = frozenset({"branch", "occurred_on"})


@dataclass(frozen=True, slots=True)
class MonthColumn:
    """A column of a wide ledger: a month, and whether it holds what was paid or what is due."""

    at: int
    month: MonthHeader
    key: str


@dataclass(slots=True)
class Layout:
    """What the columns of a table hold, by their place from 0.

    `type_word` is None where every row says its own type; `fields` are then those of any type. `ticks` are
    columns of one kind of evidence each, whose cells say whether it is there; `of_lectures` those that only
    the lectures in a register of meetings have; `pairs` hold several numbers in one cell
    (应到/实到). `mapped` are the fields that somebody said by hand, as they were said. `left_out`
    are the headers, as the sheet has them, of columns that nothing is read of.
    """

    header: Header
    type_word: str | None
    fields: dict[int, Column] = field(default_factory=dict)
    months: list[MonthColumn] = field(default_factory=list)
    ticks: dict[int, str] = field(default_factory=dict)
    of_lectures: dict[int, str] = field(default_factory=dict)
    pairs: dict[int, tuple[Column, ...]] = field(default_factory=dict)
    mapped: dict[int, str] = field(default_factory=dict)
    type_at: int | None = None
    year_at: int | None = None
    left_out: dict[int, str] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)

    def has(self, key: str) -> bool:
        """Return whether a column holds the field."""
        several = (column for columns in self.pairs.values() for column in columns)
        return any(column.key == key for column in (*self.fields.values(), *several))

    def place(self, key: str) -> int | None:
        """Return which column holds the field, None where none does."""
        held = {at: (column,) for at, column in self.fields.items()} | self.pairs
        return next((at for at, columns in held.items() if any(one.key == key for one in columns)), None)


def lay_out(
    header: Header,
    type_word: str | None,
    options: Options,
    given: frozenset[str] = frozenset(),
    *,
    hints: bool = True,
) -> Layout:
    """Understand the columns below a header for rows of one type, or of the types that they say.

    `given` are the fields that the sheet says otherwise than by a column: its name may be a month. `hints`:
    whether the nearest names are to be looked for.
    """
    layout = Layout(header, type_word)
    mapped = {plain(own): key for own, key in options.map.items()}
    for at, text in sorted(header.texts.items()):
        if plain(text) in mapped:
            _take_mapped(layout, at, text, mapped[plain(text)])
        else:
            _take(layout, at, text, hints)
    _settle_year(layout)
    layout.problems += _twice(layout)
    layout.problems += _missing(layout, options, given)
    return layout


def fitting_types(header: Header, options: Options, given: frozenset[str]) -> list[str]:
    """Return the types whose required fields the columns hold, and of which every column is known."""
    fitting = []
    for word in CATALOGUE:
        layout = lay_out(header, word, options, given, hints=False)
        if not layout.problems and (layout.fields or layout.months):
            fitting.append(word)
    return fitting


def _take_mapped(layout: Layout, at: int, text: str, key: str) -> None:
    layout.mapped[at] = key
    if not key.strip():
        layout.left_out[at] = text
        return
    columns = columns_meant(key, layout.type_word)
    if not columns and (pair := numbers_meant(key, layout.type_word)):
        layout.pairs[at] = pair
        return
    if not columns:
        told = Problem(
            Words(
                zh=f"--map 指到的“{safe(key)}”不是这种记录的字段",
                en=f"is mapped to {safe(key)}, which is no field of this type",
            ),
            hint=nearest_hint(key, layout.type_word),
        )
        layout.problems.append(CellProblem(told, layout.header.row, at, text))
        return
    layout.fields[at] = columns[0]


def _take(layout: Layout, at: int, text: str, hints: bool) -> None:
    word, header = layout.type_word, layout.header
    month = month_of(header.over.get(at, text)) if word == WIDE_TYPE else None
    columns = columns_meant(text, word) or _due_beside_months(layout, text)
    if month is not None:
        if at not in header.over and not columns:
            layout.months.append(MonthColumn(at, month, "amount"))
            return
        if at in header.over and columns and columns[0].key in _IN_A_MONTH:
            layout.months.append(MonthColumn(at, month, columns[0].key))
            return
    if names_type(text):
        layout.type_at = at
    elif columns:
        _take_field(layout, at, text, columns)
    elif pair := numbers_meant(text, word):
        layout.pairs[at] = pair
    elif names_year(text) and word is not None and {"month", "quarter"} & fields_of(word).keys():
        layout.year_at = at
    elif (evidence := evidence_of(text, word)) is not None:
        layout.ticks[at] = evidence
    elif word == MEETINGS and columns_meant(text, LECTURE):
        layout.of_lectures[at] = text
    elif is_left_out(text):
        layout.left_out[at] = text
    elif is_set_by_store(text):
        _refuse(layout, at, text, set_by_the_store())
    else:
        _refuse(layout, at, text, unknown(text, word, hinted=hints and len(layout.problems) < _MOST_HINTS))


def _due_beside_months(layout: Layout, text: str) -> tuple[Column, ...]:
    """Return the due where 月缴党费 stands beside months: what was paid is told by these."""
    header = layout.header
    if layout.type_word != WIDE_TYPE or not {plain(text), bare(text)} & A_MONTHS_DUES:
        return ()
    months = sum(1 for one in (*header.texts.values(), *header.over.values()) if month_of(one))
    return columns_meant("due", WIDE_TYPE) if months > 1 else ()


def _take_field(layout: Layout, at: int, text: str, columns: tuple[Column, ...]) -> None:
    if layout.type_word is not None and len(columns) > 1:
        _refuse(layout, at, text, ambiguous(columns))
        return
    # Of a shared label the envelope's meaning: an id that is none is refused loudly.
    layout.fields[at] = next((column for column in columns if not column.of_payload), columns[0])


def _settle_year(layout: Layout) -> None:
    if layout.year_at is not None and not (layout.has("month") or layout.has("quarter") or layout.months):
        at = layout.year_at
        layout.year_at = None
        layout.left_out[at] = layout.header.texts[at]


def _refuse(layout: Layout, at: int, text: str, problem: Problem) -> None:
    layout.problems.append(CellProblem(problem, layout.header.row, at, text))


def _twice(layout: Layout) -> Iterator[CellProblem]:
    seen: dict[str, str] = {}
    several = ((at, column) for at, columns in layout.pairs.items() for column in columns)
    for at, column in sorted((*layout.fields.items(), *several)):
        text = layout.header.texts[at]
        # Labels of several types' fields may stand side by side where rows are of several types.
        key = column.key if layout.type_word or not column.of_payload else plain(text)
        if key in seen:
            problem = Problem(
                Words(
                    zh=f"与“{seen[key]}”列是同一字段（{column.info.label.zh}）",
                    en=f'is the same field as the column "{seen[key]}" ({column.key})',
                ),
                hint=Words(
                    zh=f"请只保留一列，或加 --map '{safe(text)}=' 不读这一列",
                    en=f"Keep one of the two, or leave this one out by --map '{safe(text)}='",
                ),
            )
            yield CellProblem(problem, layout.header.row, at, text)
        seen[key] = safe(text)
    months: set[tuple[MonthHeader, str]] = set()
    for one in layout.months:
        if (one.month, one.key) in months:
            words = Words(zh="这个月已有一列", en="is a month that another column holds already")
            yield CellProblem(Problem(words), layout.header.row, one.at, layout.header.texts.get(one.at))
        months.add((one.month, one.key))


def _missing(layout: Layout, options: Options, given: frozenset[str]) -> Iterator[CellProblem]:
    if layout.type_word is None:
        if layout.type_at is None:
            yield CellProblem(no_type(), layout.header.row)
        return
    said = {columns[0].key for name in options.set if (columns := columns_meant(name, layout.type_word))}
    wide = {"month", "amount"} if any(one.key == "amount" for one in layout.months) else set()
    for column in columns_of(layout.type_word):
        key = column.key
        if (
            not column.info.required
            or key in _SAID_ELSEWHERE
            or key in said | wide | given
            or layout.has(key)
        ):
            continue
        if key in ("month", "quarter") and layout.months:
            continue
        yield CellProblem(missing_column(key, layout.type_word), layout.header.row)


def left_out_names(layout: Layout) -> tuple[str, ...]:
    """Return the headers of the columns that nothing is read of; what is personal by its header alone."""
    return tuple(shown_header(text) for _, text in sorted(layout.left_out.items()))
