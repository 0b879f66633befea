"""The words of publicity, honours, research, papers and supervision.

In: nothing. Out: the allowed values, with their Chinese and English. Deliberately absent: the models.
"""

from ledger.events.values.described import read_vocabulary

LEVELS = read_vocabulary("""
    department
      二级学院/科室 | 最低一级。 | 二级学院、科室、科室级、学院级、系级、部门级
      department | The lowest level: a college's department, a hospital's section.
    unit
      本院/本校 | 本单位。 | 本院、本校、院级、校级、单位级、本单位、所级
      unit | The whole hospital, college or institute.
    district
      区 | 区级。 | 区级、县级、区县级、县区级
      district | The district.
    city
      市 | 市级。 | 市级、地市级
      city | The city.
    province
      省 | 省级。 | 省级、省部级
      province | The province.
    national
      国家 | 国家级，最高一级。 | 国家级、全国、全国级、中央级
      national | The whole country; the highest level.
""")

MEDIA = read_vocabulary("""
    wechat
      微信 | 微信公众号。 | 微信公众号、公众号、微信公众平台
      WeChat | An official account on WeChat.
    website
      网站 | 单位或上级的网站。 | 官网、门户网站、官方网站、网页
      website | A website of the organization or its superior.
    newspaper
      报刊 | 报纸或期刊。 | 报纸、期刊、杂志、纸媒
      newspaper | A newspaper or magazine.
    television
      电视 | 电视台。 | 电视台
      television | A television station.
    board
      宣传栏 | 单位内的宣传栏。 | 展板、公告栏、黑板报、宣传板
      notice board | A board in the building.
    other
      其他 | 其他媒体。
      other | Another medium.
""")

THEMES = read_vocabulary("""
    exemplary_posts
      岗区队 | 示范岗、责任区、先锋队。 | 示范岗、党员示范岗、责任区、先锋队
      exemplary posts | Model posts, areas of duty, vanguard teams.
    pioneers
      先进典型 | 先进人物与事迹。 | 典型、先进人物、先进事迹
      pioneers | Outstanding people and what they did.
    general
      一般 | 其他内容。 | 普通
      general | Anything else.
""")

RESEARCH_KINDS = read_vocabulary("""
    paper
      论文 | 政研论文。 | 政研论文、文章
      paper | A research paper.
    project
      课题 | 立项的课题。 | 项目、立项课题
      project | A research project.
    report
      调研报告 | 调查研究的报告。 | 报告、调查报告
      report | The report of an inquiry.
""")

RESEARCH_ROLES = read_vocabulary("""
    lead
      主持 | 主持或第一作者。 | 负责人、第一作者、主持人
      lead | Led it, or is first author.
    participant
      参与 | 参加。 | 参加、参与人
      participant | Took part.
""")

CONTESTS = read_vocabulary("""
    integrity_culture
      廉政文化 | 廉政文化作品征集。 | 廉政文化作品、廉洁文化、廉政征文、廉政文化活动
      integrity culture | Works on integrity.
    ethics
      师德师风 | 师德师风征文。 | 师德征文、师德师风征文
      ethics | Works on professional ethics.
    knowledge
      知识竞赛 | 知识竞赛。 | 知识竞答、竞赛
      knowledge | A quiz.
    other
      其他 | 其他比赛、征集。
      other | Another contest.
""")

AWARDS = read_vocabulary("""
    none
      未获奖 | 参加了，没有获奖。 | 无、未获、没有获奖
      none | Entered without winning.
    excellence
      优秀奖 | 优秀奖。 | 优胜奖、鼓励奖
      excellence | An award of excellence.
    third
      三等奖 | 三等奖。 | 三等
      third prize | The third prize.
    second
      二等奖 | 二等奖。 | 二等
      second prize | The second prize.
    first
      一等奖 | 一等奖。 | 一等
      first prize | The first prize.
""")

