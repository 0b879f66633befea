"""The obligations of one branch in one year: the entries that score, gathered by rule and window, on a
morning.

In: a branch, the day at whose beginning we speak. Out: `Obligation`s. Deliberately absent: any evaluation of
rules; what was owed and what was done is what the entries say, so that an obligation is met exactly when the
entry that scores is. Which years are looked at is `obligations`' affair.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache

from ledger.words import Words
from projections.engine.branch import Branch
from projections.engine.due.terms import Stakes, lead_of, obliges, title_of, with_ref
from projections.engine.entries import DutyState, Entry, Obligation
from projections.engine.plan import Plan, PlannedRule
from projections.engine.scoring.clauses import (
    NONE,
    Evaluated,
    Judged,
    Terms,
    evaluated,
    find_entries,
    read_judged,
    terms_of,
)
from projections.engine.scoring.judgements import read_waivers
from projections.engine.scoring.prices import price

LATE = frozenset({"dues:late", "deadline:late", "submission:late"})
Wanted = Callable[[int, int, bool], bool]
"""Whether an obligation is wanted: its due day, the first day of its lead time, whether it has a window."""


@lru_cache(maxsize=16)
def gatherer_of(plan: Plan) -> "Gatherer":
    """Return what gathers obligations by a plan; made once, for it keeps what branches have in common."""
    return Gatherer(plan)


class Gatherer:
    """Gathers the obligations of branches by one plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.terms = terms_of(plan)
        self.form = Words(plan.rubric.title.zh, plan.rubric.title.en)
        own = Terms(
            "-",
            0,
            0,
            earns=False,
            assessed=False,
            graded=False,
            always=False,
            rules=evaluated(plan.own_rules),
        )
        self._obliging: Sequence[tuple[int, Terms, frozenset[int]]] = [
            (number, terms, obliging)
            for number, terms in [*enumerate(self.terms), (-1, own)]
            if (obliging := frozenset(p.order for _, p, _ in terms.rules if obliges(p.rule)))
        ]
        self._binding: Sequence[tuple[int, tuple[Evaluated, ...]]] = [
            (number, binding)
            for number, terms, _ in self._obliging
            if (binding := tuple(e for e in terms.rules if obliges(e[1].rule) and not e[1].advisory))
        ]

    @cached_property
    def _titles(self) -> Mapping[tuple[int, int], Words]:
        rubric = self.plan.rubric
        return {
            (p.clause, p.order): title_of(
                rubric, self.plan.clauses[p.clause] if p.clause >= 0 else None, p.rule
            )
            for p in self.plan.rules
        }

    @cached_property
    def _rules(self) -> Mapping[tuple[int, int], PlannedRule]:
        return {(planned.clause, planned.order): planned for planned in self.plan.rules}

    def spans(self, branch: Branch) -> Iterator[Entry]:
        """Yield the entries of the triggers and requests that fall due in the branch's period."""
        for _, terms, _ in self._obliging:
            for evaluate, planned, _ in terms.rules:
                if planned.rule.kind in ("deadline", "submission"):
                    yield from evaluate(branch, planned, planned.rule)

    def gather(
        self, branch: Branch, today: int, wanted: Wanted, *, unmet_only: bool, clause: int | None = None
    ) -> Iterator[Obligation]:
        """Yield the obligations of the branch's period as they stand at the beginning of a day; of all
        clauses, or of the one of that number.
        """
        judged = read_judged(branch)
        for number, terms, obliging in self._obliging:
            if clause is None or number == clause:
                yield from self._of_clause(branch, number, terms, obliging, judged, today, wanted, unmet_only)

    def overdue(self, branch: Branch, today: int, wanted: Wanted) -> Iterator[int]:
        """Yield the due day of everything that `gather` tells as overdue, but for advisory rules: enough to
        count it, without prices, stakes and titles.
        """
        waivers = read_waivers(branch)
        for number, rules in self._binding:
            missed: dict[tuple[int | None, str], Entry] = {}
            for entry in find_entries(branch, rules, waivers.get(number, NONE)):
                if entry.due < today and still_missing(entry):
                    missed[entry.rule, _place(entry)] = entry
            for (rule, _), entry in missed.items():
                assert rule is not None
                if wanted(entry.due, self._lead_on(number, rule, entry), entry.window is not None):
                    yield entry.due

    def _of_clause(
        self,
        branch: Branch,
        number: int,
        terms: Terms,
        obliging: frozenset[int],
        judged: Judged,
        today: int,
        wanted: Wanted,
        unmet_only: bool,
    ) -> Iterator[Obligation]:
        waivers = judged.waivers.get(number, NONE)
        found = find_entries(branch, terms.rules, waivers)
        groups: dict[tuple[int, str], list[Entry]] = {}
        missed: set[tuple[int, str]] = set()
        for entry in found:
            if entry.rule is None or entry.rule not in obliging:
                continue
            # On its due day an obligation can still be met.
            if entry.state == "lost" and entry.due >= today:
                entry.state = "open"
            group = entry.rule, _place(entry)
            groups.setdefault(group, []).append(entry)
            if entry.state in ("lost", "open"):
                missed.add(group)
        chosen = [
            (rule, place, entries, units, lead)
            for (rule, place), entries in groups.items()
            if (not unmet_only or (rule, place) in missed)
            and wanted(
                entries[0].due, lead := self._lead_on(number, rule, entries[0]), entries[0].window is not None
            )
            and ((units := _Units(entries)).missing or not unmet_only)
        ]
        if not chosen:
            return
        stakes = self._stakes(branch, number, terms, price(found), judged)
        for rule, place, entries, units, lead in chosen:
            yield self._obligation(
                branch, self._rules[number, rule], place, entries, units, lead, today, stakes
            )

    def _stakes(
        self, branch: Branch, number: int, terms: Terms, entries: Sequence[Entry], judged: Judged
    ) -> Stakes:
        who = judged.assessments
        standing = (
            (number, "department") in who
            or (number, "superior") in who
            or (terms.assessed and (number, "self") in who)
        )
        covered = terms.assessed and any(
            w.first <= branch.frame.end <= w.last for w in judged.waivers.get(number, NONE)
        )
        start = terms.points if covered and not standing else terms.start
        return Stakes(entries, start, terms.points, judged=standing)

    def _lead_on(self, clause: int, rule: int, entry: Entry) -> int:
        lead = lead_of(self._rules[clause, rule].rule)
        if lead is None:
            lead = max(0, (entry.due - entry.began) // 3)
        return max(entry.began, entry.due - lead)

    def _obligation(
        self,
        branch: Branch,
        planned: PlannedRule,
        place: str,
        entries: Sequence[Entry],
        units: "_Units",
        lead: int,
        today: int,
        stakes: Stakes,
    ) -> Obligation:
        rubric, first = self.plan.rubric, entries[0]
        clause = self.plan.clauses[planned.clause].id if planned.clause >= 0 else "-"
        title = self._titles[planned.clause, planned.order]
        return Obligation(
            branch=branch.code,
            rubric=rubric.id,
            clause=clause,
            obligation=f"{rubric.id}/{clause}/{planned.order + 1}/{place}",
            kind=planned.rule.kind,
            what=title if first.window is not None else with_ref(title, first.ref),
            form=self.form,
            window=first.label,
            due_on=first.due_on,
            days_left=first.due - today,
            required=units.required,
            done=units.done,
            missing=units.missing,
            at_stake=stakes.at_stake(entries),
            members=tuple(sorted(units.members)),
            part_paid=tuple(sorted(units.part_paid)),
            advisory=planned.rule.advisory,
            state=_state(units, first.due, lead, today),
            begins=date.fromordinal(first.began),
            lead_on=date.fromordinal(lead),
            place=(planned.clause, planned.order, place),
        )


def _place(entry: Entry) -> str:
    """Return what tells an obligation apart from others of its rule: the window, or what caused it."""
    return entry.window.label if entry.window is not None else entry.anchor or ""


def still_missing(entry: Entry) -> int:
    """Return the units of an entry that are missing today: what came too late is not, though it cost
    points.
    """
    if entry.state == "open":
        return entry.missing
    if entry.state != "lost":
        return 0
    if entry.done_after is not None:
        return max(0, (entry.required or 0) - entry.done_after)
    return 0 if entry.cause in LATE else entry.missing


def _state(units: "_Units", due: int, lead: int, today: int) -> DutyState:
    if units.all_waived:
        return "waived"
    if not units.missing:
        return "late" if units.late else "met"
    if due < today:
        return "overdue"
    return "at_risk" if lead <= today else "open"


class _Units:
    """What the entries of one obligation ask, have and miss, over all who owe; over all where everything is
    waived.

    What came too late fulfils, too: points stay lost, and nothing is missing.
    """

    __slots__ = ("all_waived", "done", "late", "members", "missing", "part_paid", "required")

    def __init__(self, entries: Sequence[Entry]) -> None:
        counted = [entry for entry in entries if entry.state != "waived"]
        self.all_waived = not counted
        self.required = self.done = self.missing = 0
        self.late = False
        self.members: list[str] = []
        self.part_paid: list[str] = []
        for entry in counted or entries:
            self._add(entry)

    def _add(self, entry: Entry) -> None:
        required, done, left = entry.required or 0, entry.done or 0, still_missing(entry)
        if entry.state == "lost":
            late = not left and (entry.done_after is not None or entry.cause in LATE)
            if entry.done_after is not None:
                done = entry.done_after
            if late:
                done, self.late = max(required, done), True
        self.required += required
        self.done += done
        self.missing += left
        if left and entry.member is not None:
            self.members.append(entry.member)
            if entry.cause == "dues:short":
                self.part_paid.append(entry.member)
