"""A score as tables: one branch item by item, a few side by side, many a row each.

In: the replay's JSON document, and the rubric for titles in the reader's language. Out: tables and
sentences. Deliberately absent: computing points; what is shown stands in the document.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from cli.commands.score.judgement_tables import judgement_tables
from cli.commands.score.score_csv import grade_words
from cli.ui.language import told
from cli.ui.terminal import Column, Table
from cli.ui.width import width
from ledger.words import Language, Words
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

Score = Mapping[str, Any]


class ScoreTables:
    """Makes tables of a replay's document in one language."""

    def __init__(self, document: Mapping[str, Any], rubric: Rubric, language: Language) -> None:
        self._document = document
        self._scores: Sequence[Score] = document["scores"]
        self._rubric = rubric
        self._language: Language = language
        self._sections = {section.id: told(section.title, language) for section in rubric.sections}
        self._items = {item.id: told(item.title, language) for item in rubric.items()}
        self._grades = grade_words(rubric, language)
        self._mean = rubric.aggregate == "mean"
        self._full = _full(rubric)

    def heading(self, columns: int) -> str:
        """Return what stands above the tables: which form, which period, on which day."""
        period = self._document["period"]
        days = f"{period['start']}..{period['end']}"
        span = Words(f"{period['name']}（{days}）", f"{period['name']} ({days})")
        day = Words(f"截至 {self._document['on']}", f"on {self._document['on']}")
        text = told(self._rubric.title, self._language)
        for part in (span.pick(self._language), day.pick(self._language)):
            line = text.rpartition("\n")[2]
            text += (" · " if width(f"{line} · {part}") <= columns else "\n· ") + part
        return text

    def tables(self, columns: int, *, rank: bool) -> Iterator[Table]:
        """Return the tables, for so many columns of the terminal."""
        if len(self._scores) == 1 and not rank:
            yield self._one(self._scores[0])
            yield from judgement_tables(self._scores[0], self._rubric, self._language)
        elif len(self._scores) <= _SIDE_BY_SIDE:
            yield self._side_by_side(rank=rank)
        else:
            yield self._many(columns, rank=rank)

    def remarks(self) -> Iterator[str]:
        """Return what must not be overlooked beside the points, branch by branch."""
        for score in self._scores:
            named = f"{score['branch']}：" if self._language == "zh" else f"{score['branch']}: "
            many = len(self._scores) > _SIDE_BY_SIDE
            for words in self._vetoed(score) if many else self._remarks_of(score):
                yield (named if len(self._scores) > 1 else "") + words.pick(self._language)

    def _one(self, score: Score) -> Table:
        risk, unjudged = _some(score["at_risk"]), _some(score["unassessed"])
        table = Table(
            [
                Column(_ITEM, whole=True),
                Column(_WHAT),
                *(Column(words, right=True, whole=True) for words in (_POINTS, _SCORE)),
                *([] if self._mean else [Column(_SHORT, right=True, whole=True)]),
                *([Column(_AT_RISK, right=True, whole=True)] if risk else []),
                *([Column(self._unjudged, right=True, whole=True)] if unjudged else []),
            ],
            caption=Words(score["branch"], score["branch"]),
        )

        def cells(row: Mapping[str, Any], full: int | None = None) -> list[str]:
            reach = _hundredths(row["points"]) if full is None else full
            short = print_points(reach - _hundredths(row["score"]))
            extra = [_blank(row["at_risk"])] if risk else []
            extra += [_blank(row["unassessed"])] if unjudged else []
            return [row["points"], row["score"], *([] if self._mean else [_blank(short)]), *extra]

        for part, section in zip(self._rubric.sections, score["sections"], strict=True):
            counted = [] if self._mean else section["items"]
            sums = {name: _sum(counted, name) for name in ("at_risk", "unassessed")}
            title = self._sections[part.id]
            # Where the items do not add up to the printed points, nobody can reach those.
            table.add(part.id, title, *cells({**section, **sums}, self._reach(part)), tone="strong")
            for item in section["items"]:
                table.add(item["id"], self._items[item["id"]], *cells(item))
        table.rows[-1] = table.rows[-1].ruled()
        total = {**score, "points": self._full, "score": score["total"]}
        table.add("", _TOTAL.pick(self._language), *cells(total), tone="strong")
        return table

    def _reach(self, section: Section) -> int | None:
        return None if self._mean else _reach(section)

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
                *(Column(Words(s["branch"], s["branch"]), right=True) for s in self._scores),
            ]
        )
        for number, section in enumerate(self._rubric.sections):
            shown = [score["sections"][number] for score in self._scores]
            row = [section.id, self._sections[section.id], print_points(section.points)]
            table.add(*row, *(one["score"] for one in shown), tone="strong")
            for place, item in enumerate(section.items):
                points = [one["items"][place]["score"] for one in shown]
                table.add(item.id, self._items[item.id], print_points(item.points), *points)
        table.rows[-1] = table.rows[-1].ruled()

        def sums(words: Words, full: str, values: Sequence[str], tone: Any = "plain") -> None:
            table.add("", words.pick(self._language), full, *values, tone=tone)

        sums(_TOTAL, self._full, [score["total"] for score in self._scores], "strong")
        for words, name in ((_AT_RISK, "at_risk"), (self._unjudged, "unassessed")):
            if any(_some(score[name]) for score in self._scores):
                sums(words, "", [_blank(score[name]) for score in self._scores])
        if any(score["grade"] for score in self._scores):
            sums(_GRADE, "", [self._grade(score) for score in self._scores])
        if rank:
            sums(_RANK, "", [str(score["rank"]) for score in self._scores])
        return table

    def _many(self, columns: int, *, rank: bool) -> Table:
        extra = [
            (words, name)
            for words, name in ((_AT_RISK, "at_risk"), (self._unjudged, "unassessed"))
            if any(_some(score[name]) for score in self._scores)
        ]
        if any(Decimal(score["in_play"]) < Decimal(self._full) for score in self._scores):
            extra.append((_IN_PLAY, "in_play"))
        graded = any(score["grade"] for score in self._scores)
        sections = self._rubric.sections
        longest = max(width(score["branch"]) for score in self._scores)
        taken = min(longest, 24) + 10 + 10 * len(extra) + 12 * graded + 6 * rank
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
        ordered = sorted(self._scores, key=lambda score: score["rank"]) if rank else self._scores
        for score in ordered:
            table.add(
                *([str(score["rank"])] if rank else []),
                score["branch"],
                *(score["sections"][at]["score"] for at, _ in enumerate(sections)),
                score["total"],
                *(_blank(score[name]) for _, name in extra),
                *([self._grade(score)] if graded else []),
            )
        return table

    def _grade(self, score: Score) -> str:
        grade = score["grade"]
        return self._grades.get(grade, str(grade)) if grade else ""

    def _vetoed(self, score: Score) -> Iterator[Words]:
        if score["vetoed"]:
            yield Words("一票否决：不予评定。", "vetoed: it is not rated.")

    def _remarks_of(self, score: Score) -> Iterator[Words]:
        if score["grade"] and len(self._scores) == 1:
            grade = self._grade(score)
            yield Words(f"等次：{grade}", f"grade: {grade}")
        yield from self._vetoed(score)
        if _some(score["bonus"]):
            yield Words(f"其中加分 {score['bonus']}。", f"of it bonus: {score['bonus']}.")
        if Decimal(score["in_play"]) < Decimal(self._full):
            yield Words(
                f"本期间涉及 {self._full} 分中的 {score['in_play']} 分。",
                f"{score['in_play']} of the {self._full} points were in play.",
            )
        if _some(score["at_risk"]):
            yield Words(
                f"另有 {score['at_risk']} 分在期限内，尚未办理。",
                f"{score['at_risk']} points are at risk: not done yet, and there is time.",
            )
        if _some(score["unassessed"]):
            share = score["unassessed"].removesuffix(".00")
            yield (
                Words(f"{share}% 的指标尚无人评。", f"{share}% of the criteria nobody has judged yet.")
                if self._mean
                else Words(
                    f"有 {score['unassessed']} 分尚无人评。",
                    f"{score['unassessed']} points nobody has judged yet.",
                )
            )


def _full(rubric: Rubric) -> str:
    """Return the most that can be scored: the items' points, and bonus sections up to their caps."""
    if rubric.aggregate == "mean":
        return "100.00"
    return print_points(sum(_reach(section) for section in rubric.sections))


def _reach(section: Section) -> int:
    items = sum(item.points for item in section.items)
    return min(section.points, items) if section.bonus else items


def _hundredths(points: str) -> int:
    return int(Decimal(points) * 100)


def _sum(rows: Sequence[Mapping[str, Any]], name: str) -> str:
    return print_points(sum(_hundredths(row[name]) for row in rows))


def _some(points: str) -> bool:
    return Decimal(points) != 0


def _blank(points: str) -> str:
    return points if _some(points) else ""
