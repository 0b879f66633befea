"""The five shipped forms, against figures copied by hand from the pages that read them."""

from collections import Counter

import pytest

from rubrics.library import load, shipped
from rubrics.lint import check_rubric
from rubrics.model import Clause, Rubric
from rubrics.numbers import print_points
from rubrics.rules import Quota
from tests.rubrics.lint.others import OTHERS

COLLEGE = "college-staff-branch-2019"
HOSPITAL = "hospital-branch-2019"
COMMITTEE = "hospital-committee-standard"
BUREAU = "bureau-direct-organization"
INSTITUTE = "institute-branch-appraisal"

FORMS = {name: load(name).rubric for name in shipped()}


def items(name: str, section: int) -> str:
    """Write the items of a section with their points, as the pages do."""
    return " ".join(f"{item.id}:{plain(item.points)}" for item in FORMS[name].sections[section].items)


def clauses(name: str) -> dict[str, Clause]:
    return {clause.id: clause for clause in FORMS[name].clauses()}


def words(text: str) -> list[str]:
    return text.split()


def plain(hundredths: int) -> str:
    return print_points(hundredths).rstrip("0").rstrip(".")


def inconsistencies(name: str) -> list[str]:
    problems = check_rubric(load(name), [rubric for rubric in OTHERS if rubric.id != name])
    assert [problem.expected.en for problem in problems if problem.severity == "error"] == []
    return [problem.expected.en for problem in problems if problem.severity == "inconsistency"]


def test_five_forms_are_shipped() -> None:
    assert shipped() == (BUREAU, COLLEGE, HOSPITAL, COMMITTEE, INSTITUTE)


@pytest.mark.parametrize("rubric", FORMS.values(), ids=FORMS)
def test_every_clause_has_a_source_and_every_rule_that_shares_one_has_a_title(rubric: Rubric) -> None:
    for clause in rubric.clauses():
        assert clause.source, clause.id
        beside = [rule for rule in clause.rules if rule.kind != "graded"]
        if len(beside) > 1 or any(rule.advisory for rule in clause.rules):
            assert all(rule.title for rule in beside), clause.id


@pytest.mark.parametrize("rubric", FORMS.values(), ids=FORMS)
def test_texts_are_short_and_in_two_languages(rubric: Rubric) -> None:
    titles = [part.title for part in (*rubric.sections, *rubric.items(), *rubric.clauses()) if part.title]
    titles += [rule.title for clause in rubric.clauses() for rule in clause.rules if rule.title]
    for title in titles:
        assert len(title.zh) <= 20, title.zh
        assert len(title.en) <= 70, title.en
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in title.en)


def test_form_001_has_45_clauses_in_35_items_of_99_points() -> None:
    rubric = FORMS[COLLEGE]
    assert (plain(rubric.points), rubric.unassessed, rubric.year_start) == ("99", "full", 1)
    assert [plain(section.points) for section in rubric.sections] == words("10 18 12 12 10 10 12 5 3 3 5")
    assert [items(COLLEGE, at) for at in range(11)] == [
        "1.1:4 1.2:2 1.3:2 1.4:2",
        "2.1:4 2.2:6 2.3:2 2.4:6",
        "3.1:6 3.2:2 3.3:2 3.4:2",
        "4.1:2 4.2:8 4.3:1 4.4:1",
        "5.1:5 5.2:5",
        "6.1:1 6.2:2 6.3:2 6.4:4",
        "7.1:2 7.2:2 7.3:2 7.4:6",
        "8.1:2 8.2:3",
        "9.1:1 9.2:2",
        "10.1:1 10.2:1 10.3:1",
        "11.1:2 11.2:3",
    ]
    assert sum(item.points for item in rubric.items()) == 99_00
    assert len(list(rubric.items())) == 35
    split = {
        "2.1.a": 2, "2.1.b": 2, "2.2.a": 4, "2.2.b": 2, "3.1.a": 3, "3.1.b": 3, "3.2.a": 1, "3.2.b": 1,
        "3.3.a": 0.5, "3.3.b": 0.5, "3.4.a": 1, "3.4.b": 1, "5.1.a": 2, "5.1.b": 3, "9.2.a": 0.5,
        "9.2.b": 0.5, "10.1.a": 1, "10.1.b": 1, "10.3.a": 1, "10.3.b": 1,
    }  # fmt: skip
    found = clauses(COLLEGE)
    assert {id_: found[id_].points / 100 for id_ in found if id_.count(".") == 2} == split
    assert len(found) == 35 - 10 + 20
    zero = [id_ for id_, clause in found.items() if clause.start == "zero"]
    assert zero == words("2.2.b 2.4 4.2 6.2 6.4 7.4 9.1 11.2")


