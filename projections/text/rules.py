"""What a rule asks for, in a few words.

In: a rule of a rubric. Out: its title where it has one, else the events it looks for in the catalogue's
labels; the title under which an obligation of it is listed. Deliberately absent: points and windows.
"""

from collections.abc import Sequence

from ledger.events import fields_of
from ledger.words import OR, Words, as_words, joined
from projections.text.events import event_words, type_label
from rubrics.matching import Condition, Match
from rubrics.model import Clause, Item
from rubrics.rules import Deadline, Excess, NoneOf, Quota, Rank, Rule, Tally, Threshold

_KINDS = {
    "dues": "dues_paid",
    "submission": "document_submitted",
    "checklist": "checklist_confirmed",
    "streak": "study_note_submitted",
    "assessed": "clause_assessed",
    "graded": "grades_tallied",
}


def asked_words(rule: Rule) -> Words:
    """Return what a rule asks for."""
    if rule.title is not None:
        return Words(rule.title.zh, rule.title.en)
    if isinstance(rule, Rank | Threshold) and rule.metric is not None:
        return event_words("metric_reported", {"metric": rule.metric})
    asked = dict.fromkeys(map(match_words, _looked_for(rule)))
    if asked:
        return joined(asked, Words(" 或 ", OR.en))
    return type_label(_KINDS[rule.kind]) if rule.kind in _KINDS else as_words(rule.kind)


def nothing_earned(rules: Sequence[Rule]) -> Words:
    """Say that nothing happened that earns points under a clause that starts at zero, and what would."""
    return Words(
        "本期没有可得分的记录。计分的是：", "Nothing of this period earned points here. What counts: "
    ) + (_all_asked(rules))


def still_earned(rules: Sequence[Rule]) -> Words:
    """Say what earns points under a clause that is not full yet."""
    return Words("得满分前还可计：", "Until it is full, what counts: ") + _all_asked(rules)


def _all_asked(rules: Sequence[Rule]) -> Words:
    return joined(dict.fromkeys(map(asked_words, rules)), Words("；", "; "))


def clause_title(item: Item, clause: Clause) -> Words:
    """Return an item's title with the clause's own, where it has one."""
    title = Words(item.title.zh, item.title.en)
    return title if clause.title is None else title + " · " + Words(clause.title.zh, clause.title.en)


def _looked_for(rule: Rule) -> tuple[Match, ...]:
    """Return the events that fulfil a rule, or that it counts."""
    if isinstance(rule, Deadline):
        return rule.response
    if isinstance(rule, Quota | NoneOf | Excess | Tally | Threshold):
        return tuple(rule.events or ())
    return ()


def match_words(match: Match) -> Words:
    """Return the events that a match looks for."""
    values: dict[str, object] = {}
    extras = []
    for field, condition in match.where.items():
        if condition.among:
            values[field] = list(condition.among) if len(condition.among) > 1 else condition.among[0]
        elif condition.has:
            values[field] = list(condition.has)
        else:
            extras.append(_condition_words(match.type, field, condition))
    return joined([event_words(match.type, values), *extras], " ")


def _condition_words(type_word: str, field: str, condition: Condition) -> Words:
    info = fields_of(type_word).get(field)
    label = as_words(field) if info is None else info.label
    if condition.lacks is not None:
        known = info.choices.get(condition.lacks) if info else None
        return Words("缺", "without ") + (condition.lacks if known is None else known.label)
    bounds = [f"≥ {condition.at_least}"] if condition.at_least is not None else []
    bounds += [f"≤ {condition.at_most}"] if condition.at_most is not None else []
    return label + " " + " ".join(bounds)
