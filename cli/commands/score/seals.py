"""`zhibu seal` and `zhibu check-seal`: scores as certificates, and whether they still hold.

In: a rubric, a period, branches; or a certificate's id. Out: `score_sealed` events; a verdict, with exit
status 1 where the certificate does not hold. Deliberately absent: what a certificate is made of
(`projections.seals`).
"""

from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.commands.options import Branches, By, Rubric, TableOrJson, one_of
from cli.commands.record.recording import as_typed
from cli.commands.score.compare import bundled_lines, signed
from cli.commands.score.replaying import Asked, AsOfOption, OnOption, PeriodOption, run_replay
from cli.context import Door, SaysNo, WrongUsage, door_of
from cli.known import known_clauses, load_rubric
from cli.ui.language import both
from ledger.errors import BrokenChain, Refused
from ledger.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.codec import Recorded
    from ledger.store import Store
    from projections.compare import Difference
    from projections.seals import Replayer, Verdict


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
    from ledger.intake import record_each
    from projections.seals import build_seals

    door = door_of(context)
    one_of("--format", format_, ("table", "json"))
    loaded = load_rubric(rubric)
    with door.open() as store:
        answer = run_replay(door, store, loaded, Asked(period, on, as_of, branch), explain=True)
        payloads = build_seals(answer, loaded.text, f"zhibu {version('zhibu')}")
        _warn(door, store, answer)
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
        {"id": outcome.recorded.id, "branch": outcome.recorded.branch, "total": score["total"]}
        for outcome, score in zip(outcomes, answer["scores"], strict=True)
    ]
    if format_ == "json":
        door.screen.document(sealed)
        return
    for row in sealed:
        door.screen.say(
            Words(
                f"已封存 {row['branch']}：{row['total']} 分，凭证 {row['id']}。",
                f"sealed {row['branch']}: {row['total']} points, certificate {row['id']}.",
            ),
            "good",
        )


