"""The door of a run: who speaks, which ledger, what day it is.

In: the command line's general options and the environment. Out: a `Door` that every command is handed; the
exceptions by which a command ends with 1 (the data says no) or 2 (wrong usage). The clock is read here and
nowhere else. Deliberately absent: printing (`cli.ui.terminal`) and anything a command does.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from cli.ui.terminal import Screen
from ledger.masking import masked
from ledger.words import Language, Words

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    import typer

    from ledger.store.event_store import Store

DONE, SAYS_NO, WRONG_USAGE = 0, 1, 2
_ZONE = "Asia/Shanghai"


class DoorError(Exception):
    """A command cannot go on; the words say why."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


class SaysNo(DoorError):
    """The data says no: exit status 1."""


class WrongUsage(DoorError):
    """The command line cannot be meant: exit status 2."""


@dataclass(frozen=True)
class Door:
    """What a command needs to know about this run."""

    language: Language
    ledger: str
    """The ledger's SQLAlchemy URL."""
    screen: Screen
    ledger_named: Literal["option", "environment", "nowhere"] = "option"
    """Where somebody named it."""
    codes: bool = False
    """Whether codes alone are to be shown, without names beside them."""
    _zones: "dict[str, ZoneInfo]" = field(default_factory=dict, repr=False, compare=False)

    @property
    def shown_ledger(self) -> str:
        """The ledger as messages name it: the file, or the URL without its password."""
        file = self.ledger.removeprefix("sqlite:///")
        return file if file != self.ledger else masked(self.ledger)

    def now(self) -> datetime:
        """Return this instant, in UTC."""
        return datetime.now(UTC)

    def today(self, store: "Store") -> date:
        """Return the civil day of this instant in the ledger's time zone."""
        return self.now().astimezone(self.zone(store)).date()

    def zone(self, store: "Store") -> "ZoneInfo":
        """Return the ledger's time zone."""
        if self.ledger not in self._zones:
            # Not for `--help`: it reads how Python was built, to find where zones are kept.
            from zoneinfo import ZoneInfo

            name = store.setting("timezone") or _ZONE
            try:
                self._zones[self.ledger] = ZoneInfo(name)
            except (KeyError, ValueError, OSError):
                raise SaysNo(
                    Words(
                        f"台账的时区设置“{name[:40]}”不是时区名："
                        f"请用 zhibu init --timezone {_ZONE} 重新设定。",
                        f'The ledger\'s time zone, "{name[:40]}", is the name of none: set it anew with '
                        f"`zhibu init --timezone {_ZONE}`.",
                    )
                ) from None
        return self._zones[self.ledger]

    def local(self, instant: str) -> str:
        """Print a stored UTC instant on the clock of the ledger that was opened, to the minute.

        What is shown can be given to `--as-of` as it is.
        """
        zone = self._zones[self.ledger]
        return datetime.fromisoformat(instant).astimezone(zone).strftime("%Y-%m-%d %H:%M")

    @contextmanager
    def open(self) -> "Iterator[Store]":
        """Open the ledger, and close it after."""
        from ledger.store.event_store import Store

        store = Store.open(self.ledger)
        try:
            self.zone(store)
            yield store
        finally:
            store.dispose()


def door_of(context: "typer.Context") -> Door:
    """Return the door that came with a command's context."""
    door = context.obj
    assert isinstance(door, Door)
    return door


def ledger_url(named: str | None, environ: Mapping[str, str] | None = None) -> str:
    """Return the ledger's URL: the one named, else ZHIBU_LEDGER, else a file in the user's data directory.

    A plain path stands for an SQLite file.
    """
    given = named or (os.environ if environ is None else environ).get("ZHIBU_LEDGER")
    if given is None or not given:
        import platformdirs

        given = str(Path(platformdirs.user_data_dir("zhibu", appauthor=False)) / "ledger.db")
    if "://" in given:
        return given
    return f"sqlite:///{Path(given).expanduser().absolute()}"


def parse_day(text: str | None, option: str) -> date | None:
    """Turn a day on the command line into a date; None stays None. Raises WrongUsage."""
    from projections.engine.periods import FIRST_YEAR, LAST_YEAR, UncountedYear
    from projections.engine.periods import parse_day as read

    if text is None:
        return None
    try:
        return read(text)
    except UncountedYear:
        raise WrongUsage(
            Words(
                f"{option} 应在 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间，实际为 {text}。",
                f"{option} must lie in the years {FIRST_YEAR} to {LAST_YEAR}, got {text}.",
            )
        ) from None
    except ValueError:
        raise WrongUsage(
            Words(
                f"{option} 应为日期，例如 2019-03-12，实际为 {text}。",
                f"{option} must be a day such as 2019-03-12, got {text}.",
            )
        ) from None
