"""What can go wrong with a ledger, at a glance.

    LedgerError
    ├── Refused            the input is not what the log may hold; carries every Problem found
    ├── VersionConflict    the stream moved on since it was read
    ├── IdTaken            an event with that id is in the log already
    ├── LedgerMissing      there is no ledger at that address, or it has no tables yet
    ├── LedgerOutdated     the tables are older or newer than this program
    ├── UnknownShape       an event was stored in a shape that this program does not know
    ├── LedgerNotEmpty     a restore wants an empty ledger
    ├── LedgerUnavailable  the database does not answer, is locked, is full, is read-only
    ├── CommitUnknown      the connection broke off while recording: nobody knows whether it is recorded
    ├── NotWritten         a file could not be written; what was there before is unchanged
    ├── BrokenChain        the hash chain does not hold from a position on
    └── WrongQuestion      what was asked of the log cannot be meant; the projections say which

Bad data comes back as values (`Problem`); exceptions carry them only across the door. Constructors take
the facts and build the sentence: what, where, found, expected, what to do.
"""

from collections.abc import Sequence
from pathlib import Path

from ledger.masking import masked
from ledger.problems import Problem
from ledger.words import Words


class LedgerError(Exception):
    """Any refusal or failure of the ledger that a user can understand and act on."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


class Refused(LedgerError):
    """The input is not what the log may hold; nothing was written."""

    def __init__(self, problems: Sequence[Problem], total: int | None = None) -> None:
        self.problems = tuple(problems)
        self.total = len(self.problems) if total is None else total
        super().__init__(
            Words(
                zh="\n".join(p.sentence("zh") for p in self.problems),
                en="\n".join(p.sentence("en") for p in self.problems),
            )
        )


class VersionConflict(LedgerError):
    """Somebody else appended to the stream since it was read."""

    def __init__(self, branch: str, found: int, expected: int) -> None:
        self.branch, self.found, self.expected = branch, found, expected
        super().__init__(
            Words(
                zh=f"支部“{branch}”的记录已有 {found} 条，预期 {expected} 条：请重新读取后再试。",
                en=f'Stream "{branch}" is at version {found}, expected {expected}: read it again and retry.',
            )
        )


class IdTaken(LedgerError):
    """An event with that id is in the log already, or twice in what is to be appended."""

    def __init__(self, event_id: str) -> None:
        self.event_id = event_id
        super().__init__(
            Words(
                zh=f"编号为 {event_id} 的记录已在台账中：请换一个编号，或先读取已有的记录。",
                en=f"An event with the id {event_id} is in the log already: give another id, "
                "or read the stored one.",
            )
        )


def _shown(url: str) -> str:
    """Return a ledger's address, or a file's name, fit to be shown."""
    # Without a scheme it is a path, unless somebody mistyped the scheme of an address with a password.
    return masked(url) if "://" in url or "@" in url else url


class LedgerMissing(LedgerError):
    """There is no ledger at the address."""

    def __init__(self, url: str) -> None:
        self.url = url = _shown(url)
        super().__init__(
            Words(
                zh=f"{url} 处还没有台账：请先运行 zhibu init，或用 --ledger 指定另一个台账。",
                en=f"There is no ledger at {url} yet: run `zhibu init` first, "
                "or name another one with --ledger.",
            )
        )


class LedgerOutdated(LedgerError):
    """The tables were made by another version of the program."""

    def __init__(self, url: str, found: str, expected: str) -> None:
        url = _shown(url)
        super().__init__(
            Words(
                zh=f"{url} 的格式为第 {found} 版，本程序需要第 {expected} 版："
                "请运行 zhibu init 升级；若台账更新，请升级程序。",
                en=f"The tables at {url} are of revision {found}, this program needs {expected}: "
                "run `zhibu init` to migrate them, or, where the ledger is newer, upgrade zhibu.",
            )
        )


class UnknownShape(LedgerError):
    """An event was stored by a newer program, or a step between two shapes is missing."""

    def __init__(self, type_word: str, version: int, known: int) -> None:
        self.type_word, self.version, self.known = type_word, version, known
        super().__init__(
            Words(
                zh=f"台账中有第 {version} 版格式的 {type_word}，本程序只认得到第 {known} 版：请升级程序。",
                en=f"The ledger holds a {type_word} of shape {version}, this program knows shapes up to "
                f"{known}: upgrade zhibu.",
            )
        )


class LedgerNotEmpty(LedgerError):
    """A restore wants an empty ledger."""

    def __init__(self, url: str, position: int) -> None:
        url = _shown(url)
        super().__init__(
            Words(
                zh=f"{url} 的台账已有 {position} 条记录，只能恢复到空台账：请用 --ledger 指定一个新的台账。",
                en=f"The ledger at {url} already holds {position} events and a restore wants an empty one: "
                "name a new one with --ledger.",
            )
        )


class LedgerUnavailable(LedgerError):
    """The database does not answer, or refuses."""

    def __init__(self, url: str, reason: Words) -> None:
        self.url = url = _shown(url)
        super().__init__(
            Words(
                zh=f"无法使用台账 {url}：{reason.zh}。",
                en=f"The ledger at {url} cannot be used: {reason.en}.",
            )
        )


class CommitUnknown(LedgerError):
    """The connection broke off between the request to record and its confirmation.

    `ids` are the events that may be in the log now. To record them again under the same ids records nothing
    twice.
    """

    def __init__(self, url: str, ids: Sequence[str]) -> None:
        self.ids = tuple(ids)
        url = _shown(url)
        named = f" --id {self.ids[0]}" if len(self.ids) == 1 else ""
        super().__init__(
            Words(
                zh=f"与台账 {url} 的连接在确认之前中断，也无法再连上查看：不知道是否已经记下。"
                f"连上后请先用 zhibu history 查看；用同一编号{named} 重试不会重复记录。",
                en=f"The connection to the ledger at {url} broke off before it confirmed, and no new "
                "one could be had to look: whether it is recorded is not known. Look with `zhibu history` "
                f"once it is back; trying again under the same id{named} records nothing twice.",
            )
        )


class NotWritten(LedgerError):
    """A file could not be written; what was there before is unchanged."""

    def __init__(self, place: Path, reason: Words) -> None:
        self.place = place
        super().__init__(Words(zh=f"{place}：{reason.zh}。", en=f"{place}: {reason.en}."))


class BrokenChain(LedgerError):
    """The hash chain does not hold. `what` is wrong at a position, a sentence; `then` says what to do."""

    def __init__(self, position: int, what: Words, then: Words) -> None:
        self.position = position
        self.what = what
        super().__init__(Words(what.zh + then.zh, f"{what.en} {then.en}"))


class WrongQuestion(LedgerError):
    """What was asked cannot be meant: an unknown branch, period or position."""
