"""Addresses, fit to be shown: one way for all of them.

In: the address of a ledger or of a recipient, as somebody wrote it. Out: what of it holds no secret.
Deliberately absent: opening addresses.

Whatever is not known to be harmless is a secret: a password may hold any sign that nobody escaped, and
stand in the place of the user, the host, the path or an option.
"""

import re

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}")
_HOST = re.compile(r"(?:[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*|\[[0-9a-fA-F:.]+\])?(?::\d{1,5})?")
# Where the place of the host is a host's, never a token's.
_HOSTED = frozenset({"http", "https", "json", "jsons", "xml", "xmls", "form", "forms", "mailto", "mailtos"})
_DATABASES = re.compile(r"(?:postgres|postgresql|mysql|mariadb|oracle|mssql)(?:\+\w+)?", re.IGNORECASE)
_WORD = re.compile(r"[\w.-]*")
# What tells one server or one way to it from another.
_HARMLESS = frozenset(
    {
        "host",
        "hostaddr",
        "port",
        "sslmode",
        "connect_timeout",
        "application_name",
        "target_session_attrs",
        "client_encoding",
        "keepalives",
        "keepalives_idle",
        "tcp_user_timeout",
    }
)


def masked(address: str) -> str:
    """Return an address with `***` for all that may be a secret.

    Of a ledger's, the user, host, database and harmless options are left; of a recipient's, the service,
    and the host where that is a host and no token.
    """
    scheme, found, rest = address.partition("://")
    if not found or not _SCHEME.fullmatch(scheme):
        return "***"
    if scheme.lower().partition("+")[0] == "sqlite":
        file, options, _ = rest.partition("?")
        return f"{scheme}://{file}?***" if options else f"{scheme}://{file}"
    if _DATABASES.fullmatch(scheme):
        return f"{scheme}://{_of_database(rest)}"
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    path = rest[len(authority) :].partition("?")[0]
    host = authority.rpartition("@")[2]
    # An @ behind the host's place: a password holds a slash, and what looks like the host is part of it.
    sure = scheme.lower() in _HOSTED and host and _HOST.fullmatch(host) and "@" not in path
    return f"{scheme}://{host}/***" if sure else f"{scheme}://***"


def _of_database(rest: str) -> str:
    place, _, query = rest.partition("?")
    before, at, behind = place.rpartition("@")
    host, slash, database = behind.partition("/")
    user, colon, _ = before.partition(":")
    whole = f"{before}{database}{query}"
    if not (_HOST.fullmatch(host) and _WORD.fullmatch(database) and _WORD.fullmatch(user)) or "#" in whole:
        return "***"
    if "@" in query:
        # A password holds a question mark, and what looks like options is part of it.
        return "***"
    login = f"{user}:***@" if colon else f"{user}@" if at else ""
    return f"{login}{host}{slash}{database}{_options(query)}"


def _options(query: str) -> str:
    if not query:
        return ""
    shown = []
    for option in query.split("&"):
        key, _, value = option.partition("=")
        if key in _HARMLESS and re.fullmatch(r"[\w./:%-]*", value):
            shown.append(option)
    hidden = len(shown) < len(query.split("&"))
    return "?" + "&".join([*shown, *(["***"] if hidden else [])])
