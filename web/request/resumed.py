"""What of something sent into a session that was over by itself is kept over the login.

In: what was sent, from a page of this site. Out: what comes back to its owner, to be looked at; it is never
saved by itself. Deliberately absent: passwords, tokens, files.
"""

from web.request.asked import Fields
from web.waiting import Resumed

_MOST = 200_000
"""So many characters are kept."""
_NEVER = frozenset({"token", "password", "old", "save", "check", "part", "drafted"})


def resumed_of(owner: str, address: str, form: Fields) -> Resumed | None:
    """Return what is to be kept over a login; None where nothing is, or too much."""
    # The script keeps drafts of its own, and asks for previews that nobody is to log in for.
    if not {"save", "check"} & form.keys() or {"drafted", "part"} & form.keys() or form.uploads:
        return None
    pairs = [(name, value) for name in form if name not in _NEVER for value in form.all(name)]
    long = sum(len(name) + len(value) for name, value in pairs)
    return Resumed(owner, address, pairs) if pairs and long <= _MOST else None
