"""A small rubric file that the tests bend out of shape, one place at a time."""

GOOD = """\
id: small
version: 1.10
title: {zh: 小细则, en: a small form}
points: 10
sections:
  - id: 1
    title: {zh: 学习, en: study}
    points: 10
    items:
      - id: 1.1
        title: {zh: 集中学习, en: joint study}
        points: 8
        rules:
          - kind: quota
            events: {type: meeting_held, where: {kind: study}}
            per: month
            at_least: 1
            shortfall: {each: 0.30}
          - kind: tally
            events: {type: finding_recorded, where: {category: notes_missing}}
            points: -0.5
      - id: 1.10
        title: {zh: 成果, en: results}
        points: 2
        clauses:
          - id: 1.10.a
            points: 2
            start: zero
            rules:
              - kind: tally
                events: [{type: research_published}]
                points: 1
"""


def bent(old: str, new: str, text: str = GOOD) -> str:
    """Replace the first occurrence, which must be there."""
    assert old in text, old
    return text.replace(old, new, 1)


EVENT = "{type: meeting_held, where: {kind: study}}"
PATH = "sections[0].items[0].rules[0]"
THIRD = "sections[0].items[0].rules[2]"
TALLY = "sections[0].items[0].rules[1]"
RULE = "            points: -0.5\n"


def with_rule(rule: str) -> str:
    """Add a third rule to the first item, in line 22."""
    return bent(RULE, f"{RULE}          - {rule}\n")
