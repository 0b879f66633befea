"""A second door in thirty lines: it logs, scores, explains and prints without the command line."""

import subprocess
import sys
from pathlib import Path

from tests.program import ROOT

DOOR = """
import sys
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from ledger.events import parse_event
from ledger.intake.batch import record
from ledger.store.event_store import Store
from projections.answers.explanation import explain_clauses
from projections.answers.impacts import find_impacts
from projections.answers.scoring import Question, answer
from projections.text.entries import entry_line
from projections.text.events import event_words
from projections.text.impacts import impact_words
from rubrics.known_clauses import KnownClauses
from rubrics.library import Library

library, today, zone = Library(), date(2019, 12, 31), ZoneInfo("Asia/Shanghai")
known = KnownClauses(library)
event = {"branch": "b1", "type": "contest_entered", "occurred_on": "2019-05-01",
         "data": {"contest": "ethics", "award": "first"}}
with Store.open(f"sqlite:///{sys.argv[1]}") as store:
    logged = record(store, parse_event(event), now=datetime.now(UTC), today=today, known=known)
    upto = logged.recorded.position - 1
    impacts = find_impacts(store, [logged.recorded], library.take, today=today, upto=upto)
    for one in impacts.found:
        print(impact_words(one, impacts.plans[one.rubric].rubric, branch="b1").zh)
    loaded = library.load("college-staff-branch-2019")
    replayed, scores = answer(store, loaded, Question("2019", today, branches=["b1"], explain=True), zone)
    print(scores.branch("b1").total)
    [explained] = explain_clauses(store, replayed, scores.branch("b1"), ["7.4"])
    for entry, behind in explained.entries():
        print(entry_line(entry).zh, *(event_words(found.type, found.fate.payload).zh for found in behind))
assert not [name for name in sys.modules if name.partition(".")[0] in ("cli", "web", "typer", "rich")]
"""


def test_a_second_door_logs_scores_and_explains_without_the_first(
    sqlite_template: Path, tmp_path: Path
) -> None:
    ledger = tmp_path / "ledger.db"
    ledger.write_bytes(sqlite_template.read_bytes())
    fill = [sys.executable, "-m", "cli", "--ledger", str(ledger), "import", "cli/demo/events.jsonl"]
    subprocess.run(fill, cwd=ROOT, check=True, capture_output=True)
    done = subprocess.run(
        [sys.executable, "-c", DOOR, str(ledger)], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    counted, total, *entries = done.stdout.splitlines()
    assert "7.4 (2019)" in counted
    # 3.50 of the clause's 6.00 were there: a first prize of 3.00 gives what is left.
    assert int(total) == 87_50 + 2_50
    assert any("征文、作品：师德师风，一等奖" in entry for entry in entries)
