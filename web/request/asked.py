"""What a request asks, ready for a page: who, where, in which language, with what typed, and from where the
page looks: which day, and how much of the log.

In: the server's site, the request, the session, the rights' decision; fields as people write them
(`2026-03-01`, `2026年3月1日`, `2026/3/1`). Out: `Ask`, a day, a position, and the answers that pages give.
Deliberately absent: HTTP headers, cookies (but to be set), threads; periods (`pages.office.scope`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from ledger.access.accounts import Account
from ledger.access.actors import Actor
from ledger.access.scopes import Tree
from ledger.events.values.spellings import day_text
from ledger.words import Language, Words
from projections.answers.scoring import position_of
from projections.engine.periods import parse_day
from web.desk.desk import Desk
from web.sessions import Session
from web.site import Site
from web.words import WORDS

QUERIES = {"--as-of": "as_of", "--on": "on"}
"""Options of commands, and the fields of addresses that ask the same."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent."""

    name: str
    content: bytes


class Fields(Mapping[str, str]):
    """What came with a request by name; of a name that came several times, `all` has every value.

    Line ends are one newline, as the log writes them.
    """

    def __init__(
        self, pairs: Sequence[tuple[str, str]] = (), uploads: Mapping[str, Upload] | None = None
    ) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name, []).append(value.replace("\r\n", "\n").replace("\r", "\n"))
        self.uploads: Mapping[str, Upload] = uploads or {}

    def __getitem__(self, name: str) -> str:
        return self._values[name][-1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def text(self, name: str) -> str:
        """Return the last value without space around it, an empty text where none came."""
        return self.get(name, "").strip()

    def all(self, name: str) -> list[str]:
        """Return every value of a name, blanks left out."""
        return [value for value in self._values.get(name, ()) if value.strip()]


@dataclass(frozen=True)
class Ask:
    """One request. `branch`: the organisation that its address names, once the right to it was found."""

    site: Site
    method: str
    path: str
    params: Mapping[str, str]
    query: Fields
    form: Fields
    language: Language
    now: datetime
    actor: Actor
    session: Session | None = None
    account: Account | None = None
    desk_or_none: Desk | None = None
    branch: str = ""
    origin: str | None = None
    browser: str | None = None
    flow: str | None = None
    lapsed: str | None = None
    """The digest of the session that the browser still names, where it is over."""
    same_origin: bool = False

    @property
    def desk(self) -> Desk:
        """The desk that asks and writes for the actor."""
        assert self.desk_or_none is not None
        return self.desk_or_none

    @property
    def tree(self) -> Tree:
        """The organisations as they stand."""
        return self.desk.tree

    @property
    def today(self) -> date:
        """The civil day in the ledger's time zone."""
        return self.desk.today

    @property
    def posted(self) -> bool:
        """Whether something was sent to be checked or saved."""
        return self.method == "POST"

    @property
    def here(self) -> str:
        """The address asked for with its query, to come back to (in the language chosen then)."""
        names = [name for name in self.query if name != "lang"]
        pairs = [(name, value) for name in names for value in self.query.all(name)]
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path

    @property
    def saves(self) -> bool:
        """Whether it was sent to be saved, not only checked."""
        return self.posted and "save" in self.form

    def pick(self, words: Words) -> str:
        """Return a text in the reader's language."""
        return words.pick(self.language)

    def local(self, instant: str, zone: ZoneInfo) -> str:
        """Return a stored instant on the ledger's clock, to the minute."""
        return datetime.fromisoformat(instant).astimezone(zone).strftime("%Y-%m-%d %H:%M")


@dataclass(frozen=True)
class Page:
    """A page: a template and what it shows. `cookies`: to be set; None ends one."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class SeeOther:
    """Go to another page."""

    address: str
    cookies: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Download:
    """A file to be kept, or shown where `inline`."""

    content: bytes
    media_type: str
    name: str
    inline: bool = False


@dataclass(frozen=True)
class Problematic(Exception):
    """A page that cannot be given: its status and a sentence; `query`: the field of the address to mend."""

    status: int
    words: Words
    headers: Mapping[str, str] = field(default_factory=dict)
    query: str | None = None


Answer = Page | SeeOther | Download


def address(*parts: str, **query: str | None) -> str:
    """Build an address of this site from path segments and a query."""
    path = "/" + "/".join(quote(part, safe="") for part in parts)
    given = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(given)}" if given else path


def query_of(said: Words) -> str | None:
    """Return the field of an address that a sentence is about; None where it names no option."""
    return next((name for option, name in QUERIES.items() if option in said.en), None)


def day_of(ask: Ask, name: str = "on") -> date:
    """Return the day to look from: `on`, by default today."""
    text = day_text((ask.form if ask.posted else ask.query).text(name))
    try:
        return parse_day(text) if text else ask.today
    except ValueError:
        raise Problematic(422, WORDS["no_day"], query=name) from None


def upto_of(ask: Ask, text: str) -> int:
    """Return the position up to which the log counts: a position, an instant, or a day however written."""
    return position_of(ask.desk.store, (text if text.isdecimal() else day_text(text)) or None, ask.desk.zone)
