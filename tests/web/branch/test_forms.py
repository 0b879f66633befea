"""Every type's form gives the event that the command line gives; a preview says what comes after saving."""

import re
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.events import CATALOGUE, fields_of, parse_cells
from tests.web.client import Browser, machine
from tests.web.conftest import FORM
from web.forms import Choices, build_form, cells, given_in, given_of
from web.request.asked import Fields

VALUES: dict[str, Any] = {
    "text": "一段文字",
    "code": "a_word",
    "whole": "3",
    "money": "12.50",
    "points": "0.50",
    "hours": "4",
    "decimal": "1.5",
    "day": "2026-02-20",
    "month": "2026-02",
    "quarter": "2026-Q1",
    "flag": "true",
}
TYPED = {
    "member": "b1m01",
    "on_leave": ["b1m02"],
    "rubric": FORM,
    "clause": "6.1",
    "parent": "c1",
    "successor": "b11",
    "refs": ["2 号盒", "第 3 页"],
    "items": ["roster"],
    "period": "2026",
    "present": "2",
    "expected": "9",
    "years": "3",
    "appraised": None,
    "outstanding": None,
    "keynotes": None,
    "dues_paid_to": None,
    "occurred_on": "2026-02-10",
    "positive": "2",
    "total": "3",
    "amount": "12.50",
    "due": "12.50",
}
WORDS = [
    word
    for word in CATALOGUE
    if word
    not in ("event_retracted", "event_corrected", "reminder_raised", "reminder_acknowledged", "score_sealed")
]


def typed(word: str) -> dict[str, list[str]]:
    """Type something into every field of a type."""
    found: dict[str, list[str]] = {"occurred_on": ["2026-02-10"]}
    for name, info in fields_of(word).items():
        value = TYPED.get(name, next(iter(info.choices), None) or VALUES.get(info.kind, "a_word"))
        if value is not None:
            found[name] = value if isinstance(value, list) else [str(value)]
    if word == "member_transferred":
        found["direction"] = ["in"]
    return found


@pytest.mark.parametrize("word", WORDS)
def test_what_a_form_is_given_is_the_event_of_the_same_cells(word: str) -> None:
    given_ = typed(word)
    form = Fields([(name, value) for name, values in given_.items() for value in values])
    event = parse_cells(word, {**cells(word, given_in(form, word)), "branch": "b1"})
    by_command = parse_cells(word, {**{n: "; ".join(v) for n, v in given_.items()}, "branch": "b1"})
    assert event == by_command
    back = given_of(word, event.data.model_dump(mode="json", exclude_none=True))
    again = {**back, "occurred_on": given_["occurred_on"]}
    assert parse_cells(word, {**cells(word, again), "branch": "b1"}) == event


@pytest.mark.parametrize("word", WORDS)
def test_every_form_shows_every_field_with_its_label_in_both_languages(word: str) -> None:
    for language in ("zh", "en"):
        form = build_form(word, language, Choices(), {})
        controls = [*form.needed, *form.others]
        assert {c.name for c in controls} >= {"occurred_on", *fields_of(word)}
        assert all(c.label and c.about for c in controls)


def lines_of(page: str) -> list[tuple[str, ...]]:
    """Return the clauses and points of a page's impact."""
    shown = re.findall(r"<b>([^<]+)</b> ([^<]*)</a></p>\s*<p class=\"num[^\"]*\"><span>([^<]+)</span>", page)
    return [tuple(row) for row in shown]


DAYS = st.dates(date(2025, 11, 1), date(2026, 3, 2)).map(date.isoformat)
NUMBERS = st.integers(0, 9).map(str)


@st.composite
def sendings(draw: st.DrawFn) -> tuple[str, dict[str, list[str]]]:
    """A type, and what somebody types into its form: every needed field, some of the others."""
    word = draw(st.sampled_from(WORDS))
    sent = {"occurred_on": [draw(DAYS)]}
    for name, values in typed(word).items():
        info = fields_of(word).get(name)
        if info is None or not (info.required or draw(st.booleans())):
            continue
        if info.choices and name not in TYPED:
            values = [draw(st.sampled_from(sorted(info.choices)))]
        elif info.kind in ("whole", "points") and name not in TYPED:
            values = [draw(NUMBERS)]
        sent[name] = values
    return word, sent


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(sendings())
def test_a_preview_says_what_comes_after_saving(
    committee_file: Path, tmp_path: Path, sending: tuple[str, dict[str, list[str]]]
) -> None:
    word, sent = sending
    # Beside a ledger lies what SQLite keeps of it: each example has a file of its own.
    copy = tmp_path / f"{uuid4()}.db"
    copy.write_bytes(committee_file.read_bytes())
    browser = entered(f"sqlite:///{copy}")
    path = f"/b/b1/log/{word}"
    checked = browser.post(path, {**sent, "check": "1"})
    saved = browser.post(path, {**sent, "save": "1"})
    if checked.status_code == 422:
        assert saved.status_code == 422
        assert problems_of(saved.text) == problems_of(checked.text) != []
        return
    assert (checked.status_code, saved.status_code) == (200, 303)
    assert lines_of(checked.text) == lines_of(browser.get(saved.headers["location"]).text)


def problems_of(page: str) -> list[str]:
    """Return the problems that a page's summary lists."""
    return re.findall(r'<li><a href="#[^"]+">(.*?)</li>', page)


def entered(url: str) -> Browser:
    browser = machine(url)
    browser.enter()
    return browser


def test_only_what_may_be_typed_has_a_form(committee_url: str) -> None:
    browser = entered(committee_url)
    listed = set(re.findall(r"/b/b1/log/(\w+)", browser.get("/b/b1/log").text))
    assert listed == set(WORDS)
    assert browser.get("/b/b1/log/score_sealed").status_code == 403
    assert browser.get("/b/b1/log/nothing").status_code == 404


@pytest.mark.parametrize(
    ("path", "field", "typed"),
    [
        (f"/b/b1/score/{FORM}/2026?as_of=3", "on", "yesterday"),
        (f"/b/b1/score/{FORM}/2026?on=2026-02-01", "as_of", "99999"),
        ("/b/b1/history?type=meeting_held", "from", "2026-13-01"),
        ("/b/b1/roster?x=1", "on", "x"),
        ("/audit?x=1", "as_of", "never"),
        ("/o/c1/draw?branch=b1", "share", "7"),
    ],
)
def test_what_an_address_asks_wrongly_is_asked_again_beside_its_field(
    holder: Browser, path: str, field: str, typed: str
) -> None:
    answer = holder.get(f"{path}&{field}={typed}")
    assert answer.status_code == 422
    assert 'href="#q"' in answer.text
    [control] = re.findall(r'<input id="q"[^>]*>', answer.text)
    assert f'name="{field}"' in control
    assert f'value="{typed}"' in control
    assert 'aria-invalid="true"' in control
    assert 'aria-describedby="q-e1' in control
    kept, value = path.partition("?")[2].split("=")
    assert f'<input type="hidden" name="{kept}" value="{value}">' in answer.text
