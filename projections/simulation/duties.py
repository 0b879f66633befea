"""What each member owes: dues, training, talks; and what the branch passes on and makes public of it.

In: an organisation's diary, its roster, its habits. Out: events. Deliberately absent: gatherings.
"""

from projections.simulation.diary import LAST_DAY, Diary
from projections.simulation.gatherings import Habits
from projections.simulation.roster import Roster

_AMOUNTS = ("5.00", "8.00", "10.00", "12.50", "15.00", "20.00", "28.00", "36.50", "50.00", "88.00")
_HOURS = ("1.00", "2.00", "3.50", "4.00", "6.00", "8.00", "16.00", "24.00")


def pay_dues(diary: Diary, roster: Roster, habits: Habits, days: range) -> None:
    """Let members pay month by month, some late, some short, some branches a quarter at once."""
    roll, calendar = diary.roll, diary.calendar
    amounts = {member.code: _AMOUNTS[int(roll() * 10)] for member in roster.members}
    tells_due = roll() < 0.5
    at_once = roll() < 0.15
    collects = 4 + int(roll() * 16)
    pays = 0.97 if habits.diligence > 0.8 else 0.93
    for month in range(1, 13):
        begins = calendar.month_begins(month)
        back = (month - 1) % 3 if at_once else 0
        # Nobody pays to an organisation that is not there yet, even where it collects a quarter at once.
        day_begins = max(calendar.month_begins(month - back), days.start)
        name = calendar.days[begins][:7]
        for member in roster.members:
            if not member.joined <= begins < member.left or begins not in days or roll() > pays:
                continue
            amount = amounts[member.code]
            day = day_begins + collects + int(roll() * 4)
            if roll() < 0.04:
                day += 8 + int(roll() * 40)
            if day > LAST_DAY:
                continue
            due = f'"due":"{amount}",' if tells_due else ""
            paid = "5.00" if tells_due and roll() < 0.01 and amount != "5.00" else amount
            data = f'{{"amount":"{paid}",{due}"member":"{member.code}","month":"{name}"}}'
            diary.add(day, "dues_paid", data)
    for quarter in range(1, 5):
        day = calendar.month_begins(3 * quarter) + 15 + int(roll() * 12)
        if roll() < habits.diligence and day in days:
            amount = f"{20 + int(roll() * 900)}.{int(roll() * 10)}0"
            data = f'{{"amount":"{amount}","quarter":"{calendar.year}-Q{quarter}"}}'
            diary.add(day, "dues_remitted", data)


def train(diary: Diary, roster: Roster, habits: Habits, days: range) -> None:
    """Let members complete hours, and be talked with."""
    roll = diary.roll
    talker = ("secretary", "committee", "leader", "member")
    for member in roster.members:
        for _ in range(int(habits.plenty * (1.2 + 3 * roll() * habits.diligence))):
            day = 30 + int(roll() * (LAST_DAY - 30))
            if member.joined <= day < member.left and day in days:
                mode = "online" if roll() < 0.5 else "in_person"
                hours = _HOURS[int(roll() * 8)]
                data = f'{{"hours":"{hours}","member":"{member.code}","mode":"{mode}"}}'
                diary.add(day, "training_completed", data)
        for _ in range(int(0.4 + 2.2 * roll() * habits.diligence)):
            day = 15 + int(roll() * (LAST_DAY - 15))
            if member.joined <= day < member.left and day in days:
                by = talker[int(roll() * roll() * 4)]
                diary.add(day, "talk_held", f'{{"held_by":"{by}","member":"{member.code}"}}')
