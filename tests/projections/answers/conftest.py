"""The program, for answers that are best asked through it."""

from tests.cli.conftest import zhibu

__all__ = ["zhibu"]
