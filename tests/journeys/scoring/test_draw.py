"""The random check's draw, through the real program: repeatable by anybody, chosen by nobody."""

import hashlib
from math import ceil
from typing import Any

from tests.program import Program


def draw(program: Program, *options: str) -> dict[str, Any]:
    """Draw members of b1 at the end of 2019."""
    told = program.ok("draw", "--branch", "b1", "--on", "2019-12-31", "--format", "json", *options)
    document: dict[str, Any] = told.json
    return document


def test_the_draw_is_repeatable_and_follows_from_the_head_alone(year: Program) -> None:
    drawn = draw(year, "--share", "0.3")
    assert drawn["members"] == draw(year, "--share", "30%")["members"]
    members = roster(year)
    seed = f"{drawn['ledger']['head']} b1 2019-12-31"
    lots = sorted(members, key=lambda code: hashlib.sha256(f"{seed} {code}".encode()).hexdigest())
    assert drawn["members"] == sorted(lots[: ceil(len(members) * 0.3)])
    assert drawn["of"] == len(members)


def roster(program: Program) -> list[str]:
    """Return the members that b1 took in; the demo's year has none leaving."""
    joined = program.ok("history", "--branch", "b1", "--type", "member_joined", "--format", "json").json
    return sorted(event["data"]["member"] for event in joined)


def test_a_later_event_gives_another_seed_and_the_older_draw_can_be_repeated(year: Program) -> None:
    before = draw(year)
    year.ok("log", "article-published", "--branch", "b2", "--on", "2019-12-30", "--level", "unit")
    after = draw(year)
    assert after["ledger"]["head"] != before["ledger"]["head"]
    assert draw(year, "--as-of", str(before["ledger"]["position"])) == before


def test_one_member_at_least_is_drawn_and_a_share_beyond_one_is_wrong_usage(year: Program) -> None:
    assert len(draw(year, "--share", "0.0001")["members"]) == 1
    assert year("draw", "--branch", "b1", "--on", "2019-12-31", "--share", "2").status == 2


def test_nobody_on_the_roster_says_no(branch: Program) -> None:
    assert branch("draw", "--branch", "b1", "--on", "2019-12-31").status == 1
