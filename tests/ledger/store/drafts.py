"""Drafts and instants for the tests of the store."""

from datetime import UTC, datetime

from ledger.store.codec import Draft

NOW = datetime(2019, 3, 12, 8, 0, tzinfo=UTC)


def draft(number: int, branch: str = "b1", **changes: object) -> Draft:
    plain = Draft(
        id=f"00000000-0000-4000-8000-{number:012d}",
        branch=branch,
        type="meeting_held",
        schema_version=1,
        occurred_on="2019-03-12",
        counts_for=None,
        data='{"kind":"general_meeting","topic":"第一次大会"}',
        recorded_by="sec-b1",
    )
    return plain._replace(**changes)  # type: ignore[arg-type]


def drafts(count: int, branches: int = 3, first: int = 1) -> list[Draft]:
    return [draft(n, f"b{n % branches}") for n in range(first, first + count)]
