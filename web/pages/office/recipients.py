"""Who hears reminders of an organisation and of those below it.

In: an address, branches, rungs. Out: recipients, their addresses masked. Deliberately absent: showing an
address again; it holds a secret.
"""

from contextlib import closing
from typing import Any

from ledger.delivery.outbox import standings
from ledger.delivery.recipients import LONGEST_URL, add_recipient, read_recipients, remove_recipient
from ledger.delivery.transports.directory import check_address
from ledger.delivery.transports.transport import BadAddress
from ledger.events.vocabularies.papers import RUNGS
from ledger.masking import masked
from web.pages.office.scope import branches_below
from web.request.asked import Answer, Ask, Page, Problematic, SeeOther, address
from web.words import WORDS


def recipients(ask: Ask) -> Answer:
    """List recipients; add one, or take one away from here."""
    problem, tried = "", None
    if ask.posted and ask.form.text("do") == "test":
        tried = _try(ask)
    elif ask.posted:
        problem = _remove(ask) if ask.form.text("do") == "remove" else _add(ask)
        if not problem:
            return SeeOther(address("o", ask.branch, "recipients"))
    below = branches_below(ask)
    fares = standings(ask.desk.store)
    listed = []
    for one in read_recipients(ask.desk.store).values():
        heard = {code: rungs for code, rungs in one.wants.items() if code in below}
        if heard:
            told = [
                (ask.tree.name_of(code), "、".join(RUNGS[rung].label.pick(ask.language) for rung in rungs))
                for code, rungs in heard.items()
            ]
            listed.append((one, masked(one.url), told, fares.get(one.id)))
    values: dict[str, Any] = {
        "listed": listed,
        "branches": [(code, ask.tree.name_of(code)) for code in below],
        "rungs": [(word, described.label.pick(ask.language)) for word, described in RUNGS.items()],
        "chosen": ask.form.all("branch"),
        "chosen_rungs": ask.form.all("rung") or list(RUNGS),
        "problem": problem,
        "url": ask.form.text("url") if problem else "",
        "tried": tried,
    }
    return Page("office/recipients.html", values, 422 if problem else 200)


def _add(ask: Ask) -> str:
    """Add a recipient; return what is wrong, an empty text where nothing is."""
    below = set(branches_below(ask))
    branches = [code for code in ask.form.all("branch") if code in below]
    rungs = [word for word in ask.form.all("rung") if word in RUNGS]
    url = ask.form.text("url")
    if not branches or not rungs or not url or len(url.encode()) > LONGEST_URL:
        return ask.pick(WORDS["recipient_incomplete"])
    try:
        check_address(url)
    except BadAddress as error:
        return ask.pick(error.words)
    add_recipient(ask.desk.store, url, branches, rungs, ask.language, ask.now)
    return ""


def _try(ask: Ask) -> tuple[bool, str]:
    """Send a recipient a test message; return whether it took it, and what is said of that."""
    from ledger.delivery.sending import try_recipient
    from ledger.delivery.transports.process import Sender

    below, number = set(branches_below(ask)), ask.form.text("number")
    known = read_recipients(ask.desk.store)
    one = known.get(int(number)) if number.isdecimal() and len(number) <= 12 else None
    if one is None or not below & one.wants.keys():
        raise Problematic(404, WORDS["hidden_page"])
    with closing(Sender()) as sender:
        why = try_recipient(ask.desk.store, sender, one, ask.now)
    said = ask.pick(WORDS["test_taken"]) if why is None else ask.pick(why)
    return why is None, f"{masked(one.url)}：{said}"


def _remove(ask: Ask) -> str:
    number = ask.form.text("number")
    if not number.isdecimal() or len(number) > 12:
        raise Problematic(404, WORDS["hidden_page"])
    if not remove_recipient(ask.desk.store, int(number), branches_below(ask)):
        raise Problematic(404, WORDS["hidden_page"])
    return ""
