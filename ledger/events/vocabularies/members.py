"""The words of members and offices.

In: nothing. Out: the allowed values, with their Chinese and English. Deliberately absent: the models.
"""

from ledger.events.values.described import read_vocabulary

ORGANIZATIONS = read_vocabulary("""
    branch
      党支部 | 最基本的一级。
      Party branch | The smallest organization.
    general_branch
      党总支 | 下设若干支部。
      general Party branch | Has branches below it.
    committee
      党委 | 基层党委。
      Party committee | A primary-level committee.
""")

STATUSES = read_vocabulary("""
    full
      正式党员 | 有表决权。
      full member | Has the right to vote.
    probationary
      预备党员 | 在预备期内。
      probationary member | Still in the probationary period.
""")

ROLES = read_vocabulary("""
    member
      党员 | 没有支部职务。
      member | Holds no office in the branch.
    secretary
      书记 | 党组织书记。
      secretary | The secretary of the organization.
    deputy_secretary
      副书记 | 党组织副书记。
      deputy secretary | A deputy secretary of the organization.
    committee
      委员 | 支部委员会或党委委员。
      committee member | Sits on the committee, without being secretary or deputy.
""")

LEAVING_REASONS = read_vocabulary("""
    died
      去世 | 党员去世。
      died | The member died.
    expelled
      开除党籍 | 受到开除党籍处分。
      expelled | The member was expelled from the Party.
    withdrew
      退党 | 本人退党。
      withdrew | The member left the Party.
    other
      其他 | 其他原因。
      other | For another reason.
""")

DIRECTIONS = read_vocabulary("""
    in
      转入 | 自当日起入册。
      in | On the roster from that day on.
    out
      转出 | 自当日起出册。
      out | Off the roster from that day on.
""")

BODIES = read_vocabulary("""
    branch_committee
      支部委员会 | 支部的领导班子。
      branch committee | The branch's leading body.
    party_committee
      党委 | 基层党委的领导班子。
      Party committee | The committee's leading body.
    discipline_committee
      纪委 | 纪律检查委员会。
      discipline committee | The committee for discipline inspection.
""")

TERM_YEARS = read_vocabulary("""
    3
      三年 | 任期三年。
      three years | The term is three years.
    5
      五年 | 任期五年。
      five years | The term is five years.
""")

STAGES = read_vocabulary("""
    applicant
      入党申请人 | 递交了入党申请书。
      applicant | Has applied for membership.
    activist
      入党积极分子 | 被确定为积极分子。
      activist | Was identified as an activist.
    target
      发展对象 | 被列为发展对象。
      candidate for admission | Was named a candidate for admission.
    probationary
      预备党员 | 被接收为预备党员。
      probationary member | Was admitted on probation.
    full
      正式党员 | 转为正式党员。
      full member | Became a full member.
""")

DUTIES = read_vocabulary("""
    training
      学时 | 免于学时要求。
      training | Owes no hours of training.
    talks
      谈心谈话 | 免于谈话要求。
      talks | Owes no heart-to-heart talks.
    dues
      党费 | 免交党费。
      dues | Owes no dues.
    all
      全部 | 免于一切硬性要求。
      all | Owes none of these.
""")

TRAINING_MODES = read_vocabulary("""
    in_person
      集中 | 到场学习。
      in person | Attended on the spot.
    online
      网络 | 网上学习。
      online | Learned over the net.
""")

TALKERS = read_vocabulary("""
    secretary
      书记 | 支部书记谈。
      secretary | The branch's secretary talked with the member.
    committee
      委员 | 支部委员谈。
      committee member | A member of the committee talked with the member.
    leader
      领导 | 单位领导谈。
      leader | A leader of the organization talked with the member.
    member
      党员 | 党员之间谈。
      member | Another member talked with the member.
""")
