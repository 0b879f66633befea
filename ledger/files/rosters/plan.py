"""What a roster would change: who is new, who holds another office, who is missing from the sheet.

In: a roster that was read, the branch's own as the log has it, names. Out: a Plan: events and names to
record, shown whole before anything is written. Deliberately absent: removing anybody; who is missing is
only named.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from ledger.events import Event, parse_event
from ledger.events.vocabularies.members import STATUSES
from ledger.files.importing import Answer, Policy, RowAnswer, take_in
from ledger.files.rosters.codes import known_codes, make_codes
from ledger.files.rosters.reading import Person, RosterReading
from ledger.files.tables.problems import CellProblem
from ledger.files.tables.reading import Reading
from ledger.files.tables.rows.row_reading import RowReading
from ledger.intake.batch import KnownRubrics, Rights
from ledger.names import Directory, name_folded
from ledger.people import set_names
from ledger.problems import Problem
from ledger.roster import OnRoster
from ledger.store.event_store import Store
from ledger.stored_events import stored_of
from ledger.words import Words


@dataclass(slots=True)
class Change:
    """What becomes of one person: `events` are recorded, `new` says that the code was made here."""

    person: Person
    code: str
    new: bool = False
    events: list[Event] = field(default_factory=list)
    notes: list[Words] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """Everything that a roster would change; nothing of it is written yet.

    `missing` are members on the roster, by code and name, of whom the sheet says nothing.
    """

    branch: str
    reading: RosterReading
    changes: list[Change] = field(default_factory=list)
    missing: list[tuple[str, str | None]] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)

    @property
    def names(self) -> dict[str, str]:
        """The names to keep, by code."""
        return {change.code: change.person.name for change in self.changes}

    @property
    def events(self) -> list[Event]:
        """The events to record, in the sheet's order."""
        return [event for change in self.changes for event in change.events]


def plan_roster(
    store: Store,
    directory: Directory,
    reading: RosterReading,
    branch: str,
    *,
    today: date,
    on: date | None = None,
    recorded_by: str | None = None,
) -> Plan:
    """Compare a roster with that of the log, by name, then by office.

    `on` is the day of what the sheet gives no day for: of joining, else that of the founding; of other
    changes, else today.
    """
    plan = Plan(branch, reading, problems=list(reading.problems))
    roster = directory.roster(branch)
    names = directory.people.in_branch(branch)
    matched = _match(reading.people, roster, names, plan)
    new = [person for person in reading.people if id(person) not in matched and person.code is None]
    made = dict(zip(map(id, new), make_codes((one.name for one in new), known_codes(store)), strict=True))
    joined = (on or _founding(store, branch) or today).isoformat()
    changed = (on or today).isoformat()
    staged = _staged(store, branch)
    for person in reading.people:
        code = matched.get(id(person)) or person.code or made.get(id(person))
        if code is None:
            continue
        change = Change(person, code, id(person) in made, notes=list(person.notes))
        member = roster.get(code)
        if member is None:
            came_back = code in names and not change.new
            change.events = _joining(branch, change, changed if came_back else joined, recorded_by)
        else:
            stage_day = None if on or code in staged else _stage_day(person, member, today)
            change.events = _changing(branch, change, member, changed, stage_day, recorded_by)
        plan.changes.append(change)
    _note_namesakes(plan.changes)
    told = {change.code for change in plan.changes}
    plan.missing = [(code, names.get(code)) for code in roster if code not in told]
    return plan


def apply_plan(
    store: Store,
    plan: Plan,
    *,
    now: datetime,
    today: date,
    known: KnownRubrics,
    rights: Rights | None = None,
    dry: bool = False,
) -> Answer:
    """Record the events of a plan in one import, and keep the names; nothing where anything hinders.

    The names are kept first: were the program ended between the two, the same roster again would find its
    people.
    """
    rows = [
        RowReading(plan.reading.file, plan.reading.sheet, change.person.row, event=event)
        for change in plan.changes
        for event in change.events
    ]
    answer = take_in(
        store, [Reading([], rows)], Policy(), now=now, today=today, known=known, rights=rights, dry=True
    )
    if dry or answer.hinders:
        return answer
    set_names(store, plan.branch, plan.names)
    return take_in(store, [Reading([], rows)], Policy(), now=now, today=today, known=known, rights=rights)


def problems_of(answer: Answer) -> list[CellProblem]:
    """Return what the log's own checks refuse of a plan."""
    rows: Sequence[RowAnswer] = answer.rows
    return [problem for row in rows for problem in row.problems]


