"""Recipients that drip, never end, send elsewhere or swallow memory: each costs itself half a minute and no
more.
"""

import gzip
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from functools import cache

import pytest

from ledger.delivery.outbox import Parcel, enqueue, standings
from ledger.delivery.recipients import add_recipient
from ledger.delivery.sending import Delivered, Senders, UnderWay, deliver
from ledger.delivery.transports import process
from ledger.delivery.transports.directory import check_address
from ledger.delivery.transports.process import Sender
from ledger.delivery.transports.transport import BadAddress
from ledger.store.event_store import Store
from tests import senders as forked_senders
from tests.ledger.delivery.servers import LOOPBACK, Hook, Mailbox

NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@contextmanager
def server(answer: Callable[[socket.socket], None], *, first: bool = False) -> Iterator[int]:
    """Run a server that answers each connection in its own way, once it was asked; yield its port.

    `first`: it speaks first, as one for mail does.
    """
    stop = threading.Event()

    def serve(client: socket.socket) -> None:
        with client, suppress(OSError):
            if not first:
                client.recv(1 << 16)
            answer(client)

    def accept() -> None:
        while not stop.is_set():
            with suppress(TimeoutError):
                client, _ = listening.accept()
                threading.Thread(target=serve, args=(client,), daemon=True).start()

    with socket.create_server((LOOPBACK, 0)) as listening:
        listening.settimeout(0.1)
        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            stop.set()
            thread.join()


def drip(client: socket.socket) -> None:
    while True:
        client.sendall(b"H")
        time.sleep(0.2)


def drip_body(client: socket.socket) -> None:
    client.sendall(OK + b"Content-Length: 1000000\r\n\r\n")
    drip(client)


def endless(client: socket.socket) -> None:
    client.sendall(OK + b"\r\n")
    while True:
        client.sendall(b"x" * 65_536)


@cache
def _packed() -> bytes:
    return gzip.compress(b"\0" * 300_000_000, 1)


def bomb(client: socket.socket) -> None:
    packed = _packed()
    client.sendall(OK + f"Content-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n".encode() + packed)


def greet_slowly(client: socket.socket) -> None:
    while True:
        client.sendall(b"220-wait\r\n")
        time.sleep(0.2)


def robot(port: int) -> str:
    return f"http://{LOOPBACK}:{port}/cgi-bin/webhook/send?key=s3cret"


def webhook(port: int) -> str:
    return f"json://{LOOPBACK}:{port}/hook"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "TOTAL_SECONDS", 1.5)


@pytest.fixture(scope="module")
def sender() -> Iterator[Sender]:
    with closing(Sender()) as made:
        yield made


@pytest.fixture(scope="module")
def senders() -> Iterator[Senders]:
    with closing(Senders()) as made:
        yield made


def memory(sender: Sender) -> int:
    """The most memory, in megabytes, that the process that sends has ever held."""
    assert sender._process is not None
    with open(f"/proc/{sender._process.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) // 1024


def test_a_sender_that_starts_from_nothing_posts_and_mails(
    chat: Hook, mail: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "start", forked_senders.FROM_NOTHING)
    with closing(Sender()) as one:
        assert [one.send(to, "标题", "一", NOW) for to in (chat.url(), mail.url())] == [None, None]
    assert [len(chat.posts), len(mail.mails)] == [1, 1]


@pytest.mark.parametrize("address", [robot, webhook])
@pytest.mark.parametrize("answer", [drip, drip_body])
def test_a_drip_is_given_up_when_the_total_time_is_over(
    sender: Sender, chat: Hook, address: Callable[[int], str], answer: Callable[[socket.socket], None]
) -> None:
    assert sender.send(chat.url(), "标题", "一", NOW) is None
    with server(answer) as port:
        began = time.monotonic()
        refusal = sender.send(address(port), "标题", "一", NOW)
    assert refusal == ("timeout", False)
    assert time.monotonic() - began < 10
    assert sender.send(chat.url(), "标题", "一", NOW) is None


def test_a_mail_server_that_never_ends_its_greeting_is_given_up(sender: Sender) -> None:
    with server(greet_slowly) as port:
        url = f"mailto://u:p@{LOOPBACK}:{port}?to=a@b.org&from=z@b.org&mode=insecure"
        refusal = sender.send(url, "标题", "一", NOW)
    assert refusal is not None
    assert refusal.reason in ("timeout", "unreachable")


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="memory is told by /proc")
@pytest.mark.parametrize("address", [robot, webhook])
@pytest.mark.parametrize("answer", [endless, bomb])
def test_of_an_answer_without_end_only_the_beginning_is_read(
    sender: Sender, chat: Hook, address: Callable[[int], str], answer: Callable[[socket.socket], None]
) -> None:
    assert sender.send(chat.url(), "标题", "一", NOW) is None
    _packed()
    with server(answer) as port:
        assert sender.send(address(port), "标题", "一", NOW) == ("toomuch", False)
    assert memory(sender) < 150


