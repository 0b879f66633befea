"""`zhibu draw`: a random check's sample of members, which anybody can repeat and nobody can choose.

In: a branch, a share, a day. Out: the codes drawn. Deliberately absent: how they are drawn
(`projections.answers.draw`).
"""

from fractions import Fraction
from typing import Annotated

import typer

from cli.commands.options import On, OneBranch, TableOrJson, one_of, required
from cli.commands.record.recording import require_branches
from cli.commands.score.replaying import AsOfOption
from cli.context import SaysNo, WrongUsage, door_of, parse_day
from cli.ui.language import both
from ledger.words import Words


def draw(
    context: typer.Context,
    branch: OneBranch = None,
    share: Annotated[
        str,
        typer.Option(
            "--share",
            metavar="SHARE",
            help=both("抽取比例，如 0.1；至少抽 1 人", "the share, such as 0.1; one member at least"),
            show_default="0.1",
        ),
    ] = "0.1",
    on: On = None,
    as_of: AsOfOption = None,
    format_: TableOrJson = "table",
) -> None:
    """Draw members for a random check."""
    from projections.answers.draw import drawn_members, seed_of
    from projections.answers.named import read_names
    from projections.answers.scoring import head_at, position_of
    from projections.engine.reading.roster import members_on

    door = door_of(context)
    one_of("--format", format_, ("table", "json"))
    branch = required(branch, "--branch")
    part = _parse_share(share)
    with door.open() as store:
        require_branches(store, [branch])
        day = parse_day(on, "--on") or door.today(store)
        position = position_of(store, as_of, door.zone(store))
        seed = head_at(store, position)
        members = members_on(store, branch, day, upto=position)
        names = read_names(store, codes=door.codes).at(branch)
    if not members:
        raise SaysNo(
            Words(f"{day} 党组织 {branch} 名册上无人。", f"nobody is on the roster of {branch} on {day}.")
        )
    drawn = drawn_members(members, part, seed_of(seed, branch, day))
    if format_ == "json":
        door.screen.document(
            {
                "branch": branch,
                "on": day.isoformat(),
                "share": share,
                "of": len(members),
                "members": drawn,
                "ledger": {"position": position, "head": seed},
            }
        )
        return
    door.screen.paragraph(
        Words(
            f"{names.branch(branch).zh}，{day}：{len(members)} 人中抽 {len(drawn)} 人，抽签号为"
            f"第 {position} 条的校验码 {seed}",
            f"{names.branch(branch).en}, {day}: {len(drawn)} of {len(members)}, "
            f"seeded by the hash at position {position}, {seed}",
        ),
        tone="faint",
    )
    for member in drawn:
        door.screen.say(names.member(member))


def _parse_share(text: str) -> Fraction:
    from projections.answers.draw import parse_share

    share = parse_share(text)
    if share is None:
        raise WrongUsage(
            Words(
                f"--share 应为 0 与 1 之间的比例，如 0.1，实际为 {text}。",
                f"--share must be a share between 0 and 1, such as 0.1, got {text}.",
            )
        )
    return share
