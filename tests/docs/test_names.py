"""The pages name everything that there is to name."""

import re
from typing import get_args

from cli.command_table import COMMANDS
from projections.engine.entries import State
from projections.text.obligations import STATES as OBLIGATION_STATES
from tests.docs.pages import DOCS, words_of
from tests.program import ROOT
from tests.rubrics.kinds import KINDS


def test_the_page_of_commands_tells_of_every_command() -> None:
    page = (DOCS / "commands.md").read_text("utf-8")
    headings = "\n".join(line for line in page.splitlines() if line.startswith("#"))
    names = [
        f"zhibu {name} {sub}" if entry.family else f"zhibu {name}"
        for name, entry in COMMANDS.items()
        for sub in (entry.family or [""])
    ]
    assert [name for name in names if f"`{name.strip()}`" not in headings] == []


def test_the_page_on_scoring_tells_of_every_rule_kind_and_every_state() -> None:
    words = words_of(DOCS / "scoring.md")
    assert [kind for kind in KINDS if kind not in words] == []
    assert [state for state in get_args(State) if state not in words] == []
    assert [state for state in OBLIGATION_STATES if state not in words] == []


def test_the_page_on_the_architecture_names_files_that_are_there() -> None:
    """By a whole path, or by the end of one where the folder was named before it."""
    page = (DOCS / "architecture.md").read_text("utf-8")
    named = set(re.findall(r"`([\w./]+(?:\.py|/))`", page))
    assert len(named) > 100
    missing = [
        name for name in sorted(named) if not (ROOT / name).exists() and not any(ROOT.glob(f"*/**/{name}"))
    ]
    assert missing == []
