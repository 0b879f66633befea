"""Nothing that stands anywhere in a rubric file, or in its examples, brings the reader or the check down."""

from rubrics.lint import check_rubric
from rubrics.load import parse_rubric
from tests.rubrics.catalogue import OTHERS, VOCABULARY
from tests.rubrics.junk import assert_a_file_or_a_sentence
from tests.rubrics.small import GOOD
from tests.rubrics.with_examples import ALL, cases_of


def test_whatever_stands_anywhere_it_is_a_rubric_or_a_sentence() -> None:
    assert_a_file_or_a_sentence(
        GOOD, "small.yaml", lambda text: check_rubric(parse_rubric(text, "small.yaml"), VOCABULARY, OTHERS)
    )


def test_whatever_stands_anywhere_it_is_a_file_of_examples_or_a_sentence() -> None:
    assert_a_file_or_a_sentence(ALL, "tiny.examples.yaml", cases_of)
