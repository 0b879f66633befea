"""How an obligation is met, late, waived or left out, and what that does to the points at stake."""

from datetime import date

import pytest

from projections.engine.entries import Obligation
from tests.projections.engine.duties import due, line, told
from tests.reference.written import clause, form, single

FOUNDED = "2010-01-01 b1 branch_registered name=b1\n"
MEMBERS = FOUNDED + "".join(f"2018-01-01 b1 member_joined member={m}\n" for m in ("m1", "m2", "m3"))
STUDY = "{kind: quota, events: {type: meeting_held, where: {kind: study}}, per: month, at_least: 1, "
REPORT = """
{kind: quota, events: {type: document_submitted, where: {kind: brief}}, per: quarter, at_least: 2,
 by: [03-25, 06-25, 09-25, 12-25], shortfall: {each: 0.5}}
"""
PAPERS = "{kind: submission, missing: 0.5, late: 0.2, non_conforming: 0.3}"


def in_window(found: list[Obligation], window: str) -> str:
    [one] = [one for one in found if one.window == window]
    return line(one)


def test_what_comes_after_its_by_day_is_late_and_its_points_stay_lost() -> None:
    rubric = single(REPORT)
    log = FOUNDED + "2019-03-20 b1 document_submitted kind=brief\n"
    first = "c1 item 2019-Q1"
    assert in_window(due(log, rubric, "2019-03-25"), "2019-Q1") == f"at_risk 2019-03-25 0.50 1/2 {first}"
    assert in_window(due(log, rubric, "2019-03-26"), "2019-Q1") == f"overdue 2019-03-25 0.50 1/2 {first}"
    log += "2019-03-26 b1 document_submitted kind=brief\n"
    assert in_window(due(log, rubric, "2019-03-26"), "2019-Q1") == f"late 2019-03-25 0.50 2/2 {first}"
    # in the next quarter it counts for the next
    log = log.replace("2019-03-26", "2019-04-01")
    assert in_window(due(log, rubric, "2019-04-01"), "2019-Q1") == f"overdue 2019-03-25 0.50 1/2 {first}"
    assert in_window(due(log, rubric, "2019-04-01"), "2019-Q2") == "open 2019-06-25 0.50 1/2 c1 item 2019-Q2"


def test_a_document_handed_in_late_or_not_as_it_should_be() -> None:
    asked = FOUNDED + "2019-03-01 b1 document_requested ref=r1 due_on=2019-03-20\n"
    bad = "2019-03-10 b1 document_submitted kind=brief ref=r1 conforming=false\n"
    rubric = single(PAPERS)
    assert told(asked, rubric, "2019-03-20") == ["at_risk 2019-03-20 0.50 0/1 c1 item: r1"]
    assert told(asked + bad, rubric, "2019-03-20") == ["at_risk 2019-03-20 0.30 0/1 c1 item: r1"]
    assert told(asked + bad, rubric, "2019-03-21") == ["overdue 2019-03-20 0.30 0/1 c1 item: r1"]
    assert told(asked, rubric, "2019-03-21") == ["overdue 2019-03-20 0.50 0/1 c1 item: r1"]
    good = "2019-03-21 b1 document_submitted kind=brief ref=r1\n"
    assert told(asked + bad + good, rubric, "2019-03-22") == ["late 2019-03-20 0.20 1/1 c1 item: r1"]
    in_time = good.replace("03-21", "03-20")
    assert told(asked + bad + in_time, rubric, "2019-03-22") == ["met 2019-03-20 0.00 1/1 c1 item: r1"]


def test_a_request_of_this_year_for_the_next_is_priced_in_the_next() -> None:
    rubric = single(
        "[{kind: submission, missing: 2, late: 0.2, non_conforming: 0.3}, "
        "{kind: tally, events: {type: finding_recorded}, points: -2.5}]"
    )
    log = (
        FOUNDED
        + """
    2019-12-01 b1 document_requested ref=r1 due_on=2020-01-15
    2019-12-01 b1 document_requested ref=r2 due_on=2019-12-15
    2019-11-01 b1 finding_recorded category=x
    """
    )
    assert told(log, rubric, "2019-12-10") == [
        "open 2019-12-15 0.50 0/1 c1 item: r2",  # half a point is left of this year's three
        "open 2020-01-15 2.00 0/1 c1 item: r1",
    ]
    assert told(log, rubric, "2020-01-10") == ["at_risk 2020-01-15 2.00 0/1 c1 item: r1"]


