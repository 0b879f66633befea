"""What projections answer, arranged for a page: impacts, obligations, entries, each with its sentence.

In: typed answers. Out: lines of texts and addresses. Deliberately absent: sentences of our own about the
domain; `projections.text` has them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, cast

from ledger.events import fields_of
from ledger.words import NOTHING, Words, as_words
from projections.engine.entries import Entry, Obligation
from projections.engine.plan import Plan
from projections.engine.results import BranchScore, ClauseScore, Impact
from projections.text.amounts import period_words
from projections.text.entries import entry_cause, how_much, state_words
from projections.text.events import event_words, type_label
from projections.text.impacts import why_words
from projections.text.labels import Names
from projections.text.obligations import STATES
from projections.text.scores import bounded, presumption
from rubrics.model import Rubric
from rubrics.numbers import print_points
from web.request.asked import Ask, address
from web.words import WORDS


class ImpactLine(NamedTuple):
    """A clause that moves, or whose rules match: its title, points before and after, duties met, why not."""

    branch: str
    form: str
    clause: str
    what: str
    before: str
    after: str
    full: str
    """What the clause bears."""
    moved: str
    met: Sequence[str]
    unmet: Sequence[str]
    why: str
    address: str


class Entered(NamedTuple):
    """An entry in words: its points, state, when, why, whose, and the events behind it."""

    points: str
    state: str
    state_label: str
    told: str
    events: Sequence[tuple[str, str]]
    """Addresses and what they are called."""


class Loss(NamedTuple):
    """What was lost under a clause."""

    clause: str
    title: str
    points: str
    lines: Sequence[Entered]
    bound: str
    """Why the lines come to more than was lost."""


class Organisations(Mapping[str, str]):
    """The names of the organisations that may be read, by code."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def __getitem__(self, code: str) -> str:
        if code not in self._ask.desk.readable:
            raise KeyError(code)
        return self._ask.tree.name_of(code)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ask.desk.readable)

    def __len__(self) -> int:
        return len(self._ask.desk.readable)


class Members:
    """What the members of branches are called, as far as they may be seen."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def of(self, branch: str, code: str) -> str | None:
        """Return what a member is called, None where the name is not known."""
        return self._ask.desk.labels(branch).get(code)


def names_of(ask: Ask, branch: str) -> Names:
    """Return the names that may be shown beside a branch's events."""
    return Names(Organisations(ask), Members(ask), branch, alone=True)


def event_said(ask: Ask, branch: str, type_word: str, payload: Mapping[str, object]) -> str:
    """Say what an event says, without its type's label; what it names by a code by what that is called."""
    return fields_said(ask, branch, type_word, spelled_out(ask, branch, payload))


def fields_said(ask: Ask, branch: str, type_word: str, shown: Mapping[str, object]) -> str:
    """Say what fields say that were spelled out."""
    said = ask.pick(event_words(type_word, shown, names_of(ask, branch)))
    label = ask.pick(event_words(type_word, {}))
    return said.removeprefix(label).removeprefix("：").removeprefix(": ")


def spelled_out(ask: Ask, branch: str, payload: Mapping[str, object]) -> dict[str, object]:
    """Return a payload with what is called somehow in the place of its code: organisations, forms, clauses,
    other events. Keys of obligations are left out; they say nothing to who reads."""
    shown = {name: value for name, value in payload.items() if name != "obligation"}
    for name in {"parent", "successor"} & shown.keys():
        shown[name] = ask.pick(names_of(ask, branch).branch(str(shown[name])))
    if "rubric" in shown:
        for plan in ask.desk.forms.plans([str(shown["rubric"])]):
            shown["rubric"] = title_of(ask, plan.rubric.title)
            titles = ask.desk.forms.words(plan.rubric).titles
            if shown.get("clause") in titles:
                shown["clause"] = f"{shown['clause']} {ask.pick(titles[str(shown['clause'])])}"
    if "target" in shown:
        _spell_target(ask, branch, shown)
    return shown


def _spell_target(ask: Ask, branch: str, shown: dict[str, object]) -> None:
    """Put in what the event is called that a control is about, and what it says now."""
    found = ask.desk.store.find(str(shown["target"]))
    if found is None or found.branch != branch:
        return
    shown["target"] = f"{ask.pick(type_label(found.type))} {found.occurred_on}"
    if isinstance(shown.get("data"), dict):
        shown["data"] = event_said(ask, branch, found.type, cast("dict[str, object]", shown["data"]))


def form_titles(ask: Ask, ids: Iterable[str]) -> dict[str, Words]:
    """Return what forms are called, by id; the id itself of one that is not at hand."""
    ids = list(ids)
    named = {p.rubric.id: Words(p.rubric.title.zh, p.rubric.title.en) for p in ask.desk.forms.plans(ids)}
    return {one: named.get(one, as_words(one)) for one in ids}


def clause_titles(ask: Ask, rubric: Rubric) -> dict[str, str]:
    """Return the titles of a form's clauses by id, in the form's order and the reader's language."""
    return {id_: ask.pick(words) for id_, words in ask.desk.forms.words(rubric).titles.items()}


