"""The wording of the domain, in one table: what stands for a value, in Chinese and in English."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ledger.words import COMMA, Words, bracketed, counted, joined
from projections.text.amounts import (
    listed,
    period_words,
    points_in_all,
    points_moved,
    points_of,
    short_window,
)
from projections.text.entries import entry_line, entry_lines
from projections.text.events import event_words
from projections.text.impacts import (
    Crowded,
    Nearest,
    OddDues,
    Stranger,
    crowded_words,
    duty_words,
    impact_words,
    next_words,
    not_counted_words,
    odd_dues_words,
    stranger_words,
    strangers_words,
)
from projections.text.obligations import (
    NOTHING_AT_STAKE,
    missing_counted,
    missing_words,
    stake_words,
    summary,
    whose,
    would_save,
)
from projections.text.rules import asked_words, cause_words, nothing_earned, still_earned
from projections.text.scores import adopted_late, judged_for_others, unjudged
from tests.projections.text.given import COLLEGE, MARCH, NAMES, duty, entry, impact, rubric
from tests.projections.text.reminders import DELIVERIES, REMINDERS

RULES_OF_12 = next(one for one in rubric().clauses() if one.id == "1.2").rules

TABLE: list[tuple[Any, str, str]] = [
    # Texts put together.
    (joined(["a", Words("甲", "b"), ""]), "a、甲", "a, b"),
    (joined([Words("甲", "b"), "c"], COMMA) + "!", "甲，c!", "b, c!"),
    (bracketed(Words("甲", "b")), "（甲）", " (b)"),
    (counted(1, "个支部", "branch"), "1 个支部", "1 branch"),
    (counted(2, "个支部", "branch"), "2 个支部", "2 branches"),
    (counted(2, "项", "entry"), "2 项", "2 entries"),
    # Points, windows, lists.
    (points_moved(-50), "扣 0.50 分", "−0.50"),
    (points_moved(100), "得 1.00 分", "+1.00"),
    (points_in_all(1000), "（10分）", "(10)"),
    (points_of(150, 200), "2.00 分中得 1.50", "1.50 of 2.00 points"),
    (short_window("2019-03", "2019"), "3月", "Mar"),
    (short_window("2019-11..2019-12", "2019"), "11–12月", "Nov–Dec"),
    (short_window("2019-Q1", "2019"), "Q1", "Q1"),
    (short_window("2019-05-20", "2019"), "05-20", "05-20"),
    (short_window("2018-12..2019-01", "2019"), "2018-12..2019-01", "2018-12..2019-01"),
    (short_window("2019", "2019"), "2019", "2019"),
    (short_window("2018-05-20", "2019"), "2018-05-20", "2018-05-20"),
    (short_window("2019-03", ""), "2019-03", "2019-03"),
    (period_words("2026"), "2026年", "2026"),
    (period_words("2026-H1"), "2026年上半年", "2026-H1"),
    (period_words("2026-Q3"), "2026年第三季度", "2026-Q3"),
    (period_words("2026-03..2026-08"), "2026年3月至2026年8月", "2026-03..2026-08"),
    (period_words("2026-03-12"), "2026-03-12", "2026-03-12"),
    (
        event_words("dues_paid", {"amount": "50.00"}),
        "缴纳党费：金额 50.00 元",
        "dues paid: amount 50.00 yuan",
    ),
    (listed(list("ab")), "a、b", "a, b"),
    (listed(list("abcdef")), "a、b、c、d 等 6 处", "a, b, c, d … 6 in all"),
    # Names.
    (NAMES.branch("b1"), "b1（一支部）", "b1 (一支部)"),
    (NAMES.branch("b2"), "b2", "b2"),
    (NAMES.member("m01"), "m01（王芳）", "m01 (王芳)"),
    (NAMES.at("b2").member("m01"), "m01", "m01"),
    # Events.
    (
        event_words("meeting_held", {"kind": "study", "present": 11, "on_leave": ["m01"]}, NAMES),
        "会议：集中学习，实到人数 11，请假成员 m01（王芳）",
        "meeting: study session, present 11, on leave m01 (王芳)",
    ),
    (
        event_words("meeting_held", {"kind": "study", "on_leave": []}),
        "会议：集中学习，请假成员 无",
        "meeting: study session, on leave nobody",
    ),
    (event_words("no_such_type", {"a": 1}), "no_such_type", "no_such_type"),
    # Causes and entries.
    (cause_words("dues:late"), "逾期缴纳", "paid late"),
    (cause_words("rank:2 of 5"), "5 个支部中第 2 名", "place 2 of 5"),
    (cause_words("tally:article_published"), "新闻稿件", "article published"),
    (
        cause_words("veto:major_error_sanctioned"),
        "一票否决，检查发现：重大失误受处理",
        "veto, finding recorded: major error sanctioned",
    ),
    (
        cause_words("veto:a_word_of_our_own"),
        "一票否决，检查发现：类别 a_word_of_our_own",
        "veto, finding recorded: category a_word_of_our_own",
    ),
    (
        entry_line(entry("lost", "quota:missing", -30, window=MARCH, required=200, done=100)),
        " -0.30  失分  2019-03  未完成  1/2  期限 2019-03-31",
        " -0.30  lost  2019-03  not enough done  1/2  due 2019-03-31",
    ),
    (
        entry_line(entry("lost", "quota:missing", -30, window=MARCH, required=100, done=0)),
        " -0.30  失分  2019-03  未完成  期限 2019-03-31",
        " -0.30  lost  2019-03  not done  due 2019-03-31",
    ),
    (
        entry_line(entry("gained", "tally:article_published", 100, member="m01"), NAMES),
        " +1.00  得分  2019-03-31  新闻稿件  m01（王芳）",
        " +1.00  gained  2019-03-31  article published  m01 (王芳)",
    ),
    (
        entry_line(entry("lost", "deadline:missing", advisory=True)),
        "  0.00  未达要求  期限 2019-03-31  未完成  仅提醒",
        "  0.00  missed  due 2019-03-31  not done  advisory",
    ),
    (
        entry_line(entry("lost", "excess:beyond", -50, required=400, done=500)),
        " -0.50  失分  2019-03-31  超出比例  5，至多 4",
        " -0.50  lost  2019-03-31  beyond the share  5, at most 4",
    ),
    (
        entry_lines([entry("lost", "dues:late", -10, window=MARCH, member=m) for m in ("m01", "m02")])[0],
        " -0.10  失分  2019-03  逾期缴纳  期限 2019-03-31  ×2: m01, m02",
        " -0.10  lost  2019-03  paid late  due 2019-03-31  ×2: m01, m02",
    ),
    # Obligations.
    (missing_words(duty(missing=150)), "1.5/2", "1.5/2"),
    (missing_counted(duty(), None), "还差 2 次，应有 2 次", "2 of 2 times missing"),
    (stake_words(duty()), "1.00", "1.00"),
    (stake_words(duty(advisory=True)), "仅提醒", "advisory"),
    (
        NOTHING_AT_STAKE,
        "分值 0.00：不会再扣分（该条款的分已扣完、已有人评分或不计分），但仍须办理。",
        (
            "0.00 points: nothing more is lost by it (its clause has lost all it can, is judged, or bears no "
            "points), but it is still to be done."
        ),
    ),
    (whose(duty(), NAMES), "m01（王芳） m02", "m01 (王芳) m02"),
    (whose(duty(part_paid=("m02",))), "m01；未缴足：m02", "m01; paid short: m02"),
    (whose(duty(members=tuple(f"m{n}" for n in range(9)))), "m0 m1 m2 m3 m4 m5 +3", "m0 m1 m2 m3 m4 m5 +3"),
    (
        would_save(duty(), Words("交党费", "pay the dues")),
        "截止 2019-03-25：交党费 m01 m02，还差 2（1.00 分）",
        "by 2019-03-25: 2 more of: pay the dues m01 m02 (1.00 points)",
    ),
    (
        summary([duty(), duty(state="overdue"), duty(state="overdue")]),
        "逾期 2 件，待办 1 件",
        "3 obligations: 2 overdue, 1 open",
    ),
    # What a rule asks for.
    (asked_words(RULES_OF_12[0]), "报送材料：评议方案", "document submitted: appraisal scheme"),
    (
        nothing_earned(RULES_OF_12),
        "本期没有可得分的记录。计分的是：报送材料：评议方案",
        "Nothing of this period earned points here. What counts: document submitted: appraisal scheme",
    ),
    (
        still_earned(RULES_OF_12),
        "得满分前还可计：报送材料：评议方案",
        "Until it is full, what counts: document submitted: appraisal scheme",
    ),
    # Scores.
    (unjudged(200, rubric()), "有 2.00 分尚无人评。", "2.00 points nobody has judged yet."),
    (
        judged_for_others(["2019", "2019", "2019-H1"]),
        "另有 3 条评分属于其他期间（2019, 2019-H1），此处不计。",
        "3 judgements are for other periods (2019, 2019-H1) and are not counted here.",
    ),
    (
        judged_for_others(["2019"]),
        "另有 1 条评分属于其他期间（2019），此处不计。",
        "1 judgement is for another period (2019) and is not counted here.",
    ),
    (
        adopted_late(date(2019, 11, 1), 1250),
        (
            "自 2019-11-01 起适用本细则；此前到期未办的计失 12.50 分"
            "（若不应计，登记适用时请写明从何日起要求：--owed-from）。"
        ),
        (
            "The form was adopted on 2019-11-01; what fell due before cost 12.50 points (where it should not "
            "count, adopt with the day from which it is owed: --owed-from)."
        ),
    ),
    # Impact.
    (
        impact_words(impact(0, 300), rubric(), branch="b1"),
        f"计入：{COLLEGE} 7.4 (2019) 师德师风征文：得 3.00 分，该条款得 3.00 分，合计 50.00 → 53.00",
        f"counts for: {COLLEGE} 7.4 (2019) ethics essays: +3.00, 3.00 points there, total 50.00 → 53.00",
    ),
    (
        impact_words(impact(600, 600, "cap"), rubric(), branch="b1"),
        f"计入：{COLLEGE} 7.4 (2019) 师德师风征文：仍为 6.00 分；已到上限，不再加分",
        (
            f"counts for: {COLLEGE} 7.4 (2019) ethics essays: 6.00 points as before; the cap is reached: it "
            "gives no more"
        ),
    ),
    (
        duty_words([impact(0, 0, "full", met=(duty(state="met"),))])[0],
        "已落实：交党费 2019-03（10.2，期限 2019-03-25）",
        "met: pay the dues 2019-03 (10.2, due 2019-03-25)",
    ),
    (
        duty_words([impact(0, 0, "full", met=(duty(state="late"),))])[0],
        "已补办（逾期）：交党费 2019-03（10.2，期限 2019-03-25）",
        "met, but late: pay the dues 2019-03 (10.2, due 2019-03-25)",
    ),
    (
        next_words(Words("支委会", "committee meeting"), "3.1.a", date(2019, 3, 31)),
        "下一件：支委会，截止 2019-03-31（3.1.a）",
        "next due: committee meeting by 2019-03-31 (3.1.a)",
    ),
    # What should be known of an entry.
    (
        stranger_words(Stranger("b1", "talk_held", "m1", date(2019, 3, 20), "m01")),
        "2019-03-20 当天 m1 不在 b1 的名册上，是否指 m01？",
        "m1 is not on the roster of b1 on 2019-03-20; did you mean m01?",
    ),
    (
        strangers_words([Stranger("b1", "dues_paid", "m1", date(2019, 3, 20), None)]),
        (
            "有 1 人当天不在支部名册上（b1 m1），所记的事多半不计入考核。请核对代码；若漏登名册，请补："
            "zhibu template member-joined 名册.xlsx"
        ),
        (
            "1 member is not on the roster on the day (b1 m1); what was logged of them mostly counts for "
            "nothing. Check the codes, or complete the roster: zhibu template member-joined roster.xlsx"
        ),
    ),
    (
        odd_dues_words(OddDues("m01", "2019-03", "tenfold", "2800.00", "28.00")),
        "实缴 2800.00 元，为应缴 28.00 元的十倍以上，请核对金额。",
        "2800.00 was paid where 28.00 is due, ten times as much or more: check the amount.",
    ),
    (
        crowded_words(Crowded(expected=3, told=4, on_leave=1)),
        "应到 3 人，实到、缺席的人加上请假名单上的 1 人共 4 人，请核对人数。",
        "3 were expected, but those present, absent and the 1 on leave make 4: check the numbers.",
    ),
    (
        not_counted_words([COLLEGE], None),
        f"已适用的考核细则（{COLLEGE}）都不计这件事。",
        f"no adopted rubric ({COLLEGE}) counts this event.",
    ),
]


ROWS = TABLE + REMINDERS + DELIVERIES


@pytest.mark.parametrize(("words", "zh", "en"), ROWS, ids=[row[1][:24] for row in ROWS])
def test_the_wording_is_as_the_table_says(words: Words, zh: str, en: str) -> None:
    assert words.zh == zh
    assert en in ("", words.en)


def test_the_nearest_event_is_named_in_the_readers_language() -> None:
    [rule] = RULES_OF_12
    near = Nearest(COLLEGE, "1.2", rule.events[0])  # type: ignore[union-attr]
    words = not_counted_words([COLLEGE], near)
    assert "最接近的是“报送材料：评议方案”（document_submitted appraisal_scheme" in words.zh
    assert 'the nearest that one counts is "document submitted: appraisal scheme"' in words.en
    words = not_counted_words([COLLEGE], replace(near, itself=True))
    assert "“报送材料：评议方案”本应计入（document_submitted appraisal_scheme" in words.zh
    assert words.en.endswith("that rubric was not adopted in the year of its day: check the day.")