def test_form_001_contradicts_itself_where_its_page_says_so() -> None:
    assert inconsistencies(COLLEGE) == [
        "the rubric has 99.00 points, its sections are printed with 100.00 together",
        "item 3.3 has 2.00 points and its clauses add up to 1.00: the other 1.00 cannot be lost",
        "section 6 is printed with 10.00 points and its items add up to 9.00: 1.00 cannot be reached",
        "item 9.2 has 2.00 points and its clauses add up to 1.00: the other 1.00 cannot be lost",
        "item 10.1 has 1.00 points and its clauses add up to 2.00: the item stops at 0",
        "item 10.3 has 1.00 points and its clauses add up to 2.00: the item stops at 0",
    ]


def test_form_000_has_23_items_of_100_points_and_a_bonus_of_ten() -> None:
    rubric = FORMS[HOSPITAL]
    assert [(section.id, plain(section.points), section.bonus) for section in rubric.sections] == [
        ("A", "25", False), ("B", "27", False), ("C", "18", False), ("D", "22", False), ("E", "8", False),
        ("F", "10", True),
    ]  # fmt: skip
    assert [items(HOSPITAL, at) for at in range(6)] == [
        "1:5 2:5 3:7 4:5 5:3",
        "6:6 7:6 8:5 9:6 10:3 11:1",
        "12:2 13:5 14:4 15:3 16:4",
        "17:3 18:3 19:7 20:5 21:4",
        "22:6 24:2",
        "25:10",
    ]
    assert (plain(rubric.points), rubric.unassessed) == ("100", "full")
    assert {id_: clause.points / 100 for id_, clause in clauses(HOSPITAL).items()} == {
        "1.1": 2, "1.2": 2, "1.3": 1, "2.1": 3, "2.2": 2, "3.1": 3, "3.2": 4, "4": 5, "5.1": 1,
        "5.2": 1, "5.3": 1, "6.1": 3, "6.2": 3, "7.1": 3, "7.2": 3, "8.1": 3, "8.2": 2, "9": 6,
        "10.1": 1, "10.2": 2, "11": 1, "12.1": 1, "12.2": 0.5, "12.3": 0.5, "13.1": 1, "13.2": 1, "13.3": 3,
        "14.1": 4, "14.2": 1, "15.1": 2, "15.2": 1, "16": 4, "17": 3, "18.1": 2, "18.2": 1, "19": 7,
        "20.1": 3, "20.2": 1, "20.3": 1, "21.1": 2, "21.2": 2, "22.1": 3, "22.2": 3, "24": 2, "25.1": 5,
        "25.2": 5, "25.3": 5, "25.4": 4,
    }  # fmt: skip
    zero = [id_ for id_, clause in clauses(HOSPITAL).items() if clause.start == "zero"]
    assert zero == words("3.2 25.1 25.2 25.3 25.4")
    assert [id_ for id_, clause in clauses(HOSPITAL).items() if clause.assessed] == ["1.1", "12.1", "16"]


def test_form_000_asks_for_21_meetings_a_year_under_6_1() -> None:
    windows = {"month": 12, "quarter": 4, "year": 1}
    quotas = [rule for rule in clauses(HOSPITAL)["6.1"].rules if isinstance(rule, Quota)]
    assert sum(windows[rule.per] * rule.at_least for rule in quotas) == 21


def test_form_000_contradicts_itself_at_the_dues_alone() -> None:
    assert inconsistencies(HOSPITAL) == [
        "item 14 has 4.00 points and its clauses add up to 5.00: the item stops at 0"
    ]


def test_form_002_has_84_clauses_each_its_own_item() -> None:
    rubric = FORMS[COMMITTEE]
    assert (rubric.applies_to, rubric.unassessed, plain(rubric.points)) == ("committee", "none", "100")
    assert [plain(section.points) for section in rubric.sections] == words("4 8 31 18 11 5 10 9 4")
    assert [len(section.items) for section in rubric.sections] == [3, 8, 26, 17, 8, 4, 10, 4, 4]
    assert len(clauses(COMMITTEE)) == 84
    assert all(len(item.clauses) == 1 and item.group for item in rubric.items())
    ids = words("1.1.1 1.1.2 1.2.3")
    for group, count in (
        ("2.1", 8), ("3.1", 3), ("3.2", 6), ("3.3", 5), ("3.4", 4), ("3.5", 8), ("4.1", 3), ("4.2", 4),
        ("4.3", 3), ("4.4", 2), ("4.5", 2), ("4.6", 3), ("5.1", 2), ("5.2", 2), ("5.3", 2), ("5.4", 2),
        ("6.1", 4), ("7.1", 2), ("7.2", 3), ("7.3", 5), ("8.1", 4), ("9.1", 4),
    ):  # fmt: skip
        ids += [f"{group}.{number}" for number in range(1, count + 1)]
    assert list(clauses(COMMITTEE)) == ids
    more_than_one = {
        id_: clause.points // 100 for id_, clause in clauses(COMMITTEE).items() if clause.points != 100
    }
    assert more_than_one == {
        "1.1.1": 2, "3.2.2": 2, "3.2.4": 3, "3.2.6": 2, "3.3.5": 2, "4.2.4": 2, "5.1.1": 2, "5.2.2": 2,
        "5.4.1": 2, "6.1.4": 2, "8.1.1": 3, "8.1.2": 2, "8.1.3": 2, "8.1.4": 2,
    }  # fmt: skip


