"""Recipients that drip, never end, hang up, send elsewhere: given up in time, and nobody else is held up."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from ledger.delivery.transports.process import TOTAL_SECONDS, Sender
from tests.ledger.delivery.servers import Hook, hook
from tests.ledger.delivery.test_misbehaving import (
    NOW,
    bomb,
    drip,
    drip_body,
    endless,
    greet_slowly,
    robot,
    server,
    webhook,
)
from tests.soak.table import Row, Share

_SLACK = 15.0
_MISBEHAVIOURS: dict[str, Callable[..., None]] = {
    "drips": drip,
    "drips its body": drip_body,
    "never ends": endless,
    "unpacks to 300 MB": bomb,
}


def _mail(port: int) -> str:
    return f"mailto://u:p@127.0.0.1:{port}?to=a@b.org&from=z@b.org&mode=insecure"


CASES = [(answer, address) for answer in _MISBEHAVIOURS.values() for address in (webhook, robot)] + [
    (greet_slowly, _mail)
]


def misbehaving(share: Share) -> list[Row]:
    """Send to each kind, three at a time, with the total time that the program really gives."""
    rounds = 2
    row = Row("recipients that drip, never end, or unpack to 300 MB", len(CASES) * rounds)
    with hook() as well, ThreadPoolExecutor(3) as side_by_side:
        for _ in share.until_over(rounds):
            for loss in side_by_side.map(lambda case: _one(well, *case), CASES):
                row.note(loss)
    return [row]


def _one(well: Hook, answer: Callable[..., None], address: Callable[[int], str]) -> str | None:
    sender = Sender()
    try:
        # So that what is measured begins when the message leaves.
        sender.send(well.url(), "标题", "一", NOW)
        with server(answer) as port:
            began = time.monotonic()
            refusal = sender.send(address(port), "标题", "一", NOW)
            took = time.monotonic() - began
        if refusal is None or took > TOTAL_SECONDS + _SLACK:
            return f"{answer.__name__}: {refusal} after {took:.0f} s"
        if sender.send(well.url(), "标题", "一", NOW) is not None:
            return f"after {answer.__name__} the next one got nothing"
        return None
    finally:
        sender.close()
