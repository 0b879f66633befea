"""Help pages and usage errors, in Chinese and in English.

In: commands as Typer has built them. Out: the text of `--help`, 80 columns at most, and the sentence for a
wrong command line. Deliberately absent: rich (a help page must not wait for it) and any command.
"""

import re
from difflib import get_close_matches
from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.exceptions import TyperException

from cli.ui.language import pick
from cli.ui.pages import (
    COLUMNS,
    COMMANDS,
    Panels,
    anywhere,
    family_words,
    listed_panels,
    listing,
    usage_lines,
)
from cli.ui.width import wrap
from ledger.words import Language, Words

_ARGUMENTS = Words("参数", "Arguments")
_OPTIONS = Words("选项", "Options")
_REQUIRED = Words("必填", "required")
_REPEATED = Words("可重复", "repeatable")
_DEFAULT = Words("默认：", "default: ")


class HelpfulCommand(TyperCommand):
    """A command whose help page speaks the reader's language."""

    uses_ledger = True

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        return help_page(self, ctx, ())

    def get_help_option(self, ctx: Any) -> Any:
        """Return `--help`, which prints through the screen."""
        return _through_the_screen(super().get_help_option(ctx))


class HelpfulGroup(TyperGroup):
    """A family of commands whose help page speaks the reader's language."""

    heading = COMMANDS

    def get_help(self, ctx: Any) -> str:
        """Return the help page, with the commands of the family."""
        return help_page(self, ctx, self.summaries(ctx))

    def get_help_option(self, ctx: Any) -> Any:
        """Return `--help`, which prints through the screen."""
        return _through_the_screen(super().get_help_option(ctx))

    def summaries(self, ctx: Any) -> Panels:
        """Return panels of commands: a heading, and the name and the summary of each command."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        return [(self.heading, [(name, command.help or "") for name, command in commands if command])]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that the first word names; raises a usage error that names the nearest one."""
        name = args[0]
        command = self.get_command(ctx, name)
        if command is None and not ctx.resilient_parsing:
            raise UnknownCommand(name, get_close_matches(name, self.list_commands(ctx), 3, 0.5), ctx)
        return getattr(command, "name", None) or name, command, args[1:]