def title_of(ask: Ask, text: object) -> str:
    """Return a text of a form in the reader's language."""
    zh, en = getattr(text, "zh", None), getattr(text, "en", None)
    return str((zh if ask.language == "zh" else en) or zh or en or "")


def impact_lines(ask: Ask, impacts: Sequence[Impact]) -> list[ImpactLine]:
    """Say what events count for, clause by clause."""
    lines = []
    for one in impacts:
        rubric = ask.desk.forms.plan(one.rubric).rubric
        difference = one.score_after - one.score_before
        sign = "+" if difference > 0 else "−" if difference < 0 else "±"
        lines.append(
            ImpactLine(
                ask.tree.name_of(one.branch),
                title_of(ask, rubric.title),
                one.clause,
                ask.pick(ask.desk.forms.words(rubric).titles.get(one.clause, NOTHING)),
                print_points(one.score_before),
                print_points(one.score_after),
                _borne(ask.desk.forms.plan(one.rubric), one.clause),
                f"{sign}{print_points(abs(difference))}",
                [what_of(ask, duty) for duty in one.met],
                [what_of(ask, duty) for duty in one.unmet],
                ask.pick(why_words(one)),
                address("b", one.branch, "score", one.rubric, one.period),
            )
        )
    return lines


def _borne(plan: Plan, clause: str) -> str:
    """Return the points that a clause bears; an empty text in a form of means, where it bears none."""
    if plan.rubric.aggregate == "mean":
        return ""
    return print_points(plan.clauses[plan.numbers[clause]].points)


def what_of(ask: Ask, duty: Obligation) -> str:
    """Say what an obligation asks for, and in which window."""
    what = duty.what.pick(ask.language)
    return f"{what} {ask.pick(period_words(duty.window))}" if duty.window else what


def days_words(ask: Ask, days_left: int) -> str:
    """Say how many days are left, or over."""
    if days_left == 0:
        return ask.pick(WORDS["due_today"])
    if abs(days_left) == 1:
        return ask.pick(WORDS["day_left" if days_left > 0 else "day_over"])
    return ask.pick(WORDS["days_left" if days_left > 0 else "days_over"]).replace("{}", str(abs(days_left)))


def entry_said(ask: Ask, entry: Entry, branch: str, rubric: Rubric) -> Entered:
    """Return an entry of a branch in words, with what its rule asks for where its clause asks for more."""
    sign = "−" if entry.points < 0 else "+" if entry.points > 0 else ""
    names = ask.desk.labels(branch)
    member = entry.member or ""
    cause = joined_asked(ask, entry, rubric) + ask.pick(entry_cause(entry))
    when = ask.pick(period_words(entry.label)) if entry.label else entry.due_on.isoformat()
    told = [when, cause, ask.pick(how_much(entry))]
    if member:
        told += ["·", ask.tree.name_of(member) if member in ask.tree else names.get(member, member)]
    label, several = ask.pick(WORDS["of_event"]), len(entry.events) > 1
    events = [
        (address("e", one), f"{label} {number}" if several else label)
        for number, one in enumerate(entry.events, start=1)
    ]
    points = f"{sign}{print_points(abs(entry.points))}" if entry.points else ""
    return Entered(points, entry.state, ask.pick(state_words(entry)), " ".join(filter(None, told)), events)


def joined_asked(ask: Ask, entry: Entry, rubric: Rubric) -> str:
    """Return what the entry's rule asks for, and a space; nothing where its clause asks for one thing."""
    if entry.clause < 0 or entry.rule is None:
        return ""
    asked = ask.desk.forms.words(rubric).asked[entry.clause]
    return ask.pick(asked[entry.rule]) + " " if asked else ""


def loss_lines(ask: Ask, rubric: Rubric, score: BranchScore, most: int) -> list[Loss]:
    """Return the clauses under which points are lost, the dearest first, at most so many."""
    titles = ask.desk.forms.words(rubric).titles
    losses: list[tuple[int, ClauseScore, list[Entry]]] = []
    for scored in score.clauses():
        lost = [entry for entry in scored.entries if entry.state == "lost" and entry.points < 0]
        cost = scored.points - scored.score
        if lost and cost > 0:
            losses.append((cost, scored, lost))
    losses.sort(key=lambda one: -one[0])
    return [
        Loss(
            scored.id,
            ask.pick(titles[scored.id]),
            print_points(cost),
            [entry_said(ask, entry, score.branch, rubric) for entry in lost],
            ask.pick(bounded(scored)),
        )
        for cost, scored, lost in losses[:most]
    ]


def assessor_words(assessor: str) -> Words:
    """Return what an assessor is called."""
    known = fields_of("clause_assessed")["assessor"].choices.get(assessor)
    return as_words(assessor) if known is None else known.label


def assessor_label(ask: Ask, assessor: str) -> str:
    """Return what an assessor is called, in the reader's language."""
    return ask.pick(assessor_words(assessor))


def unjudged_said(ask: Ask, clause: ClauseScore) -> str:
    """Say what is counted of a clause that a person judges and nobody judged yet; nothing of all others."""
    return ask.pick(presumption(clause)) if clause.unassessed else ""


def state_of(ask: Ask, duty: Obligation) -> str:
    """Return the state of an obligation in words."""
    return ask.pick(STATES[duty.state])
