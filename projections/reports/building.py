"""The replay's document → `Report`.

In: the document with its entries, the rubric, the events behind the entries, a language. Out: what both the
workbook and the page show, in the form's order. Deliberately absent: computing scores; where a row of the
form needs a number that the document gives by clause only, it is put together by the rules of scoring.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ledger.words import Language, Words
from projections.reports.bars import build_bar
from projections.reports.cited import Cited, cited_ids
from projections.reports.entries import EntryWriter
from projections.reports.remarks import Remarks
from projections.reports.report import Branch, CitedEvent, Clause, Item, Report, Section
from projections.reports.rules_behind import Places
from projections.text.labels import Phrases, told
from rubrics import model
from rubrics.numbers import parse_points, print_points

Row = Mapping[str, Any]


def build_report(
    document: Row,
    rubric: model.Rubric,
    language: Language,
    events: Mapping[str, Cited],
    phrases: Phrases,
    places: Places | None = None,
) -> Report:
    """Put a report together. The document must carry its entries (`--explain`).

    `events`: those behind the entries, by id (`cited.read_cited`). `places`: the rules behind the entries
    (`rules_behind`); without them, an entry of a clause that asks for several things does not say which.
    """
    source, period = rubric.source, document["period"]
    points, base_points = _full_points(rubric)
    entries = EntryWriter(phrases, places or {}, rubric.year_start, language)
    return Report(
        language=language,
        title=told(rubric.title, language),
        issuer=told(source.issuer, language) if source and source.issuer else "",
        rubric=rubric.id,
        version=rubric.version,
        digest=document["rubric"]["digest"],
        period=period["name"],
        days=Words(" 至 ", " to ").pick(language).join((period["start"], period["end"])),
        on=document["on"],
        position=document["ledger"]["position"],
        head=document["ledger"]["head"],
        points=points,
        base_points=base_points,
        columns=tuple(told(column.title, language) for column in rubric.columns),
        mean=rubric.aggregate == "mean",
        graded=bool(rubric.bands or rubric.veto),
        branches=tuple(
            _BranchBuilder(rubric, language, events, phrases, entries, score, period).build()
            for score in document["scores"]
        ),
    )


def _full_points(rubric: model.Rubric) -> tuple[int, int]:
    """Return the most that can be scored, with bonus sections up to their caps, and without them."""
    if rubric.aggregate == "mean":
        whole = parse_points("100")
        return whole, whole
    base = bonus = 0
    for section in rubric.sections:
        items = sum(item.points for item in section.items)
        if section.bonus:
            bonus += min(section.points, items)
        else:
            base += items
    return base + bonus, base


class _BranchBuilder:
    """Builds the part of one branch."""

    def __init__(
        self,
        rubric: model.Rubric,
        language: Language,
        events: Mapping[str, Cited],
        phrases: Phrases,
        entries: EntryWriter,
        score: Row,
        period: Row,
    ) -> None:
        self._rubric = rubric
        self._language: Language = language
        self._events = events
        self._phrases = phrases
        self._entries = entries
        self._score = score
        self._mean = rubric.aggregate == "mean"
        self._numbers = {id_: number for number, id_ in enumerate(cited_ids(score), start=1)}
        notes = {
            number: events[id_].data.get("note") for id_, number in self._numbers.items() if id_ in events
        }
        year = period["start"][:4] if period["start"][:4] == period["end"][:4] else ""
        self._remarks = Remarks(
            rubric,
            language,
            period["name"],
            year,
            {number: str(note) for number, note in notes.items() if note},
        )

    def build(self) -> Branch:
        """Build the part."""
        score, sections, place = self._score, [], 1
        for shown, section in zip(score["sections"], self._rubric.sections, strict=True):
            sections.append(self._section(shown, section, place))
            place += len(section.items)
        return Branch(
            code=score["branch"],
            total=parse_points(score["total"]),
            base=parse_points(score["base"]),
            bonus=parse_points(score["bonus"]),
            at_risk=parse_points(score["at_risk"]),
            unassessed=parse_points(score["unassessed"]),
            rank=score["rank"],
            grade=self._grade(),
            vetoed=score["vetoed"],
            veto=tuple(self._entries.entry(entry, self._numbers) for entry in score["veto"]),
            notes=tuple(self._notes()),
            sections=tuple(sections),
            events=tuple(self._cited(sections)),
        )

    def _grade(self) -> str:
        rubric, word = self._rubric, self._score["grade"]
        grades = [band.grade for band in rubric.bands] + ([rubric.veto.grade] if rubric.veto else [])
        return next((told(grade, self._language) for grade in grades if grade.zh == word), word or "")

    def _section(self, shown: Row, section: model.Section, place: int) -> Section:
        pairs = zip(shown["items"], section.items, strict=True)
        items = tuple(self._item(row, item, place + at) for at, (row, item) in enumerate(pairs))
        silent = self._mean and all(item.score is None for item in items)
        return Section(
            id=section.id,
            title=told(section.title, self._language),
            bonus=section.bonus,
            points=section.points,
            score=None if silent else parse_points(shown["score"]),
            bar=build_bar(shown, section, self._rubric),
            items=items,
        )

    def _item(self, shown: Row, item: model.Item, number: int) -> Item:
        pairs = list(zip(shown["clauses"], item.clauses, strict=True))
        clauses = tuple(self._clause(row, clause, item) for row, clause in pairs)
        unassessed = parse_points(shown["unassessed"])
        silent = self._mean and unassessed == item.points
        return Item(
            number=number,
            id=item.id,
            group=told(item.group, self._language) if item.group else None,
            title=told(item.title, self._language),
            points=item.points,
            computed=None if silent else self._computed(pairs, item),
            judged=tuple(self._judged(pairs, item, column.assessor) for column in self._rubric.columns),
            score=None if silent else parse_points(shown["score"]),
            at_risk=parse_points(shown["at_risk"]),
            unassessed=unassessed,
            clauses=clauses,
            remarks=self._remarks.of(shown, clauses),
        )

    def _computed(self, clauses: Sequence[tuple[Row, model.Clause]], item: model.Item) -> int | None:
        """Return what an item came to by its rules; None where it has none, or no exact value is at hand."""
        if all(clause.assessed for _, clause in clauses) or (self._mean and len(clauses) > 1):
            return None
        return self._as_item([parse_points(row["computed"]) for row, _ in clauses], item)

    def _judged(self, clauses: Sequence[tuple[Row, model.Clause]], item: model.Item, who: str) -> int | None:
        """Return what an assessor gave to an item; None unless every clause of it was judged."""
        if any(row[who] is None for row, _ in clauses) or (self._mean and len(clauses) > 1):
            return None
        return self._as_item([parse_points(row[who]) for row, _ in clauses], item)

    def _as_item(self, values: Sequence[int], item: model.Item) -> int:
        """Put an item's points together from those of its clauses, as scores are."""
        if self._mean:
            return values[0]
        points = item.base
        for value, clause in zip(values, item.clauses, strict=True):
            points += value - (clause.points if clause.start == "full" else 0)
        return min(max(points, 0), item.points)

    def _clause(self, row: Row, clause: model.Clause, item: model.Item) -> Clause:
        title = told(clause.title, self._language) if clause.title else clause.id
        return Clause(
            id=clause.id,
            title=title if len(item.clauses) > 1 else "",
            points=clause.points,
            score=parse_points(row["score"]),
            entries=self._entries.of_clause(self._score["branch"], clause, row, self._numbers),
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
            words = self._phrases.event(found.type, found.data) if found else ""
            cited.append(CitedEvent(number, id_, found, words, tuple(places[number])))
        return cited

    def _notes(self) -> list[str]:
        """Say what must not be overlooked beside the points."""
        score, notes = self._score, []
        full = print_points(_full_points(self._rubric)[0])
        if parse_points(score["in_play"]) < parse_points(full):
            in_play = score["in_play"]
            notes.append(
                Words(
                    f"本期间涉及 {full} 分中的 {in_play} 分。",
                    f"{in_play} of the {full} points were in play in this period.",
                )
            )
        if parse_points(score["at_risk"]):
            notes.append(
                Words(
                    f"另有 {score['at_risk']} 分在期限内，尚未办理。",
                    f"{score['at_risk']} points are at risk: not done yet, and there is time.",
                )
            )
        if parse_points(score["unassessed"]):
            open_ = score["unassessed"]
            notes.append(
                Words(f"有 {open_}% 的项目尚无人评。", f"{open_} % of the items nobody has judged yet.")
                if self._mean
                else Words(f"有 {open_} 分尚无人评。", f"{open_} points nobody has judged yet.")
            )
        return [note.pick(self._language) for note in notes]
