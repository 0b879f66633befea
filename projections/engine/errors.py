"""What a question can get wrong, at a glance.

    LedgerError
    ├── BranchDissolved     before the period begins
    ├── NothingToScore      nobody adopted the rubric, and nobody is of the kind that it applies to
    └── WrongQuestion       what was asked cannot be meant
        ├── UnknownBranch   not registered in the replayed prefix
        ├── NoPeriod        a text that names no period
        └── NoPrefix        neither a position of the log nor an instant

In: the facts. Out: a sentence in both languages. Deliberately absent: bad log data; intake let none in.
"""

import difflib
from collections.abc import Sequence
from datetime import date

from ledger.errors import LedgerError, WrongQuestion
from ledger.events import fields_of
from ledger.words import Words


class UnknownBranch(WrongQuestion):
    """A branch that was asked for is not registered in the log, or in its prefix up to `position`."""

    def __init__(self, branch: str, known: Sequence[str], position: int | None = None) -> None:
        self.branch = branch
        if not known and position is not None:
            super().__init__(
                Words(
                    f"台账到第 {position} 条为止还没有登记任何党组织。--as-of 按记进台账的时间取舍；"
                    "要看某一天的情况，请用 --on。",
                    f"No branch at all is registered up to position {position}. --as-of cuts by "
                    "the time of recording; for the state of things on a day use --on.",
                )
            )
            return
        near = difflib.get_close_matches(branch, known, n=3, cutoff=0.5)
        super().__init__(
            Words(
                f"没有党组织“{branch}”"
                + (
                    f"，是否指 {'、'.join(near)}？" if near else "：请先用 zhibu log branch-registered 登记。"
                ),
                f'there is no branch "{branch}"'
                + (f"; did you mean {', '.join(near)}?" if near else ": log its branch-registered first."),
            )
        )


class NothingToScore(LedgerError):
    """No branch adopted the rubric, and none is of the kind that it applies to."""

    def __init__(self, rubric: str, kind: str) -> None:
        known = fields_of("branch_registered")["organization"].choices.get(kind)
        called = known.label.zh if known else f" {kind} "
        super().__init__(
            Words(
                f"没有可评的党组织：没有党组织适用“{rubric}”，也没有登记{called}类的党组织。"
                "请用 --branch 指定，或用 zhibu adopt 登记适用。",
                f'There is nobody to score: no branch adopted "{rubric}" and no organisation of kind '
                f"{kind} is registered. Name one with --branch, or record an adoption with `zhibu adopt`.",
            )
        )


class BranchDissolved(LedgerError):
    """A branch that was asked for was dissolved before the period begins."""

    def __init__(self, branch: str, day: date, period: str) -> None:
        self.branch = branch
        super().__init__(
            Words(
                zh=f"支部“{branch}”已于 {day} 撤销，此后开始的 {period} 不再评分。",
                en=f'Branch "{branch}" was dissolved on {day}: it is not scored for {period}, '
                "which begins later.",
            )
        )


class NoPeriod(WrongQuestion):
    """A text that names no period."""

    def __init__(self, text: str) -> None:
        super().__init__(
            Words(
                f"“{text}”不是期间：请写作 2019、2019-H1、2019-Q3、2019-09 或 2019-03..2019-08。",
                f'"{text}" is no period: write 2019, 2019-H1, 2019-Q3, 2019-09 or 2019-03..2019-08.',
            )
        )


class NoPrefix(WrongQuestion):
    """A text that says not how much of the log is to count."""

    def __init__(self, text: str, last: int | None = None) -> None:
        if last is not None:
            super().__init__(
                Words(
                    f"台账只有 {last} 条，没有第 {text} 条：--as-of 最大为 {last}。",
                    f"the log ends at position {last}: --as-of is {last} at most, got {text}.",
                )
            )
            return
        super().__init__(
            Words(
                f"--as-of 应为序号或时间，例如 481、2019-12-31、2019-12-31T18:00，实际为 {text}。",
                f"--as-of must be a position or an instant, such as 481, 2019-12-31 or 2019-12-31T18:00, "
                f"got {text}.",
            )
        )


class WorkerFailed(LedgerError):
    """A process that part of the work was given to is gone: killed, or out of memory."""

    def __init__(self) -> None:
        super().__init__(
            Words(
                zh="一个计算进程中途消失了（可能被终止，或内存不足），没有得出结果。请再试一次，"
                "或用 --jobs 1 只用一个进程。",
                en="A process that was computing is gone (killed, or out of memory), and there is no answer. "
                "Try again, or with --jobs 1 in one process.",
            )
        )
