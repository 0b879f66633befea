"""The fold: from the log's streams to branches that rules can look at, one at a time.

In: a log, a plan, who is asked. Out: `Branch`es in order of code. What needs other branches is read first, as
small facts. Deliberately absent: rules, scores; both the replay and the obligations are made of these
branches.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from projections.engine.branch import NOBODY, Beside, Branch, Frame
from projections.engine.errors import BranchDissolved, NothingToScore, UnknownBranch
from projections.engine.logs import Log, Row
from projections.engine.plan import Plan
from projections.engine.reading.facts import CONTROLS, Fact, decoders, read_facts
from projections.engine.reading.tree import Organization, Tree, organization_of, read_tree
from projections.engine.rules.rank import build_races

FEW = 50
"""Of so many branches whole streams are read; of more only the rows that a plan looks at."""


class Source:
    """A prefix of a log, with its tree read when it is first needed, and once."""

    def __init__(self, log: Log, upto: int, tree: Tree | None = None) -> None:
        self.log = log
        self.upto = upto
        self._tree = tree

    @property
    def tree(self) -> Tree:
        """Every organisation of the prefix."""
        if self._tree is None:
            self._tree = read_tree(self.log, upto=self.upto)
        return self._tree

    def facts(
        self, plan: Plan, codes: Collection[str]
    ) -> Iterator[tuple[str, Organization | None, Sequence[Fact]]]:
        """Yield the facts that a plan looks at, branch by branch, with the organisation that they tell of."""
        types = None if len(codes) <= FEW else plan.types | CONTROLS
        for code, rows in self.log.streams(upto=self.upto, branches=codes, types=types):
            facts = read_facts(rows, plan.decoders)
            yield code, organization_of(code, facts), facts

    def unknown(self, code: str) -> UnknownBranch:
        """Return what is said of a branch that nobody registered."""
        return UnknownBranch(code, list(self.tree), self.upto)


def choose(source: Source, frame: Frame, branches: Collection[str] | None) -> list[str]:
    """Choose who is scored: those named; else whose adoption stands on the period's last day; else all of its
    kind.

    Who was dissolved before the period begins is left out. Raises NothingToScore.
    """
    if branches is not None:
        return sorted(set(branches))
    rubric = frame.plan.rubric
    alive = [one for one in source.tree.values() if one.dissolved >= frame.start]
    adopted = [one.code for one in alive if one.adopted(rubric.id, frame.end)]
    if adopted:
        return adopted
    of_kind = [one.code for one in alive if one.kind == rubric.applies_to]
    if not of_kind:
        raise NothingToScore(rubric.id, rubric.applies_to)
    return of_kind


def read_beside(source: Source, frame: Frame, codes: Collection[str]) -> Beside:
    """Read what the scores of some branches need of others: the races of ranks, what subordinates did."""
    plan = frame.plan
    if not plan.ranks and not plan.of_subordinates:
        return NOBODY
    return Beside(
        build_races(frame, source.tree, _reports(source)) if plan.ranks else {},
        _subordinates(source, frame, codes) if plan.of_subordinates else {},
    )


def _reports(source: Source) -> Mapping[str, Sequence[Fact]]:
    wanted = decoders({"metric_reported"})
    rows = source.log.rare_streams(upto=source.upto, types=CONTROLS | {"metric_reported"})
    return {code: read_facts(own, wanted) for code, own in rows}


def _subordinates(
    source: Source, frame: Frame, codes: Collection[str]
) -> Mapping[str, Sequence[tuple[Organization, Mapping[int, Sequence[Fact]]]]]:
    """Gather the facts of every branch that ever stood below one of these, by criterion."""
    asked = set(codes)
    below = [o.code for o in source.tree.values() if any(parent in asked for _, parent in o.parents)]
    plan, on = frame.plan, frame.on
    criteria = [planned.criteria["events"] for planned in plan.of_subordinates]
    found: dict[str, list[tuple[Organization, Mapping[int, Sequence[Fact]]]]] = {}
    for code, organization, facts in source.facts(plan, below):
        if organization is None:
            continue
        sorted_out, _ = plan.sort_out([fact for fact in facts if fact.day <= on])
        own = {criterion: sorted_out[criterion] for criterion in criteria}
        for parent in {parent for _, parent in source.tree[code].parents if parent in asked}:
            found.setdefault(parent, []).append((organization, own))
    return found


def branches_of(
    source: Source, frame: Frame, codes: Sequence[str], beside: Beside, new: Sequence[Row] = ()
) -> Iterator[Branch]:
    """Yield the branches asked for, in order of code. Raises UnknownBranch, BranchDissolved."""
    left = iter(codes)
    for code, organization, facts in source.facts(frame.plan, codes):
        if organization is None or code != next(left, None):
            raise source.unknown(
                code if organization is None else next(c for c in codes if c not in source.tree)
            )
        if organization.dissolved < frame.start and organization.dissolved <= frame.on:
            raise BranchDissolved(code, date.fromordinal(organization.dissolved), frame.period.name)
        yield Branch(frame, organization, facts, beside)
    missing = next(left, None)
    if missing is not None:
        raise source.unknown(missing)
