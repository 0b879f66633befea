"""What docs/scheduler.md says beside its commands: addresses, the health check, the namespace of ids."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ledger.delivery.transports.directory import check_address
from ledger.masking import masked
from projections.reminders.ladder import LADDER, NAMESPACE
from tests.program import ROOT

PAGE = (ROOT / "docs" / "scheduler.md").read_text("utf-8")
ADDRESSES = [
    found.replace("KEY", "k3y")
    .replace("TOKEN", "t0ken")
    .replace("SECRET", "s3cret")
    .replace("HOST", "example.org")
    for row in re.findall(r"^\| .*://.*$", PAGE, re.MULTILINE)
    for found in re.findall(r"`([a-z]+://[^` ]+)`", row)
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_of_the_page_can_be_notified(address: str) -> None:
    check_address(address)
    assert not re.search("k3y|t0ken|s3cret|PASSWORD", masked(address))


def test_the_page_has_addresses_of_every_kind() -> None:
    assert len(ADDRESSES) >= 11


def test_the_page_names_the_ladder_and_the_namespace_of_its_ids() -> None:
    assert re.findall(r"^\| `(\w+)` \| ", PAGE, re.MULTILINE)[:4] == list(LADDER)
    assert str(NAMESPACE) in PAGE


@pytest.mark.parametrize(
    ("checked", "succeeded", "error", "well"),
    [
        (0.001, 3, None, True),
        (0.1, 3, None, False),
        (0.001, 30, None, False),
        (0.001, 3, "x", False),
        (0.001, None, None, False),
    ],
)
def test_the_health_check_of_the_page_tells_well_from_ill(
    checked: float, succeeded: float | None, error: str | None, well: bool, tmp_path: Path
) -> None:
    def ago(hours: float) -> str:
        return (datetime.now(UTC) - timedelta(hours=hours)).isoformat(timespec="seconds")

    file = tmp_path / "health.json"
    told = {
        "checked_at": ago(checked),
        "last_success": None if succeeded is None else ago(succeeded),
        "error": error,
    }
    file.write_text(json.dumps(told), "utf-8")
    (script,) = re.findall(r'^python3 -c "\n(.*?)"$', PAGE, re.MULTILINE | re.DOTALL)
    script = script.replace("/run/zhibu/health.json", str(file))
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == (0 if well else 1)
