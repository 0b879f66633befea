"""Lines that no ledger may let in, and what is to be told of each.

`GROUND` is what the ledger holds before; every line of `BAD_LINES` is refused after it, alone or among good
ones, with the field and the words that stand beside it. Read by the tests of intake and of the program.
"""

# ruff: noqa: E501  # a line of the table is a line of the file

import json
from typing import Any, NamedTuple

FORM = "college-staff-branch-2019"
GRADED_FORM = "institute-branch-appraisal"

REGISTRATION = "00000000-0000-4000-8000-000000000001"
MEETING = "00000000-0000-4000-8000-000000000002"
RETRACTED = "00000000-0000-4000-8000-000000000003"
RETRACTION = "00000000-0000-4000-8000-000000000004"
CORRECTION = "00000000-0000-4000-8000-000000000005"
OF_B2 = "00000000-0000-4000-8000-000000000006"
NOBODY = "00000000-0000-4000-8000-0000000000ff"


class BadLine(NamedTuple):
    """A line, the field that is wrong (None: the line itself), and words of the English sentence."""

    label: str
    raw: bytes
    field: str | None
    told: str


def _event(word: str, data: Any, **envelope: Any) -> bytes:
    given = {"branch": "b1", "type": word, "occurred_on": "2019-03-12", **envelope, "data": data}
    return json.dumps({name: value for name, value in given.items() if value != "left out"}).encode()


def _meeting(**data: Any) -> bytes:
    return _event("meeting_held", {"kind": "theme_day", **data})


def _envelope(**envelope: Any) -> bytes:
    return _event("meeting_held", {"kind": "theme_day"}, **envelope)


def _dues(**data: Any) -> bytes:
    return _event("dues_paid", {"member": "m01", "month": "2019-03", "amount": 20, **data})


def _assessed(**data: Any) -> bytes:
    good = {"rubric": FORM, "clause": "6.1", "assessor": "superior", "points": 1}
    return _event("clause_assessed", {**good, **data})


def _retraction(target: str, **envelope: Any) -> bytes:
    return _event("event_retracted", {"target": target, "reason": "记错"}, **envelope)


def _correction(data: Any, target: str = MEETING, **payload: Any) -> bytes:
    return _event("event_corrected", {"target": target, "reason": "记错", "data": data, **payload})


GOOD = _dues(member="m09")

GROUND: tuple[bytes, ...] = (
    _event("branch_registered", {"name": "一支部"}, id=REGISTRATION, occurred_on="2010-01-01"),
    _event("branch_registered", {"name": "二支部"}, branch="b2", occurred_on="2010-01-01"),
    _event("meeting_held", {"kind": "theme_day"}, id=MEETING),
    _event("meeting_held", {"kind": "study"}, id=RETRACTED),
    _retraction(RETRACTED, id=RETRACTION),
    _event(
        "event_corrected",
        {"target": MEETING, "reason": "记错", "data": {"kind": "theme_day", "present": 3}},
        id=CORRECTION,
    ),
    _event("meeting_held", {"kind": "theme_day"}, branch="b2", id=OF_B2),
)

_ONE_OBJECT = "must be one JSON object on one line"
_A_WHOLE = "must be a whole number ≥ 0"
_AN_OBJECT = "must be a JSON object"
_A_CODE = "must be a code of 1 to 64"
_BY_THE_STORE = "is set by the store and cannot be given"
_ANOTHER = "must not be the id of another event"
_EARLIER = "must be the id of an earlier event of the same branch"
_KIND = '"kind": "theme_day"'
_TOPIC = "data.topic"

