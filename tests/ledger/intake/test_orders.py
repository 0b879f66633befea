"""The same year in any order of lines, in one file or in a hundred, is the same set of contents."""

import random
import shutil
import uuid
from collections import defaultdict
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.store.event_store import Store
from tests.ledger.intake.said import contents, registered, said, take_in


def _year() -> list[dict[str, Any]]:
    """A year of two branches: registrations first, targets before what names them."""
    chance = random.Random(2019)
    events = []
    for branch in ("b1", "b2"):
        events.append(registered(branch))
        for month in range(1, 13):
            for member in range(5):
                day = f"2019-{month:02d}-{chance.randint(1, 28):02d}"
                paid = {"member": f"m{member}", "month": day[:7], "amount": 20}
                events.append(said("dues_paid", paid, branch=branch, occurred_on=day))
            event_id = str(uuid.UUID(int=chance.getrandbits(128)))
            events.append(
                said("meeting_held", {"kind": "theme_day"}, branch=branch, occurred_on=day, id=event_id)
            )
            if month % 3 == 0:
                control = str(uuid.UUID(int=chance.getrandbits(128)))
                payload = {"target": event_id, "reason": "记错", "data": {"kind": "study", "present": month}}
                events.append(said("event_corrected", payload, branch=branch, id=control))
                if month % 2 == 0:
                    gone = {"target": control, "reason": "没错"}
                    events.append(said("event_retracted", gone, branch=branch))
    return events


YEAR = _year()


def _shuffled(seed: int) -> list[dict[str, Any]]:
    """The year in another order, a branch registered first, a target before what names it."""
    chance = random.Random(seed)
    after: dict[str | None, list[dict[str, Any]]] = defaultdict(list)
    for event in YEAR:
        is_registration = event["type"] == "branch_registered"
        after[None if is_registration else event["data"].get("target", event["branch"])].append(event)
    ready, ordered = list(after[None]), []
    while ready:
        event = ready.pop(chance.randrange(len(ready)))
        ordered.append(event)
        key = event["branch"] if event["type"] == "branch_registered" else event.get("id")
        ready.extend(after[key] if key is not None else [])
    assert len(ordered) == len(YEAR)
    return ordered


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(min_value=0), files=st.sampled_from([1, 2, 7, 100]))
def test_any_order_of_lines_in_any_number_of_files_is_the_same_year(
    sqlite_template: Path, tmp_path: Path, seed: int, files: int
) -> None:
    lines = _shuffled(seed)
    cuts = sorted(random.Random(seed).sample(range(1, len(lines)), files - 1))
    parts = [lines[start:end] for start, end in zip([0, *cuts], [*cuts, len(lines)], strict=True)]
    copy = shutil.copy(sqlite_template, tmp_path / f"{uuid.uuid4()}.db")
    with Store.open(f"sqlite:///{copy}") as store:
        assert take_in(store, *parts).appended == len(YEAR)
        expected = sorted(contents_of_the_year(sqlite_template, tmp_path), key=repr)
        assert contents(store) == expected


def contents_of_the_year(template: Path, folder: Path) -> list[tuple[str, str, str, str | None, str]]:
    copy = shutil.copy(template, folder / f"{uuid.uuid4()}.db")
    with Store.open(f"sqlite:///{copy}") as store:
        take_in(store, YEAR)
        return contents(store)


def test_a_year_in_a_hundred_imports_is_the_same_year(
    store: Store, sqlite_template: Path, tmp_path: Path
) -> None:
    for start in range(0, len(YEAR), 2):
        take_in(store, YEAR[start : start + 2])
    assert contents(store) == contents_of_the_year(sqlite_template, tmp_path)
