"""What docs/scale.md shows works: the query over segments, with the answer that the log gives."""

import re
from collections import Counter
from pathlib import Path

import duckdb
import orjson
import pytest

from tests.docs.pages import DOCS
from tests.program import ROOT, Program


def test_the_query_of_the_page_counts_what_the_log_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = Program(tmp_path / "ledger.db")
    program.ok("init")
    program.take_in(ROOT / "cli/demo/events.jsonl")
    monkeypatch.chdir(tmp_path)
    program.ok("export", "--segments", "segments")
    [query] = re.findall(
        r"^```sql\n(.*?)^```$", (DOCS / "scale.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    found = duckdb.connect().sql(query).fetchall()
    events = [orjson.loads(line) for line in program.ok("export").out.splitlines()]
    counted = Counter(
        (event["data"]["kind"], event["occurred_on"][:7])
        for event in events
        if event["type"] == "meeting_held"
    )
    assert found == [(*key, count) for key, count in sorted(counted.items())]
    assert len(found) > 10
