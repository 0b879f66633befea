"""HTTP that ends: no redirects, so many bytes of an answer and no more, whatever the server sends.

In: a request. Out: the answer, its content whole or cut off by `TooMuch`. Deliberately absent: the total
time, which only the process around the sender can keep (`process`): a server may drip a byte at a time.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from requests import Response

CONNECT_SECONDS, READ_SECONDS = 10.0, 20.0
"""How long a service may keep silent."""
MOST_BYTES = 256_000
"""How much of an answer is read, unpacked; a service that takes a message answers in some hundred bytes."""


class TooMuch(OSError):
    """The answer is larger than any that is read."""


def post(url: str, *, params: Mapping[str, str], data: bytes, headers: Mapping[str, str]) -> "Response":
    """Post, and read the answer. Raises requests' RequestException, TooMuch."""
    import requests

    with requests.Session() as session:
        session.send = bounded(session.send)  # type: ignore[method-assign]
        return session.post(url, params=params, data=data, headers=headers)


def bounded(send: "Callable[..., Response]") -> "Callable[..., Response]":
    """Return requests' `Session.send`, as the class or one session has it, held to the bounds."""

    def send_bounded(*request: Any, **options: Any) -> "Response":
        if not options.get("timeout"):
            options["timeout"] = (CONNECT_SECONDS, READ_SECONDS)
        answer = send(*request, **{**options, "allow_redirects": False, "stream": True})
        _read(answer)
        return answer

    return send_bounded


def _read(answer: "Response") -> None:
    content = bytearray()
    with answer:
        for piece in answer.iter_content(8_192):
            content += piece
            if len(content) > MOST_BYTES:
                raise TooMuch
    answer._content = bytes(content)  # where requests itself keeps what it has read
