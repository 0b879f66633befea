"""Inputs that were mutated, through every door in this process: taken, or refused in a sentence.

In: dice. Out: a row a door. What counts as lost: a traceback, "inside zhibu", an answer 500, a ledger that
has changed under a refusal, or does not verify and score afterwards. Deliberately absent: the web's doors
(`web_doors`), how inputs are spoilt (`mutations`).
"""

import json
import os
import shutil
import sqlite3
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from typing import NamedTuple

from ledger.errors import Refused
from ledger.events import parse_line
from tests.journeys.recording.hostile import COMMANDS, FORM, VALUES, fields, filled, options
from tests.ledger.events.examples import EXAMPLES
from tests.ledger.store.faults.test_hostile import COMMANDS as READING
from tests.program import Program, Result
from tests.reminders.ledgers import TEXT
from tests.soak import web_doors
from tests.soak.ledgers import fresh
from tests.soak.mutations import mutated, mutated_text, tampered
from tests.soak.table import Row, Share

Try = Callable[[Random, int], str | None]


class Door(NamedTuple):
    """A way in: what it is called, how often it is tried, what part of the time it may take beside the
    others, and a try, by its number.
    """

    name: str
    wanted: int
    weight: float
    attempt: Try


def mutated_inputs(share: Share) -> list[Row]:
    """Try every door as often as planned; then see that the ledger still answers."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # Some of what is typed are names of files to write.
        os.chdir(folder)
        zhibu = Program(fresh(folder, "ledger.db"))
        zhibu.ok("adopt", FORM, "--branch", "b1", "--from", "2019-01-01")
        doors = [*_doors(folder, zhibu), *_web(folder)]
        end = time.monotonic() + share.seconds
        for at, door in enumerate(doors):
            row = Row(f"mutated: {door.name}", door.wanted)
            # What one leaves of its time is the others'.
            mine = (end - time.monotonic()) * door.weight / sum(other.weight for other in doors[at:])
            for number in Share(mine, share.dice).until_over(door.wanted):
                row.note(door.attempt(share.dice, number))
            rows.append(row)
        last = Row("the ledger verifies and scores after all of them")
        for words in (("verify",), ("score", FORM, "--period", "2019"), ("history",)):
            said = zhibu(*words)
            last.note(None if said.status == 0 else f"{words}: {said.err[-400:]}")
    return [*rows, last]


def _doors(folder: Path, zhibu: Program) -> Iterator[Door]:
    cases = [(words, value) for words in [*COMMANDS, *options(), *fields()] for value in VALUES.values()]
    Random(1).shuffle(cases)
    yield Door("JSON lines through the parser", 80_000, 12, _lines())
    yield Door("hostile values in every option and field", len(cases), 10, _options(zhibu, cases))
    yield Door("command lines", 3_000, 9, _command_lines(zhibu))
    yield Door("JSON Lines imported", 1_500, 11, _files(folder, zhibu, "jsonl"))
    yield Door("CSV imported", 1_500, 10, _files(folder, zhibu, "csv"))
    yield Door("workbooks imported", 500, 10, _workbooks(folder, zhibu))
    yield Door("people's own tables, as rosters", 300, 9, _rosters(folder, zhibu))
    yield Door("full exports restored", 800, 9, _restores(folder, zhibu))
    yield Door("forms of one's own checked", 400, 9, _forms(folder, zhibu))
    yield Door("cells of the ledger's tables, then read", 1_500, 11, _tampered(folder, zhibu))
    yield Door("segments checked", 1_500, 3, _segments(folder, zhibu))


def _web(folder: Path) -> Iterator[Door]:
    for name, wanted, attempt in web_doors.doors(folder / "web.db"):
        yield Door(name, wanted, 5, attempt)


def complaint(words: tuple[str, ...] | list[str], said: Result) -> str | None:
    """What no user should ever see."""
    if "inside zhibu" in said.err or "Traceback" in said.err or said.status not in (0, 1, 2):
        return f"{[word[:80] for word in words]}: {said.status} {said.err[-400:]}"
    return None if said.status == 0 or said.err.strip() else f"{words}: refused without a sentence"


def _good_lines() -> list[str]:
    return [
        json.dumps(
            {"branch": "b1", "type": word, "occurred_on": "2019-03-12", "data": data}, ensure_ascii=False
        )
        for word, examples in EXAMPLES.items()
        for data in examples
    ]


def _lines() -> Try:
    good = _good_lines()

    def attempt(dice: Random, number: int) -> str | None:
        line = mutated(dice, good[number % len(good)].encode())
        try:
            with suppress(Refused):
                parse_line(line)
        except Exception as error:
            return f"{type(error).__name__}: {line!r}"
        return None

    return attempt


def _options(zhibu: Program, cases: list[tuple[tuple[str, ...], str]]) -> Try:
    def attempt(_: Random, number: int) -> str | None:
        words = filled(*cases[number])
        return complaint(words, zhibu(*words))

    return attempt


def _command_lines(zhibu: Program) -> Try:
    """Command lines of sense, with words spoilt, left out or said twice."""
    sense = [
        filled(words, "2019-03-12")
        for words in COMMANDS
        if words[0] not in ("{}", "schedule", "--ledger={}", "init")
    ]

    def attempt(dice: Random, number: int) -> str | None:
        words = list(sense[number % len(sense)])
        at = dice.randrange(len(words))
        match dice.randrange(3):
            case 0:
                words[at] = mutated_text(dice, words[at])
            case 1:
                del words[at]
            case _:
                words.insert(at, dice.choice(words))
        # A command of its own may wait for ever, as it should.
        if not words or words[0] in ("schedule", "web", "demo"):
            return None
        return complaint(words, zhibu(*words))

    return attempt


def _unchanged(zhibu: Program, words: list[str]) -> str | None:
    """Run an import; where it is refused nothing may have been recorded."""
    before = zhibu.head()
    said = zhibu(*words)
    if said.status and zhibu.head() != before:
        return f"{words}: refused, and the ledger has changed: {said.err[-300:]}"
    return complaint(words, said)


def _files(folder: Path, zhibu: Program, ending: str) -> Try:
    source, target = folder / f"good.{ending}", folder / f"bad.{ending}"
    if ending == "jsonl":
        source.write_text("\n".join(_good_lines()[:40]), "utf-8")
    else:
        source.write_text("日期,会议类型,议题,应到,实到\n" + "2019-03-12,党员大会,学习,10,9\n" * 5, "utf-8")
    content = source.read_bytes()
    more = [] if ending == "jsonl" else ["--branch", "b1", "--type", "meeting-held", "--yes"]

    def attempt(dice: Random, number: int) -> str | None:
        target.write_bytes(mutated(dice, content, 6))
        dry = ["--dry-run"] if number % 2 else []
        return _unchanged(zhibu, ["import", str(target), *more, *dry])

    return attempt


def _workbooks(folder: Path, zhibu: Program) -> Try:
    """Half of them spoilt as a file, half inside, member by member."""
    source, target = folder / "good.xlsx", folder / "bad.xlsx"
    zhibu.ok("template", "meeting-held", str(source))
    content = source.read_bytes()
    with zipfile.ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}

    def attempt(dice: Random, number: int) -> str | None:
        if number % 2:
            target.write_bytes(mutated(dice, content))
        else:
            spoilt = dice.choice(sorted(members))
            with zipfile.ZipFile(target, "w") as archive:
                for name, held in members.items():
                    archive.writestr(name, mutated(dice, held) if name == spoilt else held)
        return _unchanged(zhibu, ["import", str(target), "--branch", "b1", "--dry-run"])

    return attempt


def _rosters(folder: Path, zhibu: Program) -> Try:
    target = folder / "roster.csv"
    content = (
        "第一支部党员名册,,,\n姓名,性别,党内职务,入党日期,手机\n王芳,女,书记,2001-07-01,13800000000\n李明,男,,2010.7,\n"
    ).encode()

    def attempt(dice: Random, number: int) -> str | None:
        target.write_bytes(mutated(dice, content, 5))
        yes = ["--yes"] if number % 8 == 0 else []
        return _unchanged(
            zhibu, ["roster", "import", str(target), "--branch", "b1", "--on", "2019-01-01", *yes]
        )

    return attempt


def _restores(folder: Path, zhibu: Program) -> Try:
    """Into a ledger of their own, which stays empty unless the chain is whole."""
    target, other = folder / "export.jsonl", folder / "restored.db"
    zhibu.ok("init", "--ledger", str(other))
    empty = other.read_bytes()
    content = zhibu.ok("export", "-").out.encode()
    again = Program(other)

    def attempt(dice: Random, _: int) -> str | None:
        target.write_bytes(mutated(dice, content))
        loss = _unchanged(again, ["import", "--restore", str(target)])
        if again.head()["position"]:
            verified = again("verify")
            loss = loss or complaint(["verify"], verified) or (None if verified.status == 0 else verified.err)
            for ending in ("-wal", "-shm"):
                Path(f"{other}{ending}").unlink(missing_ok=True)
            other.write_bytes(empty)
        return loss

    return attempt


def _forms(folder: Path, zhibu: Program) -> Try:
    target = folder / "own.yaml"
    content = TEXT.encode()

    def attempt(dice: Random, _: int) -> str | None:
        target.write_bytes(mutated(dice, content, 4))
        words = ["rubric", "check", str(target)]
        return complaint(words, zhibu(*words))

    return attempt


def _tampered(folder: Path, zhibu: Program) -> Try:
    """A cell of any table of the ledger's file, changed by somebody who can write to it."""
    target, sealed = folder / "tampered.db", zhibu.ok("seal", FORM, "--period", "2018", "--branch", "b1")
    del sealed
    zhibu.ok("people", "set", "--branch", "b1", "m01", "李")
    zhibu.ok("notify", "add", "--branch", "b1", "json://localhost")
    zhibu.ok("backup", str(target))
    content = target.read_bytes()
    values = [None, 5, -1, 2.5, b"\xff\x00", *VALUES.values()]
    again = Program(target)

    def attempt(dice: Random, number: int) -> str | None:
        target.write_bytes(content)
        with closing(sqlite3.connect(target, isolation_level=None)) as connection:
            what = tampered(dice, connection, dice.choice(values))
        words = [word.format(folder=folder) for word in READING[number % len(READING)]]
        loss = complaint(words, again(*words))
        return f"{what}: {loss}" if loss else None

    return attempt


def _segments(folder: Path, zhibu: Program) -> Try:
    good, bad = folder / "segments", folder / "spoilt"
    zhibu.ok("export", "--segments", str(good), "--buckets", "1")
    names = sorted(path.name for path in good.iterdir())

    def attempt(dice: Random, _: int) -> str | None:
        shutil.rmtree(bad, ignore_errors=True)
        shutil.copytree(good, bad)
        spoilt = bad / dice.choice(names)
        spoilt.write_bytes(mutated(dice, spoilt.read_bytes()))
        words = ["segments", "check", str(bad)]
        return complaint(words, zhibu(*words))

    return attempt
