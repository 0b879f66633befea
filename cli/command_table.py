"""The table of commands: what each is called, what it does in a line, and where it lives.

In: nothing. Out: `COMMANDS`. Deliberately absent: imports of the commands themselves.
"""

from cli.ui.entries import Entry
from ledger.words import Words

_START = Words("开始", "Start")
_RECORD = Words("记录", "Record")
_SCORE = Words("计分", "Score")
_REMIND = Words("提醒", "Remind")
_LEDGER = Words("台账", "The ledger")
_NOTIFY = "cli.commands.reminders.notify"

COMMANDS = {
    "demo": Entry(
        Words(
            "在临时台账中演示：记一年的事，按细则计分，与公布的结果对照",
            "a year of two branches in a temporary ledger, scored, beside the published result",
        ),
        "cli.demo.show:demo",
        _START,
        uses_ledger=False,
    ),
    "init": Entry(
        Words("建立台账，或升级旧台账", "makes the ledger, or migrates an older one"),
        "cli.commands.ledger.ledger_admin:init",
        _START,
    ),
    "log": Entry(
        Words("记一件事；每类事一个子命令", "logs one event; one subcommand a type"),
        "cli.commands.record.log:LogGroup",
        _RECORD,
    ),
    "import": Entry(
        Words("导入 JSON Lines、CSV 或 XLSX 文件", "takes in files: JSON Lines, CSV or XLSX"),
        "cli.commands.record.files:import_",
        _RECORD,
    ),
    "template": Entry(
        Words("生成某类事的空白表格", "makes an empty sheet for events of one type"),
        "cli.commands.record.exporting:template",
        _RECORD,
    ),
    "retract": Entry(
        Words("撤销一条记录（原记录保留）", "takes an event back (it stays in the log)"),
        "cli.commands.record.control:retract",
        _RECORD,
    ),
    "correct": Entry(
        Words("更正一条记录（原记录保留）", "corrects an event (it stays in the log)"),
        "cli.commands.record.control:correct",
        _RECORD,
        passes_on=True,
    ),
    "adopt": Entry(
        Words("登记支部适用的考核细则", "has branches follow a rubric"),
        "cli.commands.record.adopting:adopt",
        _RECORD,
    ),
    "drop": Entry(
        Words("登记支部停用考核细则", "has branches no longer follow a rubric"),
        "cli.commands.record.adopting:drop",
        _RECORD,
    ),
    "assess": Entry(
        Words("为考核条款评分", "judges a clause of a rubric"),
        "cli.commands.record.judging:assess",
        _RECORD,
    ),
    "tally": Entry(
        Words("录入测评的票数", "records the grades of a survey"),
        "cli.commands.record.judging:tally",
        _RECORD,
    ),
    "score": Entry(
        Words("按细则计分", "scores branches by a rubric"),
        "cli.commands.score.score:score",
        _SCORE,
    ),
    "explain": Entry(
        Words("说明某条款为何得此分", "tells why a clause has its points"),
        "cli.commands.score.explain:explain",
        _SCORE,
    ),
    "compare": Entry(
        Words("比较两次计分，列出不同之处及其原因", "tells where two replays differ, and why"),
        "cli.commands.score.compare:compare",
        _SCORE,
    ),
    "seal": Entry(
        Words("封存一期的得分", "keeps the scores of a period as certificates"),
        "cli.commands.score.seals:seal",
        _SCORE,
    ),
    "check-seal": Entry(
        Words("核验封存的得分", "checks a certificate"),
        "cli.commands.score.seals:check_seal",
        _SCORE,
    ),
    "draw": Entry(
        Words("随机抽查：抽取党员", "draws members for a random check"),
        "cli.commands.score.draw:draw",
        _SCORE,
    ),
    "due": Entry(
        Words("列出应办事项：期限、尚缺、分值", "lists what is due, by when, and the points at stake"),
        "cli.commands.due.due:due",
        _SCORE,
    ),
    "rubrics": Entry(
        Words("列出已有的考核细则", "lists the rubrics"),
        "cli.commands.rubrics.forms:rubrics",
        _SCORE,
        uses_ledger=False,
    ),
    "rubric": Entry(
        Words("查看和检查考核细则", "shows and checks rubrics"),
        panel=_SCORE,
        family={
            "show": Entry(
                Words("显示一份细则", "prints a rubric"), "cli.commands.rubrics.forms:show", uses_ledger=False
            ),
            "check": Entry(
                Words("检查细则文件", "checks rubric files"),
                "cli.commands.rubrics.forms:check",
                uses_ledger=False,
            ),
            "test": Entry(
                Words("用细则附带的例子检验细则", "runs the examples beside rubrics"),
                "cli.commands.rubrics.rubric_examples:run_examples",
                uses_ledger=False,
            ),
            "schema": Entry(
                Words("显示细则文件的 JSON Schema", "prints the JSON Schema of rubric files"),
                "cli.commands.rubrics.forms:schema",
            ),
        },
    ),
    "remind": Entry(
        Words("巡查一次：发出该发的提醒", "makes one sweep: raises and delivers reminders"),
        "cli.commands.reminders.remind:remind",
        _REMIND,
    ),
    "reminders": Entry(
        Words("列出发过的提醒：送达、确认、办妥", "lists reminders: delivered, acknowledged, settled"),
        "cli.commands.reminders.raised:reminders",
        _REMIND,
    ),
    "ack": Entry(
        Words("确认一条提醒，表示有人着手办理", "acknowledges a reminder: somebody took it on"),
        "cli.commands.reminders.raised:ack",
        _REMIND,
    ),
    "notify": Entry(
        Words("提醒的接收人：群机器人、邮箱等", "who hears reminders: chat robots, mail and others"),
        panel=_REMIND,
        family={
            "add": Entry(Words("添加接收人", "adds a recipient"), f"{_NOTIFY}:add"),
            "list": Entry(Words("列出接收人", "lists the recipients"), f"{_NOTIFY}:list_recipients"),
            "test": Entry(Words("试发一条消息", "sends a test message"), f"{_NOTIFY}:try_out"),
            "remove": Entry(Words("移除接收人", "removes recipients"), f"{_NOTIFY}:remove"),
        },
    ),
    "schedule": Entry(
        Words("每天自动巡查，直至停止", "sweeps by itself every day, until stopped"),
        "cli.commands.reminders.schedule:schedule",
        _REMIND,
    ),
    "history": Entry(
        Words("查看记录，撤销与更正一并显示", "shows the log, retractions and corrections included"),
        "cli.commands.ledger.history:history",
        _LEDGER,
    ),
    "export": Entry(
        Words("导出 JSON Lines、CSV 或 XLSX", "writes the log out: JSON Lines, CSV or XLSX"),
        "cli.commands.record.exporting:export",
        _LEDGER,
    ),
    "verify": Entry(
        Words("核验台账有没有被改动", "recomputes the hash chain"),
        "cli.commands.ledger.ledger_admin:verify",
        _LEDGER,
    ),
    "head": Entry(
        Words("最后一条记录的序号和校验码，供留存备查", "position and hash of the last event"),
        "cli.commands.ledger.ledger_admin:head",
        _LEDGER,
    ),
    "ledger": Entry(
        Words(
            "打印用表：党费、三会一课、名册、未缴名单",
            "lists to print: dues, meetings, the roster, who has not paid",
        ),
        "cli.commands.ledger.lists:print_list",
        _LEDGER,
    ),
    "roster": Entry(
        Words("名册：列出，或从表格一次导入", "the roster: lists it, or brings one in from a table"),
        "cli.commands.ledger.roster:roster",
        _LEDGER,
    ),
    "people": Entry(
        Words("党员代码对应的姓名（不入台账）", "display names of member codes, outside the log"),
        panel=_LEDGER,
        family={
            "set": Entry(Words("记下姓名", "keeps a name"), "cli.commands.ledger.people:set_name"),
            "erase": Entry(Words("删去姓名", "erases a name"), "cli.commands.ledger.people:erase"),
            "list": Entry(Words("列出姓名", "lists the names"), "cli.commands.ledger.people:list_names"),
        },
    ),
    "segments": Entry(
        Words(
            "分片：台账写成的文件夹，供多个进程或多台机器计分",
            "the log as a folder that many processes can read",
        ),
        panel=_LEDGER,
        family={
            "check": Entry(
                Words(
                    "核对分片是否完整、属于哪个台账", "tells whether segments are whole, and of which ledger"
                ),
                "cli.commands.segments.folders:check",
            ),
        },
    ),
    "simulate": Entry(
        Words(
            "编造一年的记录，供试用、演示和测速", "makes up a year of a made-up tree, to try and to measure"
        ),
        "cli.commands.segments.simulate:simulate",
        _LEDGER,
        uses_ledger=False,
    ),
    "web": Entry(
        Words("打开网页：本机自用，或供多人使用", "opens the pages: for this machine, or for several people"),
        "cli.commands.web.serve:web",
        _START,
    ),
    "account": Entry(
        Words("网页的账户：谁可以做什么", "the pages' accounts: who may do what"),
        panel=_LEDGER,
        family={
            "add": Entry(Words("建立账户", "makes an account"), "cli.commands.web.accounts:add"),
            "list": Entry(Words("列出账户", "lists the accounts"), "cli.commands.web.accounts:list_accounts"),
            "grant": Entry(Words("授予权限", "gives a role"), "cli.commands.web.accounts:grant"),
            "revoke": Entry(Words("收回权限", "takes a role away"), "cli.commands.web.accounts:revoke"),
            "disable": Entry(
                Words("停用账户", "lets an account in no more"), "cli.commands.web.accounts:disable"
            ),
            "invite": Entry(
                Words("给出新的邀请链接", "makes a fresh invite"), "cli.commands.web.accounts:invite"
            ),
            "token": Entry(Words("给出接口令牌", "makes a token"), "cli.commands.web.accounts:token"),
            "tokens": Entry(Words("列出令牌", "lists the tokens"), "cli.commands.web.accounts:tokens"),
            "revoke-token": Entry(
                Words("撤销令牌", "ends a token"), "cli.commands.web.accounts:revoke_token"
            ),
        },
    ),
    "backup": Entry(
        Words("备份台账，他人正在录入时也可以", "a consistent copy while others write"),
        "cli.commands.ledger.ledger_admin:backup",
        _LEDGER,
    ),
}
