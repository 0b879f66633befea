"""`zhibu web --demo`: a temporary ledger of a made-up committee, to click through.

In: a folder, the instant. Out: the address of a ledger: a committee over six branches, last year and the
running one up to today with their gaps, recorded week by week, two forms adopted, judgements half given,
rosters with made-up names. Deliberately absent: anything real.
"""

from datetime import UTC, date, datetime, time
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from ledger.effective import CONTROLS
from ledger.intake.batch import Line, record_all
from ledger.people import set_names
from ledger.store.event_store import Store
from ledger.store.setup import init
from projections.simulation.asked import asked_by
from projections.simulation.diary import Calendar
from projections.simulation.spill import import_lines
from projections.simulation.tree import plant
from projections.simulation.year import Setting, id_prefix, years_of
from rubrics.known_clauses import KnownClauses
from rubrics.library import Library

_FORMS = ("college-staff-branch-2019", "hospital-committee-standard")
_BRANCHES, _EVENTS, _SEED = 6, 210, 1
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = (
    "伟", "芳", "娜", "敏", "静", "磊", "洋", "艳", "勇", "军", "杰", "娟", "涛", "明", "超", "秀英", "霞",
    "平", "刚", "桂英", "文静", "子涵", "志强", "建国", "雪梅", "晓东", "佳怡", "海燕", "国强", "玉兰",
)  # fmt: skip
_ZONE, _RECORDING = ZoneInfo("Asia/Shanghai"), time(17)


def make_demo(folder: Path, now: datetime) -> str:
    """Make the ledger in a folder, and return its address."""
    url = f"sqlite:///{folder / 'demo.db'}"
    init(url)
    today = now.astimezone(_ZONE).date()
    library = Library()
    known = KnownClauses(library)
    with Store.open(url) as store:
        for day, events in groupby(_recorded(library, today), key=itemgetter(0)):
            lines = [Line(None, None, event) for _, event in events]
            instant = now if day == today else datetime.combine(day, _RECORDING, _ZONE)
            record_all(store, [lines], now=instant.astimezone(UTC), today=day, known=known)
        _name_everybody(store)
    return url


def _recorded(library: Library, today: date) -> list[tuple[date, dict[str, Any]]]:
    """Return the events of last year and this one up to today with the days on which they were recorded, in
    that order; of a week, on its Friday. What refers to an event that is left out is left out, too.
    """
    usable, _ = library.take(_FORMS)
    forest, asked = plant(_BRANCHES, _SEED), asked_by(loaded.rubric for loaded in usable)
    settings = [Setting(_SEED - ago, Calendar.of(today.year - ago), forest, asked, _EVENTS) for ago in (1, 0)]
    found: list[tuple[date, dict[str, Any]]] = []
    told: set[str] = set()
    for organisation in (one for tree in forest.trees for one in forest.organisations(tree)):
        for setting, rows in zip(settings, years_of(organisation, settings), strict=True):
            prefix, calendar = id_prefix(setting.seed, organisation.number), setting.calendar
            for week, text in import_lines(organisation, prefix, rows):
                event = orjson.loads(text)
                later = max(event["occurred_on"], event["data"].get("occurred_on", "")) > today.isoformat()
                lost = event["type"] in CONTROLS and event["data"]["target"] not in told
                if not later and not lost:
                    told.add(event["id"])
                    friday = date.fromisoformat(calendar.days[calendar.monday + 7 * week + 4])
                    found.append((min(friday, today), event))
    return sorted(found, key=itemgetter(0))


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
