"""`zhibu seal` and `zhibu check-seal`: scores as certificates, and whether they still hold.

In: a rubric, a period, branches; or a certificate's id. Out: `score_sealed` events; a verdict, with exit
status 1 where the certificate does not hold. Deliberately absent: what a certificate is made of
(`projections.answers.seals`).
"""

from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.commands.options import Branches, By, Rubric, TableOrJson, one_of
from cli.commands.record.recording import as_typed
from cli.commands.score.replaying import AsOfOption, OnOption, PeriodOption, ask
from cli.context import Door, SaysNo, WrongUsage, door_of
from cli.library import known_clauses, load_rubric
from cli.ui.language import both, noted
from ledger.errors import Refused
from ledger.words import Words
from projections.text.amounts import print_signed
from projections.text.entries import entry_lines
from projections.text.scores import presumed
from rubrics.numbers import print_points
from rubrics.problems import RubricError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.store.codec import Recorded
    from ledger.store.event_store import Store
    from projections.answers.compare import Difference
    from projections.answers.document import Replayed
    from projections.answers.seals import Verdict
    from projections.engine.results import Answer
    from projections.text.labels import Names


def seal(
    context: typer.Context,
    rubric: Rubric,
    period: PeriodOption = None,
    branch: Branches = None,
    on: OnOption = None,
    as_of: AsOfOption = None,
    by: By = None,
    format_: TableOrJson = "table",
) -> None:
    """Keep the scores of a period as certificates, one a branch."""
    from ledger.events import parse_event
    from ledger.intake.batch import record_each
    from projections.answers.named import read_names
    from projections.answers.seals import build_seals

    door = door_of(context)
    one_of("--format", format_, ("table", "json"))
    loaded = load_rubric(rubric)
    with door.open() as store:
        replayed, answer = ask(
            door, store, loaded, period=period, on=on, as_of=as_of, branches=branch, explain=True
        )
        payloads = build_seals(replayed, answer.scores, loaded.text, _program())
        names = read_names(store, members=False)
        _warn(door, store, replayed, answer, names)
        today = door.today(store)
        envelope = {"type": "score_sealed", "occurred_on": today.isoformat()}
        envelope |= {"recorded_by": by} if by else {}
        try:
            events = [
                parse_event({**envelope, "branch": code, "data": data}) for code, data in payloads.items()
            ]
            outcomes = record_each(
                store, events, now=door.now(), today=today, known=known_clauses([loaded]), own=True
            )
        except Refused as refused:
            raise as_typed(refused) from None
    sealed = [
        {
            "id": outcome.recorded.id,
            "branch": outcome.recorded.branch,
            "total": print_points(score.total),
            "unassessed": print_points(score.unassessed),
        }
        for outcome, score in zip(outcomes, answer.scores, strict=True)
    ]
    if format_ == "json":
        door.screen.document(sealed)
        return
    for row in sealed:
        branch_ = names.branch(row["branch"])
        door.screen.say(
            Words(
                f"已封存 {branch_.zh}：{row['total']} 分，凭证 {row['id']}。",
                f"sealed {branch_.en}: {row['total']} points, certificate {row['id']}.",
            ),
            "good",
        )


def _program() -> str:
    """Return this program, as certificates name it."""
    return f"zhibu {version('zhibu')}"


def _warn(door: Door, store: "Store", replayed: "Replayed", answer: "Answer", names: "Names") -> None:
    """Say what nobody judged, where a period is not over, and where it was sealed before."""
    for score in answer.scores:
        branch, at_risk = names.branch(score.branch), print_points(score.at_risk)
        if score.unassessed:
            door.screen.warn(noted(presumed(score, replayed.rubric, names)))
        if score.at_risk:
            door.screen.warn(
                Words(
                    f"提醒：{branch.zh} 本期间尚有 {at_risk} 分待落实，封存后不再变动。",
                    f"note: {branch.en} still has {at_risk} points at risk; the seal will not move with "
                    "them.",
                )
            )
        for found in store.read(branch=score.branch, types={"score_sealed"}):
            sealed = found.payload()
            if (sealed["rubric"], sealed["period"]) == (replayed.rubric.id, replayed.period.name):
                door.screen.warn(
                    Words(
                        f"提醒：{branch.zh} 本期间已有凭证 {found.id}，两份都有效。",
                        f"note: {branch.en} has a certificate of this period already, {found.id}; both "
                        "stand.",
                    )
                )


