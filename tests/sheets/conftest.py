"""The program, for tests of sheets through the command line."""

from tests.cli.conftest import _year, branch, year, zhibu

__all__ = ["_year", "branch", "year", "zhibu"]