def test_a_vacancy_filled_after_its_month_is_late() -> None:
    rubric = single(
        "{kind: deadline, trigger: {type: issue_opened, where: {kind: vacancy}}, "
        "response: {type: issue_closed}, match: ref, within: {months: 1}, shortfall: {each: 1}}"
    )
    log = FOUNDED + "2019-01-31 b1 issue_opened kind=vacancy ref=seat-2\n"
    assert told(log, rubric, "2019-02-28") == ["at_risk 2019-02-28 1.00 0/1 c1 item: seat-2"]
    assert told(log, rubric, "2019-03-01") == ["overdue 2019-02-28 1.00 0/1 c1 item: seat-2"]
    closed = log + "2019-03-02 b1 issue_closed ref=seat-2\n"
    assert told(closed, rubric, "2019-03-01") == ["overdue 2019-02-28 1.00 0/1 c1 item: seat-2"]
    assert told(closed, rubric, "2019-03-02") == ["late 2019-02-28 1.00 1/1 c1 item: seat-2"]
    assert told(closed.replace("03-02", "02-28"), rubric, "2019-03-02") == [
        "met 2019-02-28 0.00 1/1 c1 item: seat-2"
    ]


def test_dues_paid_late_by_one_and_not_at_all_by_another() -> None:
    rubric = single("{kind: dues, by_day: 25, late: {each: 0.2}, short: {each: 0.5}}")
    log = (
        MEMBERS
        + """
    2019-01-25 b1 dues_paid member=m1 month=2019-01 amount=10 due=10
    2019-01-28 b1 dues_paid member=m2 month=2019-01 amount=10 due=10
    2019-01-20 b1 dues_paid member=m3 month=2019-01 amount=4 due=10
    """
    )
    january = "2019-01-25"
    assert told(log, rubric, "2019-01-25")[0] == f"at_risk {january} 1.00 1/3 c1 item 2019-01 m2 m3"
    assert told(log, rubric, "2019-01-26")[0] == f"overdue {january} 1.00 1/3 c1 item 2019-01 m2 m3"
    assert told(log, rubric, "2019-01-28")[0] == f"overdue {january} 0.70 2/3 c1 item 2019-01 m3"
    log += "2019-02-02 b1 dues_paid member=m3 month=2019-01 amount=6 due=10\n"
    assert told(log, rubric, "2019-02-02")[0] == f"late {january} 0.40 3/3 c1 item 2019-01"


def test_what_the_superior_waived_is_listed_and_costs_nothing() -> None:
    log = FOUNDED + "2019-02-10 b1 clause_waived rubric=form clause=c1 reason=flood until=2019-03-05\n"
    rubric = single(STUDY + "shortfall: {each: 0.5}}")
    assert told(log, rubric, "2019-03-20")[:4] == [
        "overdue 2019-01-31 0.50 0/1 c1 item 2019-01",
        "waived 2019-02-28 0.00 0/1 c1 item 2019-02",
        "waived 2019-03-31 0.00 0/1 c1 item 2019-03",
        "open 2019-04-30 0.50 0/1 c1 item 2019-04",
    ]


def test_an_exempt_member_is_asked_for_nothing() -> None:
    talks = "{kind: quota, events: {type: talk_held}, per: half, at_least: 1, each: member, "
    rubric = single(talks + "shortfall: {each: 0.5}}")
    log = (
        MEMBERS
        + """
    2019-04-01 b1 member_exempted member=m1 duty=talks until=2019-12-31
    2019-05-01 b1 talk_held member=m2 held_by=secretary
    """
    )
    assert told(log, rubric, "2019-06-01") == [
        "at_risk 2019-06-30 0.50 1/2 c1 item 2019-H1 m3",
        "open 2019-12-31 1.00 0/2 c1 item 2019-H2 m2 m3",
    ]
    log += "".join(f"2019-04-01 b1 member_exempted member={m} duty=all\n" for m in ("m2", "m3"))
    assert told(log, rubric, "2019-06-01") == [
        "waived 2019-06-30 0.00 1/3 c1 item 2019-H1",  # whatever was done
        "waived 2019-12-31 0.00 0/3 c1 item 2019-H2",
    ]


