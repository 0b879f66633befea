"""The guides in Chinese and English are one: the same commands, sheets and sections, in the same order."""

import shlex
from itertools import zip_longest
from pathlib import Path

import pytest

from tests.docs.console import commands_of
from tests.docs.pages import DOCS

GUIDES = sorted(path.name.removesuffix(".en.md") for path in DOCS.glob("*.en.md"))


def test_there_is_a_guide_for_secretaries_and_one_for_offices() -> None:
    assert GUIDES == ["office", "secretary"]


@pytest.mark.parametrize("guide", GUIDES)
def test_the_twins_of_a_guide_show_the_same_commands(guide: str) -> None:
    zh, en = (commands_of(page.read_text("utf-8")) for page in twins(guide))
    differing = [
        (ours and ours.text, theirs and theirs.text)
        for ours, theirs in zip_longest(zh, en)
        if not ours or not theirs or not alike(ours.text, theirs.text)
    ]
    assert differing == []
    assert [len(command.fed.splitlines()) for command in zh] == [
        len(command.fed.splitlines()) for command in en
    ]


@pytest.mark.parametrize("guide", GUIDES)
def test_the_twins_of_a_guide_have_the_same_sections_and_name_each_other(guide: str) -> None:
    zh, en = twins(guide)
    sections = [
        [line.split()[0] for line in page.read_text("utf-8").splitlines() if line.startswith("#")]
        for page in (zh, en)
    ]
    assert sections[0] == sections[1]
    assert en.name in zh.read_text("utf-8")
    assert zh.name in en.read_text("utf-8")


def twins(guide: str) -> tuple[Path, Path]:
    return DOCS / f"{guide}.zh.md", DOCS / f"{guide}.en.md"


def alike(zh: str, en: str) -> bool:
    """Whether two commands are one, but for Chinese words (a topic, a file's name) and ids."""
    ours, theirs = shlex.split(zh), shlex.split(en)
    return len(ours) == len(theirs) and all(
        word == other or not word.isascii() or len(word) == len(other) == 36
        for word, other in zip(ours, theirs, strict=True)
    )
