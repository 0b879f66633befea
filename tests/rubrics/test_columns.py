"""A form's own columns for assessors."""

import pytest

from rubrics.library import load
from rubrics.problems import RubricError
from rubrics.reader.loaded import parse_rubric
from tests.rubrics.small import GOOD


def columns(text: str = "") -> list[tuple[str, str, str]]:
    rubric = parse_rubric(GOOD.replace("points: ", f"{text}\npoints: ", 1), "small.yaml").rubric
    return [(column.assessor, column.title.zh, column.title.en) for column in rubric.columns]


def test_a_form_that_names_none_has_self_and_superior() -> None:
    assert columns() == [("self", "自评", "self"), ("superior", "上级评定", "superior")]


def test_the_two_forms_with_columns_of_their_own_name_them_as_printed() -> None:
    def titles(form: str) -> list[str]:
        return [column.title.zh for column in load(form).rubric.columns]

    assert titles("bureau-direct-organization") == ["自查得分", "复查得分"]
    assert titles("hospital-committee-standard") == ["自评得分", "上级验收得分", "主管部门评定"]


def test_a_form_may_have_one_column_or_none() -> None:
    one = "columns: [{assessor: department, title: {zh: 评定, en: decided}}]"
    assert columns(one) == [("department", "评定", "decided")]
    assert columns("columns: []") == []


def test_no_assessor_has_two_columns() -> None:
    twice = "[{assessor: self, title: {zh: 甲, en: a}}, {assessor: self, title: {zh: 乙, en: b}}]"
    with pytest.raises(RubricError, match="one column"):
        columns(f"columns: {twice}")
