"""The page of documentation on events, made from the models.

In: the catalogue. Out: the text of docs/events.md, by `python -m ledger.events.page > docs/events.md`.
Deliberately absent: anything that the models do not say.
"""

import sys
from collections.abc import Iterator, Mapping

from ledger.events.catalogue import CATALOGUE, FieldInfo, fields_of
from ledger.events.envelope import ENVELOPE, STORE_FIELDS
from ledger.events.values.described import Described, Vocabulary, synonyms_of
from ledger.events.values.kinds import LARGEST_NUMBER, LONGEST_TEXT, Kind

_INTRODUCTION = f"""\
# Events

Every type of event that a ledger takes, with every field and every allowed value.
This page is made from the models: `python -m ledger.events.page > docs/events.md`.

An event is one JSON object, one a line in a file:

```json
{{"branch": "b1", "type": "meeting_held", "occurred_on": "2019-03-12", "data": {{"kind": "study"}}}}
```

- An unknown field is refused, never dropped. `null` counts as left out.
- Texts have at most {LONGEST_TEXT:,} characters, and no control characters but tab and newline.
- Whole numbers are written without a decimal point, from 0 to {LARGEST_NUMBER:,}.
- Money, points and hours have at most two decimal places, written as a number or as a text: `20`, `"20.00"`.
- Days are `YYYY-MM-DD`, months `YYYY-MM`, quarters `YYYY-Qn`.
- Members are codes. No field takes a name, an identity number or a contact detail.
- No text may hold an identity number or a mobile number. Where a paper lies (`refs`) and what it is called
  (`ref`, `content`) may be any number, but for one beside a person's name or a word such as 电话.
- The same content, however written, is the same event: a default given is a default left out, the order of
  a set does not matter, and `20` is `"20.00"`.
- Nothing is logged before it has happened, but for the day of `member_departed`, the `due_on` of a
  request, and the days `until` and `owed_from`.

Some events cannot stand beside others; the refusal names the one that stands. What comes in together is
seen as a whole and by days, so the order of a file's lines does not matter:

- Nobody joins, or is transferred in, who is on the roster that day; nobody leaves, or is transferred out,
  whom an event took off before. Of somebody of whom nothing is known a leaving is taken, with a note.
- Nobody is hired twice without a departure between, nor departs twice without being hired again.
- An organization is dissolved once, moves only under another registered one that is not below it, and
  drops only what it has adopted by that day.
- A registration is retracted only while nothing else of its branch stands. Corrections can be retracted
  and reminders acknowledged; otherwise no control event names another one, and none names what was
  retracted.
"""

_FAMILIES = {
    "gatherings": "Gatherings · 会议、党课与活动",
    "organizations": "Organizations · 党组织与适用细则",
    "members": "Members and offices · 党员与任职",
    "dues": "Dues · 党费",
    "publicity": "Publicity, honours, research · 宣传、荣誉与研究",
    "papers": "Papers and supervision · 材料与督查",
    "judgements": "Judgements · 评分与测评",
    "control": "Control events · 更正与程序记录",
}

_KINDS: dict[Kind, str] = {
    "text": "text",
    "code": "code",
    "whole": "whole number",
    "money": "decimal, yuan",
    "points": "decimal, points",
    "hours": "decimal, hours",
    "decimal": "decimal, six places",
    "day": "day",
    "month": "month",
    "quarter": "quarter",
    "flag": "true or false",
    "choice": "word",
    "set": "set of words",
    "list": "list",
    "object": "object",
}


def events_page() -> str:
    """Return the whole page as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _INTRODUCTION
    yield "## The envelope · 每条记录都有的栏目\n"
    yield from _fields(ENVELOPE, {})
    yield "\nThe store sets these itself; giving one is refused.\n"
    yield "| field | 中文 | meaning | 说明 |"
    yield "| --- | --- | --- | --- |"
    for name, described in STORE_FIELDS.items():
        yield f"| `{name}` | {described.label.zh} | {described.about.en} | {described.about.zh} |"
    titles = _vocabularies()
    family = ""
    for word, model in CATALOGUE.items():
        home = model.__module__.rpartition(".")[2]
        if home != family:
            family = home
            yield f"\n## {_FAMILIES[family]}"
        yield f"\n### `{word}` · {model.label.zh}\n"
        yield f"{_capital(model.label.en)}. {model.about.en} {model.about.zh}\n"
        yield from _fields(fields_of(word), titles)
    yield "\n## Values · 取值"
    for vocabulary, title in titles.values():
        yield f"\n### {title}\n"
        yield "| value | 中文 | English | meaning | 说明 | also taken · 也可写作 |"
        yield "| --- | --- | --- | --- | --- | --- |"
        for value, described in vocabulary.items():
            yield _value(value, described)


def _vocabularies() -> Mapping[int, tuple[Vocabulary, str]]:
    """Return every vocabulary once, with the title under which the page tells it."""
    found: dict[int, tuple[Vocabulary, str]] = {}
    for word in CATALOGUE:
        for name, info in fields_of(word).items():
            if info.choices:
                found.setdefault(id(info.choices), (info.choices, f"`{name}` of `{word}`"))
    return found


def _fields(fields: Mapping[str, FieldInfo], titles: Mapping[int, tuple[Vocabulary, str]]) -> Iterator[str]:
    yield "| field | 中文 | | holds | meaning | 说明 |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name, info in fields.items():
        needed = "required" if info.required else _default(info.default)
        holds = _KINDS[info.kind]
        if info.element and info.kind in ("list", "set"):
            holds = f"{info.kind} of {_KINDS[info.element]}s"
        if id(info.choices) in titles:
            holds += f": [values](#{_anchor(titles[id(info.choices)][1])})"
        yield f"| `{name}` | {info.label.zh} | {needed} | {holds} | {info.about.en} | {info.about.zh} |"


def _default(default: object) -> str:
    if default is None:
        return ""
    if isinstance(default, bool):
        return f"default `{str(default).lower()}`"
    return "default none" if default in ((), frozenset()) else f"default `{default}`"


def _value(value: str, described: Described) -> str:
    label, about = described
    also = "、".join(synonyms_of(described))
    return f"| `{value}` | {label.zh} | {label.en} | {about.en} | {about.zh} | {also} |"


def _anchor(title: str) -> str:
    return title.lower().replace("`", "").replace(" ", "-")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


if __name__ == "__main__":
    sys.stdout.write(events_page())
