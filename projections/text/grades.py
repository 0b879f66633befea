"""Grades in words: how each source graded a criterion, and what they came to together.

In: a grade of the score, the rubric. Out: a line a source. Deliberately absent: taking means.
"""

from collections.abc import Iterator
from fractions import Fraction

from ledger.events import fields_of
from ledger.words import COMMA, Words, as_words, joined
from projections.engine.results import Grade, Source
from projections.text.amounts import half_up
from rubrics.model import Rubric
from rubrics.numbers import print_points

_GRADES = {
    "excellent": Words("优秀", "excellent"),
    "good": Words("较好", "good"),
    "fair": Words("一般", "fair"),
    "poor": Words("差", "poor"),
}


def grade_lines(grade: Grade, rubric: Rubric) -> Iterator[Words]:
    """Yield how each source graded, and what they came to together where there are several."""
    assert rubric.grades is not None
    worth: dict[str, str] = {word: _short(Fraction(points)) for word, points in rubric.grades.values.items()}
    weights = list(map(str, rubric.grades.weights))
    sources = sorted(grade.sources, key=lambda source: weights.index(source.name))
    for source in sources:
        yield _source(source, worth)
    if len(sources) > 1:
        whole = sum(source.weight for source in sources)
        shares = joined(
            (
                _name(source) + Words("占 ", " weighs ") + _percent(source.weight / whole)
                for source in sources
            ),
            COMMA,
        )
        value = _exact(grade.value)
        yield shares + Words(f"，合 {value} 分", f": {value}")


def _source(source: Source, worth: dict[str, str]) -> Words:
    given = joined(
        Words(
            f"{label.zh} {source.voices[word]} 票（每票 {worth[word]} 分）",
            f"{source.voices[word]} {label.en} (at {worth[word]})",
        )
        for word, label in _GRADES.items()
        if source.voices.get(word)
    )
    mean = _exact(source.value)
    return _name(source) + Words("测评：", ": ") + given + Words(f"，平均 {mean} 分", f", mean {mean}")


def _name(source: Source) -> Words:
    known = fields_of("grades_tallied")["source"].choices.get(source.name)
    return as_words(source.name) if known is None else known.label


def _exact(hundredths: Fraction) -> str:
    return print_points(half_up(hundredths))


def _short(hundredths: Fraction) -> str:
    return _exact(hundredths).removesuffix(".00")


def _percent(share: Fraction) -> str:
    hundred = share * 100
    return f"{hundred}%" if hundred.denominator == 1 else f"{share.numerator}/{share.denominator}"
