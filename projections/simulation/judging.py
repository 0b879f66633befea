"""What people judge: assessments by the branch itself and those above it, grades, waivers; second thoughts.

In: an organisation's diary, what its forms leave to people. Out: events, among them corrections and
retractions of what was noted before. Deliberately absent: sums.
"""

import orjson

from projections.simulation.asked import Asked, Judged
from projections.simulation.diary import LAST_DAY, WEEKS, Diary, Row

_CORRECTED = frozenset({"meeting_held", "lecture_given", "dues_paid", "training_completed"})
_RETRACTED = frozenset({"meeting_held", "article_published", "dues_paid", "training_completed", "talk_held"})
_WHY_CORRECTED = ("人数有误", "金额有误", "与纸质记录不符", "日期以签到表为准")
_WHY_RETRACTED = ("重复录入", "录入到了别的支部", "活动未举行")


def judge(diary: Diary, asked: Asked, days: range) -> None:
    """Assess the clauses left to people, tally grades, waive a clause now and then."""
    roll, year = diary.roll, diary.calendar.year
    if LAST_DAY not in days:
        return
    self_judges, superior_judges = roll() < 0.7, roll() < 0.5
    for of in asked.judged:
        if self_judges:
            _assess(diary, of, "self", 340 + int(roll() * 20), 0.8 + 0.2 * roll())
        if superior_judges and roll() < 0.95:
            _assess(diary, of, "superior", 352 + int(roll() * 13), 0.7 + 0.3 * roll())
    if asked.computed and roll() < 0.15:
        of = asked.computed[int(roll() * len(asked.computed))]
        _assess(diary, of, "department", 358 + int(roll() * 20), 0.6 + 0.4 * roll())
    for of in asked.graded:
        for source in ("masses", "organization"):
            if roll() < 0.8:
                good, fair = int(roll() * 9), int(roll() * 3)
                parts = (
                    f'"clause":"{of.clause}","excellent":{10 + int(roll() * 20)},"fair":{fair},"good":{good}'
                )
                data = f'{{{parts},"poor":{int(roll() * 1.2)},"rubric":"{of.rubric}","source":"{source}"}}'
                diary.add(345 + int(roll() * 15), "grades_tallied", data)
    day = int(roll() * 140)
    if asked.computed and roll() < 0.05 and day in days:
        of = asked.computed[int(roll() * len(asked.computed))]
        until = f"{year}-{6 + int(roll() * 6):02d}-28"
        data = (
            f'{{"clause":"{of.clause}","reason":"防疫和防汛任务重","rubric":"{of.rubric}","until":"{until}"}}'
        )
        diary.add(day, "clause_waived", data)


def _assess(diary: Diary, of: Judged, assessor: str, day: int, share: float) -> None:
    points = int(of.points * share) // 10 * 10
    period = f'"period":"{diary.calendar.year}",' if day > LAST_DAY else ""
    data = (
        f'{{"assessor":"{assessor}","clause":"{of.clause}",{period}'
        f'"points":"{points // 100}.{points % 100:02d}","rubric":"{of.rubric}"}}'
    )
    diary.add(day, "clause_assessed", data)


def think_again(diary: Diary) -> None:
    """Correct some of what was noted, note some of it twice and retract that."""
    roll = diary.roll
    noted = list(diary.noted)
    for row in noted:
        first = roll()
        if first > 0.02 or row.week > WEEKS - 12:
            continue
        if first < 0.011 and row.type in _CORRECTED:
            _correct(diary, row)
        elif row.type in _RETRACTED:
            again = diary.record(_later(diary, row), _day(diary, row), row.type, row.data, row.counts_for)
            week = _later(diary, again)
            reason = _WHY_RETRACTED[int(roll() * 3)]
            data = f'{{"reason":"{reason}","target":"{diary.id_of(again)}"}}'
            diary.record(week, diary.day_of(week), "event_retracted", data)


def _later(diary: Diary, row: Row) -> int:
    """Return a week some time after the one in which an event was recorded, or the same one."""
    return diary.week_of(diary.day_of(row.week) + int(diary.roll() * 30))


def _day(diary: Diary, row: Row) -> int:
    return diary.calendar.days.index(row.occurred_on) if row.occurred_on >= diary.calendar.days[0] else -1


def _correct(diary: Diary, row: Row) -> None:
    payload = orjson.loads(row.data)
    if row.type == "dues_paid":
        payload["amount"] = "20.00"
    elif row.type == "training_completed":
        payload["hours"] = "4.00"
    else:
        payload["present"] = max(0, payload["present"] - 1)
    changed = {"data": payload, "reason": _WHY_CORRECTED[int(diary.roll() * 4)], "target": diary.id_of(row)}
    if diary.roll() < 0.2 and diary.calendar.days[1] <= row.occurred_on <= diary.calendar.days[LAST_DAY]:
        changed["occurred_on"] = diary.calendar.days[_day(diary, row) - 1]
    week = _later(diary, row)
    data = orjson.dumps(changed, option=orjson.OPT_SORT_KEYS).decode()
    correction = diary.record(week, diary.day_of(week), "event_corrected", data)
    if diary.roll() < 0.05:
        week = _later(diary, correction)
        data = f'{{"reason":"原记录无误","target":"{diary.id_of(correction)}"}}'
        diary.record(week, diary.day_of(week), "event_retracted", data)
