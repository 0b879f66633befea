"""The words of gatherings: kinds, guests, evidence, hosts, lecturers.

In: nothing. Out: the allowed values, with their Chinese and English. Deliberately absent: the models.
"""

from ledger.events.values.described import read_vocabulary

GUESTS = read_vocabulary("""
    league_secretary
      团支部书记 | 共青团支部书记列席。
      League secretary | The secretary of the Youth League branch sat in.
    non_member_representatives
      群众代表 | 非党员代表列席。
      non-member representatives | Representatives of those who are not members sat in.
    superior
      上级 | 上级党组织派人参加。
      superior | Somebody of the superior organization took part.
""")

EVIDENCE = read_vocabulary("""
    minutes
      会议记录 | 有会议记录。
      minutes | Minutes were taken.
    photo
      照片 | 有现场照片。
      photos | There are pictures of it.
    sign_in
      签到 | 有签到表。
      sign-in sheet | There is a sheet of signatures.
    notice
      通知 | 有事先发出的通知。
      notice | There is the notice that called it.
    attachment
      附件 | 有其他材料。
      attachment | There is other material.
""")

HOSTS = read_vocabulary("""
    branch
      本支部 | 本支部自己举办。
      branch | The branch held it itself.
    superior
      上级 | 上级举办，本支部参加。
      superior | The superior held it, and the branch took part.
""")

MEETINGS = read_vocabulary("""
    general_meeting
      支部党员大会 | 支部全体党员的会议。
      general meeting | The meeting of all members of the branch.
    committee_meeting
      支委会 | 支部委员会的会议。
      branch committee meeting | The meeting of the branch committee.
    group_meeting
      党小组会 | 一个党小组的会议。
      Party group meeting | The meeting of one Party group.
    organizational_life
      组织生活会 | 开展批评和自我批评的支部会议。
      organizational life meeting | The branch's meeting of criticism and self-criticism.
    democratic_life
      民主生活会 | 领导班子开展批评和自我批评的会议。
      democratic life meeting | A leading body's meeting of criticism and self-criticism.
    democratic_appraisal
      民主评议党员 | 对党员逐一评议并定等次。
      democratic appraisal of members | The members are appraised and rated.
    theme_day
      主题党日 | 每月相对固定的一天。
      Theme Party Day | The members' day of the month.
    study
      集中学习 | 党员一起学习。
      study session | The members study together.
    central_group_study
      理论学习中心组学习 | 党委中心组的学习会。
      central group study | The study session of the committee's central group.
    work_meeting
      工作会议 | 党建工作会议。
      work meeting | A meeting on the Party's own work.
    congress
      党员大会（党委） | 党委召开的全体党员大会。
      congress of the committee | The assembly of all members, called by the committee.
    enlarged
      扩大会议 | 扩大到其他人员的会议。
      enlarged meeting | A committee's meeting with others invited.
    party_affairs
      议党会议 | 专题研究党建工作的会议。
      meeting on Party affairs | A meeting that takes up Party affairs alone.
    debriefing
      述职评议 | 书记述职并接受评议。
      debriefing | Secretaries report on their work and are appraised.
    development_review
      研究发展党员 | 研究发展党员工作的会议。
      review of admissions | A meeting on the admission of members.
""")

LECTURERS = read_vocabulary("""
    secretary
      书记 | 支部书记。
      secretary | The branch's secretary.
    deputy_secretary
      副书记 | 支部副书记。
      deputy secretary | The branch's deputy secretary.
    committee
      支委 | 支部委员。
      committee member | A member of the branch committee.
    leader
      领导 | 单位领导。
      leader | A leader of the organization.
    member
      党员 | 普通党员。
      member | A member without office.
    expert
      专家 | 邀请的专家。
      expert | An invited expert.
""")

ACTIVITIES = read_vocabulary("""
    theme_education
      主题教育 | 专题的教育活动。
      theme education | Education on a set theme.
    ethnic_religious_policy
      民族宗教政策教育 | 学习民族宗教政策。
      ethnic and religious policy | Education in ethnic and religious policy.
    integrity_education
      党风廉政教育 | 廉洁自律的教育。
      integrity education | Education in clean conduct.
    ethics_education
      师德师风教育 | 职业道德的教育。
      professional ethics | Education in the ethics of the profession.
    patriotic
      爱国爱校教育 | 热爱国家、热爱学校的教育。
      patriotic education | Education in love of country and school.
    volunteer_service
      志愿服务 | 义务为他人服务。
      volunteer service | Unpaid service to others.
    mass_support
      联系帮扶群众 | 联系、帮助困难群众。
      support for the masses | Contact with people in need, and help.
    research_visit
      调研 | 实地了解情况。
      research visit | A visit to find out how things are.
    twinning
      结对共建 | 与其他支部结对。
      twinning | Work together with another branch.
    training
      培训 | 集中培训。
      training | A training course.
    inspection
      督查 | 检查工作情况。
      inspection | A look at how work is done.
    commendation
      评选表彰 | 评出并表彰先进。
      commendation | The best are chosen and commended.
    culture
      群众性文体活动 | 文艺、体育活动。
      culture and sports | Cultural or sports events open to all.
    other
      其他 | 以上都不是。
      other | None of these.
""")
