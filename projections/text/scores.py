"""What must not be overlooked beside a score's points: said once, for table, page and sheet.

In: a branch's score, the rubric. Out: sentences. Deliberately absent: points; they stand in the score.
"""

from collections.abc import Container, Iterator, Sequence
from datetime import date

from ledger.words import NOTHING, Words, counted, joined
from projections.engine.results import BranchScore, ClauseScore, ItemScore
from projections.text.labels import NAMELESS, Names
from rubrics.model import Rubric, Section
from rubrics.numbers import print_points

_MOST_PERIODS = 4
VETOED = Words("一票否决：不予评定。", "vetoed: it is not rated.")


def full_points(rubric: Rubric, *, bonus: bool = True) -> int:
    """Return the most that can be scored: the items' points, and bonus sections up to their caps."""
    if rubric.aggregate == "mean":
        return 100_00
    return sum(reach(section) for section in rubric.sections if bonus or not section.bonus)


def comes_to_full(score: BranchScore, rubric: Rubric, earning: Container[str]) -> Words:
    """Say how points scored, lost, not earned yet and not judged come to the full mark; nothing of a form of
    means. `earning`: the ids of clauses that start at zero. A clause that somebody judged has lost the rest.
    """
    if rubric.aggregate == "mean":
        return NOTHING
    full = full_points(rubric, bonus=False)
    unjudged = unearned = 0
    for section in score.sections:
        for item in () if section.bonus else section.items:
            gap = item.points - item.score
            left = [(c, c.points - c.score) for c in item.clauses if c.standing is None]
            waiting = min(gap, sum(points for c, points in left if c.unassessed))
            unjudged += waiting
            unearned += min(
                gap - waiting, sum(points for c, points in left if c.id in earning and not c.unassessed)
            )
    parts = (
        (Words("得", "scored "), score.base),
        (Words("失", "lost "), full - score.base - unearned - unjudged),
        (Words("还没有得到", "not earned yet "), unearned),
        (Words("未评", "not judged "), unjudged),
    )
    said = [Words(f"{w.zh} {print_points(n)}", f"{w.en}{print_points(n)}") for w, n in parts if n]
    of = print_points(full)
    told = Words(f"满分 {of} = ", f"Full mark {of} = ") + joined(said, Words(" + ", " + "))
    if score.at_risk:
        points = print_points(score.at_risk)
        told += Words(f"；所得中 {points} 待落实，不办则失去", f"; of what is scored {points} is at risk")
    if score.bonus:
        points = print_points(score.bonus)
        told += Words(f"；另加分 {points}", f"; bonus {points} besides")
    return told + Words("。", ".")


def reach(section: Section) -> int:
    """Return what a section's items come to: of a bonus section at most its cap."""
    items = sum(item.points for item in section.items)
    return min(section.points, items) if section.bonus else items


def apart_on_the_whole(rubric: Rubric) -> Words:
    """Say that a form's base sections print other points than their rows come to; else nothing."""
    if rubric.aggregate == "mean":
        return NOTHING
    base = [section for section in rubric.sections if not section.bonus]
    return apart_from_printed(sum(s.points for s in base), sum(map(reach, base)))


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


def in_all(most: int, score: int, *, full: bool) -> Words:
    """Say what entries come to together where that is more than there is to lose (`full`) or to gain."""
    points, got = print_points(most), print_points(score)
    if full:
        return Words(f"以上合计以扣完 {points} 分为限", f"in all at most {points} are lost")
    return Words(f"以上合计以 {points} 分为限，得 {got} 分", f"in all at most {points}: {got}")


def bounded(clause: ClauseScore) -> Words:
    """Say that a clause moves no more than its points, where its entries come to more; else nothing."""
    if clause.standing is not None or clause.unclipped == clause.computed:
        return NOTHING
    return in_all(clause.points, clause.computed, full=clause.unclipped < 0)


def bounded_item(item: ItemScore) -> Words:
    """Say that an item moves no more than its points, where its clauses come to more; else nothing."""
    if len(item.clauses) < 2 or item.unclipped == item.score:
        return NOTHING
    return in_all(item.points, item.score, full=item.unclipped < 0)


def apart_from_printed(printed: int, summed: int) -> Words:
    """Say that what a form's rows come to is not what it prints for them; nothing where it is."""
    if printed == summed:
        return NOTHING
    whole, parts, gap = print_points(printed), print_points(summed), print_points(abs(printed - summed))
    if summed < printed:
        return Words(
            f"细则写 {whole} 分，所列各项合计 {parts} 分：差的 {gap} 分无项可得，得分按各项计。",
            f"The form says {whole}, and its rows come to {parts}: the other {gap} cannot be earned; rows "
            "count.",
        )
    return Words(
        f"细则写 {whole} 分，所列各项合计 {parts} 分，多出 {gap} 分：得分按各项计。",
        f"The form says {whole}, and its rows come to {parts}, {gap} more: rows count.",
    )


def clauses_apart(item: ItemScore) -> Words:
    """Say that an item's clauses do not come to its points, and what becomes of the rest."""
    summed = sum(clause.points for clause in item.clauses)
    parts, whole, gap = print_points(summed), print_points(item.points), print_points(item.points - summed)
    if summed < item.points:
        return Words(
            f"各款合计 {parts} 分，本项 {whole} 分：其余 {gap} 分不会失去。",
            f"The clauses come to {parts} of the item's {whole}: the other {gap} cannot be lost.",
        )
    if summed > item.points:
        return Words(
            f"各款合计 {parts} 分，本项以 {whole} 分为限。",
            f"The clauses come to {parts}; the item counts at most {whole}.",
        )
    return NOTHING


def not_adopted(score: BranchScore, end: date) -> Words:
    """Say that a branch did not go by the form yet in a period that ends so; nothing where it did."""
    if score.adopted_on is None:
        return Words(
            "本支部没有登记适用本细则：以下只是照细则试算，不是考核得分。"
            "要考核，请由上级在“考核细则”页登记适用。",
            "The branch has not adopted this form: what follows is a trial, and no assessment. To assess it, "
            "the superior has it adopted on the page of forms.",
        )
    if score.adopted_on > end:
        return Words(
            f"本支部自 {score.adopted_on} 起才适用本细则，这一期间在此之前："
            "以下只是照细则试算，不是考核得分。请看适用以后的期间；"
            "若这一期间也应考核，请由上级在“考核细则”页登记更早的日期。",
            f"The branch goes by this form from {score.adopted_on} on, and this period ended before: what "
            "follows is a trial, and no assessment. Look at a later period; where this one should be "
            "assessed, too, the superior has the form adopted from an earlier day on the page of forms.",
        )
    return NOTHING


def presumption(clause: ClauseScore) -> Words:
    """Say what a clause counts for while nobody has judged it."""
    points = print_points(clause.computed)
    if clause.computed:
        return Words(f"暂按 {points} 分计", f"{points} presumed until somebody judges")
    return Words("暂不计分", "no points until somebody judges")


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
