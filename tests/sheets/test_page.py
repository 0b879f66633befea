"""The page on files lists what the catalogue takes."""

from ledger.files.tables.page import with_columns
from tests.program import ROOT


def test_the_page_on_files_lists_every_synonym_of_the_catalogue() -> None:
    page = (ROOT / "docs" / "files.md").read_text("utf-8")
    assert page == with_columns(page), "run `python -m ledger.files.tables.page`"
