"""Answers about many branches, kept for who asks again: of one prefix of the log they never change.

In: a question with the position and the form's digest in it. Out: its answer, worked out once. Deliberately
absent: one branch's answers; a fold of one is quicker than any keeping.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar, cast

_MOST = 32

Answer = TypeVar("Answer")


class Kept:
    """A few answers, the latest used last to go."""

    def __init__(self) -> None:
        self._answers: OrderedDict[tuple[object, ...], object] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, question: tuple[object, ...], work_out: Callable[[], Answer]) -> Answer:
        """Return the kept answer to a question, or work it out and keep it."""
        with self._lock:
            if question in self._answers:
                self._answers.move_to_end(question)
                return cast("Answer", self._answers[question])
        answer = work_out()
        with self._lock:
            self._answers[question] = answer
            while len(self._answers) > _MOST:
                self._answers.popitem(last=False)
        return answer
