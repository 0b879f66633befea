"""Names on the command line: `--branch 第一支部`, `--member 王芳` become codes before a command sees them.

In: the words of a command line, and the ledger that they are about. Out: the same words with codes.
Deliberately absent: looking names up (`ledger.names`). The ledger is opened only where something does not
look like a code.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.context import Door, SaysNo, WrongUsage
from ledger.words import Words

if TYPE_CHECKING:
    from ledger.names import Directory

_BRANCHES = frozenset({"--branch", "--parent", "--successor", "--organisation"})
_MEMBERS = frozenset({"--member", "--on-leave"})
_PLAIN_BRANCH = re.compile(r"[a-z0-9][a-z0-9._-]*")
# A code that was made to be one has a number in it; anything else may be somebody's name.
_PLAIN_MEMBER = re.compile(r"(?=[a-z0-9._-]*[0-9])[a-z0-9._-]+")
_BETWEEN = re.compile(r"[,，、;；]")


def with_codes(words: Sequence[str], door: Door) -> list[str]:
    """Return the words with the codes of whomever they name.

    Raises WrongUsage for a branch that there is not, SaysNo for a member.
    """
    places = list(_places(words))
    if not any(_is_name(option, value) for _, option, value, _ in places):
        return list(words)
    named = list(words)
    with door.open() as store:
        from ledger.names import Directory

        directory = Directory(store)
        branch = None
        new = list(words[:1]) == ["log"] and _registers(words[1:2])
        for at, option, value, joined in sorted(places, key=lambda place: place[1] in _MEMBERS):
            if option in _MEMBERS:
                code = _members(directory, option, value, branch)
            elif option == "--branch" and new:
                continue
            else:
                code = _branch(directory, option, value)
                branch = code if option == "--branch" else branch
            named[at] = f"{option}={code}" if joined else code
    return named


def _places(words: Sequence[str]) -> "list[tuple[int, str, str, bool]]":
    """Return where a branch or a member stands: the place, the option, the value, whether both are one
    word.
    """
    places = []
    for at, word in enumerate(words):
        if word == "--":
            break
        option, equals, value = word.partition("=")
        if option in _BRANCHES | _MEMBERS:
            if equals:
                places.append((at, option, value, True))
            elif at + 1 < len(words):
                places.append((at + 1, option, words[at + 1], False))
    return places


def _registers(words: Sequence[str]) -> bool:
    """Return whether a branch is registered that has no name yet."""
    from projections.text.events import type_named

    return any(type_named(word) == "branch_registered" for word in words)


def _is_name(option: str, value: str) -> bool:
    if option in _BRANCHES:
        return _PLAIN_BRANCH.fullmatch(value) is None
    return any(
        _PLAIN_MEMBER.fullmatch(part.strip()) is None for part in _BETWEEN.split(value) if part.strip()
    )


def _branch(directory: "Directory", option: str, value: str) -> str:
    if _PLAIN_BRANCH.fullmatch(value):
        return value
    code = directory.branch(value)
    if isinstance(code, str):
        return code
    raise WrongUsage(Words(f"{option}：{code.sentence('zh')}。", f"{option}: {code.sentence('en')}."))


def _members(directory: "Directory", option: str, value: str, branch: str | None) -> str:
    if branch is None or value.strip().startswith("["):
        return value
    codes = []
    for part in _BETWEEN.split(value):
        if not part.strip():
            continue
        code = directory.member(part, branch)
        if not isinstance(code, str):
            raise SaysNo(Words(f"{option}：{code.sentence('zh')}。", f"{option}: {code.sentence('en')}."))
        codes.append(code)
    return ",".join(codes) if codes else value
