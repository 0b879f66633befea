"""What can go wrong when many work at one replay.

    LedgerError
    ├── WorkerLost          a process was killed
    ├── BucketFailed        a bucket failed again and again
    ├── ClusterUnusable     no scheduler, no worker, or none with zhibu
    └── Unlike              a worker is not like the one that asks
        ├── OtherProgram    another version of zhibu
        └── OtherForm       another text of the form

In: the facts. Out: a sentence in both languages. They travel between processes: what a constructor takes is
kept in `args`.
"""

from ledger.errors import LedgerError
from ledger.words import Words


class _Travels(LedgerError):
    def __init__(self, words: Words, *facts: object) -> None:
        super().__init__(words)
        self.args = facts


class WorkerLost(_Travels):
    """A process was killed, by a person or for want of memory."""

    def __init__(self) -> None:
        super().__init__(
            Words(
                "一个计算进程中途被终止（也许内存不足）：没有写出任何结果。请再试一次，或减小 --jobs。",
                "A worker process was killed, for want of memory perhaps: nothing was written. "
                "Try again, or with fewer --jobs.",
            )
        )


class BucketFailed(_Travels):
    """A bucket failed as often as is allowed."""

    def __init__(self, name: str, times: int, reason: str) -> None:
        super().__init__(
            Words(
                f"{name} 已失败 {times} 次（{reason}）：没有写出任何结果。"
                "请用 zhibu segments check 核对分片。",
                f"{name} failed {times} times ({reason}): nothing was written. "
                "See whether `zhibu segments check` finds the segments whole.",
            ),
            name,
            times,
            reason,
        )


class ClusterUnusable(_Travels):
    """There is no cluster to work on."""

    @classmethod
    def without_the_extra(cls) -> "ClusterUnusable":
        """Say that Dask is not installed here."""
        return cls(
            Words(
                "--cluster 需要先安装：pip install 'zhibu[cluster]'。",
                "--cluster needs an extra: pip install 'zhibu[cluster]'.",
            )
        )

    @classmethod
    def not_there(cls, address: str, reason: str) -> "ClusterUnusable":
        """Say that no scheduler answers, or no worker joins."""
        return cls(
            Words(
                f"集群 {address} 无法使用（{reason}）：请核对调度器的地址，并确认有计算节点。",
                f"The cluster {address} cannot be used ({reason}): see whether the scheduler's address is "
                "right and workers have joined it.",
            )
        )

    @classmethod
    def deserted(cls, address: str) -> "ClusterUnusable":
        """Say that all workers have gone."""
        return cls(
            Words(
                f"集群 {address} 已没有计算节点：没有写出任何结果。请启动计算节点后再试。",
                f"The cluster {address} has no workers any more: nothing was written. "
                "Start workers, then try again.",
            )
        )

    @classmethod
    def without_zhibu(cls, worker: str, reason: str) -> "ClusterUnusable":
        """Say that a worker has no zhibu."""
        return cls(
            Words(
                f"计算节点 {worker} 上没有可用的 zhibu（{reason}）：请在各节点装同一版。",
                f"The worker {worker} has no zhibu that can be used ({reason}): "
                "install the same version everywhere.",
            )
        )


class Unlike(_Travels):
    """A worker is not like the one that asks: its answers would not be comparable."""


class OtherProgram(Unlike):
    """A worker runs another version of zhibu."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(
            Words(
                f"有一个计算节点的 zhibu 是 {found} 版，本机是 {expected} 版：请在各节点装同一版。",
                f"A worker has zhibu {found}, this program is {expected}: "
                "install the same version everywhere.",
            ),
            found,
            expected,
        )


class OtherForm(Unlike):
    """A worker has another text of the form."""

    def __init__(self, form: str, found: str, expected: str) -> None:
        super().__init__(
            Words(
                f"有一个计算节点上的考核细则 {form} 与本机的不同（{found[:19]} 与 {expected[:19]}）："
                "请在各节点放同一个文件。",
                f"A worker has another text of the form {form} ({found[:19]}, here {expected[:19]}): "
                "put the same file on every worker.",
            ),
            form,
            found,
            expected,
        )
