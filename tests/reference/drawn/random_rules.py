"""Random rules of every kind, in words that random logs use.

In: dice. Out: a rule as a rubric file holds it. Deliberately absent: rules that make no sense of their
fields (sums of texts, ratios of what no event carries).
"""

from collections.abc import Callable
from typing import Any

from tests.reference.drawn.dice import Dice

Rule = dict[str, Any]
Match = dict[str, Any]

CADENCES = ["month", "two_months", "quarter", "half", "year", "year"]
POINTS = ["0.01", "0.3", "0.5", "1", "2", "3.33"]

MEETINGS: list[Match] = [
    {"type": "meeting_held"},
    {"type": "meeting_held", "where": {"kind": "study"}},
    {"type": "meeting_held", "where": {"kind": ["study", "organizational_life"]}},
    {"type": "meeting_held", "where": {"kind": "democratic_appraisal"}},
    {"type": "meeting_held", "where": {"evidence": {"has": ["minutes", "photo"]}}},
    {"type": "meeting_held", "where": {"evidence": {"lacks": "photo"}}},
    {"type": "meeting_held", "where": {"guests": {"has": "league_secretary"}}},
    {"type": "meeting_held", "where": {"absent": {"at_least": 1}}},
    {"type": "meeting_held", "where": {"absent": {"at_most": 0}, "kind": "study"}},
    {"type": "meeting_held", "where": {"topic": "briefing"}},
]
LECTURES: list[Match] = [
    {"type": "lecture_given"},
    {"type": "lecture_given", "where": {"lecturer": ["secretary", "leader"]}},
    {"type": "lecture_given", "where": {"exchange": False}},
]
ACTIVITIES: list[Match] = [
    {"type": "activity_held"},
    {"type": "activity_held", "where": {"kind": "patriotic"}},
    {"type": "activity_held", "where": {"present": {"at_most": 0}}},
]
GATHERINGS = MEETINGS + LECTURES + ACTIVITIES
ARTICLES: list[Match] = [
    {"type": "article_published"},
    {"type": "article_published", "where": {"theme": "general", "level": ["unit", "city"]}},
]
FINDINGS: list[Match] = [
    {"type": "finding_recorded", "where": {"category": "a"}},
    {"type": "finding_recorded", "where": {"category": ["a", "b"]}},
    {"type": "finding_recorded", "where": {"count": [2, 3]}},
]
PAPERS: list[Match] = [
    {"type": "document_submitted"},
    {"type": "document_submitted", "where": {"kind": "plan"}},
    {"type": "disclosure_made", "where": {"subject": "dues"}},
    {"type": "survey_conducted"},
    {"type": "dues_remitted"},
    {"type": "dues_remitted", "where": {"amount": {"at_least": 2}}},
    {"type": "metric_reported", "where": {"value": {"at_most": 40}}},
    {"type": "contest_entered", "where": {"award": "none"}},
    {"type": "development_stage_reached", "where": {"stage": "probationary"}},
    {"type": "checklist_confirmed"},
]
OTHERS = ARTICLES + FINDINGS + PAPERS
TRAININGS: list[Match] = [
    {"type": "training_completed"},
    {"type": "training_completed", "where": {"mode": "online"}},
]
TALKS: list[Match] = [
    {"type": "talk_held"},
    {"type": "talk_held", "where": {"held_by": ["secretary", "committee"]}},
]
OF_MEMBERS: list[Match] = [{"type": "study_note_submitted"}, {"type": "contest_entered"}]
MEASURES: dict[str, list[Rule]] = {
    "training_completed": [{"sum": "hours"}, {"distinct": "mode"}],
    "activity_held": [{"sum": "participants"}, {"distinct": "kind"}],
    "meeting_held": [{"sum": "absent"}, {"sum": "present"}, {"distinct": "topic"}],
    "article_published": [{"distinct": "medium"}, {"distinct": "content"}],
    "dues_remitted": [{"sum": "amount"}, {"distinct": "quarter"}],
}


