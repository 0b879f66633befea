"""One branch: its clauses, items, sections and total as clipped sums of entries, or as means of grades.

In: a branch. Out: a `BranchScore` without its rank. Deliberately absent: anything else that could move a
score.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from projections.engine.branch import Branch
from projections.engine.entries import Entry
from projections.engine.plan import Plan
from projections.engine.reading.tree import NEVER
from projections.engine.results import BranchScore, ClauseScore, ItemScore, SectionScore
from projections.engine.rules.making import in_period
from projections.engine.scoring.clauses import WHOLE, ClauseScorer, half_up, read_judged
from projections.engine.scoring.judgements import judged_for_others
from rubrics.model import Item, Section
from rubrics.numbers import Text


@dataclass(frozen=True, slots=True)
class ItemTerms:
    """An item's own: its points, the points from which it starts, what no clause can take away, its
    clauses."""

    id: str
    points: int
    base: int
    rest: int
    clauses: range


MOST_KEPT = 20_000
"""So many sections that came to the same are kept at most."""


@lru_cache(maxsize=16)
def scorer_of(plan: Plan) -> "BranchScorer":
    """Return what scores branches by a plan; made once, for it keeps what branches have in common."""
    return BranchScorer(plan)


class BranchScorer:
    """Scores branches by one plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.clauses = ClauseScorer(plan)
        self._alike_items: dict[tuple[int, ...], ItemScore] = {}
        self._alike_sections: dict[tuple[int, ...], SectionScore] = {}
        self._means = plan.rubric.aggregate == "mean"
        self._sections: list[tuple[Section, list[ItemTerms], range]] = []
        self._bands = sorted(plan.rubric.bands, key=lambda band: -band.at_least)
        first = 0
        for section in plan.rubric.sections:
            items = []
            for item in section.items:
                clauses = range(first, first + len(item.clauses))
                items.append(self._item_terms(item, clauses))
                first = clauses.stop
            self._sections.append((section, items, range(items[0].clauses.start, first)))

    def _item_terms(self, item: Item, clauses: range) -> ItemTerms:
        terms = [self.clauses.terms[number] for number in clauses]
        base = max(0, item.points - sum(t.points for t in terms if t.earns))
        return ItemTerms(
            item.id, item.points, base, max(0, item.points - sum(t.points for t in terms)), clauses
        )

    def score(self, branch: Branch) -> BranchScore:
        """Score a branch; `rank` is left at 0."""
        judged = read_judged(branch)
        adoption = branch.adoption
        since = branch.adopted_in
        found: list[ClauseScore] = []
        before = 0
        for score, entries in self.clauses.scores(branch, judged):
            found.append(score)
            if since and entries:
                before += _cost_before(entries, since)
        sections = tuple(
            self._section_of(section, items, tuple(found[clauses.start : clauses.stop]))
            for section, items, clauses in self._sections
        )
        veto = tuple(self._veto(branch))
        dissolved = branch.owes_until
        totals = self._mean_totals(found) if self._means else _summed_totals(sections)
        judgeable = not self._means or any(score.value is not None for score in found)
        return BranchScore(
            branch.code,
            *totals,
            self._grade(totals[0], vetoed=bool(veto), judgeable=judgeable),
            veto,
            sections,
            adopted_on=date.fromordinal(adoption.since) if adoption else None,
            owed_from=date.fromordinal(adoption.owed_from) if adoption and adoption.owed_from else None,
            dissolved_on=date.fromordinal(dissolved) if dissolved < NEVER else None,
            before_adoption=before,
            judged_elsewhere=tuple(judged_for_others(branch)),
        )

    def _grade(self, total: int, *, vetoed: bool, judgeable: bool) -> Text | None:
        """Return the veto's grade, or the highest band that the total reaches."""
        if vetoed and self.plan.rubric.veto:
            return self.plan.rubric.veto.grade
        return next((b.grade for b in self._bands if total >= b.at_least), None) if judgeable else None

    def _section_of(
        self, section: Section, items: Sequence[ItemTerms], clauses: tuple[ClauseScore, ...]
    ) -> SectionScore:
        """Score a section; made once for all whose clauses came to the same."""
        ids = tuple(map(id, clauses))
        made = self._alike_sections.get(ids)
        if made is None:
            first = items[0].clauses.start
            made = self._new_section(
                section,
                [self._item(i, clauses[i.clauses.start - first : i.clauses.stop - first]) for i in items],
            )
            if self.clauses.alike.issuperset(ids):
                if len(self._alike_sections) >= MOST_KEPT:
                    self._alike_sections.clear()
                self._alike_sections[ids] = made
        return made

    def _item(self, terms: ItemTerms, clauses: tuple[ClauseScore, ...]) -> ItemScore:
        """Score an item; made once for all whose clauses came to the same."""
        ids = tuple(map(id, clauses))
        made = self._alike_items.get(ids)
        if made is None:
            made = self._new_item(terms, clauses)
            if self.clauses.alike.issuperset(ids):
                self._alike_items[ids] = made
        return made

    def _new_item(self, terms: ItemTerms, clauses: tuple[ClauseScore, ...]) -> ItemScore:
        if self._means:
            values = [score.value for score in clauses]
            mean = half_up(_mean(values))
            return ItemScore(terms.id, terms.points, mean, mean, 0, _unjudged(values), terms.points, clauses)
        unclipped = terms.base
        at_risk = unassessed = owed = 0
        for number, score in zip(terms.clauses, clauses, strict=True):
            earns = self.clauses.terms[number].earns
            unclipped += score.score if earns else score.score - score.points
            at_risk += score.at_risk
            unassessed += score.unassessed
            owed += score.points if score.owed else 0
        points = min(max(unclipped, 0), terms.points)
        in_play = min(terms.points, owed + terms.rest)
        return ItemScore(
            terms.id, terms.points, points, unclipped, min(at_risk, points), unassessed, in_play, clauses
        )

    def _new_section(self, section: Section, items: list[ItemScore]) -> SectionScore:
        if self._means:
            mean = half_up(_mean(score.value for item in items for score in item.clauses))
            return SectionScore(
                section.id, section.points, section.bonus, mean, mean, section.points, tuple(items)
            )
        unclipped = in_play = 0
        for item in items:
            unclipped += item.score
            in_play += item.in_play
        score = min(unclipped, section.points) if section.bonus else unclipped
        in_play = min(in_play, section.points) if section.bonus else in_play
        return SectionScore(
            section.id, section.points, section.bonus, score, unclipped, in_play, tuple(items)
        )

    def _mean_totals(self, found: Sequence[ClauseScore]) -> tuple[int, int, int, int, int, int]:
        values = [score.value for score in found]
        total = half_up(_mean(values))
        return total, total, 0, 0, _unjudged(values), WHOLE

    def _veto(self, branch: Branch) -> Iterable[Entry]:
        """Yield the findings that leave a branch unrated."""
        if self.plan.veto is None:
            return
        for fact in in_period(branch, branch.found[self.plan.veto]):
            cause = f"veto:{fact.data.get('category') or fact.type}"
            yield Entry(-1, None, "lost", cause, fact.stands, position=fact.position, events=(fact.id,))


def _summed_totals(sections: Sequence[SectionScore]) -> tuple[int, int, int, int, int, int]:
    total = bonus = at_risk = unassessed = in_play = 0
    for section in sections:
        total += section.score
        bonus += section.score if section.bonus else 0
        in_play += section.in_play
        for item in section.items:
            at_risk += item.at_risk
            unassessed += item.unassessed
    return total, total - bonus, bonus, at_risk, unassessed, in_play


def _cost_before(entries: Iterable[Entry], since: int) -> int:
    """Return what was lost by windows and spans that were over before a day."""
    cost = 0
    for entry in entries:
        if entry.due < since and entry.state == "lost" and entry.began < entry.due:
            cost -= entry.points
    return cost


def _mean(values: Iterable[Fraction | None]) -> Fraction | None:
    judged = [value for value in values if value is not None]
    return sum(judged, Fraction(0)) / len(judged) if judged else None


def _unjudged(values: Sequence[Fraction | None]) -> int:
    return half_up(Fraction(WHOLE * sum(value is None for value in values), len(values)))
