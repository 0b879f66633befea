"""Small sheets as text, and beside each what must come of it.

A case: the table (tabs between cells are written `|`), what was said beside it, and the rows that come of it.
"""

# ruff: noqa: ISC004, E501 -- rows are kept as they are told

from typing import Any, NamedTuple


class Case(NamedTuple):
    """A table and what it says."""

    name: str
    table: str
    said: dict[str, Any]
    rows: list[str]
    left_out: tuple[str, ...] = ()
    left_rows: int = 0


B1 = {"branch": "b1"}
DUES = {"branch": "b1", "type_word": "dues_paid"}
MEETING = {"branch": "b1", "type_word": "meeting_held"}

CASES = [
    Case(
        "title, serial numbers, sums, a remark below",
        """2026年党费收缴登记表
        序号|姓名|月份|应缴金额（元）|*实缴金额|缴费日期|备注
        1|王芳|2026-03|20|20|2026-03-10|
        2|李强|2026-03|30.5|30.5|2026-03-12|补
        合计|||50.5|50.5||
        填表人：王芳|||审核人：李强|||""",
        B1,
        [
            "3 b1 dues_paid 2026-03-10 member=m01 month=2026-03 amount=20.00 due=20.00",
            "4 b1 dues_paid 2026-03-12 member=m02 month=2026-03 amount=30.50 due=30.50",
        ],
        ("序号", "备注"),
        2,
    ),
    Case(
        "the branch in a column, by its name",
        """党支部|党员姓名|缴费月份|缴纳金额|缴费时间
        第一党支部|王芳|202603|20|20260310""",
        {"type_word": "dues_paid"},
        ["2 b1 dues_paid 2026-03-10 member=m01 month=2026-03 amount=20.00"],
    ),
    Case(
        "year and month beside each other",
        """年度|月份|姓名|实缴
        2026|3|王芳|20
        2025年|12月|李强|30""",
        DUES,
        [
            "2 b1 dues_paid 2026-03-20 member=m01 month=2026-03 amount=20.00",
            "3 b1 dues_paid 2025-12-31 member=m02 month=2025-12 amount=30.00",
        ],
    ),
    Case(
        "what was owed beside what was paid",
        """姓名|月份|应缴|实缴|缴费日期
        王芳|2026-02|20|10|2026/2/5""",
        B1,
        ["2 b1 dues_paid 2026-02-05 member=m01 month=2026-02 amount=10.00 due=20.00"],
    ),
    Case(
        "nothing paid, in every way of writing it",
        """姓名|月份|实缴
        王芳|2026-02|
        李强|2026-02|0
        张伟|2026-02|-
        古丽阿依|2026-02|0.00
        古丽·阿依|2026-01|20""",
        DUES,
        ["6 b1 dues_paid 2026-01-31 member=m03 month=2026-01 amount=20.00"],
        (),
        4,
    ),
    Case(
        "a wide ledger of months",
        """2026年党费台账
        姓名|一月|二月|三月|合计
        王芳|20|20|20|60
        李强|30||15|45
        合计|50|20|35|105""",
        B1,
        [
            "B3 b1 dues_paid 2026-01-31 member=m01 month=2026-01 amount=20.00",
            "C3 b1 dues_paid 2026-02-28 member=m01 month=2026-02 amount=20.00",
            "D3 b1 dues_paid 2026-03-20 member=m01 month=2026-03 amount=20.00",
            "B4 b1 dues_paid 2026-01-31 member=m02 month=2026-01 amount=30.00",
            "D4 b1 dues_paid 2026-03-20 member=m02 month=2026-03 amount=15.00",
        ],
        ("合计",),
        1,
    ),
    Case(
        "a wide ledger whose months bear their year, and a day of the month",
        """姓名|月应缴|2025-11|2025年12月|01
        王芳|20|20|20|20""",
        {**DUES, "year": 2026, "day": 10},
        [
            "C2 b1 dues_paid 2025-11-10 member=m01 month=2025-11 amount=20.00 due=20.00",
            "D2 b1 dues_paid 2025-12-10 member=m01 month=2025-12 amount=20.00 due=20.00",
            "E2 b1 dues_paid 2026-01-10 member=m01 month=2026-01 amount=20.00 due=20.00",
        ],
    ),
    Case(
        "a wide ledger without a year",
        """姓名|一月|二月
        王芳|20|20""",
        DUES,
        ["B2 ✗ 看不出是哪一年", "C2 ✗ 看不出是哪一年"],
    ),
    Case(
        "a header of two rows: months over what was owed and paid",
        """姓名|一月||二月|
        |应缴|实缴|应缴|实缴
        王芳|20|20|20|10""",
        {**DUES, "year": 2026},
        [
            "C3 b1 dues_paid 2026-01-31 member=m01 month=2026-01 amount=20.00 due=20.00",
            "E3 b1 dues_paid 2026-02-28 member=m01 month=2026-02 amount=10.00 due=20.00",
        ],
    ),
    Case(
        "one payment for three months",
        """姓名|月份|应缴|实缴|缴费日期
        王芳|2025-10..2025-12|60|60|2025-12-20
        李强|2025年10-12月|20|60|2025-12-20
        张伟（书记）|10-12月||60|2025-12-20""",
        {**DUES, "year": 2025},
        [
            "2 b1 dues_paid 2025-12-20 member=m01 month=2025-10 amount=20.00 due=20.00",
            "2 b1 dues_paid 2025-12-20 member=m01 month=2025-11 amount=20.00 due=20.00",
            "2 b1 dues_paid 2025-12-20 member=m01 month=2025-12 amount=20.00 due=20.00",
            "3 b1 dues_paid 2025-12-20 member=m02 month=2025-10 amount=20.00 due=20.00",
            "3 b1 dues_paid 2025-12-20 member=m02 month=2025-11 amount=20.00 due=20.00",
            "3 b1 dues_paid 2025-12-20 member=m02 month=2025-12 amount=20.00 due=20.00",
            "A4 ✗ 本支部没有叫这个名字的党员",
            "A4 ✗ 本支部没有叫这个名字的党员",
            "A4 ✗ 本支部没有叫这个名字的党员",
        ],
    ),
    Case(
        "one payment that cannot be shared out",
        """姓名|月份|应缴|实缴|缴费日期
        王芳|2025-10..2025-12||50|2025-12-20
        李强|2025-10..2025-12|40|60|2025-12-20""",
        DUES,
        [
            "D2 ✗ 50 元不能平分为 3 个月（到分）",
            "D3 ✗ 一笔缴 3 个月，应缴 40 既不是总额 60，也不是每月的一份",
        ],
    ),
    Case(
        "every spelling of a day that is taken",
        """姓名|日期
        王芳|2025-03-05
        王芳|2025/3/6
        王芳|2025.3.7
        王芳|2025年3月8日
        王芳|20250309
        王芳|２０２５－３－１０
        王芳|2025-03-11 00:00:00
        王芳|2025/3/12 14:30
        王芳|45729""",
        {"branch": "b1", "type_word": "study_note_submitted"},
        [f"{row} b1 study_note_submitted 2025-03-{row + 3:02d} member=m01" for row in range(2, 11)],
    ),
    Case(
        "spellings of a day that are refused",
        """姓名|日期
        王芳|25-3-5
        王芳|3月5日
        王芳|2025-02-30
        王芳|昨天""",
        {"branch": "b1", "type_word": "study_note_submitted"},
        [
            "B1 ✗ 这一列 4 行都不对：应为日期 YYYY-MM-DD",
            "B2 ✗ 应为日期 YYYY-MM-DD",
            "B3 ✗ 应为日期 YYYY-MM-DD",
            "B4 ✗ 应为日历中存在的日期",
            "B5 ✗ 应为日期 YYYY-MM-DD",
        ],
    ),
    Case(
        "every spelling of a month that is taken",
        """姓名|月份|实缴|缴费日期
        王芳|2025-12|20|2025-12-01
        王芳|2025/12|20|2025-12-02
        王芳|2025.12|20|2025-12-03
        王芳|2025年12月|20|2025-12-04
        王芳|202512|20|2025-12-05
        王芳|2025/12/1|20|2025-12-06""",
        DUES,
        [
            f"{row} b1 dues_paid 2025-12-0{row - 1} member=m01 month=2025-12 amount=20.00"
            for row in range(2, 8)
        ],
    ),
    Case(
        "months that are refused",
        """姓名|月份|实缴|缴费日期
        王芳|2025.1|20|2025-12-01
        王芳|12月|20|2025-12-02
        王芳|2025-13|20|2025-12-03
        王芳|2025-12-05|20|2025-12-05""",
        DUES,
        [
            "B1 ✗ 这一列 4 行都不对：应为月份 YYYY-MM",
            "B2 ✗ 应为月份 YYYY-MM；带小数点的数字看不出是 1 月还是 10 月",
            "B3 ✗ 应为月份 YYYY-MM",
            "B4 ✗ 应为月份 YYYY-MM",
            "B5 ✗ 应为月份 YYYY-MM",
        ],
    ),
    Case(
        "every spelling of money that is taken",
        """姓名|月份|实缴|缴费日期
        王芳|2025-01|20|2025-12-01
        王芳|2025-02|20.00|2025-12-01
        王芳|2025-03|￥20.00|2025-12-01
        王芳|2025-04|20元|2025-12-01
        王芳|2025-05|"1,048.50"|2025-12-01
        王芳|2025-06|２０．５|2025-12-01
        王芳|2025-07|48.300000000000004|2025-12-01""",
        DUES,
        [
            f"{row} b1 dues_paid 2025-12-01 member=m01 month=2025-0{row - 1} amount={amount}"
            for row, amount in enumerate(
                ("20.00", "20.00", "20.00", "20.00", "1048.50", "20.50", "48.30"), start=2
            )
        ],
    ),
    Case(
        "money that is refused",
        """姓名|月份|实缴|缴费日期
        王芳|2025-01|20.005|2025-12-01
        王芳|2025-02|已缴|2025-12-01
        王芳|2025-03|-5|2025-12-01""",
        DUES,
        [
            "C1 ✗ 这一列 3 行都不对：应为大于 0 的数，最多 2 位小数",
            "C2 ✗ 应为大于 0 的数，最多 2 位小数",
            "C3 ✗ 应为大于 0 的数，最多 2 位小数",
            "C4 ✗ 应为大于 0 的数，最多 2 位小数",
        ],
    ),
    Case(
        "a column that nobody knows, and money that looks alike",
        """姓名|月份|缴费日期|实际金额
        王芳|2025-01|2025-01-10|20""",
        DUES,
        ["D1 ✗ 不是已知的列", "1 ✗ 缺少“金额”列"],
    ),
    Case(
        "a column that somebody says by hand, and one left out so",
        """姓名|月份|缴费日期|实际金额|怪列
        王芳|2025-01|2025-01-10|20|x""",
        {**DUES, "map": {"实际金额": "amount", "怪列": ""}},
        ["2 b1 dues_paid 2025-01-10 member=m01 month=2025-01 amount=20.00"],
        ("怪列",),
    ),
    Case(
        "two columns of one field",
        """姓名|月份|缴费日期|实缴金额|缴费金额
        王芳|2025-01|2025-01-10|20|25""",
        DUES,
        ["E1 ✗ 与“实缴金额”列是同一字段（金额）"],
    ),
    Case(
        "two members of one name",
        """姓名|月份|缴费日期|实缴
        张伟|2025-01|2025-01-10|20
        m05|2025-01|2025-01-10|20
        m04（张伟）|2025-02|2025-02-10|20
        m01（张伟）|2025-03|2025-03-10|20""",
        DUES,
        [
            "A2 ✗ 有几名党员叫这个名字：m04（2020-01-01 入册，正式党员，书记）；"
            "m05（2020-01-01 入册，正式党员，党员）",
            "3 b1 dues_paid 2025-01-10 member=m05 month=2025-01 amount=20.00",
            "4 b1 dues_paid 2025-02-10 member=m04 month=2025-02 amount=20.00",
            "A5 ✗ m01 的姓名是王芳",
        ],
    ),
    Case(
        "names in any width, with space and dots inside",
        """姓名|日期
        王 芳|2025-03-05
        古丽•阿依|2025-03-05
        Ｍ０１|2025-03-06""",
        {"branch": "第一党支部", "type_word": "study_note_submitted"},
        [
            "2 b1 study_note_submitted 2025-03-05 member=m01",
            "3 b1 study_note_submitted 2025-03-05 member=m03",
            "4 b1 study_note_submitted 2025-03-06 member=m01",
        ],
    ),
    Case(
        "an identity number where a name should be",
        """姓名|日期
        110101199003078888|2025-03-05
        13800138000|2025-03-05""",
        {"branch": "b1", "type_word": "study_note_submitted"},
        ["A2 ✗ 不得为身份证号或手机号：台账中只用代码", "A3 ✗ 不得为身份证号或手机号：台账中只用代码"],
    ),
    Case(
        "a register of meetings in everyday words",
        """会议时间|会议类别|会议议题|应到|实到|请假人员|地点|主持人|记录人|佐证材料
        2025-03-05|党员大会|学习|5|4|李强|会议室|张伟|王芳|会议纪要、签到册
        2025-03-12|支委会议|研究|3|3||会议室|张伟|王芳|相片
        2025-03-19|主题党日活动|义务劳动|5|5|无|广场|张伟|王芳|照片；通知""",
        MEETING,
        [
            "2 b1 meeting_held 2025-03-05 topic=学习 expected=5 present=4 on_leave=m02 "
            "evidence=minutes+sign_in kind=general_meeting",
            "3 b1 meeting_held 2025-03-12 topic=研究 expected=3 present=3 on_leave=[] "
            "evidence=photo kind=committee_meeting",
            "4 b1 meeting_held 2025-03-19 topic=义务劳动 expected=5 present=5 on_leave=[] "
            "evidence=notice+photo kind=theme_day",
        ],
        ("地点", "主持人", "记录人"),
    ),
    Case(
        "what a committee calls its congress",
        """会议时间|会议类型|党支部
        2025-03-05|党员大会|中心党委
        2025-03-05|党员大会|第一党支部""",
        {"type_word": "meeting_held"},
        [
            "2 dw meeting_held 2025-03-05 kind=congress",
            "3 b1 meeting_held 2025-03-05 kind=general_meeting",
        ],
    ),
    Case(
        "a word that nobody knows names the nearest three",
        """会议时间|会议类型
        2025-03-05|开会""",
        MEETING,
        [
            "B2 ✗ 应为以下之一：committee_meeting（支委会）、group_meeting（党小组会）、study（集中学习） 等 15 项"
        ],
    ),
    Case(
        "articles, by their titles",
        """发表时间|标题|级别|刊发媒体|作者
        2025-03-05|我支部开展义务劳动|院级|微信公众号|王芳""",
        {"branch": "b1", "type_word": "article_published"},
        ["2 b1 article_published 2025-03-05 level=unit medium=wechat content=我支部开展义务劳动"],
        ("作者",),
    ),
    Case(
        "hours of training",
        """姓名|培训时间|学时|学习方式|备注
        王芳|2025-03-05|8学时|网络|
        李强|2025-03-05|4.5|线下|""",
        {"branch": "b1", "type_word": "training_completed"},
        [
            "2 b1 training_completed 2025-03-05 member=m01 hours=8.00 mode=online",
            "3 b1 training_completed 2025-03-05 member=m02 hours=4.50 mode=in_person",
        ],
        ("备注",),
    ),
    Case(
        "heart-to-heart talks",
        """谈话时间|谈话对象|谈话人身份|谈话地点
        2025-03-05|王芳|支部书记|办公室""",
        {"branch": "b1", "type_word": "talk_held", "map": {"谈话地点": ""}},
        ["2 b1 talk_held 2025-03-05 member=m01 held_by=secretary"],
        ("谈话地点",),
    ),
    Case(
        "what the branch passed on, a quarter a row",
        """上缴日期|季度|上缴金额
        2025-04-02|2025年第一季度|150
        2025-07-02|2025Q2|150元""",
        {"branch": "b1", "type_word": "dues_remitted"},
        [
            "2 b1 dues_remitted 2025-04-02 quarter=2025-Q1 amount=150.00",
            "3 b1 dues_remitted 2025-07-02 quarter=2025-Q2 amount=150.00",
        ],
    ),
    Case(
        "rows of several types in one table",
        """类型名|记录类型|日期|会议类型|姓名|月份|金额
        a|会议|2025-03-05|支委会|||
        b|缴纳党费|2025-03-06||王芳|2025-03|20""",
        {"branch": "b1", "map": {"类型名": ""}},
        [
            "2 b1 meeting_held 2025-03-05 kind=committee_meeting",
            "3 b1 dues_paid 2025-03-06 member=m01 month=2025-03 amount=20.00",
        ],
        ("类型名",),
    ),
    Case(
        "headers once more in the middle, blank rows between",
        """姓名|月份|缴费日期|实缴
        王芳|2025-01|2025-01-10|20
        |||
        姓名|月份|缴费日期|实缴
        李强|2025-01|2025-01-10|20""",
        B1,
        [
            "2 b1 dues_paid 2025-01-10 member=m01 month=2025-01 amount=20.00",
            "5 b1 dues_paid 2025-01-10 member=m02 month=2025-01 amount=20.00",
        ],
        (),
        2,
    ),
    Case(
        "one value for all rows",
        """姓名|实缴
        王芳|20
        李强|30""",
        {**DUES, "set": {"月份": "2026-02"}, "on": "2026-02-10"},
        [
            "2 b1 dues_paid 2026-02-10 member=m01 month=2026-02 amount=20.00",
            "3 b1 dues_paid 2026-02-10 member=m02 month=2026-02 amount=30.00",
        ],
    ),
    Case(
        "a roster, which has a command of its own",
        """序号|姓名|身份证号|入党时间|党内职务
        1|王芳|110101199003078888|2010-07-01|书记""",
        B1,
        ["1 ✗ 是一份名册"],
        ("序号", "身份证号"),
    ),
    Case(
        "a register of 三会一课: the evidence ticked off, lectures among the meetings, reasons behind names",
        """月份|序号|时间|会议类型|会议内容|主讲人|应到人数|实到人数|请假人员及事由|会议记录|图片资料|签到
        1月|1|2026.1.8（周四）|支委会|研究计划||4人|4人|无|有|无|√
        1月|2|2026年1月15日下午2:30|党员大会|讨论||9|8|王芳（出差）|有|3张|
        2月|3|2026-02-19|党课|学习党章|m04（张伟）|9|9|全勤|是||
        2月|4|2026-02-20|党课（书记）|学习准则||9|7|王　芳、李强：病假|见记录本|×|
        2月|5|2026-02-21|支委讲党课|学习条例||||||||""",
        MEETING,
        [
            "2 b1 meeting_held 2026-01-08 topic=研究计划 expected=4 present=4 on_leave=[] "
            "evidence=minutes+sign_in kind=committee_meeting",
            "3 b1 meeting_held 2026-01-15 topic=讨论 expected=9 present=8 on_leave=m01 "
            "evidence=minutes+photo kind=general_meeting",
            "4 b1 lecture_given 2026-02-19 topic=学习党章 expected=9 present=9 on_leave=[] "
            "evidence=minutes lecturer=secretary",
            "J5 ✗ 应为“有”或“无”",
            "6 b1 lecture_given 2026-02-21 topic=学习条例 lecturer=committee",
        ],
        ("月份", "序号"),
    ),
    Case(
        "those on leave, with blanks inside names and between them, and reasons behind",
        """日期|会议类型|缺席人员及原因
        2026-02-19|支委会|王　芳、李强：病假
        2026-02-20|支委会|王芳 李强（出差）
        2026-02-21|支委会|全部到齐
        2026-02-22|支委会|李四""",
        MEETING,
        [
            "2 b1 meeting_held 2026-02-19 on_leave=m01+m02 kind=committee_meeting",
            "3 b1 meeting_held 2026-02-20 on_leave=m01+m02 kind=committee_meeting",
            "4 b1 meeting_held 2026-02-21 on_leave=[] kind=committee_meeting",
            "C5 ✗ 本支部没有叫这个名字的党员",
        ],
    ),
    Case(
        "who gave a lecture, or held a talk, told by name",
        """日期|主讲人|题目|党课地点
        2026-02-19|m04|学习党章|会议室
        2026-02-20|王芳|学习准则|会议室
        2026-02-21|支部书记|学习条例|会议室""",
        {"branch": "b1", "type_word": "lecture_given", "map": {"党课地点": ""}},
        [
            "2 b1 lecture_given 2026-02-19 topic=学习党章 lecturer=secretary",
            "3 b1 lecture_given 2026-02-20 topic=学习准则 lecturer=member",
            "4 b1 lecture_given 2026-02-21 topic=学习条例 lecturer=secretary",
        ],
        ("党课地点",),
    ),
    Case(
        "a lecture that the register does not say who gave",
        """时间|会议类型|会议主题
        2026-02-19|党课|学习党章""",
        MEETING,
        ["2 ✗ 必填"],
    ),
    Case(
        "the same, said beside the file",
        """时间|会议类型|会议主题
        2026-02-19|党课|学习党章
        2026-02-20|支委会|研究""",
        {**MEETING, "set": {"主讲人": "书记"}},
        [
            "2 b1 lecture_given 2026-02-19 topic=学习党章 lecturer=secretary",
            "3 b1 meeting_held 2026-02-20 topic=研究 kind=committee_meeting",
        ],
    ),
    Case(
        "a month's dues beside twelve months are what is due",
        """2026年党费台账
        序号|党员姓名|党费基数|比例|月缴党费|1月|2月|合计
        1|王芳|4000|0.5%|20|20|20|40
        2|李强|6000|0.5%|30|/|30|30""",
        B1,
        [
            "F3 b1 dues_paid 2026-01-31 member=m01 month=2026-01 amount=20.00 due=20.00",
            "G3 b1 dues_paid 2026-02-28 member=m01 month=2026-02 amount=20.00 due=20.00",
            "G4 b1 dues_paid 2026-02-28 member=m02 month=2026-02 amount=30.00 due=30.00",
        ],
        ("序号", "党费基数", "比例", "合计"),
    ),
    Case(
        "a month's dues where nothing says whether they were paid",
        """姓名|月份|缴费日期|月缴党费
        王芳|2026-01|2026-01-10|20""",
        DUES,
        ["D1 ✗ 不是已知的列", "1 ✗ 缺少“金额”列"],
    ),
    Case(
        "交 for 缴, and a remark behind the last row that is no remark under the table",
        """第三党支部3月党费交纳登记表
        序号|姓名|月份|应交党费（元）|实交党费（元）|交纳时间|交纳方式|备注
        1|王芳|2026-03|20|20|2026-03-05|微信|
        2|李强|2026-03|30|30|2026-03-06|现金|2026年3月转入
        经办人：|王芳|||书记：|张伟||""",
        B1,
        [
            "3 b1 dues_paid 2026-03-05 member=m01 month=2026-03 amount=20.00 due=20.00",
            "4 b1 dues_paid 2026-03-06 member=m02 month=2026-03 amount=30.00 due=30.00",
        ],
        ("序号", "交纳方式", "备注"),
        1,
    ),
    Case(
        "a register that its title says what it is, with a sum of meetings",
        """第一党支部组织生活登记表
        日期|组织生活形式|主要内容|主持人|应到|实到|列席人员|会议纪要|照片
        2026.1.10|支部委员会|研究|张伟|3|3|群众代表|√|×
        2026.2.14|主题党日活动|义诊|王芳|5|5||√|√
        合计|2次|||||||""",
        B1,
        [
            "3 b1 meeting_held 2026-01-10 topic=研究 expected=3 present=3 guests=non_member_representatives "
            "evidence=minutes kind=committee_meeting",
            "4 b1 meeting_held 2026-02-14 topic=义诊 expected=5 present=5 evidence=minutes+photo kind=theme_day",
        ],
        ("主持人",),
        1,
    ),
    Case("no table at all", "今天开会\n明天休息", B1, ["None ✗ 没有找到能读的表"]),
]
