"""What an event must satisfy, given the stream that it joins: a visible list of small functions.

In: one parsed event and the `Setting`. Out: the Problems, none where it may be appended. Deliberately absent:
what an event must satisfy by itself (the catalogue's models see to that when they parse), and appending.
"""

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from ledger.errors import Refused
from ledger.events import Event, Payload
from ledger.events.types.control import (
    EventCorrected,
    EventRetracted,
    ReminderAcknowledged,
    ReminderRaised,
    ScoreSealed,
)
from ledger.events.types.judgements import ClauseAssessed, ClauseWaived, GradesTallied
from ledger.events.types.organizations import (
    BranchDissolved,
    BranchMoved,
    BranchRegistered,
    RubricAdopted,
)
from ledger.intake.checks.contents import (
    check_another_is_named,
    check_clause_is_graded,
    check_clause_is_known,
    check_day_is_not_ahead,
    check_no_number_of_a_person,
    check_points_fit_the_clause,
    check_rubric_is_known,
    may_hold_personal_number,
)
from ledger.intake.checks.rights import (
    check_is_recorded_by_the_account,
    check_may_be_written,
    check_superior_is_in_sight,
)
from ledger.intake.checks.setting import (
    Check,
    ClauseFacts,
    KnownRubrics,
    Rights,
    Setting,
    effective,
    in_one_form,
    retold,
)
from ledger.intake.checks.stream import (
    check_branch_is_registered,
    check_branch_is_registered_once,
    check_not_the_programs_own,
    check_target_is_in_the_stream,
    check_target_may_be_acknowledged,
    check_target_may_be_corrected,
    check_target_may_be_retracted,
    check_target_stands,
)
from ledger.intake.ready import Ready
from ledger.problems import Problem

__all__ = [
    "BY_TYPE",
    "CONTENT_CHECKS",
    "EVERY_EVENT",
    "QUICKLY",
    "Check",
    "ClauseFacts",
    "KnownRubrics",
    "Rights",
    "Setting",
    "in_one_form",
    "is_fine",
    "problems_of",
]

Quick = Callable[[Ready, Setting], bool]
"""Says of an event that was kept as texts that a check has nothing against it; where it may, it says no."""


def _is_unrestricted(_: Ready, setting: Setting) -> bool:
    return setting.rights is None


def _is_registered(said: Ready, setting: Setting) -> bool:
    return setting.streams.is_registered(said.branch)


def _is_not_ahead(said: Ready, setting: Setting) -> bool:
    return said.occurred_on <= setting.today_text


def _has_no_number(said: Ready, _: Setting) -> bool:
    return not may_hold_personal_number(said.type, said.data)


QUICKLY: Mapping[Check, Quick] = MappingProxyType(
    {
        check_branch_is_registered: _is_registered,
        check_day_is_not_ahead: _is_not_ahead,
        check_is_recorded_by_the_account: _is_unrestricted,
        check_may_be_written: _is_unrestricted,
        check_superior_is_in_sight: _is_unrestricted,
        check_no_number_of_a_person: _has_no_number,
    }
)
"""What every event must satisfy, of whatever type, and how that is seen quickly."""
EVERY_EVENT: tuple[Check, ...] = tuple(QUICKLY)
_QUICK = tuple(dict.fromkeys(QUICKLY.values()))

BY_TYPE: Mapping[type[Payload], tuple[Check, ...]] = MappingProxyType(
    {
        BranchRegistered: (
            check_branch_is_registered_once,
            check_another_is_named,
        ),
        BranchMoved: (check_another_is_named,),
        BranchDissolved: (check_another_is_named,),
        RubricAdopted: (check_rubric_is_known,),
        ClauseAssessed: (
            check_rubric_is_known,
            check_clause_is_known,
            check_points_fit_the_clause,
        ),
        ClauseWaived: (
            check_rubric_is_known,
            check_clause_is_known,
        ),
        GradesTallied: (
            check_rubric_is_known,
            check_clause_is_known,
            check_clause_is_graded,
        ),
        EventRetracted: (
            check_target_is_in_the_stream,
            check_target_stands,
            check_target_may_be_retracted,
        ),
        EventCorrected: (
            check_target_is_in_the_stream,
            check_target_stands,
            check_target_may_be_corrected,
        ),
        ReminderRaised: (check_not_the_programs_own,),
        ReminderAcknowledged: (
            check_target_is_in_the_stream,
            check_target_stands,
            check_target_may_be_acknowledged,
        ),
        ScoreSealed: (check_not_the_programs_own,),
    }
)
"""What an event of a type must satisfy besides."""

CONTENT_CHECKS = frozenset(
    {
        check_day_is_not_ahead,
        check_no_number_of_a_person,
        check_another_is_named,
        check_rubric_is_known,
        check_clause_is_known,
        check_points_fit_the_clause,
        check_clause_is_graded,
    }
)
"""Those that look at what is said, not at the stream; they hold for what a correction makes of its target."""


def problems_of(event: Event, setting: Setting) -> list[Problem]:
    """Return what is wrong with an event, in the order of the lists.

    A correction is checked as itself first, then as the event that would stand; what is wrong with that is
    told as the correction's own (`data.occurred_on`, `data.data.points`).
    """
    checks = _checks_of(type(event.data))
    problems = [problem for check in checks if (problem := check(event, setting)) is not None]
    if problems or not isinstance(event.data, EventCorrected):
        return problems
    target = setting.streams.standing(event.data.target)
    if target is None:
        # Forgiven: the event that it names was refused itself.
        return problems
    try:
        stands = effective(event, target)
    except Refused as refused:
        return list(refused.problems)
    return [
        retold(problem)
        for check in _checks_of(type(stands.data))
        if check in CONTENT_CHECKS and (problem := check(stands, setting)) is not None
    ]


def is_fine(said: Ready, setting: Setting) -> bool:
    """Say quickly whether an event of a type that is in none of the lists satisfies what every one must;
    where it may not, `problems_of` has the word.
    """
    for quick in _QUICK:  # noqa: SIM110 -- all() makes a generator a line
        if not quick(said, setting):
            return False
    return True


@cache
def _checks_of(payload: type[Payload]) -> tuple[Check, ...]:
    return EVERY_EVENT + BY_TYPE.get(payload, ())
