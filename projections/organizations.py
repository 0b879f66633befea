"""The organisations of a ledger, in plain Python: what each is called, and which stands above it.

In: an open ledger. Out: effective registrations, corrections applied. Deliberately absent: Polars, members.
"""

from collections.abc import Mapping
from typing import NamedTuple

import orjson

from ledger.effective import Control, resolve
from ledger.store.event_store import Store

_CONTROLS = frozenset({"event_retracted", "event_corrected"})


class Organization(NamedTuple):
    """A registered organisation; `parent`: the code of the superior one, None where there is none."""

    name: str
    parent: str | None


def read_organizations(store: Store) -> Mapping[str, Organization]:
    """Return every organisation by its code."""
    found = list(store.read(types=_CONTROLS | {"branch_registered"}))
    corrected = resolve(
        Control(one.id, one.type, one.data) for one in found if one.type in _CONTROLS
    ).corrected()
    organizations = {}
    for one in found:
        if one.type != "branch_registered":
            continue
        correction = corrected.get(one.id)
        payload = orjson.loads(correction.data if correction else one.data)
        organizations[one.branch] = Organization(str(payload["name"]), payload.get("parent"))
    return organizations
