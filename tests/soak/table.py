"""What a siege comes to: a row a fault, and the time that each has."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Row:
    """One fault: how often it was tried, survived, and lost something; the first losses in words.

    `wanted`: how often it is to be tried in the whole time; fewer are told.
    """

    fault: str
    wanted: int = 1
    tried: int = 0
    survived: int = 0
    losses: list[str] = field(default_factory=list)

    def note(self, loss: str | None) -> None:
        """Count one try; `loss` says what was lost, None where nothing was."""
        self.tried += 1
        if loss is None:
            self.survived += 1
        else:
            self.losses.append(loss)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Share:
    """A share of the time, and the dice."""

    seconds: float
    dice: random.Random

    def until_over(self, most: int) -> Iterator[int]:
        """Count up to `most`, or until the share is used up; at least once."""
        end = time.monotonic() + self.seconds
        for number in range(most):
            if number and time.monotonic() > end:
                return
            yield number

    def part(self, of_it: float) -> "Share":
        """Return a part of it, with the same dice."""
        return Share(self.seconds * of_it, self.dice)


Siege = Callable[[Share], list[Row]]


def render(rows: list[Row]) -> str:
    """Return the table as Markdown, and under it what was tried more seldom than it should."""
    lines = ["| fault | tried | survived | lost |", "| --- | ---: | ---: | ---: |"]
    lines += [f"| {row.fault} | {row.tried:,} | {row.survived:,} | {len(row.losses):,} |" for row in rows]
    short = [f"{row.fault}: {row.tried:,} of {row.wanted:,}" for row in rows if row.tried < row.wanted]
    if short:
        lines += ["", "Fewer tries than planned, the time being over: " + "; ".join(short) + "."]
    return "\n".join(lines)
