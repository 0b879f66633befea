"""The part of docs/files.md that lists what columns may be called, made from the catalogue.

In: the catalogue and its synonyms. Out: Markdown, by `python -m ledger.files.tables.page`, which puts it
into the page between its two marks. Deliberately absent: anything that the catalogue does not say.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from ledger.events import CATALOGUE, ENVELOPE
from ledger.events.vocabularies.synonyms import LEFT_OUT, PERSONAL, TYPE_SYNONYMS
from ledger.files.headers import columns_of
from ledger.files.tables.header.meanings import synonyms_of_field

BEGIN, END = "<!-- columns: begin -->", "<!-- columns: end -->"


def columns_page() -> str:
    """Return the lists of everyday names, of types, of fields, of what is left out."""
    return "\n".join(_lines()) + "\n"


def with_columns(page: str) -> str:
    """Return a page with what stands between its marks renewed."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{columns_page()}\n{END}{after}"


def _lines() -> Iterator[str]:
    yield "What a sheet (or a CSV file) may be named after, beside the stored word and the label:\n"
    yield "| type | 中文 | also taken |"
    yield "| --- | --- | --- |"
    for word, model in CATALOGUE.items():
        if names := TYPE_SYNONYMS.get(word):
            yield f"| `{word}` | {model.label.zh} | {'、'.join(names)} |"
    yield "\nWhat a column may be headed, beside the stored word and the labels. Of every type:\n"
    yield from _fields(None)
    yield "\nOf one type:\n"
    for word in CATALOGUE:
        yield from _fields(word)
    yield "\nLeft out and named, where the type has no field of the name:\n"
    yield "、".join(sorted(LEFT_OUT - PERSONAL))
    yield "\nLeft out and named, and nothing of them kept, shown or told anywhere:\n"
    yield "、".join(sorted(PERSONAL))


def _fields(type_word: str | None) -> Iterator[str]:
    """Yield the rows of a type's own fields; of none, those of all types together."""
    if type_word is None:
        yield "| column | 中文 | also taken |"
        yield "| --- | --- | --- |"
        for name in ("branch", "occurred_on", "counts_for"):
            names = synonyms_of_field("meeting_held", name)
            yield f"| `{name}` | {ENVELOPE[name].label.zh} | {'、'.join(names)} |"
        return
    rows = [
        (column, names)
        for column in columns_of(type_word)
        if column.of_payload and (names := synonyms_of_field(type_word, column.key))
    ]
    if rows:
        yield f"\n`{type_word}` · {CATALOGUE[type_word].label.zh}\n"
        yield "| column | 中文 | also taken |"
        yield "| --- | --- | --- |"
        for column, names in rows:
            yield f"| `{column.key}` | {column.info.label.zh} | {'、'.join(names)} |"


if __name__ == "__main__":
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/files.md")
    path.write_text(with_columns(path.read_text("utf-8")), "utf-8")
