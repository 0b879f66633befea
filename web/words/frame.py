"""The words around every page: where one is, who one is, what cannot be shown."""

from collections.abc import Mapping

from ledger.words import Words

FRAME: Mapping[str, Words] = {
    "zhibu": Words("支部台账", "Branch ledger"),
    "skip": Words("跳到正文", "Skip to content"),
    "home": Words("首页", "Home"),
    "log": Words("记一件事", "Log"),
    "log_meeting": Words("记一次会议", "Log a meeting"),
    "log_other": Words("记别的事", "Log something else"),
    "dues": Words("党费", "Dues"),
    "upload": Words("导入表格", "Sheet"),
    "roster": Words("名册", "Roster"),
    "history": Words("记录", "History"),
    "score": Words("得分", "Score"),
    "calendar": Words("日历", "Calendar"),
    "reminders": Words("提醒", "Reminders"),
    "board": Words("汇总", "Board"),
    "assess": Words("评分", "Assess"),
    "compare": Words("比较", "Compare"),
    "seals": Words("封存", "Seals"),
    "forms": Words("考核细则", "Forms"),
    "recipients": Words("提醒接收人", "Recipients"),
    "accounts": Words("账户", "Accounts"),
    "draw": Words("随机抽查", "Random check"),
    "audit": Words("审计", "Audit"),
    "visits": Words("访问记录", "Visits"),
    "me": Words("我的账户", "My account"),
    "organisations": Words("党组织", "Organisations"),
    "more": Words("更多", "More"),
    "menu": Words("菜单", "Menu"),
    "login": Words("登录", "Log in"),
    "logout": Words("退出", "Log out"),
    "code": Words("账户代码", "Account code"),
    "password": Words("密码", "Password"),
    "new_password": Words("新密码", "New password"),
    "old_password": Words("现在的密码", "Present password"),
    "choose_password": Words("设置密码", "Choose a password"),
    "password_rule": Words(
        "10 至 1,024 个字符；几个不相干的词即可。",
        "10 to 1,024 characters; a few unrelated words will do.",
    ),
    "change_password": Words("更改密码", "Change the password"),
    "wrong_login": Words("代码或密码不对。", "The code or the password is not right."),
    "too_many": Words("失败次数过多，请 {} 秒后再试。", "Too many failures: try again in {} seconds."),
    "invite_over": Words(
        "此邀请已用过或已过期，请向管理账户的人要一个新的。",
        "This invite was used or has ended: ask whoever keeps the accounts for a new one.",
    ),
    "password_set": Words("密码已设好，请用它登录。", "Your password is set: log in with it."),
    "invite_for": Words("为账户 {} 设置密码", "Choose a password for {}"),
    "enter_over": Words(
        "此链接已用过或已过期：回到终端按回车键，会给出新的链接。",
        "This link was used or has ended: press Return in the terminal for a fresh one.",
    ),
    "enter_first": Words(
        "请从终端给出的链接进入：在运行 zhibu web 的终端按回车键，会给出新的链接。",
        "Enter by the link that the terminal shows: press Return where `zhibu web` runs for a fresh one.",
    ),
    "sent_too_late": Words(
        "您的会话已结束，刚才的内容没有保存。请从终端给出的新链接进入（在运行 zhibu web 的终端按回车键），"
        "再打开刚才的页面：已填写的内容在此浏览器的草稿里。",
        "Your session had ended: nothing was saved. Press Return where `zhibu web` runs, enter by the fresh "
        "link and open the page again: what was typed is kept as a draft in this browser.",
    ),
    "login_late": Words(
        "您的会话已结束，刚才的内容没有保存。请重新登录，会回到刚才的页面：已填写的内容在此浏览器的草稿里。",
        "Your session had ended: nothing was saved. Log in, and you are led back: what was typed is kept as "
        "a draft in this browser.",
    ),
    "login_carried": Words(
        "您的会话已结束，刚才的内容没有保存，但还在。用同一账户和密码登录，会接着填，不必重新输入。",
        "Your session had ended: nothing was saved, and nothing is lost. Log in with the same account and "
        "its password, and go on where you were.",
    ),
    "resume": Words("接着填", "Go on where you were"),
    "resume_about": Words(
        "登录前填写的内容还在，尚未保存。打开表单看过以后再保存。",
        "What you typed before logging in is still here, and not saved. Open the form, look, and save.",
    ),
    "resume_do": Words("打开填好的表单", "Open the form as it was filled in"),
    "resume_not": Words("不要了，重新填", "Leave it, and begin anew"),
    "signed_in_as": Words("当前账户", "Signed in as"),
    "holder": Words("本机持有人", "this machine's holder"),
    "grants": Words("权限", "Grants"),
    "sessions": Words("会话", "Sessions"),
    "this_session": Words("当前会话", "this session"),
    "end": Words("结束", "End"),
    "language": Words("语言", "Language"),
    "since": Words("开始", "since"),
    "last_used": Words("最近使用", "last used"),
    "position_day": Words("截至序号 {}，{}", "Up to position {}, {}"),
    "hidden_page": Words(
        "没有这一页，或它不在您的权限之内。", "There is no such page, or it is not within your rights."
    ),
    "no_right": Words(
        "您的权限不包括这样做。请找管理账户的人。",
        "Your rights do not include this. Ask whoever keeps the accounts.",
    ),
    "not_from_here": Words(
        "这次提交不是从本站的页面发出的，没有执行。请重新打开页面再试。",
        "This did not come from a page of this site, and was not done. Open the page again and retry.",
    ),
    "form_over": Words(
        "页面已过时（会话已更换）。请重新打开页面；已填写的内容保存在草稿中。",
        "This page is out of date (another session began). Open it again; what was typed is kept as a draft.",
    ),
    "too_large": Words("内容过大：最多 2 MB。", "Too large: at most 2 MB."),
    "wrong_host": Words("地址不对：请用 {} 打开。", "Wrong address: open {}."),
    "failed": Words(
        "程序内部出错，没有记录任何内容。请把时间告诉管理员：{}",
        "Something went wrong inside; nothing was recorded. Tell whoever runs the server the time: {}",
    ),
    "error_title": Words("无法打开", "This cannot be shown"),
    "back_home": Words("回到首页", "Back home"),
    "start_title": Words("开始", "Begin"),
    "start_1": Words("建立台账", "Make the ledger"),
    "start_2": Words("登记支部", "Register the branch"),
    "start_3": Words("登记名册", "Enter the roster"),
    "start_1_about": Words(
        "台账是本机上的一个文件，只属于您：{}",
        "The ledger is a file on this machine, and yours alone: {}",
    ),
    "make_ledger": Words("建立", "Make it"),
}
