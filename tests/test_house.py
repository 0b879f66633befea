"""What the tests may know: a package's insides are for the tests of that package."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.program import ROOT

PACKAGES = ("ledger", "rubrics", "projections", "cli", "web")
# Whose insides a folder's tests may see; other folders are named as their package.
OF = {
    "docs": {"cli"},
    "forked.py": {"cli"},
    "journeys": {"cli"},
    "program.py": {"cli"},
    "reference": {"projections"},
    "reminders": {"ledger", "projections"},
    "sheets": {"ledger", "projections"},
    "soak": {"ledger", "cli"},
}


def imported(file: Path) -> Iterator[tuple[str, str]]:
    """Every module that a file imports from the packages, with the name it takes from it."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not isinstance(node, ast.ImportFrom) or node.level or node.module is None:
            continue
        if node.module.partition(".")[0] in PACKAGES:
            for alias in node.names:
                inner = ROOT / node.module.replace(".", "/") / alias.name
                is_module = inner.is_dir() or inner.with_suffix(".py").exists()
                yield f"{node.module}.{alias.name}" if is_module else node.module, alias.name


def test_no_test_sees_what_another_package_keeps_to_itself() -> None:
    """To itself: what no other package imports, and every name that begins with a line."""
    shared = {
        module
        for package in PACKAGES
        for file in (ROOT / package).rglob("*.py")
        for module, _ in imported(file)
        if not module.startswith(package)
    }
    seen = []
    for file in sorted((ROOT / "tests").rglob("*.py")):
        folder = file.relative_to(ROOT / "tests").parts[0]
        own = OF.get(folder, {folder})
        for module, name in imported(file):
            if name.startswith("_") or (module.partition(".")[0] not in own and module not in shared):
                seen.append(f"{file.relative_to(ROOT)} imports {name} of {module}")
    assert len(shared) > 50
    assert seen == []


def test_no_folder_has_more_than_a_dozen_modules_or_so_and_none_is_long() -> None:
    for package in PACKAGES:
        for folder in (ROOT / package, *(path for path in (ROOT / package).rglob("*") if path.is_dir())):
            modules = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
            assert len(modules) <= 13, folder
            assert [path for path in modules if len(path.read_text("utf-8").splitlines()) > 300] == []