@pytest.mark.parametrize("shortfall", ["{once: 2}", "all"])
def test_what_costs_once_is_at_stake_in_every_window_until_it_is_lost(shortfall: str) -> None:
    rubric = single(f"{STUDY} shortfall: {shortfall}}}", 3 if shortfall != "all" else 2)
    costs = [(one.window, one.at_stake) for one in due("", rubric, "2019-01-31")]
    assert costs[:3] == [("2019-01", 200), ("2019-02", 200), ("2019-03", 200)]
    costs = [(one.window, one.state, one.at_stake) for one in due("", rubric, "2019-03-01")]
    assert costs[:3] == [("2019-01", "overdue", 200), ("2019-02", "overdue", 0), ("2019-03", "open", 0)]


def test_findings_take_what_an_obligation_could_have_cost() -> None:
    rules = (
        f"[{STUDY} shortfall: {{each: 1}}}}, {{kind: tally, events: {{type: finding_recorded}}, points: -1}}]"
    )
    rubric = form(clause(rules, 3))
    log = FOUNDED + "2019-01-10 b1 finding_recorded category=x count=2\n"
    costs = [(one.window, one.at_stake) for one in due(log, rubric, "2019-01-31")]
    assert costs[:2] == [("2019-01", 100), ("2019-02", 100)]
    costs = [(one.window, one.at_stake) for one in due(log, rubric, "2019-03-01")]
    assert costs[:3] == [("2019-01", 100), ("2019-02", 0), ("2019-03", 0)]


def test_an_earned_clause_can_lose_what_it_has_earned() -> None:
    articles = "{kind: tally, events: {type: article_published}, points: 0.7}"
    rules = f"[{STUDY} shortfall: {{each: 1}}}}, {articles}]"
    rubric = form(clause(rules, 3, start="zero"))
    assert {one.at_stake for one in due("", rubric, "2019-01-31")} == {0}
    log = FOUNDED + "2019-01-10 b1 article_published level=unit\n2019-01-11 b1 article_published level=unit\n"
    assert [one.at_stake for one in due(log, rubric, "2019-01-31")][:2] == [100, 100]
    assert [one.at_stake for one in due(log, rubric, "2019-02-01")][:3] == [100, 40, 40]


def test_where_somebody_judged_the_clause_nothing_is_at_stake() -> None:
    log = (
        FOUNDED
        + """
    2019-02-10 b1 clause_assessed rubric=form clause=c1 assessor=superior points=2
    """
    )
    rubric = single(STUDY + "shortfall: {each: 0.5}}")
    assert {(one.state, one.at_stake) for one in due(log, rubric, "2019-03-01")} == {
        ("overdue", 0),
        ("open", 0),
    }
    # before the day of the judgement, it is the rules that count
    assert [one.at_stake for one in due(log, rubric, "2019-02-09")][:2] == [50, 50]


def test_an_advisory_share_takes_nothing_from_the_others() -> None:
    """An advisory rule that shares leaves the clause's sum alone."""
    advisory = "{kind: dues, advisory: true, by_day: 1, late: {each: 1}, short: proportional}"
    rubric = form(clause(f"[{STUDY} shortfall: proportional}}, {advisory}]", 3))
    [may] = [
        one for one in due(MEMBERS, rubric, "2019-05-20") if one.window == "2019-05" and not one.advisory
    ]
    assert may.at_stake == 25


