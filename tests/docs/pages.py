"""The pages of documentation: what they hold, where their links lead.

In: nothing but the repository. Out: paths, texts without code, links. Deliberately absent: running commands
(`console`).
"""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.program import ROOT

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md"))]

_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
_ANCHOR = re.compile(r'<a (?:id|name)="([^"]+)"')
_NOT_IN_ANCHORS = re.compile(r"[^\w\- ]")


def name_of(page: Path) -> str:
    """A page's path inside the repository."""
    return page.relative_to(ROOT).as_posix()


def links_of(page: Path) -> Iterator[str]:
    """The targets of a page's links, but for those in code."""
    text = _CODE.sub("", _FENCE.sub("", page.read_text("utf-8")))
    yield from _LINK.findall(text)


def anchors_of(page: Path) -> set[str]:
    """What a link into a page can name: its headings as they are turned into anchors, and its own anchors."""
    text = _FENCE.sub("", page.read_text("utf-8"))
    headings = {
        _NOT_IN_ANCHORS.sub("", heading.replace("`", "").lower()).strip().replace(" ", "-")
        for heading in _HEADING.findall(text)
    }
    return headings | set(_ANCHOR.findall(text))


def words_of(page: Path) -> set[str]:
    """The words that a page sets as code, in its text."""
    text = _FENCE.sub("", page.read_text("utf-8"))
    return {word.strip("`") for word in _CODE.findall(text)}
