"""The words of the office's and the auditor's pages."""

from collections.abc import Mapping

from ledger.words import Words

OFFICE: Mapping[str, Words] = {
    "other_form": Words("换细则或期间", "Another form or period"),
    "trial": Words(
        "这一期间无人登记适用本细则：以下只是照细则试算，不是考核得分。若应考核，请在“考核细则”页登记从何日起适用。",
        "Nobody here goes by this form in this period: what follows is a trial, and no assessment. Where it "
        "should be assessed, have the form adopted from an earlier day on the page of forms.",
    ),
    "sort": Words("排序", "Sort by"),
    "by_code": Words("代码", "code"),
    "at_risk_short": Words("待落实", "at risk"),
    "overdue": Words("逾期", "overdue"),
    "organisation": Words("党组织", "Organisation"),
    "print": Words("打印", "Print"),
    "download": Words("下载", "Download"),
    "file.xlsx": Words("Excel 表格", "workbook (Excel)"),
    "file.html": Words("可打印的网页", "page to print"),
    "file.csv": Words("CSV 数据", "CSV"),
    "as_whom": Words("评分身份", "Judging as"),
    "compare_this": Words("与别的得分比较", "Compare it with another score"),
    "assess_this": Words("给这个党组织评分", "Judge its clauses"),
    "clause": Words("条款", "Clause"),
    "clauses_by_hand": Words("人工评分的条款", "judged by hand"),
    "clauses_computed": Words("按记录计算的条款", "computed from the log"),
    "only_left": Words("只看未评的", "only what is left"),
    "next_clause": Words("下一个未评的条款：{}（还剩 {} 处）", "Next unjudged clause: {} ({} left)"),
    "next_branch": Words("下一个党组织：{}", "Next organisation: {}"),
    "first_left": Words("到第一处未评的", "To the first that is left"),
    "none_left": Words("没有未评的了。", "Nothing is left to judge here."),
    "waived": Words("免予评定", "waived"),
    "all_of_them": Words("全部", "all"),
    "all_clauses": Words("全部条款", "all clauses"),
    "first_judged": Words("第一个须评分的条款", "the first that is judged"),
    "nothing_typed": Words("没有填写评分，什么也没有保存。", "No points were typed: nothing was saved."),
    "period_how": Words(
        "期间写作 2026、2026-H1（上半年）、2026-Q2（第二季度）或 2026-05",
        "A period is written 2026, 2026-H1, 2026-Q2 or 2026-05",
    ),
    "more_entries": Words("还有 {} 条，全部列出", "{} more: list all"),
    "full": Words("满分", "of"),
    "computed": Words("按记录计算", "computed"),
    "judged_meanwhile": Words("其间已有新的评分：", "Judged meanwhile:"),
    "points_given": Words("评分", "Points"),
    "note": Words("备注", "Note"),
    "form": Words("考核细则", "Form"),
    "period": Words("期间", "Period"),
    "first_replay": Words("第一份得分", "The first score"),
    "second_replay": Words(
        "第二份得分（党组织、细则、期间留空的与第一份相同）",
        "The second score (organisation, form and period as in the first where left blank)",
    ),
    "up_to": Words("截至序号", "up to position"),
    "choose_one": Words("请选择", "choose one"),
    "no_difference": Words("没有不同。", "Nothing differs."),
    "change_logged": Words("新记", "logged"),
    "change_corrected": Words("更正", "corrected"),
    "change_retracted": Words("撤销", "retracted"),
    "change_restored": Words("恢复", "restored"),
    "sealed_count": Words("已封存 {} 份。", "{} sealed."),
    "seal_look": Words("查看待封存的得分", "See what would be sealed"),
    "unjudged_branches": Words(
        "{} 个党组织还有未评的分，封存后不再变动",
        "{} organisations have points that nobody judged; a seal does not move",
    ),
    "seal_name": Words(
        "封存后不再变动。请输入期间名称 {} 以确认", "A seal does not move. Type {} to confirm"
    ),
    "seal_name_wrong": Words("与期间名称不符", "is not the period's name"),
    "seal_do": Words("封存", "Seal"),
    "seal_check": Words("核验", "Check"),
    "seal_holds": Words("封存有效", "It holds"),
    "seal_broken": Words("与封存不符", "It does not hold"),
    "tampered": Words("被改动：", "Changed:"),
    "by_todays_log": Words("按今天的台账会有不同：", "By today's log it would differ:"),
    "by_todays_rubric": Words("按今天的细则会有不同：", "By today's form it would differ:"),
    "certificates": Words("已封存", "Sealed"),
    "none_sealed": Words("还没有封存。", "Nothing is sealed yet."),
    "adopted_from": Words("自何日起", "From"),
    "owed_from": Words("从何日起要求（选填）", "Owed from (optional)"),
    "adopt": Words("登记适用", "Adopt"),
    "drop": Words("停用", "Drop"),
    "remove": Words("移除", "Remove"),
    "none_found_recipients": Words("还没有接收人。", "There are no recipients yet."),
    "add_recipient": Words("添加接收人", "Add a recipient"),
    "recipient_url": Words("群机器人的链接，或 Apprise 地址", "A chat robot's link, or an Apprise URL"),
    "recipient_incomplete": Words("请给出地址、党组织和时点", "give an address, organisations and rungs"),
    "test_it": Words("试发一条", "Send a test"),
    "test_taken": Words("已收下测试消息。", "took the test message."),
    "rungs": Words("时点", "Rungs"),
    "share": Words("比例", "Share"),
    "draw_do": Words("抽取", "Draw"),
    "seeded": Words("抽签号为第 {} 条的校验码", "Seeded by the hash at position {}:"),
    "over_which": Words("及于哪些党组织", "Over which organisations"),
    "role": Words("角色", "Role"),
    "everywhere": Words("及于全部", "over everything"),
    "invite_link": Words(
        "请把此链接交给本人（只显示这一次）：", "Give this link to its owner (it is shown once):"
    ),
    "accounts_served": Words(
        "这里是本机，无须登录。这些账户要在用 zhibu web --serve 对外提供服务的地址登录，"
        "目前还没有这样的地址。",
        "This is your own machine, where nobody logs in: these accounts log in where the ledger is served "
        "with `zhibu web --serve`, which it is not yet.",
    ),
    "accounts_served_at": Words(
        "这里是本机，无须登录。这些账户在 {} 登录（由 zhibu web --serve 提供服务）。",
        "This is your own machine, where nobody logs in: these accounts log in at {}, where the ledger is "
        "served with `zhibu web --serve`.",
    ),
    "invite_later": Words(
        "账户 {} 还没有邀请链接可用。用 zhibu web --serve 提供服务以后，运行 zhibu account invite {}，"
        "把得到的链接交给本人设置密码。",
        "There is no link to invite {} yet. Once the ledger is served with `zhibu web --serve`, run "
        "`zhibu account invite {}`, and give the link to its owner to choose a password.",
    ),
    "invite_about": Words("七天内有效，只能用一次。", "Good once, for seven days."),
    "disabled": Words("已停用", "disabled"),
    "no_password": Words("待设密码", "no password yet"),
    "revoke": Words("收回", "Revoke"),
    "grant": Words("授予", "Grant"),
    "change": Words("更改", "Change"),
    "invite_again": Words("新的邀请链接", "A fresh invite"),
    "disable": Words("停用", "Disable"),
    "token": Words("令牌", "token"),
    "tokens": Words("令牌", "Tokens"),
    "tokens_about": Words(
        "其他程序凭令牌以此账户的权限读写台账。给程序用的，宜另建一个账户。",
        "By a token another program reads and writes with this account's rights. Better make an account of "
        "its own for a program.",
    ),
    "make_token": Words("新建令牌", "Make a token"),
    "token_made": Words(
        "令牌（只显示这一次，请立即交给要用它的程序）：",
        "The token (shown this once: give it to its program now):",
    ),
    "token_about": Words(
        "放在请求头 Authorization: Bearer 之后；撤销后立即失效。",
        "It goes behind Authorization: Bearer in a request's head; revoked, it ends at once.",
    ),
    "token_name": Words("名称（字母和数字，如 oa）", "Name (letters and digits, such as oa)"),
    "token_days": Words("有效天数（1 至 {}）", "Days that it holds (1 to {})"),
    "token_scope": Words("可做什么", "What it may do"),
    "token_reads": Words("只能读取", "only read"),
    "token_writes": Words("可读可写", "read and write"),
    "token_until": Words("有效至", "until"),
    "never_used": Words("尚未用过", "never used"),
    "add_account": Words("建立账户", "Add an account"),
    "code_about": Words(
        "字母和数字，不是姓名；用过的代码不再使用。", "Letters and digits, no name; never given twice."
    ),
    "not_own_grants": Words("不能更改自己的权限。", "Nobody changes their own grants."),
    "head": Words("台账末条", "Head"),
    "head_about": Words(
        "抄下保存：以后可据此核对台账没有被改动或截短。",
        "Keep it: later it shows that nothing was changed or cut off.",
    ),
    "older_head": Words("以前抄下的末条（选填）", "A head kept before (optional)"),
    "verify": Words("校验", "Verify"),
    "verifying": Words(
        "正在校验：已核对 {} / {} 条，本页会自动更新。",
        "Verifying: {} of {} events so far; this page follows by itself.",
    ),
    "no_head": Words(
        "以前抄下的末条应为序号、空格、sha256: 和 64 位校验码，如审计页所示；请整行粘贴。",
        "A head is a position, a space, sha256: and 64 digits, as this page shows it: paste the whole line.",
    ),
    "hash": Words("校验码", "Hash"),
    "visits_about": Words(
        "登录、授权、导出、封存等，保存一年；不记录页面浏览。",
        "Logins, grants, exports, seals and the like, kept for a year; no page views.",
    ),
    "detail": Words("内容", "Detail"),
    "origin": Words("来源地址", "From"),
}
