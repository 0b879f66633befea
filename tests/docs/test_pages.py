"""What the pages show is what the program does."""

from pathlib import Path

import pytest

from tests.docs.console import commands_of, fits, renewed, run_page
from tests.docs.pages import PAGES, name_of

SHOWING = [page for page in PAGES if commands_of(page.read_text("utf-8"))]


@pytest.mark.parametrize("page", SHOWING, ids=name_of)
def test_each_command_of_a_page_prints_what_the_page_says(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = page.read_text("utf-8")
    steps = run_page(text, tmp_path, tmp_path / "ledger.db", "zh" if page.name.endswith(".zh.md") else "en")
    differing = [
        "\n".join(
            [
                f"{name_of(page)}:{step.command.line}: $ {step.command.text}",
                "the page says:",
                *step.command.expected,
                "came:",
                *step.came,
            ]
        )
        for step in steps
        if not step.as_expected
    ]
    assert not differing, "\n\n".join([*differing, "If that is right: python -m tests.docs " + name_of(page)])


def test_the_readme_opens_with_commands_before_its_first_section() -> None:
    [readme] = [page for page in PAGES if page.name == "README.md"]
    opening = readme.read_text("utf-8").partition("\n## ")[0]
    commands = commands_of(opening)
    assert len(commands) >= 4
    assert all(command.expected for command in commands)


PAGE = """Before.

```console
$ zhibu head
0 sha256:0000000000000000000000000000000000000000000000000000000000000000
$ zhibu rubrics
…
$ zhibu verify > said.txt
$ cat said.txt
not this
$ zhibu score nothing --period 2019
nor this
$ echo $?
2
```
"""


def test_what_a_page_says_wrongly_is_found_and_can_be_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = PAGE.replace("$ zhibu head", "$ zhibu init\n$ zhibu head")
    steps = run_page(page, tmp_path, tmp_path / "ledger.db", "en")
    assert [step.as_expected for step in steps] == [False, True, True, True, False, False, True]
    (tmp_path / "cli").unlink()
    new = renewed(page, steps)
    assert "ledger.db (0 events)." in new
    assert "ok: 0 events of 0 branches." in new
    assert "not this" not in new
    (tmp_path / "ledger.db").unlink()
    assert all(step.as_expected for step in run_page(new, tmp_path, tmp_path / "ledger.db", "en"))


def test_a_failure_that_a_page_does_not_ask_for_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = "```console\n$ zhibu init\n…\n$ zhibu nothing\n…\n```\n"
    [_, step] = run_page(page, tmp_path, tmp_path / "ledger.db", "en")
    assert step.came[-1] == "[exit status 2]"


def test_only_ids_instants_and_digests_may_differ() -> None:
    ours = "logged 01a1fbf2-2152-7a60-bfb9-d66fc83e99d8 at position 1."
    assert fits((ours,), ("logged 01a1fbf2-0000-7a60-bfb9-d66fc83e99d8 at position 1.",))
    assert not fits((ours,), ("logged 01a1fbf2-2152-7a60-bfb9-d66fc83e99d8 at position 2.",))
    assert fits(("a", "…", "d"), ("a", "b", "c", "d"))
    assert not fits(("a", "…", "d"), ("a", "b", "c"))
