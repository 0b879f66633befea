"""The words of members and offices.

In: nothing. Out: the allowed values, with their Chinese and English. Deliberately absent: the models.
"""

from ledger.events.values.described import read_vocabulary

ORGANIZATIONS = read_vocabulary("""
    branch
      党支部 | 最基本的一级。 | 支部、基层支部、基层党支部
      Party branch | The smallest organization.
    general_branch
      党总支 | 下设若干支部。 | 总支
      general Party branch | Has branches below it.
    committee
      党委 | 基层党委。 | 基层党委、党的委员会
      Party committee | A primary-level committee.
""")

STATUSES = read_vocabulary("""
    full
      正式党员 | 有表决权。 | 正式
      full member | Has the right to vote. | full
    probationary
      预备党员 | 在预备期内。 | 预备
      probationary member | Still in the probationary period. | probationary
""")

ROLES = read_vocabulary("""
    member
      党员 | 没有支部职务。 | 普通党员、无、无职务
      member | Holds no office in the branch.
    secretary
      书记 | 党组织书记。 | 支部书记、党支部书记
      secretary | The secretary of the organization.
    deputy_secretary
      副书记 | 党组织副书记。 | 支部副书记、党支部副书记
      deputy secretary | A deputy secretary of the organization.
    committee
      委员 | 支部委员会或党委委员。 | 支委、支部委员、支委委员、组织委员、宣传委员、纪检委员、纪律检查委员
      committee member | Sits on the committee, without being secretary or deputy.
""")

LEAVING_REASONS = read_vocabulary("""
    died
      去世 | 党员去世。 | 病故、逝世、死亡
      died | The member died.
    expelled
      开除党籍 | 受到开除党籍处分。 | 开除
      expelled | The member was expelled from the Party.
    withdrew
      退党 | 本人退党。 | 自行脱党、脱党
      withdrew | The member left the Party.
    other
      其他 | 其他原因。
      other | For another reason.
""")

DIRECTIONS = read_vocabulary("""
    in
      转入 | 自当日起入册。 | 调入、接收、转入支部
      in | On the roster from that day on.
    out
      转出 | 自当日起出册。 | 调出、转出支部
      out | Off the roster from that day on.
""")

BODIES = read_vocabulary("""
    branch_committee
      支部委员会 | 支部的领导班子。 | 支委会、支委、支部班子
      branch committee | The branch's leading body.
    party_committee
      党委 | 基层党委的领导班子。 | 党委会、党委班子
      Party committee | The committee's leading body.
    discipline_committee
      纪委 | 纪律检查委员会。 | 纪委会、纪检
      discipline committee | The committee for discipline inspection.
""")

TERM_YEARS = read_vocabulary("""
    3
      三年 | 任期三年。 | 3年
      three years | The term is three years.
    5
      五年 | 任期五年。 | 5年
      five years | The term is five years.
""")

STAGES = read_vocabulary("""
    applicant
      入党申请人 | 递交了入党申请书。 | 申请人、入党申请
      applicant | Has applied for membership.
    activist
      入党积极分子 | 被确定为积极分子。 | 积极分子、确定积极分子
      activist | Was identified as an activist.
    target
      发展对象 | 被列为发展对象。 | 确定发展对象、拟发展对象
      candidate for admission | Was named a candidate for admission.
    probationary
      预备党员 | 被接收为预备党员。 | 预备、接收预备党员、接收
      probationary member | Was admitted on probation.
    full
      正式党员 | 转为正式党员。 | 正式、转正、按期转正
      full member | Became a full member.
""")

DUTIES = read_vocabulary("""
    training
      学时 | 免于学时要求。 | 培训、学习
      training | Owes no hours of training.
    talks
      谈心谈话 | 免于谈话要求。 | 谈话
      talks | Owes no heart-to-heart talks.
    dues
      党费 | 免交党费。 | 交纳党费、缴纳党费
      dues | Owes no dues.
    all
      全部 | 免于一切硬性要求。 | 所有、一切
      all | Owes none of these.
""")

TRAINING_MODES = read_vocabulary("""
    in_person
      集中 | 到场学习。 | 线下、现场、面授、集中培训、集中学习、脱产
      in person | Attended on the spot.
    online
      网络 | 网上学习。 | 线上、在线、网上、网络培训、网络学习
      online | Learned over the net.
""")

TALKERS = read_vocabulary("""
    secretary
      书记 | 支部书记谈。 | 支部书记、党支部书记
      secretary | The branch's secretary talked with the member.
    committee
      委员 | 支部委员谈。 | 支委、支部委员、组织委员、宣传委员、纪检委员
      committee member | A member of the committee talked with the member.
    leader
      领导 | 单位领导谈。 | 单位领导、领导干部
      leader | A leader of the organization talked with the member.
    member
      党员 | 党员之间谈。 | 普通党员、党员之间
      member | Another member talked with the member.
""")
