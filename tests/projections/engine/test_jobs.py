"""Branches shared out to processes: the same answers, and what happens when one is lost."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copy

import pytest

from ledger.errors import LedgerError
from ledger.events import parse_event
from ledger.intake.batch import record_each
from ledger.store.event_store import Store
from projections.engine.errors import UnknownBranch, WorkerFailed
from projections.engine.jobs import in_processes, processes
from projections.engine.logs import Log, RowsAtHand
from projections.engine.periods import parse_period
from projections.engine.plan import Plan
from projections.engine.replays import obligations, replay
from rubrics.library import load
from tests.reference.written import clause, form, parse_log

FORMS = [load(name).rubric for name in ("college-staff-branch-2019", "hospital-committee-standard")]
LOG = "\n".join(
    [
        "2010-01-01 c1 branch_registered name=c1 organization=committee",
        "2010-01-01 c2 branch_registered name=c2 organization=committee",
        *(f"2010-01-01 b{n} branch_registered name=b{n} parent=c{1 + n % 2}" for n in range(6)),
        *(f"2019-01-01 b{n} rubric_adopted rubric={FORMS[0].id}" for n in range(6)),
        *(f"2019-01-01 c{n} rubric_adopted rubric={FORMS[1].id}" for n in (1, 2)),
        *(f"2018-01-01 b{n} member_joined member=m{m}" for n in range(6) for m in range(3)),
        *(f"2019-0{1 + n}-10 b{n} dues_paid member=m1 month=2019-0{1 + n} amount=5" for n in range(6)),
        *(f"2019-12-20 b{n} metric_reported metric=study_app_average value={n % 4}" for n in range(6)),
        *(f"2019-05-0{1 + n} b{n} meeting_held kind=theme_day" for n in range(6)),
        "2019-06-01 b5 branch_moved parent=c1",
    ]
)
ON = date(2019, 12, 31)


@pytest.fixture(scope="module")
def ledger(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = Path(copy(sqlite_template, tmp_path_factory.mktemp("jobs") / "ledger.db"))
    with Store.open(f"sqlite:///{path}") as store:
        events = [parse_event(event) for event in parse_log(LOG)]
        known = {rubric.id: {} for rubric in FORMS}
        record_each(store, events, now=datetime(2026, 1, 1, tzinfo=UTC), today=date(2026, 1, 1), known=known)
        yield store


@pytest.mark.parametrize("rubric", FORMS, ids=lambda rubric: rubric.id)
def test_two_processes_answer_what_one_does(ledger: Store, rubric: object) -> None:
    plan = Plan(rubric)  # type: ignore[arg-type]
    upto = ledger.head().position

    def answer(jobs: int) -> object:
        return replay(ledger, plan, parse_period("2019"), on=ON, upto=upto, explain=True, jobs=jobs)

    assert answer(2) == answer(1)


def test_two_processes_list_the_obligations_that_one_does(ledger: Store) -> None:
    plans, upto = [Plan(rubric) for rubric in FORMS], ledger.head().position
    one, two = (list(obligations(ledger, plans, on=ON, upto=upto, jobs=jobs)) for jobs in (1, 2))
    assert len(one) > 100
    assert one == two


def test_an_unknown_branch_is_told_by_as_many_processes_as_you_like(ledger: Store) -> None:
    plan = Plan(FORMS[0])
    with pytest.raises(UnknownBranch):
        replay(
            ledger,
            plan,
            parse_period("2019"),
            on=ON,
            upto=ledger.head().position,
            branches=["b1", "x"],
            jobs=2,
        )


def test_processes_are_used_from_many_branches_on_or_as_asked(ledger: Store) -> None:
    cores = os.cpu_count() or 1
    assert [processes(ledger, 499, None), processes(ledger, 500, None)] == [1, cores]
    assert [processes(ledger, 499, 3), processes(ledger, 2, 3), processes(ledger, 0, 3)] == [3, 2, 1]
    assert processes(RowsAtHand({}), 5000, 2) == 1


@dataclass(frozen=True)
class Failing:
    """Work that ends badly at one branch: by a refusal, or with the process."""

    refusal: str

    def __call__(self, log: Log) -> Callable[[Sequence[str]], Iterator[str]]:
        return self.work

    def work(self, codes: Sequence[str]) -> Iterator[str]:
        for code in codes:
            if code == "b3" and self.refusal:
                raise WorkerFailed
            if code == "b3":
                os._exit(9)
            yield code


@pytest.mark.parametrize(("refusal", "error"), [("said", LedgerError), ("", WorkerFailed)])
def test_what_a_worker_refuses_and_a_worker_that_is_lost_are_told_in_a_sentence(
    ledger: Store, refusal: str, error: type[LedgerError]
) -> None:
    with pytest.raises(error, match="process that was computing is gone"):
        list(in_processes(ledger, Failing(refusal), ["b1", "b2", "b3", "b4"], 2))


def test_a_form_of_the_users_own_travels_too(ledger: Store) -> None:
    own = form(
        clause("{kind: tally, events: {type: meeting_held}, points: {by: kind, values: {theme_day: 1}}}")
    )
    upto = ledger.head().position
    found = replay(ledger, Plan(own), parse_period("2019"), on=ON, upto=upto, branches=["b1", "b2"], jobs=2)
    assert [score.total for score in found.scores] == [300, 300]
