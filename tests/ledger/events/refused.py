"""How a test asks what was wrong with an input."""

from collections.abc import Callable
from typing import Any

import pytest

from ledger.errors import Refused
from ledger.problems import Problem


def problems(parse: Callable[..., Any], *given: Any) -> tuple[Problem, ...]:
    """The problems for which the input was refused."""
    with pytest.raises(Refused) as refused:
        parse(*given)
    assert refused.value.problems
    return refused.value.problems


def english(parse: Callable[..., Any], *given: Any) -> list[str]:
    """The English sentences for which the input was refused."""
    return [problem.sentence("en") for problem in problems(parse, *given)]
