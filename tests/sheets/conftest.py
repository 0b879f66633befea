"""The program, for tests of sheets through the command line."""

from tests.cli.conftest import branch, year, zhibu

__all__ = ["branch", "year", "zhibu"]
