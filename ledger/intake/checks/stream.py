"""Whether an event may join its stream now.

Deliberately absent: the roster. Lines may come in any order, so that a member may pay before it is logged
that the member joined; only a registration comes first, and a target before what names it.
"""

from ledger.effective import NO_FACTS
from ledger.events import CATALOGUE, Event
from ledger.events.types.control import (
    EventCorrected,
    EventRetracted,
    ReminderAcknowledged,
    ReminderRaised,
    ScoreSealed,
)
from ledger.events.types.organizations import BranchRegistered
from ledger.events.values.shown import shown
from ledger.intake.checks.setting import Setting, nearest
from ledger.intake.streams import target_of
from ledger.problems import Problem
from ledger.words import Words

_USE_CORRECT = Words(
    zh="更名用 zhibu log branch-renamed，调整隶属用 zhibu log branch-moved，登记有误用 zhibu correct",
    en="Log branch_renamed or branch_moved for a new name or superior, "
    "or use `zhibu correct` where the registration is wrong",
)


def check_not_the_programs_own(event: Event, setting: Setting) -> Problem | None:
    """Reminders and seals are made by the program, never brought by a file or typed."""
    if setting.own:
        return None
    if isinstance(event.data, ReminderRaised):
        hint = Words(zh="提醒由 zhibu remind 发出", en="Reminders are raised by `zhibu remind`")
    elif isinstance(event.data, ScoreSealed):
        hint = Words(zh="请使用 zhibu seal", en="Use `zhibu seal`")
    else:
        return None
    return Problem(
        Words(
            zh="应为可以录入的类型；这类记录只由程序自己生成",
            en="must be a type that can be logged; only the program itself makes this one",
        ),
        "type",
        shown(event.type),
        hint,
    )


def check_branch_is_registered(event: Event, setting: Setting) -> Problem | None:
    """`branch_registered` is a stream's first event."""
    branch, streams = event.branch, setting.streams
    if isinstance(event.data, BranchRegistered):
        return None
    if streams.is_registered(branch) and setting.may_see(branch):
        return None
    if streams.is_forgiven(branch):
        return None
    return Problem(
        Words(zh="应为已登记的党组织", en="must be a registered branch"),
        "branch",
        shown(branch),
        nearest(branch, [code for code in streams.codes() if setting.may_see(code)])
        or Words(zh="请先登记该党组织（branch_registered）", en="Log its branch_registered first"),
    )


def check_branch_is_registered_once(event: Event, setting: Setting) -> Problem | None:
    """A second registration would have to change the first, and nothing is ever changed."""
    if not isinstance(event.data, BranchRegistered):
        return None
    if not setting.streams.is_registered(event.branch):
        return None
    return Problem(
        Words(zh="应为尚未登记的党组织", en="must be a branch that is not registered yet"),
        "branch",
        shown(event.branch),
        _USE_CORRECT,
    )


def check_target_is_in_the_stream(event: Event, setting: Setting) -> Problem | None:
    """A control event names an event of its own branch that came before it."""
    named = target_of(event)
    if named is None or setting.streams.is_forgiven(named):
        return None
    target = setting.streams.target(named)
    if target is None or not setting.may_see(target.branch):
        hint = Words(
            zh="编号见 zhibu history；在文件中，被指的记录应写在前面",
            en="`zhibu history` tells ids; in a file, an event comes before what names it",
        )
    elif target.branch != event.branch:
        hint = Words(zh=f"该记录属于“{target.branch}”", en=f'It is an event of "{target.branch}"')
    else:
        return None
    return Problem(
        Words(zh="应为本支部已有记录的编号", en="must be the id of an earlier event of the same branch"),
        "data.target",
        shown(named),
        hint,
    )


def check_target_may_be_acknowledged(event: Event, setting: Setting) -> Problem | None:
    """Only a reminder is acknowledged."""
    word = _target_type(event, setting)
    if word in (None, ReminderRaised.type_word) or not isinstance(event.data, ReminderAcknowledged):
        return None
    return Problem(
        Words(zh="应为一条提醒（reminder_raised）", en="must be a reminder (reminder_raised)"),
        "data.target",
        shown(word),
        Words(zh="编号见 zhibu reminders", en="`zhibu reminders` tells their ids"),
    )


def check_target_may_be_retracted(event: Event, setting: Setting) -> Problem | None:
    """Control events stand, but for corrections; a registration stands while anything else of it does."""
    word = _target_type(event, setting)
    if word is None or not isinstance(event.data, EventRetracted):
        return None
    if word == BranchRegistered.type_word:
        return _registration_stands(event.branch, event.data.target, setting)
    if word not in NO_FACTS or word == EventCorrected.type_word:
        return None
    return Problem(
        Words(
            zh="更正与程序记录中只有更正可以撤销",
            en="must not be a control event, unless it is a correction",
        ),
        "data.target",
        shown(word),
    )


def _registration_stands(branch: str, registration: str, setting: Setting) -> Problem | None:
    others = list(setting.streams.still_standing(branch, registration))
    if not others:
        return None
    type_word, day, position = others[0]
    label = CATALOGUE[type_word].label
    zh = f"{day}“{label.zh}”" + (f"（序号 {position}）" if position else "")
    en = f'"{label.en}" of {day}' + (f" (position {position})" if position else "")
    return Problem(
        Words(
            zh="该支部还有其他记录作数时，不得撤销建立党组织的记录",
            en="must not be the registration of the branch while anything else of it stands",
        ),
        "data.target",
        shown(BranchRegistered.type_word),
        Words(zh=f"还有 {len(others)} 条，如 {zh}。{_USE_CORRECT.zh}", en=f"{en} stands. {_USE_CORRECT.en}"),
    )


def check_target_may_be_corrected(event: Event, setting: Setting) -> Problem | None:
    """A control event is not corrected."""
    word = _target_type(event, setting)
    if word is None or word not in NO_FACTS or not isinstance(event.data, EventCorrected):
        return None
    return Problem(
        Words(zh="不得为更正与程序记录", en="must not be a control event"),
        "data.target",
        shown(word),
        Words(
            zh="请再次更正原记录，或撤销原来的更正",
            en="Correct the event itself once more, or retract the correction",
        )
        if word == EventCorrected.type_word
        else None,
    )


def check_target_stands(event: Event, setting: Setting) -> Problem | None:
    """What was retracted can be named no more."""
    named = target_of(event)
    if named is None or not setting.streams.is_retracted(event.branch, named):
        return None
    return Problem(
        Words(zh="不得为已撤销的记录", en="must not be an event that was retracted"),
        "data.target",
        shown(named),
        Words(zh="如需再次作数，请重新录入", en="Log it anew if it is to count again"),
    )


def _target_type(event: Event, setting: Setting) -> str | None:
    """Return the type of what a control event names, where that is an event of its own branch."""
    named = target_of(event)
    target = None if named is None else setting.streams.target(named)
    return target.type if target is not None and target.branch == event.branch else None
