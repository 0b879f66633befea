"""Rows of the table of wording: reminders, and why one did not arrive, told after the name of a recipient."""

from typing import Any

from ledger.delivery.transports.transport import told as reason
from ledger.words import Words
from projections.text import reminders as told
from tests.projections.text.given import raised

REMINDERS: list[tuple[Any, str, str]] = [
    # Reminders.
    (
        told.title_words(4, 1),
        "支部提醒：4 项待办，其中逾期 1 项",
        "Branch reminders: 4 to do, 1 of them overdue",
    ),
    (told.title_words(1, 0), "支部提醒：1 项待办", "Branch reminders: 1 to do"),
    (
        told.reminder_line(raised("2019-09-30", days_left=0, window="2019-Q3", at_stake="0.00")),
        "· 今日到期（2019-09-30）：6.1 党课（2019-Q3），尚缺 1",
        "- due today (2019-09-30): 6.1 Party lecture (2019-Q3), 1 missing",
    ),
    (
        told.reminder_line(raised("2019-10-06", rung="day", days_left=6)),
        "· 还剩 6 天、此后放假（2019-10-06）：6.1 党课，尚缺 1，涉及 0.14 分",
        (
            "- due in 6 days, and the days until then are off (2019-10-06): 6.1 Party lecture, 1 missing, "
            "0.14 points at stake"
        ),
    ),
    (
        told.reminder_line(raised("2019-09-01", rung="overdue", days_left=-1, missing="2")),
        "· 逾期 1 天（2019-09-01）：6.1 党课，尚缺 2，已失 0.14 分",
        "- 1 day overdue (2019-09-01): 6.1 Party lecture, 2 missing, 0.14 points lost",
    ),
    (
        told.reminder_line(raised("2019-10-10", rung="lead", days_left=10, advisory=True, clause="-")),
        "· 还剩 10 天（2019-10-10）：党课，尚缺 1",
        "- due in 10 days (2019-10-10): Party lecture, 1 missing",
    ),
    (
        told.left_words(raised("2019-01-31", missing="3", missing_of=Words("2 人", "2 members"))),
        "尚缺 3（2 人）",
        "3 missing (of 2 members)",
    ),
    (told.left_out_words(7), "另有 7 项未列。", "7 more are not listed."),
    (
        told.provisional_words([2045]),
        "尚无 2045 年放假安排，工作日暂按周末推算。",
        "The holidays of 2045 are not known yet: working days are provisional, weekends only.",
    ),
]

DELIVERIES: list[tuple[Any, str, str]] = [
    (reason("http 401"), "服务器答复 HTTP 401", "answered HTTP 401"),
    (reason("login 535"), "拒绝登录（SMTP 535）", "refused the login (SMTP 535)"),
    (reason("refused 93000 no"), "拒收（93000 no）", "refused (93000 no)"),
    (reason("refused"), "拒收", "refused"),
    (reason("unreachable"), "连接不上", "cannot be reached"),
    (reason("unknown"), "找不到服务器（域名无法解析）", "cannot be found: its server's name is unknown"),
    (reason("timeout"), "没有及时答复", "did not answer in time"),
    (reason("toomuch"), "答复过长，未读完", "answered more than is read"),
    (reason("tls"), "无法建立 TLS 加密连接", "speaks no TLS at that port"),
    (reason("certificate"), "服务器的证书不可信", "has a certificate that is not trusted"),
    (reason("nologin"), "不接受登录", "takes no login at that port"),
    (reason("unusable"), "地址已不可用", "the address cannot be used any more"),
    (reason("stopped"), "程序停止时还没有答复", "had not answered when the program was told to stop"),
    (reason("crashed TypeError"), "发送程序出错（TypeError）", "sending broke down (TypeError)"),
]
