"""What other programs write: events, all or nothing, or only checked.

In: one envelope or a list, as JSON read as strictly as JSON Lines. Out: what became of each, and what they
count for. Deliberately absent: anything that the ledger's intake does not check for every door.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ledger.effective import CONTROLS
from ledger.errors import LedgerError, Refused
from ledger.events import CATALOGUE, Event, parse_event
from ledger.events.types.control import EventCorrected, EventRetracted
from ledger.intake.admission import content_of, content_of_stored
from ledger.intake.checks.rights import NO_RIGHT as NOT_THE_ACCOUNTS
from ledger.intake.ready import Occurrences
from ledger.problems import Problem
from ledger.words import Words
from projections.answers.impacts import impact_row
from web.api.door import NO_RIGHT, ApiAsk
from web.api.problems import ApiProblem, problem_row
from web.api.strict import read_strictly
from web.desk.desk import Written

_MOST = 5_000


def append(ask: ApiAsk) -> tuple[int, Any]:
    """Record events, all or none: 201 where any is new, 200 where none is."""
    return _write(ask, trial=False)


def check(ask: ApiAsk) -> tuple[int, Any]:
    """Say what would come of events; nothing is written."""
    return _write(ask, trial=True)


def _write(ask: ApiAsk, *, trial: bool) -> tuple[int, Any]:
    raw, several = _envelopes(ask)
    _may_write_types(ask, raw)
    events, problems = _parsed(ask, raw)
    _may_write_each(ask, events)
    if problems:
        raise _refused(ask, problems, several=several)
    named = _with_ids(events)
    conflicts = _taken(ask, named)
    try:
        written = ask.desk.write(named, trial=trial)
    except Refused as refused:
        if any(problem.expected == NOT_THE_ACCOUNTS for problem in refused.problems):
            raise ApiProblem(403, NO_RIGHT) from None
        told = _by_event(ask, named, refused, conflicts)
        if told:
            raise _refused(ask, told, several=several) from None
        raise _conflict(ask, conflicts, several=several) from None
    return (200 if trial or not any(o.appended for o in written.outcomes) else 201), _row(
        written, trial=trial
    )


def _row(written: Written, *, trial: bool) -> dict[str, Any]:
    return {
        "events": [
            {
                "id": outcome.recorded.id,
                "position": None if trial and outcome.appended else outcome.recorded.position,
                "appended": outcome.appended and not trial,
            }
            for outcome in written.outcomes
        ],
        "impact": [impact_row(one) for one in written.impacts],
    }


def _envelopes(ask: ApiAsk) -> tuple[list[Any], bool]:
    """Return what was sent as a list, and whether it was one. Raises ApiProblem: 400, 413."""
    try:
        raw = read_strictly(ask.body)
    except (LedgerError, json.JSONDecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        words = getattr(error, "words", None) or Words("不是规范的 JSON", "this is no strict JSON")
        raise ApiProblem(400, words) from None
    if isinstance(raw, list):
        if len(raw) > _MOST:
            raise ApiProblem(413, Words(f"一次最多 {_MOST} 条", f"at most {_MOST:,} events at once"))
        return raw, True
    return [raw], False


def _parsed(ask: ApiAsk, raw: Sequence[Any]) -> tuple[list[Event], list[tuple[int, Problem]]]:
    events: list[Event] = []
    problems: list[tuple[int, Problem]] = []
    for index, one in enumerate(raw):
        wrong = list(_others(ask, one)) if isinstance(one, dict) else []
        problems += [(index, problem) for problem in wrong]
        if isinstance(one, dict):
            one = {**one, "branch": ask.branch, "recorded_by": ask.account.code}  # noqa: PLW2901
        try:
            events.append(parse_event(one))
        except Refused as refused:
            problems += [(index, problem) for problem in refused.problems]
    return events, problems


def _others(ask: ApiAsk, one: dict[str, Any]) -> list[Problem]:
    """Return what is wrong with an envelope that speaks of another branch, or in another's name."""
    found = []
    for name, own in (("branch", ask.branch), ("recorded_by", ask.account.code)):
        given = one.get(name)
        if given is not None and given != own:
            words = Words(f"应为 {own}，或省去", f"must be {own}, or be left out")
            found.append(Problem(words, name, str(given)[:100]))
    return found


def _may_write_types(ask: ApiAsk, raw: Sequence[Any]) -> None:
    """Raise ApiProblem (403) for the first event whose type the account never writes."""
    for one in raw:
        word, data = (one.get("type"), one.get("data")) if isinstance(one, dict) else (None, None)
        if not isinstance(word, str) or word not in CATALOGUE or word in CONTROLS:
            continue
        founding = data if word == "branch_registered" and isinstance(data, dict) else None
        if not ask.desk.actor.may_write(ask.branch, ask.desk.tree, word, founding):
            raise ApiProblem(403, NO_RIGHT)


def _may_write_each(ask: ApiAsk, events: Sequence[Event]) -> None:
    """Raise ApiProblem (403) for the first event that the account may not write, if it may at all."""
    actor, tree = ask.desk.actor, ask.desk.tree
    for event in events:
        if isinstance(event.data, EventRetracted | EventCorrected):
            target = ask.desk.store.find(event.data.target)
            if target is None or target.branch != ask.branch:
                continue
            word, payload = target.type, target.payload()
            if word == "event_corrected" and isinstance(event.data, EventRetracted):
                continue  # the ledger's intake asks about what was corrected
        else:
            word, payload = event.type, event.data.model_dump(mode="json")
        if not actor.may_write(ask.branch, tree, word, payload):
            raise ApiProblem(403, NO_RIGHT)


def _with_ids(events: Sequence[Event]) -> list[Event]:
    """Give every event an id: those without one the id that the same line of a file would get."""
    occurrences = Occurrences()
    named = []
    for event in events:
        own = event.id or occurrences.next_id(content_of(event))
        named.append(event.model_copy(update={"id": own}))
    return named


def _taken(ask: ApiAsk, events: Sequence[Event]) -> dict[int, Problem]:
    """Return, by index, the events whose id another content bears already."""
    found: dict[int, Problem] = {}
    seen: dict[str, Any] = {}
    for index, event in enumerate(events):
        content = content_of(event)
        stored = ask.desk.store.find(event.id or "")
        held = content_of_stored(stored) if stored is not None else seen.get(event.id or "")
        if held is not None and held != content:
            words = Words("已用于内容不同的另一条记录", "is the id of another event already")
            found[index] = Problem(words, "id", event.id)
        seen.setdefault(event.id or "", content)
    return found


def _by_event(
    ask: ApiAsk, events: Sequence[Event], refused: Refused, conflicts: dict[int, Problem]
) -> list[tuple[int, Problem]]:
    """Return what was refused, conflicts of ids left out, each with its event's place."""
    told = []
    for problem in refused.problems:
        index = (problem.line or 1) - 1
        if index in conflicts and problem.field == "id":
            continue
        # Its place is told by its index: a body has no lines.
        told.append((index, replace(problem, line=None)))
    return told


def _refused(ask: ApiAsk, problems: Sequence[tuple[int, Problem]], *, several: bool) -> ApiProblem:
    rows = [
        problem_row(problem, ask.language, index if several else None) for index, problem in problems[:100]
    ]
    return ApiProblem(422, Words("没有记录任何内容", "nothing was recorded"), problems=rows)


def _conflict(ask: ApiAsk, conflicts: dict[int, Problem], *, several: bool) -> ApiProblem:
    rows = [problem_row(p, ask.language, index if several else None) for index, p in conflicts.items()]
    return ApiProblem(409, Words("编号已被占用", "an id is taken"), problems=rows)
