"""`zhibu web --demo`: a temporary ledger of a made-up committee, to click through.

In: a folder, the instant. Out: the address of a ledger: a committee over six branches, the running year up to
today with its gaps, two forms adopted, judgements half given, rosters with made-up names.
Deliberately absent: anything real.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from ledger.intake.batch import Line, record_all
from ledger.people import set_names
from ledger.store.event_store import Store
from ledger.store.setup import init
from projections.simulation.asked import asked_by
from projections.simulation.diary import Calendar
from projections.simulation.spill import import_lines
from projections.simulation.tree import plant
from projections.simulation.year import Setting, id_prefix, year_of
from rubrics.known_clauses import KnownClauses
from rubrics.library import Library

_FORMS = ("college-staff-branch-2019", "hospital-committee-standard")
_BRANCHES, _EVENTS, _SEED = 6, 160, 8
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = (
    "伟", "芳", "娜", "敏", "静", "磊", "洋", "艳", "勇", "军", "杰", "娟", "涛", "明", "超", "秀英", "霞",
    "平", "刚", "桂英", "文静", "子涵", "志强", "建国", "雪梅", "晓东", "佳怡", "海燕", "国强", "玉兰",
)  # fmt: skip
_REFERRING = frozenset({"event_retracted", "event_corrected"})


def make_demo(folder: Path, now: datetime) -> str:
    """Make the ledger in a folder, and return its address."""
    url = f"sqlite:///{folder / 'demo.db'}"
    init(url)
    today = now.astimezone(ZoneInfo("Asia/Shanghai")).date()
    library = Library()
    usable, _ = library.take(_FORMS)
    setting = Setting(
        _SEED,
        Calendar.of(today.year),
        plant(_BRANCHES, _SEED),
        asked_by(loaded.rubric for loaded in usable),
        _EVENTS,
    )
    with Store.open(url) as store:
        lines = [Line(None, None, line) for line in _until(setting, today.isoformat())]
        record_all(store, [lines], now=now, today=today, known=KnownClauses(library))
        _name_everybody(store)
    return url


def _until(setting: Setting, today: str) -> Iterator[dict[str, Any]]:
    """Yield the events of the year up to a day; what refers to a later one is left out, too."""
    told: set[str] = set()
    for tree in setting.forest.trees:
        for organisation in setting.forest.organisations(tree):
            rows = year_of(organisation, setting)
            prefix = id_prefix(setting.seed, organisation.number)
            for _, text in import_lines(organisation, prefix, rows):
                event = orjson.loads(text)
                later = max(event["occurred_on"], event["data"].get("occurred_on", "")) > today
                lost = event["type"] in _REFERRING and event["data"]["target"] not in told
                if not later and not lost:
                    told.add(event["id"])
                    yield event


def _name_everybody(store: Store) -> None:
    dice = Random(_SEED)  # noqa: S311 - nothing is kept secret by it
    names = [surname + given for surname in _SURNAMES for given in _GIVEN]
    dice.shuffle(names)
    members: dict[str, dict[str, str]] = {}
    for one in store.read(types={"member_joined", "member_transferred"}):
        code = str(one.payload()["member"])
        members.setdefault(one.branch, {}).setdefault(code, names.pop())
    for branch, known in members.items():
        set_names(store, branch, known)
