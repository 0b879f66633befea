"""The catalogue says what the contract says: every type, every field, every allowed value."""

from collections.abc import Iterator

import pytest

from ledger.events import CATALOGUE, ENVELOPE, STORE_FIELDS, Described, fields_of
from tests.ledger.events.examples import EXAMPLES

GATHERING = "topic expected present excused absent on_leave guests evidence refs host"
SEALED = "rubric_version rubric_digest rubric_text answer_digest answer"

# type: required fields; optional fields
CONTRACT = {
    "meeting_held": ("kind", f"{GATHERING} appraised outstanding keynotes"),
    "lecture_given": ("lecturer", f"{GATHERING} exchange"),
    "activity_held": ("kind", f"{GATHERING} participants"),
    "branch_registered": ("name", "organization parent"),
    "branch_renamed": ("name", ""),
    "branch_moved": ("parent", ""),
    "branch_dissolved": ("", "successor"),
    "rubric_dropped": ("rubric", ""),
    "rubric_adopted": ("rubric", "owed_from"),
    "member_joined": ("member", "status role"),
    "member_left": ("member", "reason"),
    "member_hired": ("member", ""),
    "member_departed": ("member", ""),
    "member_transferred": ("member direction", "role dues_paid_to"),
    "role_assigned": ("member role", ""),
    "term_began": ("body years", ""),
    "development_stage_reached": ("member stage", ""),
    "member_exempted": ("member duty", "until"),
    "training_completed": ("member hours mode", ""),
    "study_note_submitted": ("member", ""),
    "talk_held": ("member held_by", ""),
    "dues_paid": ("member month amount", "due"),
    "dues_remitted": ("quarter amount", ""),
    "article_published": ("level", "medium theme content"),
    "honour_awarded": ("level", "content"),
    "experience_shared": ("level", ""),
    "research_published": ("kind", "level role"),
    "contest_entered": ("contest", "award member"),
    "document_requested": ("ref due_on", "kind"),
    "document_submitted": ("kind", "ref conforming"),
    "disclosure_made": ("subject", ""),
    "checklist_confirmed": ("checklist items", ""),
    "survey_conducted": ("subject", "positive total"),
    "metric_reported": ("metric value", "round"),
    "issue_opened": ("kind ref", ""),
    "issue_closed": ("ref", ""),
    "finding_recorded": ("category", "count note"),
    "clause_assessed": ("rubric clause assessor points", "period note"),
    "clause_waived": ("rubric clause reason until", ""),
    "grades_tallied": ("rubric clause source", "excellent good fair poor period"),
    "event_retracted": ("target reason", ""),
    "event_corrected": ("target reason data", "occurred_on counts_for"),
    "reminder_raised": ("rubric clause obligation rung due_on", "missing at_stake"),
    "reminder_acknowledged": ("target", "note"),
    "score_sealed": (f"rubric period on position head program {SEALED}", ""),
}

LEVELS = "department unit district city province national"
VALUES = {
    ("meeting_held", "kind"): "general_meeting committee_meeting group_meeting organizational_life "
    "democratic_life democratic_appraisal theme_day study central_group_study work_meeting congress "
    "enlarged party_affairs debriefing development_review",
    ("meeting_held", "guests"): "league_secretary non_member_representatives superior",
    ("meeting_held", "evidence"): "minutes photo sign_in notice attachment",
    ("meeting_held", "host"): "branch superior",
    ("lecture_given", "lecturer"): "secretary deputy_secretary committee leader member expert",
    ("activity_held", "kind"): "theme_education ethnic_religious_policy integrity_education ethics_education "
    "patriotic volunteer_service mass_support research_visit twinning training inspection commendation "
    "culture other",
    ("branch_registered", "organization"): "branch general_branch committee",
    ("member_joined", "status"): "full probationary",
    ("member_joined", "role"): "member secretary deputy_secretary committee",
    ("role_assigned", "role"): "member secretary deputy_secretary committee",
    ("member_left", "reason"): "died expelled withdrew other",
    ("member_transferred", "direction"): "in out",
    ("member_transferred", "role"): "member secretary deputy_secretary committee",
    ("term_began", "body"): "branch_committee party_committee discipline_committee",
    ("term_began", "years"): "3 5",
    ("development_stage_reached", "stage"): "applicant activist target probationary full",
    ("member_exempted", "duty"): "training talks dues all",
    ("training_completed", "mode"): "in_person online",
    ("talk_held", "held_by"): "secretary committee leader member",
    ("article_published", "level"): LEVELS,
    ("article_published", "medium"): "wechat website newspaper television board other",
    ("article_published", "theme"): "exemplary_posts pioneers general",
    ("honour_awarded", "level"): LEVELS,
    ("experience_shared", "level"): LEVELS,
    ("research_published", "kind"): "paper project report",
    ("research_published", "level"): LEVELS,
    ("research_published", "role"): "lead participant",
    ("contest_entered", "contest"): "integrity_culture ethics knowledge other",
    ("contest_entered", "award"): "none excellence third second first",
    ("document_submitted", "kind"): "annual_plan study_plan development_plan annual_summary self_check "
    "points_report points_summary thought_analysis thought_report activist_analysis branch_method "
    "secretary_project study_rules appraisal_scheme exemplary_story appraisal_record good_deed brief "
    "research_article election_request election_ledger relation_census work_report training_plan "
    "life_meeting_report",
    ("disclosure_made", "subject"): "dues branch_affairs appraisal development",
    ("survey_conducted", "subject"): "satisfaction opinion",
    ("issue_opened", "kind"): "vacancy incident problem",
    ("clause_assessed", "assessor"): "self superior department",
    ("grades_tallied", "source"): "masses organization",
    ("reminder_raised", "rung"): "lead near day overdue",
}

