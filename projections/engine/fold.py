"""The fold: from the log's streams to branches that rules can look at, one at a time.

In: a log, plans, who is asked. Out: `Branch`es in order of code. What needs other branches is read first, as
small facts. Deliberately absent: rules, scores; both the replay and the obligations are made of these
branches.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from ledger.effective import CONTROLS
from projections.engine.branch import NOBODY, Beside, Branch, Frame, Subordinate
from projections.engine.errors import NothingToScore, UnknownBranch
from projections.engine.logs import FEW, Log, Row
from projections.engine.plan import Plan
from projections.engine.reading.facts import Decoder, Fact, decoders, read_facts
from projections.engine.reading.tree import PARENT_TYPES, Organization, Tree, organization_of, read_tree
from projections.engine.rules.rank import Race, Races, build_races
from rubrics.rules import Rank


class Source:
    """A prefix of a log for some plans; what is of all branches is read when it is first needed, and once.

    `tree`: the organisations of the same prefix, where who asks has them already. `also`: types of events to
    read though no plan looks at them.
    """

    def __init__(
        self,
        log: Log,
        upto: int,
        plans: Sequence[Plan],
        tree: Tree | None = None,
        also: Collection[str] = (),
    ) -> None:
        self.log = log
        self.upto = upto
        self._given = tree
        self.types = frozenset[str](also).union(*(plan.types for plan in plans))
        self._metrics = {p.rule.metric for plan in plans for p in plan.ranks if isinstance(p.rule, Rank)}
        self._below: dict[tuple[int, int, frozenset[str]], Mapping[str, Sequence[Subordinate]]] = {}

    @cached_property
    def decoders(self) -> Mapping[str, Decoder]:
        """How the payloads of the types are read that the plans look at."""
        return decoders(self.types)

    @cached_property
    def tree(self) -> Tree:
        """Every organisation of the prefix."""
        return self._given if self._given is not None else read_tree(self.log, upto=self.upto)

    @property
    def _knows_tree(self) -> bool:
        return self._given is not None or "tree" in self.__dict__

    @cached_property
    def _beside(self) -> Mapping[str, Sequence[Row]]:
        """The rows that ranks need of others: who stands above whom, and reports of the metrics that are
        ranked.
        """
        types = CONTROLS | {"metric_reported"}
        if not self._knows_tree:
            types |= PARENT_TYPES
        found = self.log.rare_streams(upto=self.upto, types=types)
        return {code: self._without_others(rows) for code, rows in found}

    def _without_others(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Leave out reports of other metrics, but where a correction may have named another."""
        if any(row[2] in CONTROLS for row in rows):
            return rows
        return [
            row
            for row in rows
            if row[2] != "metric_reported" or any(metric in row[6] for metric in self._metrics)
        ]

    @cached_property
    def parents(self) -> Tree:
        """Every organisation, as far as who stands above whom."""
        if self._knows_tree:
            return self.tree
        wanted = decoders(PARENT_TYPES)
        found = {code: organization_of(code, read_facts(rows, wanted)) for code, rows in self._beside.items()}
        return Tree({code: one for code, one in found.items() if one is not None})

    @cached_property
    def _reports(self) -> dict[str, Sequence[Fact]]:
        return {}

    def reports_of(self, codes: Sequence[str]) -> Mapping[str, Sequence[Fact]]:
        """Return the reports of ranked metrics of some branches."""
        wanted, known = decoders({"metric_reported"}), self._reports
        missing = [code for code in codes if code not in known]
        rows = self._rows_beside(missing) if missing else {}
        for code in missing:
            known[code] = read_facts(rows.get(code, ()), wanted)
        return {code: known[code] for code in codes}

    def _rows_beside(self, codes: Sequence[str]) -> Mapping[str, Sequence[Row]]:
        """Return the rows of reports of some branches: of a few, where the tree is known, theirs alone."""
        if self._given is None or len(codes) > FEW:
            return self._beside
        types = CONTROLS | {"metric_reported"}
        found = self.log.streams(upto=self.upto, branches=codes, types=types)
        return {code: self._without_others(rows) for code, rows in found}

    def facts(self, codes: Collection[str]) -> Iterator[tuple[str, Organization | None, Sequence[Fact]]]:
        """Yield the facts that the plans look at, branch by branch, with the organisation that they tell
        of.
        """
        types = None if len(codes) <= FEW else self.types | CONTROLS
        wanted, known = self.decoders, self.tree if self._knows_tree else None
        for code, rows in self.log.streams(upto=self.upto, branches=codes, types=types):
            facts = read_facts(rows, wanted)
            yield code, known.get(code) if known is not None else organization_of(code, facts), facts

    def registered(self, codes: Sequence[str]) -> Iterator[tuple[Organization, Sequence[Fact]]]:
        """Yield the same of branches that must be registered. Raises UnknownBranch."""
        left = iter(codes)
        for code, organization, facts in self.facts(codes):
            if organization is None or code != next(left, None):
                raise self._unknown(codes)
            yield organization, facts
        if next(left, None) is not None:
            raise self._unknown(codes)

    def require(self, codes: Sequence[str]) -> None:
        """Raise UnknownBranch where one of these is not registered."""
        if any(code not in self.tree for code in codes):
            raise self._unknown(codes)

    def _unknown(self, codes: Sequence[str]) -> UnknownBranch:
        return UnknownBranch(
            next(code for code in codes if code not in self.tree), list(self.tree), self.upto
        )

    def below(self, plan: Plan, on: int, codes: Collection[str]) -> Mapping[str, Sequence[Subordinate]]:
        """Return, by code, the branches that ever stood below these, with what they did by the day `on` for
        the rules that ask about subordinates: facts by criterion.
        """
        key = (id(plan), on, frozenset(codes))
        found = self._below.get(key)
        if found is None:
            found = self._below[key] = self._read_below(plan, on, codes)
        return found

    def _read_below(self, plan: Plan, on: int, codes: Collection[str]) -> Mapping[str, Sequence[Subordinate]]:
        asked = set(codes)
        below = [o.code for o in self.tree.values() if any(parent in asked for _, parent in o.parents)]
        criteria = [planned.criteria["events"] for planned in plan.of_subordinates]
        found: dict[str, list[Subordinate]] = {}
        for organization, facts in self.registered(below):
            sorted_out, _ = plan.sort_out([fact for fact in facts if fact.day <= on])
            own = Subordinate(organization, {criterion: sorted_out[criterion] for criterion in criteria})
            for parent in {parent for _, parent in organization.parents if parent in asked}:
                found.setdefault(parent, []).append(own)
        return found

    def beside(self, frame: Frame, codes: Collection[str]) -> Beside:
        """Return what the scores of some branches need of others."""
        plan = frame.plan
        if not plan.ranks and not plan.of_subordinates:
            return NOBODY
        return Beside(
            Later(lambda: self._races(frame, codes)) if plan.ranks else {},
            self.below(plan, frame.on, codes) if plan.of_subordinates else {},
        )

    def _races(self, frame: Frame, codes: Collection[str]) -> Races:
        """Gather the races that some branches may run in: those of the branches beside them."""
        day = min(frame.end, frame.on)
        superiors = {self.parents[code].parent_on(day) for code in codes if code in self.parents}
        beside = [code for code, one in self.parents.items() if one.parent_on(day) in superiors]
        return build_races(frame, self.parents, self.reports_of(beside))


