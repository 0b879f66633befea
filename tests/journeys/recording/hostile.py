"""Values that nobody means, and a command line for every option that takes one.

Those of the table of commands are read from it, so that one which is added tomorrow is among them.
"""

from collections.abc import Iterator, Mapping

from cli.command_table import COMMANDS as TABLE
from cli.ui.lazy_group import Directory, Entry
from ledger.events import CATALOGUE, fields_of

VALUES = {
    "a byte that is no UTF-8": "\udcff",
    "half a character": "\ud800",
    "a NUL": "a\x00b",
    "a bell": "\x07",
    "a huge exponent": "1e-99999999999999999999",
    "a huge number": "1e99999999999999999999",
    "5,000 digits": "9" * 5_000,
    "nothing": "",
    "a blank": " ",
    "writing from the right": "\u202e123\u202c",
    "no width": "\u200b\u2060\ufeff",
    "a formula": "=1+1",
    "an option": "--help-me",
    "a path": "../../no-such-folder/passwd",
    "a template": "{{7*7}}${x}%s",
    "a quote": "'\"; DROP TABLE events; --",
    "a long text": "中" * 20_000,
    "infinity": "Infinity",
    "no number": "NaN",
    "a minus": "-",
    "lines": "a\r\nb",
    "a day of no month": "2019-02-31",
    "a year of no calendar": "99999-01-01",
    "the first day": "0001-01-01",
    "the last day": "9999-12-31",
    "a day of a week": "2019-W01-1",
    "a number above": "²",
    "a number in another script": "١٢",
}
FORM = "college-staff-branch-2019"
ID = "00000000-0000-4000-8000-000000000001"
ON = ("--on", "2019-03-12")

# `{}` is where the value stands.
COMMANDS: list[tuple[str, ...]] = [
    ("{}",),
    ("init", "--timezone={}"),
    ("history", "--branch={}"),
    ("history", "--type={}"),
    ("history", "--from={}"),
    ("history", "--to={}"),
    ("retract", "{}", "--reason", "x"),
    ("retract", ID, "--reason={}"),
    ("correct", "{}", "--reason", "x", "--kind", "study"),
    ("correct", ID, "--reason={}", "--kind={}"),
    ("adopt", "{}", "--branch", "b1"),
    ("adopt", FORM, "--branch={}"),
    ("adopt", FORM, "--branch", "b1", "--from={}"),
    ("drop", "{}", "--branch", "b1"),
    ("assess", FORM, "{}", "1", "--branch", "b1", "--as", "self", "--period", "2019"),
    ("assess", FORM, "1.1", "{}", "--branch", "b1", "--as", "self", "--period", "2019"),
    ("assess", FORM, "1.1", "1", "--branch", "b1", "--as={}", "--period={}"),
    ("tally", FORM, "{}", "--branch", "b1", "--source={}", "--period", "2019", "--good={}"),
    ("score", "{}", "--period", "2019"),
    ("score", FORM, "--period={}"),
    ("score", FORM, "--period", "2019", "--as-of={}"),
    ("score", FORM, "--period", "2019", "--on={}"),
    ("score", FORM, "--period", "2019", "--branch={}"),
    ("score", FORM, "--period", "2019", "--format={}"),
    ("score", FORM, "--period", "2019", "--jobs={}"),
    ("explain", FORM, "{}", "--branch", "b1", "--period", "2019"),
    ("explain", FORM, "1.1", "--branch={}", "--period", "2019"),
    ("compare", FORM, "--period", "2019", "--branch", "b1", "--as-of={}"),
    ("compare", FORM, "--period", "2019", "--branch", "b1", "--period-b={}"),
    ("compare", FORM, "--period", "2019", "--branch", "b1", "--rubric-b={}"),
    ("due", "--branch={}"),
    ("due", "--rubric={}"),
    ("due", "--on={}"),
    ("due", "--until={}"),
    ("remind", "--dry-run", "--on={}"),
    ("remind", "--dry-run", "--branch={}"),
    ("reminders", "--branch={}"),
    ("ack", "{}"),
    ("ack", ID, "--note={}"),
    ("notify", "add", "--branch", "b1", "{}"),
    ("notify", "add", "--branch={}", "json://localhost"),
    ("notify", "add", "--branch", "b1", "--rung={}", "json://localhost"),
    ("notify", "remove", "{}"),
    ("notify", "test", "{}"),
    ("rubric", "show", "{}"),
    ("rubric", "check", "{}"),
    ("rubric", "test", "{}"),
    ("verify", "--head={}"),
    ("check-seal", "{}"),
    ("seal", FORM, "--period={}", "--branch", "b1"),
    ("draw", "--branch", "b1", "--share={}", "--on", "2019-03-12"),
    ("draw", "--branch={}", "--share", "0.5", "--on={}"),
    ("people", "set", "{}", "李"),
    ("people", "set", "m01", "{}"),
    ("people", "erase", "{}"),
    ("import", "{}"),
    ("import", "-", "--type={}"),
    ("export", "-", "--format={}"),
    ("template", "{}", "/nowhere/x.csv"),
    ("log", "{}"),
    ("log", "meeting-held", "--branch={}", *ON, "--kind", "study"),
    ("log", "meeting-held", "--branch", "b1", "--on={}", "--kind", "study"),
    ("log", "meeting-held", "--branch", "b1", *ON, "--kind", "study", "--id={}"),
    ("log", "meeting-held", "--branch", "b1", *ON, "--kind", "study", "--counts-for={}"),
    ("log", "meeting-held", "--branch", "b1", *ON, "--kind", "study", "--by={}"),
    ("schedule", "--once", "--at={}"),
    ("--lang={}", "head"),
    ("--ledger={}", "head"),
]


