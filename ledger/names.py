"""Codes for the names that people use, of branches and of members.

In: a ledger; what somebody typed: a code, a registered name, a member's name, or what the program itself
shows (`yx02（刘芳）`). Out: the code; or the Problem, with what tells two people of one name apart.
Deliberately absent: names in the log, and likeness: what is only similar is suggested.

Case, full-width letters, space inside a name and its dot count for nothing.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property
from typing import NamedTuple

from ledger.events.values.member_codes import MEMBER_CODE
from ledger.events.values.shown import safe, shown
from ledger.events.vocabularies.members import ROLES, STATUSES
from ledger.people import Names, all_names
from ledger.problems import Problem
from ledger.roster import ROSTER_TYPES, OnRoster, roster_of
from ledger.store.event_store import Store
from ledger.stored_events import Stored, stored_of
from ledger.words import Words

_REGISTERED, _RENAMED = "branch_registered", "branch_renamed"
_NAMING = frozenset({_REGISTERED, _RENAMED})
_DOTS = re.compile(r"[\s·•・‧∙⋅.]+")
_SHOWN = re.compile(r"\s*([^\s（(]+)\s*[（(]\s*(.+?)\s*[)）]\s*")
_MOST_NAMED = 3
_LIKE = 0.5
_LONGEST_LIKE = 64
_LONGEST_SHOWN = 400
_MOST_LIKENESSES = 200
_FOR_EVER = "9999-12-31"


class BranchNames(NamedTuple):
    """What a branch is called: its latest name, the former ones, and which kind of organisation it is."""

    latest: str
    former: tuple[str, ...]
    organization: str
    parent: str | None = None


class Directory:
    """Knows the branches and the members of a ledger by all of their names.

    `may_see` says which branches exist for whoever asks; those that do not are answered as if they were not
    there.
    """

    def __init__(self, store: Store, may_see: Callable[[str], bool] = lambda _: True) -> None:
        self._store = store
        self._may_see = may_see
        self._rosters: dict[str, list[Stored]] = {}
        self._missed = 0

    @cached_property
    def people(self) -> Names:
        """The names of members."""
        return all_names(self._store)

    @cached_property
    def branches(self) -> Mapping[str, BranchNames]:
        """Every branch that may be seen, by code, in order of registration."""
        by_code: dict[str, list[Stored]] = {}
        for event in stored_of(self._store, None, _NAMING):
            if not event.retracted and self._may_see(event.now.branch):
                by_code.setdefault(event.now.branch, []).append(event)
        named = {code: _names_of(events) for code, events in by_code.items()}
        return {code: names for code, names in named.items() if names is not None}

    def branch(self, text: str) -> str | Problem:
        """Return the code of a branch. What is no name and could be a code is taken for one only if
        registered.
        """
        typed = unicodedata.normalize("NFKC", text).strip()
        if typed in self.branches:
            return typed
        if match := _shown_parts(typed):
            return self._branch_shown(text, match[1], match[2])
        folded = _folded(typed)
        for found in (
            [code for code in self.branches if code == typed.casefold()],
            [code for code, names in self.branches.items() if _folded(names.latest) == folded],
            [code for code, names in self.branches.items() if folded in map(_folded, names.former)],
        ):
            if len(found) == 1:
                return found[0]
            if found:
                return self._several_branches(text, found)
        return self._no_branch(text)

    def member(self, text: str, branch: str) -> str | Problem:
        """Return the code of a member of a branch; a code that nobody bears yet is taken as it is."""
        typed = unicodedata.normalize("NFKC", text).strip()
        names = self.people.in_branch(branch)
        if typed in names:
            return typed
        if (match := _shown_parts(typed)) and re.fullmatch(MEMBER_CODE, match[1]):
            return self._member_shown(text, match[1], match[2], branch)
        folded = _folded(typed)
        named = [code for code, name in names.items() if _folded(name) == folded]
        if len(named) == 1:
            return named[0]
        if named:
            return self._several_members(text, named, branch)
        if re.fullmatch(MEMBER_CODE, typed):
            return self._code_in_case(typed, names, branch)
        return self._no_member(text, names)

    def organization(self, branch: str) -> str:
        """Return which kind of organisation a branch is; `branch` where nothing is known of it."""
        names = self.branches.get(branch)
        return names.organization if names is not None else "branch"

    def office(self, code: str, branch: str, day: str) -> str | None:
        """Return which office a member had on a day; None where none of that code was on the roster."""
        member = self.roster(branch, day).get(code)
        return None if member is None else member.role

    def branch_shown(self, code: str) -> str:
        """Return a branch as people read it: `yx（第一支部）`, the code alone where it has no name."""
        names = self.branches.get(code)
        return code if names is None else f"{code}（{names.latest}）"

    def roster(self, branch: str, day: str = _FOR_EVER) -> dict[str, OnRoster]:
        """Return who is on the roster of a branch on a day, by default at last."""
        if branch not in self._rosters:
            self._rosters[branch] = stored_of(self._store, branch, ROSTER_TYPES)
        return roster_of(self._rosters[branch], day)

    def _branch_shown(self, text: str, code: str, name: str) -> str | Problem:
        code = next((known for known in self.branches if known == code.casefold()), code)
        names = self.branches.get(code)
        if names is None:
            # A name may well have brackets of its own: 第一支部（临时）.
            whole = _folded(unicodedata.normalize("NFKC", text))
            found = [one for one, known in self.branches.items() if _folded(known.latest) == whole]
            return found[0] if len(found) == 1 else self._no_branch(text)
        if _folded(name) in map(_folded, (names.latest, *names.former)):
            return code
        return Problem(
            Words(zh=f"{code} 的名称是“{names.latest}”", en=f'is called "{names.latest}" by the log'),
            found=shown(text),
        )

    def _several_branches(self, text: str, codes: Sequence[str]) -> Problem:
        return Problem(
            Words(
                zh=f"有几个党组织叫这个名称：{'、'.join(codes)}",
                en=f"is the name of several: {', '.join(codes)}",
            ),
            found=shown(text),
            hint=Words(zh="请写代码", en="Give the code"),
        )

    def _no_branch(self, text: str) -> Problem:
        known = {
            _folded(name): code for code, names in self.branches.items() for name in (code, names.latest)
        }
        self._missed += 1
        likely = len(text) <= _LONGEST_LIKE and self._missed <= _MOST_LIKENESSES
        close = get_close_matches(_folded(text), list(known), _MOST_NAMED, _LIKE) if likely else []
        codes = list(dict.fromkeys(known[name] for name in close))
        hint = Words(
            zh="请先用 zhibu log branch-registered 登记", en="Register it by `zhibu log branch-registered`"
        )
        if codes:
            named = [self.branch_shown(code) for code in codes]
            hint = Words(zh=f"是否指 {'、'.join(named)}？", en=f"Did you mean {', '.join(named)}?")
        return Problem(
            Words(zh="没有这个党组织", en="is no organisation of this ledger"), found=shown(text), hint=hint
        )

    def _member_shown(self, text: str, code: str, name: str, branch: str) -> str | Problem:
        names = self.people.in_branch(branch)
        code = next((known for known in names if known.casefold() == code.casefold()), code)
        if code in names and _folded(names[code]) == _folded(name):
            return code
        own = names.get(code)
        others = [known for known, other in names.items() if _folded(other) == _folded(name)]
        if own is None and not others:
            # A sheet of another ledger: its names are not kept here, its codes are.
            return code
        words = Words(zh=f"{name}是 {'、'.join(others)}", en=f"{name} is {', '.join(others)}")
        if own is not None:
            words = Words(zh=f"{code} 的姓名是{own}", en=f"{code} is {own}")
        return Problem(words, found=shown(text))

    def _several_members(self, text: str, codes: Sequence[str], branch: str) -> Problem:
        roster = self.roster(branch)
        told = [_told_apart(code, roster.get(code)) for code in codes]
        return Problem(
            Words(
                zh="有几名党员叫这个名字：" + "；".join(one.zh for one in told),
                en="is the name of several members: " + "; ".join(one.en for one in told),
            ),
            found=shown(text),
            hint=Words(zh="请写代码", en="Give the code"),
        )

    def _code_in_case(self, typed: str, names: Mapping[str, str], branch: str) -> str:
        """Return a code as the log spells it; one that nobody bears yet as it was typed."""
        if typed == typed.lower() and typed in self.roster(branch):
            return typed
        known = {*names, *self.roster(branch)}
        same = [code for code in known if code.casefold() == typed.casefold()]
        return same[0] if len(same) == 1 and typed not in known else typed

    def _no_member(self, text: str, names: Mapping[str, str]) -> Problem:
        by_name: dict[str, list[str]] = {}
        for code, name in names.items():
            by_name.setdefault(_folded(name), []).append(code)
        self._missed += 1
        # A file full of strangers is told so; looking for likenesses of each would take for ever.
        likely = len(text) <= _LONGEST_LIKE and self._missed <= _MOST_LIKENESSES
        close = get_close_matches(_folded(text), list(by_name), _MOST_NAMED, _LIKE) if likely else []
        codes = [code for name in close for code in by_name[name]]
        hint = Words(
            zh="请先用 zhibu roster import 导入名册，或用 zhibu people set 记下姓名",
            en="Bring the roster in by `zhibu roster import`, or set the name by `zhibu people set`",
        )
        if codes:
            named = [f"{code}（{names[code]}）" for code in codes]
            hint = Words(zh=f"是否指 {'、'.join(named)}？", en=f"Did you mean {', '.join(named)}?")
        return Problem(
            Words(zh="本支部没有叫这个名字的党员", en="is nobody's name in this branch"),
            found=shown(text),
            hint=hint,
        )


def _names_of(events: Sequence[Stored]) -> BranchNames | None:
    """Return what a branch is called by its registration and its new names, in order of their days."""
    registered = next((event for event in events if event.now.type == _REGISTERED), None)
    if registered is None:
        return None
    in_order = sorted(events, key=lambda event: (event.now.occurred_on, event.position))
    names = [str(event.data["name"]) for event in in_order]
    payload = registered.data
    former = tuple(dict.fromkeys(name for name in names[:-1] if name != names[-1]))
    parent = payload.get("parent")
    organization = str(payload.get("organization", "branch"))
    return BranchNames(names[-1], former, organization, None if parent is None else str(parent))


def _told_apart(code: str, member: OnRoster | None) -> Words:
    if member is None:
        return Words(zh=f"{code}（不在册）", en=f"{code} (not on the roster)")
    role, status = ROLES[member.role].label, STATUSES[member.status].label
    return Words(
        zh=f"{code}（{member.since} 入册，{status.zh}，{role.zh}）",
        en=f"{code} (since {member.since}, {status.en}, {role.en})",
    )


def _shown_parts(text: str) -> re.Match[str] | None:
    return _SHOWN.fullmatch(text) if len(text) <= _LONGEST_SHOWN else None


def _folded(text: str) -> str:
    return _DOTS.sub("", unicodedata.normalize("NFKC", text).casefold())


def name_folded(name: str) -> str:
    """Return what a name is compared by."""
    return _folded(safe(name, 200))
