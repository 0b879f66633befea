"""What is due, month by month; and a subscription for calendar programs, which can be revoked.

In: a branch; the secret of a subscription. Out: a page; a calendar without names of people. Deliberately
absent: subscriptions on this machine alone, whose address nobody else could reach.
"""

from datetime import timedelta

from ledger.access import visits
from ledger.access.accounts import calendar_holds
from ledger.access.rows import writing
from ledger.access.secrets import find_secret, new_secret, put_secret, secrets_of
from web.pages.branch.home import Pressing, pressing
from web.request.asked import Answer, Ask, Download, Page, Problematic, SeeOther, address
from web.words import WORDS

_AHEAD = timedelta(days=366)
_IN_CALENDAR = timedelta(days=186)


def calendar(ask: Ask) -> Answer:
    """Show what is due by month; make or revoke one's own subscription."""
    secret = ""
    if ask.posted:
        secret = _change(ask)
        if not secret:
            return SeeOther(address("b", ask.branch, "calendar"))
    months: dict[str, list[Pressing]] = {}
    for duty in ask.desk.due([ask.branch], until=ask.today + _AHEAD):
        if duty.due_on.replace(day=1) >= ask.today.replace(day=1):
            months.setdefault(duty.due_on.isoformat()[:7], []).append(pressing(ask, duty))
    own = [] if ask.account is None else secrets_of(ask.desk.store, ask.account.code, "calendar", ask.now)
    values = {
        "months": months,
        "adopted": ask.desk.adopted(ask.branch),
        "link": f"{ask.site.public}/c/{secret}.ics" if secret else "",
        "subscribed": any(kept.name == ask.branch for kept in own),
        "may": ask.account is not None,
    }
    return Page("calendar.html", values)


def _change(ask: Ask) -> str:
    """Make a subscription, ending an older one, and return its secret; or revoke it."""
    if ask.account is None:
        raise Problematic(404, WORDS["hidden_page"])
    code = ask.account.code
    secret = new_secret() if ask.form.text("do") == "subscribe" else ""
    with writing(ask.desk.store) as run:
        run(
            "DELETE FROM secrets WHERE kind = 'calendar' AND account = ? AND name = ?",
            (code, ask.branch),
        )
        if secret:
            put_secret(run, secret, "calendar", code, ask.now, lasts=None, name=ask.branch)
        visits.note_in(run, ask.now, "calendar", code, organisation=ask.branch)
    return secret


def subscription(ask: Ask) -> Answer:
    """Give a calendar to whoever has its secret, as long as its owner may read the branch."""
    from projections.reports.calendar import build_calendar

    desk = ask.desk
    kept = find_secret(desk.store, "calendar", ask.params["secret"], ask.now)
    if kept is None or kept.name is None or not calendar_holds(desk.store, kept, desk.tree):
        raise Problematic(404, WORDS["hidden_page"])
    duties = [one for one in desk.due([kept.name], until=ask.today + _IN_CALENDAR) if one.unmet]
    last = next(iter(desk.store.read(after=desk.position - 1)), None)
    content = build_calendar(
        duties,
        on=ask.today,
        after=ask.now,
        stamp=None if last is None else last.recorded_at,
        zone=desk.zone,
        language=ask.language,
        names={kept.name: desk.tree.name_of(kept.name)},
    )
    return Download(content, "text/calendar; charset=utf-8", "zhibu.ics", inline=True)
