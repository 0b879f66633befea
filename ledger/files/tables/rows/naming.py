"""Codes in the place of names, in the texts of one row.

In: the texts of a row by the keys of its fields, what was said beside the file, a directory. Out: the same
texts with codes, and the problems, each with its key. Deliberately absent: how names are looked up.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import replace
from types import MappingProxyType

from ledger.events.values.described import Vocabulary, words_of
from ledger.events.values.fields import BRANCH_CODE
from ledger.events.values.member_codes import MEMBER_CODE, PERSONAL, is_personal, masked
from ledger.events.values.shown import shown
from ledger.events.vocabularies.gatherings import LECTURERS
from ledger.events.vocabularies.members import TALKERS
from ledger.files.tables.options import Directory, Options
from ledger.problems import Problem
from ledger.words import Words

BRANCHES = ("branch", "parent", "successor")
MEMBERS = ("member",)
LISTS_OF_MEMBERS = ("on_leave",)
# What cannot be understood where nobody knows the branch.
NAMED_IN_A_BRANCH = (*MEMBERS, *LISTS_OF_MEMBERS)
_CODE = re.compile(BRANCH_CODE)
_BETWEEN = re.compile(r"[,，、;；\n]+")
# What stands after a name may be a reason: 王芳（出差）, 王芳：出差.
_REASON = re.compile(
    r"(?:[（(]([^）)]*)[）)]|[:：].*|因.+|(?:请|病|事|产|婚|丧|公|休)+假|出差|外出.*|务工|生病|住院)$"
)
_DIGITS = re.compile(r"[0-9][0-9 ._-]{5,}[0-9Xx]")
_LONGEST_NAME = 200
_NOBODY = frozenset(
    [
        "-",
        "—",
        "–",
        "/",
        "0",
        "无",
        "没有",
        "全勤",
        "全到",
        "全部到齐",
        "全员到齐",
        "无请假",
        "无人请假",
        "无缺席",
    ]
)
# Who may be told by name where the log keeps the office alone, and what each office is called there.
_BY_OFFICE: Mapping[str, tuple[Words, Vocabulary]] = MappingProxyType(
    {
        "lecturer": (Words(zh="主讲人", en="the lecturer"), LECTURERS),
        "held_by": (Words(zh="谈话人", en="who held the talk"), TALKERS),
    }
)


def put_codes(
    texts: MutableMapping[str, str], options: Options, directory: Directory
) -> Iterator[tuple[str, Problem]]:
    """Replace names by codes; yield the key and the problem of each that means nobody, or several."""
    if not texts.get("branch", "").strip():
        if options.branch is None:
            yield "branch", _no_branch()
            return
        texts["branch"] = options.branch
    for key in BRANCHES:
        if (problem := _put_branch(key, texts, directory)) is not None:
            yield key, problem
            if key == "branch":
                return
    for key in MEMBERS:
        if not texts.get(key, "").strip() or is_personal(texts[key]):
            # The field's own check refuses such a number, showing three of its digits.
            continue
        code = directory.member(texts[key], texts["branch"])
        if isinstance(code, Problem):
            yield key, replace(code, field=f"data.{key}")
        else:
            texts[key] = code
    for key in LISTS_OF_MEMBERS:
        if key in texts and not texts[key].strip().startswith("["):
            yield from _put_list(key, texts, directory)


def put_offices(texts: MutableMapping[str, str], directory: Directory) -> Iterator[Words]:
    """Put offices in the place of names where the log keeps nobody's name; yield a note of each."""
    for key, (called, vocabulary) in _BY_OFFICE.items():
        name = texts.get(key, "").strip()
        if not name or words_of(name, vocabulary) or is_personal(name):
            continue
        branch = texts.get("branch", "")
        code = _member_of(name, branch, directory)
        if isinstance(code, Problem):
            continue
        office = directory.office(code, branch, texts.get("occurred_on", ""))
        if office is None:
            continue
        texts[key] = office if office in vocabulary else "committee"
        label = vocabulary[texts[key]].label
        yield Words(
            zh=f"{called.zh}按当日职务记为“{label.zh}”", en=f"{called.en} is kept by office: {label.en}"
        )


def _put_branch(key: str, texts: MutableMapping[str, str], directory: Directory) -> Problem | None:
    given = texts.get(key, "").strip()
    if not given:
        return None
    code = directory.branch(given)
    if isinstance(code, Problem) and not _CODE.fullmatch(given):
        return replace(code, field=key if key == "branch" else f"data.{key}")
    # What could be a code may be registered by another row of the same import: the log's own check will know.
    texts[key] = given if isinstance(code, Problem) else code
    return None


def _put_list(
    key: str, texts: MutableMapping[str, str], directory: Directory
) -> Iterator[tuple[str, Problem]]:
    codes = []
    for part in _parts(texts[key].strip()):
        if part in _NOBODY:
            continue
        code = number_beside(part) or _member_of(part, texts["branch"], directory)
        if isinstance(code, Problem):
            yield key, replace(code, field=f"data.{key}")
        else:
            codes.append(code)
    texts[key] = ", ".join(codes) if codes else "[]"


def _parts(text: str) -> Iterator[str]:
    """Yield the names of a list: blanks stand between them, or inside one of two characters: 王　芳."""
    for part in _BETWEEN.split(text):
        pieces = part.split()
        if len(pieces) == 2 and all(len(piece) == 1 for piece in pieces):
            yield "".join(pieces)
        else:
            yield from pieces


def number_beside(text: str) -> Problem | None:
    """Return the refusal of a name that has a telephone or an identity number with it, else None."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST_NAME])
    if is_personal(plain):
        return Problem(PERSONAL, None, masked(plain))
    match = _DIGITS.search(plain)
    if match is None or re.fullmatch(MEMBER_CODE, plain):
        return None
    return Problem(
        Words(zh="姓名旁边写着号码：台账不记号码", en="is a name with a number: the log holds no numbers"),
        None,
        f'{shown(plain[: match.start()] + match[0][:3])[:-1]}…"',
        Words(zh="请删去号码，只留姓名", en="Leave the name alone in the cell"),
    )


def _member_of(text: str, branch: str, directory: Directory) -> str | Problem:
    """Return a member's code, what stands behind a name as its reason left out."""
    code = directory.member(text, branch)
    match = _REASON.search(text) if len(text) <= _LONGEST_NAME else None
    if not isinstance(code, Problem) or match is None or not text[: match.start()].strip():
        return code
    if match[1] and not re.fullmatch(MEMBER_CODE, match[1]):
        another = directory.member(match[1], branch)
        if isinstance(another, str):
            # yx02（刘芳）, where 刘芳 is somebody else.
            return code
    return directory.member(text[: match.start()], branch)


def _no_branch() -> Problem:
    return Problem(
        Words(zh="缺少支部", en="is required"),
        "branch",
        hint=Words(
            zh="请用 --branch 指明支部，或加一列“支部”",
            en="Say the branch by --branch, or add a column of it",
        ),
    )