def test_form_002_computes_22_clauses_and_leaves_62_to_judgement() -> None:
    computed = [id_ for id_, clause in clauses(COMMITTEE).items() if not clause.assessed]
    assert computed == [
        "2.1.6",
        "3.2.2",
        "3.3.4",
        "3.4.1",
        "3.4.2",
        "3.5.1",
        "3.5.2",
        "3.5.3",
        "3.5.5",
        "3.5.7",
        "4.1.2",
        "4.3.1",
        "4.4.1",
        "4.6.2",
        "4.6.3",
        "5.3.2",
        "5.4.2",
        "7.3.4",
        "8.1.1",
        "8.1.4",
        "9.1.2",
        "9.1.3",
    ]
    assert FORMS[COMMITTEE].veto is not None
    assert FORMS[COMMITTEE].veto.grade.zh == "不予评定"
    assert len(FORMS[COMMITTEE].veto.events) == 2


def test_form_003_has_19_items_of_100_points_in_one_section() -> None:
    rubric = FORMS[BUREAU]
    assert [section.id for section in rubric.sections] == ["1"]
    assert items(BUREAU, 0) == (
        "1:5 2:6 3:6 4:5 5:5 6:5 7:5 8:6 9:8 10:5 11:5 12:5 13:5 14:5 15:5 16:6 17:2 18:6 19:5"
    )
    assert list(clauses(BUREAU)) == [str(number) for number in range(1, 20)]
    assert all(clause.start == "full" for clause in rubric.clauses())
    assert rubric.unassessed == "full"


def test_form_004_has_26_graded_criteria_on_the_scale_of_100() -> None:
    rubric = FORMS[INSTITUTE]
    assert rubric.aggregate == "mean"
    assert [len(section.items) for section in rubric.sections] == [6, 6, 3, 4, 3, 4]
    assert len(clauses(INSTITUTE)) == 26
    assert all(clause.graded and clause.points == 100_00 for clause in rubric.clauses())
    assert rubric.grades is not None
    assert {word: value // 100 for word, value in rubric.grades.values.items()} == {
        "excellent": 95, "good": 85, "fair": 75, "poor": 60,
    }  # fmt: skip
    assert [(band.grade.zh, band.at_least // 100) for band in rubric.bands] == [
        ("优秀", 90), ("较好", 80), ("一般", 70), ("差", 0),
    ]  # fmt: skip
    advised = {
        id_: [rule.kind for rule in clause.rules if rule.advisory]
        for id_, clause in clauses(INSTITUTE).items()
    }
    assert {id_: kinds for id_, kinds in advised.items() if kinds} == {
        "1.3": ["quota", "quota"], "1.4": ["quota"], "1.5": ["quota"], "1.6": ["none_of"],
        "2.1": ["threshold"], "2.3": ["quota"], "2.4": ["quota"], "2.5": ["deadline"], "3.1": ["quota"],
        "4.1": ["threshold"], "5.2": ["quota"],
    }  # fmt: skip
    [procedure] = rubric.rules
    assert isinstance(procedure, Quota)
    assert (procedure.per, procedure.by) == ("half", ("06-30", "12-31"))


@pytest.mark.parametrize("name", [COMMITTEE, BUREAU, INSTITUTE])
def test_the_other_forms_add_up(name: str) -> None:
    assert inconsistencies(name) == []


def test_the_advisory_rules_are_those_of_the_pages() -> None:
    found = Counter(
        (name, clause.id)
        for name, rubric in FORMS.items()
        if name != INSTITUTE
        for clause in rubric.clauses()
        for rule in clause.rules
        if rule.advisory
    )
    assert found == Counter(
        [
            (COLLEGE, "2.1.a"),
            (COLLEGE, "6.2"),
            (HOSPITAL, "10.2"),
            (HOSPITAL, "11"),
            (COMMITTEE, "4.6.3"),
            (BUREAU, "1"),
        ]
    )
