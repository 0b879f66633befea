"""Free words of the forms: what no catalogue lists, and everybody reads."""

from ledger.events import fields_of
from rubrics.library import load, shipped
from rubrics.lint.look_alikes import free_words


def test_every_free_word_of_the_forms_has_a_label() -> None:
    labelled = {
        "finding_recorded": "category",
        "metric_reported": "metric",
        "checklist_confirmed": "checklist",
    }
    found = {
        (type_word, field, word)
        for form in shipped()
        for (type_word, field), word, _ in free_words(load(form).rubric)
        if labelled.get(type_word) == field
    }
    found |= {
        ("checklist_confirmed", "items", item)
        for form in shipped()
        for clause in load(form).rubric.clauses()
        for rule in clause.rules
        if rule.kind == "checklist"
        for item in rule.items
    }
    assert len(found) > 60
    assert not [one for one in found if one[2] not in fields_of(one[0])[one[1]].choices]
