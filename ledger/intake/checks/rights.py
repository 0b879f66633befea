"""Whether the account that writes may write just this: the last word on rights, whatever door was used.

Deliberately absent: what a role may do (`access`); asking before anything is read (the doors do).
"""

import orjson

from ledger.events import Event
from ledger.events.types.control import EventCorrected, EventRetracted, ReminderAcknowledged
from ledger.events.values.shown import shown
from ledger.intake.checks.setting import Rights, Setting
from ledger.intake.streams import Target, target_of
from ledger.problems import Problem
from ledger.words import Words

NO_RIGHT = Words("不在本账户的权限之内", "is not within the rights of this account")
"""What the problem says of an event that the account may not write, for doors that answer by a status."""


def check_is_recorded_by_the_account(event: Event, setting: Setting) -> Problem | None:
    """Nobody can write in another's name."""
    rights = setting.rights
    if rights is None or event.recorded_by == rights.code:
        return None
    words = Words("应为本账户的代码，或省去", "must be the account's own code, or be left out")
    return Problem(words, "recorded_by", shown(event.recorded_by))


def check_may_be_written(event: Event, setting: Setting) -> Problem | None:
    """The right over a branch and a type; of a control event, over its target and what it makes of that."""
    rights = setting.rights
    if rights is None or setting.own:
        return None
    named = target_of(event)
    if named is None or isinstance(event.data, ReminderAcknowledged):
        payload = event.data.model_dump(mode="json")
        return None if rights.may_write(event.branch, event.type, payload) else _no_right(event.type)
    if setting.streams.is_forgiven(named):
        return None
    return None if _may_change(event, named, setting, rights) else _no_right(event.type)


def check_superior_is_in_sight(event: Event, setting: Setting) -> Problem | None:
    """Who may not read an organisation is told that it does not exist, and can put nothing below it."""
    if setting.rights is None:
        return None
    data = event.data.data if isinstance(event.data, EventCorrected) else event.data.model_dump(mode="json")
    superior = data.get("parent")
    if not isinstance(superior, str) or setting.may_see(superior):
        return None
    words = Words("应为已登记的党组织", "must be a registered branch")
    return Problem(words, "data.parent", shown(superior))


def _may_change(event: Event, named: str, setting: Setting, rights: Rights) -> bool:
    target = setting.streams.target(named)
    if target is None or not rights.may_read(target.branch):
        return True  # as an id that is not there: another check says so
    if target.type == EventCorrected.type_word and isinstance(event.data, EventRetracted):
        correction = orjson.loads(target.data)
        found = setting.streams.any_target(str(correction["target"]))
        contents = [] if found is None else [(found.type, _payload(found)), (found.type, correction["data"])]
    else:
        contents = [(target.type, _payload(target))]
    if isinstance(event.data, EventCorrected):
        contents.append((target.type, event.data.data))
    return bool(contents) and all(
        rights.may_write(event.branch, type_word, content) for type_word, content in contents
    )


def _payload(target: Target) -> dict[str, object]:
    payload: dict[str, object] = orjson.loads(target.data)
    return payload


def _no_right(type_word: str) -> Problem:
    return Problem(NO_RIGHT, "type", shown(type_word))
