"""The same program and ledgers as the tests of the command line."""

from tests.cli.conftest import branch, year, zhibu

__all__ = ["branch", "year", "zhibu"]
