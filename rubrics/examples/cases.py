"""An examples file → its cases: every example with its events put together.

In: the id of a shipped form, the path of a rubric, or the path of its examples. Out: `Cases`, with the
rubric beside them. Every fault of the file is found and said with its line and key path, as `RubricError`.
Deliberately absent: the event catalogue and periods (who runs the cases knows them), and running them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from ledger.problems import Problem
from rubrics.examples.model import Example, Examples, Expected
from rubrics.examples.notation import WrittenEvent
from rubrics.library import Library, is_path, shipped
from rubrics.model import Rubric
from rubrics.numbers import Text
from rubrics.problems import Path as Place
from rubrics.problems import RubricError, UnknownRubricError, build_problem, suggest
from rubrics.reader.loaded import Loaded, read_text
from rubrics.reader.refusals import word_errors
from rubrics.reader.yaml_tree import Tree, parse_tree

_ENDINGS = (".examples.yaml", ".examples.yml")


@dataclass(frozen=True, slots=True)
class Case:
    """An example ready to run. `events` go with their places in the file; `number` counts from 1.

    `period` is the name of a period, `on` None where the period's last day is meant.
    """

    number: int
    sentence: Text
    period: str
    on: date | None
    events: tuple[tuple[WrittenEvent, Place], ...]
    expected: Mapping[str, Expected]

    @property
    def place(self) -> Place:
        """The key path of the example."""
        return ("examples", self.number - 1)


@dataclass(frozen=True, slots=True)
class Cases:
    """The examples beside a rubric. `file`: the name that messages give them."""

    loaded: Loaded
    file: str
    tree: Tree
    cases: tuple[Case, ...]

    def problem(self, place: Place, zh: str, en: str) -> Problem:
        """Build a problem of one place of the file."""
        return build_problem(self.file, place, zh, en, line=self.tree.line_of(place))


def load_cases(name: str, library: Library | None = None) -> Cases:
    """Read the examples of a shipped form by its id, or those beside a rubric file, or a file of examples.

    Raises UnknownRubricError where there is no such form or file, RubricError for what is wrong with it.
    """
    library = library or Library()
    if name in shipped():
        beside = library.examples_of(name)
        if beside is None:
            raise _no_examples(f"{name}.examples.yaml")
        return parse_cases(*beside, library.load(name))
    ending = next((ending for ending in _ENDINGS if name.endswith(ending)), None)
    if ending is not None:
        text = read_text(Path(name))
        stem = name.removesuffix(ending)
        form = f"{stem}.yml" if Path(f"{stem}.yml").is_file() else f"{stem}.yaml"
        return parse_cases(text, name, library.load(form))
    loaded = library.load(name)
    path = Path(name if is_path(name) else loaded.file)
    found = [path.with_name(stem + ending) for stem in (path.stem, loaded.rubric.id) for ending in _ENDINGS]
    existing = next((file for file in found if file.is_file()), None)
    if existing is None:
        raise _no_examples(str(found[0]))
    return parse_cases(read_text(existing), str(existing), loaded)


def parse_cases(text: str, file: str, loaded: Loaded) -> Cases:
    """Turn the text of an examples file into cases. Raises RubricError with every problem found."""
    tree = parse_tree(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), file)
    if tree.problems:
        raise RubricError(tree.problems)
    try:
        examples = Examples.model_validate(tree.data)
    except ValidationError as error:
        raise word_errors(error, tree, file, Examples) from None
    reader = _Reader(examples, Cases(loaded, file, tree, ()))
    cases = tuple(reader.case(number, example) for number, example in enumerate(examples.examples, start=1))
    if reader.problems:
        raise RubricError(reader.problems)
    return Cases(loaded, file, tree, cases)


class _Reader:
    """Puts examples together, and gathers what does not fit. One file, one use."""

    def __init__(self, examples: Examples, file: Cases) -> None:
        self._examples, self._file = examples, file
        self._rubric = file.loaded.rubric
        self.problems: list[Problem] = []

    def case(self, number: int, example: Example) -> Case:
        place = ("examples", number - 1)
        period = example.period or self._examples.period or ""
        if not period:
            self._say(
                (*place, "period"),
                "缺少 period：例子或文件须写明期间",
                "needs a period, its own or the file's",
            )
        events = self._known(tuple(self._events(place, example)), place, example)
        expected = example.expected()
        for branch, points in expected.items():
            beside = branch in example.expect_of
            inside = (*place, "expect_of", branch) if beside else (*place, "expect")
            self._check_ids(inside, points)
            if beside and branch not in {event.branch for event, _ in events}:
                self._say(inside, "例子里没有这个支部的记录", "no event of the example is of this branch")
        return Case(number, example.sentence, period, example.on, events, expected)

    def _events(self, place: Place, example: Example) -> Iterator[tuple[WrittenEvent, Place]]:
        given: list[tuple[WrittenEvent, Place]] = []
        for name in example.given:
            log = self._examples.given.get(name)
            if log is None:
                zh, en = suggest(name, sorted(self._examples.given))
                self._say(
                    (*place, "given"), f"given 里没有 {name}{zh}", f"there is no log {name} under given{en}"
                )
                continue
            given += [(event, ("given", name, at)) for at, written in enumerate(log) for event in written]
        left: set[int] = set()
        for at, patterns in enumerate(example.except_):
            for pattern in patterns:
                fitting = {n for n, (event, _) in enumerate(given) if pattern.fits(event)}
                if not fitting:
                    self._say(
                        (*place, "except", at),
                        f"“{pattern.text}”不符合 given 的任何记录",
                        f'"{pattern.text}" fits no event of what is given',
                    )
                left |= fitting
        yield from (pair for n, pair in enumerate(given) if n not in left)
        for key, added in (("and", example.and_), ("events", example.events)):
            for at, written in enumerate(added):
                yield from ((event, (*place, key, at)) for event in written)

    def _known(
        self, events: tuple[tuple[WrittenEvent, Place], ...], place: Place, example: Example
    ) -> tuple[tuple[WrittenEvent, Place], ...]:
        """Cut the events after the one that `as_of` names."""
        if example.as_of is None:
            return events
        last = [n for n, (event, _) in enumerate(events) if event.name == example.as_of]
        if len(last) != 1:
            self._say(
                (*place, "as_of"),
                f"须是恰好一条记录的名字（as={example.as_of}），实际有 {len(last)} 条",
                f"must name exactly one event (as={example.as_of}), {len(last)} bear that name",
            )
            return events
        return events[: last[0] + 1]

    def _check_ids(self, place: Place, expected: Expected) -> None:
        for key, ids in known_ids(self._rubric).items():
            for id_ in getattr(expected, key):
                if id_ not in ids:
                    zh, en = suggest(id_, ids)
                    self._say((*place, key, id_), f"细则里没有{zh}", f"the rubric has no such id{en}")
        grades = grade_words(self._rubric)
        if expected.grade is not None and expected.grade not in grades:
            zh, en = suggest(expected.grade, sorted(grades))
            self._say((*place, "grade"), f"细则里没有这个等次{zh}", f"the rubric has no such grade{en}")

    def _say(self, place: Place, zh: str, en: str) -> None:
        self.problems.append(self._file.problem(place, zh, en))


def known_ids(rubric: Rubric) -> dict[str, list[str]]:
    """List the ids of a rubric's sections, items and clauses."""
    return {
        "sections": [section.id for section in rubric.sections],
        "items": [item.id for item in rubric.items()],
        "clauses": [clause.id for clause in rubric.clauses()],
    }


def grade_words(rubric: Rubric) -> dict[str, str]:
    """Return the grades of a rubric, each wording → the Chinese one."""
    grades = [band.grade for band in rubric.bands] + ([rubric.veto.grade] if rubric.veto else [])
    return {word: grade.zh for grade in grades for word in (grade.en, grade.zh)}


def _no_examples(file: str) -> UnknownRubricError:
    return UnknownRubricError(
        [
            build_problem(
                file,
                (),
                "没有这个例子文件：例子写在细则旁边，名为 <id>.examples.yaml",
                "there is no such file: examples stand beside the rubric, as <id>.examples.yaml",
            )
        ]
    )
