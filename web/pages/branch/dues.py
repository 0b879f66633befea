"""A month's dues of a whole branch in one grid: last month's amounts, ticks, a sum, one save.

In: who paid how much, on which day; lines pasted from a spreadsheet. Out: as many events as ticks, all or
nothing. Deliberately absent: the amount that somebody owes; no income is known here.
"""

import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from ledger.errors import Refused
from ledger.events import Event, parse_cells
from ledger.names import Directory
from ledger.problems import Problem
from projections.answers.history import Fates
from projections.engine.periods import month_end, month_index, month_name, parse_day
from projections.text.amounts import period_words
from web.desk.desk import Written
from web.forms import without_place
from web.pages.branch.log import event_id_of, preview
from web.request.asked import Answer, Ask, Page, Problematic, SeeOther, address
from web.words import WORDS

_MONTHS_BACK = 36


@dataclass(slots=True)
class Line:
    """One member's row. `paid`: what stands in the log for the month already."""

    code: str
    label: str
    amount: str = ""
    due: str = ""
    ticked: bool = False
    paid: str = ""
    problem: str = ""


def dues(ask: Ask) -> Answer:
    """Show and save a month's dues."""
    month = _month(ask.params["month"])
    if chosen := ask.query.text("month"):
        return SeeOther(address("b", ask.branch, "dues", _month(chosen)))
    if not ask.actor.may_write(ask.branch, ask.tree, "dues_paid"):
        raise Problematic(403, WORDS["no_right"])
    lines = _lines(ask, month)
    on = ask.form.text("occurred_on") or _usual_day(ask, month).isoformat()
    event_id = event_id_of(ask)
    problems: list[str] = []
    written: Written | None = None
    status = 200
    if ask.posted:
        _take_typed(ask, lines)
        if "paste" in ask.form and "fill" in ask.form:
            problems = _paste(ask, lines)
            status = 422 if problems else 200
        else:
            try:
                written = _write(ask, month, on, lines, event_id)
            except Refused as refused:
                problems = _tell(ask, refused, lines)
                status = 422
            else:
                if ask.saves:
                    return SeeOther(address("b", ask.branch, "dues", month, saved=str(len(written.outcomes))))
    index = _index(month)
    values: dict[str, Any] = {
        "month": month,
        "months": _months(ask, index),
        "before": address("b", ask.branch, "dues", month_name(index - 1)),
        "after": address("b", ask.branch, "dues", month_name(index + 1)),
        "lines": lines,
        "on": on,
        "sum": _sum(lines),
        "paid_sum": _sum(lines, paid=True),
        "event_id": event_id,
        "problems": problems,
        "preview": None if written is None else preview(ask, written),
        "saved": ask.query.text("saved"),
        "pasted": ask.form.get("paste", "") if status == 422 else "",
    }
    return Page("dues.html", values, status)


def _month(text: str) -> str:
    try:
        parse_day(f"{text}-01")
    except ValueError:
        raise Problematic(404, WORDS["hidden_page"]) from None
    return text


def _index(month: str) -> int:
    return month_index(date.fromisoformat(f"{month}-01"))


def _months(ask: Ask, shown: int) -> list[tuple[str, str]]:
    """Return the months to choose from, the newest first: the next one, those before as far as the branch
    was there, and the one that is shown; dues of older ones are reached from month to month."""
    now = month_index(ask.today)
    first = max(now - _MONTHS_BACK, month_index(ask.tree[ask.branch].founded_on))
    listed = sorted({*range(first, now + 2), shown}, reverse=True)
    return [(name, ask.pick(period_words(name))) for name in map(month_name, listed)]


def _usual_day(ask: Ask, month: str) -> date:
    end = month_end(_index(month))
    return min(end, ask.today)