class Later(Mapping[tuple[int, int], Mapping[Race, Sequence[int]]]):
    """Races that are gathered when the first branch asks for one: a branch that reported nothing never
    does.
    """

    def __init__(self, gather: Callable[[], Races]) -> None:
        self._gather = gather

    @cached_property
    def _races(self) -> Races:
        return self._gather()

    def __getitem__(self, rule: tuple[int, int]) -> Mapping[Race, Sequence[int]]:
        return self._races[rule]

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self._races)

    def __len__(self) -> int:
        return len(self._races)


def choose(source: Source, frame: Frame, branches: Collection[str] | None) -> list[str]:
    """Choose who is scored: those named; else whose adoption stands on the period's last day; else all of its
    kind.

    Who was dissolved before the period begins is left out. Raises NothingToScore.
    """
    return chosen(source.tree.values(), frame) if branches is None else sorted(set(branches))


def chosen(organizations: Iterable[Organization], frame: Frame) -> list[str]:
    """Choose of all organisations, looked at one by one, where none are named; otherwise as `choose`."""
    rubric = frame.plan.rubric
    adopted, of_kind = [], []
    for one in organizations:
        if one.dissolved < frame.start:
            continue
        if one.adopted(rubric.id, frame.end, frame.on):
            adopted.append(one.code)
        if one.kind == rubric.applies_to:
            of_kind.append(one.code)
    if not adopted and not of_kind:
        raise NothingToScore(rubric.id, rubric.applies_to)
    return adopted or of_kind


def branches_of(source: Source, frame: Frame, codes: Sequence[str]) -> Iterator[Branch]:
    """Yield the branches asked for, in order of code, but for those that were dissolved before the period
    began.

    Raises UnknownBranch.
    """
    return (branch for branch, _ in read_branches(source, frame, codes))


def read_branches(
    source: Source, frame: Frame, codes: Sequence[str]
) -> Iterator[tuple[Branch, Sequence[Fact]]]:
    """Yield the same with their facts, those after the day of the replay, too."""
    beside = source.beside(frame, codes)
    for organization, facts in source.registered(codes):
        if organization.ends(frame.on) >= frame.start:
            yield Branch(frame, organization, facts, beside), facts
