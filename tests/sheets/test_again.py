"""The same sheet again: corrected, after a correction, after a retraction, after it was typed by hand."""

from typing import Any

import pytest

from ledger.events import parse_event
from ledger.files.answers import answer_json
from ledger.intake.batch import record_each
from ledger.store.event_store import Store
from tests.program import figures
from tests.sheets.making import NOW, TODAY, furnish, states, take

DUES = "姓名,月份,应缴,实缴,缴费日期\n王芳,2026-02,20,20,2026-02-10\n李强,2026-02,30,30,2026-02-11\n"
MEETINGS = "日期,会议类型,议题,应到,实到\n2026-02-05,支委会,研究,3,3\n2026-02-06,党员大会,学习,5,4\n"


@pytest.fixture
def branch(sqlite_store: Store) -> Store:
    return furnish(sqlite_store)


def bring(store: Store, text: str, **said: Any) -> Any:
    return take(store, text.encode(), branch="b1", **said)


def log(store: Store, word: str, data: dict[str, Any], on: str = "2026-02-10") -> str:
    raw = {"branch": "b1", "type": word, "occurred_on": on, "data": data}
    (outcome,) = record_each(store, [parse_event(raw)], now=NOW, today=TODAY, known={})
    return outcome.recorded.id


def counts(answer: Any) -> tuple[int, int, int]:
    return answer.appended, answer.present, answer.corrected


def test_the_same_sheet_again_changes_nothing(branch: Store) -> None:
    assert counts(bring(branch, DUES)) == (2, 0, 0)
    head = branch.head()
    again = bring(branch, DUES)
    assert counts(again) == (0, 2, 0)
    assert states(again) == ["2 present", "3 present"]
    assert branch.head() == head


def test_a_dry_run_says_the_same_and_writes_nothing(branch: Store) -> None:
    head = branch.head()
    dry = bring(branch, DUES, dry=True)
    assert (counts(dry), branch.head()) == ((2, 0, 0), head)
    wet = bring(branch, DUES)
    assert states(wet) == states(dry)


def test_what_was_typed_by_hand_is_there_already(branch: Store) -> None:
    log(branch, "dues_paid", {"member": "m01", "month": "2026-02", "amount": "20", "due": "20"})
    assert counts(bring(branch, DUES)) == (1, 1, 0)


def test_a_corrected_sheet_differs_until_it_is_said_what_is_meant(branch: Store) -> None:
    bring(branch, DUES)
    mended = DUES.replace("30,30", "30,25")
    refused = bring(branch, mended)
    assert states(refused) == ["2 present", "3 differs"]
    assert counts(refused) == (0, 1, 0)
    (problem,) = refused.rows[1].problems
    assert (problem.cell, problem.header) == ("D3", "实缴")
    assert figures(problem.message("zh")) == [3, 9]
    assert "30.00 → 25.00" in problem.message("zh")
    assert counts(bring(branch, mended, leave=True)) == (0, 1, 0)
    assert counts(bring(branch, mended, update=True)) == (0, 1, 1)
    assert counts(bring(branch, mended)) == (0, 2, 0)
    assert states(bring(branch, DUES)) == ["2 present", "3 differs"]


def test_as_new_records_another_event_and_touches_no_present_row(branch: Store) -> None:
    bring(branch, DUES)
    answer = bring(branch, DUES.replace("30,30", "30,5"), as_new=True)
    assert counts(answer) == (1, 1, 0)
    assert [event.type for event in branch.read()].count("dues_paid") == 3


def test_after_a_correction_the_old_row_differs_and_the_new_one_is_there(branch: Store) -> None:
    bring(branch, DUES)
    (first, _) = branch.read(branch="b1", types={"dues_paid"})
    data = {"member": "m01", "month": "2026-02", "amount": "15.00", "due": "20.00"}
    log(branch, "event_corrected", {"target": first.id, "reason": "看错", "data": data})
    assert states(bring(branch, DUES)) == ["2 differs", "3 present"]
    assert counts(bring(branch, DUES.replace("20,20", "20,15"))) == (0, 2, 0)


def test_after_a_correction_to_another_month_the_old_row_is_not_counted_twice(branch: Store) -> None:
    bring(branch, DUES)
    (first, _) = branch.read(branch="b1", types={"dues_paid"})
    data = {"member": "m01", "month": "2026-01", "amount": "20.00", "due": "20.00"}
    log(branch, "event_corrected", {"target": first.id, "reason": "月份错", "data": data})
    assert states(bring(branch, DUES)) == ["2 differs", "3 present"]


def test_what_was_retracted_is_a_problem_until_it_is_said_again(branch: Store) -> None:
    bring(branch, DUES)
    (first, _) = branch.read(branch="b1", types={"dues_paid"})
    log(branch, "event_retracted", {"target": first.id, "reason": "记错"})
    refused = bring(branch, DUES)
    assert states(refused) == ["2 retracted", "3 present"]
    assert refused.hinders
    assert counts(bring(branch, DUES, leave=True)) == (0, 1, 0)
    # other values than those retracted are new
    other = bring(branch, DUES.replace("20,20", "20,19"), dry=True)
    assert states(other) == ["2 new", "3 present"]
    assert counts(bring(branch, DUES, again=True)) == (1, 1, 0)
    assert counts(bring(branch, DUES)) == (0, 2, 0)


