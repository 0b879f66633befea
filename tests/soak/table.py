"""What a siege comes to: a row a fault, and the time that each has."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass
class Row:
    """One fault: how often it was tried, survived, and lost something; the first loss in words."""

    fault: str
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


Siege = Callable[[Share], list[Row]]


def render(rows: list[Row]) -> str:
    """Return the table as Markdown."""
    lines = ["| fault | tried | survived | lost |", "| --- | ---: | ---: | ---: |"]
    lines += [f"| {row.fault} | {row.tried:,} | {row.survived:,} | {len(row.losses):,} |" for row in rows]
    return "\n".join(lines)