def _lines(ask: Ask, month: str) -> list[Line]:
    """Return everybody who was on the roster in the month, with what each paid last: in the month before, or
    the latest in which there was anything."""
    first = date.fromisoformat(f"{month}-01")
    end = _usual_day(ask, month) if first <= ask.today else first
    paid: dict[tuple[str, str], Decimal] = {}
    due: dict[str, str] = {}
    fates = Fates(ask.desk.store, ask.branch)
    for event in ask.desk.store.read(branch=ask.branch, types={"dues_paid"}):
        fate = fates.of(event)
        if fate.state != "retracted":
            code, of_month = str(fate.payload["member"]), str(fate.payload["month"])
            amount = Decimal(str(fate.payload["amount"]))
            paid[code, of_month] = paid.get((code, of_month), Decimal()) + amount
            if "due" in fate.payload:
                due[code] = str(fate.payload["due"])
    earlier = {code: amount for (code, of_month), amount in sorted(paid.items()) if of_month < month}
    lines = []
    for member in ask.desk.roster(ask.branch, end):
        now, before = paid.get((member.code, month)), earlier.get(member.code)
        line = Line(member.code, member.label, due=due.get(member.code, ""))
        line.paid = "" if now is None else f"{now:.2f}"
        line.amount = line.due or ("" if before is None else f"{before:.2f}")
        lines.append(line)
    return lines


def _take_typed(ask: Ask, lines: list[Line]) -> None:
    ticked = set(ask.form.all("paid"))
    for line in lines:
        line.ticked = line.code in ticked and not line.paid
        line.amount = ask.form.get(f"amount.{line.code}", line.amount).strip()


def _paste(ask: Ask, lines: list[Line]) -> list[str]:
    """Fill the grid from lines of name and amount; return what could not be read."""
    directory = Directory(ask.desk.store, lambda code: code in ask.desk.readable)
    by_code = {line.code: line for line in lines}
    problems = []
    for text in ask.form.get("paste", "").split("\n"):
        parts = text.replace("，", " ").split()
        if not parts:
            continue
        found = directory.member(" ".join(parts[:-1]) or parts[0], ask.branch)
        if isinstance(found, Problem) or found not in by_code or len(parts) < 2:
            reason = (
                without_place(found, ask.language)
                if isinstance(found, Problem)
                else ask.pick(WORDS["paste_line"])
            )
            problems.append(f"{text.strip()[:60]}：{reason}")
            continue
        by_code[found].amount, by_code[found].ticked = parts[-1].strip("￥¥元"), not by_code[found].paid
    return problems


def _write(ask: Ask, month: str, on: str, lines: list[Line], base: str) -> Written:
    events: list[Event] = []
    problems: list[Problem] = []
    for at, line in enumerate(lines):
        if not line.ticked:
            continue
        cells = {"member": line.code, "month": month, "amount": line.amount, "due": line.due}
        envelope = {"branch": ask.branch, "occurred_on": on, "id": _id_for(base, line.code)}
        if ask.actor.code:
            envelope["recorded_by"] = ask.actor.code
        try:
            events.append(parse_cells("dues_paid", {**cells, **envelope}))
        except Refused as refused:
            problems += [Problem(p.expected, p.field, p.found, p.hint, line=at) for p in refused.problems]
    if problems:
        raise Refused(problems)
    if not events:
        raise Refused([Problem(WORDS["nobody_ticked"])])
    try:
        return Written(ask.desk.record(events), ()) if ask.saves else ask.desk.write(events, trial=True)
    except Refused as refused:
        ticked = [at for at, line in enumerate(lines) if line.ticked]
        raise Refused(
            [
                Problem(p.expected, p.field, p.found, p.hint, line=ticked[(p.line or 1) - 1])
                for p in refused.problems
            ]
        ) from None


def _id_for(base: str, code: str) -> str:
    """Return the id of one member's payment: a second click of the same form makes the same ids."""
    return str(uuid.uuid5(uuid.UUID(base), code))


def _tell(ask: Ask, refused: Refused, lines: list[Line]) -> list[str]:
    """Put each problem beside its member; return the summary's sentences."""
    told = []
    for problem in refused.problems:
        said = without_place(problem, ask.language)
        if problem.line is not None and problem.field != "occurred_on":
            line = lines[problem.line]
            line.problem = said
            said = f"{line.label}：{said}"
        told.append(said)
    return list(dict.fromkeys(told))


def _sum(lines: list[Line], *, paid: bool = False) -> str:
    total = Decimal()
    for line in lines:
        text = line.paid if paid else line.amount if line.ticked else ""
        try:
            total += Decimal(text or "0")
        except InvalidOperation:
            continue
    return f"{total:.2f}"