def test_a_day_that_the_sheet_does_not_say_is_not_compared(branch: Store) -> None:
    bring(branch, DUES)
    wide = "姓名,二月,三月\n王芳,20,20\n李强,30,30\n"
    answer = bring(branch, wide, type_word="dues_paid", year=2026)
    assert states(answer) == ["B2 present", "C2 new", "B3 present", "C3 new"]


def test_another_day_differs_where_the_sheet_says_it(branch: Store) -> None:
    bring(branch, DUES)
    assert states(bring(branch, DUES.replace("2026-02-11", "2026-02-12"))) == ["2 present", "3 differs"]


def test_several_days_in_one_file_are_several_payments(branch: Store) -> None:
    text = "姓名,月份,实缴,缴费日期\n王芳,2026-02,10,2026-02-10\n王芳,2026-02,10,2026-02-20\n"
    assert states(bring(branch, text)) == ["2 new", "3 new"]
    assert states(bring(branch, text)) == ["2 present", "3 present"]


def test_a_row_twice_in_a_file_is_a_problem_of_all_but_the_first(branch: Store) -> None:
    twice = DUES + "李强,2026-02,30,30,2026-02-11\n"
    refused = bring(branch, twice)
    assert states(refused) == ["2 new", "3 new", "4 duplicate"]
    assert figures(refused.rows[2].problems[0].message("zh"))[:2] == [4, 3]
    assert counts(bring(branch, twice, as_new=True)) == (3, 0, 0)
    # as many equal ones as stand are there already
    assert states(bring(branch, twice)) == ["2 present", "3 present", "4 present"]


def test_meetings_are_known_by_kind_and_day(branch: Store) -> None:
    bring(branch, MEETINGS)
    assert states(bring(branch, MEETINGS)) == ["2 present", "3 present"]
    assert states(bring(branch, MEETINGS.replace("5,4", "5,5"))) == ["2 present", "3 differs"]
    assert states(bring(branch, MEETINGS.replace("2026-02-06", "2026-02-07"))) == ["2 present", "3 new"]


def test_what_the_sheet_does_not_say_stays_when_a_row_corrects(branch: Store) -> None:
    log(
        branch,
        "meeting_held",
        {"kind": "general_meeting", "present": 4, "expected": 5, "evidence": ["minutes"]},
        on="2026-02-06",
    )
    mended = "日期,会议类型,实到\n2026-02-06,党员大会,5\n"
    assert states(bring(branch, mended, type_word="meeting_held")) == ["2 differs"]
    assert counts(bring(branch, mended, type_word="meeting_held", update=True)) == (0, 0, 1)
    *_, correction = branch.read(branch="b1")
    assert correction.payload()["data"] == {
        "evidence": ["minutes"],
        "expected": 5,
        "kind": "general_meeting",
        "present": 5,
    }


def test_all_else_is_known_by_its_whole_content(branch: Store) -> None:
    talks = "谈话时间,谈话对象,谈话人身份\n2026-02-05,王芳,书记\n2026-02-05,李强,书记\n"
    said: dict[str, Any] = {"type_word": "talk_held"}
    bring(branch, talks, **said)
    assert states(bring(branch, talks, **said)) == ["2 present", "3 present"]
    assert states(bring(branch, talks.replace("王芳,书记", "王芳,委员"), **said)) == ["2 new", "3 present"]


def test_one_wrong_row_keeps_the_whole_file_out(branch: Store) -> None:
    head = branch.head()
    answer = bring(branch, DUES + "赵六,2026-02,30,30,2026-02-11\n")
    assert states(answer) == ["2 new", "3 new", "4 problem"]
    assert (answer.hinders, branch.head()) == (True, head)


def test_one_import_is_one_instant_of_its_own(branch: Store) -> None:
    bring(branch, DUES)
    bring(branch, MEETINGS)
    events = list(branch.read(branch="b1"))
    dues = {event.recorded_at for event in events if event.type == "dues_paid"}
    meetings = {event.recorded_at for event in events if event.type == "meeting_held"}
    assert (len(dues), len(meetings)) == (1, 1)
    assert dues != meetings


def test_the_answer_as_programs_read_it(branch: Store) -> None:
    answer = answer_json(bring(branch, DUES.replace("李强", "赵六")), "zh")
    assert answer["sheets"] == [
        {
            "file": "表.csv",
            "sheet": None,
            "type": "dues_paid",
            "header_row": 1,
            "left_out_columns": [],
            "left_out_rows": 0,
            "why": None,
        }
    ]
    first, second = answer["rows"]  # type: ignore[misc]
    assert first["event"]["data"] == {"amount": "20.00", "due": "20.00", "member": "m01", "month": "2026-02"}
    assert {key: second[key] for key in ("row", "cell", "state", "event", "stands")} == {
        "row": 3,
        "cell": None,
        "state": "problem",
        "event": None,
        "stands": None,
    }
    assert second["problems"] == [
        {
            "cell": "A3",
            "header": "姓名",
            "field": "data.member",
            "found": '"赵六"',
            "expected": "is nobody's name in this branch",
            "message": '第 3 行“姓名”：本支部没有叫这个名字的党员，实际为 "赵六"。'
            "请先用 zhibu roster import 导入名册，或用 zhibu people set 记下姓名",
        }
    ]
    assert (answer["appended"], answer["present"], answer["corrected"]) == (0, 0, 0)
