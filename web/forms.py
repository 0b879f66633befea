"""From the catalogue to forms: which control a field is typed into, and what was typed back to cells.

In: a type of the catalogue, a roster, what came with a request. Out: `Control`s for the templates; cells for
the ledger's parser. Deliberately absent: any list of types or fields of our own; checking.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ledger.events import CATALOGUE, FieldInfo, cells_of, fields_of
from ledger.events.envelope import ENVELOPE
from ledger.events.payload import Payload
from ledger.problems import Problem
from ledger.words import Language
from web.desk.members import Member
from web.request.asked import Fields

Kind = Literal["text", "long", "number", "amount", "date", "month", "select", "ticks", "suggest"]

_BY_KIND: Mapping[str, Kind] = {
    "whole": "number",
    "money": "amount",
    "points": "amount",
    "hours": "amount",
    "decimal": "amount",
    "day": "date",
    "month": "month",
}
_LONG = frozenset({"note", "reason", "refs"})
ROSTERS = frozenset({"member", "on_leave"})
"""Fields that name members of a roster."""
_NEWCOMERS = frozenset({"member_joined", "development_stage_reached", "contest_entered"})
ATTENDANCE = "expected"
"""A field of types that people gather for: its form has a roll to tick."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value to choose, and what it is called."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Control:
    """One field as a page shows it: its catalogue's name, its label, its control, what it holds."""

    name: str
    label: str
    about: str
    kind: Kind
    needed: bool
    options: Sequence[Option] = ()
    values: Sequence[str] = ()
    problems: Sequence[str] = ()

    @property
    def value(self) -> str:
        """The one value of a field that has one."""
        return self.values[0] if self.values else ""

    @property
    def id(self) -> str:
        """The control's id in the page."""
        return f"f-{self.name}"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the values of codes can be chosen from, on one branch's pages."""

    members: Sequence[Member] = ()
    rubrics: Sequence[Option] = ()
    organisations: Sequence[Option] = ()


@dataclass(frozen=True)
class Form:
    """A type's form: needed fields first, the others to be unfolded."""

    type: str
    needed: Sequence[Control]
    others: Sequence[Control]
    problems: Sequence[tuple[str, str, str]] = field(default=())
    """(control's id, label, sentence) of everything that is wrong."""

    @property
    def unfolded(self) -> bool:
        """Whether something stands, or is wrong, among the other fields."""
        return any(control.values or control.problems for control in self.others)

    @property
    def takes_roll(self) -> bool:
        """Whether attendance can be ticked."""
        return ATTENDANCE in fields_of(self.type)


def build_form(
    type_word: str,
    language: Language,
    choices: Choices,
    given: Mapping[str, Sequence[str]],
    problems: Iterable[Problem] = (),
) -> Form:
    """Build the form of a type with what it holds and what is wrong with it."""
    told = _by_field(problems, language)
    fields = fields_of(type_word)
    controls = [_envelope_control("occurred_on", language, needed=True)]
    controls += [_control(type_word, name, info, language, choices) for name, info in fields.items()]
    if CATALOGUE[type_word].may_count_for is not Payload.may_count_for:
        controls.append(_envelope_control("counts_for", language, needed=False))
    held = [
        replace(c, values=tuple(given.get(c.name, ())), problems=tuple(told.pop(c.name, ())))
        for c in controls
    ]
    listed = [(c.id, c.label, sentence) for c in held for sentence in c.problems]
    listed += [("form", name, sentence) for name, sentences in told.items() for sentence in sentences]
    return Form(
        type_word,
        [control for control in held if control.needed],
        [control for control in held if not control.needed],
        listed,
    )


def _by_field(problems: Iterable[Problem], language: Language) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for problem in problems:
        name = (problem.field or "").removeprefix("data.").removeprefix("data.").partition("[")[0]
        told.setdefault(name.partition(".")[0], []).append(without_place(problem, language))
    return told


def without_place(problem: Problem, language: Language) -> str:
    """Return a problem's sentence without the name of its field, which stands beside it."""
    return replace(problem, field=None, file=None, line=None).sentence(language)


