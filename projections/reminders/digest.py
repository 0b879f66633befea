"""What a recipient reads: the reminders of one sweep, put together, in parts that its service takes.

In: reminders, the names of the branches, a language, what one message may hold. Out: titles and texts, with
the reminders they tell of. Deliberately absent: members, by name or code (a chat is no place for them), and
how texts leave.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from ledger.words import Language, Words, as_words, joined
from projections.reminders.ladder import Reminder
from projections.text.reminders import in_line, left_out_words, provisional_words, reminder_line, title_words

MOST_PARTS = 20
"""A digest that would need more parts ends with how many reminders it leaves out."""
_LONGEST_FORM = 60
# For what `_closing` adds to the last part, and the number that `_titled` adds to each.
_SPARE = 400


class Part(NamedTuple):
    """One message, and the ids of the reminders that it tells of."""

    title: str
    body: str
    reminders: Sequence[str]


class _Line(NamedTuple):
    """One reminder; `form`: the heading of its form, empty where the message tells of one form only."""

    branch: str
    form: str
    text: str
    id: str


def build_digest(
    reminders: Sequence[Reminder],
    names: Mapping[str, str],
    language: Language,
    size: int,
) -> list[Part]:
    """Put reminders into messages of at most `size` bytes, by branch, in the order in which they come.

    Where they are of several forms, those of a branch stand by form.
    """
    forms = _forms(reminders, language)
    lines = [
        _Line(one.branch, forms[one.rubric], reminder_line(one).pick(language), one.id)
        for one in sorted(reminders, key=lambda one: (one.branch, forms[one.rubric]))
    ]
    overdue = sum(one.rung == "overdue" for one in reminders)
    title = title_words(len(reminders), overdue).pick(language)
    room = size - len(title.encode()) - _SPARE
    chunks = list(_chunks(lines, names, room))
    told, left_out = chunks[:MOST_PARTS], chunks[MOST_PARTS:]
    closing = _closing(reminders, sum(len(chunk) for chunk in left_out)).pick(language)
    parts = []
    for number, chunk in enumerate(told, start=1):
        body = "\n\n".join(
            "\n".join((_heading(branch, names), *_by_form(of_branch)))
            for branch, of_branch in groupby(chunk, key=lambda line: line.branch)
        )
        last = number == len(told)
        ids = [line.id for line in chunk] + [line.id for rest in left_out if last for line in rest]
        parts.append(Part(_titled(title, number, len(told)), f"{body}\n\n{closing}" if last else body, ids))
    return parts


def _by_form(lines: Iterable[_Line]) -> Iterator[str]:
    for form, of_form in groupby(lines, key=lambda line: line.form):
        if form:
            yield form
        yield from (line.text for line in of_form)


def _chunks(lines: Sequence[_Line], names: Mapping[str, str], room: int) -> Iterator[list[_Line]]:
    """Cut where the next line, with the headings of its branch and its form, would not fit any more."""

    def needs(line: _Line, before: _Line | None) -> int:
        """Count the bytes of a line and of the headings that it wants after another."""
        count = len(line.text.encode()) + 1
        if before is None or line.branch != before.branch:
            count += len(_heading(line.branch, names).encode()) + 2
            before = None
        if line.form and (before is None or line.form != before.form):
            count += len(line.form.encode()) + 1
        return count

    chunk: list[_Line] = []
    used = 0
    for line in lines:
        size = needs(line, chunk[-1] if chunk else None)
        if chunk and used + size > room:
            yield chunk
            chunk, used = [], 0
            size = needs(line, None)
        chunk.append(line)
        used += size
    if chunk:
        yield chunk


def _forms(reminders: Sequence[Reminder], language: Language) -> dict[str, str]:
    """Return the heading of each form by its id: its title, and the id where two forms bear one title."""
    titles = {one.rubric: in_line(one.form.pick(language), _LONGEST_FORM) for one in reminders}
    if len(titles) < 2:
        return dict.fromkeys(titles, "")
    often = Counter(titles.values())
    return {
        rubric: Words(f"【{title}】", f"[{title}]").pick(language)
        if often[title] == 1
        else Words(f"【{title}，{rubric}】", f"[{title}, {rubric}]").pick(language)
        for rubric, title in titles.items()
    }


def _heading(branch: str, names: Mapping[str, str]) -> str:
    name = names.get(branch)
    return f"{in_line(name)} ({branch})" if name else branch


def _titled(title: str, number: int, parts: int) -> str:
    return title if parts == 1 else f"{title} ({number}/{parts})"


def _closing(reminders: Sequence[Reminder], left_out: int) -> Words:
    """Say what is left out, which years' calendars are not known, and where to see more."""
    said = []
    if left_out:
        said.append(left_out_words(left_out))
    years = sorted({one.due_on.year for one in reminders if one.provisional})
    if years:
        said.append(provisional_words(years))
    said.append(Words("详情请运行 zhibu due。", "`zhibu due` tells more."))
    return joined(said, as_words("\n"))
