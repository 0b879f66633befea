"""What people head their columns and name their sheets with, for the types and fields of the catalogue.

In: nothing. Out: everyday names of types, of fields, and of columns that sheets have and the log has not.
Deliberately absent: everyday words for values; they stand beside the values in `vocabularies`. A name
that two fields of one type bear is a mistake that a test finds.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

_NEW_ROW = re.compile(r"\n {4}(?! )")
_BETWEEN = re.compile("[、\\s]+")


def _read(table: str) -> Mapping[str, tuple[str, ...]]:
    """Read a table of a word and its everyday names a line, which may go on below, further in."""
    rows = (_BETWEEN.split(row.strip()) for row in _NEW_ROW.split(table.strip()))
    return MappingProxyType({word: tuple(names) for word, *names in rows})


def _list(names: str) -> frozenset[str]:
    return frozenset(names.split())


TYPE_SYNONYMS = _read("""
    meeting_held               会议记录、会议登记、会议情况、三会一课、组织生活、meetings
    lecture_given              上党课、党课记录、党课登记、党课情况、lectures
    activity_held              活动记录、活动登记、党建活动、activities
    branch_registered          党组织、支部登记、成立党组织
    branch_renamed             改名、支部更名
    branch_moved               调整隶属关系、隶属关系调整
    branch_dissolved           撤销支部、支部撤销、撤销党组织
    rubric_adopted             适用细则、考核细则
    rubric_dropped             停止适用、停用
    member_joined              入册登记
    member_left                出册登记、减员
    member_hired               新入职、入职登记
    member_departed            离职、调动、离职登记
    member_transferred         组织关系、转接、关系转接、组织关系转移、转入转出
    role_assigned              任职情况、职务任免、任免
    term_began                 换届选举、换届情况
    development_stage_reached  发展党员工作、党员发展、发展情况
    member_exempted            免除要求、免除
    training_completed         培训学时、学习培训、党员培训、学时登记、学时记录
    study_note_submitted       学习心得、心得体会
    talk_held                  谈话、谈心、谈话记录、谈心谈话记录、talks
    dues_paid                  党费、交党费、缴党费、党费缴纳、党费收缴、党费收缴登记、党费台账
        党费登记、收缴党费、dues
    dues_remitted              党费上缴、上交党费、党费上交
    article_published          稿件、新闻、宣传报道、新闻宣传、信息宣传、宣传稿件、articles
    honour_awarded             获奖、表彰、荣誉情况、honours
    experience_shared          经验介绍、交流经验
    research_published         政研论文、政研课题、课题研究、研究成果
    contest_entered            征文、作品、参赛、参赛作品
    document_requested         要求报送、报送通知
    document_submitted         上报材料、材料上报、材料报送、提交材料
    disclosure_made            公开、党务公开记录、公示
    checklist_confirmed        核对、台账核对
    survey_conducted           民主测评、满意度测评、问卷
    metric_reported            指标上报
    issue_opened               问题登记
    issue_closed               办结、问题办结
    finding_recorded           检查、检查问题、督查发现
    clause_assessed            打分、考评
    clause_waived              免考核
    grades_tallied             测评结果、票数汇总
    event_retracted            撤回、作废
    event_corrected            更正
    reminder_acknowledged      确认提醒
