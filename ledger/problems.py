"""What is wrong with data, as a value: one `Problem` for every place of the program, and one way to print it.

In: facts of one input. Out: a sentence: where, what was expected, what was found, what to do. Deliberately
absent: exceptions; `ledger.errors` carries problems across a door.
"""

from dataclasses import dataclass
from typing import Literal

from ledger.words import Language, Words

Severity = Literal["error", "inconsistency", "note", "reading"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with one input.

    `expected` completes the sentence "data.present: …": "must be a whole number ≥ 0". `found` is the
    offending value as a short text, None where nothing was given. `hint` says what to do about it.
    `field` is a dotted path (`data.present`), None where the whole line is meant. `file` and `line` say
    where the input stood (`-` is standard input; lines and sheet rows count from 1). `severity`: `error`
    (the input cannot be used), or of a form that can be used all the same: `inconsistency` (it contradicts
    itself), `note` (a reader would miss something), `reading` (no fault: how it is understood). `unknown`:
    the input names something that there is not.
    """

    expected: Words
    field: str | None = None
    found: str | None = None
    hint: Words | None = None
    file: str | None = None
    line: int | None = None
    severity: Severity = "error"
    unknown: bool = False

    def sentence(self, language: Language) -> str:
        """Say it in one line: `events.jsonl:17: data.present: must be …, got -3. Hint.`"""
        place = self.file or ""
        if self.line is not None:
            place = f"{place}:{self.line}" if place else f"line {self.line}"
        text = self.expected.pick(language)
        if self.found is not None:
            text += f"，实际为 {self.found}" if language == "zh" else f", got {self.found}"
        if self.hint is not None:
            text += f"。{self.hint.zh}" if language == "zh" else f". {self.hint.en}"
        return ": ".join(part for part in (place, self.field or "", text) if part)
