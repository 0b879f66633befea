"""The only place that prints.

In: texts in two languages, tables, JSON documents. Out: standard output for what was asked for, standard
error for everything else, at most 80 columns in a pipe, colours on a terminal only (and not with NO_COLOR).
A reader that went away (`| head`) ends the program in silence. Deliberately absent: what is said.
"""

import io
import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

from cli.ui.tables import Table, Tone
from cli.ui.width import wrap
from ledger.words import Language, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console, RenderableType

COLUMNS = 80
_WIDEST = 120
_TONES: Mapping[Tone, str] = {
    "plain": "",
    "good": "32",
    "bad": "31",
    "warn": "33",
    "faint": "2",
    "strong": "1",
}
_RICH: Mapping[Tone, str] = {
    "plain": "",
    "good": "green",
    "bad": "red",
    "warn": "yellow",
    "faint": "dim",
    "strong": "bold",
}
# The lines of a table: under the head, and between rows where one is asked for.
_LINES = "    \n    \n ── \n    \n ── \n ── \n    \n    \n"
# Spaces before a line's end, and the colours that may stand between.
_TRAILING = re.compile(r" +((?:\x1b\[[0-9;]*m)*)$", re.MULTILINE)
# Control characters, and marks that turn the direction of writing: a text must not steer the terminal.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Screen:
    """Standard output and standard error of one run, and the keyboard."""

    def __init__(self, language: Language, environ: Mapping[str, str] | None = None) -> None:
        self.language = language
        self._environ = os.environ if environ is None else environ
        self._out: TextIO | None = None
        self.ledger = ""
        for stream in (sys.stdout, sys.stderr):
            _speak_utf8(stream)

    @property
    def interactive(self) -> bool:
        """Whether a person sits there who can be asked."""
        return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()

    @property
    def out(self) -> TextIO:
        """Where answers go: standard output, or the file that was named."""
        return sys.stdout if self._out is None else self._out

    @contextmanager
    def into(self, file: str | None) -> Iterator[None]:
        """Send answers to a file (UTF-8) instead, where one is named; it is there whole or not at all."""
        if file is None:
            yield
            return
        self._out = io.StringIO()
        try:
            yield
            text = self._out.getvalue()
        finally:
            self._out = None
        self.write_file(file, text.encode(errors="backslashreplace"))

    def file(
        self, path: str, *, private: bool = False, new: bool = False
    ) -> AbstractContextManager[BinaryIO]:
        """Give a stream whose content is that file, whole, once the block ends; never a ledger's own file."""
        from ledger.whole_files import ledger_files, whole_file

        return whole_file(Path(path), never=ledger_files(self.ledger), private=private, new=new)

    def write_file(self, path: str, content: bytes) -> None:
        """Write a whole file."""
        with self.file(path) as stream:
            stream.write(content)

    @property
    def columns(self) -> int:
        """How wide tables and paragraphs may be."""
        if not self.out.isatty():
            return COLUMNS
        import shutil

        return max(40, min(_WIDEST, shutil.get_terminal_size((COLUMNS, 24)).columns))

    def say(self, words: Words | str, tone: Tone = "plain") -> None:
        """Print a sentence to standard output."""
        self._write(self.out, _text(words, self.language), tone)

    def tell(self, words: Words | str, tone: Tone = "plain") -> None:
        """Print a sentence to standard output at once: what it says is done already."""
        self.say(words, tone)
        with _quiet_pipe():
            self.out.flush()

    def aside(self, words: Words | str, tone: Tone = "plain") -> None:
        """Print a sentence to standard error, beside an answer that is for a program."""
        self._write(sys.stderr, _text(words, self.language), tone)

    def paragraph(self, words: Words | str, indent: int = 0, tone: Tone = "plain") -> None:
        """Print a text to standard output, broken into lines."""
        lines = wrap(_text(words, self.language), self.columns - indent)
        self._write(self.out, "\n".join(" " * indent + line if line else "" for line in lines), tone)

    def warn(self, words: Words | str) -> None:
        """Print a sentence to standard error: something to know, no failure."""
        self._write(sys.stderr, _text(words, self.language), "warn")

    def fail(self, words: Words | str) -> None:
        """Print a sentence to standard error: what went wrong."""
        self._write(sys.stderr, _text(words, self.language), "bad")

    def document(self, document: Any) -> None:
        """Print one JSON document to standard output, the same in every language."""
        import json

        self.raw(json.dumps(document, ensure_ascii=False, indent=2) + "\n")

    def raw(self, text: str) -> None:
        """Print machine output as it is."""
        with _quiet_pipe():
            self.out.write(text)

    def line(self, text: str) -> None:
        """Print one line to standard output at once, for a command that runs on."""
        with _quiet_pipe():
            self.out.write(_harmless(text) + "\n")
            self.out.flush()

    @contextmanager
    def binary(self) -> Iterator[BinaryIO]:
        """Give standard output for bytes."""
        with _quiet_pipe():
            sys.stdout.flush()
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()

    def table(self, table: Table) -> None:
        """Print a table to standard output."""
        from rich.box import Box
        from rich.table import Table as RichTable
        from rich.text import Text

        if table.caption is not None:
            self.paragraph(table.caption, tone="strong")
        grid = RichTable(box=Box(_LINES), show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
        for column in table.columns:
            grid.add_column(
                column.title.pick(self.language),
                justify="right" if column.right else "left",
                no_wrap=column.whole,
                overflow="fold",
            )
        for row in table.rows:
            cells: list[RenderableType] = [Text(_harmless(cell)) for cell in row.cells]
            grid.add_row(*cells, style=_RICH[row.tone], end_section=row.rule)
        console = self._console()
        with console.capture() as printed:
            console.print(grid)
        self.raw(_TRAILING.sub(r"\1", printed.get()))

    @contextmanager
    def progress(self, what: Words, total: int | None) -> "Iterator[Callable[[int], None] | None]":
        """Show a progress bar on a terminal; yields what tells it how much is done, None in a pipe."""
        if not sys.stderr.isatty():
            yield None
            return
        from rich.progress import Progress

        with Progress(console=self._console(sys.stderr), transient=True) as bar:
            task = bar.add_task(what.pick(self.language), total=total)
            yield lambda done: bar.update(task, completed=done)

    def ask(self, question: Words | str, default: str | None = None) -> str:
        """Ask a person on the terminal for a line; an empty answer is the default, or asks again."""
        hint = f" [{default}]" if default else ""
        while True:
            self._write(sys.stderr, f"{_text(question, self.language)}{hint}: ", "strong", end="")
            line = sys.stdin.readline()
            if not line:
                raise EOFError
            if line.strip() or default is not None:
                return line.strip() or default or ""

    def _console(self, stream: TextIO | None = None) -> "Console":
        from rich.console import Console

        out = stream or self.out
        coloured = out.isatty() and not self._environ.get("NO_COLOR")
        return Console(
            file=out,
            width=self.columns,
            force_terminal=out.isatty(),
            color_system="auto" if coloured else None,
            markup=False,
            highlight=False,
            emoji=False,
            legacy_windows=False,
        )

    def _write(self, stream: TextIO, text: str, tone: Tone, end: str = "\n") -> None:
        clean = _harmless(text)
        if tone != "plain" and stream.isatty() and not self._environ.get("NO_COLOR"):
            clean = f"\x1b[{_TONES[tone]}m{clean}\x1b[0m"
        if stream is sys.stderr:
            with suppress(OSError):
                stream.write(clean + end)
                stream.flush()
            return
        with _quiet_pipe():
            stream.write(clean + end)


def finish() -> None:
    """Write out what is still held back; a reader that went away is no failure."""
    with _quiet_pipe():
        sys.stdout.flush()


class OutputLost(Exception):
    """Standard output takes nothing more; what was done before stands."""

    def __init__(self, error: OSError) -> None:
        reason = error.strerror or type(error).__name__
        super().__init__(reason)
        self.words = Words(
            f"标准输出无法写入（{reason}），结果没有显示完整；在此之前记下的仍然有效（见 zhibu head）。",
            f"Standard output cannot be written ({reason}), the answer is not whole; what was recorded "
            "by then stands (`zhibu head` tells).",
        )


def take_missing_streams() -> bool:
    """Put an empty stream where standard input or error is closed; return whether there is an output."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 -- for as long as the program runs
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
        return False
    return True


@contextmanager
def _quiet_pipe() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        # Python would complain again when it closes the stream at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise SystemExit(0) from None
        raise OutputLost(error) from None


def _speak_utf8(stream: TextIO) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        encoding = stream.encoding if stream.isatty() else "utf-8"
        reconfigure(encoding=encoding, errors="backslashreplace")


def _text(words: Words | str, language: Language) -> str:
    return words.pick(language) if isinstance(words, Words) else words


def _harmless(text: str) -> str:
    return _STEERING.sub(lambda match: f"\\x{ord(match[0]):02x}", text)
