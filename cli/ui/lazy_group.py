"""How functions become commands, and how a command is found by its name without importing the others.

In: a table of entries. Out: Typer commands and families of commands. A command's module is imported when
the command is called for. Deliberately absent: the table itself (`command_table`) and what commands do.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import typer

from cli.ui.entries import Entry
from cli.ui.help import HelpfulCommand, HelpfulGroup
from cli.ui.language import both
from cli.ui.pages import Panels, panels_of
from ledger.words import Words

_CONTEXT = {"help_option_names": ["-h", "--help"]}


class Directory(HelpfulGroup):
    """A family of commands, each imported when it is called for."""

    entries: Mapping[str, Entry] = {}

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names, in the table's order."""
        return list(self.entries)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import a command and make it ready to run; None where there is none of that name."""
        entry = self.entries.get(cmd_name)
        return None if entry is None else _load(cmd_name, entry)

    def summaries(self, ctx: Any) -> Panels:
        """Return what each command does, by panel, without importing any."""
        return panels_of(self.entries)


def command(function: Callable[..., None], name: str, summary: Words, passes_on: bool = False) -> Any:
    """Make a command of a function whose parameters are annotated as Typer wants them."""
    settings: dict[str, Any] = dict(_CONTEXT)
    if passes_on:
        settings |= {"ignore_unknown_options": True, "allow_extra_args": True}
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name=name, help=both(*summary), cls=HelpfulCommand, context_settings=settings)(function)
    return typer.main.get_command(app)


def group(cls: type[HelpfulGroup], name: str, summary: Words, epilog: Words | None = None) -> Any:
    """Make a family of commands of a class that finds them."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.callback(
        cls=cls,
        help=both(*summary),
        epilog=both(*epilog) if epilog else None,
        context_settings=dict(_CONTEXT),
        no_args_is_help=True,
    )(_nothing)
    made = typer.main.get_command(app)
    made.name = name
    return made


def _load(name: str, entry: Entry) -> Any:
    if entry.family:
        return group(type("Family", (Directory,), {"entries": entry.family}), name, entry.summary)
    module, _, attribute = entry.place.partition(":")
    made = getattr(import_module(module), attribute)
    if isinstance(made, type):
        return group(made, name, entry.summary)
    ready = command(made, name, entry.summary, entry.passes_on)
    ready.uses_ledger = entry.uses_ledger
    return ready


def _nothing() -> None:
    """Stand for a family, which does nothing by itself."""
