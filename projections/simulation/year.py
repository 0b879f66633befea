"""The year of one organisation, from its registration to its last correction; and the years after it.

In: an organisation of the tree, what forms ask of its kind, how many events it should have. Out: its rows in
the order of recording. Deliberately absent: everybody else's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

import orjson

from projections.simulation.asked import Asked, of_kind
from projections.simulation.diary import LAST_DAY, Calendar, Diary, Row
from projections.simulation.duties import pay_dues, train
from projections.simulation.gatherings import OF_BRANCH, OF_COMMITTEE, Habits, gather
from projections.simulation.judging import judge, think_again
from projections.simulation.papers import hand_in, measure, publish
from projections.simulation.roster import FEWEST, MOST, Roster, change, enrol
from projections.simulation.tree import Forest, Organisation

# What a branch has beside its members' events, and what a member has, in an ordinary year; the most members
# on average; and of all that, what grows where more events are wanted than that makes.
_OF_THE_BRANCH, _OF_A_MEMBER, _MOST_ON_AVERAGE, _GROWING = 106, 15.6, 24, 105
_COMMITTEE_MEMBERS = 7
_LONG_SINCE = range(-3650, LAST_DAY + 60)


@dataclass(frozen=True, slots=True)
class Setting:
    """What all organisations of a simulation share. `events`: how many a branch has on average."""

    seed: int
    calendar: Calendar
    forest: Forest
    asked: Mapping[str, Asked]
    events: int


def year_of(organisation: Organisation, setting: Setting) -> list[Row]:
    """Return what an organisation recorded, in the order of recording."""
    return next(years_of(organisation, [setting]))


def years_of(organisation: Organisation, settings: Sequence[Setting]) -> Iterator[list[Row]]:
    """Yield what an organisation recorded in years that follow each other, each in the order of recording.

    It is registered in the first, and goes on with those who are still on its roster: in the others nothing
    is founded, moved or dissolved. Each year needs a seed of its own, by which its events are named.
    """
    roster: Roster | None = None
    for setting in settings:
        seed = f"{setting.seed}/{setting.calendar.year}/{organisation.number}"
        dice = Random(seed)  # noqa: S311 - nothing is kept secret by it
        prefix = id_prefix(setting.seed, organisation.number)
        diary = Diary(setting.calendar, dice, organisation.share, prefix, f"sec-{organisation.code}")
        asked = of_kind(setting.asked, organisation.kind)
        begins = roster is None
        days = _existence(diary, organisation, setting.forest) if begins else _LONG_SINCE
        if begins:
            _register(diary, organisation, asked, days)
        if organisation.kind == "branch":
            roster = _live(diary, asked, setting.events, days, roster)
        elif organisation.kind == "committee":
            roster = _preside(diary, asked, days, roster)
        if begins:
            _reorganise(diary, organisation, setting.forest, asked, days)
        think_again(diary)
        yield diary.rows()
        roster = None if roster is None else roster.a_year_later()


def id_prefix(seed: int, number: int) -> str:
    """Return how the ids of an organisation's events begin: UUIDs of version 8, less the last group."""
    return f"{seed & 0xFFFFFFFF:08x}-{number >> 12 & 0xFFFF:04x}-8{number & 0xFFF:03x}-8000-"


def _existence(diary: Diary, organisation: Organisation, forest: Forest) -> range:
    """Choose the days on which it exists: most have long been there, few end within the year."""
    roll = diary.roll
    if organisation.kind != "branch":
        return range(-3650 - int(roll() * 3650), LAST_DAY + 60)
    founded = int(roll() * 300) if roll() < 0.02 else -200 - int(roll() * 5000)
    ends = 120 + int(roll() * 240)
    return range(founded, ends if founded < 0 and roll() < 0.005 else LAST_DAY + 60)


def _register(diary: Diary, organisation: Organisation, asked: Asked, days: range) -> None:
    fields: dict[str, str] = {"name": organisation.name}
    if organisation.kind != "branch":
        fields["organization"] = organisation.kind
    if organisation.parent:
        fields["parent"] = organisation.parent
    week = diary.week_of(days.start)
    diary.record(week, days.start, "branch_registered", _canonical(fields))
    for form in asked.forms:
        adoption = {"rubric": form}
        if days.start < 0 and diary.roll() < 0.03:
            adoption["owed_from"] = f"{diary.calendar.year}-04-01"
        diary.record(week, max(1, days.start), "rubric_adopted", _canonical(adoption))


