"""Schedulers under siege: the tests of minutes in `tests/reminders/scheduler/soak.py`, each a try."""

import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

from tests.program import ROOT
from tests.soak.table import Row, Share

_TESTS = [
    "tests/reminders/scheduler/soak.py",
    *(
        f"tests/reminders/test_sweeps.py::{name}"
        for name in (
            "test_a_machine_that_was_off_for_ten_days_raises_the_highest_rung_only",
            "test_a_machine_that_was_off_for_two_months_is_not_flooded",
            "test_a_clock_set_back_doubles_nothing_and_holds_nothing_up",
        )
    ),
]
_ROW = (
    "schedulers: five with the senders killed, asleep, ten days off, the clock set back, killed at any moment"
)


def killed_asleep_and_away(share: Share) -> list[Row]:
    """Run them, three at a time: they wait for what happens, not for the clock."""
    row = Row(_ROW)
    with tempfile.TemporaryDirectory() as name, (Path(name) / "out").open("w+") as out:
        report = Path(name) / "report.xml"
        with suppress(subprocess.TimeoutExpired):
            subprocess.run(
                [
                    *(sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", "-n", "3"),
                    *("--junitxml", str(report), *_TESTS),
                ],
                cwd=ROOT,
                stdout=out,
                stderr=subprocess.STDOUT,
                check=False,
                timeout=share.seconds + 60,
            )
        if not report.exists():
            out.seek(0)
            row.note(f"no report: {out.read()[-3_000:]}")
            return [row]
        for case in ElementTree.parse(report).iter("testcase"):
            bad = [*case.iter("failure"), *case.iter("error"), *case.iter("skipped")]
            row.note(f"{case.get('name')}: {(bad[0].text or '')[-2_000:]}" if bad else None)
    row.wanted = row.tried
    return [row]
