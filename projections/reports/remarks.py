"""The remarks column: in a few words, why an item has its points.

In: an item of the score, its clauses with their entries in words, the events behind them. Out: short
texts: what was lost, what was earned, who judged, what is still open. Deliberately absent: what was met; it
needs no remark.
"""

from collections.abc import Iterator, Mapping, Sequence

from ledger.words import LIST, NOTHING, SEMICOLON, Language, Words
from projections.engine.results import ASSESSORS, Assessor, ClauseScore, ItemScore
from projections.reports.report import Clause, Entry
from projections.text.amounts import listed, points_moved, short_window
from projections.text.labels import LABELS
from projections.text.scores import bounded, bounded_item
from rubrics.numbers import print_points


class Remarks:
    """Writes remarks in one language.

    `period` and `year`: the replayed ones, which go without saying; `year` is empty where the period touches
    two. `columns`: the titles of the columns for assessors. `notes`: what was written beside judgements, by
    number of the event. `mean`: a form of means, whose items are no sums.
    """

    def __init__(
        self,
        columns: Mapping[Assessor, str],
        language: Language,
        period: str,
        year: str,
        notes: Mapping[int, str],
        *,
        mean: bool,
    ) -> None:
        self._columns = columns
        self._mean = mean
        self._period, self._year = period, year
        self._language: Language = language
        self._notes = notes
        self._colon = Words("：", ": ").pick(language)

    def of(self, shown: ItemScore, clauses: Sequence[Clause]) -> tuple[str, ...]:
        """Return the remarks on an item, clause by clause, then what is open and what nobody judged."""
        texts: list[str] = []
        for row, clause in zip(shown.clauses, clauses, strict=True):
            texts += self._of_clause(row, clause)
            if clause.title:
                texts += self._apart(row, shown.clauses, clause)
        texts += self._swallowed(shown)
        for label, points in (("at_risk", shown.at_risk), ("unassessed", shown.unassessed)):
            if points:
                said = print_points(points)
                amount = Words(f" {said} 分", f" {said}").pick(self._language)
                whole = label == "unassessed" and points == shown.points
                texts.append(LABELS[label].pick(self._language) + ("" if whole else amount))
        return tuple(texts)

    def _of_clause(self, row: ClauseScore, clause: Clause) -> Iterator[str]:
        alike: dict[tuple[str, ...], list[Entry]] = {}
        for entry in clause.entries:
            if not entry.advisory:
                alike.setdefault((entry.state, entry.asked, entry.cause), []).append(entry)
        moved = 0
        for entries in alike.values():
            first = entries[0]
            of_what = first.asked or clause.title
            name = of_what + self._colon if of_what else ""
            if first.judge == "graded":
                continue
            if first.judge:
                yield from filter(None, (self._judgement(entry, row, clause) for entry in entries))
            elif first.state in ("lost", "gained"):
                points = sum(entry.points for entry in entries)
                if points:
                    comma = Words("，", ", ").pick(self._language)
                    moved += 1
                    limit = comma + self._limit(clause) if abs(points) > clause.points else ""
                    said = points_moved(points).pick(self._language) + limit
                    yield f"{name}{first.cause}{self._bracket(entries)}{comma}{said}"
            elif first.state == "waived":
                yield f"{name}{LABELS['waived'].pick(self._language)}{self._bracket(entries)}"
        if moved > 1 and bounded(row):
            name = clause.title + self._colon if clause.title else ""
            yield name + bounded(row).pick(self._language)

    def _limit(self, clause: Clause) -> str:
        """Say that a clause moves no more than its points, where its entries come to more."""
        points = print_points(clause.points)
        return Words(f"以 {points} 分为限", f"at most {points}").pick(self._language)

    def _swallowed(self, shown: ItemScore) -> Iterator[str]:
        """Say what the item's own bounds swallow of what its clauses lost or gained."""
        if not self._mean and (said := bounded_item(shown)):
            yield said.pick(self._language)

    def _bracket(self, entries: Sequence[Entry]) -> str:
        """Say where and when, member by member: （m101 1月、3月；m102 2月）."""
        whens: dict[str, list[str]] = {}
        for entry in entries:
            short = NOTHING if entry.when == self._period else short_window(entry.when, self._year)
            when = short.pick(self._language)
            whens.setdefault(entry.member or "", []).append(" ".join(filter(None, (when, entry.done))))
        places = []
        for member, told_ in whens.items():
            shown = listed([when for when in told_ if when], LIST).pick(self._language)
            places.append(" ".join(filter(None, (member, shown))))
        where = listed([place for place in places if place], SEMICOLON).pick(self._language)
        return Words(f"（{where}）", f" ({where})").pick(self._language) if where else ""

    def _judgement(self, entry: Entry, row: ClauseScore, clause: Clause) -> str:
        """Say who judged how, where the form's columns do not, and the note that was left."""
        notes = "".join(self._colon + self._notes[at] for at in entry.events if at in self._notes)
        shown = not clause.title and entry.judge in self._columns
        if shown and not notes:
            return ""
        judgement = None if shown else _judged(row, entry.judge)
        points = "" if judgement is None else Words(f" {judgement} 分", f" {judgement}").pick(self._language)
        return f"{clause.title + self._colon if clause.title else ''}{entry.cause}{points}{notes}"

    def _apart(self, row: ClauseScore, rows: Sequence[ClauseScore], clause: Clause) -> Iterator[str]:
        """Say what an assessor gave to this clause and not to all."""
        standing = {entry.judge for entry in clause.entries}
        for who, title in self._columns.items():
            judgement = row.judged_by(who)
            if judgement is None or who in standing or all(one.judged_by(who) for one in rows):
                continue
            yield f"{clause.title}{self._colon}{title} {print_points(judgement.points)}"


def _judged(row: ClauseScore, assessor: str) -> str | None:
    found = next((row.judged_by(who) for who in ASSESSORS if who == assessor), None)
    return None if found is None else print_points(found.points)
