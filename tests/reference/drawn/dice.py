"""Dice: choices that follow from a seed, so that one number stands for a whole event or rule.

Hypothesis draws the numbers, the dice make events and rules of them: so what comes up is spread evenly over
what there is, which Hypothesis' own choices are not. The number 0 stands for no event and no rule: that is
how Hypothesis makes a failing case smaller.
"""

import random
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

T = TypeVar("T")


class Dice:
    """One seed's choices, one after the other."""

    def __init__(self, *seed: object) -> None:
        self._random = random.Random(repr(seed))

    def pick(self, values: Sequence[T]) -> T:
        return self._random.choice(values)

    def number(self, low: int, high: int) -> int:
        return self._random.randint(low, high)

    def one_in(self, times: int) -> bool:
        return self._random.randrange(times) == 0

    def some(self, values: Sequence[T], least: int = 0, most: int | None = None) -> list[T]:
        """Some of the values, none twice."""
        most = len(values) if most is None else most
        return self._random.sample(values, self.number(least, most))

    def fields(self, required: Mapping[str, Sequence[Any]], **optional: Sequence[Any]) -> dict[str, Any]:
        """A value for each required field, and for about half of the others."""
        given = {name: self.pick(values) for name, values in required.items()}
        return given | {name: self.pick(values) for name, values in optional.items() if self.one_in(2)}
