"""Registers of meetings, lectures, talks and all else, as they are kept."""

# ruff: noqa: ISC004, E501 -- rows are kept as they are told

from tests.sheets.kept.cases import B1, DUES, MEETING, Case

OF_REGISTERS = [
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
        ["2 dw meeting_held 2025-03-05 kind=congress", "3 b1 meeting_held 2025-03-05 kind=general_meeting"],
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
        ["B2 ✗ 应写明主讲人"],
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
