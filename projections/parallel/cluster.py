"""The shares of a replay on Dask distributed: other machines, or a cluster of this one.

In: a scheduler's address, or `local`. Out: what each share came to, as from processes. Deliberately absent:
starting a cluster of other machines; whoever has one names its scheduler.

1. Every worker is asked for its zhibu and its text of the form; those who join later are asked as they come.
2. Each bucket is a task of its own, named by bucket, run and try. A lost worker's tasks go to the others.
3. A task that failed is tried again, three times in all. Deaths count as failures: the scheduler tells of
   them after so many as it allows, and says how many.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from ledger.segments.parts import part_name
from projections.engine.logs import Row
from projections.parallel.errors import BucketFailed, ClusterUnusable, OtherForm, OtherProgram, Unlike
from projections.parallel.work import Folded, Gathering, Share, Task, facts_of, fold_share, gather

TRIES = 3
_JOIN_SECONDS = 30
_ALONE_SECONDS = 60
_LOOK_SECONDS = 2


class Cluster:
    """A cluster to work on, in a `with`. ClusterUnusable where there is none at the address."""

    def __init__(self, address: str, jobs: int | None = None) -> None:
        self._address = address
        self._jobs = jobs
        self._asked: set[str] = set()
        self._open: list[Any] = []

    def __enter__(self) -> Self:
        try:
            dask: Any = import_module("dask")
            self._distributed: Any = import_module("distributed")
        except ImportError:
            raise ClusterUnusable.without_the_extra() from None
        # What Dask has to say about workers that come and go is said here, in sentences.
        logging.getLogger("distributed").setLevel(logging.CRITICAL + 1)
        scheduler: Any = self._address
        try:
            if self._address == "local":
                with dask.config.set({"distributed.scheduler.allowed-failures": 0}):
                    scheduler = self._distributed.LocalCluster(
                        n_workers=self._jobs,
                        threads_per_worker=1,
                        # Nobody shall reach it from elsewhere, and two of them shall not meet.
                        host="127.0.0.1",
                        dashboard_address="127.0.0.1:0",
                        silence_logs=logging.CRITICAL,
                    )
                self._open.append(scheduler)
            self._client: Any = self._distributed.Client(scheduler, timeout=_JOIN_SECONDS)
            self._open.append(self._client)
            self._client.wait_for_workers(1, timeout=_JOIN_SECONDS)
        except (OSError, ValueError) as error:
            self.close()
            raise ClusterUnusable.not_there(self._address, str(error).split("\n")[0]) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leave the cluster; a local one ends."""
        while self._open:
            self._open.pop().close()

    def fold(self, shares: Sequence[Share]) -> Iterator[Folded]:
        """Yield what came of each share, in whatever order.

        BucketFailed where one failed too often, Unlike where a worker is not like this program.
        """
        task = shares[0].task if shares else None
        return self._run(fold_share, shares, task)

    def gather(self, asked: Sequence[Gathering]) -> Iterator[dict[str, list[Row]]]:
        """Yield the rows asked for, in whatever order."""
        return self._run(gather, asked, None)

    def _run(self, function: Callable[[Any], Any], work: Sequence[Any], task: Task | None) -> Iterator[Any]:
        run = uuid4().hex[:8]
        failures: Counter[int] = Counter()
        waiting = {self._submit(function, one, run, 1): number for number, one in enumerate(work)}
        try:
            while waiting:
                if task is not None:
                    self._ask_newcomers(task)
                for future in self._finished(list(waiting)):
                    number = waiting.pop(future)
                    if future.status == "finished":
                        result = future.result()
                        # Else the cluster keeps what is on disk here already, for as long as a cycle of
                        # Dask's own holds the future.
                        future.release()
                        yield result
                        continue
                    failures[number] += _deaths(future)
                    self._judge(work[number].bucket, failures[number], future.exception())
                    again = self._submit(function, work[number], run, failures[number] + 1)
                    waiting[again] = number
        finally:
            self._client.cancel(list(waiting))

    def _submit(self, function: Callable[[Any], Any], one: Any, run: str, attempt: int) -> Any:
        name = part_name("events", one.bucket, 1).split(".")[0]
        key = f"{function.__name__}-{name}-{run}-{attempt}"
        return self._client.submit(function, one, key=key, pure=False, retries=0)

    def _finished(self, futures: list[Any]) -> list[Any]:
        """Return futures that came to an end; none after some seconds, and ClusterUnusable after a minute
        without any worker."""
        alone_since = None
        while True:
            try:
                done = self._distributed.wait(
                    futures, timeout=_LOOK_SECONDS, return_when="FIRST_COMPLETED"
                ).done
                return list(done)
            except TimeoutError:
                if self._workers():
                    return []
                alone_since = alone_since or time.monotonic()
                if time.monotonic() - alone_since > _ALONE_SECONDS:
                    raise ClusterUnusable.deserted(self._address) from None

    def _workers(self) -> set[str]:
        return set(self._client.scheduler_info(n_workers=-1)["workers"])

    def _ask_newcomers(self, task: Task) -> None:
        """See that workers who were not asked yet have this zhibu and this form."""
        new = self._workers() - self._asked
        if not new:
            return
        answers = self._client.run(facts_of, task.form, workers=sorted(new), on_error="return")
        for address, answer in answers.items():
            if isinstance(answer, OSError):
                continue
            if isinstance(answer, BaseException):
                raise ClusterUnusable.without_zhibu(address, str(answer))
            program, digest = answer
            if program != task.program:
                raise OtherProgram(program, task.program)
            if digest != task.digest:
                raise OtherForm(task.form, digest, task.digest)
            self._asked.add(address)

    def _judge(self, bucket: int, failures: int, error: BaseException) -> None:
        if isinstance(error, Unlike):
            raise error
        if failures >= TRIES:
            name = part_name("events", bucket, 1).split(".")[0]
            raise BucketFailed(name, failures, str(error).split("\n")[0])


def _deaths(future: Any) -> int:
    """Return for how many failures one that the scheduler tells of stands."""
    allowed: int = getattr(future.exception(), "allowed_failures", 0)
    return allowed + 1
