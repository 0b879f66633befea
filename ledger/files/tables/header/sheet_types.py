"""Of which type the rows of a sheet are: by its name, by what was said beside it, by its columns.

In: a table and its header. Out: the type and the columns, understood; or why that cannot be said.
Deliberately absent: reading rows.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from ledger.events import CATALOGUE
from ledger.events.envelope import ENVELOPE
from ledger.events.values.described import folded, words_of
from ledger.events.vocabularies.synonyms import TYPE_SYNONYMS
from ledger.files.tables.header.columns import Layout, fitting_types, lay_out
from ledger.files.tables.header.find import Header, sheet_month
from ledger.files.tables.header.meanings import WIDE_TYPE, columns_meant, is_of_roster, is_personal, month_of
from ledger.files.tables.header.refusals import missing_column
from ledger.files.tables.options import Options
from ledger.files.tables.problems import CellProblem
from ledger.files.tables.source.grid import Grid
from ledger.problems import Problem
from ledger.words import Words

_ROSTER = "名册"


def type_of(grid: Grid, options: Options) -> str | None:
    """Return the type of a sheet's rows: what its name says, or what was said beside it, or the file's
    name.
    """
    if grid.sheet is not None:
        return _type_named(grid.sheet) or options.type_word
    return options.type_word or _type_named(PurePath(grid.file).stem)


def _type_named(name: str) -> str | None:
    words = words_of(name.strip(), ENVELOPE["type"].choices)
    return words[0] if len(words) == 1 else None


def layout_of(grid: Grid, header: Header, word: str | None, options: Options) -> tuple[Layout, str | None]:
    """Return what the columns mean, and the type of all rows; that may be what alone fits the columns."""
    given = frozenset({"month"}) if sheet_month(grid.sheet) else frozenset[str]()
    if word is not None:
        return lay_out(header, word, options, given), word
    layout = lay_out(header, None, options)
    if layout.type_at is not None:
        return layout, None
    if _is_roster(header):
        layout.problems = [CellProblem(_roster(grid), header.row)]
        return layout, None
    word = _inferred(grid, header, options, given)
    if word is not None:
        return lay_out(header, word, options, given), word
    layout.problems += _said_nowhere(layout, options)
    return layout, None


def with_row_hint(problem: Problem, word: str, text: str) -> Problem:
    """Say what to do about a kind that is a type of its own, and about a lecture that nobody gave."""
    if word == "lecture_given" and problem.field == "data.lecturer" and not text.strip():
        hint = Words(
            zh="请加一列“主讲人”（书记、支委…，或姓名），或把类型写作“党课（书记）”，或加 --set 主讲人=书记",
            en="Add a column “lecturer” (an office, or a name), or say it by --set lecturer=secretary",
        )
        expected = Words(zh="应写明主讲人", en="must say who gave the lecture")
        return replace(problem, expected=expected, hint=hint)
    words = words_of(text.strip(), ENVELOPE["type"].choices)
    if problem.field != "data.kind" or len(words) != 1:
        return problem
    label = CATALOGUE[words[0]].label
    hint = Words(
        zh=f"{label.zh}是另一种记录：请另用一张表，或加一列“记录类型”",
        en=f"{label.en} is a type of its own: use another sheet, or add a column “type”",
    )
    return replace(problem, hint=hint)


def _inferred(grid: Grid, header: Header, options: Options, given: frozenset[str]) -> str | None:
    """Return the one type that fits the columns; what titles and names call it decides between several."""
    months = sum(1 for text in (*header.texts.values(), *header.over.values()) if month_of(text))
    if months > 1 and any(columns_meant(text, WIDE_TYPE) for text in header.texts.values()):
        return WIDE_TYPE
    fitting = fitting_types(header, options, given)
    if len(fitting) == 1:
        return fitting[0]
    # Where no type fits, what the sheet calls itself still says which columns are wrong.
    among = fitting or [word for word in CATALOGUE if _holds_some(header, word)]
    # The title knows better than the name of the sheet, and that better than the file's.
    for told in map(folded, (" ".join(header.titles), grid.sheet or "", PurePath(grid.file).stem)):
        named = [word for word in among if any(folded(name) in told for name in _names_of(word))]
        if len(named) == 1:
            return named[0]
    return None


def _holds_some(header: Header, word: str) -> bool:
    """Return whether at least two columns are fields of the type's payload."""
    meant = [columns_meant(text, word) for text in header.texts.values()]
    return len({found[0].key for found in meant if found and found[0].of_payload}) > 1


def _names_of(word: str) -> Iterator[str]:

    yield ENVELOPE["type"].choices[word].label.zh
    yield from TYPE_SYNONYMS.get(word, ())


def _is_roster(header: Header) -> bool:
    texts = header.texts.values()
    member = any(column.key == "member" for text in texts for column in columns_meant(text, "member_joined"))
    if not member:
        return False
    if any(is_of_roster(text) for text in texts):
        return True
    # 姓名 and 职务 beside identity numbers or phones, or under a title that says so.
    office = {"role", "status"} & {one.key for text in texts for one in columns_meant(text, "member_joined")}
    called = any(_ROSTER in text for text in header.titles)
    return bool(office) and (called or any(is_personal(text) for text in texts))


def _said_nowhere(layout: Layout, options: Options) -> Iterator[CellProblem]:
    if not layout.has("occurred_on") and options.on is None:
        yield CellProblem(missing_column("occurred_on", None), layout.header.row)
    if not layout.has("branch") and options.branch is None:
        yield CellProblem(missing_column("branch", None), layout.header.row)


def _roster(grid: Grid) -> Problem:
    return Problem(
        Words(zh="是一份名册", en="is a roster"),
        hint=Words(
            zh=f"请用 zhibu roster import {PurePath(grid.file).name} --branch 支部",
            en=f"Bring it in by `zhibu roster import {PurePath(grid.file).name} --branch BRANCH`",
        ),
    )