LEVELS = {"by": "level", "values": {"unit": "0.5", "city": "2", "national": "-1"}}
TALLIES: list[tuple[list[Match], list[Rule]]] = [
    (MEETINGS, [{"times": "absent"}, {"times": "present"}, {}]),
    (LECTURES, [{"times": "excused"}, {}]),
    (ACTIVITIES, [{"times": "participants"}, {"times": "absent"}, {}]),
    (ARTICLES, [{"points": LEVELS}, {"points": LEVELS, "distinct": "content"}, {"distinct": "content"}]),
    (FINDINGS, [{}]),
    (PAPERS, [{}]),
    (
        [{"type": "metric_reported"}, {"type": "metric_reported", "where": {"value": {"at_most": 40}}}],
        [{}, {"points": {"by": "metric", "values": {"m": "1", "n": "-2"}}}],
    ),
    (
        [{"type": "research_published"}, {"type": "research_published", "where": {"kind": "paper"}}],
        [
            {"points": LEVELS, "factor": {"by": "role", "values": {"participant": "1/2"}}},
            {"factor": {"by": "role", "values": {"participant": "1/3", "lead": "2"}}},
        ],
    ),
    ([{"type": "honour_awarded"}], [{"points": LEVELS, "distinct": "content"}, {"points": LEVELS}]),
    ([{"type": "contest_entered"}], [{"points": {"by": "award", "values": {"none": "1", "first": "3"}}}]),
]


DEADLINES: list[Rule] = [
    {
        "trigger": {"type": "member_hired"},
        "response": {"type": "member_transferred", "where": {"direction": "in"}},
        "match": "member",
        "within": {"months": 6},
    },
    {
        "trigger": {"type": "member_departed"},
        "response": {"type": "member_transferred", "where": {"direction": "out"}},
        "match": "member",
        "within": {"months": 1},
    },
    {
        "trigger": {"type": "issue_opened", "where": {"kind": ["vacancy", "incident"]}},
        "response": {"type": "issue_closed"},
        "match": "ref",
        "within": {"days": 20},
    },
    {
        "trigger": {"type": "document_requested"},
        "response": {"type": "document_submitted"},
        "match": "ref",
        "within": {"months": 1},
    },
    {
        "trigger": {"type": "finding_recorded", "where": {"category": "a"}},
        "response": [{"type": "document_submitted"}, {"type": "disclosure_made"}],
        "within": {"days": 30},
    },
    {
        "trigger": {"type": "term_began", "where": {"years": 3}},
        "response": {"type": "document_submitted", "where": {"kind": "plan"}},
        "within": {"months_before_term_end": 4},
    },
]


SHARES: list[Rule] = [{"of": "outstanding", "over": "appraised"}, {"of": "absent", "over": "present"}]
BY = [["11-30"], ["01-31"], ["06-25", "12-25"], ["03-25", "06-25", "09-25", "12-25"]]
ATTENDANCE: list[Rule] = [
    {"ratio": {"of": "present", "to": "expected", "less": "excused"}},
    {"ratio": {"of": "absent", "to": "expected"}},
]
OF_SURVEYS: Rule = {"events": {"type": "survey_conducted"}, "ratio": {"of": "positive", "to": "total"}}


def shortfall(dice: Dice, *, share: bool = True) -> Any:
    mode = dice.pick(["each", "once", "all"] + ["proportional", "proportional"] * share)
    return {mode: dice.pick(POINTS)} if mode in {"each", "once"} else mode


def matches(dice: Dice, among: list[Match], most: int = 2) -> list[Match]:
    """Up to two matches, gatherings with or without a word on their host."""
    hosts = [{}, {}, {"host": "branch"}, {"host": "superior"}, {"host": "any"}]
    return [
        {**match, **dice.pick(hosts)} if match in GATHERINGS else match for match in dice.some(among, 1, most)
    ]


def quota(dice: Dice) -> Rule:
    each = dice.pick(["branch", "branch", "member", "subordinate"])
    among = dice.pick([TRAININGS, TALKS, OF_MEMBERS]) if each == "member" else GATHERINGS + OTHERS
    events = matches(dice, among)
    rule: Rule = {"events": events, "per": dice.pick(CADENCES), "at_least": dice.pick([1, 1, 1, 2])}
    rule |= {"each": each, "shortfall": shortfall(dice)}
    types = {match["type"] for match in events}
    measures = MEASURES.get(next(iter(types)), []) if len(types) == 1 else []
    if measures and dice.one_in(2):
        rule |= {"measure": dice.pick(measures), "at_least": dice.pick([1, 2, 8, "2.5"])}
    if each == "member" and dice.one_in(2):
        rule["roles"] = dice.pick([["secretary"], ["member"], ["secretary", "committee"]])
    if dice.one_in(4):
        rule["by"] = dice.pick(BY)
    if types == {"dues_remitted"} and dice.one_in(2):
        rule["window_from"] = "quarter"
    return rule


