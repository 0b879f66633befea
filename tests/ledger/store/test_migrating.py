"""Ledgers of every earlier revision become ledgers of today, and keep what they held."""

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from ledger.delivery.recipients import add_recipient, read_recipients
from ledger.errors import LedgerOutdated
from ledger.people import names
from ledger.store.event_store import Store
from ledger.store.setup import init
from ledger.store.sql.connections import make_engine, parse_address
from ledger.store.sql.statements import REVISION
from tests.ledger.store.drafts import NOW, drafts


def _migrations() -> Config:
    config = Config()
    config.set_main_option("script_location", "ledger.store:migrations")
    return config


EARLIER = [
    script.revision
    for script in ScriptDirectory.from_config(_migrations()).walk_revisions()
    if script.revision != REVISION
]


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'old.db'}"
    url: str = request.getfixturevalue("bare_postgres_url")
    return url


@pytest.mark.parametrize("revision", EARLIER)
def test_an_old_ledger_is_migrated_by_init_and_keeps_its_log(bare_url: str, revision: str) -> None:
    engine = make_engine(parse_address(bare_url), create=True)
    with engine.begin() as connection:
        config = _migrations()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.exec_driver_sql("INSERT INTO people (code, name) VALUES ('m01', '张三')")
    engine.dispose()
    with Store(parse_address(bare_url)) as old, old.appending(NOW) as appender:
        stored = appender.append(drafts(3))
    with pytest.raises(LedgerOutdated, match="zhibu init"):
        Store.open(bare_url)
    assert init(bare_url) == REVISION
    with Store.open(bare_url) as store:
        assert list(store.read()) == stored
        assert store.verify().head.position == 3
        assert names(store) == {"m01": "张三"}
        number = add_recipient(store, "json://127.0.0.1:9", ["b1"], ["lead"], "zh", NOW)
        assert list(read_recipients(store)) == [number]