@pytest.mark.parametrize("status", [302, 307])
@pytest.mark.parametrize("address", [robot, webhook])
def test_no_redirect_is_followed(
    sender: Sender, chat: Hook, address: Callable[[int], str], status: int
) -> None:
    def elsewhere(client: socket.socket) -> None:
        client.sendall(f"HTTP/1.1 {status} x\r\nLocation: {chat.url(scheme='http')}\r\n\r\n".encode())

    with server(elsewhere) as port:
        assert sender.send(address(port), "标题", "一", NOW) == (f"http {status}", False)
    assert chat.posts == []


def test_headers_without_end_are_given_up(sender: Sender) -> None:
    def header(client: socket.socket) -> None:
        client.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        while True:
            client.sendall(b"x" * 65_536)

    with server(header) as port:
        refusal = sender.send(robot(port), "标题", "一", NOW)
    assert refusal is not None


def fill(store: Store, *urls: str) -> None:
    numbers = [add_recipient(store, url, ["b1"], ["day"], "zh", NOW) for url in urls]
    with store.appending(NOW) as appender:
        enqueue(appender, [Parcel(number, "标题", "一", ["r1"]) for number in numbers], NOW)


def test_one_that_hangs_holds_up_nobody_else_and_is_shown_meanwhile(
    store: Store, chat: Hook, senders: Senders
) -> None:
    under_way = UnderWay()
    seen: list[int] = []

    def look(_: object) -> None:
        seen.append(len(under_way.now()))

    chat.before = look
    with server(drip) as port:
        fill(store, webhook(port), *(chat.url(f"/{n}") for n in range(10)))
        done = deliver(store, lambda: NOW, threading.Event(), under_way, senders)
    assert done == Delivered(10, [(1, "timeout", False)])
    assert max(seen) >= 2
    assert under_way.now() == {}
    assert standings(store)[1].last_error == "timeout"


def test_one_told_to_stop_waits_some_seconds_for_a_drip_and_no_more(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "TOTAL_SECONDS", 60.0)
    stop = threading.Event()
    with server(drip) as port:
        fill(sqlite_store, webhook(port), robot(port))
        threading.Timer(2, stop.set).start()
        began = time.monotonic()
        done = deliver(sqlite_store, lambda: NOW, stop)
    assert time.monotonic() - began < 12
    assert done == Delivered(0, [])
    # Perhaps they were taken: they are sent again once the claim has run out, and count as no failure.
    assert [one.failing for one in standings(sqlite_store).values()] == [0, 0]


@pytest.mark.parametrize("name", ["from", "name", "to", "cc"])
@pytest.mark.parametrize("breaks", ["%0D%0A", "%0a", "%250d%250aBcc:x@y.org", "%00"])
def test_line_breaks_in_the_address_of_a_mail_are_refused(name: str, breaks: str) -> None:
    with pytest.raises(BadAddress, match="line breaks") as caught:
        check_address(f"mailto://u:s3cret@localhost?{name}=a@b.org{breaks}Bcc:x@y.org&to=c@d.org")
    assert "s3cret" not in caught.value.words.zh
