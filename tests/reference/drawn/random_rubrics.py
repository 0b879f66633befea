"""Random forms of few clauses: sections, items over- and underfull, bonus sections, bands, grades.

In: seeds, one for the shape of the form and one for each rule. Out: a `Rubric`.
"""

from collections.abc import Sequence
from typing import Any

from rubrics.model import Rubric
from tests.reference.drawn.dice import Dice
from tests.reference.drawn.random_rules import rule_of
from tests.reference.written import text

VETO = {"grade": text("vetoed"), "events": [{"type": "finding_recorded", "where": {"category": "b"}}]}
BANDS = [{"at_least": bound, "grade": text(name)} for bound, name in ((85, "high"), (3, "mid"), (0, "low"))]
GRADES = {"excellent": 95, "good": 85, "fair": "75.5", "poor": 60}


def rubric_of(shape: int, rule_seeds: Sequence[int]) -> Rubric:
    """A form whose clauses share the rules between them; every tenth is judged by grades."""
    dice = Dice("rubric", shape)
    rules = [rule_of(Dice("rule", number, seed)) for number, seed in enumerate(rule_seeds) if seed]
    graded = dice.one_in(10)
    clauses: list[dict[str, Any]] = []
    for rule in rules or [{"kind": "assessed"}]:
        if clauses and dice.one_in(2):
            clauses[-1]["rules"].append(rule)
        else:
            clauses.append(
                {
                    "id": f"c{len(clauses) + 1}",
                    "points": dice.pick(["0.5", "1", "2", "3", "6"]),
                    "start": dice.pick(["full", "full", "zero"]),
                    "rules": [rule],
                }
            )
    if graded:
        for clause in clauses:
            aside = [{**rule, "advisory": True} for rule in clause["rules"] if rule["kind"] != "assessed"]
            clause |= {"points": "100", "rules": [{"kind": "graded"}, *aside]}
    more: dict[str, Any] = {}
    if graded:
        masses, organization = dice.pick([("1/2", "1/2"), ("1/3", "2/3"), ("3", "1")])
        weights = {"masses": masses, "organization": organization}
        more = {"aggregate": "mean", "grades": {"values": GRADES, "weights": weights}}
    if dice.one_in(5):
        more["veto"] = VETO
    return Rubric.model_validate(
        {
            "id": "form",
            "version": "1",
            "title": text("form"),
            "points": "100",
            "year_start": dice.pick([1, 1, 1, 9, 4]),
            "unassessed": dice.pick(["full", "none"]),
            "bands": dice.pick([[], BANDS]),
            "sections": sections_of(dice, items_of(dice, clauses), graded),
            **more,
        }
    )


def items_of(dice: Dice, clauses: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The clauses in items, whose points may be more or less than those of their clauses."""
    items: list[dict[str, Any]] = []
    for clause in clauses:
        if items and dice.one_in(2):
            items[-1]["clauses"].append(clause)
        else:
            items.append({"id": f"i{len(items) + 1}", "title": text("item"), "clauses": [clause]})
    for item in items:
        points = sum(float(clause["points"]) for clause in item["clauses"])
        item["points"] = str(max(0, points + dice.pick([0, 0, -0.5, 1])))
    return items


def sections_of(dice: Dice, items: list[dict[str, Any]], graded: bool) -> list[dict[str, Any]]:
    """The items in one section or two, the last of which may be a bonus with a cap."""
    cut = dice.number(1, len(items))
    parts = [part for part in (items[:cut], items[cut:]) if part]
    sections: list[dict[str, Any]] = [
        {"id": f"s{number}", "title": text("section"), "points": "2", "items": part}
        for number, part in enumerate(parts, start=1)
    ]
    if not graded and dice.one_in(3):
        sections[-1]["bonus"] = True
    return sections
