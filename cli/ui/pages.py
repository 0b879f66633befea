"""Texts of help pages: headings, listings, the options that stand anywhere, and the first page of all.

In: names and what each does. Out: lines, 80 columns at most. Deliberately absent: Typer, whose import takes
most of the time that `zhibu --help` would; the pages of commands are put together of these lines in `help`.
"""

from collections.abc import Iterable, Mapping, Sequence

from cli.ui.entries import Entry
from cli.ui.language import both, pick
from cli.ui.width import pad, width, wrap
from ledger.words import Language, Words

COLUMNS = 80
_LEFT_AT_MOST = 30

_USAGE = Words("用法：", "Usage: ")
COMMANDS = Words("命令", "Commands")
_COMMAND_AND_SO_ON = Words("命令 …", "COMMAND …")
_ANYWHERE = Words("通用选项", "Options of every command")
_LEDGER = (
    "--ledger URL",
    Words(
        "台账：SQLAlchemy 地址或 SQLite 文件；也可用环境变量 ZHIBU_LEDGER；默认为用户数据目录中的文件",
        "the ledger: an SQLAlchemy URL or an SQLite file; or ZHIBU_LEDGER; "
        "by default a file in your data directory",
    ),
)
_EVERYWHERE = (
    (
        "--lang zh|en",
        Words(
            "语言；也可用环境变量 ZHIBU_LANG；默认依系统语言",
            "the language; or ZHIBU_LANG; by default your locale's",
        ),
    ),
    ("--codes", Words("只显示代码，不带姓名和名称", "shows codes alone, without names beside them")),
    ("-h, --help", Words("显示本页", "shows this page")),
)
_VERSION = ("--version", Words("显示程序版本", "tells the program's version"))

Panels = Iterable[tuple[Words, Sequence[tuple[str, str]]]]
"""Headings, each with the name and the summary of what stands under it."""


def panels_of(entries: Mapping[str, Entry]) -> Panels:
    """Return what each command of a table does, by panel, without importing any."""
    panels: dict[Words, list[tuple[str, str]]] = {}
    for name, entry in entries.items():
        panels.setdefault(entry.panel or COMMANDS, []).append((name, both(*entry.summary)))
    return list(panels.items())


def first_page(entries: Mapping[str, Entry], about: Words, epilog: Words, language: Language) -> str:
    """Write the page of the program itself."""
    head = usage_lines(["zhibu", family_words(language)], language)
    body = ["", *wrap(about.pick(language), COLUMNS)]
    foot = ["", *wrap(epilog.pick(language), COLUMNS)]
    lines = listed_panels(panels_of(entries), language) + anywhere(language, root=True)
    return "\n".join([*head, *body, *lines, *foot])


def family_words(language: Language) -> str:
    """Return what stands for a command and its arguments in a usage line."""
    return _COMMAND_AND_SO_ON.pick(language)


def usage_lines(pieces: Sequence[str], language: Language) -> list[str]:
    """Return the usage of a command, of its pieces."""
    return wrap(_USAGE.pick(language) + " ".join(pieces), COLUMNS)


def listed_panels(panels: Panels, language: Language) -> list[str]:
    """List commands under their headings."""
    lines = []
    for heading, rows in panels:
        shown = [(name, pick(summary, language).split("\n")[0]) for name, summary in rows]
        lines += listing(heading, shown, language)
    return lines


def anywhere(language: Language, *, root: bool, uses_ledger: bool = True) -> list[str]:
    """List the options that stand anywhere, those that mean something here."""
    shown = [*([_LEDGER] if uses_ledger else []), *_EVERYWHERE, *([_VERSION] if root else [])]
    return listing(_ANYWHERE, [(name, words.pick(language)) for name, words in shown], language)


def listing(heading: Words, rows: Sequence[tuple[str, str]], language: Language) -> list[str]:
    """List names with what each is about, under a heading."""
    left = min(_LEFT_AT_MOST, max(width(name) for name, _ in rows))
    lines = ["", heading.pick(language) + ("：" if language == "zh" else ":")]
    for name, about in rows:
        texts = wrap(about, COLUMNS - left - 4)
        if width(name) > left:
            lines += wrap(f"  {name}", COLUMNS)
        else:
            lines.append(f"  {pad(name, left)}  {texts.pop(0)}".rstrip())
        lines += [" " * (left + 4) + text for text in texts if text]
    return lines