""")

# By `type.field`, or by the field alone for those of the envelope and those that mean one thing everywhere.
FIELD_SYNONYMS = _read("""
    branch              党支部、支部名称、所在支部、所属支部、党支部名称、所在党支部、所属党支部、党组织
        党组织名称、支部代码、部门支部
    occurred_on         日期、时间、会议时间、会议日期、召开时间、召开日期、活动时间、活动日期、缴费日期
        缴费时间、缴纳日期、缴纳时间、交费日期、交纳日期、收缴日期、发表日期、发表时间、刊发时间
        刊发日期、发布时间、发布日期、授课时间、授课日期、上课时间、谈话时间、谈话日期、培训时间
        培训日期、学习时间、开会时间、开会日期、报送时间、报送日期、提交日期、提交时间、获奖时间、获奖日期、任职时间
        任职日期、上缴日期、上缴时间、date、day
    counts_for          计入、归属月份
    recorded_by         登记人代码
    id                  记录id
    member              姓名、党员、党员姓名、成员姓名、成员代码、党员代码、人员、缴费人、交费人
        谈话对象、学习人、参训人员、name
    topic               议题、会议议题、会议主题、会议内容、活动主题、活动内容、主要内容、内容、授课题目
        党课主题、党课题目、课题名称、题目、主要议题、会议主要议题
    expected            应到、应到会、应到会人数、应参加人数、应参会人数、应出席人数
    present             实到、实到会、实到会人数、实参加人数、实际到会、实际到会人数、实际参会人数
        出席人数、到会人数、参会人数、出席
    excused             请假、请假数
    absent              缺席、缺勤人数、旷会人数
    on_leave            请假人员、请假人、请假名单、请假党员、请假人姓名
        请假人员及原因、请假情况、请假人员及事由、请假人员及缘由、请假人员和原因、缺席人员及原因
        缺席人员及事由、缺勤人员及原因、未到人员及原因、未参会人员及原因、请假缺席人员及原因
    guests              列席、列席人
    evidence            佐证材料、痕迹、材料、印证材料、留存材料、资料、存档材料
    refs                材料存放、存放位置、存放地点、档案号、文件名
    host                举办方、主办方、主办单位
    meeting_held.kind   会议类别、会议种类、会议名称、类型、类别、种类、会议形式、组织生活类型
        组织生活形式、组织生活名称、会议活动类型、会议活动名称、会议活动形式、活动形式、形式
    meeting_held.appraised    参加评议人数、评议人数
    meeting_held.outstanding  评为优秀人数、优秀党员人数
    meeting_held.keynotes     发言人数、重点发言
    lecture_given.lecturer    主讲、授课人、讲课人、主讲人身份、授课人身份、主讲者、主讲人姓名、授课领导
    lecture_given.exchange    交流、是否交流、讨论交流
    activity_held.kind  活动类别、活动种类、类型、类别、种类
    activity_held.participants  参与人数、参加总人数、参加人次、参加人员数
    branch_registered.organization  党组织类别、组织类型、类型
    parent              上级党组织、上级、所属党委、所属上级
    branch_registered.name  支部名、组织名称、全称
    branch_renamed.name     新名称、更名后名称、全称
    member_joined.status    党员类别、党员状态、党员类型、人员类别、状态、是否预备
    role                职务、党内职务、支部职务、担任职务、现任党内职务、党内现任职务、支部内职务
        党内任职、支部任职
    member_left.reason  出册原因、减员原因
    member_transferred.direction  转接方向、转入转出、转入或转出、转接类型
    member_transferred.dues_paid_to  党费缴至、党费缴纳至、党费交至
    years               任期、任期年限
    body                届别班子、领导班子
    stage               发展阶段、当前阶段
    duty                免除事项、免除内容
    until               至、截止日期、有效期至、截止时间
    hours               学时、培训学时、完成学时、课时
    training_completed.mode  学习方式、培训方式、学习形式
    held_by             谈话人身份、谈话者
    month               月份、月、缴费月份、缴纳月份、所属月份、费款所属期、缴费所属月、所属期
    dues_paid.amount    实缴、实缴金额、实缴党费、缴费金额、缴纳金额、本月实缴、交费金额、交纳金额、实交
        实交金额、实收、实收金额、党费金额、已缴金额、缴纳党费
    dues_paid.due       应缴、应缴党费、标准、月应缴、应交、应交金额、应收、应收金额、缴费标准、缴纳标准
        月缴党费标准、每月应缴、本月应缴、交纳标准
        月交纳标准、月缴纳标准、月应交、月应缴党费、月应交党费、每月应缴党费、每月应交、应缴数、应缴额
        应交党费、党费标准、月缴标准、月标准、每月标准、核定党费、月缴纳党费标准、每月应缴金额、月应缴金额
    quarter             季度、所属季度、上缴季度
    dues_remitted.amount  上缴金额、上交金额、上缴党费、金额合计
    level               级别、媒体级别、获奖级别、发表级别、等级、层级
    medium              媒体名称、刊发媒体、发表媒体、发布平台、平台、发表平台、刊物
    theme               稿件题材、内容类别
    article_published.content  标题、稿件标题、题目、新闻标题、文章标题、内容、稿件名称
    honour_awarded.content  荣誉名称、奖项名称、获奖名称、称号、内容
    research_published.kind  类型、类别、成果类别
    research_published.role  承担角色、作者身份
    contest_entered.contest  比赛名称、赛事、征文类别
    contest_entered.award  获奖情况、获奖等次、获奖等级
    document_requested.kind  材料、材料名称、文件类型
    document_submitted.kind  材料、材料名称、文件类型、报送内容
    conforming          是否合格、是否符合要求
    due_on              报送期限、截止日期、要求时间、截止时间
    disclosure_made.subject  公开事项、公开项目
    survey_conducted.subject  测评项目
    positive            满意、满意数
    total               总数、收回份数、参评总数
    metric              指标、指标名
    value               值、指标值
    ref                 文号、编号对应、对应文号
    note                备注、说明
    reason              原因