DEFAULTS = {
    ("meeting_held", "host"): "branch",
    ("branch_registered", "organization"): "branch",
    ("member_joined", "status"): "full",
    ("member_joined", "role"): "member",
    ("member_transferred", "role"): "member",
    ("rubric_adopted", "owed_from"): None,
    ("article_published", "theme"): "general",
    ("research_published", "role"): "lead",
    ("contest_entered", "award"): "none",
    ("document_submitted", "conforming"): True,
    ("finding_recorded", "count"): 1,
    ("lecture_given", "exchange"): None,
    ("meeting_held", "evidence"): frozenset(),
    ("meeting_held", "on_leave"): None,
}


def test_the_catalogue_has_the_types_of_the_contract_in_its_order() -> None:
    assert list(CATALOGUE) == list(CONTRACT)
    assert all(CATALOGUE[word].type_word == word for word in CATALOGUE)
    assert "nothing" not in CATALOGUE


@pytest.mark.parametrize("word", CONTRACT)
def test_a_type_has_the_fields_of_the_contract(word: str) -> None:
    required, optional = CONTRACT[word]
    fields = fields_of(word)
    assert {name for name, info in fields.items() if info.required} == set(required.split())
    assert {name for name, info in fields.items() if not info.required} == set(optional.split())


@pytest.mark.parametrize(("word", "field"), VALUES)
def test_a_field_has_the_values_of_the_contract(word: str, field: str) -> None:
    assert list(fields_of(word)[field].choices) == VALUES[word, field].split()


@pytest.mark.parametrize(("word", "field"), DEFAULTS)
def test_a_field_left_out_is_worth_its_default(word: str, field: str) -> None:
    assert fields_of(word)[field].default == DEFAULTS[word, field]


def test_an_unknown_word_has_no_fields() -> None:
    with pytest.raises(KeyError):
        fields_of("meeting_hold")


def test_every_type_field_and_value_is_told_in_both_languages() -> None:
    for name, described in _everything():
        for words in described:
            assert words.zh.strip(), name
            assert words.en.strip(), name
            assert any("\u4e00" <= character <= "\u9fff" for character in words.zh), name
            assert words.en.isascii() or "“" in words.en, name
        assert described.about.zh.endswith("。"), name
        assert described.about.en.endswith("."), name


def test_labels_tell_columns_and_values_apart() -> None:
    headers = {**ENVELOPE, **STORE_FIELDS}
    for word in CATALOGUE:
        fields = fields_of(word)
        for language in ("zh", "en"):
            labels = [info.label.pick(language) for info in (*headers.values(), *fields.values())]
            assert len(set(labels)) == len(labels), word
            for info in fields.values():
                values = [value.label.pick(language) for value in info.choices.values()]
                assert len(set(values)) == len(values), word
    for language in ("zh", "en"):
        types = [model.label.pick(language) for model in CATALOGUE.values()]
        assert len(set(types)) == len(types)


def test_there_are_examples_of_every_type() -> None:
    assert list(EXAMPLES) == list(CATALOGUE)


def _everything() -> Iterator[tuple[str, Described]]:
    for name, info in ENVELOPE.items():
        yield name, Described(info.label, info.about)
    yield from STORE_FIELDS.items()
    for word, model in CATALOGUE.items():
        yield word, Described(model.label, model.about)
        for name, info in fields_of(word).items():
            yield f"{word}.{name}", Described(info.label, info.about)
            for value, described in info.choices.items():
                yield f"{word}.{name}={value}", described
