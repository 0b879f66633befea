"""The words of gatherings: kinds, guests, evidence, hosts, lecturers.

In: nothing. Out: the allowed values, with their Chinese and English. Deliberately absent: the models.
"""

from ledger.events.values.described import read_vocabulary

GUESTS = read_vocabulary("""
    league_secretary
      团支部书记 | 共青团支部书记列席。 | 团支书
      League secretary | The secretary of the Youth League branch sat in.
    non_member_representatives
      群众代表 | 非党员代表列席。 | 非党员代表、群众
      non-member representatives | Representatives of those who are not members sat in.
    superior
      上级 | 上级党组织派人参加。 | 上级领导、上级党组织、上级代表
      superior | Somebody of the superior organization took part.
""")

EVIDENCE = read_vocabulary("""
    minutes
      会议记录 | 有会议记录。 | 会议纪要、纪要、记录、会议记录本、记录本
      minutes | Minutes were taken.
    photo
      照片 | 有现场照片。 | 相片、图片、现场照片、影像、影像资料、图片资料、照片资料、会议照片、活动照片
      photos | There are pictures of it. | pictures
    sign_in
      签到 | 有签到表。 | 签到表、签到册、签到簿、签到单、签名册、签到情况、签到记录
      sign-in sheet | There is a sheet of signatures. | attendance sheet
    notice
      通知 | 有事先发出的通知。 | 会议通知、活动通知
      notice | There is the notice that called it.
    attachment
      附件 | 有其他材料。 | 其他材料、附件材料、相关材料
      attachment | There is other material.
""")

HOSTS = read_vocabulary("""
    branch
      本支部 | 本支部自己举办。 | 支部、党支部、自办
      branch | The branch held it itself.
    superior
      上级 | 上级举办，本支部参加。 | 上级党委、上级党组织、党委
      superior | The superior held it, and the branch took part.
""")

MEETINGS = read_vocabulary("""
    general_meeting
      支部党员大会 | 支部全体党员的会议。 | 党员大会、支部大会、全体党员大会、支部全体党员大会
      general meeting | The meeting of all members of the branch. | branch meeting、members' meeting
    committee_meeting
      支委会 | 支部委员会的会议。 | 支委会议、支部委员会会议、党支部委员会会议、支部委员会、党支部委员会
      branch committee meeting | The meeting of the branch committee. | committee、支委会会议
    group_meeting
      党小组会 | 一个党小组的会议。 | 党小组会议、小组会、小组会议
      Party group meeting | The meeting of one Party group. | group
    organizational_life
      组织生活会 | 开展批评和自我批评的支部会议。 | 组织生活会议、专题组织生活会、年度组织生活会
      organizational life meeting | The branch's meeting of criticism and self-criticism.
    democratic_life
      民主生活会 | 领导班子开展批评和自我批评的会议。 | 民主生活会议、专题民主生活会
      democratic life meeting | A leading body's meeting of criticism and self-criticism.
    democratic_appraisal
      民主评议党员 | 对党员逐一评议并定等次。 | 民主评议、民主评议会、民主评议党员会议、民主评议党员大会
      democratic appraisal of members | The members are appraised and rated.
    theme_day
      主题党日 | 每月相对固定的一天。 | 主题党日活动、党日活动、党员活动日、支部主题党日、主题党日会
      Theme Party Day | The members' day of the month. | theme day
    study
      集中学习 | 党员一起学习。 | 学习会、集体学习、政治学习、理论学习、党员学习、学习、专题学习、每月学习
      study session | The members study together.
    central_group_study
      理论学习中心组学习 | 党委中心组的学习会。 | 中心组学习、理论中心组学习、党委中心组学习、理论学习中心组
      central group study | The study session of the committee's central group.
    work_meeting
      工作会议 | 党建工作会议。 | 党建工作会、党建工作会议、工作会
      work meeting | A meeting on the Party's own work.
    congress
      党员大会（党委） | 党委召开的全体党员大会。 | 党委党员大会、全委党员大会
      congress of the committee | The assembly of all members, called by the committee.
    enlarged
      扩大会议 | 扩大到其他人员的会议。 | 扩大会、党委扩大会、党委扩大会议、支委扩大会、支委扩大会议
      enlarged meeting | A committee's meeting with others invited.
    party_affairs
      议党会议 | 专题研究党建工作的会议。 | 党建专题会、专题研究党建会议、研究党建会议
      meeting on Party affairs | A meeting that takes up Party affairs alone.
    debriefing
      述职评议 | 书记述职并接受评议。 | 述职评议会、述职评议会议、述职、书记述职、述职评议考核
      debriefing | Secretaries report on their work and are appraised.
    development_review
      研究发展党员 | 研究发展党员工作的会议。 | 发展党员会议、发展党员大会、讨论发展党员
      review of admissions | A meeting on the admission of members.
""")