def test_due_days_before_the_adoption_are_left_out() -> None:
    rubric = single(STUDY + "shortfall: {each: 0.5}}")
    log = FOUNDED + "2019-03-31 b1 rubric_adopted rubric=form\n2019-08-01 b1 rubric_adopted rubric=form\n"
    for more in ({}, {"adopted_only": True}, {"adopted_only": True, "branches": None}):
        found = due(log, rubric, "2019-05-01", **more)
        assert [one.window for one in found][:2] == ["2019-03", "2019-04"]
        assert found[0].state == "overdue"
    other = log.replace("rubric=form", "rubric=another")
    assert due(other, rubric, "2019-05-01", adopted_only=True) == []
    assert len(due(other, rubric, "2019-05-01")) == 12
    assert due(log, rubric, "2019-03-30", adopted_only=True) == []  # not adopted yet


def test_a_retracted_adoption_was_none_and_a_corrected_one_is_of_its_new_day() -> None:
    rubric = single(STUDY + "shortfall: {each: 0.5}}")
    log = FOUNDED + "2019-03-15 b1 rubric_adopted rubric=form @adoption\n"
    retracted = log + "2019-03-16 b1 event_retracted target=@adoption reason=wrong\n"
    assert due(retracted, rubric, "2019-05-01", adopted_only=True) == []
    corrected = log + (
        "2019-03-16 b1 event_corrected target=@adoption reason=day occurred_on=2019-06-30 data.rubric=form\n"
    )
    assert due(corrected, rubric, "2019-05-01", adopted_only=True) == []
    assert due(corrected, rubric, "2019-06-30", adopted_only=True)[0].window == "2019-06"


def test_nothing_is_owed_from_before_the_branch_was_founded() -> None:
    rubric = single(STUDY + "shortfall: {each: 0.5}}")
    log = "2019-03-02 b1 branch_registered name=b1"
    assert due(log, rubric, "2019-05-01")[0].window == "2019-04"


def test_the_rubrics_year_is_the_year() -> None:
    rubric = single(STUDY + "shortfall: {each: 0.5}}", year_start=9)
    windows = [one.window for one in due("", rubric, "2019-08-31")]
    assert (windows[0], windows[-1], len(windows)) == ("2018-09", "2019-08", 12)
    assert due("", rubric, "2019-09-01")[0].window == "2019-09"


def test_a_key_is_the_same_on_every_day_in_every_ledger_and_beside_other_clauses() -> None:
    rules = STUDY + "shortfall: {each: 0.5}}"
    deadline = (
        "{kind: deadline, trigger: {type: issue_opened}, response: {type: issue_closed}, match: ref, "
        "within: {months: 6}}"
    )
    rubric = form(clause(f"[{rules}, {deadline}]"))
    wider = form(clause(rules, 1, "c0"), clause(f"[{rules}, {deadline}]", 2))
    log = FOUNDED + "2019-03-01 b1 issue_opened kind=problem ref=r @issue\n"
    longer = MEMBERS + "2018-05-05 b1 meeting_held kind=study\n" + log.replace(FOUNDED, "")

    def keys(*arguments: str, of: object = rubric) -> set[str]:
        found = due(arguments[0], of, arguments[1])  # type: ignore[arg-type]
        return {one.obligation for one in found if one.clause == "c1"}

    expected = keys(log, "2019-03-02")
    assert "form/c1/1/2019-03" in expected
    assert any(key.startswith("form/c1/2/") and len(key) == len("form/c1/2/") + 36 for key in expected)
    assert (
        keys(log, "2019-12-31")
        == keys(longer, "2019-08-08")
        == keys(longer, "2019-08-08", of=wider)
        == expected
    )


def test_since_reaches_into_the_year_before_and_ahead_leaves_out_what_is_far() -> None:
    rubric = single(STUDY + "shortfall: {each: 0.5}}")
    found = due("", rubric, "2020-01-10", since=date(2019, 12, 10), unmet_only=True, ahead=14)
    assert [line(one) for one in found] == ["overdue 2019-12-31 0.00 0/1 c1 item 2019-12"]
    found = due("", rubric, "2020-01-17", since=date(2019, 12, 31), unmet_only=True, ahead=14)
    assert [(one.window, one.state) for one in found] == [("2019-12", "overdue"), ("2020-01", "open")]
    assert due("", rubric, "2020-01-17", unmet_only=True, ahead=0) == []