def _match(
    people: Sequence[Person], roster: Mapping[str, OnRoster], names: Mapping[str, str], plan: Plan
) -> dict[int, str]:
    """Return the codes of people whom the log knows: by code, by name, of several of one name by office."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for code, name in names.items():
        by_name[name_folded(name)].append(code)
    matched: dict[int, str] = {}
    taken: set[str] = set()
    of_name: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        if person.code is not None and (person.code in names or person.code in roster):
            matched[id(person)] = person.code
            taken.add(person.code)
        else:
            of_name[name_folded(person.name)].append(person)
    for folded, several in of_name.items():
        codes = [code for code in by_name.get(folded, ()) if code not in taken]
        on_roster = [code for code in codes if code in roster] or codes
        _match_one_name(several, on_roster, roster, matched, plan)
    return matched


def _match_one_name(
    several: Sequence[Person],
    codes: list[str],
    roster: Mapping[str, OnRoster],
    matched: dict[int, str],
    plan: Plan,
) -> None:
    left = list(several)
    for person in list(left):
        same = [code for code in codes if code in roster and roster[code].role == person.role]
        if len(same) == 1 and len(codes) > 1:
            matched[id(person)] = same[0]
            codes.remove(same[0])
            left.remove(person)
    if len(codes) == 1 and len(left) == 1:
        matched[id(left[0])] = codes[0]
    elif codes and len(codes) != len(several):
        for person in left:
            words = Words(
                zh=f"有几名党员叫{person.name}（{'、'.join(codes)}），看不出是哪一个",
                en=f"may be any of several members: {', '.join(codes)}",
            )
            hint = Words(zh="请加一列“代码”写明", en="Add a column “code” that says which")
            plan.problems.append(CellProblem(Problem(words, hint=hint), person.row))
            person.code = person.code or codes[0]
    else:
        matched.update(zip(map(id, left), codes, strict=False))


def _note_namesakes(changes: Sequence[Change]) -> None:
    first: dict[str, Change] = {}
    for change in changes:
        other = first.setdefault(name_folded(change.person.name), change)
        if other is not change:
            change.notes.append(
                Words(
                    zh=f"与第 {other.person.row} 行同名：记作两人（{other.code}、{change.code}）",
                    en=f"bears the name of row {other.person.row}: two people ({other.code}, {change.code})",
                )
            )


def _joining(branch: str, change: Change, day: str, recorded_by: str | None) -> list[Event]:
    person = change.person
    role = person.role if person.role not in (None, "member") else None
    if person.transferred is None:
        if person.admitted is not None and person.admitted.isoformat() > day:
            change.notes.append(_joined_later(person.admitted, day))
        status = person.status if person.status not in (None, "full") else None
        data = {"member": change.code, "status": status, "role": role}
        return [_event(branch, "member_joined", day, data, recorded_by)]
    on = person.transferred.isoformat()
    data = {"member": change.code, "direction": "in", "role": role}
    events = [_event(branch, "member_transferred", on, data, recorded_by)]
    if person.status == "probationary":
        stage = {"member": change.code, "stage": "probationary"}
        events.append(_event(branch, "development_stage_reached", on, stage, recorded_by))
    return events


def _joined_later(admitted: date, day: str) -> Words:
    return Words(
        zh=f"{admitted} 才入党，却将从 {day} 起在册，此前的党费也会算作应缴；"
        "请加一列“转入时间”，写明何时到本支部",
        en=f"joined the Party on {admitted} only, but would be on the roster from {day}, and owe dues; "
        "add a column 转入时间 that says since when",
    )


def _changing(
    branch: str, change: Change, member: OnRoster, day: str, stage_day: str | None, recorded_by: str | None
) -> list[Event]:
    person, events = change.person, []
    if person.role is not None and person.role != member.role:
        data: dict[str, str | None] = {"member": change.code, "role": person.role}
        events.append(_event(branch, "role_assigned", day, data, recorded_by))
    if person.status is not None and person.status != member.status:
        data = {"member": change.code, "stage": person.status}
        events.append(_event(branch, "development_stage_reached", stage_day or day, data, recorded_by))
        change.notes.append(_other_status(member.status, person.status, stage_day, day))
    if person.transferred is not None and person.transferred.isoformat() != member.since:
        change.notes.append(
            Words(
                zh=f"表中 {person.transferred} 转入，台账为 {member.since} 入册，没有改动",
                en=f"came in on {person.transferred} by the sheet, on {member.since} by the log: left so",
            )
        )
    return events


def _stage_day(person: Person, member: OnRoster, today: date) -> str | None:
    """Return since when somebody has had the status of the sheet, by its own days: at the earliest since he
    or she is on the roster. None where the sheet does not say it.
    """
    day = person.admitted if person.status == "probationary" else person.confirmed
    return None if day is None or day > today else max(day.isoformat(), member.since)


def _staged(store: Store, branch: str) -> set[str]:
    """Return whose development the log tells already: what a sheet's days say would be older than that."""
    events = stored_of(store, branch, {"development_stage_reached"})
    return {str(event.data["member"]) for event in events if not event.retracted}


def _other_status(was: str, is_now: str, by_sheet: str | None, day: str) -> Words:
    old, new = STATUSES[was].label, STATUSES[is_now].label
    if by_sheet is not None:
        return Words(
            zh=f"台账原为{old.zh}，按表中的日期自 {by_sheet} 起改为{new.zh}",
            en=f"was a {old.en} by the log, and is a {new.en} from {by_sheet} on, by the sheet's days",
        )
    return Words(
        zh=f"台账原为{old.zh}，自 {day} 起记为{new.zh}；应从别的日子起的，请用 --on 指明，"
        "本来就记错了的，请用 zhibu correct 更正入册那条记录",
        en=f"was a {old.en} by the log, and is a {new.en} from {day} on; say another day by --on, or put the "
        "joining itself right by `zhibu correct`",
    )


def _event(
    branch: str, word: str, day: str, data: Mapping[str, str | None], recorded_by: str | None
) -> Event:
    given = {key: value for key, value in data.items() if value is not None}
    raw: dict[str, object] = {"branch": branch, "type": word, "occurred_on": day, "data": given}
    return parse_event(raw if recorded_by is None else {**raw, "recorded_by": recorded_by})


def _founding(store: Store, branch: str) -> date | None:
    for event in stored_of(store, branch, {"branch_registered"}):
        if not event.retracted:
            return date.fromisoformat(event.now.occurred_on)
    return None
