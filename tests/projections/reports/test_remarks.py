"""The remarks: in a few words, why an item has its points."""

from projections.reports.report import Report
from tests.projections.reports.offices import BUREAU, COLLEGE, COMMITTEE, HOSPITAL, INSTITUTE, Office


def remarks(report: Report, branch: str) -> dict[str, list[str]]:
    [found] = [found for found in report.branches if found.code == branch]
    return {item.id: list(item.remarks) for section in found.sections for item in section.items}


def test_several_things_asked_for_are_named_each(office: Office) -> None:
    assert remarks(office.report(BUREAU), "b1")["4"] == [
        "民主生活会：未完成，扣 2.00 分",
        "民主生活会情况报告：未完成，扣 1.00 分",
    ]
    assert remarks(office.report(BUREAU, "en"), "b1")["4"] == [
        "democratic life meeting: not done, −2.00",
        "report on the democratic life meeting: not done, −1.00",
    ]


def test_losses_of_one_kind_are_one_remark_with_the_windows(office: Office) -> None:
    assert "专题学习：未完成（7月、8月），扣 0.31 分" in remarks(office.report(HOSPITAL), "b1")["1"]
    english = remarks(office.report(HOSPITAL, "en"), "b1")["1"]
    assert any(text.endswith("not done (Jul, Aug), −0.31") for text in english)


def test_losses_of_members_name_a_few_and_count_the_rest(office: Office) -> None:
    [text] = [text for text in remarks(office.report(HOSPITAL), "b1")["10"] if "谈心" in text]
    assert "m101 0/2；m102 1/2；m103 1/2；m104 1/2 等 12 处）" in text


def test_what_was_earned_beyond_the_clauses_points_is_said_to_be_capped(office: Office) -> None:
    [volunteers] = remarks(office.report(COLLEGE), "b1")["6.2"]
    assert volunteers == "参加志愿服务：活动（03-05、06-07、09-06），得 11.00 分，以 2.00 分为限"


def test_a_finding_counts_how_often(office: Office) -> None:
    text = remarks(office.report(COLLEGE), "b2")["3.1"]
    assert any("10-11" in one and "扣 0.40 分" in one for one in text)


def test_a_judgement_that_the_forms_column_shows_is_not_repeated(office: Office) -> None:
    found = remarks(office.report(COMMITTEE), "hq")
    assert found["1.1.1"] == []
    assert found["1.1.2"] == ["上级评定：待补"]


def test_what_nobody_judged_is_said(office: Office) -> None:
    assert remarks(office.report(INSTITUTE), "b2")["1.1"] == ["未评"]
    assert remarks(office.report(INSTITUTE), "b1")["1.1"] == []
    assert "未评 2.00 分" in remarks(office.report(HOSPITAL), "b2")["1"]


def test_points_at_risk_are_said_while_there_is_time(office: Office) -> None:
    report = office.replayed(BUREAU, on="2019-09-30").report()
    assert remarks(report, "b1")["4"] == ["待落实 3.00 分"]
    assert any("尚未办理" in note for note in report.branches[0].notes)
