"""What people write, and what each must mean: the field, everyday words, the stored word."""

# ruff: noqa: E501 -- the table is easier to read in long lines

WORDS = """
meeting_held.kind    党支部委员会会议=committee_meeting 支委会议=committee_meeting 支委会=committee_meeting
meeting_held.kind    支部委员会会议=committee_meeting 党员大会=general_meeting 支部大会=general_meeting
meeting_held.kind    支部党员大会=general_meeting 全体党员大会=general_meeting 党小组会议=group_meeting 小组会=group_meeting
meeting_held.kind    党小组会=group_meeting 主题党日活动=theme_day 主题党日=theme_day 党员活动日=theme_day 党日活动=theme_day
meeting_held.kind    组织生活会议=organizational_life 组织生活会=organizational_life 专题组织生活会=organizational_life
meeting_held.kind    民主生活会议=democratic_life 民主评议=democratic_appraisal 民主评议党员=democratic_appraisal
meeting_held.kind    学习会=study 集体学习=study 政治学习=study 中心组学习=central_group_study 扩大会=enlarged
meeting_held.kind    述职评议会=debriefing 书记述职=debriefing 发展党员会议=development_review 党建工作会议=work_meeting
lecture_given.lecturer  支部书记=secretary 党支部书记=secretary 书记=secretary 副书记=deputy_secretary 支委=committee
lecture_given.lecturer  组织委员=committee 宣传委员=committee 领导干部=leader 普通党员=member 外请专家=expert
activity_held.kind   志愿者服务=volunteer_service 义务劳动=volunteer_service 警示教育=integrity_education 廉政教育=integrity_education
activity_held.kind   红色教育=patriotic 爱国主义教育=patriotic 走访慰问=mass_support 结对=twinning 支部共建=twinning
activity_held.kind   文体活动=culture 调查研究=research_visit 培训班=training 评优=commendation 主题教育活动=theme_education
meeting_held.evidence  会议纪要=minutes 会议记录=minutes 记录本=minutes 相片=photo 照片=photo 现场照片=photo
meeting_held.evidence  签到表=sign_in 签到册=sign_in 签到=sign_in 会议通知=notice 其他材料=attachment
meeting_held.guests  团支书=league_secretary 群众代表=non_member_representatives 上级领导=superior
member_joined.status  正式=full 正式党员=full 预备=probationary 预备党员=probationary
member_joined.role   书记=secretary 支部书记=secretary 组织委员=committee 宣传委员=committee 纪检委员=committee 支委=committee
member_joined.role   支部委员=committee 普通党员=member 无=member 支部副书记=deputy_secretary
member_left.reason   病故=died 去世=died 开除=expelled 退党=withdrew
member_transferred.direction  转入=in 调入=in 转出=out 调出=out
development_stage_reached.stage  积极分子=activist 入党积极分子=activist 发展对象=target 预备=probationary 转正=full
member_exempted.duty  学时=training 谈心谈话=talks 党费=dues 全部=all
training_completed.mode  线上=online 网络学习=online 线下=in_person 集中培训=in_person
talk_held.held_by    支部书记=secretary 支委=committee 单位领导=leader 普通党员=member
article_published.level  院级=unit 校级=unit 科室=department 区级=district 市级=city 省级=province 国家级=national
article_published.medium  微信公众号=wechat 公众号=wechat 官网=website 报纸=newspaper 宣传栏=board 电视台=television
research_published.kind  论文=paper 项目=project 调查报告=report
contest_entered.award  一等=first 二等奖=second 优胜奖=excellence 未获奖=none
document_submitted.kind  年度报告=annual_summary 年终总结=annual_summary 工作总结=annual_summary 年度工作计划=annual_plan
document_submitted.kind  学习计划=study_plan 自查报告=self_check 换届请示=election_request 思想汇报=thought_report
disclosure_made.subject  党费收缴=dues 党费公示=dues 支部事务=branch_affairs 发展党员公示=development
term_began.body      支委会=branch_committee 党委=party_committee
branch_registered.organization  支部=branch 总支=general_branch 基层党委=committee
"""


def table() -> list[tuple[str, str, str, str]]:
    """The table as type, field, what is written, what it means."""
    rows = []
    for line in WORDS.strip().splitlines():
        place, *pairs = line.split()
        word, _, field = place.partition(".")
        rows += [(word, field, *pair.split("=")) for pair in pairs]
    return [(word, field, text, meant) for word, field, text, meant in rows]