DOCUMENTS = read_vocabulary("""
    annual_plan
      年度计划 | 支部全年的工作计划。 | 年度工作计划、工作计划、全年计划、年初计划
      annual plan | The branch's plan of the year.
    study_plan
      学习计划 | 学习的安排。 | 年度学习计划、学习安排、党员学习计划
      study plan | What will be studied when.
    development_plan
      发展计划 | 发展党员的计划。 | 发展党员计划、党员发展计划
      admission plan | The plan for admitting members.
    annual_summary
      年度总结 | 支部全年的工作总结。 | 年度报告、年终总结、工作总结、年度工作总结、全年总结
      annual summary | The branch's summary of the year.
    self_check
      自查报告 | 对照要求自查的报告。 | 自查、自查材料、自查自评报告、自查上报、支部每月自查
      self-check | What the branch found when checking itself.
    points_report
      积分上报 | 党员积分的上报表。 | 积分考核每季报备
      points report | The members' points, as reported.
    points_summary
      积分汇总 | 党员积分的汇总。 | 积分考核年度汇总
      points summary | The members' points, summed up.
    thought_analysis
      思想分析 | 党员思想状况分析。 | 思想状况分析、党员思想分析、半年思想分析
      analysis of opinion | How members think, analysed.
    thought_report
      思想汇报 | 个人的思想汇报。 | 思想汇报材料、思想状况年度报告
      personal report | A person's report on his or her thinking.
    activist_analysis
      积极分子分析 | 入党积极分子的考察分析。
      review of activists | The activists, reviewed.
    branch_method
      支部工作法 | 支部总结的工作方法。
      branch method | A way of working that the branch wrote up.
    secretary_project
      书记项目 | 书记抓党建的项目。 | 书记项目方案
      secretary's project | The secretary's own project.
    study_rules
      学习制度 | 学习的规定。 | 学习教育制度
      study rules | The rules for studying.
    appraisal_scheme
      评议方案 | 民主评议的方案。 | 党员考核评价指标体系
      appraisal scheme | How the appraisal will be held.
    exemplary_story
      先进事迹 | 先进人物的事迹材料。 | 师生典型宣传
      exemplary story | What an outstanding member did.
    appraisal_record
      评议材料 | 民主评议的材料。
      appraisal record | The papers of an appraisal.
    good_deed
      好人好事 | 好人好事材料。 | 双服务好人好事
      good deed | A good deed, written up.
    brief
      简报 | 工作简报。 | 工作简报、信息简报、党建信息
      brief | A short report on current work.
    research_article
      调研文章 | 调查研究的文章。
      research article | An article from an inquiry.
    election_request
      换届请示 | 换届选举的请示。 | 换届选举请示
      election request | The request to hold an election.
    election_ledger
      换届台账 | 换届情况的台账。
      election ledger | The record of terms and elections.
    relation_census
      组织关系排查 | 党员组织关系的排查。
      census of memberships | Where each membership is kept, checked.
    work_report
      工作报告 | 党建工作的报告。 | 年度工作报告、党建工作报告、半年报告工作、向党委报告工作
      work report | A report on the Party's work.
    training_plan
      培训计划 | 党员培训的计划。 | 党员培训计划、年度培训计划、党务干部培训计划
      training plan | The plan for training members.
    life_meeting_report
      生活会报告 | 组织生活会或民主生活会的报告。 | 组织生活会报告、民主生活会报告、民主生活会情况报告
      report of a life meeting | The report of an organizational or democratic life meeting.
""")

DISCLOSURES = read_vocabulary("""
    dues
      党费 | 党费收缴、使用情况。 | 党费公示、党费收缴、党费情况、党费收支公示
      dues | What was paid and spent of the dues.
    branch_affairs
      支部事务 | 支部的重要事项。 | 支部工作、重要事项
      branch affairs | The branch's own matters of weight.
    appraisal
      评议结果 | 评议、评优的结果。 | 评议、评优结果、党员量化考评公示
      appraisal | The results of appraisals.
    development
      发展党员 | 发展党员的情况。 | 发展党员公示、党员发展
      admissions | Who is being admitted.
""")

SURVEYS = read_vocabulary("""
    satisfaction
      满意度 | 群众满意度测评。 | 满意度测评、群众满意度
      satisfaction | How satisfied people are.
    opinion
      意见征求 | 征求群众意见。 | 征求意见、意见、意见箱或无记名调查
      opinion | What people think and wish.
""")

ISSUES = read_vocabulary("""
    vacancy
      委员空缺 | 支部委员出缺。 | 空缺、支委空缺
      vacancy | A seat on the committee is empty.
    incident
      突发事件 | 发生了突发事件。 | 突发
      incident | Something sudden happened.
    problem
      调研问题 | 调研中发现的问题。 | 问题
      problem | Found during a research visit.
""")

ASSESSORS = read_vocabulary("""
    self
      自评 | 支部自己评。 | 自查、支部自评、自我评分
      self | The branch itself.
    superior
      上级 | 上级党组织评。 | 上级评、上级考核、复评、党委
      superior | The superior organization.
    department
      主管部门 | 上级的主管部门评；以此为准。
      department | The department in charge; its judgement prevails.
""")

TALLY_SOURCES = read_vocabulary("""
    masses
      群众 | 群众测评。 | 群众测评
      masses | Those who are not members.
    organization
      组织 | 组织测评。 | 组织测评
      organization | The organization.
""")

RUNGS = read_vocabulary("""
    lead
      提前 | 进入提前期时。
      lead | On entering the lead time.
    near
      临近 | 到期前三天。
      near | Three days before the due day.
    day
      当日 | 到期当天。
      day | On the due day.
    overdue
      逾期 | 到期次日起。
      overdue | From the day after on.
""")
