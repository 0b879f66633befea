"""Values that nobody means, and a command line for every option that takes one."""

from collections.abc import Iterator

from ledger.events import CATALOGUE
from ledger.events.catalogue import described_fields

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


def fields() -> Iterator[tuple[str, ...]]:
    """A command line for every field of every type."""
    for word, model in CATALOGUE.items():
        for name in described_fields(model):
            yield ("log", word.replace("_", "-"), "--branch", "b1", *ON, f"--{name.replace('_', '-')}={{}}")


def filled(words: tuple[str, ...], value: str) -> list[str]:
    """Put the value where it belongs."""
    return [word.replace("{}", value) for word in words]
