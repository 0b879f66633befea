"""Verifications that take longer than a page should: they run on, and pages ask how far they are.

In: who asks what, and how to verify. Out: `Verification`, finished or under way. Deliberately absent: what is
verified (the store's), sentences.
"""

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future, wait
from dataclasses import dataclass, field

from ledger.store.verify import Verified

Verify = Callable[[Callable[[int], object]], Verified]
"""Verifies a log, telling now and then up to which position."""

_MOST = 16


@dataclass
class Verification:
    """One run: `reached` is the position up to which the chain was followed; `future` has what came of it."""

    future: "Future[Verified]" = field(default_factory=Future)
    reached: int = 0

    @property
    def done(self) -> bool:
        """Whether it has ended."""
        return self.future.done()

    def tell(self, position: int) -> None:
        """Note how far it is."""
        self.reached = position


@dataclass
class Verifications:
    """The runs of a server, one at a time. `patience`: how many seconds a page waits for the end."""

    patience: float = 1.0
    _runs: dict[Hashable, Verification] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def follow(self, question: Hashable, verify: Verify) -> Verification:
        """Begin a run, or follow the one that was begun for the same question until its end was seen."""
        with self._lock:
            run = self._runs.get(question)
            if run is None:
                run = self._runs[question] = Verification()
                while len(self._runs) > _MOST:
                    del self._runs[next(iter(self._runs))]
                threading.Thread(target=self._run, args=(run, verify), daemon=True).start()
        wait([run.future], self.patience)
        if run.done:
            with self._lock:
                self._runs.pop(question, None)
        return run

    def _run(self, run: Verification, verify: Verify) -> None:
        with self._one_at_a_time:
            try:
                run.future.set_result(verify(run.tell))
            except Exception as error:
                # Told to whoever asks for the result.
                run.future.set_exception(error)
