"""For every type of event a payload with what is required, and one with every field."""

from typing import Any

DIGEST = "sha256:" + "0f" * 32
TARGET = "0f9d7777-1111-4222-8333-444455556666"
GATHERING: dict[str, Any] = {
    "topic": "学习文件",
    "expected": 12,
    "present": 9,
    "excused": 2,
    "absent": 1,
    "on_leave": ["m01", "m02"],
    "guests": ["superior", "league_secretary"],
    "evidence": ["photo", "minutes"],
    "refs": ["box 2, p. 14", "sha256:0f"],
    "host": "superior",
}

EXAMPLES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "meeting_held": (
        {"kind": "general_meeting"},
        {"kind": "democratic_appraisal", "appraised": 9, "outstanding": 3, **GATHERING},
    ),
    "lecture_given": ({"lecturer": "secretary"}, {"lecturer": "expert", "exchange": False, **GATHERING}),
    "activity_held": ({"kind": "other"}, {"kind": "volunteer_service", "participants": 40, **GATHERING}),
    "branch_registered": (
        {"name": "第一支部"},
        {"name": "第一总支", "organization": "general_branch", "parent": "college-1"},
    ),
    "branch_renamed": ({"name": "第二支部"}, {"name": "机关第二支部"}),
    "branch_moved": ({"parent": "college-2"}, {"parent": "college-2"}),
    "branch_dissolved": ({}, {"successor": "b9"}),
    "rubric_dropped": ({"rubric": "hospital-branch-2019"}, {"rubric": "hospital-branch-2019"}),
    "rubric_adopted": (
        {"rubric": "hospital-branch-2019"},
        {"rubric": "hospital-branch-2019", "owed_from": "2019-11-01"},
    ),
    "member_joined": (
        {"member": "m01"},
        {"member": "m01", "status": "probationary", "role": "deputy_secretary"},
    ),
    "member_left": ({"member": "m01"}, {"member": "m01", "reason": "withdrew"}),
    "member_hired": ({"member": "m01"}, {"member": "m01"}),
    "member_departed": ({"member": "m01"}, {"member": "m01"}),
    "member_transferred": (
        {"member": "m01", "direction": "out"},
        {"member": "m01", "direction": "in", "role": "committee", "dues_paid_to": "2019-02"},
    ),
    "role_assigned": ({"member": "m01", "role": "member"}, {"member": "m01", "role": "secretary"}),
    "term_began": ({"body": "branch_committee", "years": 3}, {"body": "party_committee", "years": 5}),
    "development_stage_reached": (
        {"member": "m01", "stage": "applicant"},
        {"member": "m01", "stage": "target"},
    ),
    "member_exempted": (
        {"member": "m01", "duty": "all"},
        {"member": "m01", "duty": "dues", "until": "2019-12-31"},
    ),
    "training_completed": (
        {"member": "m01", "hours": 4, "mode": "online"},
        {"member": "m01", "hours": "2.5", "mode": "in_person"},
    ),
    "study_note_submitted": ({"member": "m01"}, {"member": "m01"}),
    "talk_held": ({"member": "m01", "held_by": "secretary"}, {"member": "m01", "held_by": "leader"}),
    "dues_paid": (
        {"member": "m01", "month": "2019-03", "amount": 20},
        {"member": "m01", "month": "2018-12", "amount": "20.50", "due": 25.25},
    ),
    "dues_remitted": ({"quarter": "2019-Q1", "amount": "100"}, {"quarter": "2018-Q4", "amount": 99.9}),
    "article_published": (
        {"level": "unit"},
        {"level": "city", "medium": "wechat", "theme": "pioneers", "content": "a-17"},
    ),
    "honour_awarded": ({"level": "province"}, {"level": "national", "content": "h-1"}),
    "experience_shared": ({"level": "district"}, {"level": "department"}),
    "research_published": ({"kind": "paper"}, {"kind": "project", "level": "city", "role": "participant"}),
    "contest_entered": (
        {"contest": "ethics"},
        {"contest": "integrity_culture", "award": "first", "member": "m01"},
    ),
    "document_requested": (
        {"ref": "2019-7", "due_on": "2019-06-30"},
        {"ref": "2019-7", "due_on": "2019-06-30", "kind": "annual_plan"},
    ),
    "document_submitted": (
        {"kind": "annual_plan"},
        {"kind": "our_own_word", "ref": "2019-7", "conforming": False},
    ),
    "disclosure_made": ({"subject": "dues"}, {"subject": "branch_affairs"}),
    "checklist_confirmed": (
        {"checklist": "six_haves", "items": ["venue"]},
        {"checklist": "six_haves", "items": ["venue", "rules", "equipment"]},
    ),
    "survey_conducted": ({"subject": "opinion"}, {"subject": "satisfaction", "positive": 45, "total": 50}),
    "metric_reported": (
        {"metric": "fund_utilization", "value": 95},
        {"metric": "study_app_average", "value": "-12.345678", "round": "spring"},
    ),
    "issue_opened": ({"kind": "vacancy", "ref": "v1"}, {"kind": "incident", "ref": "v2"}),
    "issue_closed": ({"ref": "v1"}, {"ref": "v2"}),
    "finding_recorded": (
        {"category": "late_report"},
        {"category": "late_report", "count": 3, "note": "三次"},
    ),
    "clause_assessed": (
        {"rubric": "r-1", "clause": "6.1", "assessor": "superior", "points": 3},
        {
            "rubric": "r-1",
            "clause": "6.1",
            "assessor": "self",
            "points": "2.75",
            "period": "2019-H1",
            "note": "自评",
        },
    ),
    "clause_waived": (
        {"rubric": "r-1", "clause": "6.1", "reason": "停课", "until": "2019-08-31"},
        {"rubric": "r-1", "clause": "6.1", "reason": "停课", "until": "2019-08-31"},
    ),
    "grades_tallied": (
        {"rubric": "r-1", "clause": "6.1", "source": "masses", "good": 1},
        {
            "rubric": "r-1",
            "clause": "6.1",
            "source": "organization",
            "excellent": 5,
            "good": 4,
            "fair": 3,
            "poor": 2,
            "period": "2019-03..2019-08",
        },
    ),
    "event_retracted": ({"target": TARGET, "reason": "重复"}, {"target": TARGET, "reason": "重复"}),
    "event_corrected": (
        {"target": TARGET, "reason": "记错", "data": {"kind": "study"}},
        {
            "target": TARGET,
            "reason": "记错",
            "data": {"kind": "study", "present": 4, "evidence": ["photo"]},
            "occurred_on": "2019-03-05",
            "counts_for": "2019-02",
        },
    ),
    "reminder_raised": (
        {
            "rubric": "r-1",
            "clause": "-",
            "obligation": "r-1/6.1/0/2019-03",
            "rung": "lead",
            "due_on": "2019-03-31",
        },
        {
            "rubric": "r-1",
            "clause": "6.1",
            "obligation": "r-1/6.1/0/2019-03",
            "rung": "overdue",
            "due_on": "2019-03-31",
            "missing": "1",
            "at_stake": "0.14",
        },
    ),
    "reminder_acknowledged": ({"target": TARGET}, {"target": TARGET, "note": "周五办"}),
    "score_sealed": (
        {
            "rubric": "r-1",
            "period": "2019",
            "on": "2019-12-31",
            "position": 481,
            "head": DIGEST,
            "rubric_version": "1",
            "rubric_digest": DIGEST,
            "rubric_text": "id: r-1\n",
            "answer_digest": DIGEST,
            "answer": '{"scores": []}',
            "program": "zhibu 0.1.0",
        },
    )
    * 2,
}


def raw_event(type_word: str, data: Any = None, **envelope: Any) -> dict[str, Any]:
    """An event as it stands on a line; its payload is the type's shorter example unless given."""
    given = {"branch": "b1", "type": type_word, "occurred_on": "2019-03-12", **envelope}
    return {**given, "data": EXAMPLES[type_word][0] if data is None else data}