def check_seal(
    context: typer.Context,
    certificate: Annotated[str, typer.Argument(metavar="ID", help=both("凭证编号", "the certificate's id"))],
    rubric: Annotated[
        str | None,
        typer.Option(
            "--rubric",
            metavar="RUBRIC",
            help=both("现行细则的文件（默认按编号查找）", "today's rubric (by default the one of that id)"),
        ),
    ] = None,
    format_: TableOrJson = "table",
) -> None:
    """Check a certificate: is it whole, does the log still extend it, do the same points come out?"""
    from projections.answers.certificates import check_certificate
    from projections.answers.named import read_names

    door = door_of(context)
    one_of("--format", format_, ("table", "json"))
    with door.open() as store:
        found = store.find(certificate)
        if found is None or found.type != "score_sealed":
            raise WrongUsage(
                Words(f"没有编号为“{certificate}”的凭证。", f'there is no certificate "{certificate}".')
            )
        sealed: dict[str, Any] = dict(found.payload())
        named = read_names(store, members=False).branch(found.branch)
        todays = _todays_text(rubric or str(sealed["rubric"]))
        try:
            verdict = check_certificate(store, found, todays, _program())
        except RubricError as error:
            raise SaysNo(error.words) from None
    if format_ == "json":
        from projections.answers.seals import verdict_row

        door.screen.document({"id": found.id, "branch": found.branch, **verdict_row(sealed, verdict)})
    else:
        _tell(door, found, sealed, verdict, named)
    if not verdict.holds:
        raise typer.Exit(1)


def _todays_text(rubric: str) -> str | None:
    """Return the text of the rubric as it is now; None where there is none any more."""
    try:
        return load_rubric(rubric).text
    except (WrongUsage, SaysNo):
        return None


_TAMPERED = {
    "answer": Words("凭证中的结果被改动", "the answer in the certificate was changed"),
    "rubric": Words("凭证中的细则被改动", "the rubric in the certificate was changed"),
    "log": Words("封存时的记录此后被改写或删去", "the log is not the one that was sealed"),
}


def _tell(door: Door, found: "Recorded", sealed: dict[str, Any], verdict: "Verdict", branch: Words) -> None:
    screen = door.screen
    form = f"{sealed['rubric']} {sealed['rubric_version']}"
    heading = f"{form} · " + branch + f" · {sealed['period']} · {sealed['on']}"
    screen.paragraph(heading, tone="strong")
    for name in verdict.tampered:
        screen.say(_TAMPERED[name], "bad")
    if verdict.sealed_total is None or verdict.total is None:
        return
    then, now = print_points(verdict.sealed_total), print_points(verdict.total)
    if not verdict.moved and then == now:
        screen.say(
            Words(
                f"相符：按截至第 {sealed['position']} 条的记录重新计分，仍得 {now} 分。",
                f"holds: the replay up to position {sealed['position']} still gives {now}.",
            ),
            "good",
        )
    elif verdict.holds:
        screen.paragraph(
            Words(
                f"凭证完好，封存 {then} 分（{sealed['program']}）；本程序的算法已有改动，"
                f"按同样的记录计得 {now} 分：",
                f"the certificate is whole: sealed {then} by {sealed['program']}; this program reckons "
                f"otherwise, and gives {now} for the same log:",
            ),
            tone="warn",
        )
    else:
        screen.paragraph(
            Words(
                f"不符：封存 {then} 分（{sealed['program']}），本程序重新计分得 {now} 分。",
                f"does not hold: sealed {then}, replayed {now} by this program (sealed by "
                f"{sealed['program']}).",
            ),
            tone="bad",
        )
    _tell_differences(door, verdict.moved)
    if verdict.by_todays_rubric is not None:
        screen.say(
            Words(
                "细则其后有改动；按现行细则，下列条款不同：",
                "The rubric has changed since; by today's, these differ:",
            )
        )
        _tell_differences(door, verdict.by_todays_rubric)
    if verdict.by_todays_log is not None:
        screen.say(
            Words(
                "台账其后有新的记录；按今天的台账，下列条款不同：",
                "The log has gone on since; by today's, these differ:",
            )
        )
        _tell_differences(door, verdict.by_todays_log)


def _tell_differences(door: Door, differences: "Sequence[Difference]") -> None:
    for found in differences:
        points = " → ".join("—" if row is None else print_points(row.score) for row in (found.a, found.b))
        heading = f"{found.clause}  {points}  ({print_signed(found.moved)})"
        door.screen.paragraph(heading, indent=2, tone="strong")
        for line in entry_lines(found.only_b):
            door.screen.paragraph(line, indent=4)
