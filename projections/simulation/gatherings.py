"""Meetings, lectures and activities: how often, with whom, with what to show for it.

In: an organisation's diary, its roster, its habits. Out: events. Deliberately absent: everything that is no
gathering (`duties`, `papers`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from projections.simulation.diary import LAST_DAY, Diary
from projections.simulation.roster import Roster

_TOPICS = (
    "学习党章", "学习重要讲话精神", "研究发展党员", "部署下月工作",
    "开展谈心谈话", "学习典型事迹", "安全生产教育", "廉洁自律",
    "乡村振兴调研", "志愿服务动员", "总结季度工作", "师德师风",
    "国庆升旗", "参观纪念馆", "防汛值守", "重温入党誓词",
)  # fmt: skip
_EVIDENCE = ('["minutes","photo"]', '["minutes","photo","sign_in"]', '["minutes"]', '["minutes","sign_in"]',
             '["attachment","minutes","notice","photo"]', '["photo"]')  # fmt: skip
_GUESTS = ('["non_member_representatives"]', '["superior"]', '["league_secretary"]')
_YEARLY = frozenset({"organizational_life", "democratic_appraisal", "democratic_life", "debriefing"})

OF_BRANCH: Mapping[tuple[str, str], int] = {
    ("meeting_held", "general_meeting"): 4,
    ("meeting_held", "committee_meeting"): 12,
    ("meeting_held", "theme_day"): 12,
    ("meeting_held", "study"): 14,
    ("meeting_held", "organizational_life"): 1,
    ("meeting_held", "democratic_appraisal"): 1,
    ("lecture_given", "secretary"): 2,
    ("lecture_given", "member"): 2,
    ("activity_held", "volunteer_service"): 3,
    ("activity_held", "integrity_education"): 2,
    ("activity_held", "ethics_education"): 2,
    ("activity_held", "patriotic"): 2,
    ("activity_held", "research_visit"): 1,
    ("activity_held", "mass_support"): 1,
}
OF_COMMITTEE: Mapping[tuple[str, str], int] = {
    ("meeting_held", "committee_meeting"): 12,
    ("meeting_held", "party_affairs"): 4,
    ("meeting_held", "central_group_study"): 6,
    ("meeting_held", "democratic_life"): 1,
    ("meeting_held", "work_meeting"): 4,
    ("lecture_given", "leader"): 3,
    ("activity_held", "inspection"): 2,
    ("activity_held", "commendation"): 1,
}


@dataclass(frozen=True, slots=True)
class Habits:
    """How an organisation goes about things, each a share from 0 to 1.

    `diligence`: of what is asked, how much is held; `attendance`: of the members, how many come; `records`:
    how often there is evidence. `pause`: days in which nothing is held. `plenty`: how much more than usual.
    """

    diligence: float
    attendance: float
    records: float
    pause: range
    plenty: float = 1.0


def gather(
    diary: Diary, roster: Roster, habits: Habits, times: Mapping[tuple[str, str], int], days: range
) -> None:
    """Hold what is to be held so many times a year, within the days of the organisation's existence."""
    roll = diary.roll
    for (type_word, word), often in times.items():
        count = often if often <= 4 else max(1, int(often * habits.plenty + roll()))
        if word == "committee_meeting" and len(roster.officers) < 3:
            continue
        span = (LAST_DAY + 1) / count
        for number in range(count):
            if roll() > habits.diligence:
                continue
            day = int((number + 0.15 + 0.75 * roll()) * span)
            if word in _YEARLY and count == 1:
                day = _late_in_year(diary)
            if day not in days or day in habits.pause:
                continue
            _hold(diary, roster, habits, type_word, word, day)


def _late_in_year(diary: Diary) -> int:
    """Life meetings and appraisals are held in December, or in the January after it."""
    return 335 + int(diary.roll() * (60 if diary.roll() < 0.25 else 28))


def _hold(diary: Diary, roster: Roster, habits: Habits, type_word: str, word: str, day: int) -> None:
    roll = diary.roll
    asked = roster.officers if word == "committee_meeting" else roster.on(day)
    expected = len(asked)
    away = [code for code in asked if roll() > habits.attendance] if expected else []
    absent = 1 if away and roll() < 0.06 else 0
    excused = len(away) - absent
    recorded = roll() < habits.records
    superior = type_word == "activity_held" and roll() < 0.25
    parts: list[str] = []
    put = parts.append
    if absent:
        put('"absent":1')
    if word == "democratic_appraisal":
        put(f'"appraised":{expected - len(away)}')
    if recorded:
        put(f'"evidence":{_EVIDENCE[int(roll() * roll() * 6)]}')
    if type_word == "lecture_given" and roll() < 0.3:
        put(f'"exchange":{"true" if roll() < 0.8 else "false"}')
    if excused:
        put(f'"excused":{excused}')
    put(f'"expected":{expected}')
    if roll() < 0.06:
        put(f'"guests":{_GUESTS[int(roll() * 3)]}')
    if superior:
        put('"host":"superior"')
    if word == "central_group_study":
        put(f'"keynotes":{int(roll() * 3)}')
    put(f'"lecturer":"{word}"' if type_word == "lecture_given" else f'"kind":"{word}"')
    if excused and roll() < 0.6:
        put(f'"on_leave":[{_quoted(away[:excused])}]')
    if word == "democratic_appraisal":
        put(f'"outstanding":{int((expected - len(away)) * (0.25 + 0.15 * roll()))}')
    if type_word == "activity_held" and roll() < 0.7:
        put(f'"participants":{expected - len(away) + int(roll() * 8)}')
    put(f'"present":{expected - len(away)}')
    _put_papers(diary, parts, recorded=recorded)
    counts_for = f"{diary.calendar.year}-12" if day > LAST_DAY else None
    diary.add(day, type_word, f"{{{','.join(parts)}}}", counts_for)
    _make_up(diary, away[:excused], day)


def _put_papers(diary: Diary, parts: list[str], *, recorded: bool) -> None:
    roll = diary.roll
    if recorded and roll() < 0.08:
        parts.append(
            f'"refs":["{diary.calendar.year} 年 {1 + int(roll() * 6)} 号盒第 {1 + int(roll() * 90)} 页"]'
        )
    if roll() < 0.45:
        parts.append(f'"topic":"{_TOPICS[int(roll() * 16)]}"')


def _make_up(diary: Diary, excused: Sequence[str], day: int) -> None:
    """Let some of those on leave hand in what they studied by themselves."""
    for code in excused:
        if diary.roll() < 0.15 and day + 5 <= LAST_DAY:
            diary.add(day + 1 + int(diary.roll() * 4), "study_note_submitted", f'{{"member":"{code}"}}')


def _quoted(codes: Sequence[str]) -> str:
    return ",".join(f'"{code}"' for code in codes)
