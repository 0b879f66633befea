"""The same program and ledgers as the tests of the command line."""

from tests.cli.conftest import _year, branch, year, zhibu

__all__ = ["_year", "branch", "year", "zhibu"]
