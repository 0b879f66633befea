"""The families of types of events, as lists and pages group them.

Out: a family's label. Deliberately absent: types and their labels (the catalogue's).
"""

from ledger.events import CATALOGUE
from ledger.words import Words

FAMILIES = {
    "gatherings": Words("会议与活动", "Gatherings"),
    "members": Words("党员与职务", "Members and offices"),
    "dues": Words("党费", "Dues"),
    "publicity": Words("宣传、荣誉、研究", "Publicity, honours, research"),
    "papers": Words("材料与督查", "Papers and supervision"),
    "judgements": Words("考核与评分", "Assessments"),
    "control": Words("更正与程序记录", "Control events"),
}
OTHER = Words("其他", "Others")


def family_of(type_word: str) -> Words:
    """Return the label of the family that a type belongs to."""
    return FAMILIES.get(CATALOGUE[type_word].__module__.rpartition(".")[2], OTHER)
