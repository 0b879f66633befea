"""A real server on a free port, for browsers and programs that come over a socket."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

from web.serving import background
from web.site import Mode, Site


def serving(
    url: str, mode: Mode = "machine", clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> AbstractContextManager[Site]:
    """Serve a ledger until the block ends."""
    return background(url, clock, mode)
