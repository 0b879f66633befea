"""Pages as HTML: templates, and what every page has.

In: an `Ask` and a `Page`. Out: text. Deliberately absent: sentences; templates arrange what they are given.
"""

from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from ledger.access.actors import Decision, Right, decide
from projections.text.amounts import period_words
from rubrics.numbers import print_points
from web.request.asked import Ask, Page, address
from web.words import words_in

if TYPE_CHECKING:
    from web.pages.office.scope import About


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
    made.filters["period"] = lambda name, language: period_words(name).pick(language)
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
    """Return the places to go from here; only those that exist and may be entered.

    Whoever looks at a form and a period keeps both on the way to judging, comparing, history and seals.
    """
    from web.pages.office.scope import carried, usual_about

    if ask.desk_or_none is None or ask.session is None:
        return []
    if not ask.branch:
        return _whole(ask)
    about = carried(ask)
    if ask.path.startswith("/o/"):
        return _office(ask, about)
    places = _branch(ask, about)
    if len(ask.tree.below(ask.branch)) == 1:
        return places
    return [*places, *_board(ask, about or usual_about(ask, ask.branch))]


def _may(ask: Ask, right: Right) -> bool:
    return decide(ask.actor, right, ask.branch or None, ask.tree) is Decision.ALLOWED


def _whole(ask: Ask) -> list[Place]:
    found = [(word, target, ask.path == target) for word, target, right in _WHOLE if _may(ask, right)]
    return found if len(found) > 1 else []


def _branch(ask: Ask, about: "About | None") -> list[Place]:
    found = []
    for word, part, right in _BRANCH:
        target = _target(ask, part, about) if _may(ask, right) else None
        if target is not None:
            place = address("b", ask.branch, *([part] if part else []))
            here = ask.path == place if not part else ask.path.startswith(place)
            found.append((word, target, here))
    return found


def _target(ask: Ask, part: str, about: "About | None") -> str | None:
    """Return where a part of a branch's pages begins: dues with this month, scores with the usual form."""
    from web.pages.office.scope import usual_score

    if part == "score":
        return address("b", ask.branch, part, *about) if about else usual_score(ask, ask.branch)
    if part == "history" and about:
        return address("b", ask.branch, part, **about._asdict())
    month = [ask.today.isoformat()[:7]] if part == "dues" else []
    return address("b", ask.branch, *([part] if part else []), *month)


def _office(ask: Ask, about: "About | None") -> list[Place]:
    from web.pages.office.scope import branches_below, usual_about

    first = about or usual_about(ask, ask.branch)
    found = [("home", address("b", ask.branch), False), *_board(ask, first)]
    named = ask.query.text("branch")
    branch = named if named and named in branches_below(ask) else None
    if first is not None and _may(ask, Right.ASSESS):
        target = address("o", ask.branch, "assess", *first, branch=branch)
        found.append(("assess", target, "/assess/" in ask.path))
    kept: dict[str, dict[str, str | None]] = {}
    if about is not None:
        # A seal is looked at when somebody asks for it: every branch is replayed for that.
        kept = {"compare": {**about._asdict(), "branch": branch}, "seals": {**about._asdict(), "choose": "1"}}
    for word, right in _OFFICE:
        if _may(ask, right):
            target = address("o", ask.branch, word, **kept.get(word, {}))
            found.append((word, target, ask.path == address("o", ask.branch, word)))
    return found


def _board(ask: Ask, about: "About | None") -> list[Place]:
    here = ask.path.startswith("/o/") and ask.path.count("/") == 4 and "/assess/" not in ask.path
    return [] if about is None else [("board", address("o", ask.branch, *about), here)]
