"""A real server on a free port, for browsers and programs that come over a socket."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import uvicorn

from web.app import build
from web.site import Mode, Site


@contextmanager
def serving(
    url: str, mode: Mode = "machine", clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Iterator[Site]:
    """Serve a ledger until the block ends."""
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    bound.listen(64)
    site = Site(url, f"http://127.0.0.1:{bound.getsockname()[1]}", clock, mode)
    server = uvicorn.Server(uvicorn.Config(build(site), log_level="critical", server_header=False))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[bound])), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield site
    finally:
        server.should_exit = True
        thread.join(10)
