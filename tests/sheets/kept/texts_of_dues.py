"""Dues, days, months, money and names, as they are written."""

# ruff: noqa: ISC004 -- rows are kept as they are told

from tests.sheets.kept.cases import B1, DUES, Case

OF_DUES = [
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
            "B1 ✗ 这一列 4 行都不对：应为日期，如 2026-03-12",
            "B2 ✗ 应为日期，如 2026-03-12",
            "B3 ✗ 应为日期，如 2026-03-12",
            "B4 ✗ 应为日历中存在的日期",
            "B5 ✗ 应为日期，如 2026-03-12",
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
]
