"""What is said of a header that cannot be taken as it is.

In: a header's text, the type of the rows. Out: the Problem, with what to do about it. Deliberately absent:
judging (`columns`).
"""

import difflib

from ledger.events import ENVELOPE, fields_of
from ledger.files.headers import Column, columns_of
from ledger.files.tables.header.meanings import names_known, plain
from ledger.files.tables.problems import shown_header
from ledger.problems import Problem
from ledger.words import Words

_NEAREST = 3
_LIKE = 0.5
_LONGEST_LIKE = 40


def missing_column(key: str, type_word: str | None) -> Problem:
    """Return the problem of a column that the sheet should have."""
    label = (ENVELOPE.get(key) or fields_of(type_word or "")[key.removeprefix("data.")]).label
    return Problem(
        Words(zh=f"缺少“{label.zh}”列", en=f"the column {key} ({label.en}) is missing"),
        hint=Words(
            zh=f"请补上这一列，或用 --map 指明哪一列是，或用 --set {key}=… 给全表一个值",
            en=f"Add it, say by --map which column it is, or give all rows one value by --set {key}=…",
        ),
    )


def no_type() -> Problem:
    """Return the problem of a sheet that says nowhere what its rows are."""
    return Problem(
        Words(zh="看不出是哪种记录：缺少“记录类型”列", en="the column type is missing"),
        hint=Words(
            zh="请用 --type 指明，或以记录类型命名工作表",
            en="Say it by --type, or name the sheet after the type of its events",
        ),
    )


def set_by_the_store() -> Problem:
    """Return the problem of a column that only the store fills."""
    return Problem(
        Words(zh="由台账自行记录，不能填写", en="is set by the store and cannot be given"),
        hint=Words(zh="请删去此列", en="Remove the column"),
    )


def unknown(text: str, type_word: str | None, *, hinted: bool) -> Problem:
    """Return the problem of a header that nobody knows, with the nearest that would be."""
    hint = nearest_hint(text, type_word, leave_out=True) if hinted else None
    return Problem(Words(zh="不是已知的列", en="is not a known column"), hint=hint)


def nearest_hint(text: str, type_word: str | None, *, leave_out: bool = False) -> Words:
    """Name at most three fields that are called alike."""
    known = names_known(type_word) if len(text) <= _LONGEST_LIKE else {}
    close = difflib.get_close_matches(plain(text), list(known), n=2 * _NEAREST, cutoff=_LIKE)
    keys = list(dict.fromkeys(known[name] for name in close))[:_NEAREST]
    labels: dict[str, str] = {
        column.key: column.info.label.zh for column in (columns_of(type_word) if type_word else ())
    }
    zh = (
        f"是否指 {'、'.join(f'{key}（{labels[key]}）' if key in labels else key for key in keys)}？"
        if keys
        else ""
    )
    en = f"Did you mean {', '.join(keys)}? " if keys else ""
    own = shown_header(text)
    if not leave_out:
        return Words(zh=zh or "见 docs/files.md", en=en.strip() or "See docs/files.md")
    return Words(
        zh=f"{zh}可加 --map '{own}=字段' 指明，或 --map '{own}=' 不读这一列",
        en=f"{en}Say it by --map '{own}=FIELD', or leave the column out by --map '{own}='",
    )


def ambiguous(columns: tuple[Column, ...]) -> Problem:
    """Return the problem of a header that several fields of the type bear."""
    names = [column.key for column in columns]
    return Problem(
        Words(zh="可以指几个字段：" + "、".join(names), en="may mean several fields: " + ", ".join(names)),
        hint=Words(zh="请用 --map 指明是哪一个", en="Say by --map which one is meant"),
    )
