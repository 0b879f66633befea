"""Sheets that a page fills in, and ids that it takes from one command to the next."""

from pathlib import Path

import pytest

from tests.docs.console import run_page

SHEET = """
```console
$ zhibu init
…
$ zhibu log branch-registered --branch b1 --name First --on 2025-01-01
…
$ zhibu template dues-paid march.xlsx
…
```

Fill it in:

<!-- fill march.xlsx -->

| branch | occurred on | member | month | amount |
| --- | --- | --- | --- | --- |
| b1 | 2025-03-10 | m01 | 2025-03 | 20 |
| b1 | 2025-03-11 | m02 | 2025-03 | 12.50 |

```console
$ zhibu import march.xlsx
…
appended 2, already there 0.
…
$ zhibu history --type dues_paid
…
        dues paid: member m02, month 2025-03, amount 12.50 yuan
        41adb57f-c039-5b7a-b1cb-a13698fbdc9e recorded 2026-11-21 10:02
…
```
"""

FOLLOWING = """
```console
$ zhibu retract 41adb57f-c039-5b7a-b1cb-a13698fbdc9e --reason "typed twice"
logged 01a1fbf2-2152-7a60-bfb9-d66fc83e99d8 at position 4.
…
$ zhibu history --type event_retracted --format json
```
"""


def steps_of(page: str, folder: Path) -> list[tuple[bool, tuple[str, ...]]]:
    return [(step.as_expected, step.came) for step in run_page(page, folder, folder / "ledger.db", "en")]


def test_a_table_that_a_page_fills_in_is_typed_into_the_sheet_as_days_texts_and_amounts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    steps = steps_of(SHEET, tmp_path)
    assert [fine for fine, _ in steps] == [True] * 6, steps


def test_an_id_that_a_page_shows_stands_for_the_one_that_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    *before, retracting, shown = steps_of(SHEET + FOLLOWING, tmp_path)
    assert all(fine for fine, _ in before)
    assert retracting[0]
    assert retracting[1][0] == "logged 01a1fbf2-2152-7a60-bfb9-d66fc83e99d8 at position 4."
    _, came = shown
    assert any("41adb57f-c039-5b7a-b1cb-a13698fbdc9e" in line for line in came), "told in the page's own ids"


def test_a_column_that_the_sheet_has_not_stops_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(KeyError, match="colour"):
        steps_of(SHEET.replace("| amount |", "| colour |"), tmp_path)
