"""Rows about the engine: one branch, a thousand, the text of an answer, the impact of one event."""

import json
from collections import Counter

from bench.made import END, FORM_000, FORM_001, TODAY, YEAR, Made, opened
from bench.timing import QUICK, Figure, closest, in_turn, spin, timed
from ledger.store.event_store import Store
from projections.answers.document import Replayed, answer_row, answer_text
from projections.engine.periods import parse_period
from projections.engine.plan import Plan
from projections.engine.replays import impact, replay, score_each
from rubrics.library import load

_MANY = 200 if QUICK else 1_000


def branch_of_300(store: Store) -> tuple[str, int]:
    """Return a branch with about 300 events."""
    counts = Counter(event.branch for event in store.read())
    return closest([pair for pair in counts.items() if "-b" in pair[0]], 300)


def one_branch(made: Made) -> Figure:
    """One branch, warm, from the ledger."""
    with opened(made.ledger(10)) as store:
        code, events = branch_of_300(store)
        plan, period, upto = Plan(load(FORM_001).rubric), parse_period(str(YEAR)), store.head().position

        def ten() -> None:
            for _ in range(10):
                replay(store, plan, period, on=END, upto=upto, branches=[code])

        ours, theirs = in_turn(ten, spin, 11)
    what = f"form 001, one branch of {events} events, warm"
    return Figure(what, "a million additions", ours / 10, theirs, 0.10)


def thousand_branches(made: Made) -> Figure:
    """A thousand branches of a hundred events, warm, one process, without the text."""
    with opened(made.ledger(_MANY, 100)) as store:
        plan, period, upto = Plan(load(FORM_001).rubric), parse_period(str(YEAR)), store.head().position

        def all_of_them() -> None:
            for _ in score_each(store, plan, period, on=END, upto=upto):
                pass

        ours, theirs = in_turn(all_of_them, spin, 1 if QUICK else 3)
    what = f"form 001, {_MANY:,} branches of 100 events, warm"
    return Figure(what, "a million additions", ours, theirs, 20 * _MANY / 1_000)


def json_text(made: Made) -> Figure:
    """Writing the JSON of a thousand branches."""
    loaded = load(FORM_001)
    with opened(made.ledger(_MANY, 100)) as store:
        period, head = parse_period(str(YEAR)), store.head()
        answer = replay(store, Plan(loaded.rubric), period, on=END, upto=head.position)
    replayed = Replayed(loaded.rubric, loaded.digest, period, END, head.position, head.hash)
    document = answer_row(replayed, answer.scores, explain=False)

    def ours() -> None:
        for _ in answer_text(replayed, answer.scores, explain=False):
            pass

    mine, theirs = in_turn(ours, lambda: json.dumps(document, ensure_ascii=False, indent=2), 3)
    what = f"writing the JSON of {len(answer.scores):,} branches"
    return Figure(what, "json.dumps(indent=2) of the ready document", mine, theirs, 0.5)


def impact_of_one(made: Made) -> Figure:
    """What one more event changes, by two forms."""
    with opened(made.ledger(10)) as store:
        code, _ = branch_of_300(store)
        plans = [Plan(load(form).rubric) for form in (FORM_001, FORM_000)]
        upto = store.head().position
        data = '{"evidence":["minutes","photo"],"expected":9,"kind":"theme_day","present":9}'
        new = [
            (upto + 1, "00000000-0000-4000-8000-000000000001", "meeting_held", 1, f"{YEAR}-11-20", None, data)
        ]

        def ten() -> None:
            for _ in range(10):
                impact(store, plans, code, new, today=TODAY, upto=upto)

        ours, theirs = in_turn(ten, spin, 7)
    return Figure("impact of one event, two forms", "a million additions", ours / 10, theirs, 0.3)


def sweep_growth(made: Made) -> Figure:
    """A sweep of ten times the branches beside ten times the time."""
    from bench.made import NOW, known
    from projections.reminders.sweep import sweep

    few, many = (20, _MANY) if QUICK else (1_000, 10_000)
    rubrics = [load(FORM_001)]

    def swept(branches: int) -> float:
        from shutil import copy

        source = made.ledger(branches, 100).removeprefix("sqlite:///")
        own = copy(source, made.own / f"sweep-{branches}.db")
        with opened(f"sqlite:///{own}") as store:
            day = END.replace(day=20)
            return timed(lambda: sweep(store, on=day, now=NOW, today=TODAY, rubrics=rubrics, known=known()))

    small, large = swept(few), swept(many)
    each = large / many / min(timed(spin) for _ in range(5))
    return Figure(
        f"a sweep of {many:,} branches",
        f"of {few:,} branches, times {many // few}",
        large,
        small * (many // few),
        1.1,
        note=f"{each:.3f} of a million additions a branch, at most 0.02; at most 200 MB",
    )
