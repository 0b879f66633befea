"""Every line of the table of bad lines is refused by line and field, and leaves the head unchanged."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.errors import Refused
from ledger.files.opening import lines_of
from ledger.intake.batch import ClauseFacts, Intake, Line, record_all
from ledger.store.event_store import Store
from tests.journeys.recording.bad_lines import BAD_LINES, FORM, GOOD, GRADED_FORM, GROUND, BadLine
from tests.ledger.intake.said import NOW, TODAY

KNOWN = {
    FORM: {"6.1": ClauseFacts(100, graded=False)},
    GRADED_FORM: {"1.1": ClauseFacts(10_000, graded=True)},
}


@pytest.fixture(scope="module")
def ground(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A ledger that holds what the bad lines refer to. No test changes it: that is what they show."""
    path = tmp_path_factory.mktemp("ground") / "ledger.db"
    path.write_bytes(sqlite_template.read_bytes())
    with Store.open(f"sqlite:///{path}") as store:
        take_in(store, [Line("ground.jsonl", number, raw) for number, raw in enumerate(GROUND, start=1)])
        yield store


def take_in(store: Store, lines: list[Line]) -> Intake:
    return record_all(store, [lines], now=NOW, today=TODAY, known=KNOWN)


def test_the_table_is_long_and_every_label_stands_once() -> None:
    assert len(BAD_LINES) >= 60
    assert len({bad.label for bad in BAD_LINES}) == len(BAD_LINES)


@pytest.mark.parametrize("bad", BAD_LINES, ids=[bad.label for bad in BAD_LINES])
def test_a_bad_line_is_refused_by_line_and_field(ground: Store, tmp_path: Path, bad: BadLine) -> None:
    file = tmp_path / "events.jsonl"
    file.write_bytes(GOOD + b"\n" + bad.raw + b"\n")
    head = ground.head()
    with pytest.raises(Refused) as caught:
        take_in(ground, list(lines_of(file)))
    assert ground.head() == head
    assert caught.value.total == len(caught.value.problems)
    assert {(problem.file, problem.line) for problem in caught.value.problems} == {(str(file), 2)}
    told = {problem.field: problem for problem in caught.value.problems}
    assert bad.field in told
    sentence = told[bad.field].sentence("en")
    assert bad.told in sentence
    assert sentence.startswith(f"{file}:2: " + (f"{bad.field}: " if bad.field else ""))
    assert len(sentence) < 1_000
    assert any("\u4e00" <= letter <= "\u9fff" for letter in told[bad.field].sentence("zh"))


def test_the_good_line_beside_them_is_good(ground: Store, sqlite_store: Store) -> None:
    assert take_in(sqlite_store, [Line("-", 1, raw) for raw in (*GROUND, GOOD)]).appended == len(GROUND) + 1
    assert sqlite_store.head().position == ground.head().position + 1
