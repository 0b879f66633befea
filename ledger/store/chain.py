"""Whether a run of rows is a whole log.

In: rows in order of position, from the first on. Out: nothing, or `BrokenChain` at the first position that
does not hold, saying what is wrong. Used by verify and by restore. Deliberately absent: reading rows.
"""

from collections.abc import Sequence
from hashlib import sha256

from ledger.errors import BrokenChain
from ledger.events.values.shown import shown
from ledger.store.codec import GENESIS, Head, Row, canonical_bytes, hash_of, parse_instant
from ledger.words import Words

_KEEP = Words(zh="请保留该台账并从备份恢复。", en="Keep the ledger, and restore a backup.")


def gap(position: int) -> BrokenChain:
    """Say that an event is missing."""
    return BrokenChain(
        position,
        Words(
            zh=f"第 {position} 条记录缺失：台账在此处中断。",
            en=f"Position {position} is missing: the log has a hole there.",
        ),
        _KEEP,
    )


def broken(position: int, zh: str, en: str) -> BrokenChain:
    """Say what does not hold at a position."""
    return BrokenChain(
        position,
        Words(zh=f"第 {position} 条记录不符：{zh}。", en=f"Position {position} does not hold: {en}."),
        _KEEP,
    )


class Chain:
    """The chain so far; `follow` takes the next row."""

    def __init__(self) -> None:
        self.position = 0
        self.hash = GENESIS
        self.recorded_at = ""
        self.versions: dict[str, int] = {}

    @property
    def head(self) -> Head:
        """The last row that was followed."""
        return Head(self.position, self.hash)

    def follow_all(self, rows: Sequence[Row]) -> None:
        """Check that `rows` are the next of the log; raises BrokenChain at the first that is not."""
        # What nearly every row is, without a call for each; `follow` has the word on any other.
        position, last, instant, versions = self.position, self.hash, self.recorded_at, self.versions
        canonical = canonical_bytes
        for row in rows:
            at, _, branch, version, _, _, _, _, _, _, recorded_at, prev_hash, stored = row
            try:
                holds = (
                    at == position + 1
                    and recorded_at == instant
                    and prev_hash == last
                    and version == versions.get(branch, 0) + 1
                    and stored == "sha256:" + sha256(canonical(*row[:12])).hexdigest()
                )
            except (TypeError, ValueError):
                holds = False
            if holds:
                position, last, versions[branch] = at, stored, version
            else:
                self.position, self.hash = position, last
                self.follow(row)
                position, last, instant = self.position, self.hash, self.recorded_at
        self.position, self.hash = position, last

    def follow(self, row: Row) -> None:
        """Check that `row` is the next of the log; raises BrokenChain where it is not."""
        position, _, branch, version, _, _, _, _, _, _, recorded_at, prev_hash, stored = row
        expected = self.position + 1
        if position != expected:
            raise _misplaced(position, expected)
        if prev_hash != self.hash:
            raise broken(
                position,
                f"所记的前一条校验码不符（应为 {self.hash}，实际为 {prev_hash}）",
                f"its prev_hash is not the hash before it (expected {self.hash}, got {prev_hash})",
            )
        try:
            computed = hash_of(canonical_bytes(*row[:12]))
        except (TypeError, ValueError) as error:
            raise broken(
                position, f"有一列不是文本或整数（{error}）", f"a column is no text or whole number ({error})"
            ) from error
        if stored != computed:
            raise broken(
                position,
                f"内容与校验码不符（应为 {computed}，实际为 {stored}）",
                f"its content does not match its hash (expected {computed}, got {stored})",
            )
        if version != self.versions.get(branch, 0) + 1:
            raise broken(
                position,
                f"它在支部“{branch}”中的序号是 {version}（应为 {self.versions.get(branch, 0) + 1}）",
                f'it is version {version} of stream "{branch}" (expected {self.versions.get(branch, 0) + 1})',
            )
        if recorded_at != self.recorded_at and not _is_instant(recorded_at):
            raise broken(
                position,
                f"记录时间不是时间（{shown(recorded_at)}）",
                f"its recorded_at is no instant ({shown(recorded_at)})",
            )
        if recorded_at < self.recorded_at:
            raise broken(
                position,
                f"记录时间 {recorded_at} 早于前一条的 {self.recorded_at}",
                f"it was recorded at {recorded_at}, before the one ahead of it ({self.recorded_at})",
            )
        self.position, self.hash, self.recorded_at = position, computed, recorded_at
        self.versions[branch] = version


def _misplaced(position: int, expected: int) -> BrokenChain:
    if position > expected:
        return gap(expected)
    return broken(
        expected,
        f"此处的序号是 {position!r}",
        f"the row there says position {position!r}",
    )


def _is_instant(text: str) -> bool:
    try:
        parse_instant(text)
    except ValueError:
        return False
    return True
