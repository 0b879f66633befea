"""What goes wrong with the JSON interface, as `application/problem+json`.

In: a status, words, problems of events. Out: responses. Deliberately absent: deciding what is wrong.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from starlette.responses import Response

from ledger.problems import Problem
from ledger.words import Language, Words
from web.request.asked import QUERIES, query_of


class ApiProblem(Exception):
    """A request that is not answered as asked."""

    def __init__(
        self,
        status: int,
        words: Words,
        *,
        problems: Sequence[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(words.en)
        self.status, self.words, self.problems, self.headers = status, words, problems, headers


def problem_response(
    status: int,
    words: Words,
    language: Language,
    *,
    problems: Sequence[Mapping[str, Any]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a problem as the interface writes it."""
    body: dict[str, Any] = {"type": "about:blank", "title": words.pick(language), "status": status}
    body["problems"] = list(problems)
    return Response(orjson.dumps(body), status, dict(headers or {}), "application/problem+json")


def problem_row(problem: Problem, language: Language, index: int | None = None) -> dict[str, Any]:
    """Return one problem of an event; `index` where it is one of a list."""
    expected = problem.expected.pick(language)
    if problem.hint is not None:
        mark = "。" if language == "zh" else ". "
        expected_and_hint = f"{expected}{mark}{problem.hint.pick(language)}"
    else:
        expected_and_hint = expected
    row: dict[str, Any] = {
        "field": problem.field,
        "found": problem.found,
        "expected": expected_and_hint,
        "message": problem.sentence(language),
    }
    return row if index is None else {"index": index, **row}


def question_response(words: Words, asked: Mapping[str, str], language: Language) -> Response:
    """Return the answer (422) to a question that cannot be meant: by the names of the address's parameters,
    where the words name a command's options."""
    text, field = words.pick(language), query_of(words)
    for option, name in QUERIES.items():
        text = text.replace(option, name)
    title = Words(text, text)
    row = {"field": field, "found": asked.get(field or ""), "expected": text, "message": text}
    return problem_response(422, title, language, problems=[row])
