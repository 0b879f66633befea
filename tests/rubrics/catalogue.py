"""The real catalogue's names, as the check of a rubric wants them, and the forms in use."""

from ledger.events import CATALOGUE, fields_of
from rubrics.load import load, shipped
from rubrics.vocabulary import FieldFacts, Vocabulary

CONTROL = {"event_retracted", "event_corrected", "reminder_raised", "reminder_acknowledged", "score_sealed"}

VOCABULARY = Vocabulary(
    {
        word: {name: FieldFacts(info.kind, tuple(info.choices)) for name, info in fields_of(word).items()}
        for word in CATALOGUE
        if word not in CONTROL
    }
)

OTHERS = tuple(load(name).rubric for name in shipped())
