"""A ledger of an office, and the reports on it: two branches and a committee, judged under every form.

The events are the demonstration's year with what an office adds: judgements by everybody, tallies, a
finding, a veto, and notes written by somebody who means harm.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import orjson
from openpyxl.workbook import Workbook

from ledger.intake.admission import Line
from ledger.intake.batch import record_all
from ledger.store.event_store import Store
from ledger.words import Language
from projections.answers.document import Replayed, answer_row
from projections.answers.scoring import replay_of
from projections.engine.periods import parse_period
from projections.engine.results import BranchScore
from projections.reports.building import build_report
from projections.reports.report import Cited, Report, read_cited
from rubrics.known_clauses import KnownClauses
from rubrics.library import Library, load
from rubrics.reader.loaded import Loaded
from tests.program import ROOT
from tests.projections.reports.books import opened

COLLEGE = "college-staff-branch-2019"
HOSPITAL = "hospital-branch-2019"
COMMITTEE = "hospital-committee-standard"
BUREAU = "bureau-direct-organization"
INSTITUTE = "institute-branch-appraisal"
FORMS = (COLLEGE, HOSPITAL, COMMITTEE, BUREAU, INSTITUTE)
EVIL = '=HYPERLINK("http://evil.example","x")<script>alert(1)</script>&\u202egpj.exe'
NOW = datetime(2020, 2, 1, 4, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Told:
    """A replay's scores and all that a report needs beside them."""

    replayed: Replayed
    scores: Sequence[BranchScore]
    loaded: Loaded
    cited: Mapping[str, Cited]

    @property
    def document(self) -> dict[str, Any]:
        """What programs read of it."""
        return answer_row(self.replayed, self.scores, explain=True)

    def report(self, language: Language = "zh", **changed: Any) -> Report:
        given = replace(self, **changed)
        return build_report(given.replayed, given.scores, language, given.cited)


@dataclass(frozen=True)
class Office:
    """An open ledger to ask for reports; what was asked for once is kept."""

    store: Store
    _kept: dict[Any, Any] = field(default_factory=dict)

    def kept(self, key: Any, make: Callable[[], Any]) -> Any:
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    def year(self, form: str) -> Told:
        """The year 2019 of the form's usual branches."""
        return self.kept(form, lambda: self.replayed(form))

    def report(self, form: str, language: Language = "zh") -> Report:
        return self.kept((form, language), lambda: self.year(form).report(language))

    def book(self, form: str, language: Language = "zh") -> Workbook:
        """The workbook on the year, opened; only to be read."""
        return self.kept(("book", form, language), lambda: opened(self.report(form, language)))

    def replayed(
        self,
        form: str | Loaded,
        branches: Sequence[str] | None = None,
        period: str = "2019",
        on: str = "2020-01-31",
        upto: int | None = None,
    ) -> Told:
        loaded = load(form) if isinstance(form, str) else form
        position = upto or self.store.head().position
        if branches is None:
            branches = ["hq"] if loaded.rubric.id == COMMITTEE else ["b1", "b2"]
        replayed, answer = replay_of(
            self.store,
            loaded,
            parse_period(period, loaded.rubric.year_start),
            on=date.fromisoformat(on),
            upto=position,
            branches=branches,
            explain=True,
        )
        cited = read_cited(self.store, answer.scores, position)
        return Told(replayed, answer.scores, loaded, cited)


def fill(store: Store) -> None:
    """Record the office's year."""
    lines = (ROOT / "cli/demo/events.jsonl").read_bytes().splitlines()
    lines += [orjson.dumps(event) for event in office_events()]
    source = [Line("office", number, line) for number, line in enumerate(lines, start=1)]
    record_all(store, [source], now=NOW, today=NOW.date(), known=KnownClauses(Library()))


@cache
def office_events() -> tuple[dict[str, Any], ...]:
    """What the office adds to the demonstration's year."""
    return (
        _event("hq", "branch_registered", "2012-01-01", name="医院党委", organization="committee"),
        _event("clinic", "branch_registered", "2013-01-01", name="门诊支部", parent="hq"),
        _event("hq", "member_joined", "2013-01-01", member="m1", role="secretary"),
        *_committee(),
        _event("hq", "finding_recorded", "2019-11-11", category="major_error_sanctioned"),
        *_bureau(),
        *_institute(),
        _event("b2", "finding_recorded", "2019-10-11", category="records_incomplete", count=2),
        _assessed("b1", HOSPITAL, "1.1", "self", 200),
        _assessed("b1", HOSPITAL, "1.1", "superior", 150, note="缺学习体会"),
        _assessed("b1", HOSPITAL, "16", "self", 400),
    )


def _committee() -> list[dict[str, Any]]:
    events = []
    assessed = [clause for clause in load(COMMITTEE).rubric.clauses() if clause.assessed]
    for number, clause in enumerate(assessed):
        events.append(_assessed("hq", COMMITTEE, clause.id, "self", clause.points))
        if number % 3:
            events.append(_assessed("hq", COMMITTEE, clause.id, "superior", clause.points // 2, note="待补"))
        if number % 10 == 5:
            events.append(_assessed("hq", COMMITTEE, clause.id, "department", clause.points))
    return events


def _bureau() -> list[dict[str, Any]]:
    events = []
    for clause in load(BUREAU).rubric.clauses():
        events += [_assessed(branch, BUREAU, clause.id, "self", clause.points) for branch in ("b1", "b2")]
    events.append(_assessed("b1", BUREAU, "10", "superior", 300, note="党务公开不及时"))
    events.append(_assessed("b2", BUREAU, "11", "superior", 250, note=EVIL))
    return events


def _institute() -> list[dict[str, Any]]:
    events = []
    for number, clause in enumerate(load(INSTITUTE).rubric.clauses()):
        for branch in ("b1", "b2") if number % 4 else ("b1",):
            grades = {"excellent": 7 + number, "good": 5, "fair": number % 3}
            data = {"rubric": INSTITUTE, "clause": clause.id, "source": "masses", "period": "2019", **grades}
            events.append(_event(branch, "grades_tallied", "2019-12-15", **data))
    return events


def _assessed(
    branch: str, rubric: str, clause: str, assessor: str, hundredths: int, **more: str
) -> dict[str, Any]:
    points = f"{hundredths // 100}.{hundredths % 100:02d}"
    data = {"rubric": rubric, "clause": clause, "assessor": assessor, "points": points, "period": "2019"}
    return _event(branch, "clause_assessed", "2019-12-20", **data, **more)


def _event(branch: str, type_: str, day: str, **data: Any) -> dict[str, Any]:
    return {"branch": branch, "type": type_, "occurred_on": day, "recorded_by": "office", "data": data}
