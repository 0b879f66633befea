"""Codes for people who have none yet: the initials of the name in pinyin and a number, `wf01`.

In: names, and all codes that the ledger knows. Out: a code each, new to the whole ledger. Deliberately
absent: any way from a code back to a name. Without pypinyin, and for names it cannot read, codes are `m01`,
`m02`, ….
"""

import re
from collections.abc import Iterable

from ledger.people import all_names
from ledger.store.event_store import Store

_PLAIN = "m"
_MOST_INITIALS = 3
_LATIN = re.compile("[A-Za-z]")
_NAMING_TYPES = frozenset(
    {
        "member_joined", "member_left", "member_transferred", "member_hired", "member_departed",
        "role_assigned", "development_stage_reached", "dues_paid", "training_completed", "talk_held",
        "member_exempted", "study_note_submitted", "contest_entered",
    }
)  # fmt: skip


def known_codes(store: Store) -> set[str]:
    """Return every member's code that the ledger knows, of any branch, in lower case."""
    codes = {code.lower() for _, code, _ in all_names(store)}
    for event in store.read(types=_NAMING_TYPES):
        member = event.payload().get("member")
        if isinstance(member, str):
            codes.add(member.lower())
    return codes


def make_codes(names: Iterable[str], taken: Iterable[str]) -> list[str]:
    """Return a code for each name that is neither among those taken nor another's."""
    used = set(taken)
    made = []
    for name in names:
        initials = _initials(name)
        number = 1
        while f"{initials}{number:02d}" in used:
            number += 1
        code = f"{initials}{number:02d}"
        used.add(code)
        made.append(code)
    return made


def _initials(name: str) -> str:
    latin = "".join(part[0] for part in name.split() if _LATIN.match(part))
    if latin and not re.search("[^\x00-\x7f]", name):
        return latin[:_MOST_INITIALS].lower()
    try:
        from pypinyin import Style, lazy_pinyin
    except ImportError:
        return _PLAIN
    letters = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER, errors="ignore"))
    plain = re.sub("[^a-z]", "", letters.lower())
    return plain[:_MOST_INITIALS] or _PLAIN
