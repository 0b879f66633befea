"""Codes for people who have none yet.

In: names, the codes that are taken in the whole ledger. Out: a code for each. Deliberately absent: names in
codes; initials and a number say no more than whoever knows the roster knows anyway.
"""

from collections.abc import Collection, Sequence


def fresh_codes(names: Sequence[str], taken: Collection[str]) -> list[str]:
    """Return a new code for each name: pinyin initials and a number where initials can be had, else m and a
    number."""
    used = set(taken)
    codes = []
    for name in names:
        stem = _initials(name) or "m"
        number = 1
        while f"{stem}{number:02d}" in used:
            number += 1
        codes.append(f"{stem}{number:02d}")
        used.add(codes[-1])
    return codes


def _initials(name: str) -> str:
    try:
        from pypinyin import Style, lazy_pinyin
    except ImportError:
        return ""
    parts = lazy_pinyin(name, style=Style.FIRST_LETTER, errors="ignore")
    return "".join(part[0] for part in parts if part and part[0].isascii() and part[0].isalpha()).lower()[:4]