""")

# What means another value of a field where a committee says it.
SAID_BY_COMMITTEES: Mapping[tuple[str, str], Mapping[str, str]] = MappingProxyType(
    {
        ("meeting_held", "kind"): MappingProxyType(
            dict.fromkeys(("党员大会", "全体党员大会", "支部大会"), "congress")
        )
    }
)

# Columns that people's sheets have and the log has no use for: left out, and named in the answer.
LEFT_OUT = _list("""
    序号 备注 签字 签名 本人签字 党员签字 签字确认 联系电话 电话 地点 会议地点 活动地点 授课地点
    缴费基数 基数 比例 缴费比例 缴纳比例 交纳比例 党费比例 计提比例 收缴比例 月份 月 季度 年度 年份 年
    召集人 主持 主持者 会议主持 会议主持人 参加对象 参会对象 参会范围 应到人员 实到人员 参会人 出席人
    缴费方式 缴纳方式 交费方式 支付方式 性别 主持人 记录人 经办人 收款人 参会人员 参加人员 出席人员
    缺席人员 参会人员名单 签到
    合计 小计 全年合计 年度合计 本年合计 全年小计 总计 累计 共计 no. 说明 会议记录人 审核人 填表人
    党小组 所在党小组 小组 单位 部门 工作单位
    所在部门 链接 网址 作者 撰稿人
    """)

# What the log may hold in no form: never kept, never shown, not even in what is said of a mistake.
PERSONAL = _list("""
    身份证号 身份证 身份证号码 公民身份号码 公民身份证号码 证件号码 证件号 身份号码 民族 性别 手机
    手机号 手机号码 联系电话 联系方式 电话 电话号码 移动电话 办公电话
    住址 家庭住址 家庭地址 现住址 居住地址 通讯地址 通信地址 地址 籍贯 出生地 户籍 户籍地址 户口所在地
    工资 月工资 收入 月收入 工资收入 工资标准 缴费基数 基数 党费基数 工资基数 月工资基数 缴费工资 交纳基数
    缴纳基数 核定基数 计算基数 党费计算基数 缴费工资基数 党费缴纳基数 党费交纳基数 党费缴费基数
    银行卡号 银行账号 卡号 出生日期 出生年月 出生时间 出生 生日 年龄 学历 学位 文化程度 健康状况
    身体状况 宗教信仰 婚姻状况 微信 微信号 qq qq号 邮箱 电子邮箱
    政治面貌 毕业院校 照片 家庭成员 车牌号 idnumber idno phone mobile ethnicity religion salary address
    birthday gender sex
    """)
