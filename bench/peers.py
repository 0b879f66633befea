"""Rows beside peers: what others do for the same events. Their packages are for the bench only."""

from bench.made import END, FORM_001, YEAR, Made, opened, rows_of
from bench.scale import parse_all
from bench.stores import draft_of
from bench.timing import QUICK, Figure, in_turn
from projections.engine.periods import parse_period
from projections.engine.plan import Plan
from projections.engine.replays import replay, score_each
from rubrics.library import load

BRANCHES = 20 if QUICK else 200


def eventsourcing_replay(made: Made) -> Figure:
    """A whole form from our ledger beside aggregates of `eventsourcing` that only count."""
    from eventsourcing.application import Application
    from eventsourcing.domain import Aggregate, event

    class Counted(Aggregate):
        """Counts what happened, by type and month."""

        @event("Began")
        def __init__(self, code: str) -> None:
            self.code = code
            self.counts: dict[str, int] = {}

        @event("Happened")
        def happen(self, type: str, month: str, data: str) -> None:  # noqa: A002
            key = f"{type} {month}"
            self.counts[key] = self.counts.get(key, 0) + 1

    environ = {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(made.own / "peer.db")}
    peer: Application = Application(env=environ)
    with opened(made.ledger(BRANCHES)) as store:
        streams = list(store.streams(upto=store.head().position))
        ids, events = [], 0
        for code, rows in streams:
            aggregate = Counted(code)
            for row in rows:
                aggregate.happen(row[2], row[4][:7], row[6])
            peer.save(aggregate)
            ids.append(aggregate.id)
            events += len(rows)
        plan, period, upto = Plan(load(FORM_001).rubric), parse_period(str(YEAR)), store.head().position
        codes = [code for code, _ in streams]

        def ours() -> None:
            for _ in score_each(store, plan, period, on=END, upto=upto, branches=codes):
                pass

        def theirs() -> None:
            for id_ in ids:
                peer.repository.get(id_)

        mine, peers = in_turn(ours, theirs, 3)
    return Figure(
        f"form 001, {len(codes)} branches, {events:,} events, from the ledger",
        "eventsourcing replaying them into counters",
        mine,
        peers,
        0.5,
    )


def eventsourcing_append(made: Made) -> Figure:
    """One durable append in process beside that of `eventsourcing`."""
    from itertools import count

    from eventsourcing.application import Application
    from eventsourcing.domain import Aggregate, event

    from bench.made import NOW
    from ledger.store.event_store import Store
    from ledger.store.setup import init

    class Noted(Aggregate):
        """Takes notes."""

        @event("Began")
        def __init__(self) -> None:
            self.last = ""

        @event("Happened")
        def happen(self, type: str, day: str, data: str) -> None:  # noqa: A002
            self.last = data

    environ = {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(made.own / "peer.db")}
    peer: Application = Application(env=environ)
    aggregate = Noted()
    peer.save(aggregate)
    init(f"sqlite:///{made.own / 'ours.db'}")
    store = Store.open(f"sqlite:///{made.own / 'ours.db'}")
    numbers = count(1)

    def ours() -> None:
        for _ in range(100):
            with store.appending(NOW) as appender:
                appender.append([draft_of(next(numbers))])

    def theirs() -> None:
        for _ in range(100):
            draft = draft_of(next(numbers))
            aggregate.happen(draft.type, draft.occurred_on, draft.data)
            peer.save(aggregate)

    mine, peers = in_turn(ours, theirs, 5)
    store.dispose()
    return Figure("one durable append in process", "eventsourcing, SQLite", mine / 100, peers / 100, 1)


def openfisca_formulas(made: Made) -> Figure:
    """Form 001 of one branch beside 25 formulas of OpenFisca for one entity."""
    from bench.folds import branch_of_300
    from bench.openfisca import simulation

    with opened(made.ledger(10)) as store:
        code, _ = branch_of_300(store)
        plan, period, upto = Plan(load(FORM_001).rubric), parse_period(str(YEAR)), store.head().position

        def ours() -> None:
            for _ in range(10):
                replay(store, plan, period, on=END, upto=upto, branches=[code])

        def theirs() -> None:
            for _ in range(10):
                simulation()

        mine, peers = in_turn(ours, theirs, 5)
    clauses = len(plan.clauses)
    return Figure(
        f"one branch, {clauses} clauses, from the ledger",
        "OpenFisca-core, 25 formulas, one entity, month by month",
        mine / 10, peers / 10, 1,
    )  # fmt: skip


def duckdb_count(made: Made) -> Figure:
    """Parsing lines in plain Python beside DuckDB counting them by branch, type and month."""
    import duckdb

    segments = made.segments(100 if QUICK else 4_000)
    query = f"""
        SELECT branch, type, substr(occurred_on, 1, 7) AS month, count(*)
        FROM read_json('{segments}/bucket-*.jsonl.zst',
                       columns = {{branch: 'VARCHAR', type: 'VARCHAR', occurred_on: 'VARCHAR'}})
        GROUP BY ALL
    """

    def theirs() -> None:
        duckdb.connect().sql(query).fetchall()

    ours, counted = in_turn(lambda: parse_all(segments), theirs, 3)
    return Figure(
        f"parsing {rows_of(segments):,} lines with orjson, nothing else",
        "DuckDB counting them by branch, type and month",
        ours,
        counted,
        None,
        note="a count scores nothing; CPU of all its threads",
    )
