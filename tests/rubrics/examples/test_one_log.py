"""One log, five forms: a fact that was logged once counts under every form that asks for it."""

import pytest

from projections.examples.run import run_cases
from rubrics.examples.cases import parse_cases
from rubrics.library import load, shipped

LOG = """\
    events:
      - 2018-03-01 member_joined member=m1
      - 2019-{01..12}-20 meeting_held kind=study evidence=minutes,photo,sign_in
      - 2019-{01..12}-25 meeting_held kind=theme_day evidence=minutes
      - 2019-{01..12}-08 meeting_held kind=committee_meeting evidence=minutes
      - 2019-{03,06,09,12}-05 meeting_held kind=general_meeting evidence=minutes
      - 2019-{03,06,09,12}-14 lecture_given lecturer=secretary evidence=minutes
      - 2019-{01..12}-10 dues_paid member=m1 month=2019-{01..12} amount=20 due=20
      - 2019-07-01 disclosure_made subject=dues
      - 2019-06-25 article_published level=unit theme=exemplary_posts medium=wechat
      - 2019-09-30 finding_recorded category=records_incomplete
"""

# What the facts of the log come to in each form, worked out by hand from its page:
# twelve study sessions (a plan is missing in form 000, 1 of 13 units), the Three Meetings and One Lecture,
# the dues of one member, one disclosure, one article, one finding on records.
EXPECTED = {
    "hospital-branch-2019": (
        "{1.2: 1.85, 3.2: 1, 6.1: 3, 6.2: 0, 7.1: 3, 14.1: 4, 14.2: 1, 25.4: 1, 9: 6, 19: 3.5}"
    ),
    "college-staff-branch-2019": "{2.1.a: 2, 2.1.b: 2, 3.1.a: 3, 3.1.b: 2.8, 6.4: 1, 10.2: 1}",
    "hospital-committee-standard": "{3.5.2: 1, 4.1.2: 1}",
    "bureau-direct-organization": "{3: 5, 5: 1, 9: 8, 10: 5}",
    "institute-branch-appraisal": "{1.4: {entries: {met: 1}}, 2.3: {entries: {met: 6}}}",
}


@pytest.mark.parametrize("name", shipped())
def test_a_fact_logged_once_counts_under_every_form_that_asks_for_it(name: str) -> None:
    head = "period: 2019\nexamples:\n  - sentence: {zh: 同一本台账, en: one log}\n"
    text = head + LOG + f"    expect: {{clauses: {EXPECTED[name]}}}\n"
    [result] = run_cases(parse_cases(text, "one-log.examples.yaml", load(name)))
    assert result.differences == ()