def _warn(door: Door, store: "Store", answer: dict[str, Any]) -> None:
    """Say where a period is not over, and where it was sealed before."""
    for score in answer["scores"]:
        branch, at_risk = score["branch"], score["at_risk"]
        if at_risk != "0.00":
            door.screen.warn(
                Words(
                    f"提醒：{branch} 本期间尚有 {at_risk} 分待落实，封存后不再变动。",
                    f"note: {branch} still has {at_risk} points at risk; the seal will not move with them.",
                )
            )
        for found in store.read(branch=branch, types={"score_sealed"}):
            sealed = found.payload()
            if (sealed["rubric"], sealed["period"]) == (answer["rubric"]["id"], answer["period"]["name"]):
                door.screen.warn(
                    Words(
                        f"提醒：{branch} 本期间已有凭证 {found.id}，两份都有效。",
                        f"note: {branch} has a certificate of this period already, {found.id}; both stand.",
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
    from projections.seals import check_seal as check

    door = door_of(context)
    one_of("--format", format_, ("table", "json"))
    with door.open() as store:
        found = store.find(certificate)
        if found is None or found.type != "score_sealed":
            raise WrongUsage(
                Words(f"没有编号为“{certificate}”的凭证。", f'there is no certificate "{certificate}".')
            )
        sealed: dict[str, Any] = dict(found.payload())
        verdict = check(
            sealed,
            _head_at(store, int(sealed["position"])),
            _replayer(store, found, sealed),
            _todays_text(rubric or str(sealed["rubric"])),
        )
    if format_ == "json":
        door.screen.document(_as_json(found, sealed, verdict))
    else:
        _tell(door, found, sealed, verdict)
    if not verdict.holds:
        raise typer.Exit(1)


def _head_at(store: "Store", position: int) -> str:
    """Recompute the chain and return the hash at a position; a broken chain counts as another log."""
    from cli.commands.score.replaying import head_at

    try:
        store.verify()
    except BrokenChain:
        return ""
    return head_at(store, position)


def _replayer(store: "Store", found: "Recorded", sealed: dict[str, Any]) -> "Replayer":
    from datetime import date

    from projections.answer import build_answer
    from projections.engine.periods import parse_period
    from projections.plan import Plan
    from projections.replay import replay
    from projections.seals import digest_of
    from rubrics.reader.loaded import parse_rubric

    def replay_with(text: str) -> dict[str, Any]:
        rubric = parse_rubric(text, str(sealed["rubric"])).rubric
        position = int(sealed["position"])
        replayed = replay(
            store,
            Plan(rubric),
            parse_period(str(sealed["period"]), rubric.year_start),
            on=date.fromisoformat(str(sealed["on"])),
            upto=position,
            branches=[found.branch],
            explain=True,
        )
        return build_answer(replayed, digest_of(text), position, str(sealed["head"]))

    return replay_with


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


def _tell(door: Door, found: "Recorded", sealed: dict[str, Any], verdict: "Verdict") -> None:
    screen = door.screen
    form = f"{sealed['rubric']} {sealed['rubric_version']}"
    screen.paragraph(f"{form} · {found.branch} · {sealed['period']} · {sealed['on']}", tone="strong")
    for name in verdict.tampered:
        screen.say(_TAMPERED[name], "bad")
    if verdict.tampered:
        return
    if verdict.holds:
        screen.say(
            Words(
                f"相符：按截至第 {sealed['position']} 条的记录重新计分，仍得 {verdict.total} 分。",
                f"holds: the replay up to position {sealed['position']} still gives {verdict.total}.",
            ),
            "good",
        )
    else:
        screen.say(
            Words(
                f"不符：封存 {verdict.sealed_total} 分（{sealed['program']}），"
                f"本程序重新计分得 {verdict.total} 分。",
                f"does not hold: sealed {verdict.sealed_total}, replayed {verdict.total} by this program "
                f"(sealed by {sealed['program']}).",
            ),
            "bad",
        )
        _tell_differences(door, verdict.moved)
    if verdict.by_todays_rubric is not None:
        screen.say(
            Words(
                "细则其后有改动；按现行细则，下列条款不同：",
                "The rubric has changed since; by today's, these differ:",
            )
            if verdict.by_todays_rubric
            else Words(
                "细则其后有改动，但得分相同。", "The rubric has changed since; the points are the same."
            )
        )
        _tell_differences(door, verdict.by_todays_rubric)


def _tell_differences(door: Door, differences: "Sequence[Difference]") -> None:
    for difference in differences:
        points = " → ".join("—" if row is None else row["score"] for row in (difference.a, difference.b))
        moved = signed(f"{difference.moved:.2f}")
        door.screen.paragraph(f"{difference.clause}  {points}  ({moved})", indent=2, tone="strong")
        for line in bundled_lines(difference.only_b, door.language):
            door.screen.paragraph(line, indent=4)


def _as_json(found: "Recorded", sealed: dict[str, Any], verdict: "Verdict") -> dict[str, Any]:
    return {
        "id": found.id,
        "branch": found.branch,
        "rubric": {
            "id": sealed["rubric"],
            "version": sealed["rubric_version"],
            "digest": sealed["rubric_digest"],
        },
        "period": sealed["period"],
        "on": sealed["on"],
        "ledger": {"position": sealed["position"], "head": sealed["head"]},
        "program": sealed["program"],
        "holds": verdict.holds,
        "tampered": list(verdict.tampered),
        "sealed_total": verdict.sealed_total,
        "total": verdict.total,
        "moved": _difference_rows(verdict.moved),
        "by_todays_rubric": None
        if verdict.by_todays_rubric is None
        else _difference_rows(verdict.by_todays_rubric),
    }


def _difference_rows(differences: "Sequence[Difference]") -> list[dict[str, Any]]:
    return [
        {
            "clause": d.clause,
            "a": None if d.a is None else d.a["score"],
            "b": None if d.b is None else d.b["score"],
            "entries_a": list(d.only_a),
            "entries_b": list(d.only_b),
        }
        for d in differences
    ]
