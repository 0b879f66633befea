"""Recipients that drip, never end, hang up, send elsewhere: given up in time, and nobody else is held up."""

import time

from ledger.delivery.transports.process import TOTAL_SECONDS, Sender
from tests.ledger.delivery.servers import hook
from tests.ledger.delivery.test_misbehaving import NOW, bomb, drip, drip_body, endless, robot, server, webhook
from tests.soak.table import Row, Share

_SLACK = 15.0


def misbehaving(share: Share) -> list[Row]:
    """Send to each kind in turn, with the total time that the program really gives."""
    row = Row("recipients that drip, never end, or unpack to 300 MB")
    answers = [endless, bomb, drip, drip_body]
    sender = Sender()
    try:
        with hook() as well:
            for number in share.until_over(16):
                answer = answers[number % len(answers)]
                address = (webhook, robot)[number // len(answers) % 2]
                with server(answer) as port:
                    began = time.monotonic()
                    refusal = sender.send(address(port), "标题", "一", NOW)
                    took = time.monotonic() - began
                loss = None
                if refusal is None or took > TOTAL_SECONDS + _SLACK:
                    loss = f"{answer.__name__}: {refusal} after {took:.0f} s"
                elif sender.send(well.url(), "标题", "一", NOW) is not None:
                    loss = f"after {answer.__name__} the next one got nothing"
                row.note(loss)
    finally:
        sender.close()
    return [row]