# What a command wants beside the option in question. `web` and `demo` begin something of their own.
SENSE: dict[tuple[str, ...], tuple[str, ...]] = {
    ("init",): (),
    ("import",): ("-",),
    ("template",): ("meeting-held", "t.csv"),
    ("retract",): (ID, "--reason", "x"),
    ("correct",): (ID, "--reason", "x", "--kind", "study"),
    ("adopt",): (FORM, "--branch", "b1"),
    ("drop",): (FORM, "--branch", "b1"),
    ("assess",): (FORM, "1.1", "1", "--branch", "b1", "--as", "self", "--period", "2019"),
    ("tally",): (FORM, "1.1", "--branch", "b1", "--source", "masses", "--good", "1", "--period", "2019"),
    ("score",): (FORM, "--period", "2019"),
    ("explain",): (FORM, "1.1", "--branch", "b1", "--period", "2019"),
    ("compare",): (FORM, "--branch", "b1", "--period", "2019", "--as-of", "1"),
    ("seal",): (FORM, "--branch", "b1", "--period", "2019"),
    ("check-seal",): (ID,),
    ("draw",): ("--branch", "b1", "--share", "0.5", *ON),
    ("due",): (),
    ("rubrics",): (),
    ("rubric", "show"): (FORM,),
    ("rubric", "check"): ("none.yaml",),
    ("rubric", "test"): ("none.yaml",),
    ("rubric", "schema"): (),
    ("remind",): ("--dry-run",),
    ("reminders",): (),
    ("ack",): (ID,),
    ("notify", "add"): ("json://localhost", "--branch", "b1"),
    ("notify", "list"): (),
    ("notify", "test"): ("77",),
    ("notify", "remove"): ("77",),
    ("schedule",): ("--once",),
    ("history",): (),
    ("export",): ("-",),
    ("verify",): (),
    ("head",): (),
    ("ledger",): ("dues", "--branch", "b1", "--year", "2019"),
    ("roster",): ("--branch", "b1"),
    ("people", "set"): ("m01", "李", "--branch", "b1"),
    ("people", "erase"): ("m01", "--branch", "b1"),
    ("people", "list"): (),
    ("segments", "check"): ("none",),
    ("simulate",): (
        "--branches",
        "1",
        "--year",
        "2019",
        "--events",
        "90",
        "--output",
        "made.jsonl",
        "--jobs",
        "1",
    ),
    ("account", "add"): ("s1", "--role", "secretary", "--branch", "b1"),
    ("account", "list"): (),
    ("account", "grant"): ("s1", "--role", "reader", "--branch", "b1"),
    ("account", "revoke"): ("s1", "--role", "reader", "--branch", "b1"),
    ("account", "disable"): ("s1",),
    ("account", "invite"): ("s1",),
    ("account", "token"): ("s1", "--name", "t"),
    ("account", "tokens"): ("s1",),
    ("account", "revoke-token"): ("s1", "--name", "t"),
    ("backup",): ("copy.db",),
}
_BEGIN_SOMETHING = {"web", "demo", "log"}


def paths(entries: Mapping[str, Entry] = TABLE, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command of the table, but for those that begin something of their own."""
    for name, entry in entries.items():
        if entry.family:
            yield from paths(entry.family, (*before, name))
        elif name not in _BEGIN_SOMETHING:
            yield (*before, name)


class _Root(Directory):
    entries = TABLE


def options() -> Iterator[tuple[str, ...]]:
    """A command line for every option and every argument of every command, the rest of it as it should be."""
    for path in paths():
        command = _Root(name="zhibu")
        for name in path:
            command = command.get_command(None, name)
        sense = SENSE[path]
        for at in range(len(sense)):
            if not sense[at].startswith("--"):
                yield (*path, *sense[:at], "{}", *sense[at + 1 :])
        for parameter in command.params:
            if parameter.opts[0].startswith("--") and not getattr(parameter, "is_flag", False):
                yield (*path, *sense, f"{parameter.opts[0]}={{}}")


def fields() -> Iterator[tuple[str, ...]]:
    """A command line for every field of every type."""
    for word in CATALOGUE:
        for name in fields_of(word):
            yield ("log", word.replace("_", "-"), "--branch", "b1", *ON, f"--{name.replace('_', '-')}={{}}")


def filled(words: tuple[str, ...], value: str) -> list[str]:
    """Put the value where it belongs."""
    return [word.replace("{}", value) for word in words]
