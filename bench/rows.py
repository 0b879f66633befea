"""The rows of the table, in order; those of another room are added here by name."""

from collections.abc import Callable
from importlib import import_module

from bench.made import Made
from bench.timing import Figure

Row = Callable[[Made], Figure]

ROWS = (
    "scale.score_001",
    "scale.score_000",
    "scale.growth",
    "folds.one_branch",
    "folds.thousand_branches",
    "folds.json_text",
    "folds.impact_of_one",
    "peers.eventsourcing_replay",
    "peers.openfisca_formulas",
    "peers.duckdb_count",
    "scale.export_whole",
    "scale.export_added",
    "stores.import_sqlite",
    "stores.import_postgresql",
    "sheets.import_table",
    "stores.append_one",
    "peers.eventsourcing_append",
    "stores.verify_chain",
    "folds.sweep_growth",
    "programs.start_help",
    "programs.start_log",
    "programs.start_log_impact",
    "programs.start_score",
    "programs.score_thousand",
    "pages.home",
    "pages.score",
    "pages.preview",
    "pages.save",
    "pages.board",
    "pages.thousand",
    "browsing.home",
    "browsing.score",
    "browsing.board",
    "month_end.sqlite",
    "month_end.postgresql",
)
ON_REQUEST = (
    "scale.country_001",
    "scale.country_000",
    "month_end.sqlite_unhurried",
    "month_end.postgresql_unhurried",
)
"""Rows that take hours or much room: named on the command line only."""


def row_of(name: str) -> Row:
    """Return a row by `module.function`."""
    module, _, function = name.partition(".")
    row: Row = getattr(import_module(f"bench.{module}"), function)
    return row
