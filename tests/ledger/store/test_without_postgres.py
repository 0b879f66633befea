"""Where there is no PostgreSQL, the test run says so loudly."""

import subprocess
import sys
from pathlib import Path

RUN = """
import sys, pytest
from tests import postgres
postgres.find_binaries = lambda: None
arguments = ["-q", "-p", "no:cacheprovider", "-k", "empty_ledger", "tests/ledger/store/test_contract.py"]
sys.exit(pytest.main(arguments))
"""


def test_skipped_tests_are_counted_and_explained_at_the_end_of_the_run() -> None:
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "POSTGRESQL NOT TESTED" in done.stdout
    assert "2 tests were skipped: no PostgreSQL here: initdb and pg_ctl are neither on PATH" in done.stdout