def _through_the_screen(option: Any) -> Any:
    def show(ctx: Any, _: Any, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            ctx.obj.screen.raw(ctx.get_help() + "\n")
            ctx.exit()

    option.callback = show
    return option


class UnknownCommand(TyperException):
    """A word where a command should stand."""

    exit_code = 2

    def __init__(self, name: str, near: list[str], ctx: Any) -> None:
        super().__init__(name)
        self.ctx = ctx
        self.words = Words(
            f"没有命令“{name}”" + (f"，是否指 {'、'.join(near)}？" if near else "。"),
            f'there is no command "{name}"' + (f"; did you mean {', '.join(near)}?" if near else "."),
        )


def help_page(command: Any, ctx: Any, panels: Panels) -> str:
    """Write the help page of a command: usage, what it does, arguments, options, commands."""
    language: Language = ctx.obj.language
    arguments = [p for p in command.params if isinstance(p, TyperArgument) and not p.hidden]
    options = [p for p in command.params if isinstance(p, TyperOption) and not p.hidden]
    lines = _usage(command, ctx, arguments, language)
    if command.help:
        lines += ["", *wrap(pick(command.help, language), COLUMNS)]
    described = [a for a in arguments if a.help]
    if described:
        lines += listing(_ARGUMENTS, [(_shown(a), _about(a, language)) for a in described], language)
    if options:
        lines += listing(_OPTIONS, [(_spelled(o), _about(o, language)) for o in options], language)
    lines += listed_panels(panels, language)
    lines += anywhere(language, root=ctx.parent is None, uses_ledger=getattr(command, "uses_ledger", True))
    if command.epilog:
        lines += ["", *wrap(pick(command.epilog, language), COLUMNS)]
    return "\n".join(lines)


def _usage(command: Any, ctx: Any, arguments: list[TyperArgument], language: Language) -> list[str]:
    pieces = [_path(ctx)]
    if isinstance(command, TyperGroup):
        pieces.append(family_words(language))
    for argument in arguments:
        name = _shown(argument)
        pieces.append(name if argument.required else f"[{name}]")
    if any(isinstance(p, TyperOption) for p in command.params):
        pieces.append(Words("[选项]", "[OPTIONS]").pick(language))
    return usage_lines(pieces, language)


def _path(ctx: Any) -> str:
    names: list[str] = []
    at: Any = ctx
    while at is not None:
        names.insert(0, at.info_name or "")
        at = at.parent
    return " ".join(names)


def _shown(argument: TyperArgument) -> str:
    return f"{_one(argument)}…" if argument.nargs == -1 else _one(argument)


def _one(argument: Any) -> str:
    name: str = argument.metavar or argument.name.upper()
    return name


def _spelled(option: TyperOption) -> str:
    names = ", ".join([*sorted(option.opts, key=len), *option.secondary_opts])
    return names if option.is_flag else f"{names} {option.metavar or option.name.upper()}"


def _about(param: TyperArgument | TyperOption, language: Language) -> str:
    notes = []
    if param.required:
        notes.append(_REQUIRED.pick(language))
    if param.multiple:
        notes.append(_REPEATED.pick(language))
    if isinstance(param.show_default, str):
        notes.append(_DEFAULT.pick(language) + pick(param.show_default, language))
    text = pick(param.help or "", language)
    if not notes:
        return text
    # Further lines list what may be given: what is to be known of the option itself stands before them.
    text, end, listed = text.partition("\n")
    noted = f"{text}（{'；'.join(notes)}）" if language == "zh" else f"{text} ({'; '.join(notes)})"
    return noted + end + listed


_EXTRA = re.compile(r"Got unexpected extra argument\(s\) \((.*)\)", re.DOTALL)


def usage_sentence(error: TyperException) -> Words:
    """Say what is wrong with a command line, and where its help is."""
    words = _what(error)
    context = getattr(error, "ctx", None)
    path = _path(context) if context is not None else "zhibu"
    return Words(f"{words.zh}用法见 {path} --help。", f"{words.en} See `{path} --help`.")


def _what(error: TyperException) -> Words:
    kind = type(error).__name__
    if isinstance(error, UnknownCommand):
        return error.words
    param = getattr(error, "param", None)
    if kind == "MissingParameter" and param is not None:
        if isinstance(param, TyperOption):
            return Words(f"缺少选项 {param.opts[-1]}。", f"missing option {param.opts[-1]}.")
        return Words(f"缺少参数 {_one(param)}。", f"missing argument {_one(param)}.")
    if kind == "BadParameter" and "integer" in error.message:
        name = param.opts[-1] if isinstance(param, TyperOption) else _one(param)
        return Words(f"{name} 应为整数。", f"{name} must be a whole number.")
    option = getattr(error, "option_name", None)
    if kind == "NoSuchOption":
        near = [name for name in getattr(error, "possibilities", None) or () if name != option]
        return Words(
            f"没有选项 {option}" + (f"，是否指 {'、'.join(near)}？" if near else "。"),
            f"no such option: {option}" + (f"; did you mean {', '.join(near)}?" if near else "."),
        )
    if kind == "BadOptionUsage" and "does not take" in error.message:
        return Words(f"选项 {option} 不带值。", f"option {option} takes no value.")
    if kind == "BadOptionUsage":
        return Words(f"选项 {option} 缺少值。", f"option {option} wants a value.")
    extra = _EXTRA.fullmatch(error.message)
    if extra:
        return Words(f"多余的参数：{extra[1]}。", f"unexpected argument: {extra[1]}.")
    if error.message == "Missing command.":
        return Words("缺少命令。", "missing command.")
    return Words(error.format_message(), error.format_message())