def _envelope_control(name: str, language: Language, *, needed: bool) -> Control:
    info = ENVELOPE[name]
    kind: Kind = "date" if name == "occurred_on" else "month"
    return Control(name, info.label.pick(language), info.about.pick(language), kind, needed)


def _control(type_word: str, name: str, info: FieldInfo, language: Language, choices: Choices) -> Control:
    kind, options = _kind_of(type_word, name, info, language, choices)
    return Control(name, info.label.pick(language), info.about.pick(language), kind, info.required, options)


def _kind_of(
    type_word: str, name: str, info: FieldInfo, language: Language, choices: Choices
) -> tuple[Kind, Sequence[Option]]:
    listed = [Option(word, described.label.pick(language)) for word, described in info.choices.items()]
    members = [Option(member.code, member.label) for member in choices.members]
    if name in ROSTERS:
        if info.kind == "list":
            return ("ticks", members) if members else ("text", ())
        return ("suggest", members) if type_word in _NEWCOMERS or not members else ("select", members)
    if name == "rubric" and choices.rubrics:
        return "select", choices.rubrics
    if name in ("parent", "successor") and choices.organisations:
        return "select", choices.organisations
    if info.kind == "choice" or (info.kind == "whole" and listed):
        return "select", listed
    if info.kind == "set":
        return ("ticks", listed) if listed else ("text", ())
    if info.kind == "flag":
        return "select", [Option("true", _YES[language]), Option("false", _NO[language])]
    if info.kind == "code" and listed:
        return "suggest", [Option(option.label, option.value) for option in listed]
    if info.kind == "list" or name in _LONG:
        return "long", ()
    return _BY_KIND.get(info.kind, "text"), ()


_YES: Mapping[Language, str] = {"zh": "是", "en": "yes"}
_NO: Mapping[Language, str] = {"zh": "否", "en": "no"}


def given_in(form: Fields, type_word: str) -> dict[str, list[str]]:
    """Return what was typed, by field of a type; the numbers of a roll that was called among it."""
    names = ["occurred_on", "counts_for", *fields_of(type_word)]
    given = {name: form.all(name) for name in names if form.all(name)}
    # A list that was empty goes along as "[]", so that it stays an empty one unless somebody is ticked.
    given = {name: [one for one in values if one != "[]"] or values[:1] for name, values in given.items()}
    if ATTENDANCE in fields_of(type_word) and form.text("roll"):
        given.update(_called(form))
    return given


SEATS = ("present", "leave", "absent")


def _called(form: Fields) -> dict[str, list[str]]:
    """Return the numbers that a called roll comes to, and who was on leave."""
    seats = {name.removeprefix("seat."): form[name] for name in form if name.startswith("seat.")}
    count = {seat: sum(1 for value in seats.values() if value == seat) for seat in SEATS}
    return {
        "expected": [str(sum(count.values()))],
        "present": [str(count["present"])],
        "excused": [str(count["leave"])],
        "absent": [str(count["absent"])],
        "on_leave": [code for code, value in seats.items() if value == "leave"] or ["[]"],
    }


def cells(type_word: str, given: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return what was typed as the cells that the ledger reads."""
    fields = fields_of(type_word)
    return {name: _cell(fields.get(name), name, values) for name, values in given.items() if values}


def _cell(info: FieldInfo | None, name: str, values: Sequence[str]) -> str:
    if info is None:
        return values[-1].strip()
    if info.kind in ("set", "list"):
        return "\n".join(values)
    return values[-1]


def given_of(type_word: str, payload: Mapping[str, object]) -> dict[str, list[str]]:
    """Return what a form holds of a payload that was stored."""
    fields = fields_of(type_word)
    held: dict[str, list[str]] = {}
    texts = cells_of(type_word, payload)
    for name, value in payload.items():
        several = isinstance(value, list) and fields[name].kind in ("set", "list")
        held[name] = [str(one) for one in value] if several and isinstance(value, list) else [texts[name]]
        if value == [] and fields[name].kind == "list":
            held[name] = ["[]"]
    return held
