"""Which column of a roster holds what.

In: its header. Out: the places of names, codes, offices, status and days. Deliberately absent: every other
column: nothing of it is read.
"""

from dataclasses import dataclass

from ledger.files.tables.header.find import Header
from ledger.files.tables.header.meanings import bare, columns_meant, plain

_DAYS = {
    "joined": ("入党时间", "入党日期", "入党年月", "加入党组织日期", "加入中共组织时间", "何时入党"),
    "full": ("转正时间", "转正日期", "转正年月", "转为正式党员日期"),
    "transferred": (
        "转入时间",
        "转入日期",
        "转入支部时间",
        "组织关系转入时间",
        "进入支部时间",
        "进入支部日期",
    ),
}
_REMARKS = frozenset(map(plain, ("备注", "备考", "说明", "remarks")))
_CODES = frozenset(map(plain, ("代码", "成员代码", "党员代码", "编码", "code")))


@dataclass(frozen=True, slots=True)
class RosterColumns:
    """The places, from 0, of what a roster may say; None where it says nothing of it.

    Of `remark` nothing is read but a few words that are told.
    """

    name: int
    code: int | None
    branch: int | None
    status: int | None
    role: int | None
    joined: int | None
    full: int | None
    transferred: int | None
    remark: int | None

    @property
    def read(self) -> set[int]:
        """The places of the columns that are read."""
        places = (getattr(self, one) for one in self.__slots__ if one != "remark")
        return {at for at in places if at is not None}


def columns_of_roster(header: Header) -> RosterColumns | None:
    """Return where a roster's columns stand; None where it has none of names."""
    found: dict[str, int] = {}
    for at, text in sorted(header.texts.items()):
        key = _meaning(text)
        if key is not None:
            found.setdefault(key, at)
    if "name" not in found:
        return None
    keys = ("code", "branch", "status", "role", "joined", "full", "transferred", "remark")
    return RosterColumns(found["name"], *(found.get(key) for key in keys))


def _meaning(text: str) -> str | None:
    folded = bare(text)
    if folded in _CODES:
        return "code"
    if folded in _REMARKS:
        return "remark"
    for key, names in _DAYS.items():
        if folded in map(plain, names):
            return key
    meant = columns_meant(text, "member_joined")
    if not meant:
        return None
    return {"member": "name", "branch": "branch", "status": "status", "role": "role"}.get(meant[0].key)
