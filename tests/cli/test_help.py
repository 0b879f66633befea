import re
from collections.abc import Iterator

import pytest

from cli.command_table import COMMANDS
from cli.ui.entries import Entry
from ledger.access.roles import POWERS, ROLES
from ledger.events import CATALOGUE, fields_of
from tests.program import Program, widest


def _paths(entries: dict[str, Entry], before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, entry in entries.items():
        yield (*before, name)
        yield from _paths(dict(entry.family), (*before, name))


PATHS = [(), *_paths(dict(COMMANDS))]
TYPES = [("log", word.replace("_", "-")) for word in CATALOGUE]


@pytest.mark.parametrize("path", [*PATHS, *TYPES], ids=" ".join)
def test_every_command_has_a_help_page_in_both_languages(path: tuple[str, ...], zhibu: Program) -> None:
    english, chinese = zhibu.ok(*path, "--help"), zhibu.ok(*path, "--help", lang="zh")
    assert english.err == chinese.err == ""
    assert english.out.startswith("Usage: zhibu")
    assert chinese.out.startswith("用法：zhibu")
    assert widest(english.out) <= 80
    assert widest(chinese.out) <= 80
    assert not re.search("[\u4e00-\u9fff]", english.out)
    assert "\x1b" not in english.out + chinese.out
    for spilled in ("Usage", "Options", "required", "default"):
        assert spilled not in chinese.out


def test_help_tells_every_field_of_a_type_with_its_values(zhibu: Program) -> None:
    page = zhibu.ok("log", "meeting-held", "--help").out
    for name, info in fields_of("meeting_held").items():
        assert f"--{name.replace('_', '-')} " in page
        for word in info.choices:
            assert word in page


def test_a_value_whose_label_says_the_same_is_told_once(zhibu: Program) -> None:
    page = " ".join(zhibu.ok("log", "meeting-held", "--help").out.split())
    assert "minutes; photo; " in page
    assert not re.search("minutes minutes|photo photos|notice notice|attachment attachment", page)


def test_what_must_be_given_is_marked(zhibu: Program) -> None:
    for command in ("explain", "compare", "draw", "adopt", "assess", "tally"):
        assert re.search(r"--branch CODE +\(required\)", zhibu.ok(command, "--help").out)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_role_that_may_be_given_is_told_with_what_it_does(zhibu: Program, lang: str) -> None:
    page = "".join(zhibu.ok("account", "add", "--help", lang=lang).out.split())
    for role in ROLES:
        does = POWERS[role].does
        assert (f"{role}：{does.zh}" if lang == "zh" else f"{role}:{does.en.replace(' ', '')}") in page


def test_arguments_are_spelled_alike(zhibu: Program) -> None:
    assert "Usage: zhibu notify test [ID…] [OPTIONS]" in zhibu.ok("notify", "test", "--help").out
    assert "Usage: zhibu notify remove ID… [OPTIONS]" in zhibu.ok("notify", "remove", "--help").out
    for path in PATHS:
        usage = zhibu.ok(*path, "--help").out.split("\n\n")[0]
        assert not re.search(r"\[\[|\.\.\.", usage), usage


def test_the_ledger_is_offered_only_where_one_is_used(zhibu: Program) -> None:
    for path in (("demo",), ("rubrics",), ("rubric", "check")):
        assert "--ledger" not in zhibu.ok(*path, "--help").out
    assert "--ledger" in zhibu.ok("score", "--help").out


def test_the_version_is_told(zhibu: Program) -> None:
    assert re.fullmatch(r"zhibu \d+\.\d+\.\d+\n", zhibu.ok("--version").out)
    assert "--version" in zhibu.ok("--help").out
    assert "--version" not in zhibu.ok("score", "--help").out


def test_the_short_option_and_the_bare_program_give_help_too(zhibu: Program) -> None:
    assert zhibu.ok("-h").out == zhibu.ok("--help").out
    bare = zhibu()
    assert (bare.status, bare.out) == (2, "")
    assert bare.err == zhibu.ok("--help").out
