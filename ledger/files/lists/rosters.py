"""The roster of a branch on a day, to print.

In: a directory of names, a day. Out: the list, by office. Deliberately absent: everything that the log has
no field for.
"""

from ledger.events.vocabularies.members import ROLES, STATUSES
from ledger.files.lists.dues import called
from ledger.files.lists.listing import Heading, Listing, Span
from ledger.names import Directory
from ledger.words import Words


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
