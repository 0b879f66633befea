"""What the JSON interface tells: the account, organisations, the catalogue, what is due, scores, events.

In: an `ApiAsk`. Out: a status and what JSON is made of. Deliberately absent: names of people.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from ledger.events import CATALOGUE, FieldInfo, fields_of
from ledger.problems import Problem
from ledger.words import Words
from projections.answers.document import Replayed, answer_row
from projections.answers.duties import obligation_row
from projections.answers.scoring import head_at, position_of
from projections.engine.periods import parse_day, parse_period
from rubrics.problems import RubricError
from web.api.door import ApiAsk
from web.api.problems import ApiProblem, problem_row
from web.words import WORDS

if TYPE_CHECKING:
    from ledger.store.codec import Recorded

_MOST = 5_000


def me(ask: ApiAsk) -> tuple[int, Any]:
    """Tell the account and its grants."""
    grants = [{"role": g.role, "organisation": g.organisation or None} for g in ask.account.grants]
    return 200, {"account": ask.account.code, "grants": grants, "language": ask.account.language or "zh"}


def organisations(ask: ApiAsk) -> tuple[int, Any]:
    """Tell the organisations in scope; a superior outside it is not told."""
    readable = ask.desk.readable
    rows = []
    for code in sorted(readable):
        one = ask.desk.tree[code]
        parent = one.parent if one.parent in readable else None
        rubrics = ask.desk.adopted(code)
        rows.append({"code": code, "name": one.name, "kind": one.kind, "parent": parent, "rubrics": rubrics})
    return 200, rows


def catalogue(ask: ApiAsk) -> tuple[int, Any]:
    """Tell the types, their fields, kinds and choices, with labels in both languages."""
    types = [
        {
            "type": word,
            "label": both(model.label),
            "fields": [_field(name, info) for name, info in fields_of(word).items()],
        }
        for word, model in CATALOGUE.items()
    ]
    return 200, {"types": types}


def both(words: Words) -> dict[str, str]:
    """Return a text in both languages."""
    return {"zh": words.zh, "en": words.en}


def _field(name: str, info: FieldInfo) -> dict[str, Any]:
    choices = [{"value": word, "label": both(known.label)} for word, known in info.choices.items()]
    return {
        "name": name,
        "label": both(info.label),
        "kind": info.kind,
        "needed": info.required,
        "choices": choices,
    }


def day_of(ask: ApiAsk) -> date:
    """Return the day that is asked about. Raises ApiProblem (422)."""
    text = ask.query.text("on")
    try:
        return parse_day(text) if text else ask.desk.today
    except ValueError:
        raise wrong_query(ask, "on", WORDS["no_day"]) from None


def due(ask: ApiAsk) -> tuple[int, Any]:
    """Tell what is due, as the command does."""
    return 200, [obligation_row(one) for one in ask.desk.due([ask.branch], on=day_of(ask))]


def score(ask: ApiAsk) -> tuple[int, Any]:
    """Tell a score, as the command does."""
    on = day_of(ask)
    try:
        plan = ask.desk.forms.plan(ask.params["rubric"])
        loaded = ask.desk.forms.loaded(ask.params["rubric"])
        period = parse_period(ask.params["period"], plan.rubric.year_start)
    except (RubricError, ValueError):
        words = Words("没有这份细则或期间", "there is no such form or period")
        raise ApiProblem(404, words) from None
    upto = position_of(ask.desk.store, ask.query.text("as_of") or None, ask.desk.zone)
    explain = ask.query.text("explain") in ("1", "true")
    answer = ask.desk.score(plan, period, branches=[ask.branch], on=on, upto=upto, explain=explain)
    replayed = Replayed(plan.rubric, loaded.digest, period, on, upto, head_at(ask.desk.store, upto))
    return 200, answer_row(replayed, answer.scores, explain=explain)


def events(ask: ApiAsk) -> tuple[int, Any]:
    """Tell events as they were recorded, in order of position."""
    after, limit = _whole(ask, "after", 0, 0, 2**62), _whole(ask, "limit", 500, 1, _MOST)
    found: list[Recorded] = []
    more = False
    for one in ask.desk.store.read(branch=ask.branch, after=after):
        if len(found) == limit:
            more = True
            break
        found.append(one)
    rows = [{**one._asdict(), "data": one.payload()} for one in found]
    return 200, {"events": rows, "next": found[-1].position if more else None}


def _whole(ask: ApiAsk, name: str, default: int, least: int, most: int) -> int:
    text = ask.query.text(name)
    if not text:
        return default
    if text.isascii() and text.isdecimal() and len(text) < 20 and least <= int(text) <= most:
        return int(text)
    words = Words(f"应为 {least} 至 {most} 的整数", f"must be a whole number from {least} to {most}")
    raise wrong_query(ask, name, words)


def wrong_query(ask: ApiAsk, name: str, expected: Words) -> ApiProblem:
    """Return the answer (422) to a parameter of the address that cannot be meant."""
    problem = Problem(expected, name, ask.query.text(name)[:40])
    sentence = Words(problem.sentence("zh"), problem.sentence("en"))
    return ApiProblem(422, sentence, problems=[problem_row(problem, ask.language)])
