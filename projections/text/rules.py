"""What a rule asks for, in a few words of the reader's language.

In: a rule of a rubric. Out: its title where it has one, else the events it looks for in the catalogue's
labels. Deliberately absent: points and windows.
"""

from ledger.events import fields_of
from ledger.words import Language, Words
from projections.asks import wants
from projections.text.events import in_words, type_label
from projections.text.labels import told
from rubrics.matching import Condition, Match
from rubrics.rules import Rank, Rule, Threshold

_KINDS = {
    "dues": "dues_paid",
    "submission": "document_submitted",
    "checklist": "checklist_confirmed",
    "streak": "study_note_submitted",
    "assessed": "clause_assessed",
    "graded": "grades_tallied",
}


def asked_words(rule: Rule, language: Language) -> str:
    """Return what a rule asks for."""
    if rule.title is not None:
        return told(rule.title, language)
    if isinstance(rule, Rank | Threshold) and rule.metric is not None:
        return in_words("metric_reported", {"metric": rule.metric}, language)
    asked = [match for want in wants(rule) if want.part != "trigger" for match in want.matches]
    either = Words(" 或 ", " or ").pick(language)
    if asked:
        return either.join(dict.fromkeys(_match_words(match, language) for match in asked))
    return type_label(_KINDS[rule.kind], language) if rule.kind in _KINDS else rule.kind


def _match_words(match: Match, language: Language) -> str:
    values: dict[str, object] = {}
    extras = []
    for field, condition in match.where.items():
        if condition.among:
            values[field] = list(condition.among) if len(condition.among) > 1 else condition.among[0]
        elif condition.has:
            values[field] = list(condition.has)
        else:
            extras.append(_condition_words(match.type, field, condition, language))
    told_ = in_words(match.type, values, language)
    return " ".join([told_, *extras])


def _condition_words(type_word: str, field: str, condition: Condition, language: Language) -> str:
    info = fields_of(type_word).get(field)
    label = field if info is None else info.label.pick(language)
    if condition.lacks is not None:
        known = info.choices.get(condition.lacks) if info else None
        word = condition.lacks if known is None else known.label.pick(language)
        return Words(f"缺{word}", f"without {word}").pick(language)
    bounds = [f"≥ {condition.at_least}"] if condition.at_least is not None else []
    bounds += [f"≤ {condition.at_most}"] if condition.at_most is not None else []
    return f"{label} {' '.join(bounds)}"
