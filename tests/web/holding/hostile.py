"""Addresses with all that may be asked for in them, and forms with all that may be sent, to be spoilt.

`ID` stands where the id of a meeting of b1 belongs.
"""

from tests.web.conftest import FORM
from web.routes import PAGES

EVENTS = "/api/v1/organisations/b1/events"
ID = "{id}"
_PARTS = {
    "branch": "b1",
    "type": "meeting_held",
    "month": "2026-02",
    "rubric": FORM,
    "period": "2026",
    "organisation": "c1",
    "id": ID,
    "token": "x",
    "secret": "x",
}
FORMS: list[tuple[str, dict[str, str]]] = [
    ("/b/b1/log/meeting_held", {"occurred_on": "2026-02-10", "kind": "committee_meeting", "save": "1"}),
    ("/b/b1/log/meeting_held", {"roll": "1", "seat.b1m01": "absent", "id": ID, "counts_for": "2026-01"}),
    (
        "/b/b1/log/dues_paid",
        {"occurred_on": "2026-02-10", "member": "b1m01", "month": "2026-02", "amount": "20"},
    ),
    ("/b/b1/dues/2026-02", {"paste": "甲b1\t12.00\n乙b1 ￥8", "fill": "1"}),
    ("/b/b1/dues/2026-02", {"occurred_on": "2026-02-20", "paid": "b1m01", "amount.b1m01": "20", "save": "1"}),
    ("/b/b1/roster", {"do": "add", "names": "赵敏 副书记\n孙平", "since": "2026-02-01"}),
    ("/b/b1/roster", {"do": "name", "code": "b1m02", "name": "改名者"}),
    ("/b/b1/roster", {"do": "erase", "code": "b1m02"}),
    ("/b/b1/upload", {"content": "5aeT5ZCNCg==", "name": "a.csv", "type": "dues_paid", "cell.0.1.1": "18"}),
    ("/b/b1/calendar", {"do": "subscribe"}),
    ("/b/b1/reminders", {"reminder": ID, "note": "x", "save": "1"}),
    (f"/e/{ID}", {"do": "retract", "reason": "x"}),
    (f"/e/{ID}", {"do": "correct", "reason": "x", "kind": "study", "occurred_on": "2026-01-21"}),
    ("/me", {"do": "language", "language": "en", "back": "/"}),
    ("/me", {"do": "end", "session": "x"}),
    (
        "/start",
        {"code": "b9", "name": "新", "organization": "branch", "founded_on": "2020-01-01", "rubric": FORM},
    ),
    ("/start?branch=b1", {"names": "赵敏 副书记", "on": "2026-01-01"}),
    (
        f"/o/c1/assess/{FORM}/2026?branch=b1",
        {"points.1.1": "1.5", "note.1.1": "x", "seen.1.1": "", "save": "1"},
    ),
    ("/o/c1/seals", {"rubric": FORM, "period": "2025", "name": "年终", "save": "1"}),
    ("/o/c1/forms", {"branch": "b1", "rubric": FORM, "on": "2026-02-01", "owed_from": "2026-02-01"}),
    ("/o/c1/forms", {"do": "drop", "branch": "b1", "rubric": FORM, "on": "2026-02-01"}),
    ("/o/c1/recipients", {"branch": "b1", "rung": "day", "url": "json://localhost/x"}),
    ("/o/c1/recipients", {"do": "remove", "number": "1"}),
    ("/accounts", {"do": "add", "code": "new", "role": "secretary", "organisation": "b1"}),
    ("/o/c1/accounts", {"do": "disable", "code": "sec"}),
    ("/accounts", {"do": "revoke", "code": "sec", "role": "secretary", "organisation": "b1"}),
    ("/login?next=/b/b1", {"code": "sec", "password": "four words"}),
    ("/login/oidc", {"next": "/b/b1", "invite": "x"}),
]
QUERIES = [
    f"{EVENTS}?after=1&limit=5",
    f"/api/v1/organisations/b1/scores/{FORM}/2026?as_of=5",
    "/api/v1/organisations/b1/due?on=2026-02-01&until=2026-03-01",
    "/b/b1/history?from=2026-01-01&to=2026-02-01&type=meeting_held&member=b1m01&page=2",
    f"/b/b1/score/{FORM}/2026?on=2026-02-01&as_of=5",
    "/b/b1/roster?on=2026-02-01",
    "/b/b1/upload?saved=2",
    f"/b/b1/log/meeting_held?logged={ID}",
    "/audit?as_of=5&verify=1&against=5 sha256:0",
    "/audit/visits?what=login",
    f"/o/c1/compare?branch=b1&rubric={FORM}&period=2026&as_of=5&period_b=2025&rubric_b={FORM}&branch_b=b11",
    "/o/c1/draw?branch=b1&share=0.5&on=2026-03-01&as_of=5",
    f"/o/c1/{FORM}/2026?find=b1&sort=points&rank=1",
    f"/o/c1/assess/{FORM}/2026?clause=1.1&branch=b1&as=superior&saved=1",
    f"/o/c1/seals?rubric={FORM}&period=2025&check={ID}",
    "/?lang=en",
    "/enter?t=x&next=/b/b1",
]
PATHS = [row.path.format(**_PARTS) for row in PAGES if "GET" in row.methods]
"""Every page by its bare address."""
