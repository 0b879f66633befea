"""Real servers on loopback that hear from the program; no proxy stands between them."""

from tests.reminders.conftest import _no_proxy, branch, chat, ladder, mail, zhibu

__all__ = ["_no_proxy", "branch", "chat", "ladder", "mail", "zhibu"]
