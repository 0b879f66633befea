"""A browser that draws nothing: connections, cookies, forms that are sent as their page asks.

In: a server's address, a link or an account to enter by. Out: answers. Deliberately absent: scripts; what
they do is held by tests.
"""

import re
import uuid
from copy import copy
from http.client import HTTPConnection, HTTPException
from threading import Lock
from typing import Self
from urllib.parse import urlencode, urlsplit

from bench.made import END

_PRESSED = {"save": {"save": "1"}, "check": {"check": "1", "part": "preview"}}
"""What the form sends: saved, or checked by the script while somebody types."""
STATIC = "/static/icon.svg"
_FORM = "application/x-www-form-urlencoded"


class Browser:
    """One connection, and the cookies that it was given."""

    def __init__(self, public: str) -> None:
        self.public = public
        self.cookies: dict[str, str] = {}
        self.token = ""
        self.alone = Lock()
        """Held by who goes from page to page in this session."""
        self._connect()

    def _connect(self) -> None:
        self._connection = HTTPConnection(urlsplit(self.public).netloc)

    @classmethod
    def entered(cls, public: str, link: str) -> Self:
        """Return one that entered by the link of a machine's holder."""
        made = cls(public)
        made.ask("GET", link.removeprefix(public))
        return made

    def log_in(self, code: str, password: str) -> int:
        """Log in to an account; return the answer's status."""
        return self.ask("POST", "/login", urlencode({"code": code, "password": password}))[0]

    def twin(self) -> "Browser":
        """Return a second connection of the same session: for the other half of a double click."""
        other = copy(self)
        other._connect()
        return other

    def get(self, path: str) -> bytes:
        """Return a page."""
        return self.ask("GET", path)[1]

    def open_form(self, branch: str) -> None:
        """Open the form of a meeting, as whoever is about to fill it in does."""
        found = re.search(rb'name="token" value="([^"]+)"', self.get(_form(branch)))
        self.token = "" if found is None else found[1].decode()

    def send(self, branch: str, button: str, event_id: str | None = None) -> int:
        """Send a meeting to be checked or saved; return the answer's status."""
        if not self.token:
            self.open_form(branch)
        fields = {
            "token": self.token,
            "id": event_id or str(uuid.uuid4()),
            "occurred_on": END.isoformat(),
            "kind": "committee_meeting",
        }
        return self.ask("POST", _form(branch), urlencode({**fields, **_PRESSED[button]}))[0]

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        """Ask, and return status and body of the answer."""
        headers = {"cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"origin": self.public, "content-type": _FORM}
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
        except (HTTPException, OSError):
            # The server hangs up on who is idle; the id makes it one event whatever became of the first try.
            self._connection.close()
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
        for cookie in answer.headers.get_all("set-cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.read()


def _form(branch: str) -> str:
    return f"/b/{branch}/log/meeting_held"