BAD_LINES: tuple[BadLine, ...] = (
    # Not JSON, or not an object of its own
    BadLine("no JSON", b"{nonsense", None, _ONE_OBJECT),
    BadLine("half a line", _meeting()[:-20], None, _ONE_OBJECT),
    BadLine("two objects", _meeting() + b" " + _meeting(), None, _ONE_OBJECT),
    BadLine("a list", b"[" + _meeting() + b"]", None, _AN_OBJECT),
    BadLine("a text", b'"meeting_held"', None, _AN_OBJECT),
    BadLine("null", b"null", None, _AN_OBJECT),
    BadLine("no UTF-8", _meeting(topic="x").replace(b'"x"', b'"\xff\xfe"'), None, "must be UTF-8"),
    BadLine("GB18030", "{\"topic\": \"党课\"}".encode("gb18030"), None, "must be UTF-8"),
    BadLine("NUL in the line", _meeting(topic="x").replace(b'"x"', b'"\0"'), None, _ONE_OBJECT),
    BadLine("bare NUL", b"\0", None, _ONE_OBJECT),
    BadLine("NaN", _meeting(present="x").replace(b'"x"', b"NaN"), "data.present", _A_WHOLE),
    BadLine("Infinity", _dues(amount="x").replace(b'"x"', b"Infinity"), "data.amount", "must be a"),
    BadLine("nested 5,000 deep", b'{"a":' * 5_000 + b"1" + b"}" * 5_000, None, "nested too deep"),
    BadLine("lists nested 5,000 deep", b"[" * 5_000 + b"]" * 5_000, None, "nested too deep"),
    BadLine("a key twice", _meeting().replace(_KIND.encode(), f"{_KIND}, {_KIND}".encode()), "kind", "twice"),
    BadLine("a trailing comma", _meeting().replace(b"}}", b",}}"), None, _ONE_OBJECT),
    BadLine("single quotes", _meeting().replace(b'"', b"'"), None, _ONE_OBJECT),
    BadLine("a byte order mark inside", b"\xef\xbb\xbf" + _meeting(), None, "byte order mark"),
    # The envelope
    BadLine("no branch", _envelope(branch="left out"), "branch", "is required"),
    BadLine("an unknown branch", _envelope(branch="b3"), "branch", "must be a registered branch"),
    BadLine("a branch in capitals", _envelope(branch="B1"), "branch", _A_CODE),
    BadLine("a branch of 65 letters", _envelope(branch="b" * 65), "branch", _A_CODE),
    BadLine("a branch that is a number", _envelope(branch=1), "branch", _A_CODE),
    BadLine("a branch with a line end", _envelope(branch="b1\n"), "branch", _A_CODE),
    BadLine("no type", _envelope(type="left out"), "type", "is required"),
    BadLine("an unknown type", _envelope(type="meeting_hold"), "type", "Did you mean meeting_held?"),
    BadLine("a type that is a list", _envelope(type=[]), "type", "must be an event type"),
    BadLine("no day", _envelope(occurred_on="left out"), "occurred_on", "is required"),
    BadLine("29 February 2019", _envelope(occurred_on="2019-02-29"), "occurred_on", "that the calendar has"),
    BadLine("31 April", _envelope(occurred_on="2019-04-31"), "occurred_on", "that the calendar has"),
    BadLine("month 13", _envelope(occurred_on="2019-13-01"), "occurred_on", "that the calendar has"),
    BadLine("a day without dashes", _envelope(occurred_on="20190312"), "occurred_on", "must be a day"),
    BadLine("a day with a time", _envelope(occurred_on="2019-03-12T08:00"), "occurred_on", "must be a day"),
    BadLine("a day that is a number", _envelope(occurred_on=20190312), "occurred_on", "must be a day"),
    BadLine("lying ahead", _envelope(occurred_on="2199-01-01"), "occurred_on", "must not lie after the day"),
    BadLine("the year 0", _envelope(occurred_on="0000-01-01"), "occurred_on", "that the calendar has"),
    BadLine("a month ahead of its day", _event("disclosure_made", {"subject": "dues"}, counts_for="2019-04"), "counts_for", "must not be after the month"),
    BadLine("a month five before its day", _event("disclosure_made", {"subject": "dues"}, counts_for="2018-10"), "counts_for", "at most four months before"),
    BadLine("a month for a theme day", _envelope(counts_for="2019-02"), "counts_for", "cannot be given"),
    BadLine("month 00", _event("disclosure_made", {"subject": "dues"}, counts_for="2019-00"), "counts_for", "must be a month YYYY-MM"),
    BadLine("an id that is no UUID", _envelope(id="17"), "id", "must be a UUID"),
    BadLine("an id of another content", _envelope(id=MEETING, occurred_on="2019-03-13"), "id", _ANOTHER),
    BadLine("an id of another type", _event("study_note_submitted", {"member": "m01"}, id=MEETING), "id", _ANOTHER),
    BadLine("a recorder with a name", _envelope(recorded_by="张三"), "recorded_by", _A_CODE),
    BadLine("a set position", _envelope(position=1), "position", _BY_THE_STORE),
    BadLine("a set version", _envelope(version=1), "version", _BY_THE_STORE),
    BadLine("a set instant", _envelope(recorded_at="2019-03-12T00:00:00.000000Z"), "recorded_at", _BY_THE_STORE),
    BadLine("a set hash", _envelope(hash="sha256:" + "0" * 64), "hash", _BY_THE_STORE),
    BadLine("a set previous hash", _envelope(prev_hash="sha256:" + "0" * 64), "prev_hash", _BY_THE_STORE),
    BadLine("an unknown field of the envelope", _envelope(present=3), "present", "Did you mean data.present?"),
    BadLine("no data", _event("meeting_held", "left out"), "data", "is required"),
    BadLine("data that is a text", _event("meeting_held", "theme_day"), "data", _AN_OBJECT),
    BadLine("data that is a list", _event("meeting_held", []), "data", _AN_OBJECT),
    # The payload
    BadLine("a required field left out", _event("meeting_held", {}), "data.kind", "is required"),
    BadLine("a required field that is null", _event("meeting_held", {"kind": None}), "data.kind", "is required"),
    BadLine("an unknown field", _meeting(presnt=3), "data.presnt", "Did you mean present?"),
    BadLine("an unknown word", _meeting(kind="party"), "data.kind", "must be one of"),
    BadLine("a word that is a number", _meeting(kind=3), "data.kind", "must be one of"),
    BadLine("a negative number", _meeting(present=-3), "data.present", _A_WHOLE),
    BadLine("a fraction", _meeting(present=1.5), "data.present", _A_WHOLE),
    BadLine("a whole number with a point", _meeting(present="x").replace(b'"x"', b"11.0"), "data.present", _A_WHOLE),
    BadLine("a number in quotes", _meeting(present="11"), "data.present", _A_WHOLE),
    BadLine("true for a number", _meeting(present=True), "data.present", _A_WHOLE),
    BadLine("a number of 400 digits", _meeting(present="x").replace(b'"x"', b"9" * 400), "data.present", "must be a whole number"),
    BadLine("a number beyond all counting", _meeting(present=2**63), "data.present", "must be a whole number ≤"),
    BadLine("more present than expected", _meeting(expected=10, present=8, excused=3), "data.present", "expected"),
    BadLine("outstanding without appraised", _event("meeting_held", {"kind": "democratic_appraisal", "outstanding": 3}), "data.appraised", "outstanding"),
    BadLine("a set that is a word", _meeting(evidence="photo"), "data.evidence", "must be a list"),
    BadLine("an unknown word in a set", _meeting(evidence=["foto"]), "data.evidence", "Did you mean photo?"),
    BadLine("a member with a blank", _meeting(on_leave=["m 01"]), "data.on_leave", _A_CODE),
    BadLine("a member with a name", _event("talk_held", {"member": "张三", "held_by": "leader"}), "data.member", _A_CODE),
    BadLine("a text of 2 MB", _meeting(topic="x" * 2_000_000), _TOPIC, "must have at most 10,000 characters"),
    BadLine("a blank text", _meeting(topic=" \t"), _TOPIC, "must not be empty"),
    BadLine("NUL in a text", _meeting(topic="a\0b"), _TOPIC, "control characters"),
    BadLine("a bell in a text", _meeting(topic="a\x07b"), _TOPIC, "control characters"),
    BadLine("half a character", _meeting(topic="x").replace(b'"x"', b'"\\ud800"'), _TOPIC, "must be well-formed Unicode"),
    BadLine("a text that is a number", _meeting(topic=3), _TOPIC, "must be a text"),
    BadLine("a flag in quotes", _event("document_submitted", {"kind": "brief", "conforming": "true"}), "data.conforming", "must be true or false"),
    BadLine("money with three places", _dues(amount="20.005"), "data.amount", "at most 2 places"),
    BadLine("money with three places as a number", _dues(amount=20.005), "data.amount", "at most 2 places"),
    BadLine("money with an exponent", _dues(amount="2e1"), "data.amount", "must be a decimal number"),
    BadLine("money that is nothing", _dues(amount=0), "data.amount", "must be a decimal number > 0"),
    BadLine("money below nothing", _dues(amount="-20"), "data.amount", "must be a decimal number > 0"),
    BadLine("money in words", _dues(amount="二十"), "data.amount", "must be a decimal number"),
    BadLine("NaN in quotes", _dues(amount="NaN"), "data.amount", "must be a decimal number"),
    BadLine("infinite money", _dues(amount="x").replace(b'"x"', b"1e999"), "data.amount", "must be a"),
    BadLine("dues for month 13", _dues(month="2019-13"), "data.month", "must be a month YYYY-MM"),
    BadLine("dues for a fifth quarter", _event("dues_remitted", {"quarter": "2019-Q5", "amount": 1}), "data.quarter", "must be a quarter"),
    BadLine("no hours", _event("training_completed", {"member": "m01", "hours": 0, "mode": "online"}), "data.hours", "must be a decimal number > 0"),
    BadLine("a term of four years", _event("term_began", {"body": "branch_committee", "years": 4}), "data.years", "3 or 5"),
    BadLine("a metric of seven places", _event("metric_reported", {"metric": "x", "value": "0.1234567"}), "data.value", "at most 6 places"),
    BadLine("a kind in capitals", _event("document_submitted", {"kind": "Annual-Plan"}), "data.kind", "lower-case words"),
    BadLine("positive above total", _event("survey_conducted", {"subject": "opinion", "positive": 5, "total": 4}), "data.positive", "total"),
    BadLine("a tally of nothing", _event("grades_tallied", {"rubric": GRADED_FORM, "clause": "1.1", "source": "masses"}), "data", "at least one"),
    BadLine("an exemption that ends before it begins", _event("member_exempted", {"member": "m01", "duty": "all", "until": "2019-03-11"}), "data.until", "2019-03-12"),
    BadLine("a period that ends before it begins", _assessed(period="2019-08..2019-03"), "data.period", "must not end before it begins"),
    # The stream and the rubrics
    BadLine("a double registration", _event("branch_registered", {"name": "又一支部"}), "branch", "not registered yet"),
    BadLine("its own superior", _event("branch_registered", {"name": "三支部", "parent": "b3"}, branch="b3"), "data.parent", "must be another organization"),
    BadLine("an unknown rubric", _event("rubric_adopted", {"rubric": "college-staf-branch-2019"}), "data.rubric", f"Did you mean {FORM}?"),
    BadLine("an unknown clause", _assessed(clause="99.9"), "data.clause", f"must be a clause of {FORM}"),
    BadLine("more points than the clause has", _assessed(points="1.01"), "data.points", "must be at most 1.00"),
    BadLine("points with three places", _assessed(points="0.125"), "data.points", "at most 2 places"),
    BadLine("grades for a clause without", _event("grades_tallied", {"rubric": FORM, "clause": "6.1", "source": "masses", "good": 1}), "data.clause", "judged by grades"),
    BadLine("a target that is nowhere", _retraction(NOBODY), "data.target", _EARLIER),
    BadLine("a target of another branch", _retraction(OF_B2), "data.target", 'It is an event of "b2"'),
    BadLine("a target that is no UUID", _retraction("2"), "data.target", "must be a UUID"),
    BadLine("a second retraction", _event("event_retracted", {"target": RETRACTED, "reason": "还是错"}), "data.target", "was retracted"),
    BadLine("a retracted registration", _retraction(REGISTRATION), "data.target", "must not be the registration"),
    BadLine("a retracted retraction", _retraction(RETRACTION), "data.target", "must not be a control event"),
    BadLine("a corrected correction", _correction({"kind": "study"}, CORRECTION), "data.target", "must not be a control event"),
    BadLine("a corrected retracted event", _correction({"kind": "study"}, RETRACTED), "data.target", "was retracted"),
    BadLine("a correction with another type's payload", _correction({"kind": "study", "member": "m01"}), "data.data.member", "is not a field here"),
    BadLine("a correction with a bad value", _correction({"kind": "study", "present": -1}), "data.data.present", _A_WHOLE),
    BadLine("a correction to a day ahead", _correction({"kind": "study"}, occurred_on="2199-01-01"), "data.occurred_on", "must not lie after"),
    BadLine("a correction without a reason", _event("event_corrected", {"target": MEETING, "data": {"kind": "study"}}), "data.reason", "is required"),
    BadLine("a correction without a payload", _correction("study"), "data.data", _AN_OBJECT),
    BadLine("an acknowledged meeting", _event("reminder_acknowledged", {"target": MEETING}), "data.target", "must be a reminder"),
    BadLine("a reminder of one's own", _event("reminder_raised", {"rubric": FORM, "clause": "6.1", "obligation": "o", "rung": "lead", "due_on": "2019-03-31"}), "type", "only the program itself makes this one"),
)  # fmt: skip
