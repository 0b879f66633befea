"""Channels: what is sent, what counts as taken, and what of an address is ever shown."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime

import pytest

from ledger.delivery.transports.directory import check_address, limits_of, send_here
from ledger.delivery.transports.transport import BadAddress
from ledger.masking import masked
from tests.ledger.delivery.servers import Hook, Mailbox

NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
SECRET = "SECs3cr3t"


def send(url: str, title: str, body: str, now: datetime) -> str | None:
    """Send one message; return the reason where it was not taken."""
    refusal = send_here(url, title, body, now)
    return None if refusal is None else refusal.reason


def robot(chat: Hook, path: str) -> str:
    return f"http://127.0.0.1:{chat.port}{path}"


WECOM, DINGTALK, FEISHU = "/cgi-bin/webhook/send", "/robot/send", "/open-apis/bot/v2/hook/t0ken"


def test_a_wecom_robot_gets_title_and_text(chat: Hook) -> None:
    assert send(robot(chat, f"{WECOM}?key=t0ken"), "标题", "一\n二", NOW) is None
    (post,) = chat.posts
    assert (post.path, post.query) == (WECOM, {"key": ["t0ken"]})
    assert post.json == {"msgtype": "text", "text": {"content": "标题\n一\n二"}}
    assert "标题".encode() in post.body


def test_a_dingtalk_robot_is_signed_for_with_the_instant(chat: Hook) -> None:
    assert send(robot(chat, f"{DINGTALK}?access_token=t0ken&secret={SECRET}"), "标题", "一", NOW) is None
    (post,) = chat.posts
    stamp = str(round(NOW.timestamp() * 1000))
    signed = hmac.digest(SECRET.encode(), f"{stamp}\n{SECRET}".encode(), hashlib.sha256)
    assert post.query == {
        "access_token": ["t0ken"],
        "timestamp": [stamp],
        "sign": [base64.b64encode(signed).decode()],
    }
    assert post.json == {
        "msgtype": "text",
        "text": {"content": "标题\n一"},
        "at": {"atMobiles": [], "isAtAll": False},
    }


def test_a_feishu_robot_gets_its_text(chat: Hook) -> None:
    chat.answers[FEISHU] = (200, {"code": 0, "msg": "success"})
    assert send(robot(chat, FEISHU), "标题", "一", NOW) is None
    assert chat.posts[0].json == {"msg_type": "text", "content": {"text": "标题\n一"}}


def test_a_refusal_in_a_robots_answer_is_no_delivery(chat: Hook) -> None:
    chat.answers[WECOM] = (200, {"errcode": 93000, "errmsg": "invalid webhook url, key t0ken"})
    chat.answers[DINGTALK] = (200, {"errcode": 130101, "errmsg": "send too fast"})
    chat.answers[FEISHU] = (200, {"code": 19021, "msg": "sign match fail"})
    links = (f"{WECOM}?key=t0ken", f"{DINGTALK}?access_token=t0ken", FEISHU)
    assert [send(robot(chat, link), "标题", "一", NOW) for link in links] == [
        "refused 93000 invalid webhook url, key ***",
        "refused 130101 send too fast",
        "refused 19021 sign match fail",
    ]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [((200, "pong"), "refused"), ((200, []), "refused"), ((502, {}), "http 502"), ((302, {}), "http 302")],
)
def test_an_answer_that_is_no_robots_is_no_delivery(
    chat: Hook, answer: tuple[int, object], reason: str
) -> None:
    chat.answers[WECOM] = answer
    assert send(robot(chat, f"{WECOM}?key=t0ken"), "标题", "一", NOW) == reason


def test_a_webhook_and_a_mailbox_get_title_and_text(chat: Hook, mail: Mailbox) -> None:
    assert send(chat.url(), "标题", "一\n二", NOW) is None
    assert chat.posts[0].json == {**chat.posts[0].json, "title": "标题", "message": "一\n二"}
    assert send(mail.url("secretary@example.org"), "标题", "一\n二", NOW) is None
    ((sender, recipients, message),) = mail.mails
    assert (sender, recipients) == ("zhibu@example.org", ["secretary@example.org"])
    assert message["Subject"] == "标题"
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip().splitlines() == ["一", "二"]


def test_a_service_that_fails_says_how_without_its_address(chat: Hook, mail: Mailbox) -> None:
    chat.answers["/s3cret"] = (401, {})
    mail.refuses = "550 no"
    assert send(chat.url("/s3cret"), "标题", "一", NOW) == "http 401"
    assert send(mail.url(), "标题", "一", NOW) == "refused"
    assert send("json://127.0.0.1:9/s3cret", "标题", "一", NOW) == "unreachable"
    assert send("http://127.0.0.1:9/cgi-bin/webhook/send?key=s3cret", "标题", "一", NOW) == "unreachable"
    assert (
        send("mailto://u:s3cret@127.0.0.1:9?mode=insecure&from=a@b.org&to=c@d.org", "标题", "一", NOW)
        == "unreachable"
    )
    assert send("nothing://s3cret", "标题", "一", NOW) == "unusable"


@pytest.mark.parametrize(
    "url",
    [
        "wecombot://t0ken",
        "dingtalk://SECs3cr3t@t0ken/13800000000",
        "dingtalk://t0ken/?format=text",
        "feishu://t0ken",
        "lark://t0ken",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=t0ken",
        "https://oapi.dingtalk.com/robot/send?access_token=t0ken",
        "https://open.feishu.cn/open-apis/bot/v2/hook/t0ken",
        "json://127.0.0.1/hook",
        "mailto://user:pass@example.org?to=a@example.org",
    ],
)
def test_addresses_that_can_be_notified_are_known(url: str) -> None:
    check_address(url)


@pytest.mark.parametrize(
    "url",
    ["", "t0ken", "wecombot://", "nothing://t0ken", "https://example.org/t0ken", "dingtalk://", "json://"],
)
def test_other_addresses_are_refused_without_being_repeated(
    url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(BadAddress) as caught:
        check_address(url)
    assert "t0ken" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("wecombot://t0ken", "wecombot://***"),
        ("dingtalk://SECs3cr3t@t0ken", "dingtalk://***"),
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=t0ken", "https://qyapi.weixin.qq.com/***"),
        ("jsons://user:t0ken@example.org:8443/t0ken?+X=t0ken", "jsons://example.org:8443/***"),
        ("json://[::1]:80/t0ken", "json://[::1]:80/***"),
        ("mailto://user:t0/ken@example.org", "mailto://***"),
        ("mailto://user:t0@ken@example.org?to=a@b.org", "mailto://example.org/***"),
        ("mailto://user:8@t0/ken@example.org", "mailto://***"),
        ("ntfy://t0ken", "ntfy://***"),
        ("tgram://t0ken/chat", "tgram://***"),
        ("t0ken", "***"),
        ("t0ken t0ken://x", "***"),
    ],
)
def test_of_an_address_the_service_is_shown_and_the_host_where_it_is_one(url: str, shown: str) -> None:
    assert masked(url) == shown


def test_limits_are_those_of_the_service() -> None:
    assert limits_of("dingtalk://t0ken").size < 20_000
    assert limits_of("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=t0ken").size < 2_048
    assert limits_of("dingtalk://t0ken").pace * 20 >= 60
    assert limits_of("mailto://example.org").pace == 0
    assert limits_of("tgram://t0ken/chat").size <= 4_096
