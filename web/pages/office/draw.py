"""A random check's sample of members: seeded by the ledger's head, repeatable by anybody.

In: a branch, a share, a day. Out: who is drawn. Deliberately absent: dice of our own.
"""

from typing import Any

from ledger.words import Words
from projections.answers.draw import drawn_members, parse_share, seed_of
from projections.answers.scoring import head_at
from web.pages.office.scope import branches_below
from web.request.asked import Answer, Ask, Page, Problematic, day_of, upto_of
from web.words import WORDS


def draw(ask: Ask) -> Answer:
    """Draw members of a branch."""
    branches = branches_below(ask)
    given = {name: ask.query.text(name) for name in ("branch", "share", "on", "as_of")}
    values: dict[str, Any] = {
        "given": {**given, "share": given["share"] or "0.1", "on": given["on"] or ask.today.isoformat()},
        "branches": [(code, ask.tree.name_of(code)) for code in branches],
        "drawn": None,
    }
    if given["branch"]:
        values |= _drawn(ask, given, branches)
    return Page("office/draw.html", values)


def _drawn(ask: Ask, given: dict[str, str], branches: list[str]) -> dict[str, Any]:
    code = given["branch"]
    if code not in branches:
        raise Problematic(404, WORDS["hidden_page"])
    day = day_of(ask)
    try:
        share = parse_share(given["share"] or "0.1")
        if share is None:
            raise ValueError
    except ValueError:
        words = Words("比例应在 0 与 1 之间，如 0.1", "the share must lie between 0 and 1, such as 0.1")
        raise Problematic(422, words, query="share") from None
    position = upto_of(ask, given["as_of"])
    seed = head_at(ask.desk.store, position)
    roster = {member.code: member for member in ask.desk.roster(code, day)}
    drawn = drawn_members(list(roster), share, seed_of(seed, code, day))
    return {"drawn": [roster[one] for one in drawn], "of": len(roster), "seed": seed, "at": position}
