"""A branch's roster: who is on it, since when, in which office; names set and erased; people added by name.

In: names, a day. Out: members on the roster, names beside the log. Deliberately absent: leaving, offices and
the like; they are events with forms of their own.
"""

from ledger.access import visits
from ledger.errors import Refused
from ledger.files.rosters.plan import apply_plan, plan_roster, problems_of
from ledger.files.rosters.reading import read_roster
from ledger.names import Directory
from ledger.people import erase_name, set_name
from ledger.problems import Problem
from ledger.words import Words
from projections.engine.periods import parse_day
from web.forms import without_place
from web.request.asked import Answer, Ask, Page, Problematic, SeeOther, address, day_of
from web.words import WORDS

_HEADER = "姓名\t职务\n"


def roster(ask: Ask) -> Answer:
    """Show the roster on a day; keep a name, erase one, or add people."""
    problem, typed = "", ask.form.get("names", "")
    if ask.posted:
        if not ask.actor.sees_names(ask.branch, ask.tree):
            raise Problematic(403, WORDS["no_right"])
        try:
            _change(ask)
        except Refused as refused:
            problem = "\n".join(without_place(one, ask.language) for one in refused.problems[:10])
        else:
            return SeeOther(address("b", ask.branch, "roster"))
    day = day_of(ask)
    members = ask.desk.roster(ask.branch, day)
    here = {member.code for member in members}
    names = ask.desk.names(ask.branch)
    values = {
        "members": [(member, role_label(ask, member.role)) for member in members],
        "gone": [(code, name) for code, name in sorted(names.items()) if code not in here],
        "on": day.isoformat(),
        "may": ask.actor.may_write(ask.branch, ask.tree, "member_joined"),
        "sees": ask.actor.sees_names(ask.branch, ask.tree),
        "typed": typed,
        "since": ask.form.text("since") or ask.today.isoformat(),
        "problem": problem,
    }
    return Page("roster.html", values, 422 if problem else 200)


def role_label(ask: Ask, role: str) -> str:
    """Return what an office is called."""
    from ledger.events.vocabularies.members import ROLES

    return ROLES[role].label.pick(ask.language) if role in ROLES else role


def _change(ask: Ask) -> None:
    store, code = ask.desk.store, ask.form.text("code")
    match ask.form.text("do"):
        case "name":
            if code not in ask.desk.was_ever(ask.branch):
                raise Problematic(404, WORDS["hidden_page"])
            set_name(store, code, ask.form.text("name"), ask.branch)
        case "erase":
            if erase_name(store, code, ask.branch):
                detail = f"{code}"
                visits.note(store, ask.now, "erase", ask.actor.code, organisation=ask.branch, detail=detail)
        case "add":
            if not ask.actor.may_write(ask.branch, ask.tree, "member_joined"):
                raise Problematic(403, WORDS["no_right"])
            enter_names(ask, ask.branch, ask.form.get("names", ""), ask.form.text("since"))
        case _:
            raise Problematic(422, WORDS["hidden_page"])


def enter_names(ask: Ask, branch: str, typed: str, day: str) -> int:
    """Put people on a roster by their names, one a line, an office behind the name; return how many.

    Codes are made for them; who is on it already is found by name. Raises Refused with every problem.
    """
    from ledger.access.actors import RightsInTree

    try:
        on = parse_day(day)
    except ValueError:
        raise Refused([Problem(Words("应为日期", "must be a day"), "since")]) from None
    lines = ["\t".join(_name_and_office(line)) for line in typed.split("\n") if line.strip()]
    if not lines:
        raise Refused([Problem(Words("不得为空", "must not be empty"), "names")])
    actor = ask.actor
    directory = Directory(ask.desk.store, lambda code: code in ask.desk.readable)
    table = (_HEADER + "\n".join(lines) + "\n").encode()
    reading = read_roster(table, directory, branch, today=ask.today, name="names.tsv")
    plan = plan_roster(
        ask.desk.store, directory, reading, branch, today=ask.today, on=on, recorded_by=actor.code
    )
    if plan.problems:
        raise Refused([one.problem for one in plan.problems])
    answer = apply_plan(
        ask.desk.store,
        plan,
        now=ask.now,
        today=ask.today,
        known=ask.desk.known,
        rights=None if actor.holder else RightsInTree(actor, ask.tree),
    )
    if answer.hinders:
        raise Refused([one.problem for one in problems_of(answer)])
    return len(plan.changes)


def _name_and_office(line: str) -> tuple[str, str]:
    """Part a line into a name and an office; what stands before the last gap is the name."""
    parts = line.replace("\t", " ").replace("，", " ").replace(",", " ").split()
    if len(parts) == 1:
        return parts[0], ""
    if parts[-1].isascii() and all(part.isascii() for part in parts):
        from ledger.events.values.described import word_of
        from ledger.events.vocabularies.members import ROLES

        return (" ".join(parts[:-1]), parts[-1]) if word_of(parts[-1], ROLES) else (" ".join(parts), "")
    return "".join(parts[:-1]), parts[-1]
