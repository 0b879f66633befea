"""Rules that could never count anything, or never move a point."""

import pytest

from ledger.problems import Problem
from rubrics.lint import check_rubric
from rubrics.reader.loaded import parse_rubric
from tests.rubrics.lint.others import OTHERS
from tests.rubrics.small import EVENT, GOOD, PATH, RULE, TALLY, THIRD, bent, with_rule


def problems_of(text: str) -> list[Problem]:
    return check_rubric(parse_rubric(text, "small.yaml"), OTHERS)


ERRORS = [
    # names: types, fields, values, kinds of condition
    (bent("meeting_held", "meeting_hold"), 15, f"{PATH}.events.type", "did you mean meeting_held?"),
    (
        bent("{kind: study}", "{knid: study}"),
        15,
        f"{PATH}.events.where.knid",
        "no field knid; did you mean kind?",
    ),
    (
        bent("kind: study", "kind: studdy"),
        15,
        f"{PATH}.events.where.kind",
        "no value studdy; did you mean study?",
    ),
    (
        bent("kind: study", "kind: {has: study}"),
        15,
        f"{PATH}.events.where.kind",
        "is a choice: has cannot be asked",
    ),
    (bent("kind: study", "kind: {at_least: 1}"), 15, f"{PATH}.events.where.kind", "at_least cannot be asked"),
    (
        bent("kind: study", "evidence: photo"),
        15,
        f"{PATH}.events.where.evidence",
        "among cannot be asked of it, has",
    ),
    (
        bent("kind: study", "evidence: {has: fotos}"),
        15,
        f"{PATH}.events.where.evidence",
        "did you mean photo?",
    ),
    (bent("kind: study", "evidence: {lacks: minute}"), 15, f"{PATH}.events.where.evidence", "mean minutes?"),
    (
        bent("kind: study", "on_leave: {has: m01}"),
        15,
        f"{PATH}.events.where.on_leave",
        "is a list: has cannot be",
    ),
    (
        bent("kind: study", "present: many"),
        15,
        f"{PATH}.events.where.present",
        "compared with a whole number",
    ),
    (bent("kind: study", "topic: 2019"), 15, f"{PATH}.events.where.topic", "got 2019: put it in quotes"),
    (bent("kind: study", "host: superior"), 15, f"{PATH}.events.where.host", "write `host` beside `type`"),
    (
        bent(EVENT, "{type: lecture_given, where: {exchange: no}}"),
        15,
        f"{PATH}.events.where.exchange",
        "true or fals",
    ),
    (bent(EVENT, "{type: honour_awarded, host: any}"), 15, f"{PATH}.events.host", "honour_awarded has none"),
    # parameters
    (bent("at_least: 1", "at_least: 0"), 17, f"{PATH}.at_least", "must be above 0"),
    (bent("at_least: 1", "at_least: 1.5"), 17, f"{PATH}.at_least", "a whole number where events"),
    (bent("at_least: 1", "at_least: 1\n            each: member"), 18, f"{PATH}.each", "has no field member"),
    (
        bent("at_least: 1", "at_least: 1\n            roles: [secretary]"),
        18,
        f"{PATH}.roles",
        "say `each: member`",
    ),
    (
        bent("at_least: 1", "at_least: 1\n            measure: {sum: kind}"),
        18,
        f"{PATH}.measure.sum",
        "kind choice",
    ),
    (
        bent("at_least: 1", "at_least: 1\n            measure: {sum: hours}"),
        18,
        f"{PATH}.measure.sum",
        "no field",
    ),
    (
        bent("at_least: 1", "at_least: 16\n            measure: {distinct: kind}"),
        17,
        f"{PATH}.at_least",
        "15 values",
    ),
    (
        bent("at_least: 1", "at_least: 1\n            window_from: kind"),
        18,
        f"{PATH}.window_from",
        "month or quarter",
    ),
    (
        bent("at_least: 1", "at_least: 1\n            by: [01-10, 01-20]"),
        18,
        f"{PATH}.by",
        "lie in one window",
    ),
    (
        bent(RULE, "            points: {by: level, values: {a: 1}}\n"),
        21,
        f"{TALLY}.points.by",
        "no field level",
    ),
    (
        bent(RULE, f"{RULE}            times: count\n"),
        22,
        f"{TALLY}.times",
        "a finding weighs its count by itself",
    ),
    (
        with_rule("{kind: tally, events: {type: activity_held}, points: -1, times: absent, once: true}"),
        22,
        THIRD + ".times",
        "with `once` an event weighs 1",
    ),
    (
        with_rule(
            "{kind: tally, events: {type: article_published}, points: {by: level, values: {town: -1}}}"
        ),
        22,
        THIRD + ".points.values.town",
        "there is no value town",
    ),
    (
        with_rule("{kind: tally, events: {type: article_published}, points: -1, distinct: words}"),
        22,
        THIRD + ".distinct",
        "has no field words",
    ),
    (
        with_rule(
            "{kind: deadline, trigger: {type: member_hired}, response: {type: issue_closed}, match: member,"
            " within: {days: 1}}"
        ),
        22,
        THIRD + ".match",
        "issue_closed has no field member",
    ),
    (
        with_rule(
            "{kind: deadline, trigger: {type: member_hired}, response: {type: talk_held},"
            " within: {months_before_term_end: 4}}"
        ),
        22,
        THIRD + ".within.months_before_term_end",
        "a term begins with term_began",
    ),
    (
        with_rule(
            "{kind: threshold, events: {type: lecture_given}, ratio: {of: absent, to: wanted}, at_least: 1}"
        ),
        22,
        THIRD + ".ratio.to",
        "has no field wanted",
    ),
    (
        with_rule(
            "{kind: threshold, events: {type: lecture_given}, ratio: {of: absent, to: expected}, at_most: 80}"
        ),
        22,
        THIRD + ".at_most",
        "95 % is 0.95",
    ),
    (
        with_rule(
            "{kind: excess, events: {type: meeting_held}, of: kind, over: appraised, share: 1/3, each: 1}"
        ),
        22,
        THIRD + ".of",
        "is of kind choice, must be whole",
    ),
    (
        with_rule(
            "{kind: excess, events: {type: meeting_held}, of: absent, over: appraised, share: 9, each: 1}"
        ),
        22,
        THIRD + ".share",
        "between 0 and 1",
    ),
    (
        with_rule("{kind: checklist, checklist: books, items: [a, a]}"),
        22,
        THIRD + ".items",
        "stands in the list twice",
    ),
    # costs and starts
    (bent(RULE, "            points: 0\n"), 21, f"{TALLY}.points", "moves nothing"),
    (
        bent("start: zero", "start: full"),
        28,
        "sections[0].items[1].clauses[0].start",
        "did you mean `start: zero`?",
    ),
    (
        bent("points: 8\n", "points: 8\n        start: zero\n"),
        13,
        "sections[0].items[0].start",
        "none of its rules earn",
    ),
    (with_rule("{kind: assessed}"), 22, THIRD, "only advisory rules can stand beside"),
    (with_rule("{kind: assessed, advisory: true}"), 22, THIRD, "and not advisory"),
    (
        GOOD + "bands: [{at_least: 5, grade: {zh: 甲, en: a}}, {at_least: 6, grade: {zh: 乙, en: b}}]\n",
        33,
        "bands[1].at_least",
        "must be below 5.00, got 6.00",
    ),
    (GOOD + "bands: [{at_least: 11, grade: {zh: 甲, en: a}}]\n", 33, "bands[0].at_least", "nobody reaches"),
    (
        GOOD + "veto: {grade: {zh: 否决, en: veto}, events: {type: finding}}\n",
        33,
        "veto.events.type",
        "finding_rec",
    ),
    (
        GOOD + "grades: {values: {good: 1}, weights: {masses: 1, organization: 1}}\n",
        33,
        "grades.values",
        "missing: excellent, fair, poor",
    ),
]


@pytest.mark.parametrize(("text", "line", "path", "said"), ERRORS, ids=[error[3] for error in ERRORS])
def test_what_can_never_count_is_an_error_with_its_place(text: str, line: int, path: str, said: str) -> None:
    errors = [problem for problem in problems_of(text) if problem.severity == "error"]
    assert [(problem.line, (problem.field or "")) for problem in errors] == [(line, path)]
    assert said in errors[0].expected.en
    assert errors[0].expected.zh != errors[0].expected.en
