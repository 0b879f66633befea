"""The families of types of events, as lists and pages group them.

Out: a family's label, types in the order of their families. Deliberately absent: the types and their
labels (the catalogue's).
"""

from collections.abc import Iterable

from ledger.events import CATALOGUE
from ledger.words import Words

FAMILIES = {
    "gatherings": Words("会议与活动", "Gatherings"),
    "members": Words("党员与职务", "Members and offices"),
    "dues": Words("党费", "Dues"),
    "publicity": Words("宣传、荣誉、研究", "Publicity, honours, research"),
    "papers": Words("材料与督查", "Papers and supervision"),
    "judgements": Words("考核与评分", "Assessments"),
    "organizations": Words("党组织与细则", "Organizations and their forms"),
    "control": Words("更正与程序记录", "Control events"),
}
_PLACES = {label: place for place, label in enumerate(FAMILIES.values())}


def family_of(type_word: str) -> Words:
    """Return the label of the family that a type belongs to."""
    return FAMILIES[CATALOGUE[type_word].__module__.rpartition(".")[2]]


def by_family(type_words: Iterable[str]) -> list[str]:
    """Return types sorted by family, what is logged daily first; inside a family in the order given."""
    return sorted(type_words, key=lambda word: _PLACES[family_of(word)])
