"""The page for those who change the program names files and folders that are there."""

import re
from pathlib import Path

from tests.forked import ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
ROOMS = ("bench", "cli", "docs", "ledger", "projections", "rubrics", "tests", "web")


def named() -> set[str]:
    """Every file and folder between backticks: what ends as one, or has a slash in it."""
    words = re.findall(r"`([\w./*<>-]+)`", re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL))
    return {word for word in words if "/" in word or word.endswith((".py", ".yaml", ".md"))}


def test_every_file_and_folder_that_is_named_is_there() -> None:
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*") if "__pycache__" not in path.parts]
    there = "\n".join(f"/{path.relative_to(ROOT).as_posix()}{'/' if path.is_dir() else ''}" for path in files)
    lost = []
    for name in named():
        pattern = re.escape(name).replace(r"\*", "[^/\n]*").replace("TYPE", "[a-z_]+")
        if not re.search(rf"/{pattern}$", there, re.MULTILINE) and not Path(ROOT, name).exists():
            lost.append(name)
    assert len(named()) > 100
    assert sorted(lost) == []
