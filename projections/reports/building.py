"""A replay with its entries → `Report`.

In: what was replayed, the scores with their entries, the events behind the entries, a language, names. Out:
what both the workbook and the page show, in the form's order. Deliberately absent: computing scores; where
a row of the form needs a number that the score gives by clause only, it is put together as scores are.
"""

from collections.abc import Mapping, Sequence

from ledger.words import Language, Words
from projections.answers.document import Replayed
from projections.engine.results import ASSESSORS, Assessor, BranchScore, ClauseScore, ItemScore, SectionScore
from projections.reports.bars import build_bar
from projections.reports.entries import EntryWriter
from projections.reports.remarks import Remarks
from projections.reports.report import Branch, Cited, CitedEvent, Clause, Item, Report, Section, cited_ids
from projections.text.events import event_words
from projections.text.labels import LABELS, NAMELESS, Names
from projections.text.scores import full_points, grade_words, remarks
from rubrics import model
from rubrics.numbers import Text

Columns = Mapping[Assessor, str]
"""The columns of a report for assessors: whose, and their titles."""


def build_report(
    replayed: Replayed,
    scores: Sequence[BranchScore],
    language: Language,
    events: Mapping[str, Cited],
    names: Names = NAMELESS,
) -> Report:
    """Put a report together. The scores must carry their entries.

    `events`: those behind the entries, by id (`cited.read_cited`).
    """
    rubric, period = replayed.rubric, replayed.period
    source = rubric.source
    days = (period.start.isoformat(), period.end.isoformat())
    columns = _columns(rubric, scores, language)
    return Report(
        language=language,
        title=_told(rubric.title, language),
        issuer=_told(source.issuer, language) if source and source.issuer else "",
        rubric=rubric.id,
        version=rubric.version,
        digest=replayed.digest,
        period=period.name,
        days=Words(" 至 ", " to ").pick(language).join(days),
        on=replayed.on.isoformat(),
        position=replayed.position,
        head=replayed.head,
        points=full_points(rubric),
        base_points=full_points(rubric, bonus=False),
        columns=tuple(columns.values()),
        mean=rubric.aggregate == "mean",
        graded=bool(rubric.bands or rubric.veto),
        branches=tuple(
            _BranchBuilder(replayed, language, events, names.at(score.branch), columns, score).build()
            for score in scores
        ),
    )


def _told(text: Text, language: Language) -> str:
    return text.zh if language == "zh" else text.en


def _columns(rubric: model.Rubric, scores: Sequence[BranchScore], language: Language) -> Columns:
    """Return the form's own columns for assessors, then one for each other who judged anything."""
    columns: dict[Assessor, str] = {
        column.assessor: _told(column.title, language) for column in rubric.columns
    }
    for who in ASSESSORS:
        if who not in columns and any(clause.judged_by(who) for one in scores for clause in one.clauses()):
            columns[who] = LABELS[who].pick(language)
    return columns


