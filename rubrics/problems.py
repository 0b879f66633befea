"""What can be wrong with a rubric file, as values; and the error that carries them across the door.

In: facts (which file, line and key path, what was found, what was expected). Out: `Problem`, one finished
sentence in each language, and `RubricError`. Deliberately absent: the ledger's errors,
printing, exit codes.

    RubricError            the file cannot be used as a rubric; carries every problem found
    └── UnknownRubricError      there is no such rubric, or no such file
"""

from collections.abc import Sequence
from decimal import Decimal
from difflib import get_close_matches

from pydantic_core import PydanticCustomError

from ledger.problems import Problem, Severity
from ledger.words import Words

Path = tuple[str | int, ...]

MOST_PROBLEMS = 100
_LONGEST = 60


class RubricError(Exception):
    """The file cannot be used as a rubric. The first hundred problems are kept; `total` counts all."""

    def __init__(self, problems: Sequence[Problem], total: int | None = None) -> None:
        self.problems = tuple(problems[:MOST_PROBLEMS])
        self.total = len(problems) if total is None else total
        super().__init__("\n".join(problem.sentence("en") for problem in self.problems))

    @property
    def words(self) -> Words:
        """Say every problem that was kept, one a line, and how many more there are."""
        more = self.total - len(self.problems)
        return Words(
            "\n".join(p.sentence("zh") for p in self.problems) + (f"\n另有 {more} 处。" if more else ""),
            "\n".join(p.sentence("en") for p in self.problems) + (f"\nand {more} more." if more else ""),
        )


class UnknownRubricError(RubricError):
    """There is no rubric of that id, or no file at that path."""


def build_problem(
    file: str, place: Path, zh: str, en: str, severity: Severity = "error", line: int | None = None
) -> Problem:
    """Build what there is to say about one place of a rubric file; the sentences stand without the place."""
    return Problem(Words(zh, en), print_path(place) or None, file=file, line=line, severity=severity)


def refuse(zh: str, en: str) -> PydanticCustomError:
    """Build what a validator raises: both wordings travel in its context."""
    return PydanticCustomError("rubric", "{en}", {"zh": zh, "en": en})


def print_path(path: Path) -> str:
    """Print a key path: ("sections", 2, "id") is `sections[2].id`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{shorten(part)}" if text else shorten(part)
    return text


def shorten(text: str) -> str:
    """Make foreign text fit into a sentence: one line, no control characters, at most 60 characters."""
    line = "".join(sign if sign.isprintable() else "�" for sign in text[: _LONGEST + 1])
    return line if len(text) <= _LONGEST else line[: _LONGEST - 1] + "…"


def describe(value: object) -> tuple[str, str]:
    """Name a found value in Chinese and in English."""
    if value is None:
        return "空值", "nothing"
    if isinstance(value, dict):
        return "一组键值", "a mapping"
    if isinstance(value, list | tuple):
        return "一个列表", "a list"
    if isinstance(value, bool):
        return (str(value).lower(),) * 2
    if isinstance(value, int | Decimal):
        return (shorten(str(value)),) * 2
    return (f'"{shorten(str(value))}"',) * 2


def nearest(word: str, known: Sequence[str]) -> str | None:
    """Find the known word that was probably meant."""
    close = get_close_matches(word[:_LONGEST], known, n=1, cutoff=0.6)
    return close[0] if close else None


def suggest(word: str, known: Sequence[str], *, listed: int = 12) -> tuple[str, str]:
    """Say what was probably meant, or what is known, as a sentence in Chinese and in English."""
    close = nearest(word, known)
    if close is not None:
        return f"。是否指 {close}？", f"; did you mean {close}?"
    if not known:
        return "", ""
    rest = "…" if len(known) > listed else ""
    return (
        f"。可用的有：{'、'.join(known[:listed])}{rest}",
        f"; known are: {', '.join(known[:listed])}{rest}",
    )
