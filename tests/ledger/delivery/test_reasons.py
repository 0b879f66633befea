"""Why a message did not arrive, told apart, and never with a secret."""

import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from ledger.delivery.transports.transport import told
from tests.ledger.delivery.servers import LOOPBACK, Hook, Mailbox
from tests.program import Program

SECRET = "s3cr3tT0ken"


@contextmanager
def lines(answer: Callable[[str], str | None]) -> Iterator[int]:
    """Run a server that answers line by line, nothing where `answer` says None; yield its port."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            words = answer("")
            if words is None:
                over.wait(30)
            with suppress(OSError):
                while words is not None:
                    self.wfile.write(f"{words}\r\n".encode())
                    line = self.rfile.readline()
                    words = answer(line.decode("latin-1").strip().upper()) if line else None

    over = threading.Event()
    with socketserver.ThreadingTCPServer((LOOPBACK, 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            over.set()
            server.shutdown()
            thread.join()


def _login_refused(line: str) -> str:
    if line.startswith("EHLO"):
        return "250-loopback\r\n250 AUTH PLAIN LOGIN"
    return "535 5.7.8 no" if line.startswith("AUTH") else "220 ok"


def _mail(port: int, mode: str = "insecure", more: str = "") -> str:
    return f"mailto://u:{SECRET}@{LOOPBACK}:{port}?to=a@b.org&from=z@b.org&mode={mode}{more}"


def tried(ladder: Program, url: str, language: str = "en") -> str:
    """Add a recipient, send it a message, and return what is said of it."""
    ladder.ok("notify", "add", "--branch", "b1", "-", stdin=f"{url}\n")
    result = ladder("notify", "test", lang=language)
    assert (result.status, result.out) == (1, "")
    assert SECRET not in result.err
    return result.err


def test_a_login_that_is_refused_is_no_server_out_of_reach(ladder: Program) -> None:
    with lines(_login_refused) as port:
        assert told("login 535").en in tried(ladder, _mail(port))
        assert told("login 535").zh in ladder("notify", "test", lang="zh").err
        ladder.environ["ZHIBU_RUBRICS"] = str(ladder.ledger.parent)
        said = ladder.ok("remind", "--on", "2019-01-29")
    for shown in (said.err, ladder.ok("reminders").out):
        assert told("login 535").en in " ".join(shown.split())
    (one,) = ladder.ok("notify", "list", "--format", "json").json
    assert one["last_error"] == "login 535"


def test_a_server_that_takes_no_login_says_so(ladder: Program, mail: Mailbox) -> None:
    assert told("nologin").en in tried(ladder, _mail(mail.port))


@pytest.mark.parametrize("mode", ["ssl", "starttls"])
def test_tls_to_a_plain_mail_server_is_told_as_such(ladder: Program, mode: str) -> None:
    with lines(_login_refused) as port:
        assert told("tls").en in tried(ladder, _mail(port, mode))


def test_tls_to_a_plain_port_is_told_as_such(ladder: Program, chat: Hook) -> None:
    assert told("tls").en in tried(ladder, chat.url(f"/{SECRET}", "jsons"))
    ladder.ok("notify", "remove", "1")
    robot = f"https://{LOOPBACK}:{chat.port}/cgi-bin/webhook/send?key={SECRET}"
    assert told("tls").en in tried(ladder, robot)


@pytest.mark.parametrize(
    "url",
    [
        f"json://nowhere.invalid/{SECRET}",
        f"mailto://u:{SECRET}@nowhere.invalid?to=a@b.org&from=z@b.org&mode=insecure",
        f"http://nowhere.invalid/cgi-bin/webhook/send?key={SECRET}",
    ],
)
def test_a_servers_name_that_nobody_knows_is_told_as_such(
    ladder: Program, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = socket.getaddrinfo

    def ask(host: object, *rest: object, **more: object) -> object:
        if host == "nowhere.invalid":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return known(host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setenv("NO_PROXY", "nowhere.invalid")
    monkeypatch.setenv("no_proxy", "nowhere.invalid")
    monkeypatch.setattr(socket, "getaddrinfo", ask)
    assert told("unknown").en in tried(ladder, url)


def test_a_server_that_is_silent_did_not_answer_in_time(ladder: Program) -> None:
    with lines(lambda _: None) as port:
        assert told("timeout").en in tried(ladder, _mail(port, more="&cto=0.3"))
        ladder.ok("notify", "remove", "1")
        assert told("timeout").zh in tried(ladder, f"json://{LOOPBACK}:{port}/{SECRET}?rto=0.3", "zh")


def test_a_port_where_nobody_listens_cannot_be_reached(ladder: Program) -> None:
    assert told("unreachable").en in tried(ladder, f"json://{LOOPBACK}:9/{SECRET}")
