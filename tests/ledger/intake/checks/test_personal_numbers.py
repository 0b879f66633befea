"""No identity number and no mobile number gets into the log by a text, or among the names."""

from typing import Any

import pytest

from ledger.errors import Refused
from ledger.events.values.member_codes import number_in, somebodys_number_in
from ledger.people import names, set_name
from ledger.store.codec import Draft
from ledger.store.event_store import Store
from tests.ledger.intake.said import MEETING, NOW, correction, registered, said, sentences, take_in

REFUSED = "must not hold an identity number or a mobile number: it could never be taken out again"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("讨论110101200001010102转正，电话见名册", "110101200001010102"),
        ("电话13911110009", "13911110009"),
        ("身份证号：110101 20000101 0102", "110101200001010102"),
        ("110101-2000-01-01-010X", "11010120000101010X"),
        ("末位是 11010120000101010x 的", "11010120000101010x"),
        ("１３９１１１１０００９", "13911110009"),
        ("139-1111-0009", "13911110009"),
        ("2025-03-15 139 1111 0009 来电", "13911110009"),
        ("13911110009,13911110010", "13911110009"),
        ("老证 110101900101001", "110101900101001"),
        ("证件编号110101900101001", "110101900101001"),
    ],
)
def test_a_number_of_a_person_is_found_however_it_is_written(text: str, found: str) -> None:
    assert number_in(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "学习国资党〔2025〕12 号文件",
        "2025-03-15 2025-03-16 2025-03-17 三天",
        "2025-3-5 2025-3-6 2025-3-7",
        "20250315143000",
        "138111122223",
        "合同号：13811112222",
        "中组发第13811112222号",
        "拨付 13811112222.50",
        "拨付 13811112222 元",
        "110101202513010102",
        "a3f5" * 8 + "13811112222ab",
        "550e8400-e29b-41d4-a716-113911110009",
        "1 2 3 4 5 6 7 8 9 10 11",
    ],
)
def test_days_sums_papers_digests_and_longer_numbers_are_no_number_of_a_person(text: str) -> None:
    assert number_in(text) is None


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("张三 13911110009", True),
        ("王芳（110101200001010102）", True),
        ("手机13911110009", True),
        ("13911110009", False),
        ("110101200001010102.pdf", False),
        ("档案 13911110009", False),
        ("2 号盒第 14 页 13911110009", False),
    ],
)
def test_the_place_of_a_paper_may_be_a_number_but_not_beside_a_name(text: str, refused: bool) -> None:
    assert (somebodys_number_in(text) is not None) is refused


@pytest.mark.parametrize(
    ("type_word", "data", "field", "shown"),
    [
        ("meeting_held", {"kind": "theme_day", "topic": "讨论110101200001010102转正"}, "topic", "110…"),
        ("lecture_given", {"lecturer": "secretary", "topic": "主讲 13911110009"}, "topic", "139…"),
        ("meeting_held", {"kind": "theme_day", "refs": ["2 号盒", "张三 13911110009"]}, "refs", "139…"),
        ("finding_recorded", {"category": "late", "note": "见 139 1111 0009"}, "note", "139…"),
        ("branch_renamed", {"name": "内科党支部13911110009"}, "name", "139…"),
        ("issue_opened", {"kind": "problem", "ref": "王芳13911110009"}, "ref", "139…"),
    ],
)
def test_a_text_with_such_a_number_is_refused_and_not_shown(
    store: Store, type_word: str, data: dict[str, Any], field: str, shown: str
) -> None:
    take_in(store, [registered()])
    assert sentences(store, said(type_word, data)) == [
        f"1.jsonl:1: data.{field}: {REFUSED}, got {shown}. Leave the number out"
    ]


def test_a_correction_brings_none_in(store: Store) -> None:
    take_in(store, [registered(), said("meeting_held", {"kind": "theme_day"}, id=MEETING)])
    bad = {"kind": "theme_day", "topic": "电话13911110009"}
    (sentence,) = sentences(store, correction(bad))
    assert "data.data.topic: must not hold" in sentence
    assert "13911110009" not in sentence


def test_what_was_stored_before_is_read_and_comes_in_again_as_there_already(store: Store) -> None:
    old = said("meeting_held", {"kind": "theme_day", "topic": "电话13911110009"}, id=MEETING)
    take_in(store, [registered()])
    (refused,) = sentences(store, old)
    assert REFUSED in refused
    with store.appending(NOW) as appender:
        data = '{"kind":"theme_day","topic":"电话13911110009"}'
        appender.append([Draft(MEETING, "b1", "meeting_held", 1, "2019-03-12", None, data, None)])
    store.verify()
    assert take_in(store, [old]).appended == 0


@pytest.mark.parametrize("name", ["卫平13911110020", "卫平 110101200001010102", "卫平１３９１１１１００２０"])
def test_no_name_holds_such_a_number(store: Store, name: str) -> None:
    with pytest.raises(Refused) as refused:
        set_name(store, "m01", name)
    (problem,) = refused.value.problems
    assert problem.found == ("110…" if "110101" in name else "139…")
    assert names(store) == {}
