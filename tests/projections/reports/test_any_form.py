"""Reports on random forms and logs: always well-formed, always the document's numbers."""

from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings

from ledger.words import Language
from projections.answers.document import Replayed, answer_row
from projections.engine.errors import BranchDissolved
from projections.engine.periods import parse_period
from projections.engine.plan import Plan
from projections.engine.replays import replay
from projections.engine.results import BranchScore
from projections.reports.bars import most
from projections.reports.building import build_report
from projections.reports.page import render_page
from projections.reports.workbook.xlsx import render_xlsx
from rubrics.numbers import parse_points
from tests.projections.reports.pages import Page
from tests.reference.drawn.strategies import Case, cases
from tests.reference.engine import log_of
from tests.reference.written import positioned

LANGUAGES: tuple[Language, Language] = ("zh", "en")
some = settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def replayed(case: Case) -> tuple[Replayed, Sequence[BranchScore]] | None:
    events = positioned(case.events)
    prefix = [event for event in events if case.as_of is None or event["position"] <= case.as_of]
    registered = {event["branch"] for event in prefix if event["type"] == "branch_registered"}
    if not registered or (case.branches is not None and not registered.issuperset(case.branches)):
        return None
    period = parse_period(case.period, case.rubric.year_start)
    try:
        found = replay(
            log_of(prefix), Plan(case.rubric), period, on=case.on, upto=len(prefix),
            branches=case.branches or sorted(registered), explain=True,
        )  # fmt: skip
    except BranchDissolved:
        return None
    head = Replayed(case.rubric, "sha256:0", period, case.on, len(prefix), "sha256:0")
    return head, found.scores


@some
@given(case=cases())
def test_every_report_shows_the_documents_numbers(case: Case) -> None:
    found = replayed(case)
    if found is None:
        return
    document = answer_row(*found, explain=True)
    language = LANGUAGES[len(case.events) % 2]
    report = build_report(*found, language, {})
    page = Page(render_page(report))
    assert {link.attributes["href"][1:] for link in page.all("a")} <= set(page.ids)
    render_xlsx(report)
    for branch, score in zip(report.branches, document["scores"], strict=True):
        for section, shown in zip(branch.sections, score["sections"], strict=True):
            assert section.score in (None, parse_points(shown["score"]))
            if not report.mean:
                assert sum(part.points for part in section.bar) == most(section, mean=False)
            for item, row in zip(section.items, shown["items"], strict=True):
                judged = [
                    clause[who] for clause in row["clauses"] for who in ("self", "superior", "department")
                ]
                if item.computed is not None and not any(judged):
                    assert item.computed == item.score, (item, row)


@some
@given(case=cases())
def test_every_entry_bears_the_rule_that_made_it(case: Case) -> None:
    found = replayed(case)
    if found is None:
        return
    for score in found[1]:
        for clause, shown in zip(case.rubric.clauses(), score.clauses(), strict=True):
            for entry in shown.entries:
                if entry.rule is not None:
                    rule = clause.rules[entry.rule]
                    assert entry.cause.partition(":")[0] == rule.kind
                    assert entry.advisory == rule.advisory
                else:
                    assert entry.cause.startswith(("assessed:", "graded"))
