"""The desk: the one place that asks the projections and writes to the ledger for an actor.

In: an open ledger, an actor, the organisations as they stand, the day. Out: typed answers, names that the
actor may see, outcomes of writing. Nothing that lies outside the actor's scope leaves this module.
Deliberately absent: HTTP, words, templates; deciding rights (`ledger.access`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ledger.access.actors import Actor, RightsInTree
from ledger.access.scopes import Tree
from ledger.effective import CONTROLS
from ledger.events import Event
from ledger.intake.batch import Outcome, record_each
from ledger.people import names
from ledger.store.codec import Recorded
from ledger.store.event_store import Store
from projections.engine.entries import Obligation
from projections.engine.logs import AskedOnce
from projections.engine.periods import Period
from projections.engine.plan import Plan
from projections.engine.reading.facts import decoders, read_facts
from projections.engine.reading.roster import ROSTER_TYPES, Roster
from projections.engine.reading.tree import TREE_TYPES, read_tree
from projections.engine.reading.tree import Tree as EngineTree
from projections.engine.results import Answer, Impact
from rubrics.known_clauses import KnownClauses
from web.desk.library import Forms
from web.desk.members import Member
from web.kept import Kept

if TYPE_CHECKING:
    from projections.engine.logs import Row


@dataclass(frozen=True)
class Written:
    """What came of writing: the outcomes in order, and what the new events count for."""

    outcomes: Sequence[Outcome]
    impacts: Sequence[Impact]


@dataclass
class Desk:
    """Asks and writes for one actor, as the ledger stands at one position."""

    store: Store
    actor: Actor
    tree: Tree
    forms: Forms
    now: datetime
    today: date
    zone: ZoneInfo
    position: int
    """The position of the last event, up to which everything is told."""
    kept: Kept
    _names: dict[str, Mapping[str, str]] = field(default_factory=dict)
    _labels: dict[str, Mapping[str, str]] = field(default_factory=dict)
    _rosters: dict[str, Roster] = field(default_factory=dict)

    @property
    def known(self) -> KnownClauses:
        """What intake must know of the forms that events name: by id, never by a path."""
        return self.forms.known

    @cached_property
    def log(self) -> AskedOnce:
        """The ledger's log, what several questions of this actor need of it read once."""
        return AskedOnce(self.store)

    @cached_property
    def readable(self) -> frozenset[str]:
        """The organisations that the actor may read."""
        return self.actor.readable(self.tree)

    def names(self, branch: str) -> Mapping[str, str]:
        """Return the names of a branch's members by code; none where the actor may not see them."""
        if branch not in self._names:
            seen = self.actor.sees_names(branch, self.tree)
            self._names[branch] = names(self.store, branch) if seen else {}
        return self._names[branch]

    def labels(self, branch: str) -> Mapping[str, str]:
        """Return what a branch's members are called by code: the name, with the code where two share it."""
        if branch not in self._labels:
            names = self.names(branch)
            shared = Counter(names.values())
            self._labels[branch] = {
                code: f"{name} {code}" if shared[name] > 1 else name for code, name in names.items()
            }
        return self._labels[branch]

    def roster(self, branch: str, day: date | None = None) -> list[Member]:
        """Return who is on a branch's roster on a day, secretaries first, with the names that may be seen."""
        number = (day or self.today).toordinal()
        roster = self._roster(branch)
        since = {stay.member: stay.since for stay in roster.stays if stay.since <= number < stay.until}
        names, labels = self.names(branch), self.labels(branch)
        members = [
            Member(
                code,
                names.get(code),
                roster.role_on(code, number),
                date.fromordinal(day_),
                labels.get(code, code),
            )
            for code, day_ in since.items()
        ]
        return sorted(members, key=lambda member: member.order)

    def was_ever(self, branch: str) -> frozenset[str]:
        """Return the codes of everybody who was ever on a branch's roster."""
        return frozenset(stay.member for stay in self._roster(branch).stays)

    def _roster(self, branch: str) -> Roster:
        if branch not in self._rosters:
            self._rosters[branch] = self._read_roster(branch)
        return self._rosters[branch]

    def _read_roster(self, branch: str) -> Roster:
        types = ROSTER_TYPES | CONTROLS
        facts: dict[str, list[Any]] = {}
        for _, rows in self.log.streams(upto=self.position, branches=[branch], types=types):
            for fact in read_facts(rows, decoders(ROSTER_TYPES)):
                facts.setdefault(fact.type, []).append(fact)
        return Roster(facts)

    def adopted(self, branch: str, day: date | None = None) -> list[str]:
        """Return the ids of the forms that a branch goes by on a day."""
        number = (day or self.today).toordinal()
        organization = self._engine_tree.get(branch)
        if organization is None:
            return []
        return list(dict.fromkeys(a.rubric for a in organization.adoptions if a.stands_on(number)))

    def ever_adopted(self, branches: Sequence[str] | None = None) -> list[str]:
        """Return the ids of all forms that some branches, or any that may be read, ever adopted."""
        codes = self.readable if branches is None else branches
        found = (self._engine_tree.get(code) for code in codes)
        return list(dict.fromkeys(a.rubric for one in found if one is not None for a in one.adoptions))

    @cached_property
    def _engine_tree(self) -> EngineTree:
        return self._read_engine_tree(self.position)

    def _engine_tree_of(self, upto: int) -> EngineTree:
        """Return the organisations of a prefix; kept until an event tells something else of them."""
        return self._engine_tree if upto == self.position else self._read_engine_tree(upto)

    def _read_engine_tree(self, upto: int) -> EngineTree:
        last = self.store.last_of(TREE_TYPES | CONTROLS, upto=upto)
        return self.kept.get(("engine's tree", last), lambda: read_tree(self.store, upto=upto))

    def score(
        self,
        plan: Plan,
        period: Period,
        *,
        branches: Sequence[str],
        on: date | None = None,
        upto: int | None = None,
        explain: bool = False,
    ) -> Answer:
        """Score branches that the actor may read."""
        from projections.engine.replays import replay

        assert self.readable.issuperset(branches)
        at = self.position if upto is None else upto
        return replay(
            self.log,
            plan,
            period,
            on=on or self.today,
            upto=at,
            branches=branches,
            explain=explain,
            tree=self._engine_tree_of(at),
        )

    def standings(
        self, plan: Plan, period: Period, *, branches: Sequence[str], on: date
    ) -> tuple[Answer, Mapping[str, int]]:
        """Score branches that the actor may read, and count what each has overdue today."""
        from projections.engine.replays import standings

        assert self.readable.issuperset(branches)
        return standings(
            self.log,
            plan,
            period,
            on=on,
            today=self.today,
            upto=self.position,
            branches=branches,
            tree=self._engine_tree,
        )

    def due(
        self,
        branches: Sequence[str],
        *,
        on: date | None = None,
        until: date | None = None,
        plans: Sequence[Plan] | None = None,
        unmet_only: bool = False,
    ) -> list[Obligation]:
        """Return what branches owe, by due day."""
        from projections.engine.replays import obligations

        asked = self.forms.plans(self.ever_adopted(branches)) if plans is None else plans
        found = obligations(
            self.log,
            asked,
            on=on or self.today,
            upto=self.position,
            branches=branches,
            until=until,
            unmet_only=unmet_only,
            tree=self._engine_tree,
        )
        return sorted(found, key=lambda one: one.order)

    def write(self, events: Sequence[Event], *, trial: bool = False) -> Written:
        """Record events of one branch, all or none; a trial writes nothing and says what would come of it.

        Raises Refused with every problem.
        """
        outcomes = self.record(events, trial=trial)
        return Written(outcomes, self.impact_of([one.recorded for one in outcomes if one.appended]))

    def record(self, events: Sequence[Event], *, trial: bool = False, own: bool = False) -> list[Outcome]:
        """Record events, of any branches, all or none, without asking what they count for.

        `own`: the program itself made them for the actor: certificates. Raises Refused; a problem's `line` is
        the place of its event, from 1.
        """
        return record_each(
            self.store,
            events,
            now=self.now,
            today=self.today,
            known=self.known,
            own=own,
            rights=None if self.actor.holder else RightsInTree(self.actor, self.tree),
            trial=trial,
            numbered=True,
        )

    def impact_of(self, events: Sequence[Recorded]) -> list[Impact]:
        """Return what events of one branch count for: the difference to the log before the first of them."""
        from projections.engine.replays import impact

        if not events:
            return []
        branch, upto = events[0].branch, events[0].position - 1
        rows: list[Row] = [
            (r.position, r.id, r.type, r.schema_version, r.occurred_on, r.counts_for, r.data) for r in events
        ]
        plans = self.forms.plans(self.ever_adopted([branch, *self.tree.above(branch)]))
        tree = self._engine_tree_of(upto)
        found = impact(self.log, plans, branch, rows, today=self.today, upto=upto, tree=tree)
        return [one for one in found if one.branch in self.readable]
