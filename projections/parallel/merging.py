"""Shares of a replay, in whatever order they come, as one answer in order of branch.

In: what came of each bucket. Out: the texts of all branches, one by one, with their ranks. Deliberately
absent: memory for the answer: texts lie packed on disk, and only codes and totals are held.
"""

import tempfile
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import zstandard

from projections.engine.replays import places
from projections.parallel.work import Folded, Form

_JSON_RANK = '\n      "rank": 0,'
_CSV_RANK = ",0\r\n"


def merged_texts(folded: Iterable[Folded], written_as: Form) -> Iterator[str]:
    """Yield the text of every branch in order of code, its rank put in."""
    with tempfile.TemporaryFile() as spool:
        index: list[tuple[str, int, int, int]] = []
        at = 0
        for share in folded:
            spool.write(share.packed)
            for code, total, length in zip(share.codes, share.totals, share.lengths, strict=True):
                index.append((code, total, at, length))
                at += length
        index.sort()
        placed = places(total for _, total, _, _ in index)
        for _, total, start, length in index:
            yield _ranked(_unpacked(spool, start, length), placed[total], written_as)


def _unpacked(spool: BinaryIO, start: int, length: int) -> str:
    spool.seek(start)
    return zstandard.ZstdDecompressor().decompress(spool.read(length)).decode()


def _ranked(text: str, rank: int, written_as: Form) -> str:
    if written_as == "csv":
        return f"{text.removesuffix(_CSV_RANK)},{rank}\r\n"
    return text.replace(_JSON_RANK, f'\n      "rank": {rank},', 1)
