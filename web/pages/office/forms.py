"""Which forms there are, and who goes by which; adopted and dropped here.

In: a form, organisations, a day. Out: adoptions. Deliberately absent: forms named by a file's path.
"""

from typing import Any

from ledger.errors import Refused
from ledger.events import Event, parse_event
from projections.text.scores import apart_on_the_whole, full_points
from rubrics.numbers import print_points
from web.forms import without_place
from web.pages.office.scope import branches_below
from web.pages.saying import title_of
from web.request.asked import Answer, Ask, Page, SeeOther, address


def forms(ask: Ask) -> Answer:
    """List the forms with those who go by them; adopt or drop one."""
    problems: list[str] = []
    if ask.posted:
        try:
            events = _events(ask)
            ask.desk.record(events)
        except Refused as refused:
            problems = [without_place(one, ask.language) for one in refused.problems[:10]]
        else:
            return SeeOther(address("o", ask.branch, "forms", saved=str(len(events))))
    below = branches_below(ask)
    adopted = {code: ask.desk.adopted(code) for code in below}
    listed = []
    for plan in ask.desk.forms.plans(ask.desk.forms.ids()):
        rubric = plan.rubric
        full, apart = print_points(full_points(rubric, bonus=False)), ask.pick(apart_on_the_whole(rubric))
        by = [ask.tree.name_of(code) for code in below if rubric.id in adopted[code]]
        listed.append((rubric, title_of(ask, rubric.title), full, apart, by))
    values: dict[str, Any] = {
        "listed": listed,
        "branches": [(code, ask.tree.name_of(code)) for code in below],
        "chosen": ask.form.all("branch"),
        "rubric": ask.form.text("rubric") or ask.query.text("rubric"),
        "on": ask.form.text("on") or ask.today.isoformat(),
        "owed_from": ask.form.text("owed_from"),
        "problems": problems,
        "saved": ask.query.text("saved"),
        "may": ask.actor.administers(ask.branch, ask.tree),
    }
    return Page("office/forms.html", values, 422 if problems else 200)


def _events(ask: Ask) -> list[Event]:
    below = set(branches_below(ask))
    dropping = ask.form.text("do") == "drop"
    data: dict[str, object] = {"rubric": ask.form.text("rubric") or None}
    if not dropping and ask.form.text("owed_from"):
        data["owed_from"] = ask.form.text("owed_from")
    envelope = {
        "type": "rubric_dropped" if dropping else "rubric_adopted",
        "occurred_on": ask.form.text("on"),
        "recorded_by": ask.actor.code,
        "data": data,
    }
    chosen = [code for code in ask.form.all("branch") if code in below]
    return [parse_event({**envelope, "branch": code}) for code in chosen]
