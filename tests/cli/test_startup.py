"""What a start of the program imports: nothing that the command does not need."""

import json
import subprocess
import sys

import pytest

from tests.program import ROOT, Program

_HEAVY = ("sqlalchemy", "alembic", "openpyxl", "rich", "apscheduler")
_RUN = """
import json, sys
from cli.app import run
status = run(json.loads(sys.argv[1]))
loaded = sorted({name.partition(".")[0] for name in sys.modules})
print("\\n" + json.dumps([status, loaded]))
"""


def _imported(*words: str, expected: int = 0) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", _RUN, json.dumps(words)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    status, loaded = json.loads(done.stdout.splitlines()[-1])
    assert status == expected, done
    return set(loaded)


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("log", "--help"),
        ("log", "meeting-held", "--help"),
        ("score", "--help"),
        ("due", "--help"),
    ],
    ids=" ".join,
)
def test_help_pages_need_no_library_of_the_engine(words: tuple[str, ...]) -> None:
    assert not _imported(*words) & set(_HEAVY)


def test_the_first_help_page_needs_no_model_either() -> None:
    assert not _imported("--help") & {"pydantic", "yaml", "orjson"}


def test_logging_an_event_does_not_need_sqlalchemy(branch: Program) -> None:
    loaded = _imported(
        "log", "meeting-held", "--branch", "b1", "--kind", "study", "--on", "2019-03-12",
        "--ledger", str(branch.ledger),
    )  # fmt: skip
    assert not loaded & set(_HEAVY)


@pytest.mark.parametrize("address", ["nonsense", "example.org/hook", "mailto:somebody@example.org"])
def test_what_no_service_reads_is_refused_before_the_services_are_loaded(address: str) -> None:
    assert "apprise" not in _imported("notify", "add", "--branch", "b1", address, expected=2)
