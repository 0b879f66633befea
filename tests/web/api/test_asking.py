"""The JSON interface: tokens, what is asked, what is refused, and the client on its page."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from ledger.access.accounts import disable, take
from ledger.access.actors import Grant
from ledger.access.tokens import make_token, revoke_token
from ledger.access.visits import read_visits
from ledger.events import CATALOGUE
from ledger.store.event_store import Store
from tests.web.api.programs import EVENTS, MEETING, Program, a_program
from tests.web.client import NOW, Browser, Clock, account
from tests.web.conftest import FORM
from tests.web.live import serving
from web.api.openapi import build
from web.api.routes import ROWS


def test_a_read_only_token_asks_and_checks_and_never_writes(
    site_browser: Browser, committee: Store, program: Program
) -> None:
    reader = a_program(site_browser, committee, "sec", "secretary", "b1", read_only=True)
    assert reader.get(EVENTS).status_code == 200
    assert reader.post(f"{EVENTS}:check", MEETING).status_code == 200
    assert reader.post(EVENTS, MEETING).status_code == 403


def test_tokens_end_when_revoked_when_their_time_is_over_and_with_their_account(
    site_browser: Browser, committee: Store, program: Program, clock: Clock
) -> None:
    second = a_program(site_browser, committee, "sec", "secretary", "b1", read_only=True)
    revoke_token(committee, "sec", "ro", by=None, now=NOW)
    refused = second.get("/api/v1/me")
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == "Bearer"
    take(committee, "sec", [Grant("secretary", "b1")], by=None, now=NOW)
    assert program.get(EVENTS).status_code == 404
    disable(committee, "sec", by=None, now=NOW)
    assert program.get("/api/v1/me").status_code == 401
    other = a_program(site_browser, committee, "two", "secretary", "b1")
    clock.forward(days=91)
    assert other.get("/api/v1/me").status_code == 401


def test_a_tokens_use_is_a_visit_once_a_day(program: Program, committee: Store, clock: Clock) -> None:
    for _ in range(3):
        program.get("/api/v1/me")
    clock.forward(days=1)
    program.get("/api/v1/me")
    assert [one.what for one in read_visits(committee)].count("token_used") == 2


def test_a_cookie_is_no_token(program: Program, site_browser: Browser) -> None:
    site_browser.log_in("sec")
    assert site_browser.get("/api/v1/me").status_code == 401


def test_account_organisations_and_catalogue_tell_what_is_needed_to_draw_a_form(program: Program) -> None:
    me = program.get("/api/v1/me").json()
    grants = [{"role": "secretary", "organisation": "b1"}]
    assert me == {"account": "sec", "grants": grants, "language": "zh"}
    [one] = program.get("/api/v1/organisations").json()
    assert one == {"code": "b1", "name": "组织b1", "kind": "branch", "parent": None, "rubrics": [FORM]}
    types = {row["type"]: row for row in program.get("/api/v1/catalogue").json()["types"]}
    assert set(types) == set(CATALOGUE)
    kind = next(field for field in types["meeting_held"]["fields"] if field["name"] == "kind")
    assert kind["needed"] is True
    assert {"value": "study", "label": {"zh": "集中学习", "en": "group study"}}["value"] in [
        choice["value"] for choice in kind["choices"]
    ]


def test_events_come_in_pages_by_position(program: Program, committee: Store) -> None:
    everything = [one.position for one in committee.read(branch="b1")]
    seen: list[int] = []
    after: int | None = 0
    while after is not None:
        page = program.get(f"{EVENTS}?after={after}&limit=2").json()
        seen += [row["position"] for row in page["events"]]
        after = page["next"]
    assert seen == everything
    assert program.get(f"{EVENTS}?limit=0").status_code == 422
    assert program.get(f"{EVENTS}?limit=5001").status_code == 422


def test_scores_and_duties_are_those_of_the_command_line(program: Program, committee: Store) -> None:
    score = program.get(f"/api/v1/organisations/b1/scores/{FORM}/2026?explain=1").json()
    assert score["rubric"]["id"] == FORM
    assert score["ledger"]["position"] == committee.head().position
    assert [one["branch"] for one in score["scores"]] == ["b1"]
    duties = program.get("/api/v1/organisations/b1/due?on=2026-02-20").json()
    assert {one["branch"] for one in duties} == {"b1"}
    assert program.get(f"/api/v1/organisations/b1/scores/{FORM}/2026?as_of=99999").status_code == 422
    assert program.get("/api/v1/organisations/b1/scores/nothing/2026").status_code == 404
    assert program.get("/api/v1/organisations/b1/scores/..%2Fx.yaml/2026").status_code == 404


def test_the_order_of_refusals(program: Program, site_browser: Browser) -> None:
    client = site_browser.client
    assert client.post(EVENTS, content=b"nonsense").status_code == 401
    assert program.post("/api/v1/organisations/b2/events", content=b"nonsense").status_code == 404
    assert program.post(EVENTS, content=b"{}").status_code == 415
    kind = {"content-type": "application/json"}
    assert program.post(EVENTS, content=b" " * (3 << 20), headers=kind).status_code == 413
    chunks = (b" " * 65_536 for _ in range(48))
    assert program.post(EVENTS, content=chunks, headers=kind).status_code == 413
    assert program.post(EVENTS, [MEETING] * 5_001).status_code == 413
    for body in (b"{", b'{"a": 1, "a": 2}', b'{"a": NaN}', b"\xff", b"[" * 5_000, b'{"a": 1e999999999}'):
        assert program.post(EVENTS, content=body, headers=kind).status_code == 400, body
    assert client.put(EVENTS).status_code == 405
    assert client.get("/api/v1/nothing").status_code == 404


def test_what_lies_outside_the_scope_is_answered_like_what_is_not_there(
    program: Program, committee: Store
) -> None:
    [foreign] = [one.id for one in committee.read(branch="b2", types={"meeting_held"})]
    unknown = "0198c0de-0000-7000-8000-00000000ffff"
    said = []
    for target in (foreign, unknown):
        retracted = {
            "type": "event_retracted",
            "occurred_on": "2026-02-10",
            "data": {"target": target, "reason": "x"},
        }
        answer = program.post(EVENTS, retracted)
        said.append((answer.status_code, answer.text.replace(target, "ID")))
    assert said[0] == said[1]
    hidden, missing = (program.get(f"/api/v1/organisations/{b}/events") for b in ("b2", "zz"))
    assert (hidden.status_code, hidden.text) == (missing.status_code, missing.text)


def test_an_auditor_reads_every_organisation_and_a_keeper_none(
    site_browser: Browser, committee: Store
) -> None:
    auditor = a_program(site_browser, committee, "aud", "auditor")
    keeper = a_program(site_browser, committee, "kee", "keeper")
    assert len(auditor.get("/api/v1/organisations").json()) == 7
    assert keeper.get("/api/v1/organisations").json() == []
    assert auditor.post(EVENTS, MEETING).status_code == 403
    assert keeper.get(EVENTS).status_code == 404


def test_the_description_names_every_route_and_its_schemas_hold(site_browser: Browser) -> None:
    told = site_browser.get("/api/v1/openapi.json").json()
    assert told == build()
    described = {(path, method.upper()) for path, rows in told["paths"].items() for method in rows}
    assert described == {(row.path, row.method) for row in ROWS if not row.path.endswith("openapi.json")}
    OpenAPIV31SpecValidator(told).validate()
    for schema in told["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    whole = {**told["components"]["schemas"]["MeetingHeld"]}
    Draft202012Validator(whole).validate(MEETING["data"])
    assert not Draft202012Validator(whole).is_valid({"kind": "nothing"})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda s: st.lists(s) | st.dictionaries(st.text(), s),
        max_leaves=6,
    )
)
def test_whatever_is_sent_nothing_breaks(program: Program, sent: Any) -> None:
    import json

    body = json.dumps(sent).encode()
    answer = program.post(EVENTS, content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (200, 400, 422)


def test_the_client_on_the_page_records_a_meeting(
    committee_url: str, committee: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (Path(__file__).parents[3] / "docs" / "api.md").read_text("utf-8")
    found = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert found is not None
    assert len([line for line in found[1].splitlines() if line.strip()]) <= 22
    account(committee, "sec", "secretary", "b1")
    token = make_token(committee, "sec", "page", days=1, read_only=False, by=None, now=NOW)
    with serving(committee_url, "server", Clock()) as site:
        names = {"address": site.public, "token": token, "branch": "b1", "day": "2026-02-10"}
        exec(compile(found[1], "api.md", "exec"), names)
    assert "'appended': True" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("query", "field", "found"),
    [
        ("events?limit=0", "limit", "0"),
        ("events?after=x", "after", "x"),
        ("due?on=2026-13-01", "on", "2026-13-01"),
        (f"scores/{FORM}/2026?as_of=99999", "as_of", "99999"),
        (f"scores/{FORM}/2026?as_of=never", "as_of", "never"),
    ],
)
def test_a_parameter_that_cannot_be_meant_is_a_problem_of_its_own(
    program: Program, query: str, field: str, found: str
) -> None:
    answer = program.get(f"/api/v1/organisations/b1/{query}", **{"accept-language": "en"})
    assert answer.status_code == 422
    [problem] = answer.json()["problems"]
    assert (problem["field"], problem["found"]) == (field, found)
    assert problem["expected"]
    assert "--" not in problem["message"]
