"""Work shared out to processes of this machine.

In: a function of a module and the arguments of each call. Out: what each returned. Deliberately absent: what
the work is; other machines (`cluster`).

Processes are spawned, so that none inherits an open ledger. They end with the one that asked for them,
however that one ends, and leave interruptions to it.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from projections.engine.jobs import pool_of
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
    pool = pool_of(min(jobs, len(calls)))
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
