"""What can be wrong with a folder of segments: `SegmentsError`, with a sentence about what to do.

Deliberately absent: what is wrong with a ledger (`ledger.errors`).
"""

from ledger.errors import LedgerError
from ledger.words import Words


class SegmentsError(LedgerError):
    """A folder of segments that is not there, not whole, or another one than it should be."""


def no_folder(folder: str) -> SegmentsError:
    """Say that there is nothing to read."""
    return SegmentsError(
        Words(
            f"{folder} 中没有分片（缺 manifest.json）：请先运行 zhibu export --segments。",
            f"{folder} holds no segments (there is no manifest.json): run `zhibu export --segments` first.",
        )
    )


def unreadable_manifest(folder: str, zh: str, en: str) -> SegmentsError:
    """Say that the manifest is none."""
    return SegmentsError(
        Words(
            f"{folder} 的 manifest.json 无法使用：{zh}。请重新导出到一个新的文件夹。",
            f"manifest.json in {folder} cannot be used: {en}. Export to a new folder.",
        )
    )


def other_schema(folder: str, found: int, known: int) -> SegmentsError:
    """Say that the folder was written in another shape."""
    return SegmentsError(
        Words(
            f"{folder} 的分片是第 {found} 版格式，本程序用第 {known} 版："
            + ("请升级程序。" if found > known else "请重新导出到一个新的文件夹。"),
            f"The segments in {folder} are of schema {found}, this program uses {known}: "
            + ("upgrade zhibu." if found > known else "export to a new folder."),
        )
    )


def missing_part(folder: str, name: str) -> SegmentsError:
    """Say that a part is not there."""
    return SegmentsError(
        Words(
            f"{folder} 缺少 {name}：请重新导出到一个新的文件夹，或放回这个文件。",
            f"{name} is missing in {folder}: put it back, or export to a new folder.",
        )
    )


def changed_part(folder: str, name: str, found: str, expected: str) -> SegmentsError:
    """Say that a part is not the one that was written."""
    return SegmentsError(
        Words(
            f"{folder} 中的 {name} 与清单不符（实际 {found}，应为 {expected}）："
            "请重新导出到一个新的文件夹，或放回原来的文件。",
            f"{name} in {folder} is not what the manifest says (got {found}, expected {expected}): "
            "put the right file back, or export to a new folder.",
        )
    )


def other_ledger(folder: str) -> SegmentsError:
    """Say that the folder holds another ledger's log."""
    return SegmentsError(
        Words(
            f"{folder} 的 manifest.json 属于另一个台账：请用 --ledger 指定它的台账，或导出到一个新的文件夹。",
            f"manifest.json in {folder} is of another ledger: name that one with --ledger, "
            "or export to a new folder.",
        )
    )


def newer_than_ledger(folder: str, held: int, head: int) -> SegmentsError:
    """Say that the folder goes further than the ledger."""
    return SegmentsError(
        Words(
            f"{folder} 的 manifest.json 到第 {held} 条，台账只到第 {head} 条："
            "分片比台账新，请核对台账是否缺少末尾的记录。",
            f"manifest.json in {folder} goes up to position {held}, the ledger only to {head}: the segments "
            "are newer than the ledger; see whether the ledger lost its last events.",
        )
    )


def being_written(folder: str) -> SegmentsError:
    """Say that somebody else writes the folder."""
    return SegmentsError(
        Words(
            f"另一个导出正在写 {folder}：请等它结束后再试。",
            f"Another export is writing {folder}: wait for it to end, then try again.",
        )
    )


def other_buckets(folder: str, found: int, asked: int) -> SegmentsError:
    """Say that a folder is divided into another number of buckets."""
    return SegmentsError(
        Words(
            f"{folder} 已分成 {found} 片，不能改为 {asked} 片：请省去 --buckets，或导出到一个新的文件夹。",
            f"{folder} is divided into {found} buckets, not {asked}: leave out --buckets, "
            "or export to a new folder.",
        )
    )


def behind(folder: str, held: int, asked: int) -> SegmentsError:
    """Say that a folder goes further than what is asked for."""
    return SegmentsError(
        Words(
            f"{folder} 已有到第 {held} 条的记录，不能退回到第 {asked} 条：请导出到一个新的文件夹。",
            f"{folder} already goes up to position {held}, beyond {asked}: export to a new folder.",
        )
    )


def full_disk(folder: str, reason: str) -> SegmentsError:
    """Say that there is no room."""
    return SegmentsError(
        Words(
            f"{folder} 写不下（{reason}）：原有的分片没有改动。请腾出空间后再试。",
            f"There is no room in {folder} ({reason}): the segments that were there are as they were. "
            "Make room, then try again.",
        )
    )


def unreadable_part(folder: str, name: str) -> SegmentsError:
    """Say that a file holds what no export writes."""
    return SegmentsError(
        Words(
            f"{folder} 中的 {name} 有不是完整导出的行：请重新导出到一个新的文件夹。",
            f"{name} in {folder} holds a line that is none of a full export: export to a new folder.",
        )
    )
