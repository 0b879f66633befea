"""A score as tables: one branch item by item, a few side by side, many a row each.

In: what was replayed, the scores, names, a language. Out: tables and sentences. Deliberately absent:
computing points; what is shown stands in the scores.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from cli.commands.score.clause_lines import clauses_of
from cli.ui.language import told
from cli.ui.tables import Column, Table
from cli.ui.width import width
from ledger.words import Language, Words
from projections.answers.document import Replayed
from projections.engine.results import ASSESSORS, BranchScore, ItemScore, SectionScore
from projections.text.labels import Names
from projections.text.scores import VETOED, full_points, grade_words, reach, remarks
from rubrics.model import Rubric, Section
from rubrics.numbers import print_points

_SIDE_BY_SIDE = 4

_ITEM = Words("项", "item")
_WHAT = Words("内容", "what")
_POINTS = Words("分值", "points")
_SCORE = Words("得分", "score")
_SHORT = Words("未得", "short")
_AT_RISK = Words("待落实", "at risk")
_UNJUDGED = Words("未评", "unjudged")
_UNJUDGED_SHARE = Words("未评%", "unjudged %")
_IN_PLAY = Words("涉及", "in play")
_TOTAL = Words("合计", "total")
_BRANCH = Words("党组织", "branch")
_GRADE = Words("等次", "grade")
_RANK = Words("名次", "rank")
_JUDGED = (
    Words("计得", "computed"),
    Words("自评", "self"),
    Words("上级", "superior"),
    Words("部门", "department"),
    Words("得分", "score"),
)


class ScoreTables:
    """Makes tables of scores in one language."""

    def __init__(
        self, replayed: Replayed, scores: Sequence[BranchScore], names: Names, language: Language
    ) -> None:
        self._replayed = replayed
        self._scores = scores
        self._names = names
        self._rubric = rubric = replayed.rubric
        self._language: Language = language
        self._sections = {section.id: told(section.title, language) for section in rubric.sections}
        self._items = {item.id: told(item.title, language) for item in rubric.items()}
        self._mean = rubric.aggregate == "mean"
        self._full = full_points(rubric)

    def heading(self, columns: int) -> str:
        """Return what stands above the tables: which form, which period, on which day."""
        period, on = self._replayed.period, self._replayed.on
        days = f"{period.start}..{period.end}"
        span = Words(f"{period.name}（{days}）", f"{period.name} ({days})")
        day = Words(f"截至 {on}", f"on {on}")
        text = told(self._rubric.title, self._language)
        for part in (span.pick(self._language), day.pick(self._language)):
            line = text.rpartition("\n")[2]
            text += (" · " if width(f"{line} · {part}") <= columns else "\n· ") + part
        return text

    def tables(self, columns: int, *, rank: bool) -> Iterator[Table]:
        """Return the tables, for so many columns of the terminal."""
        if len(self._scores) == 1 and not rank:
            yield self._one(self._scores[0])
            yield from _judgement_tables(self._scores[0], self._rubric, self._language)
        elif len(self._scores) <= _SIDE_BY_SIDE:
            yield self._side_by_side(rank=rank)
        else:
            yield self._many(columns, rank=rank)

    def remarks(self) -> Iterator[str]:
        """Return what must not be overlooked beside the points, branch by branch."""
        many = len(self._scores) > _SIDE_BY_SIDE
        for score in self._scores:
            named = self._names.branch(score.branch) + Words("：", ": ") if len(self._scores) > 1 else ""
            for words in self._vetoed(score) if many else self._remarks_of(score):
                yield (named + words).pick(self._language)

    def _one(self, score: BranchScore) -> Table:
        risk, unjudged = bool(score.at_risk), bool(score.unassessed)
        table = Table(
            [
                Column(_ITEM, whole=True),
                Column(_WHAT),
                *(Column(words, right=True, whole=True) for words in (_POINTS, _SCORE)),
                *([] if self._mean else [Column(_SHORT, right=True, whole=True)]),
                *([Column(_AT_RISK, right=True, whole=True)] if risk else []),
                *([Column(self._unjudged, right=True, whole=True)] if unjudged else []),
            ],
            caption=self._names.branch(score.branch),
        )

        def cells(points: int, reach: int, scored: int, at_risk: int, unassessed: int) -> list[str]:
            return [
                print_points(points),
                print_points(scored),
                *([] if self._mean else [_blank(reach - scored)]),
                *([_blank(at_risk)] if risk else []),
                *([_blank(unassessed)] if unjudged else []),
            ]

        def of_item(item: ItemScore) -> list[str]:
            return cells(item.points, item.points, item.score, item.at_risk, item.unassessed)

        def of_section(part: Section, section: SectionScore) -> list[str]:
            items = () if self._mean else section.items
            # Where the items do not add up to the printed points, nobody can reach those.
            whole = part.points if self._mean else reach(part)
            at_risk, unassessed = sum(i.at_risk for i in items), sum(i.unassessed for i in items)
            return cells(part.points, whole, section.score, at_risk, unassessed)

        for part, section in zip(self._rubric.sections, score.sections, strict=True):
            table.add(part.id, self._sections[part.id], *of_section(part, section), tone="strong")
            for item in section.items:
                table.add(item.id, self._items[item.id], *of_item(item))
        table.rows[-1] = table.rows[-1].ruled()
        total = cells(self._full, self._full, score.total, score.at_risk, score.unassessed)
        table.add("", _TOTAL.pick(self._language), *total, tone="strong")
        return table

    @property
    def _unjudged(self) -> Words:
        """What heads the column: points, or for a mean of grades the share of criteria."""
        return _UNJUDGED_SHARE if self._mean else _UNJUDGED

    def _side_by_side(self, *, rank: bool) -> Table:
        table = Table(
            [
                Column(_ITEM, whole=True),
                Column(_WHAT),
                Column(_POINTS, right=True, whole=True),
                *(Column(self._names.branch(s.branch), right=True) for s in self._scores),
            ]
        )
        for number, section in enumerate(self._rubric.sections):
            shown = [score.sections[number] for score in self._scores]
            row = [section.id, self._sections[section.id], print_points(section.points)]
            table.add(*row, *(print_points(one.score) for one in shown), tone="strong")
            for place, item in enumerate(section.items):
                points = [print_points(one.items[place].score) for one in shown]
                table.add(item.id, self._items[item.id], print_points(item.points), *points)
        table.rows[-1] = table.rows[-1].ruled()

        def sums(words: Words, full: str, values: Sequence[str], tone: Any = "plain") -> None:
            table.add("", words.pick(self._language), full, *values, tone=tone)

        scores = self._scores
        sums(_TOTAL, print_points(self._full), [print_points(score.total) for score in scores], "strong")
        if len({score.in_play for score in scores}) > 1:
            sums(_IN_PLAY, "", [print_points(score.in_play) for score in scores])
        if any(score.at_risk for score in scores):
            sums(_AT_RISK, "", [_blank(score.at_risk) for score in scores])
        if any(score.unassessed for score in scores):
            sums(self._unjudged, "", [_blank(score.unassessed) for score in scores])
        if any(score.grade for score in scores):
            sums(_GRADE, "", [self._grade(score) for score in scores])
        if rank:
            sums(_RANK, "", [str(score.rank) for score in scores])
        return table

    def _many(self, columns: int, *, rank: bool) -> Table:
        scores = sorted(self._scores, key=lambda score: score.rank) if rank else self._scores
        extra = [
            (words, values)
            for words, values in (
                (_AT_RISK, [score.at_risk for score in scores]),
                (self._unjudged, [score.unassessed for score in scores]),
            )
            if any(values)
        ]
        if any(score.in_play < self._full for score in scores):
            extra.append((_IN_PLAY, [score.in_play for score in scores]))
        graded = any(score.grade for score in scores)
        sections = self._rubric.sections
        branches = [self._names.branch(score.branch).pick(self._language) for score in scores]
        taken = min(max(map(width, branches)), 24) + 10 + 10 * len(extra) + 12 * graded + 6 * rank
        if taken + 8 * len(sections) > columns:
            sections = ()
        numbers = [Words(f"{s.id} {told(s.title, 'zh')}", f"{s.id} {told(s.title, 'en')}") for s in sections]
        table = Table(
            [
                *([Column(_RANK, right=True, whole=True)] if rank else []),
                Column(_BRANCH),
                *(Column(words, right=True) for words in numbers),
                Column(_TOTAL, right=True, whole=True),
                *(Column(words, right=True, whole=True) for words, _ in extra),
                *([Column(_GRADE, whole=True)] if graded else []),
            ]
        )
        for number, (score, branch) in enumerate(zip(scores, branches, strict=True)):
            table.add(
                *([str(score.rank)] if rank else []),
                branch,
                *(print_points(score.sections[at].score) for at, _ in enumerate(sections)),
                print_points(score.total),
                *(_blank(values[number]) for _, values in extra),
                *([self._grade(score)] if graded else []),
            )
        return table

    def _grade(self, score: BranchScore) -> str:
        return grade_words(score).pick(self._language)

    def _vetoed(self, score: BranchScore) -> Iterator[Words]:
        if score.vetoed:
            yield VETOED

    def _remarks_of(self, score: BranchScore) -> Iterator[Words]:
        if score.grade and len(self._scores) == 1:
            yield Words("等次：", "grade: ") + grade_words(score)
        yield from self._vetoed(score)
        if score.bonus:
            bonus = print_points(score.bonus)
            yield Words(f"其中加分 {bonus}。", f"of it bonus: {bonus}.")
        yield from remarks(score, self._rubric)


def _blank(hundredths: int) -> str:
    return print_points(hundredths) if hundredths else ""


def _judgement_tables(score: BranchScore, rubric: Rubric, language: Language) -> Iterator[Table]:
    """Return one table of computed, self, superior and department side by side, or none."""
    table = Table(
        [
            Column(Words("条款", "clause"), whole=True),
            Column(Words("评定", "judged")),
            *(Column(words, right=True, whole=True) for words in _JUDGED),
        ]
    )
    for item, clause, shown in clauses_of(score, rubric):
        judged = [shown.judged_by(assessor) for assessor in ASSESSORS]
        if any(judged):
            numbers = [shown.computed, *(one.points if one else None for one in judged), shown.score]
            cells = ["" if number is None else print_points(number) for number in numbers]
            table.add(clause.id, told(clause.title or item.title, language), *cells)
    if table.rows:
        yield table
