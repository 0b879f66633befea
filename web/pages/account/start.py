"""The first three steps on this machine: the ledger, the branch with its form, the roster.

In: what is typed at each step. Out: a ledger, a registration and an adoption, members with names.
Deliberately absent: everything that the other pages do as well.
"""

from ledger.errors import LedgerError, Refused
from ledger.events import Event, parse_event
from ledger.events.vocabularies.members import ORGANIZATIONS
from ledger.store.setup import init
from web.forms import Option, without_place
from web.pages.branch.roster import enter_names
from web.request.asked import Answer, Ask, Page, SeeOther, address
from web.words import WORDS


def start(ask: Ask) -> Answer:
    """Go through the steps; each is done once."""
    if ask.desk_or_none is None:
        return _ledger(ask)
    if not ask.tree:
        return _branch(ask)
    branch = ask.query.text("branch")
    if branch not in ask.tree:
        return SeeOther("/")
    return _roster(ask, branch)


def _ledger(ask: Ask) -> Answer:
    problem = ""
    if ask.posted:
        try:
            init(ask.site.ledger)
        except LedgerError as error:
            problem = ask.pick(error.words)
        else:
            return SeeOther("/start")
    place = ask.site.ledger.removeprefix("sqlite:///")
    about = ask.pick(WORDS["start_1_about"]).replace("{}", place)
    return Page("start.html", {"step": 1, "about": about, "problem": problem}, 422 if problem else 200)


def _branch(ask: Ask) -> Answer:
    typed = {name: ask.form.text(name) for name in ("code", "name", "organization", "founded_on", "rubric")}
    typed["founded_on"] = typed["founded_on"] or f"{ask.today.year}-01-01"
    problems: dict[str, str] = {}
    if ask.posted:
        try:
            events = _registration(typed)
            ask.desk.write(events)
        except Refused as refused:
            problems = _told(ask, refused)
        else:
            return SeeOther(address("start", branch=typed["code"]))
    values = {
        "step": 2,
        "typed": typed,
        "problems": problems,
        "kinds": [Option(word, d.label.pick(ask.language)) for word, d in ORGANIZATIONS.items()],
        "rubrics": form_options(ask),
    }
    return Page("start.html", values, 422 if problems else 200)


def form_options(ask: Ask) -> list[Option]:
    """Return the forms at hand, by id, with their titles."""
    options = []
    for plan in ask.desk.forms.plans(ask.desk.forms.ids()):
        title = plan.rubric.title
        options.append(Option(plan.rubric.id, title.zh if ask.language == "zh" else title.en))
    return options


def _registration(typed: dict[str, str]) -> list[Event]:
    about = {"branch": typed["code"], "occurred_on": typed["founded_on"]}
    registered = {"name": typed["name"] or None, "organization": typed["organization"] or None}
    events = [parse_event({**about, "type": "branch_registered", "data": registered})]
    if typed["rubric"]:
        adopted = {"rubric": typed["rubric"]}
        events.append(parse_event({**about, "type": "rubric_adopted", "data": adopted}))
    return events


def _told(ask: Ask, refused: Refused) -> dict[str, str]:
    names = {"branch": "code", "occurred_on": "founded_on"}
    told = {}
    for problem in refused.problems:
        name = (problem.field or "").removeprefix("data.")
        field = names.get(name, name)
        told[field] = (
            without_place(problem, ask.language) if ask.form.text(field) else ask.pick(WORDS["needed"])
        )
    return told


def _roster(ask: Ask, branch: str) -> Answer:
    typed = ask.form.get("names", "")
    day = ask.form.text("on") or ask.tree[branch].founded_on.isoformat()
    problem = ""
    if ask.posted:
        try:
            enter_names(ask, branch, typed, day)
        except Refused as refused:
            problem = "\n".join(without_place(one, ask.language) for one in refused.problems[:5])
        else:
            return SeeOther(address("b", branch))
    values = {"step": 3, "typed": {"names": typed, "on": day}, "problem": problem, "branch": branch}
    return Page("start.html", values, 422 if problem else 200)
