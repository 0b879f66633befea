"""Papers, publicity, checks: what is handed in, published, disclosed, measured, found wanting.

In: an organisation's diary, its habits, what its forms ask for. Out: events. Deliberately absent: judgements
of points (`judging`).
"""

from projections.simulation.asked import Asked
from projections.simulation.diary import LAST_DAY, Diary
from projections.simulation.gatherings import Habits

_LEVELS = ("department", "department", "unit", "unit", "unit", "district", "city", "province", "national")
_MEDIA = ("wechat", "website", "newspaper", "board", "television", "other")
_AWARDS = ("none", "excellence", "third", "second", "first")
_ISSUES = ("vacancy", "incident", "problem")


def publish(diary: Diary, habits: Habits, days: range) -> None:
    """Publish articles, win honours, share experience, enter contests, do research."""
    roll = diary.roll
    for number in range(int(habits.plenty * 14 * roll() * habits.diligence)):
        day = int(roll() * LAST_DAY)
        if day in days:
            content = f'"content":"a{number // 2}",' if roll() < 0.4 else ""
            theme = f',"theme":"{("exemplary_posts", "pioneers")[int(roll() * 2)]}"' if roll() < 0.1 else ""
            level, medium = _LEVELS[int(roll() * roll() * 9)], _MEDIA[int(roll() * 6)]
            diary.add(day, "article_published", f'{{{content}"level":"{level}","medium":"{medium}"{theme}}}')
    for often, type_word, data in (
        (0.5, "honour_awarded", f'{{"level":"{_LEVELS[int(roll() * 9)]}"}}'),
        (0.2, "experience_shared", f'{{"level":"{_LEVELS[int(roll() * 7)]}"}}'),
        (0.3, "research_published", f'{{"kind":"{("paper", "project", "report")[int(roll() * 3)]}"}}'),
        (0.4, "contest_entered", _contest(roll(), "integrity_culture")),
        (0.3, "contest_entered", _contest(roll(), "ethics")),
        (0.2, "contest_entered", _contest(roll(), "knowledge")),
    ):
        day = int(roll() * LAST_DAY)
        if roll() < often and day in days:
            diary.add(day, type_word, data)


def _contest(roll: float, contest: str) -> str:
    award = _AWARDS[int(roll * 5)]
    return f'{{"contest":"{contest}"}}' if award == "none" else f'{{"award":"{award}","contest":"{contest}"}}'


def hand_in(diary: Diary, habits: Habits, asked: Asked, days: range) -> None:
    """Hand in what the forms ask for, answer requests, disclose, confirm lists."""
    roll, calendar = diary.roll, diary.calendar
    for kind, times in asked.documents.items():
        for number in range(times):
            day = int((number + 0.1 + 0.8 * roll()) * LAST_DAY / times)
            if roll() < habits.diligence and day in days:
                conforming = '"conforming":false,' if roll() < 0.03 else ""
                diary.add(day, "document_submitted", f'{{{conforming}"kind":"{kind}"}}')
    for number in range(4 + int(roll() * 4)):
        asked_on = int((number + 0.5 * roll()) * 45)
        due = asked_on + 7 + int(roll() * 14)
        if due not in days or asked_on not in days:
            continue
        ref = f"{calendar.year}-{number + 1:02d}"
        diary.add(asked_on, "document_requested", f'{{"due_on":"{calendar.days[due]}","ref":"{ref}"}}')
        answered = due - 4 + int(roll() * (6 if habits.diligence > 0.8 else 12))
        if roll() < 0.95 and asked_on < answered <= LAST_DAY:
            conforming = '"conforming":false,' if roll() < 0.04 else ""
            diary.add(answered, "document_submitted", f'{{{conforming}"kind":"brief","ref":"{ref}"}}')
    for subject, times in ({"dues": 2, "branch_affairs": 2, "appraisal": 1} | asked.disclosures).items():
        for number in range(times):
            day = int((number + 0.3 + 0.6 * roll()) * LAST_DAY / times)
            if roll() < habits.diligence and day in days:
                diary.add(day, "disclosure_made", f'{{"subject":"{subject}"}}')
    for checklist, items in asked.checklists.items():
        kept = sorted(item for item in items if roll() < 0.9)
        day = 280 + int(roll() * 80)
        if kept and roll() < habits.diligence and day in days:
            listed = ",".join(f'"{item}"' for item in kept)
            diary.add(day, "checklist_confirmed", f'{{"checklist":"{checklist}","items":[{listed}]}}')


def measure(diary: Diary, habits: Habits, asked: Asked, days: range) -> None:
    """Report metrics, ask people, raise and settle issues, be found wanting."""
    roll = diary.roll
    for metric, in_rounds in asked.metrics.items():
        for number in range(4):
            day = 80 + 90 * number + int(roll() * 8)
            if day in days and day <= LAST_DAY and roll() < 0.9:
                round_ = f',"round":"{number + 1}"' if in_rounds else ""
                value = 40 + int(roll() * 60) if roll() < 0.7 else 75
                diary.add(day, "metric_reported", f'{{"metric":"{metric}"{round_},"value":"{value}"}}')
    for subject in ("satisfaction", "opinion"):
        day = 330 + int(roll() * 30)
        if roll() < 0.5 and day in days:
            total = 20 + int(roll() * 80)
            positive = int(total * (0.7 + 0.3 * roll()))
            data = f'{{"positive":{positive},"subject":"{subject}","total":{total}}}'
            diary.add(day, "survey_conducted", data)
    for number in range(int(roll() * 1.6)):
        day = int(roll() * (LAST_DAY - 60))
        ref = f"i{number + 1}"
        if day in days:
            diary.add(day, "issue_opened", f'{{"kind":"{_ISSUES[int(roll() * 3)]}","ref":"{ref}"}}')
            if roll() < 0.8:
                diary.add(day + 1 + int(roll() * 45), "issue_closed", f'{{"ref":"{ref}"}}')
    findings = asked.findings
    for _ in range(int(roll() * 6 * (1.3 - habits.diligence)) if findings else 0):
        day = int(roll() * LAST_DAY)
        if day in days:
            # The first ones that a form names are the ordinary ones; few branches are found in the last.
            category = findings[int(roll() * roll() * roll() * len(findings))]
            count = f',"count":{2 + int(roll() * 3)}' if roll() < 0.1 else ""
            diary.add(day, "finding_recorded", f'{{"category":"{category}"{count}}}')
