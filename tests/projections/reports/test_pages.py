"""The page read by a strict reader: whole in itself, every lost point linked to its events."""

import re
from dataclasses import replace
from typing import Any

import pytest

from ledger.words import Language
from projections.reports.page import render_page
from projections.reports.report import Report
from projections.text.labels import LABELS
from tests.projections.reports.offices import BUREAU, COLLEGE, COMMITTEE, EVIL, FORMS, HOSPITAL, Office
from tests.projections.reports.pages import Element, Page

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def page_of(office: Office, form: str, language: Language = "zh") -> Page:
    read: Page = office.kept(
        ("page", form, language), lambda: Page(render_page(office.report(form, language)))
    )
    return read


def entries_of(report: Report) -> list[Any]:
    return [
        entry
        for branch in report.branches
        for section in branch.sections
        for item in section.items
        for clause in item.clauses
        for entry in clause.entries
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_the_page_is_well_formed_and_every_link_leads_somewhere_in_it(
    form: str, language: Language, office: Office
) -> None:
    page = page_of(office, form, language)
    ids = page.ids
    assert len(ids) == len(set(ids))
    links = [link.attributes["href"] for link in page.all("a")]
    assert links
    for link in links:
        assert link.startswith("#")
        assert link[1:] in ids
    for element in page.everything():
        for name in ("aria-labelledby",):
            assert element.attributes.get(name, ids[0]) in ids
    assert page.all("html")[0].attributes["lang"] == {"zh": "zh-Hans", "en": "en"}[language]


@pytest.mark.parametrize("form", FORMS)
def test_the_page_needs_nothing_else(form: str, office: Office) -> None:
    text = render_page(office.report(form))
    page = page_of(office, form)
    assert not page.all("script")
    assert not [e for e in page.everything() if e.tag in ("link", "img", "iframe", "object", "form")]
    assert not [e for e in page.everything() if any(a.startswith("on") for a in e.attributes)]
    assert not [e for e in page.everything() if {"src", "srcset", "action"} & set(e.attributes)]
    assert "@import" not in text
    assert "url(" not in text
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text


@pytest.mark.parametrize("form", FORMS)
def test_every_entry_of_the_document_is_listed(form: str, office: Office) -> None:
    report = office.report(form)
    found = [li for li in page_of(office, form).all("li") if li.attributes.get("class", "").startswith("is-")]
    told = entries_of(report) + [entry for branch in report.branches for entry in branch.veto]
    assert len(found) == len(told)
    for state in ("lost", "gained", "met", "open", "waived"):
        expected = sum(entry.state == state and not entry.advisory for entry in told)
        assert sum("is-" + state in li.classes for li in found) == expected


@pytest.mark.parametrize("form", FORMS)
def test_every_lost_and_gained_point_is_linked_to_its_events(form: str, office: Office) -> None:
    replayed, page = office.year(form), page_of(office, form)
    for number, score in enumerate(replayed.document["scores"], start=1):
        part = page.by_id(f"b{number}")
        listed = {li.attributes["id"]: li.text for li in part.all("li") if "id" in li.attributes}
        expected = [
            sorted(set(entry["events"]))
            for section in score["sections"] for item in section["items"] for clause in item["clauses"]
            for entry in clause["entries"]
            if entry["state"] in ("lost", "gained", "waived") and not entry["advisory"]
        ]  # fmt: skip
        shown = [
            li for li in part.all("li")
            if {"is-lost", "is-gained", "is-waived"} & set(li.classes) and not _in_veto(li)
        ]  # fmt: skip
        linked = [_ids(li, listed) for li in shown]
        assert sorted(linked) == sorted(expected)
        without = [li for li in shown if not li.all("a")]
        assert all(LABELS["no_event"].zh in li.text for li in without)


def _in_veto(li: Element) -> bool:
    """An entry of the veto stands before all items."""
    above: Element | None = li
    while above is not None and above.tag != "td":
        above = above.parent
    return above is None


def _ids(li: Element, listed: dict[str, str]) -> list[str]:
    """The ids of the events that an entry's links lead to."""
    found = []
    for link in li.all("a"):
        text = listed[link.attributes["href"][1:]]
        found.append(re.findall(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", text)[-1])
    return sorted(found)


def test_an_event_tells_its_day_itself_who_recorded_it_and_where_it_counts(office: Office) -> None:
    page = page_of(office, COLLEGE)
    [published] = [
        li for li in page.by_id("b1").all("li") if "2019-01-15" in li.text and "id" in li.attributes
    ]
    assert "新闻稿件" in published.text
    assert re.search(r"记录于 2020-02-01 04:00 UTC · 记录人 sec-b1 · [0-9a-f-]{36}", published.text)
    assert [link.text for link in published.all("a")] == ["6.4"]
    [link] = published.all("a")
    assert "新闻发表" in page.by_id(link.attributes["href"][1:]).text


@pytest.mark.parametrize("form", FORMS)
def test_a_bar_says_in_words_what_it_shows_and_adds_up(form: str, office: Office) -> None:
    replayed, page = office.year(form), page_of(office, form)
    for number, score in enumerate(replayed.document["scores"], start=1):
        part = page.by_id(f"b{number}")
        labels = [ul.all("li") for ul in part.all("ul", "labels")]
        bars = part.all("div", "bar")
        assert len(labels) == len(bars) == len(score["sections"])
        for bar, texts in zip(bars, labels, strict=True):
            assert bar.attributes["aria-hidden"] == "true"
            kinds = [span.classes[2] for span in bar.all("span", "part")]
            named = [li.all("span", "key")[0].classes[2] for li in texts if li.all("span", "key")]
            assert kinds == named
            for kind, li in zip(kinds, texts, strict=False):
                assert li.text.split() == [LABELS[kind].zh, li.text.split()[1]]


def test_several_branches_have_a_summary_and_one_has_none(office: Office) -> None:
    page = page_of(office, HOSPITAL)
    [summary] = page.all("table", "summary")
    rows = [[cell.text for cell in row.children] for row in summary.all("tr")[1:]]
    scores = office.year(HOSPITAL).document["scores"]
    assert [row[0] for row in rows] == ["b1", "b2"]
    assert [row[1] for row in rows] == [score["total"] for score in scores]
    assert [row[2:8] for row in rows] == [[s["score"] for s in score["sections"]] for score in scores]
    assert not page_of(office, COMMITTEE).all("table", "summary")


def test_ranks_are_shown_only_where_they_are_asked_for(office: Office) -> None:
    report = office.report(COLLEGE)
    assert LABELS["rank"].zh not in [th.text for th in page_of(office, COLLEGE).all("th")]
    ranked = Page(render_page(report, rank=True))
    rows = [[cell.text for cell in row.children[:2]] for row in ranked.all("table", "summary")[0].all("tr")]
    assert rows == [["名次", "党组织"], ["1", "b2"], ["2", "b1"]]
    assert ranked.by_id("b1-title").text == "b1"


def test_a_veto_is_told_with_its_cause_and_its_event(office: Office) -> None:
    page = page_of(office, COMMITTEE)
    [grade] = page.all("span", "grade")
    assert grade.text == "不予评定"
    [told] = [li for li in page.all("li", "is-lost") if _in_veto(li)]
    [link] = told.all("a")
    assert "2019-11-11" in page.by_id(link.attributes["href"][1:]).text


def test_hostile_texts_are_shown_and_do_nothing(office: Office) -> None:
    text = render_page(office.report(BUREAU))
    assert "<script" not in text
    assert "\u202e" not in text
    page = page_of(office, BUREAU)
    assert EVIL.replace("\u202e", "\ufffd") in page.by_id("b2").text


@pytest.mark.parametrize("form", FORMS)
def test_each_language_speaks_for_itself(form: str, office: Office) -> None:
    english, chinese = page_of(office, form, "en"), page_of(office, form, "zh")
    assert english.all("h1")[0].text != chinese.all("h1")[0].text
    titles = [th.text for th in english.all("th")]
    assert not [text for text in titles if re.search("[\u4e00-\u9fff]", text)]
    states = {span.text for span in english.all("span", "state")}
    assert states <= {"met", "lost", "gained", "open", "waived", "judged", "advisory"}


def test_fifty_branches_stay_one_readable_page(office: Office) -> None:
    replayed = office.year(COLLEGE)
    score, *_ = replayed.scores
    scores = [replace(score, branch=f"branch-{number:02}", rank=number) for number in range(1, 51)]
    text = render_page(replayed.report(scores=scores))
    page = Page(text)
    assert len(page.ids) == len(set(page.ids))
    [summary] = page.all("table", "summary")
    assert len(summary.all("a")) == 50
    for number, link in enumerate(summary.all("a"), start=1):
        part = page.by_id(link.attributes["href"][1:])
        assert part.all("h2")[0].text == f"branch-{number:02}"
        assert part.all("a", "back")[0].attributes["href"] == "#summary"
        if number > 3:
            break
    assert len(text.encode()) < 5_000_000


def test_a_report_on_nobody_is_still_a_page(office: Office) -> None:
    replayed = office.year(COLLEGE)
    assert Page(render_page(replayed.report(scores=[]))).all("h1")
