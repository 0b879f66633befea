"""What a row is about: by which facts two tellings of one thing are known to be of that thing.

In: the content of a row or of an event. Out: its matter, and what differs between two tellings of one.
Deliberately absent: the log, and what is done about a difference.
"""

from collections.abc import Mapping

import orjson

from ledger.intake.identity import Content

Matter = tuple[object, ...]

_DUES, _ROSTER, _ARTICLE = "dues_paid", "member_joined", "article_published"
_GATHERINGS = frozenset({"meeting_held", "lecture_given", "activity_held"})
_OF_A_GROUP = "group_meeting"
# What stands around the payload, by the keys of columns.
ENVELOPE_KEYS = frozenset({"branch", "occurred_on", "counts_for", "recorded_by", "id", "type"})
KEYED = frozenset({_DUES, _ROSTER, _ARTICLE, *_GATHERINGS})


def matter_of(content: Content, data: Mapping[str, object]) -> Matter:
    """Return what a row or an event is about.

    Dues: member and month. The roster: the member. A gathering: kind and day, of group meetings the topic
    as well. An article: day, content, medium. Everything else: its whole content.
    """
    branch, word, day, _, _ = content
    if word == _DUES:
        return branch, word, data.get("member"), data.get("month")
    if word == _ROSTER:
        return branch, word, data.get("member")
    if word == _ARTICLE:
        return branch, word, day, data.get("content"), data.get("medium")
    if word in _GATHERINGS:
        kind = data.get("kind")
        return branch, word, day, kind, data.get("topic") if kind == _OF_A_GROUP else None
    return tuple(content)


def matter_in_file(matter: Matter, content: Content, *, says_day: bool) -> Matter:
    """Return the matter by which rows of one file are twins: several days of dues are several payments."""
    return (*matter, content.occurred_on) if content.type == _DUES and says_day else matter


def what_is_said(content: Content, data: Mapping[str, object], said: frozenset[str]) -> object:
    """Return what a telling says of the given keys: equal where `differing` finds nothing."""
    if content.type not in KEYED:
        return content
    keys = sorted(key.removeprefix("data.") for key in said if key not in ENVELOPE_KEYS)
    values = tuple(orjson.dumps(data.get(key)) for key in keys)
    day = content.occurred_on if "occurred_on" in said else None
    return values, day, content.counts_for if "counts_for" in said else None


def differing(
    row: Content,
    data: Mapping[str, object],
    said: frozenset[str],
    stored: Content,
    stored_data: Mapping[str, object],
) -> tuple[str, ...]:
    """Return the keys of what a row says otherwise than an event of its matter; what it does not say is not
    compared.

    A type without a matter of its own is compared as a whole.
    """
    if row.type not in KEYED:
        return () if row == stored else ("data",)
    keys = [key.removeprefix("data.") for key in sorted(said) if key not in ENVELOPE_KEYS]
    found = [key for key in keys if data.get(key) != stored_data.get(key)]
    if "occurred_on" in said and row.occurred_on != stored.occurred_on:
        found.append("occurred_on")
    if "counts_for" in said and row.counts_for != stored.counts_for:
        found.append("counts_for")
    return tuple(found)
