"""The figures that were worked out by hand beside each form, held against the reference as well.

Every fifth example of a form, so that the slow scorer stays quick enough; `tests/rubrics/test_examples.py`
holds the engine against all of them.
"""

import json
from typing import Any

import pytest

from projections.examples.logs import LogBuilder, branch_code
from projections.examples.run import compare_score, group_cases
from rubrics.examples.cases import load_cases
from rubrics.library import shipped
from tests.reference.naive import scorer
from tests.reference.written import positioned

EVERY = 5


@pytest.mark.parametrize("name", shipped())
def test_the_reference_comes_to_the_figures_of_the_examples(name: str) -> None:
    cases = load_cases(name)
    rubric, builder = cases.loaded.rubric, LogBuilder(cases)
    differing: list[Any] = []
    for (period, on), group in group_cases(cases).items():
        for case in group:
            if case.number % EVERY:
                continue
            rows = builder.build([case]).rows
            events = positioned([{**row, "data": json.loads(row["data"])} for row in rows])
            codes = [branch_code(case, branch) for branch in case.expected]
            scores = {
                row["branch"]: row for row in scorer.scores(events, rubric, period.name, on, None, codes)
            }
            for branch, expected in case.expected.items():
                row = scores[branch_code(case, branch)]
                differing += [(case.number, one) for one in compare_score(branch, expected, row, rubric)]
    assert differing == []
