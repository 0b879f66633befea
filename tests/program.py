"""The program as tests call it: a command line in, standard output, standard error and exit status out.

`Program` runs `cli.app.run` in this process, through real streams; `process` gives it a process of its own.
"""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unicodedata import combining, east_asian_width

from cli.app import run
from ledger.files.opening import lines_of
from ledger.intake.batch import record_all
from ledger.store.event_store import Store
from rubrics.known_clauses import KnownClauses
from rubrics.library import Library
from tests.forked import ROOT, Forked


@dataclass(frozen=True)
class Result:
    """What a run of the program said, and its exit status."""

    out: str
    err: str
    status: int

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Program:
    """The program with its own environment: a ledger (file or address), English, no colours asked for."""

    ledger: Path | str
    environ: dict[str, str] = field(default_factory=lambda: {"ZHIBU_LANG": "en"})

    def __call__(self, *words: str, stdin: str | bytes = b"", lang: str | None = None) -> Result:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        streams = (sys.stdin, sys.stdout, sys.stderr)
        before = dict(os.environ)
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
        sys.stdin = io.TextIOWrapper(io.BytesIO(data), "utf-8")
        sys.stdout, sys.stderr = out, err
        os.environ.update({"ZHIBU_LEDGER": str(self.ledger), **self.environ})
        if lang is not None:
            os.environ["ZHIBU_LANG"] = lang
        try:
            status = run(words)
        finally:
            sys.stdin, sys.stdout, sys.stderr = streams
            os.environ.clear()
            os.environ.update(before)
        return Result(_text(out), _text(err), status)

    def ok(self, *words: str, stdin: str | bytes = b"", lang: str | None = None) -> Result:
        """Run a command that must succeed."""
        result = self(*words, stdin=stdin, lang=lang)
        assert result.status == 0, (words, result)
        return result

    def take_in(self, *files: str | Path) -> None:
        """Import lines without asking what they count for, which takes ten times as long."""
        url = str(self.ledger) if "://" in str(self.ledger) else f"sqlite:///{self.ledger}"
        now, lines = datetime.now(UTC), [lines_of(Path(file)) for file in files]
        with Store.open(url) as store:
            record_all(store, lines, now=now, today=now.date(), known=KnownClauses(Library()))

    def head(self) -> dict[str, Any]:
        found: dict[str, Any] = self.ok("head", "--format", "json").json
        return found


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()


def process(*words: str, environ: Mapping[str, str] = {}, stdin: bytes = b"") -> Result:
    """Run the program in a process of its own."""
    program = Forked(*words, environ={"ZHIBU_LANG": "en", **environ}, stdin=stdin)
    out, err = program.communicate()
    return Result(out, err, program.wait(0))


def figures(text: str) -> list[int]:
    """The whole numbers of a sentence, whatever its words."""
    return [int(number) for number in re.findall(r"(?<![\w.])\d+(?![\w.]*\d)", text)]


def columns(line: str) -> int:
    """How many columns of a terminal a line takes."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in line)


def widest(text: str) -> int:
    """The columns of the widest line."""
    return max((columns(line) for line in text.split("\n")), default=0)


_RUN = """
import json, sys
from cli.app import run
status = run(json.loads(sys.argv[1]))
loaded = sorted({name.partition(".")[0] for name in sys.modules})
print("\\n" + json.dumps([status, loaded]))
"""


def loaded_by(*words: str, expected: int = 0) -> set[str]:
    """The libraries that a command loads, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN, json.dumps(words)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    status, loaded = json.loads(done.stdout.splitlines()[-1])
    assert status == expected, done
    return set(loaded)
