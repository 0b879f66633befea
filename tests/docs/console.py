"""The commands that a page shows, run one after the other, and what they print beside what the page says.

In: a page with blocks fenced as `console`. Out: `Step`s with what was expected and what came; the page with
what came in its place. Deliberately absent: a shell; a command is `zhibu …`, or one of the few below.

In a block, a line that begins with `$ ` is a command, what follows up to the next one is what it prints:

    $ zhibu …            with `> FILE` at its end: what it prints goes there
    $ echo $?            the exit status of the command before; where nothing asks, it must be 0
    $ cat FILE           shows a file; `cat > FILE <<END` makes one of the lines up to END
    $ export NAME=VALUE  for the commands after it

Beside them `<!-- fill FILE -->`, which readers do not see, has the table below it typed into a sheet
(`sheets`).

A line `…` stands for any number of lines. The blocks of a page are run in order, in one new folder with a
ledger of its own; `cli` is there, for the demonstration's files. Pages whose names end in `.zh.md` speak
Chinese. What differs from run to run (ids, instants, digests) is left as the page has it; the folder is `~`.
An id that the page shows stands, in the commands below it, for the one that was made in its place.

The clock stands still at `NOW`, so that a page says tomorrow what it says today ("next due", "days left").
"""

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from unittest.mock import patch

from cli.context import Door
from tests.docs.sheets import fill
from tests.program import ROOT, Program

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)

