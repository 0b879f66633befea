"""How `zhibu notify list` shows recipients.

In: recipients and how their messages fare. Out: a table, or values for JSON, addresses masked. Deliberately
absent: the commands (`notify`), and what hides secrets (`ledger.masking`).
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cli.context import Door
from cli.ui.language import counted
from cli.ui.tables import Column, Table
from ledger.delivery.transports.transport import told
from ledger.events.vocabularies.papers import RUNGS
from ledger.masking import masked
from ledger.words import Words

if TYPE_CHECKING:
    from ledger.delivery.outbox import Standing
    from ledger.delivery.recipients import Recipient
    from projections.text.labels import Names

_LANGUAGES = {"zh": Words("中文", "Chinese"), "en": Words("英文", "English")}
_BESIDE, _LEAST, _END = 46, 24, 16
"""Columns that are not the address's; how many it has at least; characters at its end that always stay."""


def recipients_table(
    door: Door, recipients: "Sequence[Recipient]", fares: "Mapping[int, Standing]", names: "Names"
) -> Table:
    """Return the table of recipients, those in trouble in red."""
    table = Table(
        [
            Column(Words("序号", "id"), right=True, whole=True),
            Column(Words("地址", "address"), whole=True),
            Column(Words("支部：提醒时点", "branch: rungs")),
            Column(Words("语言", "language"), whole=True),
            Column(Words("状态", "state")),
        ]
    )
    for one in recipients:
        fare = fares.get(one.id)
        table.add(
            str(one.id),
            _narrowed(masked(one.url), max(_LEAST, door.screen.columns - _BESIDE)),
            "\n".join(_wants(door, names.branch(branch), rungs) for branch, rungs in one.wants.items()),
            _LANGUAGES[one.language].pick(door.language),
            _state(door, one, fare),
            tone="bad" if one.stopped or (fare is not None and (fare.failing or fare.given_up)) else "plain",
        )
    return table


def _narrowed(address: str, columns: int) -> str:
    """Cut out of the middle of a masked address what would not fit into so many columns."""
    end = "…" + address[-_END:]
    return address if len(address) <= columns else address[: columns - len(end)] + end


def _wants(door: Door, branch: Words, rungs: Sequence[str]) -> str:
    words = Words("、".join(RUNGS[r].label.zh for r in rungs), ", ".join(RUNGS[r].label.en for r in rungs))
    if len(rungs) == len(RUNGS):
        words = Words("全部", "all")
    return Words(f"{branch.zh}：{words.zh}", f"{branch.en}: {words.en}").pick(door.language)


def _state(door: Door, one: "Recipient", fare: "Standing | None") -> str:
    if fare is None:
        return Words("尚未发过", "nothing sent yet").pick(door.language)
    said = []
    if one.stopped is not None:
        why = told(one.stopped)
        said.append(Words(f"已停发：{why.zh}；请更换地址", f"tried no more: {why.en}; change the address"))
    if fare.last_delivered_at is not None:
        at = door.local(fare.last_delivered_at.isoformat())
        said.append(Words(f"最近送达 {at}", f"last delivered {at}"))
    if one.stopped is None and fare.failing and fare.last_error is not None:
        why = told(fare.last_error)
        said.append(
            Words(
                f"发不出去：{why.zh}（已试 {fare.attempts} 次）",
                f"failing: {why.en} ({counted(fare.attempts, 'attempt')})",
            )
        )
    if fare.waiting:
        said.append(Words(f"{fare.waiting} 条待发", f"{fare.waiting} waiting"))
    if fare.given_up:
        said.append(Words(f"{fare.given_up} 条已放弃", f"{fare.given_up} given up"))
    return "\n".join(words.pick(door.language) for words in said)


def as_json(one: "Recipient", fare: "Standing | None") -> dict[str, Any]:
    """Return a recipient as `--format json` shows it."""
    from ledger.store.codec import instant_text

    delivered = fare.last_delivered_at if fare else None
    return {
        "id": one.id,
        "address": masked(one.url),
        "language": one.language,
        "wants": {branch: list(rungs) for branch, rungs in one.wants.items()},
        "waiting": fare.waiting if fare else 0,
        "failing": fare.failing if fare else 0,
        "given_up": fare.given_up if fare else 0,
        "attempts": fare.attempts if fare else 0,
        "stopped": one.stopped,
        "last_error": fare.last_error if fare else None,
        "last_delivered_at": instant_text(delivered) if delivered else None,
    }
