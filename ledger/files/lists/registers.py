"""Registers of a branch: its meetings and lectures (三会一课登记), and its roster on a day.

In: the events of a branch as they stand, names, a span of months or a day. Out: the list, day by day, or by
office. Deliberately absent: activities, what the meetings count for, everything that the log has no field
for.
"""

from collections.abc import Mapping

from ledger.events.vocabularies.gatherings import EVIDENCE, LECTURERS, MEETINGS
from ledger.events.vocabularies.members import ROLES, STATUSES
from ledger.files.lists.dues import called
from ledger.files.lists.listing import Heading, Listing, Span, Value
from ledger.names import Directory
from ledger.store.event_store import Store
from ledger.stored_events import stored_of
from ledger.words import Words

_MEETING, _LECTURE = "meeting_held", "lecture_given"


def list_meetings(
    store: Store, directory: Directory, branch: str, span: Span, *, codes: bool = False
) -> Listing:
    """List meetings and lectures: day, kind, topic, expected, present, on leave, evidence."""
    listing = Listing(
        Words("三会一课登记表", "Register of meetings and lectures"),
        Words(
            f"{called(directory, branch, codes)}　{span.words.zh}",
            f"{called(directory, branch, codes)}, {span.words.en}",
        ),
        [
            Heading(Words("序号", "no."), "whole", 5),
            Heading(Words("日期", "day"), "day", 11),
            Heading(Words("类型", "kind"), "text", 16),
            Heading(Words("主题", "topic"), "text", 44),
            Heading(Words("应到", "expected"), "whole", 6),
            Heading(Words("实到", "present"), "whole", 6),
            Heading(Words("请假", "on leave"), "text", 26),
            Heading(Words("材料", "evidence"), "text", 18),
        ],
        landscape=True,
    )
    events = [event for event in stored_of(store, branch, {_MEETING, _LECTURE}) if not event.retracted]
    for event in sorted(events, key=lambda one: (one.now.occurred_on, one.position)):
        day = event.now.occurred_on
        if span.first <= day[:7] <= span.last and day <= span.day.isoformat():
            data = event.data
            listing.rows.append(
                [
                    len(listing.rows) + 1,
                    day,
                    _kind(event.now.type, data),
                    _text(data.get("topic")),
                    _whole(data.get("expected")),
                    _whole(data.get("present")),
                    _on_leave(directory, branch, data, codes),
                    _evidence(data.get("evidence")),
                ]
            )
    count = len(listing.rows)
    listing.sums = [[None, Words("合计", "total"), Words(f"{count} 次", f"{count}"), *[None] * 5]]
    return listing


def _kind(word: str, data: Mapping[str, object]) -> Words:
    if word == _MEETING:
        return MEETINGS[str(data["kind"])].label
    lecturer = LECTURERS[str(data["lecturer"])].label
    return Words(f"党课（{lecturer.zh}）", f"lecture ({lecturer.en})")


def _on_leave(directory: Directory, branch: str, data: Mapping[str, object], codes: bool) -> Value:
    members = data.get("on_leave")
    if isinstance(members, list) and members:
        shown = [str(one) if codes else directory.people.shown(branch, str(one)) for one in members]
        return "、".join(shown)
    excused = data.get("excused")
    if isinstance(excused, int) and excused:
        return Words(f"{excused} 人", f"{excused}")
    return None


def _evidence(evidence: object) -> Value:
    if not isinstance(evidence, list) or not evidence:
        return None
    labels = [described.label for word, described in EVIDENCE.items() if word in evidence]
    return Words("、".join(one.zh for one in labels), ", ".join(one.en for one in labels))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


def list_roster(directory: Directory, branch: str, span: Span, *, codes: bool = False) -> Listing:
    """List who is on the roster on the span's last day."""
    listing = Listing(
        Words("党员名册", "Roster"),
        Words(
            f"{called(directory, branch, codes)}　{span.day}",
            f"{called(directory, branch, codes)}, {span.day}",
        ),
        [
            Heading(Words("序号", "no."), "whole", 6),
            Heading(Words("代码", "code"), "text", 12),
            *([] if codes else [Heading(Words("姓名", "name"), "text", 24)]),
            Heading(Words("职务", "office"), "text", 14),
            Heading(Words("党籍", "status"), "text", 14),
            Heading(Words("入册", "since"), "day", 12),
        ],
    )
    members = directory.roster(branch, span.day.isoformat())
    for number, one in enumerate(members.values(), start=1):
        name = [] if codes else [directory.people.of(branch, one.code)]
        labels = (ROLES[one.role].label, STATUSES[one.status].label)
        listing.rows.append([number, one.code, *name, *labels, one.since])
    full = sum(one.status == "full" for one in members.values())
    words = Words(
        f"{len(members)} 人，正式党员 {full} 人，预备党员 {len(members) - full} 人",
        f"{len(members)}: {full} full members, {len(members) - full} on probation",
    )
    listing.notes = [Words(f"合计 {words.zh}", f"total {words.en}")]
    return listing
