"""The words of checks: what was found wanting, what is measured, which lists are gone through.

In: nothing. Out: the words that the forms which come with the program use, with their Chinese and English;
a form may use others. Deliberately absent: the models.
"""

from ledger.events.values.described import read_vocabulary

FINDINGS = read_vocabulary("""
    leadership_incomplete
      班子不健全 | 支部班子缺人。
      leadership incomplete | A seat of the leadership is empty.
    leadership_disunity
      班子不团结 | 支部班子不团结。
      leadership disunited | The leadership is at odds.
    leadership_disciplined
      班子成员受处理 | 班子成员受到处理。
      leadership disciplined | Somebody of the leadership was dealt with.
    leader_disciplined
      领导受处分 | 班子成员受到处分。
      leader disciplined | A leader was disciplined.
    cadre_disciplined
      干部受处分 | 一般干部受到处分。
      cadre disciplined | A cadre was disciplined.
    committee_member_serious_violation
      委员严重违纪违法 | 党委委员有严重违纪违法行为。
      serious violation by a committee member | A member of the committee gravely broke law or discipline.
    major_error_sanctioned
      重大失误受处理 | 有重大失误，受到处理。
      major error sanctioned | A major error led to sanctions.
    election_overdue
      超期换届 | 任期届满没有换届。
      election overdue | The term ended without an election.
    election_irregular
      换届不规范 | 换届不合程序。
      election irregular | The election did not follow the procedure.
    records_incomplete
      记录不完整 | 会议记录不规范、不完整。
      records incomplete | Minutes have gaps.
    records_falsified
      记录虚假 | 会议记录作假。
      records falsified | Minutes were made up.
    study_records_incomplete
      学习记录不完整 | 学习记录不完整。
      study records incomplete | Records of study have gaps.
    ledger_records_incomplete
      簿册记录不完整 | 簿册、名册的记录不完整。
      books incomplete | Books or rosters have gaps.
    handbook_outdated
      手册未更新 | 工作手册没有及时更新。
      handbook outdated | The handbook was not kept up.
    archive_missing
      档案未留底 | 应留底的档案缺失。
      archive missing | Papers that were to be kept are missing.
    organizational_life_procedure
      组织生活会程序不合要求 | 组织生活会的程序不合要求。
      organizational life procedure | A life meeting did not follow the procedure.
    appraisal_procedure
      民主评议程序不合要求 | 民主评议党员的程序不合要求。
      appraisal procedure | An appraisal did not follow the procedure.
    development_procedure
      发展程序不规范 | 发展党员的程序不规范。
      admission procedure | An admission did not follow the procedure.
    development_materials_incomplete
      发展材料不齐 | 发展党员的材料不齐。
      admission papers incomplete | Papers of an admission are missing.
    application_form_irregular
      志愿书填写不规范 | 入党志愿书填写不规范。
      application form irregular | An application form was filled in badly.
    ballot_system_missing
      未实行票决 | 发展党员没有实行票决。
      no ballot | An admission was decided without a ballot.
    roster_outdated
      花名册未更新 | 花名册没有及时更新。
      roster outdated | The roster was not kept up.
    roster_mismatch
      花名册不符 | 花名册与实际不符。
      roster mismatch | The roster is not as things are.
    roster_report_inaccurate_or_late
      人员信息报送不准或迟报 | 报送的人员信息不准确或不及时。
      staff report wrong or late | A report on groups of staff was wrong or late.
    relation_mismatch
      组织关系不符 | 组织关系与实际不符。
      membership mismatch | Where a membership is kept is not as things are.
    floating_roster_outdated
      流动党员名册未更新 | 流动党员名册没有及时更新。
      mobile members' roster outdated | The roster of mobile members was not kept up.
    transfer_form
      转接单不规范 | 组织关系转接单不规范。
      transfer form | A form of transfer was filled in badly.
    national_system_error
      全国系统信息有误 | 全国党员信息系统中的信息有误。
      error in the national system | The national system of members holds an error.
    provincial_system_error
      省系统信息有误 | 省党员信息系统中的信息有误。
      error in the provincial system | The provincial system of members holds an error.
    talk_records
      谈话走访记录缺失 | 谈话、走访没有记录。
      talk records | Talks or visits were not recorded.
    study_app_shortfall
      学习平台未达标 | 学习平台的注册或积分未达标。
      study app shortfall | Registration or points in the study app fall short.
    training_missed
      未参加培训 | 没有参加应参加的培训。
      training missed | A training was not attended.
    notebook_check_failed
      笔记本抽查不合格 | 抽查学习笔记，不合格。
      notebook check failed | A notebook did not pass a random check.
    knowledge_test_failed
      知识测试不合格 | 抽查测试，不合格。
      knowledge test failed | A random test was not passed.
    task_unfinished
      任务未完成 | 上级交办的任务没有完成。
      task unfinished | A task of the superior was not done.
    ideology_task
      意识形态工作未落实 | 意识形态工作的部署没有落实。
      ideological work not done | A task of ideological work was not carried out.
    case_not_reported
      有案不报 | 应报告的案件没有报告。
      case not reported | A case that was to be reported was not.
    integrity_report_irregular
      重要情况报告不规范 | 重要情况没有按规定报告。
      matter not reported duly | An important matter was not reported as it should be.
    petition_handling
      信访核实不力 | 信访件没有按要求核实。
      petition handled badly | A petition was not looked into as it should be.
    complaint_verified
      投诉属实 | 作风方面的投诉查实。
      complaint verified | A complaint proved true.
    ethics_violation
      师德失范 | 发生师德师风责任事故。
      breach of ethics | Professional ethics were breached.
    mass_organization_unsupported
      群团工作支持不力 | 对工会、共青团、妇联的支持不力。
      mass organizations unsupported | Trade union, Youth League or women's federation lacked support.
    support_recipient_dissatisfied
      帮扶对象不满意 | 帮扶对象表示不满意。
      support found wanting | Somebody who was to be helped was not satisfied.
    activity_plan_unapproved
      活动方案未报备 | 活动方案没有报备。
      activity plan unapproved | An activity's plan was not submitted.
    expense_irregular
      支出不合规 | 经费支出不合规定。
      expense irregular | Money was spent against the rules.
    project_pdca
      书记项目检查未通过 | 书记项目的检查没有通过。
      project check failed | The secretary's project did not pass its check.
""")