_BLOCK = re.compile(r"^( *)```console\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_FILLED = re.compile(r"^<!-- fill (\S+) -->\n+((?:\|.*\n)+)", re.MULTILINE)
_HEREDOC = re.compile(r"(.*) <<(\w+)")
_ELISION = "…"
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_VARYING = [
    _ID,
    re.compile(r"[0-9a-f]{64}"),
    re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z"),
    re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d"),
    re.compile(r"\S*/zhibu-demo-\w+"),
]


@dataclass(frozen=True)
class Command:
    """A command of a page, what it is fed, and the lines that it is said to print."""

    line: int
    text: str
    fed: str
    expected: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """A command that was run, and the lines that it printed."""

    command: Command
    came: tuple[str, ...]

    @property
    def as_expected(self) -> bool:
        """Whether it printed what the page says."""
        return fits(self.command.expected, self.came)


def commands_of(text: str) -> list[Command]:
    """The commands of a page, in order; `line` is where each stands."""
    typed = [command for begins, block in _blocks(text) for command in _commands_of_block(begins, block)]
    return sorted([*typed, *_fillings(text)], key=lambda command: command.line)


def _fillings(text: str) -> Iterator[Command]:
    for found in _FILLED.finditer(text):
        yield Command(text.count("\n", 0, found.start()) + 1, f"fill {found[1]}", found[2], ())


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    for found in _BLOCK.finditer(text):
        indent = len(found[1])
        lines = [line[indent:] for line in found[2].splitlines()]
        yield text.count("\n", 0, found.start(2)) + 1, lines


def _commands_of_block(begins: int, lines: list[str]) -> Iterator[Command]:
    starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
    assert not lines or starts[:1] == [0], f"line {begins}: a console block begins with a command"
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        text, after = lines[start][2:], lines[start + 1 : end]
        fed = ""
        if heredoc := _HEREDOC.fullmatch(text):
            stop = after.index(heredoc[2])
            fed = "".join(f"{line}\n" for line in after[:stop])
            text, after = heredoc[1], after[stop + 1 :]
        yield Command(begins + start, text, fed, tuple(after))


def run_page(text: str, folder: Path, ledger: Path, lang: str) -> list[Step]:
    """Run the commands of a page in a folder; the current directory must be that folder."""
    (folder / "cli").symlink_to(ROOT / "cli")
    shell = _Shell(Program(ledger, {"ZHIBU_LANG": lang}), folder)
    steps = []
    commands = commands_of(text)
    ids: dict[str, str] = {}
    for command, after in zip_longest(commands, commands[1:]):
        with patch.object(Door, "now", lambda _: NOW):
            came = shell.run(_with_ids(command.text, ids), command.fed)
        if shell.status and (after is None or after.text != "echo $?"):
            came += (f"[exit status {shell.status}]",)
        ids |= _paired_ids(command.expected, came)
        shown = {made: page for page, made in ids.items()}
        steps.append(Step(command, tuple(_with_ids(line, shown) for line in came)))
    return steps


def _with_ids(text: str, ids: Mapping[str, str]) -> str:
    return _ID.sub(lambda found: ids.get(found[0], found[0]), text)


def _paired_ids(expected: tuple[str, ...], came: tuple[str, ...]) -> dict[str, str]:
    """The ids that a page shows, with those that came on the same lines."""
    pairs: dict[str, str] = {}
    settled, seen = [_settled(line) for line in came], 0
    for line in expected:
        if _ID.search(line) and _settled(line) in settled[seen:]:
            seen = settled.index(_settled(line), seen) + 1
            pairs |= dict(zip(_ID.findall(line), _ID.findall(came[seen - 1]), strict=True))
    return pairs


class _Shell:
    """The few words of a shell that pages use."""

    def __init__(self, program: Program, folder: Path) -> None:
        self._program = program
        self._folder = folder
        self.status = 0

    def run(self, text: str, fed: str) -> tuple[str, ...]:
        """Run a line and return what it prints, in lines."""
        words = shlex.split(text)
        target = None
        if len(words) > 1 and words[-2] == ">":
            target = self._folder / words[-1]
            words = words[:-2]
        status, self.status = self.status, 0
        match words:
            case ["zhibu", *rest]:
                result = self._program(*rest, stdin=fed)
                self.status = result.status
                printed = result.out if target is None else result.err
                if target is not None:
                    target.write_text(result.out, "utf-8")
                else:
                    printed += result.err
            case ["echo", "$?"]:
                printed = f"{status}\n"
            case ["cat"] if target is not None:
                target.write_text(fed, "utf-8")
                printed = ""
            case ["fill", name] if fed:
                fill(self._folder / name, fed)
                printed = ""
            case ["cat", name]:
                printed = (self._folder / name).read_text("utf-8-sig")
            case ["export", pair] if "=" in pair:
                name, _, value = pair.partition("=")
                assert name != "ZHIBU_LEDGER", "a page's ledger is named already"
                self._program.environ[name] = value
                printed = ""
            case _:
                raise AssertionError(f"a page can show only zhibu, cat, export and `echo $?`, got: {text}")
        return tuple(printed.replace(str(self._folder), "~").splitlines())


def fits(expected: tuple[str, ...], came: tuple[str, ...]) -> bool:
    """Whether lines are those expected, apart from what varies.

    `…` stands for any number of lines, and inside a line for anything.
    """
    return _fits([_settled(line) for line in expected], [_settled(line) for line in came])


def _fits(expected: list[str], came: list[str]) -> bool:
    if not expected:
        return not came
    head, *tail = expected
    if head == _ELISION:
        return any(_fits(tail, came[skipped:]) for skipped in range(len(came) + 1))
    return bool(came) and _is_like(head, came[0]) and _fits(tail, came[1:])


def _is_like(expected: str, line: str) -> bool:
    if expected == line or _ELISION not in expected:
        return expected == line
    return re.fullmatch(".*".join(map(re.escape, expected.split(_ELISION))), line) is not None


def _settled(line: str) -> str:
    for pattern in _VARYING:
        line = pattern.sub("*", line)
    return line.rstrip()


def renewed(text: str, steps: list[Step]) -> str:
    """The page with what came in the place of what it said; what was as expected stays as it is."""
    lines = text.splitlines(keepends=True)
    for step in reversed(steps):
        if step.as_expected:
            continue
        begin = step.command.line + (step.command.fed.count("\n") + 1 if step.command.fed else 0)
        indent = " " * (len(lines[step.command.line - 1]) - len(lines[step.command.line - 1].lstrip()))
        end = begin + len(step.command.expected)
        lines[begin:end] = [f"{indent}{line}".rstrip() + "\n" for line in _shortened(step)]
    return "".join(lines)


def _shortened(step: Step) -> tuple[str, ...]:
    """What came; where the page left lines out at the end or in the middle, as many as it showed around."""
    expected, came = step.command.expected, step.came
    if expected.count(_ELISION) != 1:
        return came
    before = expected.index(_ELISION)
    after = len(expected) - before - 1
    return (*came[:before], _ELISION, *came[len(came) - after :]) if before + after < len(came) else came
