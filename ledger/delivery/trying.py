"""A test message to a recipient, to see whether reminders reach it.

In: a recipient, who sends. Out: None where it was taken, else why not. Deliberately absent: which recipients.
"""

from datetime import datetime

from ledger.delivery.recipients import Recipient, resume_recipient
from ledger.delivery.transports.process import Sender
from ledger.delivery.transports.reasons import told
from ledger.store.event_store import Store
from ledger.words import Words

_TITLE = Words("支部提醒：测试", "Branch reminders: a test")
_BODY = Words("收到这条消息，说明提醒能够送达。", "Reminders reach you: this is what they come as.")


def try_recipient(store: Store, sender: Sender, one: Recipient, now: datetime) -> Words | None:
    """Send a test message; a recipient that was stopped and takes it is sent reminders again."""
    refusal = sender.send(one.url, _TITLE.pick(one.language), _BODY.pick(one.language), now)
    if refusal is not None:
        return told(refusal.reason)
    if one.stopped is not None:
        resume_recipient(store, one.id)
    return None
