"""How inputs are spoilt: signs put in, bytes changed, pieces left out or said twice."""

import random
import sqlite3
from contextlib import suppress

_PIECES = [
    *(
        '"',
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\\",
        "0",
        "9",
        "e",
        "-",
        ".",
        "\0",
        "\n",
        "\r\n",
        "\t",
        "'",
        "&",
        "#",
    ),
    *(
        "é",
        "中",
        "\u202e",
        "\ufeff",
        "null",
        "true",
        "1e999",
        "-1",
        "=1+1",
        "%00",
        "99999-12-31",
        "2019-02-31",
    ),
    *("9" * 5_000, "\ud800", "١٢", "²"),
]


def mutated(dice: random.Random, content: bytes, most: int = 3) -> bytes:
    """Spoil a content at up to `most` places; it is never empty."""
    line = bytearray(content)
    for _ in range(dice.randrange(1, most + 1)):
        at = dice.randrange(len(line)) if line else 0
        match dice.randrange(5):
            case 0:
                line[at : at + 1] = dice.choice(_PIECES).encode("utf-8", "surrogatepass")
            case 1 if line:
                line[at] = dice.randrange(256)
            case 2:
                del line[at : at + dice.randrange(1, 12)]
            case 3:
                line[at:at] = dice.choice(_PIECES).encode("utf-8", "surrogatepass")
            case _:
                line[at:at] = line[dice.randrange(len(line) or 1) :][:20]
    return bytes(line) or b"{"


def mutated_text(dice: random.Random, text: str, most: int = 2) -> str:
    """Spoil a text; bytes that are no characters stand in it as on a command line."""
    return mutated(dice, text.encode("utf-8", "surrogateescape"), most).decode("utf-8", "surrogateescape")


def tampered(dice: random.Random, connection: sqlite3.Connection, value: object) -> str:
    """Change a cell of any table, its triggers dropped first; return which, and to what."""
    names = connection.execute(
        "SELECT name, type FROM sqlite_master WHERE type IN ('trigger', 'table')"
    ).fetchall()
    for name, kind in names:
        if kind == "trigger":
            connection.execute(f"DROP TRIGGER {name}")
    tables = [name for name, kind in names if kind == "table" and not name.startswith("sqlite_")]
    filled_ = [name for name in tables if connection.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone()]
    table = dice.choice(filled_)
    column = dice.choice([row[1] for row in connection.execute(f"PRAGMA table_info({table})")])
    if isinstance(value, str):
        # A lone surrogate cannot be stored as a text.
        value = value.encode("utf-8", "replace").decode()
    one = f"SELECT rowid FROM {table} ORDER BY random() LIMIT 1"
    with suppress(sqlite3.IntegrityError):
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ({one})", (value,))
    return f"{table}.{column} = {value!r:.60}"
