"""What new events come to, in words: what each clause gains or loses by them, what they fulfil, and why a
clause whose rules match them did not move.

In: impacts of the engine. Out: words. Deliberately absent: finding them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ledger.words import COLON, NOTHING, SEMICOLON, Words, bracketed, joined
from projections.engine.duties import Obligation
from projections.engine.impacts import Impact, Why
from projections.text.amounts import points_moved
from projections.text.rules import asked_words, clause_title
from rubrics.model import Rubric
from rubrics.numbers import print_points
from rubrics.rules import Rule

WHY: Mapping[Why, Words] = {
    "cap": Words("已到上限，不再加分", "the cap is reached: it gives no more"),
    "full": Words("要求已达到，不影响得分", "what was asked is met: no points move"),
    "floor": Words("该条款的分已扣完", "the clause has no points left to lose"),
    "short": Words("数量不够或已过期限，还不计分", "too little, or too late, to count"),
    "founding": Words("早于开始要求的日期，不计", "it lies before anything was owed"),
    "roster": Words("当天不在名册上，不计", "not on the roster that day: it does not count"),
    "exempt": Words("已免除该项要求", "exempt from it"),
    "period": Words("不在本考核期间的任何一段之内", "it stands in no window of the period"),
    "judged": Words("该条款已有人评分，以评分为准", "the clause is judged: the judgement stands"),
    "waived": Words("该条款已免考", "the clause is waived"),
    "other": Words("不影响该条款的得分", "it does not move the clause"),
}
_MET_BY_THIS = Words("要求就此落实，不会为此扣分", "met by this, so that nothing is lost over it")


def why_words(impact: Impact) -> Words:
    """Say why a clause did not move; nothing where it moved."""
    if impact.why == "full" and impact.met:
        return _MET_BY_THIS
    return NOTHING if impact.why is None else WHY[impact.why]


def impact_words(impact: Impact, rubric: Rubric, lost_by: Sequence[Rule] = (), *, branch: str = "") -> Words:
    """Say what a clause gains or loses, or why it does not move.

    `lost_by`: the rules by which it loses; they say the reason. `branch`: whose events they are; a superior's
    clause is told with its code.
    """
    whose = "" if impact.branch == branch else f"{impact.branch} "
    place = f"{whose}{impact.rubric} {impact.clause} ({impact.period}) "
    said = Words("计入：", "counts for: ") + place + title_of(rubric, impact.clause) + COLON
    score = print_points(impact.score_after)
    if impact.score_before == impact.score_after:
        unmoved = Words(f"仍为 {score} 分", f"{score} points as before")
        return said + joined((unmoved, why_words(impact)), SEMICOLON)
    difference = impact.score_after - impact.score_before
    reason = joined(map(asked_words, lost_by)) if difference < 0 else NOTHING
    totals = f"{print_points(impact.before)} → {print_points(impact.after)}"
    return (
        said
        + points_moved(difference)
        + bracketed(reason)
        + Words(f"，该条款得 {score} 分，合计 {totals}", f", {score} points there, total {totals}")
    )


def title_of(rubric: Rubric, clause_id: str) -> Words:
    """Return what a clause is called; the form's own title for its own rules."""
    for item in rubric.items():
        for clause in item.clauses:
            if clause.id == clause_id:
                return clause_title(item, clause)
    return Words(rubric.title.zh, rubric.title.en)


def duty_words(impacts: Iterable[Impact]) -> list[Words]:
    """Say which obligations are met, met but late, or not met any more."""
    said: dict[tuple[str, str], Words] = {}
    for one in impacts:
        for duty in one.met:
            late = duty.state == "late"
            kept = Words("已补办（逾期）", "met, but late") if late else Words("已落实", "met")
            said[duty.branch, duty.obligation] = _duty(kept, duty)
        for duty in one.unmet:
            said[duty.branch, duty.obligation] = _duty(Words("不再算已落实", "not met any more"), duty)
    return list(said.values())


def _duty(kept: Words, duty: Obligation) -> Words:
    window = f" {duty.window}" if duty.window else ""
    place = Words(f"（{duty.clause}，期限 {duty.due_on}）", f" ({duty.clause}, due {duty.due_on})")
    return kept + COLON + duty.what + window + place


def next_words(what: Words, clause: str, due_on: date) -> Words:
    """Say what is due next."""
    return Words(
        f"下一件：{what.zh}，截止 {due_on}（{clause}）", f"next due: {what.en} by {due_on} ({clause})"
    )
