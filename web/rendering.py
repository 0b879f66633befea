"""Pages as HTML: templates, and what every page has.

In: an `Ask` and a `Page`. Out: text. Deliberately absent: sentences; templates arrange what they are given.
"""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from ledger.access.actors import Decision, Right, decide
from rubrics.numbers import print_points
from web.request.asked import Ask, Page, address
from web.words import words_in


@cache
def environment() -> Environment:
    """Return the templates, everything escaped."""
    made = Environment(
        loader=PackageLoader("web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["points"] = print_points
    made.globals["address"] = address
    return made


def render(ask: Ask, page: Page) -> str:
    """Return a page's HTML."""
    values: dict[str, Any] = {**common(ask), **page.values}
    return environment().get_template(page.template).render(values)


def common(ask: Ask) -> dict[str, Any]:
    """Return what every template may use."""
    desk = ask.desk_or_none
    return {
        "ask": ask,
        "w": words_in(ask.language),
        "lang": ask.language,
        "lang_tag": "zh-Hans" if ask.language == "zh" else "en",
        "entered": ask.session is not None,
        "form_token": "" if ask.session is None else ask.session.form_token(),
        "position": None if desk is None else desk.position,
        "today": None if desk is None else desk.today,
        "nav": navigation(ask),
        "place": "" if desk is None or not ask.branch else desk.tree.name_of(ask.branch),
        "owner": "" if ask.session is None else ask.session.account or "holder",
    }


_BRANCH = (
    ("home", "", Right.READ),
    ("score", "score", Right.READ),
    ("log", "log", Right.LOG),
    ("dues", "dues", Right.LOG),
    ("upload", "upload", Right.LOG),
    ("roster", "roster", Right.READ),
    ("history", "history", Right.READ),
    ("calendar", "calendar", Right.READ),
    ("reminders", "reminders", Right.READ),
)
_OFFICE = (
    ("compare", Right.READ),
    ("seals", Right.READ),
    ("forms", Right.READ),
    ("recipients", Right.OFFICE),
    ("accounts", Right.OFFICE),
    ("draw", Right.READ),
)
_WHOLE = (
    ("organisations", "/", Right.AUDIT),
    ("audit", "/audit", Right.AUDIT),
    ("visits", "/audit/visits", Right.VISITS),
    ("accounts", "/accounts", Right.ACCOUNTS),
)

Place = tuple[str, str, bool]
"""A place to go: word, address, whether one is there."""


def navigation(ask: Ask) -> list[Place]:
    """Return the places to go from here; only those that exist and may be entered."""
    if ask.desk_or_none is None or ask.session is None:
        return []
    if not ask.branch:
        return _whole(ask)
    places = _office(ask) if ask.path.startswith("/o/") else _branch(ask)
    return (
        places
        if ask.path.startswith("/o/") or len(ask.tree.below(ask.branch)) == 1
        else [*places, *_board(ask)]
    )


def _may(ask: Ask, right: Right) -> bool:
    return decide(ask.actor, right, ask.branch or None, ask.tree) is Decision.ALLOWED


def _whole(ask: Ask) -> list[Place]:
    found = [(word, target, ask.path == target) for word, target, right in _WHOLE if _may(ask, right)]
    return found if len(found) > 1 else []


def _branch(ask: Ask) -> list[Place]:
    found = []
    for word, part, right in _BRANCH:
        target = _target(ask, part) if _may(ask, right) else None
        if target is not None:
            here = ask.path == target if not part else ask.path.startswith(address("b", ask.branch, part))
            found.append((word, target, here))
    return found


def _target(ask: Ask, part: str) -> str | None:
    """Return where a part of a branch's pages begins: dues with this month, scores with the usual form."""
    from web.pages.office.scope import usual_score

    if part == "score":
        return usual_score(ask, ask.branch)
    month = [ask.today.isoformat()[:7]] if part == "dues" else []
    return address("b", ask.branch, *([part] if part else []), *month)


def _office(ask: Ask) -> list[Place]:
    found = [("home", address("b", ask.branch), False), *_board(ask)]
    board = found[-1][1] if len(found) > 1 else None
    if board is not None and _may(ask, Right.ASSESS):
        parts = board.split("/")
        target = "/".join([*parts[:3], "assess", *parts[3:]])
        found.append(("assess", target, "/assess/" in ask.path))
    for word, right in _OFFICE:
        if _may(ask, right):
            target = address("o", ask.branch, word)
            found.append((word, target, ask.path == target))
    return found


def _board(ask: Ask) -> list[Place]:
    from web.pages.office.scope import usual_board

    board = usual_board(ask, ask.branch)
    here = ask.path.startswith("/o/") and ask.path.count("/") == 4 and "/assess/" not in ask.path
    return [] if board is None else [("board", board, here)]
