"""What must not be overlooked beside a score's points: said once, for table, page and sheet.

In: a branch's score, the rubric. Out: sentences. Deliberately absent: points; they stand in the score.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from ledger.words import NOTHING, Words, counted, joined
from projections.engine.results import BranchScore
from projections.text.names import NAMELESS, Names
from rubrics.model import Rubric
from rubrics.numbers import print_points

_MOST_PERIODS = 4
VETOED = Words("一票否决：不予评定。", "vetoed: it is not rated.")


def full_points(rubric: Rubric, *, bonus: bool = True) -> int:
    """Return the most that can be scored: the items' points, and bonus sections up to their caps."""
    if rubric.aggregate == "mean":
        return 100_00
    return sum(
        min(section.points, sum(item.points for item in section.items))
        if section.bonus
        else sum(item.points for item in section.items)
        for section in rubric.sections
        if bonus or not section.bonus
    )


def remarks(score: BranchScore, rubric: Rubric) -> Iterator[Words]:
    """Yield what must not be overlooked: what was in play, at risk, unjudged, and what adoption left out."""
    full = full_points(rubric)
    if score.in_play < full:
        yield Words(
            f"本期间涉及 {print_points(full)} 分中的 {print_points(score.in_play)} 分。",
            f"{print_points(score.in_play)} of the {print_points(full)} points were in play in this period.",
        )
    if score.at_risk:
        points = print_points(score.at_risk)
        yield Words(
            f"另有 {points} 分在期限内，尚未办理。",
            f"{points} points are at risk: not done yet, and there is time.",
        )
    if score.unassessed:
        yield unjudged(score.unassessed, rubric)
    if score.adopted_on and score.before_adoption:
        yield adopted_late(score.adopted_on, score.before_adoption)


def unjudged(hundredths: int, rubric: Rubric) -> Words:
    """Say how many points, or what share of the criteria of a form of means, nobody has judged."""
    points = print_points(hundredths)
    if rubric.aggregate == "mean":
        share = points.removesuffix(".00")
        return Words(f"{share}% 的指标尚无人评。", f"{share}% of the criteria nobody has judged yet.")
    return Words(f"有 {points} 分尚无人评。", f"{points} points nobody has judged yet.")


def presumed(score: BranchScore, rubric: Rubric, names: Names = NAMELESS) -> Words:
    """Say, before a score is sealed, how much of it nobody has judged."""
    points, total = print_points(score.unassessed), print_points(score.total)
    branch = names.branch(score.branch)
    if rubric.aggregate == "mean":
        share = points.removesuffix(".00")
        return Words(
            f"{branch.zh} 有 {share}% 的指标尚无人评，封存后不再变动。",
            f"of {branch.en} nobody has judged {share}% of the criteria; the seal will not move.",
        )
    if rubric.unassessed == "full":
        return Words(
            f"{branch.zh} 有 {points} 分尚无人评，暂按满分计入 {total} 分，封存后不再变动。",
            f"of {branch.en} nobody has judged {points} points; they are presumed in its {total}, and the "
            "seal will not move.",
        )
    return Words(
        f"{branch.zh} 有 {points} 分尚无人评，暂不计入 {total} 分，封存后不再变动。",
        f"of {branch.en} nobody has judged {points} points; they are not in its {total}, and the seal will "
        "not move.",
    )


def adopted_late(day: date, hundredths: int) -> Words:
    """Say when a branch took up a form, and what the windows before that day cost it."""
    points = print_points(hundredths)
    return Words(
        f"自 {day} 起适用本细则；此前到期未办的计失 {points} 分"
        "（若不应计，登记适用时请写明从何日起要求：--owed-from）。",
        f"The form was adopted on {day}; what fell due before cost {points} points "
        "(where it should not count, adopt with the day from which it is owed: --owed-from).",
    )


def grade_words(score: BranchScore) -> Words:
    """Return the grade of a branch; nothing where the form has none, or nobody judged."""
    return Words(score.grade.zh, score.grade.en) if score.grade else NOTHING


def judged_for_others(periods: Sequence[str]) -> Words:
    """Say how many judgements overlap the period and are not counted, as they are for another one.

    `periods`: of each of them the period that it is for.
    """
    distinct = list(dict.fromkeys(periods))
    named = joined(distinct[:_MOST_PERIODS], ", ") + (", …" if len(distinct) > _MOST_PERIODS else "")
    verb = "is" if len(periods) == 1 else "are"
    other = "another period" if len(distinct) == 1 else "other periods"
    count = counted(len(periods), "条评分", "judgement")
    return Words(
        f"另有 {count.zh}属于其他期间（{named.zh}），此处不计。",
        f"{count.en} {verb} for {other} ({named.en}) and {verb} not counted here.",
    )
