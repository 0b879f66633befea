"""The share of a random check: what both doors take for it."""

from fractions import Fraction

import pytest

from projections.answers.draw import parse_share


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("0.1", Fraction(1, 10)),
        (".5", Fraction(1, 2)),
        ("1/10", Fraction(1, 10)),
        ("10%", Fraction(1, 10)),
        ("1", Fraction(1)),
    ],
)
def test_a_share_is_a_decimal_a_fraction_or_a_percentage(text: str, share: Fraction) -> None:
    assert parse_share(text) == share


@pytest.mark.parametrize("text", ["", "0", "1.1", "-0.1", "1/0", "1e999999999999", "nan", "0.1x", "101%"])
def test_anything_else_is_no_share_and_takes_no_time(text: str) -> None:
    assert parse_share(text) is None