def none_of(dice: Dice) -> Rule:
    return {"events": matches(dice, GATHERINGS + OTHERS), "shortfall": shortfall(dice, share=False)}


def tally(dice: Dice) -> Rule:
    among, forms = dice.pick(TALLIES)
    points = dice.pick(["-0.5", "-1", "-0.05", "0.5", "1", "0.01"])
    rule = {"points": points, "events": matches(dice, among, min(2, len(among))), **dice.pick(forms)}
    return {**rule, "once": True} if dice.one_in(3) else rule


def deadline(dice: Dice) -> Rule:
    return {**dice.pick(DEADLINES), "shortfall": shortfall(dice)}


def dues(dice: Dice) -> Rule:
    return {"by_day": dice.pick([25, "last", 1]), "late": shortfall(dice), "short": shortfall(dice)}


def submission(dice: Dice) -> Rule:
    return {name: dice.pick(POINTS) for name in ("missing", "late", "non_conforming")}


def threshold(dice: Dice) -> Rule:
    common: Rule = {"per": dice.pick(CADENCES), "shortfall": shortfall(dice, share=False)}
    if dice.one_in(3):
        return {**common, "metric": "m", **dice.pick([{"at_least": "50"}, {"at_most": "40.5"}])}
    measured = (
        OF_SURVEYS if dice.one_in(3) else {**dice.pick(ATTENDANCE), "events": matches(dice, GATHERINGS)}
    )
    per = {"per": "event"} if dice.one_in(2) else {}
    return {
        **common,
        **measured,
        **per,
        **dice.pick([{"at_least": "2/3"}, {"at_most": "1/2"}, {"at_least": 1}]),
    }


def excess(dice: Dice) -> Rule:
    events = matches(
        dice,
        [{"type": "meeting_held"}, {"type": "meeting_held", "where": {"kind": "democratic_appraisal"}}],
        1,
    )
    return {"events": events, **dice.pick(SHARES), **dice.fields({"share": ["1/3", "0.5"], "each": POINTS})}


def rank(dice: Dice) -> Rule:
    points = [["3"], ["3", "1"], ["2", "2", "0.5"]]
    return {"metric": "m", **dice.fields({"points": points, "per_round": [True, False]})}


def checklist(dice: Dice) -> Rule:
    items = [["p"], ["p", "q"], ["p", "q", "r"]]
    fields = dice.fields({"items": items, "per": CADENCES})
    return {"checklist": "list", **fields, "shortfall": shortfall(dice)}


def streak(dice: Dice) -> Rule:
    named = {
        "events": matches(dice, [*GATHERINGS, {"type": "meeting_held", "where": {"kind": "group_meeting"}}])
    }
    return {"more_than": dice.number(0, 2), "shortfall": shortfall(dice), **(named if dice.one_in(4) else {})}


KINDS: dict[str, tuple[int, Callable[[Dice], Rule]]] = {
    "quota": (5, quota),
    "none_of": (1, none_of),
    "tally": (3, tally),
    "deadline": (3, deadline),
    "dues": (2, dues),
    "submission": (1, submission),
    "threshold": (2, threshold),
    "excess": (1, excess),
    "rank": (2, rank),
    "checklist": (1, checklist),
    "streak": (2, streak),
    "assessed": (1, lambda _: {}),
}
"""Every kind that sums points, how often it should come up, and how it is made."""


def rule_of(dice: Dice) -> Rule:
    """A rule of any kind but `graded`; every eighth advisory."""
    kind = dice.pick([name for name, (weight, _) in KINDS.items() for _ in range(weight)])
    rule = {"kind": kind, **KINDS[kind][1](dice)}
    return {**rule, "advisory": True} if kind != "assessed" and dice.one_in(8) else rule
