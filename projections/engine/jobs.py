"""Work over ranges of branches, shared out to spawned processes.

In: a log that other processes can open, what is to be made of branches, their codes. Out: what was made, in
order of code; the same for any number of processes. Deliberately absent: what the work is; what a worker
needs of all branches it reads itself, once.

Nothing is shared but the log: a worker opens it, reads the ranges that it is given, and answers values. Of
ranges not more are under way than the processes can begin at once, so that no answer waits in memory for a
slow reader. Workers leave an interrupt to the parent, and end when the parent is gone, however it went.
"""

import gc
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from ledger.errors import LedgerError
from ledger.words import Words
from projections.engine.errors import WorkerFailed
from projections.engine.logs import Log

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

Made = TypeVar("Made")
Work = Callable[[Sequence[str]], Iterator[Made]]
"""What makes something of branches, in order of code."""
Preparing = Callable[[Log], Work[Made]]
"""What makes a log's worker ready; a value of a module's class or function, so that it can travel."""

MANY = 500
"""From so many branches on processes are worth their start."""
RANGE = 100
"""So many branches are given to a worker at a time."""
START = "spawn"
"""How a process begins: with nothing of this one."""


def processes(log: Log, branches: int, jobs: int | None) -> int:
    """Return how many processes to use: as many as there are cores from many branches on, else one; or as
    asked.

    A log that other processes cannot open is read here.
    """
    if getattr(log, "opener", None) is None:
        return 1
    wanted = (os.cpu_count() or 1) if jobs is None and branches >= MANY else jobs or 1
    return max(1, min(wanted, branches))


def in_processes(log: Any, prepare: Preparing[Made], codes: Sequence[str], jobs: int) -> Iterator[Made]:
    """Yield what is made of the branches, in order of code, by so many processes.

    Raises a LedgerError where the work does, WorkerFailed where a process was lost.
    """
    # Most commands ask about one branch, and need not wait for what starts processes.
    import pickle

    setup = pickle.dumps((log.opener(), prepare))
    size = max(1, min(RANGE, -(-len(codes) // jobs)))
    ranges = iter([codes[at : at + size] for at in range(0, len(codes), size)])
    waiting: deque[Future[list[Made] | Words]] = deque()
    pool = pool_of(jobs)
    try:
        for codes_ in ranges:
            waiting.append(pool.submit(_run, setup, codes_))
            if len(waiting) > 2 * jobs:
                yield from _result(waiting.popleft())
        while waiting:
            yield from _result(waiting.popleft())
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _result(future: "Future[list[Made] | Words]") -> list[Made]:
    from concurrent.futures.process import BrokenProcessPool

    try:
        made = future.result()
    except BrokenProcessPool as lost:
        raise WorkerFailed from lost
    if isinstance(made, Words):
        raise LedgerError(made)
    return made


def pool_of(jobs: int) -> "ProcessPoolExecutor":
    """Return so many processes that inherit no open ledger, leave interrupts to this one and end with it."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(jobs, get_context(START), initializer=_begin)


def _begin() -> None:
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a fold makes is mostly freed by counting; the collector would take a fifth of the time.
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    from multiprocessing import parent_process

    if (parent := parent_process()) is not None:
        parent.join()
    os._exit(1)


@lru_cache(maxsize=1)
def _ready(setup: bytes) -> Work[Any]:
    import pickle

    opener, prepare = pickle.loads(setup)  # noqa: S301 -- our own parent's
    work: Work[Any] = prepare(opener())
    return work


def _run(setup: bytes, codes: Sequence[str]) -> list[Any] | Words:
    """Do a range in a worker; what a ledger refuses travels as its words, for exceptions of ours do not."""
    try:
        return list(_ready(setup)(codes))
    except LedgerError as error:
        return error.words
