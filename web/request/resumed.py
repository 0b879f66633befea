"""What was sent into a session that had ended: carried through the login, so that nothing typed is lost.

In: what was sent, from a page of this site. Out: a text for the login's form, and back. It is carried for
who owned the session, and comes back to be checked, never saved by itself. Deliberately absent: passwords,
tokens, files; keeping anything on the server.
"""

from typing import NamedTuple

import orjson

from web.request.asked import Fields

_MOST = 200_000
_NEVER = frozenset({"token", "password", "old", "save", "check", "part", "drafted"})


class Resumed(NamedTuple):
    """What was typed by an account, where it was going."""

    owner: str
    address: str
    pairs: list[tuple[str, str]]

    def text(self) -> str:
        """Return it as the text of one hidden field."""
        return orjson.dumps([self.owner, self.address, self.pairs]).decode()


def carried_of(owner: str, address: str, form: Fields) -> Resumed | None:
    """Return what is to be carried through a login; None where nothing is, or too much."""
    # The script keeps drafts of its own, and asks for previews that nobody is to log in for.
    if not {"save", "check"} & form.keys() or {"drafted", "part"} & form.keys() or form.uploads:
        return None
    pairs = [(name, value) for name in form if name not in _NEVER for value in form.all(name)]
    kept = Resumed(owner, address, pairs)
    return kept if pairs and len(kept.text()) <= _MOST else None


def read_carried(text: str) -> Resumed | None:
    """Return what a login's form brought along; None where it brought nothing that can be read."""
    if not text or len(text) > _MOST:
        return None
    try:
        owner, address, pairs = orjson.loads(text)
        texts = [(str(name), str(value)) for name, value in pairs if str(name) not in _NEVER]
    except (ValueError, TypeError):
        return None
    return Resumed(str(owner), str(address), texts)
