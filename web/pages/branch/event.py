"""One event: what it says, what became of it, who recorded it; to be corrected or retracted with a reason.

In: an event's id, new content, a reason. Out: a control event. Deliberately absent: changing what was
recorded; the log only grows.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ledger.effective import NO_FACTS
from ledger.errors import Refused
from ledger.events import CATALOGUE, ENVELOPE, Event, canonical_data, fields_of, parse_cells, parse_event
from ledger.problems import Problem
from ledger.store.codec import Recorded
from projections.answers.history import Fate, Fates
from web.desk.desk import Written
from web.forms import build_form, cells, given_in, given_of, without_place
from web.pages.branch.history import line_of
from web.pages.branch.log import choices_of, event_id_of, preview
from web.pages.saying import fields_said, spelled_out
from web.request.asked import Answer, Ask, Page, Problematic, SeeOther, address
from web.words import WORDS


class Fact(NamedTuple):
    """A field of an event: its label, what it says, and where that leads, where it is another event."""

    label: str
    said: str
    leads: str = ""


def event(ask: Ask) -> Answer:
    """Show an event; check or save what is to become of it."""
    found = ask.desk.store.find(ask.params["id"].lower())
    if found is None:
        raise Problematic(404, WORDS["hidden_page"])
    fates = Fates(ask.desk.store, found.branch)
    fate = fates.of(found)
    if not ask.posted:
        return _page(ask, found, fate, fates)
    do = ask.form.text("do")
    if not _may(ask, found, fate, fates, retracting=do == "retract"):
        raise Problematic(403, WORDS["no_right"])
    try:
        control, new = _retraction(ask, found) if do == "retract" else _correction(ask, found)
        if new is not None and not _may_content(ask, found, new):
            raise Problematic(403, WORDS["no_right"])
        if ask.saves:
            ask.desk.record([control])
            return SeeOther(address("e", found.id))
        written = ask.desk.write([control], trial=True)
    except Refused as refused:
        return _page(ask, found, fate, fates, do, refused.problems)
    return _page(ask, found, fate, fates, do, (), written)


def _may(ask: Ask, found: Recorded, fate: Fate, fates: Fates, *, retracting: bool) -> bool:
    """Whether the event may be retracted or corrected by who asks, as far as it stands."""
    if fate.state == "retracted":
        return False
    if found.type in NO_FACTS:
        if found.type != "event_corrected" or not retracting:
            return False
        target = ask.desk.store.find(str(found.payload()["target"]))
        contents = [found.payload()["data"]] + ([] if target is None else [target.payload()])
        word = "" if target is None else target.type
        return bool(word) and all(
            ask.actor.may_write(found.branch, ask.tree, word, content)
            for content in contents
            if isinstance(content, dict)
        )
    return all(
        ask.actor.may_write(found.branch, ask.tree, found.type, content)
        for content in (found.payload(), fate.payload)
    )


def _may_content(ask: Ask, found: Recorded, new: Mapping[str, Any]) -> bool:
    return ask.actor.may_write(found.branch, ask.tree, found.type, new)


def _control(ask: Ask, found: Recorded, word: str, data: dict[str, object]) -> Event:
    envelope = {
        "id": event_id_of(ask),
        "branch": found.branch,
        "type": word,
        "occurred_on": ask.today.isoformat(),
    }
    return parse_event({**envelope, "recorded_by": ask.actor.code or None, "data": data})


def _retraction(ask: Ask, found: Recorded) -> tuple[Event, None]:
    reason = ask.form.text("reason") or None
    return _control(ask, found, "event_retracted", {"target": found.id, "reason": reason}), None


def _correction(ask: Ask, found: Recorded) -> tuple[Event, Mapping[str, Any]]:
    given = given_in(ask.form, found.type)
    typed = cells(found.type, given)
    new = parse_cells(found.type, {"occurred_on": "", **typed, "branch": found.branch})
    reason = ask.form.text("reason") or None
    data: dict[str, object] = {
        "target": found.id,
        "reason": reason,
        "data": _decoded(canonical_data(new.data)),
        "occurred_on": new.occurred_on.isoformat(),
        "counts_for": new.counts_for,
    }
    return _control(ask, found, "event_corrected", data), new.data.model_dump(mode="json")


def _decoded(text: str) -> object:
    import orjson

    return orjson.loads(text)


def _page(
    ask: Ask,
    found: Recorded,
    fate: Fate,
    fates: Fates,
    do: str = "",
    problems: Sequence[Problem] = (),
    written: Written | None = None,
) -> Page:
    model = CATALOGUE.get(found.type)
    reasons = [without_place(p, ask.language) for p in problems if (p.field or "").endswith("reason")]
    others = [p for p in problems if not (p.field or "").endswith("reason")]
    may_correct = found.type in CATALOGUE and _may(ask, found, fate, fates, retracting=False)
    values: dict[str, Any] = {
        "line": line_of(ask, found, fate),
        "fate": fate,
        "title": found.type if model is None else model.label.pick(ask.language),
        "was": rows_of(ask, found.branch, found.type, found.payload()),
        "now": rows_of(ask, found.branch, found.type, fate.payload) if fate.state == "corrected" else [],
        "counts_for_label": ENVELOPE["counts_for"].label.pick(ask.language),
        "recorded": ask.local(found.recorded_at, ask.desk.zone),
        "may_retract": _may(ask, found, fate, fates, retracting=True),
        "may_correct": may_correct,
        "do": do,
        "reason": ask.form.get("reason", ""),
        "reason_problems": reasons,
        "retract_problems": [without_place(p, ask.language) for p in others] if do == "retract" else [],
        "event_id": event_id_of(ask),
        "counted": any(name in fate.payload for name in ("present", "absent")),
        "preview": None if written is None else preview(ask, written),
        "form": None,
    }
    if may_correct:
        day = {"occurred_on": [fate.occurred_on], "counts_for": [fate.counts_for] if fate.counts_for else []}
        standing = {**given_of(found.type, fate.payload), **day}
        given = given_in(ask.form, found.type) if do == "correct" else standing
        choices = choices_of(ask, found.branch)
        told = others if do == "correct" else ()
        values["form"] = build_form(found.type, ask.language, choices, given, told)
    return Page("event.html", values, 422 if problems else 200)


def rows_of(ask: Ask, branch: str, type_word: str, payload: Mapping[str, Any]) -> list[Fact]:
    """Return a payload as rows in the form's order, in the reader's words; no whole files or digests."""
    if type_word not in CATALOGUE:
        return [Fact(name, str(value)) for name, value in payload.items()]
    fields, rows = fields_of(type_word), []
    shown = spelled_out(ask, branch, payload)
    order = [name for needed in (True, False) for name in fields if fields[name].required is needed]
    for name in [*(n for n in order if n in shown), *(n for n in shown if n not in fields)]:
        value = shown[name]
        label = name if name not in fields else fields[name].label.pick(ask.language)
        said = fields_said(ask, branch, type_word, {name: value})
        if said:
            leads = address("e", str(payload[name])) if name == "target" else ""
            rows.append(Fact(label, said.removeprefix(f"{label} "), leads))
    return rows
