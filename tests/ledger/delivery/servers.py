"""Real servers on loopback: one that takes posts, one that takes mail."""

import json
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

LOOPBACK = "127.0.0.1"


@dataclass
class Post:
    """One request as it came."""

    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        """The text that a robot would show, or the one that a webhook carries."""
        said = self.json
        for form in (("text", "content"), ("content", "text")):
            if form[0] in said:
                return str(said[form[0]][form[1]])
        return f"{said['title']}\n{said['message']}"


@dataclass
class Hook:
    """A server that takes posts. `answers` says what it answers to a path: status and document."""

    port: int
    posts: list[Post] = field(default_factory=list)
    answers: dict[str, tuple[int, Any]] = field(default_factory=dict)
    before: Callable[[Post], None] = lambda _: None
    came: threading.Condition = field(default_factory=threading.Condition)

    def url(self, path: str = "/hook", scheme: str = "json") -> str:
        return f"{scheme}://{LOOPBACK}:{self.port}{path}"

    def to(self, path: str) -> list[Post]:
        return [post for post in self.posts if post.path == path]

    def wait_for(self, count: int, seconds: float = 30) -> list[Post]:
        """Wait until so many posts came."""
        with self.came:
            assert self.came.wait_for(lambda: len(self.posts) >= count, seconds), self.posts
        return self.posts


@contextmanager
def hook() -> Iterator[Hook]:
    """Run a server that takes posts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            at = urlsplit(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"]))
            post = Post(at.path, parse_qs(at.query), dict(self.headers), body)
            with made.came:
                made.posts.append(post)
                made.came.notify_all()
            made.before(post)
            status, document = made.answers.get(at.path, (200, {"errcode": 0, "errmsg": "ok"}))
            try:
                self.send_response(status)
                self.end_headers()
                self.wfile.write(json.dumps(document).encode())
            except OSError:
                return  # who asked is gone

        def log_message(self, *_: Any) -> None:
            return

    with ThreadingHTTPServer((LOOPBACK, 0), Handler) as server:
        server.daemon_threads = True
        made = Hook(server.server_address[1])
        yield from _serving(server, made)


@dataclass
class Mailbox:
    """A server that takes mail. `refuses`: the answer to a message instead of taking it."""

    port: int
    mails: list[tuple[str, list[str], EmailMessage]] = field(default_factory=list)
    refuses: str | None = None

    def url(self, to: str = "secretary@example.org") -> str:
        return f"mailto://{LOOPBACK}:{self.port}?to={to}&from=zhibu@example.org&mode=insecure"


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """Run a server that takes mail by SMTP, as far as RFC 5321 asks it of the smallest one."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            sender, recipients = "", []
            self.say("220 loopback ESMTP")
            for raw in self.rfile:
                line = raw.decode().rstrip("\r\n")
                word = line.upper()
                if word.startswith("MAIL FROM:"):
                    sender = line.split(":", 1)[1].split(">")[0].strip("< ")
                    self.say("250 ok")
                elif word.startswith("RCPT TO:"):
                    recipients.append(line.split(":", 1)[1].strip("<> "))
                    self.say("250 ok")
                elif word == "DATA":
                    self.say("354 go on")
                    content = b"".join(iter(self.rfile.readline, b".\r\n")).replace(b"\r\n..", b"\r\n.")
                    if made.refuses:
                        self.say(made.refuses)
                        continue
                    made.mails.append(
                        (sender, recipients, message_from_bytes(content, policy=policy.default))
                    )
                    sender, recipients = "", []
                    self.say("250 taken")
                elif word == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 ok")

        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

    socketserver.ThreadingTCPServer.allow_reuse_address = True
    with socketserver.ThreadingTCPServer((LOOPBACK, 0), Handler) as server:
        server.daemon_threads = True
        made = Mailbox(server.server_address[1])
        yield from _serving(server, made)


def _serving(server: Any, made: Any) -> Iterator[Any]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
