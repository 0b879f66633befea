"""What stands between the program and a PostgreSQL server, and fails.

The server of the tests listens on a Unix socket; so does this, in a folder of its own, and passes on what
comes.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

SOCKET = ".s.PGSQL.5432"


@dataclass
class Proxy:
    """`url`: the address that leads through it. `cut`: whether to break off when a statement passes.

    A cut is "before" the server gets the statement, or "after". `closed`: new connections are broken off at
    once.
    """

    url: str
    cut: Callable[[bytes], str | None] = lambda _: None
    closed: bool = False
    cuts: int = 0
    silent: threading.Event = field(default_factory=threading.Event)


def at_commit(how: str) -> Callable[[bytes], str | None]:
    """Break off at the first COMMIT: "before" the server gets it, or "after" it has answered."""
    return lambda sent: how if b"COMMIT\0" in sent else None


@contextmanager
def proxy(url: str, folder: Path) -> Iterator[Proxy]:
    """Stand between; the folder's path must be short enough for a socket."""
    folder.mkdir(exist_ok=True)
    (real,) = parse_qs(urlsplit(url).query)["host"]
    made = Proxy(url.replace(real, str(folder)))
    stop = threading.Event()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / SOCKET))
        listening.listen()
        listening.settimeout(0.1)

        def accept() -> None:
            while not stop.is_set():
                with suppress(TimeoutError, OSError):
                    client, _ = listening.accept()
                    client.settimeout(None)
                    threading.Thread(
                        target=_serve, args=(client, f"{real}/{SOCKET}", made), daemon=True
                    ).start()

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        try:
            yield made
        finally:
            stop.set()
            thread.join()


def _serve(client: socket.socket, real: str, made: Proxy) -> None:
    with client, socket.socket(socket.AF_UNIX) as server:
        if made.closed:
            return
        server.connect(real)
        dropping = threading.Event()
        back = threading.Thread(target=_pass_back, args=(server, client, made, dropping), daemon=True)
        back.start()
        with suppress(OSError):
            while sent := client.recv(1 << 16):
                how = made.cut(sent)
                if how == "before":
                    made.cuts += 1
                    break
                if how == "after":
                    made.cuts += 1
                    dropping.set()
                    server.sendall(sent)
                    # The server closes once it has answered and the other side is gone.
                    server.shutdown(socket.SHUT_WR)
                    back.join(10)
                    break
                made.silent.wait(0) or server.sendall(sent)
        for one in (client, server):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


def _pass_back(server: socket.socket, client: socket.socket, made: Proxy, dropping: threading.Event) -> None:
    with suppress(OSError):
        while said := server.recv(1 << 16):
            if not dropping.is_set() and not made.silent.is_set():
                client.sendall(said)
        if not dropping.is_set():
            client.shutdown(socket.SHUT_RDWR)
