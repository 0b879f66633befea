"""The catalogue: every type of event by its stored word, and what is known of its fields.

In: the families of payloads, each loaded when one of its types is first asked for. Out: the mapping from
stored word to model, in the order of the documentation, and a description of each field for help texts,
sheets and pages. Deliberately absent: parsing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Final

from pydantic import BaseModel

from ledger.events.payload import Payload
from ledger.events.values.described import Vocabulary
from ledger.events.values.kinds import FieldKind, Kind
from ledger.words import Words

# the stored word, the family's module, the model: a new type is a model and a row here
_ROWS = """
    meeting_held               gatherings  MeetingHeld
    lecture_given              gatherings  LectureGiven
    activity_held              gatherings  ActivityHeld
    branch_registered          organizations  BranchRegistered
    branch_renamed             organizations  BranchRenamed
    branch_moved               organizations  BranchMoved
    branch_dissolved           organizations  BranchDissolved
    rubric_dropped             organizations  RubricDropped
    rubric_adopted             organizations  RubricAdopted
    member_joined              members     MemberJoined
    member_left                members     MemberLeft
    member_hired               members     MemberHired
    member_departed            members     MemberDeparted
    member_transferred         members     MemberTransferred
    role_assigned              members     RoleAssigned
    term_began                 members     TermBegan
    development_stage_reached  members     DevelopmentStageReached
    member_exempted            members     MemberExempted
    training_completed         members     TrainingCompleted
    study_note_submitted       members     StudyNoteSubmitted
    talk_held                  members     TalkHeld
    dues_paid                  dues        DuesPaid
    dues_remitted              dues        DuesRemitted
    article_published          publicity   ArticlePublished
    honour_awarded             publicity   HonourAwarded
    experience_shared          publicity   ExperienceShared
    research_published         publicity   ResearchPublished
    contest_entered            publicity   ContestEntered
    document_requested         papers      DocumentRequested
    document_submitted         papers      DocumentSubmitted
    disclosure_made            papers      DisclosureMade
    checklist_confirmed        papers      ChecklistConfirmed
    survey_conducted           papers      SurveyConducted
    metric_reported            papers      MetricReported
    issue_opened               papers      IssueOpened
    issue_closed               papers      IssueClosed
    finding_recorded           papers      FindingRecorded
    clause_assessed            judgements  ClauseAssessed
    clause_waived              judgements  ClauseWaived
    grades_tallied             judgements  GradesTallied
    event_retracted            control     EventRetracted
    event_corrected            control     EventCorrected
    reminder_raised            control     ReminderRaised
    reminder_acknowledged      control     ReminderAcknowledged
    score_sealed               control     ScoreSealed
"""


class Catalogue(Mapping[str, type[Payload]]):
    """The models by stored word; a family is imported when one of its words is looked up.

    Who logs one meeting then does not wait for the models of dues, papers and seals.
    """

    def __init__(self, rows: str) -> None:
        self._homes = {
            word: (family, model) for word, family, model in map(str.split, rows.strip().splitlines())
        }
        self._loaded: dict[str, type[Payload]] = {}

    def __getitem__(self, word: str) -> type[Payload]:
        model = self._loaded.get(word)
        if model is None:
            family, name = self._homes[word]
            model = getattr(import_module(f"ledger.events.types.{family}"), name)
            self._loaded[word] = model
        return model

    def __contains__(self, word: object) -> bool:
        return word in self._homes

    def __iter__(self) -> Iterator[str]:
        return iter(self._homes)

    def __len__(self) -> int:
        return len(self._homes)


CATALOGUE: Final[Mapping[str, type[Payload]]] = Catalogue(_ROWS)


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """What a person or a program can know of a field.

    `default` is what a field left out is worth, None where it is then simply not known. `choices` are the
    allowed values of kinds choice and set and of some whole numbers; of a code, and of a set of codes,
    well-known values among others. `element` is the kind of what a list or an open set holds.
    """

    label: Words
    about: Words
    required: bool
    default: object
    kind: Kind
    choices: Vocabulary
    element: Kind | None = None


@cache
def fields_of(type_word: str) -> Mapping[str, FieldInfo]:
    """Return the payload fields of a type by name: the required ones first, then in the models' order.

    Raises KeyError for a word that is not in the catalogue.
    """
    return described_fields(CATALOGUE[type_word])


def described_fields(model: type[BaseModel]) -> Mapping[str, FieldInfo]:
    """Return what is known of a model's fields, the required ones first."""
    kinds = kinds_of(model)
    described = {}
    for name, field in sorted(model.model_fields.items(), key=lambda item: not item[1].is_required()):
        kind = kinds[name]
        element = getattr(kind, "element", None)
        described[name] = FieldInfo(
            *kind.words,
            required=field.is_required(),
            default=None if field.is_required() else field.default,
            kind=kind.kind,
            choices=kind.choices,
            element=element.kind if element else None,
        )
    return MappingProxyType(described)


@cache
def kinds_of(model: type[BaseModel]) -> Mapping[str, FieldKind]:
    """Return the kind of each field of a model."""
    return MappingProxyType(
        {
            name: next(mark for mark in field.metadata if isinstance(mark, FieldKind))
            for name, field in model.model_fields.items()
        }
    )