class _BranchBuilder:
    """Builds the part of one branch."""

    def __init__(
        self,
        replayed: Replayed,
        language: Language,
        events: Mapping[str, Cited],
        names: Names,
        columns: Columns,
        score: BranchScore,
    ) -> None:
        self._rubric = replayed.rubric
        self._language: Language = language
        self._events = events
        self._names = names
        self._writer = EntryWriter(names, language)
        self._columns = columns
        self._score = score
        self._mean = replayed.rubric.aggregate == "mean"
        self._numbers = {id_: number for number, id_ in enumerate(cited_ids(score), start=1)}
        notes = {
            number: events[id_].data.get("note") for id_, number in self._numbers.items() if id_ in events
        }
        period = replayed.period
        self._remarks = Remarks(
            columns,
            language,
            period.name,
            f"{period.start.year:04d}" if period.start.year == period.end.year else "",
            {number: str(note) for number, note in notes.items() if note},
            mean=self._mean,
        )

    def build(self) -> Branch:
        """Build the part."""
        score, sections, place = self._score, [], 1
        for shown, section in zip(score.sections, self._rubric.sections, strict=True):
            sections.append(self._section(shown, section, place))
            place += len(section.items)
        return Branch(
            code=score.branch,
            name=self._names.branch(score.branch).pick(self._language),
            tab=" ".join(filter(None, (score.branch, self._names.branches.get(score.branch)))),
            total=score.total,
            base=score.base,
            bonus=score.bonus,
            at_risk=score.at_risk,
            unassessed=score.unassessed,
            rank=score.rank,
            grade=grade_words(score).pick(self._language),
            vetoed=score.vetoed,
            veto=tuple(self._writer.entry(entry, self._numbers) for entry in score.veto),
            notes=tuple(note.pick(self._language) for note in remarks(score, self._rubric)),
            sections=tuple(sections),
            events=tuple(self._cited(sections)),
        )

    def _section(self, shown: SectionScore, section: model.Section, place: int) -> Section:
        pairs = zip(shown.items, section.items, strict=True)
        items = tuple(self._item(row, item, place + at) for at, (row, item) in enumerate(pairs))
        silent = self._mean and all(item.score is None for item in items)
        return Section(
            id=section.id,
            title=_told(section.title, self._language),
            bonus=section.bonus,
            points=section.points,
            score=None if silent else shown.score,
            bar=build_bar(shown, section, self._rubric),
            items=items,
        )

    def _item(self, shown: ItemScore, item: model.Item, number: int) -> Item:
        pairs = zip(shown.clauses, item.clauses, strict=True)
        clauses = tuple(self._clause(row, clause, item) for row, clause in pairs)
        silent = self._mean and shown.unassessed == item.points
        return Item(
            number=number,
            id=item.id,
            group=_told(item.group, self._language) if item.group else None,
            title=_told(item.title, self._language),
            points=item.points,
            computed=None if silent else self._computed(shown.clauses, item),
            judged=tuple(self._judged(shown.clauses, item, who) for who in self._columns),
            score=None if silent else shown.score,
            at_risk=shown.at_risk,
            unassessed=shown.unassessed,
            clauses=clauses,
            remarks=self._remarks.of(shown, clauses),
        )

    def _computed(self, clauses: Sequence[ClauseScore], item: model.Item) -> int | None:
        """Return what an item came to by its rules, presumptions among them; None where no exact value is at
        hand."""
        if self._mean and len(clauses) > 1:
            return None
        return self._as_item([row.computed for row in clauses], item)

    def _judged(self, clauses: Sequence[ClauseScore], item: model.Item, who: Assessor) -> int | None:
        """Return what an item would be by one assessor; None where that one judged nothing of it.

        Clauses that the assessor left alone count as they were computed; the remarks say which.
        """
        judged = [row.judged_by(who) for row in clauses]
        if not any(judged) or (self._mean and len(clauses) > 1):
            return None
        return self._as_item(
            [one.points if one else row.computed for one, row in zip(judged, clauses, strict=True)], item
        )

    def _as_item(self, values: Sequence[int], item: model.Item) -> int:
        """Put an item's points together from those of its clauses, as scores are."""
        if self._mean:
            return values[0]
        points = item.base
        for value, clause in zip(values, item.clauses, strict=True):
            points += value - (clause.points if clause.start == "full" else 0)
        return min(max(points, 0), item.points)

    def _clause(self, row: ClauseScore, clause: model.Clause, item: model.Item) -> Clause:
        title = _told(clause.title, self._language) if clause.title else clause.id
        return Clause(
            id=clause.id,
            title=title if len(item.clauses) > 1 else "",
            points=clause.points,
            score=row.score,
            entries=self._writer.of_clause(clause, row, self._numbers),
        )

    def _cited(self, sections: Sequence[Section]) -> Sequence[CitedEvent]:
        """List the events behind the entries, each with the items that cite it."""
        places: dict[int, dict[tuple[int, str], None]] = {number: {} for number in self._numbers.values()}
        for section in sections:
            for item in section.items:
                for entry in (entry for clause in item.clauses for entry in clause.entries if entry.cites):
                    for number in entry.events:
                        places[number][item.number, item.id] = None
        cited = []
        for id_, number in self._numbers.items():
            found = self._events.get(id_)
            words = event_words(found.type, found.data, self._names).pick(self._language) if found else ""
            cited.append(CitedEvent(number, id_, found, words, tuple(places[number])))
        return cited
