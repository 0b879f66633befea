"""Which language a person reads, and texts that carry both.

In: the command line and the environment. Out: a language, the options that may stand anywhere on the
command line (`--ledger`, `--lang`, `--codes`), and one wording of a text that holds two. Deliberately
absent: any global state; the language travels in the door that every command is handed.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from ledger.words import Language, Words, plural

# Typer keeps help texts as plain strings and trims their ends: both wordings travel in one string.
_BETWEEN = "\x1f"
_ANYWHERE = ("--ledger", "--lang")
_CODES = "--codes"


class Anywhere(NamedTuple):
    """The options that stand before or after the command, and what is left of the command line."""

    ledger: str | None
    lang: str | None
    rest: list[str]
    unfinished: str | None
    """The option whose value is missing, where one is."""
    codes: bool = False
    """Whether codes alone are to be shown, without names beside them."""


class Bilingual(Protocol):
    """Anything with a Chinese and an English wording."""

    @property
    def zh(self) -> str:
        """The Chinese wording."""

    @property
    def en(self) -> str:
        """The English wording."""


def told(text: Bilingual, language: Language) -> str:
    """Return one wording of a text in two languages."""
    return text.zh if language == "zh" else text.en


def counted(number: int, noun: str) -> str:
    """Return a number with its English noun: `1 day`, `2 branches`."""
    return f"{number} {noun if number == 1 else plural(noun)}"


def noted(words: Words) -> Words:
    """Turn a sentence into one that is told beside an answer, not instead of it."""
    return Words(f"提醒：{words.zh}", f"note: {words.en}")


def both(zh: str, en: str) -> str:
    """Join two wordings into one string, for help texts and metavars; `pick` takes one of them back."""
    return f"{zh}{_BETWEEN}{en}"


def pick(text: str, language: Language) -> str:
    """Return one wording of a text that `both` made; any other text stands for itself."""
    zh, found, en = text.partition(_BETWEEN)
    return Words(zh, en).pick(language) if found else text


def take_anywhere(argv: Sequence[str]) -> Anywhere:
    """Take `--ledger`, `--lang` and `--codes` out of a command line, wherever they stand before a `--`.

    The last one given counts.
    """
    values: dict[str, str] = {}
    rest: list[str] = []
    words = list(argv)
    codes = False
    while words:
        word = words.pop(0)
        if word == "--":
            rest += [word, *words]
            break
        if word == _CODES:
            codes = True
            continue
        name, equals, value = word.partition("=")
        if name not in _ANYWHERE:
            rest.append(word)
        elif equals:
            values[name] = value
        elif words:
            values[name] = words.pop(0)
        else:
            return Anywhere(values.get("--ledger"), values.get("--lang"), rest, name, codes)
    return Anywhere(values.get("--ledger"), values.get("--lang"), rest, None, codes)


def language_of(named: str | None, environ: Mapping[str, str]) -> Language:
    """Return the language named, else that of ZHIBU_LANG, else the locale's.

    The locale is the first that is set of LC_ALL, LC_MESSAGES and LANG. Whatever begins with `zh` is
    Chinese, everything else English.
    """
    candidates = (named, *(environ.get(name) for name in ("ZHIBU_LANG", "LC_ALL", "LC_MESSAGES", "LANG")))
    first = next((candidate for candidate in candidates if candidate), "")
    return "zh" if first.lower().startswith("zh") else "en"
