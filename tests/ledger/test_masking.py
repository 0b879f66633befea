"""No password is shown, wherever in an address it stands and whatever signs it holds."""

import pytest

from ledger.errors import LedgerMissing, LedgerUnavailable
from ledger.masking import masked
from ledger.words import Words
from tests.program import process

PASSWORDS = [
    "s3cret",
    "s3/cret",
    "s3?cret",
    "s3#cret",
    "s3@cret",
    "s3:cret",
    "s3&cret=1",
    "s3%2Fcret",
    "密码s3",
    "s3 cret",
]
PLACES = [
    "postgresql://u:{}@h/db",
    "postgresql+psycopg://u:{}@h:5432/db?sslmode=require",
    "postgresql://u@h/db?password={}",
    "postgresql://u@h/db?sslmode=require&sslpassword={}&application_name=x",
    "postgresql://u@/db?host=/run&passfile={}",
    "postgresql://:{}@h",
    "mailto://u:{}@example.org?to=a@b.org",
    "mailtos://example.org?user=u&pass={}&to=a@b.org",
    "jsons://u:{}@example.org/hook",
    "jsons://example.org/{}",
    "jsons://example.org/hook?+X-Token={}",
    "wecombot://{}",
    "dingtalk://{}@token",
    "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={}",
    "https://open.feishu.cn/open-apis/bot/v2/hook/{}",
    "tgram://{}/chat",
    "slack://a/b/{}",
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("password", PASSWORDS)
def test_a_password_is_never_shown(place: str, password: str) -> None:
    address = place.format(password)
    told = LedgerUnavailable(address, Words("甲", "a")).words
    for shown in (masked(address), told.zh, told.en, LedgerMissing(address).words.en):
        assert "s3" not in shown
        assert "cret" not in shown


def test_what_tells_one_server_from_another_is_shown() -> None:
    assert masked("postgresql://zhibu:x@db.example.org:5433/zhibu?sslmode=require") == (
        "postgresql://zhibu:***@db.example.org:5433/zhibu?sslmode=require"
    )
    assert masked("sqlite:////home/me/ledger.db") == "sqlite:////home/me/ledger.db"
    assert masked("jsons://u:x@example.org:8443/y") == "jsons://example.org:8443/***"


def test_init_shows_no_password() -> None:
    for address in (
        "postgresql://u:s3/cret@127.0.0.1:1/db",
        "postgresql://u@127.0.0.1:1/db?password=s3cret",
        "postgresql://u:s3@cret@127.0.0.1:1/db",
    ):
        said = process("init", environ={"ZHIBU_LEDGER": address})
        assert said.status == 1
        assert "cret" not in said.out + said.err
        assert "s3" not in said.out + said.err
