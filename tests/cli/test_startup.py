"""What a start of the program imports: nothing that the command does not need."""

import pytest

from tests.program import Program, loaded_by

_HEAVY = ("sqlalchemy", "alembic", "openpyxl", "rich", "apscheduler")


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("log", "--help"),
        ("log", "meeting-held", "--help"),
        ("score", "--help"),
        ("due", "--help"),
    ],
    ids=" ".join,
)
def test_help_pages_need_no_library_of_the_engine(words: tuple[str, ...]) -> None:
    assert not loaded_by(*words) & set(_HEAVY)


def test_the_first_help_page_needs_no_model_either() -> None:
    assert not loaded_by("--help") & {"typer", "pydantic", "yaml", "orjson"}


def test_logging_an_event_does_not_need_sqlalchemy(branch: Program) -> None:
    loaded = loaded_by(
        "log", "meeting-held", "--branch", "b1", "--kind", "study", "--on", "2019-03-12",
        "--ledger", str(branch.ledger),
    )  # fmt: skip
    assert not loaded & set(_HEAVY)


def test_where_no_form_is_gone_by_none_is_read_and_nothing_replayed(zhibu: Program) -> None:
    zhibu.ok("log", "branch-registered", "--branch", "b7", "--name", "七支部", "--on", "2018-06-01")
    loaded = loaded_by(
        "log", "meeting-held", "--branch", "b7", "--kind", "study", "--on", "2019-03-12",
        "--ledger", str(zhibu.ledger),
    )  # fmt: skip
    assert not loaded & {"yaml", "rubrics.rules", "projections.engine.replays"}


@pytest.mark.parametrize("address", ["nonsense", "example.org/hook", "mailto:somebody@example.org"])
def test_what_no_service_reads_is_refused_before_the_services_are_loaded(address: str) -> None:
    assert "apprise" not in loaded_by("notify", "add", "--branch", "b1", address, expected=2)
