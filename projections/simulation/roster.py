"""Who is a member when: a roster with joinings, transfers, changes of office, exemptions, admissions.

In: an organisation's diary. Out: events on it, and the `Roster` that the rest of the year goes by.
Deliberately absent: what members do (`gatherings`, `duties`).
"""

from dataclasses import dataclass, field

from projections.simulation.diary import LAST_DAY, Diary

FEWEST, MOST = 3, 60
_STAGES = ("applicant", "activist", "target", "probationary", "full")


@dataclass(slots=True)
class Member:
    """A member and the days, first and last exclusive, on the roster."""

    code: str
    joined: int
    left: int = 9999


@dataclass(slots=True)
class Roster:
    """The members of an organisation."""

    members: list[Member]
    officers: list[str] = field(default_factory=list)

    def on(self, day: int) -> list[str]:
        """Return the codes of those on the roster on a day."""
        return [member.code for member in self.members if member.joined <= day < member.left]

    def a_year_later(self) -> "Roster":
        """Return the roster with its days counted from a year later; codes of those who left stay taken."""
        year = LAST_DAY + 1
        later = [Member(one.code, one.joined - year, one.left - year) for one in self.members]
        gone = {one.code for one in later if one.left <= 0}
        return Roster(later, [code for code in self.officers if code not in gone])


def enrol(diary: Diary, size: int, founded: int) -> Roster:
    """Put so many members on the roster, long ago or at the founding, with their offices."""
    roll = diary.roll
    roster = Roster([])
    for number in range(size):
        code = f"m{number + 1:02d}"
        day = founded + int(roll() ** 3 * max(0, -founded)) if founded < 0 else founded
        fields = f'"member":"{code}"'
        if number == 0 or (size >= 7 and number <= 3 + size // 20):
            role = ("secretary", "deputy_secretary")[number] if number < 2 else "committee"
            fields += f',"role":"{role}"'
            roster.officers.append(code)
        if number > 3 and roll() < 0.04:
            fields += ',"status":"probationary"'
        diary.add(day, "member_joined", f"{{{fields}}}")
        roster.members.append(Member(code, day))
    if founded < 0:
        began = max(founded, -int(roll() * 3 * 365))
        diary.add(began, "term_began", '{"body":"branch_committee","years":3}')
    return roster


def change(diary: Diary, roster: Roster) -> None:
    """Let some come and go, take and leave offices, be exempted, be admitted."""
    _come(diary, roster)
    _go(diary, roster)
    roll = diary.roll
    ordinary = [member for member in roster.members[len(roster.officers) :] if member.left > 0]
    if ordinary and roll() < 0.12:
        day = int(roll() * LAST_DAY)
        diary.add(day, "role_assigned", f'{{"member":"{ordinary[0].code}","role":"committee"}}')
        roster.officers.append(ordinary[0].code)
    for member in ordinary:
        if roll() < 0.02:
            duty = ("training", "talks", "dues", "all")[int(roll() * 4)]
            until = f',"until":"{diary.calendar.year + 1}-06-30"' if roll() < 0.5 else ""
            diary.add(
                int(roll() * 200) - 150,
                "member_exempted",
                f'{{"duty":"{duty}","member":"{member.code}"{until}}}',
            )
    if roll() < 0.3:
        begins = int(roll() * 3)
        code = f"a{int(roll() * 9) + 1}"
        day = int(roll() * 90)
        for stage in _STAGES[begins : begins + 1 + int(roll() * 3)]:
            if day > LAST_DAY:
                break
            diary.add(day, "development_stage_reached", f'{{"member":"{code}","stage":"{stage}"}}')
            day += 60 + int(roll() * 120)


def _come(diary: Diary, roster: Roster) -> None:
    roll = diary.roll
    for _ in range(int(roll() * 0.08 * len(roster.members) + 0.6)):
        code = f"m{len(roster.members) + 1:02d}"
        day = int(roll() * (LAST_DAY - 20))
        if roll() < 0.5:
            hired = max(0, day - int(roll() * 240))
            diary.add(hired, "member_hired", f'{{"member":"{code}"}}')
        paid = f',"dues_paid_to":"{diary.calendar.days[day][:7]}"' if roll() < 0.4 else ""
        diary.add(day, "member_transferred", f'{{"direction":"in"{paid},"member":"{code}"}}')
        roster.members.append(Member(code, day))


def _go(diary: Diary, roster: Roster) -> None:
    roll = diary.roll
    staying = [m for m in roster.members[len(roster.officers) :] if m.joined <= 0 and m.left > LAST_DAY]
    for member in staying[: int(roll() * 0.08 * len(staying) + 0.4)]:
        day = 20 + int(roll() * (LAST_DAY - 30))
        if roll() < 0.2:
            reason = ("died", "withdrew", "other")[int(roll() * 3)]
            diary.add(day, "member_left", f'{{"member":"{member.code}","reason":"{reason}"}}')
        else:
            departed = max(0, day - int(roll() * 120))
            diary.add(departed, "member_departed", f'{{"member":"{member.code}"}}')
            diary.add(day, "member_transferred", f'{{"direction":"out","member":"{member.code}"}}')
        member.left = day
