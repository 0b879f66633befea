"""What to press instead: hints that name options of the command line, as a page says them.

In: words of a sheet's reading or of a remark. Out: the same, or what to do on the page. Deliberately absent:
what is wrong; the packages below say that once for every door.
"""

from dataclasses import replace

from ledger.files.tables.problems import CellProblem
from ledger.words import Words
from web.request.asked import Ask, Page
from web.words import WORDS

_INSTEAD = (
    ("or clear this cell", "press_cell"),
    ("Add it, say by --map", "press_missing"),
    ("=evidence'", "press_evidence"),
    ("--update", "press_differs"),
    ("--again", "press_again"),
    ("--as-new", "press_twice"),
    ("roster import", "press_roster"),
    ("--type", "press_type"),
    ("--sheet", "press_sheet"),
    ("--day", "press_day"),
    ("--set lecturer", "press_lecturer"),
    ("--map", "press_column"),
    ("--set", "press_column"),
    ("--year", "press_year"),
    ("--branch", "press_branch"),
)
"""An option, the first that a hint names, or words around it, and what a page says in its place."""

_FIELDS = (("--as-of", "as_of_said"), ("--on", "on_said"))
"""Options that pages have as fields, and what these are called in a sentence."""

_LABELS = {"from": "from_day", "to": "to_day"}
_OWED_FROM = "--owed-from"
"""Named after a sentence that is whole without it: the page of forms has a field of it."""


def pressed(hint: Words) -> Words:
    """Return a hint as a page says it: unchanged where it names no option."""
    for option, word in _INSTEAD:
        if option in hint.en:
            return WORDS[word]
    return hint


def at_page(problem: CellProblem) -> CellProblem:
    """Return a problem whose hint says what to do on the page."""
    told = problem.problem
    return problem if told.hint is None else replace(problem, problem=replace(told, hint=pressed(told.hint)))


def by_fields(said: Words) -> Words:
    """Return a sentence with the names of the page's fields in the place of options."""
    for option, word in _FIELDS:
        said = Words(said.zh.replace(option, WORDS[word].zh), said.en.replace(option, WORDS[word].en))
    return said


def asked_again(ask: Ask, name: str, said: Words) -> Page:
    """Return the page that asks again for one field of the address, whatever else was asked kept."""
    others = [(other, value) for other in ask.query if other != name for value in ask.query.all(other)]
    label = ask.pick(WORDS[_LABELS.get(name, name)])
    values = {"name": name, "label": label, "typed": ask.query.text(name), "others": others}
    return Page("query.html", {**values, "sentence": ask.pick(said)}, 422)


def remark(said: Words) -> Words:
    """Return a remark without the option at its end, and what a page says instead."""
    if _OWED_FROM in said.en:
        return Words(said.zh.replace(f"：{_OWED_FROM}", ""), said.en.replace(f": {_OWED_FROM}", ""))
    for option, word in _INSTEAD:
        if option in said.en:
            zh = _before(said.zh, option, "，；（(")
            en = _before(said.en, option, ",;:(")
            return Words(f"{zh}。{WORDS[word].zh}", f"{en}. {WORDS[word].en}")
    return said


def _before(text: str, option: str, marks: str) -> str:
    """Return what stands before the clause that names an option."""
    head = text.partition(option)[0]
    cut = max(head.rfind(mark) for mark in marks)
    return head[:cut].rstrip() if cut > 0 else head.rstrip()