METRICS = read_vocabulary("""
    study_app_average
      学习平台人均积分 | 学习平台积分的人均数。
      study app average | The mean of points in the study app.
    policy_contest_average
      政策竞赛人均成绩 | 政策知识竞赛的人均成绩。
      policy contest average | The mean result in the policy contest.
    fund_utilization
      经费使用率 | 活动经费的使用率，以百分数计。
      use of funds | Of the funds for activities, how many percent were used.
""")

CHECKLISTS = read_vocabulary("""
    two_books_one_roll
      两簿一册 | 组织生活记录簿、学习记录簿、党员名册。
      two books and one roster | The books of organizational life and of study, and the roster.
    post_team_records
      岗区队创建记录 | 示范岗、责任区、先锋队的创建记录。
      records of exemplary posts | How model posts, areas of duty and vanguard teams were set up.
    six_haves
      六有 | 活动场所的六有。
      six haves | The six 'haves' of an activity room.
    branch_ledgers
      一本三盒 | 会议记录本和三个资料盒。
      one book and three file boxes | The minutes book and the three boxes.
""")

CHECKED = read_vocabulary("""
    life_record_book
      组织生活记录簿 | 记录组织生活的簿册。
      organizational life book | The book of organizational life.
    study_record_book
      学习记录簿 | 记录学习的簿册。
      study book | The book of study.
    member_roll
      党员名册 | 党员的名册。
      members' roster | The roster of members.
    creation_records
      创建记录 | 创建活动的记录。
      creation records | How it was set up.
    application_materials
      申报材料 | 申报的材料。
      application papers | The papers of application.
    archive
      档案 | 归档的材料。
      archive | What was filed.
    venue
      场所 | 有活动场所。
      venue | There is a room.
    equipment
      设施 | 有活动设施。
      equipment | There is equipment.
    signage
      标识 | 有党旗、标牌等标识。
      signs | There are the flag and signs.
    reading_corner
      图书角 | 有党报党刊和图书。
      reading corner | There are books and papers.
    rules
      制度 | 有上墙的制度。
      rules | The rules are on the wall.
    staff_and_funds
      人员和经费 | 有专人管理，有经费。
      staff and funds | Somebody is in charge, and there is money.
    minutes_book
      会议记录本 | 会议的记录本。
      minutes book | The book of minutes.
    study_box
      学习资料盒 | 学习教育的资料盒。
      study box | The box of study.
    development_box
      发展党员资料盒 | 发展党员的资料盒。
      admissions box | The box of admissions.
    appraisal_box
      民主评议资料盒 | 民主评议的资料盒。
      appraisal box | The box of appraisals.
""")