def _live(diary: Diary, asked: Asked, events: int, days: range, before: Roster | None) -> Roster:
    """Let a branch have its year; `before`: the roster with which it goes on, None where it begins."""
    roll = diary.roll
    mean = (events - _OF_THE_BRANCH) / _OF_A_MEMBER
    plenty = 1 + max(0.0, events - _OF_THE_BRANCH - _OF_A_MEMBER * _MOST_ON_AVERAGE) / _GROWING
    size = _size(diary, min(mean, _MOST_ON_AVERAGE)) if before is None else len(before.on(0))
    less = min(1.0, max(0.02, (events - _OF_A_MEMBER * FEWEST) / _OF_THE_BRANCH))
    diligence = (0.98 if roll() < 0.3 else 0.6 + 0.38 * roll()) * less
    pause = int(roll() * 300)
    habits = Habits(
        diligence=diligence,
        attendance=0.82 + 0.17 * roll(),
        records=0.75 + 0.25 * roll(),
        pause=range(pause, pause + 25 + int(roll() * 45)) if roll() < 0.12 else range(190, 205),
        plenty=plenty,
    )
    roster = enrol(diary, size, days.start) if before is None else before
    if days.start < 0:
        change(diary, roster)
    times = dict(OF_BRANCH)
    for key, often in asked.gatherings.items():
        times[key] = max(often, times.get(key, 0))
    if size >= 15:
        times["meeting_held", "group_meeting"] = 12
    gather(diary, roster, habits, times, days)
    pay_dues(diary, roster, habits, days)
    train(diary, roster, habits, days)
    publish(diary, habits, days)
    hand_in(diary, habits, asked, days)
    measure(diary, habits, asked, days)
    judge(diary, asked, days)
    return roster


def _size(diary: Diary, mean: float) -> int:
    """Choose how many members there are: many small branches, few great ones."""
    if mean <= FEWEST:
        return FEWEST
    return min(MOST, FEWEST + int(diary.dice.expovariate(1 / (mean - FEWEST + 0.5))))


def _preside(diary: Diary, asked: Asked, days: range, before: Roster | None) -> Roster:
    """Let a committee have its year: few members, meetings, papers, what forms ask of committees."""
    roll = diary.roll
    habits = Habits(0.8 + 0.2 * roll(), 0.9, 0.9, range(0))
    if before is None:
        codes = [f"m{number + 1:02d}" for number in range(_COMMITTEE_MEMBERS)]
        roster = Roster(enrol(diary, _COMMITTEE_MEMBERS, days.start).members, codes)
        diary.add(-int(roll() * 1000), "term_began", '{"body":"party_committee","years":5}')
    else:
        roster = before
    gather(diary, roster, habits, {**OF_COMMITTEE, **asked.gatherings}, days)
    publish(diary, habits, days)
    hand_in(diary, habits, asked, days)
    measure(diary, habits, asked, days)
    judge(diary, asked, days)
    return roster


def _reorganise(diary: Diary, organisation: Organisation, forest: Forest, asked: Asked, days: range) -> None:
    """Rename, move, dissolve an organisation, or drop a form, now and then."""
    if organisation.kind != "branch":
        return
    roll = diary.roll
    day = max(30, days.start + 1) + int(roll() * 60)
    if roll() < 0.01:
        diary.add(day, "branch_renamed", _canonical({"name": f"{organisation.name}（更名）"}))
    if roll() < 0.01 and len(forest.trees) > 1:
        parent = forest.code(int(roll() * len(forest.trees)))
        if parent != organisation.parent:
            diary.add(day, "branch_moved", _canonical({"parent": parent}))
    if len(asked.forms) > 1 and roll() < 0.005:
        diary.record(diary.week_of(day), day, "rubric_dropped", _canonical({"rubric": asked.forms[-1]}))
    if days.stop <= LAST_DAY:
        diary.record(diary.week_of(days.stop), days.stop, "branch_dissolved", "{}")


def _canonical(fields: Mapping[str, str]) -> str:
    return orjson.dumps(fields, option=orjson.OPT_SORT_KEYS).decode()