LECTURERS = read_vocabulary("""
    secretary
      书记 | 支部书记。 | 支部书记、党支部书记
      secretary | The branch's secretary.
    deputy_secretary
      副书记 | 支部副书记。 | 支部副书记、党支部副书记
      deputy secretary | The branch's deputy secretary.
    committee
      支委 | 支部委员。 | 委员、支部委员、组织委员、宣传委员、纪检委员
      committee member | A member of the branch committee.
    leader
      领导 | 单位领导。 | 领导干部、单位领导、院领导、校领导、党委书记
      leader | A leader of the organization.
    member
      党员 | 普通党员。 | 普通党员、党员代表
      member | A member without office.
    expert
      专家 | 邀请的专家。 | 专家学者、外请专家、外请讲师
      expert | An invited expert.
""")

ACTIVITIES = read_vocabulary("""
    theme_education
      主题教育 | 专题的教育活动。 | 主题教育活动
      theme education | Education on a set theme.
    ethnic_religious_policy
      民族宗教政策教育 | 学习民族宗教政策。
      ethnic and religious policy | Education in ethnic and religious policy.
    integrity_education
      党风廉政教育 | 廉洁自律的教育。 | 廉政教育、廉洁教育、警示教育
      integrity education | Education in clean conduct.
    ethics_education
      师德师风教育 | 职业道德的教育。 | 师德教育、医德医风教育、师德师风主题教育
      professional ethics | Education in the ethics of the profession.
    patriotic
      爱国爱校教育 | 热爱国家、热爱学校的教育。 | 爱国主义教育、红色教育、爱国教育
      patriotic education | Education in love of country and school.
    volunteer_service
      志愿服务 | 义务为他人服务。 | 志愿活动、志愿者服务、志愿服务活动、义务劳动、参加志愿服务
      volunteer service | Unpaid service to others.
    mass_support
      联系帮扶群众 | 联系、帮助困难群众。 | 帮扶、走访慰问、慰问、帮扶群众、困难帮扶、帮扶活动
      support for the masses | Contact with people in need, and help.
    research_visit
      调研 | 实地了解情况。 | 调查研究、考察调研、实地调研、支委调研
      research visit | A visit to find out how things are.
    twinning
      结对共建 | 与其他支部结对。 | 共建、支部共建、结对、联建共建
      twinning | Work together with another branch.
    training
      培训 | 集中培训。 | 培训班、党员培训、党务干部轮训
      training | A training course.
    inspection
      督查 | 检查工作情况。 | 检查、督导、督导检查、每季抽查
      inspection | A look at how work is done.
    commendation
      评选表彰 | 评出并表彰先进。 | 表彰、评优、评优表彰
      commendation | The best are chosen and commended.
    culture
      群众性文体活动 | 文艺、体育活动。 | 文体活动、文娱活动、文艺活动
      culture and sports | Cultural or sports events open to all.
    other
      其他 | 以上都不是。
      other | None of these.
""")
