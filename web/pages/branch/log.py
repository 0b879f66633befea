"""Logging: the types by family, and the form of one, with what it would count for before it is saved.

In: what is typed. Out: one event, and what it counts for. Deliberately absent: any type's own form; the
catalogue has them all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from ledger.effective import NO_FACTS
from ledger.errors import Refused
from ledger.events import CATALOGUE, Event, fields_of, parse_cells
from ledger.intake.ready import fresh_id
from projections.answers.at_entry import crowded, nearest_that_counts, odd_dues, strangers_in
from projections.answers.duties import event_that_meets
from projections.engine.entries import Obligation
from projections.text.events import by_family, family_of
from projections.text.impacts import crowded_words, not_counted_words, odd_dues_words, stranger_words
from web.desk.desk import Written
from web.forms import SEATS, Choices, Option, build_form, cells, given_in
from web.pages.account.start import form_options
from web.pages.saying import event_said, form_titles, impact_lines, names_of
from web.request.asked import Answer, Ask, Page, Problematic, SeeOther, address
from web.words import WORDS

if TYPE_CHECKING:
    from ledger.problems import Problem
from ledger.store.codec import Recorded

_OFTEN = (
    "meeting_held",
    "lecture_given",
    "dues_paid",
    "training_completed",
    "talk_held",
    "document_submitted",
)


def may_log(ask: Ask, type_word: str) -> bool:
    """Whether events of a type may be typed here by who asks."""
    return type_word not in NO_FACTS and ask.actor.may_write(ask.branch, ask.tree, type_word)


def form_that_meets(ask: Ask, duty: Obligation) -> str | None:
    """Return the address of the form that would meet an obligation, filled in as far as it says; None where
    no event of a type that may be typed here would."""
    meets = event_that_meets(ask.desk.forms.plan(duty.rubric).rubric, duty)
    if meets is None or not may_log(ask, meets.type):
        return None
    return address("b", duty.branch, "log", meets.type, **meets.values)


def types(ask: Ask) -> Answer:
    """List the types that may be logged, by family, the frequent ones first."""
    families: dict[str, list[tuple[str, str, str]]] = {}
    for word in by_family(CATALOGUE):
        if may_log(ask, word):
            model = CATALOGUE[word]
            row = (word, model.label.pick(ask.language), model.about.pick(ask.language))
            families.setdefault(ask.pick(family_of(word)), []).append(row)
    often = [row for rows in families.values() for row in rows if row[0] in _OFTEN]
    often.sort(key=lambda row: _OFTEN.index(row[0]))
    return Page("log_types.html", {"families": families, "often": often})


def choices_of(ask: Ask, branch: str) -> Choices:
    """Return what codes can be chosen from on a branch's pages."""
    organisations = [
        Option(code, ask.tree.name_of(code))
        for code in ask.tree
        if code in ask.desk.readable and code != branch
    ]
    return Choices(ask.desk.roster(branch), form_options(ask), organisations)


def form(ask: Ask) -> Answer:
    """Show the form of a type; check what was typed, or save it."""
    word = ask.params["type"].replace("-", "_")
    if word not in CATALOGUE:
        raise Problematic(404, WORDS["hidden_page"])
    if not may_log(ask, word):
        raise Problematic(403, WORDS["no_right"])
    if ask.query.text("logged"):
        return _logged(ask, word, ask.query.text("logged"))
    given = given_in(ask.form, word) if ask.posted else _begun(ask, word)
    event_id = event_id_of(ask)
    problems: Sequence[Problem] = ()
    written: Written | None = None
    if ask.posted:
        try:
            event = _parsed(ask, word, given, event_id)
            _may_just_this(ask, event)
            if ask.saves:
                # What it counts for is told by the page that comes next.
                ask.desk.record([event])
                return SeeOther(address("b", ask.branch, "log", word, logged=event_id))
            written = ask.desk.write([event], trial=True)
        except Refused as refused:
            problems = refused.problems
    shown = None if written is None else {**preview(ask, written), "roll": _called(ask)}
    if ask.form.text("part") == "preview":
        # What the script asks for while somebody types: what would come of it, and no more.
        return Page("preview.html", {"preview": shown}, 422 if problems else 200)
    choices = choices_of(ask, ask.branch)
    values = {
        "type": word,
        "title": CATALOGUE[word].label.pick(ask.language),
        "about": CATALOGUE[word].about.pick(ask.language),
        "form": build_form(word, ask.language, choices, given, problems),
        "event_id": event_id,
        "roll": _roll(ask, choices),
        "roll_called": bool(ask.form.text("roll")),
        "preview": shown,
        "action": address("b", ask.branch, "log", word),
    }
    return Page("log_form.html", values, 422 if problems else 200)


