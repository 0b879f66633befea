"""Nothing that stands anywhere in a rubric file, or in its examples, brings the reader or the check down."""

from rubrics.lint import check_rubric
from rubrics.reader.loaded import parse_rubric
from tests.rubrics.examples.tiny import ALL, cases_of
from tests.rubrics.junk import assert_a_file_or_a_sentence
from tests.rubrics.lint.others import OTHERS
from tests.rubrics.small import GOOD


def test_whatever_stands_anywhere_it_is_a_rubric_or_a_sentence() -> None:
    assert_a_file_or_a_sentence(
        GOOD, "small.yaml", lambda text: check_rubric(parse_rubric(text, "small.yaml"), OTHERS)
    )


def test_whatever_stands_anywhere_it_is_a_file_of_examples_or_a_sentence() -> None:
    assert_a_file_or_a_sentence(ALL, "tiny.examples.yaml", cases_of)
