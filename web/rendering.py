"""Pages as HTML: templates, and what every page has.

In: an `Ask` and a `Page`. Out: text. Deliberately absent: sentences; templates arrange what they are given.
"""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from ledger.access.actors import Decision, Right, decide
from rubrics.numbers import print_points
from web.asked import Ask, Page, address
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
        "owner": "" if ask.session is None else ask.session.digest[:12],
    }


_BRANCH = (
    ("home", "", Right.READ),
    ("log", "log", Right.LOG),
    ("dues", "dues", Right.LOG),
    ("upload", "upload", Right.LOG),
    ("roster", "roster", Right.READ),
    ("history", "history", Right.READ),
    ("calendar", "calendar", Right.READ),
    ("reminders", "reminders", Right.READ),
)


def navigation(ask: Ask) -> list[tuple[str, str, bool]]:
    """Return the places to go from here: word, address, whether one is there; only those that exist."""
    from web.routes import PAGES

    if ask.desk_or_none is None or not ask.branch:
        return []
    there = {row.path for row in PAGES}
    found = []
    for word, part, right in _BRANCH:
        path = f"/b/{{branch}}/{part}".rstrip("/")
        path = path if path in there else f"{path}/{{month}}" if f"{path}/{{month}}" in there else ""
        allowed = decide(ask.actor, right, ask.branch, ask.tree) is Decision.ALLOWED
        if path and allowed:
            parts = ["b", ask.branch, *([part] if part else [])]
            if path.endswith("{month}"):
                parts.append(ask.today.isoformat()[:7])
            target = address(*parts)
            here = ask.path == target if not part else ask.path.startswith(address("b", ask.branch, part))
            found.append((word, target, here))
    return found
