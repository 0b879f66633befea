"""Work shared out to processes of this machine.

In: a function of a module and the arguments of each call. Out: what each returned. Deliberately absent: what
the work is; other machines (`cluster`).

Processes are spawned, so that none inherits an open ledger. They end with the one that asked for them,
however that one ends, and leave interruptions to it.
"""

import gc
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, TypeVar

from projections.parallel.errors import WorkerLost

Result = TypeVar("Result")


def each(function: Callable[..., Result], calls: Sequence[Iterable[Any]], jobs: int) -> Iterator[Result]:
    """Yield the result of each call, in order; by `jobs` processes, or here where there is one only.

    WorkerLost where a process was killed.
    """
    yield from _shared(function, calls, jobs, _in_order)


def as_they_come(
    function: Callable[..., Result], calls: Sequence[Iterable[Any]], jobs: int
) -> Iterator[Result]:
    """Yield the results in whatever order they come; otherwise as `each`."""
    yield from _shared(function, calls, jobs, as_completed)


def _shared(
    function: Callable[..., Result],
    calls: Sequence[Iterable[Any]],
    jobs: int,
    order: Callable[[list["Future[Result]"]], Iterable["Future[Result]"]],
) -> Iterator[Result]:
    if jobs <= 1 or len(calls) <= 1:
        for call in calls:
            yield function(*call)
        return
    pool = ProcessPoolExecutor(
        min(jobs, len(calls)), get_context("spawn"), initializer=_begin, initargs=(os.getpid(),)
    )
    try:
        # Nothing here keeps a future once its result was given: together the results may be an answer of
        # gigabytes.
        for future in order([pool.submit(function, *call) for call in calls]):
            yield future.result()
            del future
    except BrokenProcessPool:
        raise WorkerLost from None
    except BaseException:
        for process in list(pool._processes.values()):
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _in_order(futures: list["Future[Result]"]) -> Iterator["Future[Result]"]:
    waiting = deque(futures)
    futures.clear()
    while waiting:
        yield waiting.popleft()


def _begin(parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a fold makes is mostly freed by counting; the collector would take a fifth of the time.
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