def _begun(ask: Ask, word: str) -> dict[str, list[str]]:
    """Return what a form holds at first: today, and what the address brings along."""
    fields = {"occurred_on", "counts_for", *fields_of(word)}
    given = {name: ask.query.all(name) for name in ask.query if name in fields}
    return {"occurred_on": [ask.today.isoformat()], **given}


def event_id_of(ask: Ask) -> str:
    """Return the id that the form carries, so that a double click is one event; else a fresh one."""
    try:
        return str(UUID(ask.form.text("id")))
    except ValueError:
        return fresh_id(ask.now)


def _parsed(ask: Ask, word: str, given: Mapping[str, Sequence[str]], event_id: str) -> Event:
    envelope = {"branch": ask.branch, "id": event_id}
    if ask.actor.code:
        envelope["recorded_by"] = ask.actor.code
    typed = cells(word, given)
    day = {} if "occurred_on" in typed else {"occurred_on": ""}
    return parse_cells(word, {**typed, **day, **envelope})


def _may_just_this(ask: Ask, event: Event) -> None:
    """Raise where the type may be written, but not with this content: a judgement in another's place."""
    payload = event.data.model_dump(mode="json")
    if not ask.actor.may_write(event.branch, ask.tree, event.type, payload):
        raise Problematic(403, WORDS["no_right"])


def _roll(ask: Ask, choices: Choices) -> list[tuple[str, str, str]]:
    """Return who is on the roll, and the seat that was ticked."""
    return [
        (member.code, member.label, ask.form.text(f"seat.{member.code}") or "present")
        for member in choices.members
    ]


def _called(ask: Ask) -> list[tuple[str, list[str]]]:
    """Return who was called present, on leave and absent, by name; nobody where no roll was called."""
    if not ask.form.text("roll"):
        return []
    roll = _roll(ask, choices_of(ask, ask.branch))
    return [
        (ask.pick(WORDS[f"seat_{word}"]), [label for _, label, seat in roll if seat == word])
        for word in SEATS
    ]


def preview(ask: Ask, written: Written) -> dict[str, object]:
    """Return what is said of events before they are saved, or after."""
    notes = []
    for outcome in written.outcomes:
        if outcome.equal is not None:
            notes.append(ask.pick(WORDS["equal_there"]).replace("{}", str(outcome.equal.position)))
        notes += notes_of(ask, outcome.recorded)
        if not outcome.appended:
            notes.append(ask.pick(WORDS["already"]).replace("{}", str(outcome.recorded.position)))
    if not written.impacts and len(written.outcomes) == 1 and written.outcomes[0].appended:
        notes += nowhere(ask, written.outcomes[0].recorded)
    return {"notes": notes, "lines": impact_lines(ask, written.impacts)}


def notes_of(ask: Ask, event: Recorded) -> list[str]:
    """Say what should be known about an event: members on no roster that day, dues that look wrong."""
    store = ask.desk.store
    names = names_of(ask, event.branch)

    def called(code: str) -> str:
        return ask.pick(names.member(code))

    strangers = [replace(o, branch=ask.tree.name_of(o.branch)) for o in strangers_in(store, [event])]
    found = [stranger_words(one, command=False) for one in strangers]
    found += [odd_dues_words(replace(o, member=called(o.member))) for o in odd_dues(store, event)]
    if (too_many := crowded(event)) is not None:
        found.append(crowded_words(too_many))
    return [ask.pick(words) for words in found]


def nowhere(ask: Ask, event: Recorded) -> list[str]:
    """Say that no form counts an event, and the nearest that one does count."""
    adopted = ask.desk.adopted(event.branch)
    if not adopted:
        return []
    nearest = nearest_that_counts(ask.desk.forms.plans(adopted), event)
    return [ask.pick(not_counted_words(adopted, nearest, form_titles(ask, adopted)))]


def _logged(ask: Ask, word: str, event_id: str) -> Answer:
    """Say that an event was logged, and what next."""
    found = ask.desk.store.find(event_id.lower())
    if found is None or found.branch != ask.branch:
        raise Problematic(404, WORDS["hidden_page"])
    impacts = ask.desk.impact_of([found])
    again = {
        name: value
        for name, value in found.payload().items()
        if isinstance(value, str) and name not in ("topic", "amount", "member") and len(value) < 100
    }
    values = {
        "title": CATALOGUE[word].label.pick(ask.language),
        "said": event_said(ask, ask.branch, found.type, found.payload()),
        "logged": ask.pick(WORDS["logged_at"]).replace("{}", str(found.position)),
        "event": found,
        "again": address("b", ask.branch, "log", word, **again),
        "draft": address("b", ask.branch, "log", word),
        "lines": impact_lines(ask, impacts),
        "notes": notes_of(ask, found) + ([] if impacts else nowhere(ask, found)),
    }
    return Page("logged.html", values)
