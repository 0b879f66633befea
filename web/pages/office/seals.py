"""Seals: scores kept as certificates; what is unjudged is shown before, the period's name is asked for.

In: a form, a period. Out: certificates; or whether one holds. Deliberately absent: unsealing.
"""

from datetime import date
from importlib.metadata import version
from typing import Any

from ledger.access import visits
from ledger.events import parse_event
from projections.answers.certificates import check_certificate
from projections.answers.document import Replayed
from projections.answers.scoring import head_at
from projections.answers.seals import build_seals
from projections.engine.results import Answer as Scored
from projections.text.labels import Names
from projections.text.scores import presumed
from rubrics.numbers import print_points
from rubrics.problems import RubricError
from web.pages.office.scope import (
    Asked,
    asked_in_words,
    branches_below,
    form_choices,
    scored,
    trial,
    usual_about,
    usual_periods,
)
from web.pages.saying import form_titles, title_of
from web.request.asked import Answer, Ask, Page, Problematic, SeeOther, address, day_of, upto_of
from web.words import WORDS


def seals(ask: Ask) -> Answer:
    """Show certificates; check one; seal a period."""
    names = ("rubric", "period", "on", "as_of", "name")
    given = {name: (ask.form if ask.posted else ask.query).text(name) for name in names}
    usual = usual_about(ask, ask.branch)
    shown = {"rubric": usual.rubric if usual else "", "period": str(ask.today.year)}
    values: dict[str, Any] = {
        "forms": [(one.value, one.label) for one in form_choices(ask)],
        "given": {name: value or shown.get(name, "") for name, value in given.items()},
        "periods": usual_periods(ask),
        "unread": "",
        "sealed": _sealed(ask),
        "ready": None,
        "problem": "",
        "verdict": _verdict(ask) if ask.query.text("check") else None,
        "saved": ask.query.text("saved"),
        "may": ask.actor.administers(ask.branch, ask.tree),
    }
    status = 200
    if given["rubric"] and given["period"] and not ask.query.text("choose"):
        try:
            values["ready"] = _ready(ask, given)
        except Problematic as problem:
            if problem.status != 422:
                raise
            values["unread"], status = ask.pick(problem.words), 422
        if ask.posted and values["ready"]:
            if given["name"] == values["ready"]["period"]:
                return _seal(ask, given)
            values["problem"], status = ask.pick(WORDS["seal_name_wrong"]), 422
    return Page("office/seals.html", values, status)


def _sealed(ask: Ask) -> list[dict[str, str]]:
    below = set(branches_below(ask))
    found = []
    for one in ask.desk.store.read(types={"score_sealed"}):
        if one.branch in below:
            payload = one.payload()
            found.append(
                {
                    "id": one.id,
                    "branch": ask.tree.name_of(one.branch),
                    "rubric": ask.pick(form_titles(ask, [str(payload["rubric"])])[str(payload["rubric"])]),
                    "period": str(payload["period"]),
                    "on": str(payload["on"]),
                    "by": one.recorded_by or "",
                    "check": address("o", ask.branch, "seals", check=one.id),
                }
            )
    return found[::-1]


def _ready(ask: Ask, given: dict[str, str]) -> dict[str, Any]:
    asked = asked_in_words(ask, given["rubric"], given["period"])
    codes = scored(ask, asked)
    on, upto = day_of(ask), _prefix(ask, given)
    answer = _replay(ask, asked, codes, on, upto) if codes else None
    scores = () if answer is None else answer.scores
    names = Names({code: ask.tree.name_of(code) for code in codes}, alone=True)
    return {
        "title": title_of(ask, asked.plan.rubric.title),
        "period": asked.period.name,
        "on": on.isoformat(),
        "upto": upto,
        "trial": trial(ask, asked, codes),
        "branches": [
            (ask.tree.name_of(s.branch), print_points(s.total), print_points(s.unassessed)) for s in scores
        ],
        "unjudged": [ask.pick(presumed(s, asked.plan.rubric, names)) for s in scores if s.unassessed],
    }


def _prefix(ask: Ask, given: dict[str, str]) -> int:
    """Return how much of the log counts: as asked, else everything. What was looked at is what is sealed."""
    return upto_of(ask, given["as_of"])


def _replay(ask: Ask, asked: Asked, codes: list[str], on: date, upto: int) -> Scored:
    return ask.desk.score(asked.plan, asked.period, branches=codes, on=on, upto=upto, explain=True)


def _seal(ask: Ask, given: dict[str, str]) -> Answer:
    asked = asked_in_words(ask, given["rubric"], given["period"])
    codes = scored(ask, asked)
    if not codes:
        raise Problematic(422, WORDS["none_found"])
    loaded = ask.desk.forms.loaded(given["rubric"])
    on, position = day_of(ask), _prefix(ask, given)
    head = head_at(ask.desk.store, position)
    replayed = Replayed(asked.plan.rubric, loaded.digest, asked.period, on, position, head)
    answer = _replay(ask, asked, codes, on, position)
    payloads = build_seals(replayed, answer.scores, loaded.text, program())
    envelope = {"type": "score_sealed", "occurred_on": ask.today.isoformat(), "recorded_by": ask.actor.code}
    events = [parse_event({**envelope, "branch": code, "data": data}) for code, data in payloads.items()]
    ask.desk.record(events, own=True)
    detail = f"{given['rubric']} {asked.period.name}"
    visits.note(ask.desk.store, ask.now, "seal", ask.actor.code, organisation=ask.branch, detail=detail)
    about = {"rubric": given["rubric"], "period": asked.period.name, "choose": "1"}
    return SeeOther(address("o", ask.branch, "seals", saved=str(len(events)), **about))


def program() -> str:
    """Return which program makes certificates."""
    return f"zhibu {version('zhibu')}"


def _verdict(ask: Ask) -> dict[str, Any]:
    found = ask.desk.store.find(ask.query.text("check").lower())
    if found is None or found.type != "score_sealed" or found.branch not in branches_below(ask):
        raise Problematic(404, WORDS["hidden_page"])
    rubric = str(found.payload()["rubric"])
    try:
        todays = ask.desk.forms.loaded(rubric).text
    except RubricError:
        todays = None
    verdict = check_certificate(ask.desk.store, found, todays, program())
    return {
        "branch": ask.tree.name_of(found.branch),
        "holds": verdict.holds,
        "tampered": list(verdict.tampered),
        "total": "" if verdict.sealed_total is None else print_points(verdict.sealed_total),
        "by_log": [(one.clause, one.moved) for one in verdict.by_todays_log or ()],
        "by_rubric": [(one.clause, one.moved) for one in verdict.by_todays_rubric or ()],
    }
