"""Work shared out to processes: the same calls, their answers in the same order.

In: a function of a module and the arguments of each call. Out: what each returned, in order. Deliberately
absent: what the work is.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

Result = TypeVar("Result")


def each(function: Callable[..., Result], calls: Sequence[Iterable[Any]], jobs: int) -> Iterator[Result]:
    """Yield the result of each call, in order; by `jobs` processes, or here where there is one only."""
    if jobs <= 1:
        for call in calls:
            yield function(*call)
        return
    with ProcessPoolExecutor(min(jobs, len(calls)), mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(function, *call) for call in calls]
        try:
            for future in waiting:
                yield future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
