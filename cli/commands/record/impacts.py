"""What new events count for, told after they are in the log: by `log`, `retract`, `correct` and `import`.

In: what was recorded, or would be. Out: sentences: the clauses that gain or lose, the obligations that are
met, what is due next, members on no roster. Deliberately absent: finding it (`projections.answers.impacts`).
"""

from typing import TYPE_CHECKING

from cli.context import Door
from cli.library import library
from cli.ui.language import noted
from ledger.words import Words, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledger.intake.batch import Outcome
    from ledger.store.codec import Recorded
    from ledger.store.event_store import Store
    from projections.answers.impacts import Impacts
    from projections.engine.entries import Obligation

_MOST_TOLD = 8
"""Of so many branches an import tells a line each."""


def impacts_of(door: Door, store: "Store", outcomes: "Sequence[Outcome]") -> "Impacts":
    """Return what those of the events count for, stored or of a trial, that were not there already."""
    return impacts_of_events(door, store, [one.recorded for one in outcomes if one.appended])


def impacts_of_events(door: Door, store: "Store", events: "Sequence[Recorded]") -> "Impacts":
    """Return what events count for, stored or of a trial."""
    from projections.answers.impacts import find_impacts

    upto = min((one.position for one in events), default=1) - 1
    return find_impacts(store, events, library().take, today=door.today(store), upto=upto)


def impacts_after(door: Door, store: "Store", position: int) -> "Impacts | None":
    """Return what the events after a position count for; None where they are of too many branches."""
    from projections.answers.impacts import find_impacts_after

    return find_impacts_after(store, position, library().take, today=door.today(store))


def tell_impacts(door: Door, store: "Store", outcomes: "Sequence[Outcome]") -> None:
    """Say what some events count for."""
    impacts = impacts_of(door, store, outcomes)
    for words in impact_lines(impacts, [one.recorded for one in outcomes if one.appended]):
        door.screen.paragraph(words)


def tell_logged(door: Door, store: "Store", outcome: "Outcome", impacts: "Impacts", *, aside: bool) -> None:
    """Say what one event counts for, and what should be known about it; `aside`: on standard error."""
    from projections.answers.at_entry import crowded, odd_dues, strangers_in
    from projections.text.impacts import crowded_words, odd_dues_words, stranger_words

    event, screen = outcome.recorded, door.screen
    if not outcome.appended:
        return
    say = screen.aside if aside else screen.paragraph
    for words in impact_lines(impacts, [event]):
        say(words)
    for stranger in strangers_in(store, [event]):
        screen.warn(noted(stranger_words(stranger)))
    for odd in odd_dues(store, event):
        screen.warn(noted(odd_dues_words(odd)))
    if (too_many := crowded(event)) is not None:
        screen.warn(noted(crowded_words(too_many)))
    for unusable in impacts.unusable:
        screen.warn(noted(unusable.words))
    for words in _uncounted(impacts, event):
        screen.warn(noted(words))
    following = next_due(door, store, event.branch, impacts)
    if following is not None:
        from projections.text.impacts import next_words

        say(next_words(following.what, following.clause, following.due_on))


def impact_lines(impacts: "Impacts", events: "Sequence[Recorded]") -> "Iterable[Words]":
    """Yield what each clause gains or loses, and the obligations that are met by it."""
    if not impacts.found:
        return
    from projections.answers.impacts import rules_behind
    from projections.text.impacts import duty_words, impact_words

    by_id = {event.id: event for event in events}
    branches = {event.branch for event in events}
    for one in impacts.found:
        plan = impacts.plans[one.rubric]
        lost_by = [
            rule
            for id_ in one.events
            if one.score_after < one.score_before and id_ in by_id
            for rule in rules_behind(plan, one.clause, by_id[id_])
        ]
        own = one.branch if one.branch in branches else ""
        yield impact_words(one, plan.rubric, lost_by, branch=own)
    yield from duty_words(impacts.found)


_SCENERY = frozenset(
    {
        "branch_registered", "branch_renamed", "branch_moved", "branch_dissolved", "rubric_adopted",
        "rubric_dropped", "member_joined", "member_left", "member_transferred", "role_assigned",
        "member_exempted", "term_began", "development_stage_reached", "event_retracted", "event_corrected",
        "reminder_acknowledged", "dues_remitted",
    }
)  # fmt: skip
"""Types that are logged for what they change, not for what they count."""


def _uncounted(impacts: "Impacts", event: "Recorded") -> "Iterable[Words]":
    """Say that no adopted form counts an event, and the nearest that one does count."""
    from projections.text.impacts import no_form_words, not_counted_words

    if event.type in _SCENERY or impacts.found:
        return
    adopted = [plan for id_, plan in impacts.plans.items() if id_ in impacts.adopted]
    if not adopted:
        if not impacts.unusable:
            yield no_form_words(event.branch)
        return
    from projections.answers.at_entry import nearest_that_counts

    near = nearest_that_counts(adopted, event)
    yield not_counted_words([plan.rubric.id for plan in adopted], near)


def next_due(door: Door, store: "Store", branch: str, impacts: "Impacts") -> "Obligation | None":
    """Return what a branch owes next, by any of the forms that it has adopted."""
    plans = [plan for id_, plan in impacts.plans.items() if id_ in impacts.adopted]
    if not plans:
        return None
    from projections.engine.replays import obligations

    today = door.today(store)
    found = obligations(
        store,
        plans,
        on=today,
        upto=store.head().position,
        branches=[branch],
        until=today.replace(month=12, day=31),
        unmet_only=True,
    )
    ahead = [one for one in found if one.due_on >= today]
    return min(ahead, key=lambda one: (one.due_on, one.advisory, one.order), default=None)


def tell_import(door: Door, store: "Store", position: int, appended: int) -> None:
    """Say that events are durable, then what those after a position have met and what is due next.

    That is a line a branch at most; where there are many branches, one for all; and who of their members is
    on no roster.
    """
    from projections.answers.at_entry import strangers_in
    from projections.engine.reading.tree import read_tree
    from projections.text.impacts import strangers_words

    tree = read_tree(store, upto=store.head().position)
    if any(organization.adoptions for organization in tree.values()):
        door.screen.tell(
            Words(f"{appended} 条已写入台账。", f"{counted(appended, '', 'event').en} in the ledger.")
        )
        for words in _met_by_import(door, store, impacts_after(door, store, position)):
            door.screen.paragraph(words)
    strangers = strangers_in(store, store.read(after=position))
    if strangers:
        door.screen.warn(noted(strangers_words(strangers)))


def _met_by_import(door: Door, store: "Store", impacts: "Impacts | None") -> "Iterable[Words]":
    if impacts is None:
        yield Words(
            "各支部还有什么待办：zhibu due --branch 支部",
            "what each branch still owes: zhibu due --branch CODE",
        )
        return
    from projections.answers.named import read_names

    branches, names = impacts.branches, read_names(store, members=False)
    if not impacts.adopted:
        return
    met = {
        branch: {duty.obligation for one in impacts.found if one.branch == branch for duty in one.met}
        for branch in branches
    }
    if len(branches) > _MOST_TOLD:
        total = sum(map(len, met.values()))
        said = counted(len(branches), "个支部", "branch")
        if total:
            obligations = counted(total, "件", "obligation")
            said += Words(f"，本次落实应办 {obligations.zh}", f", {obligations.en} met")
        yield said + Words(
            "；各支部还有什么待办：zhibu due --branch 支部", "; what each still owes: zhibu due --branch CODE"
        )
        return
    for branch in branches:
        following = next_due(door, store, branch, impacts)
        if met[branch] or following:
            yield _line(names.branch(branch), len(met[branch]), following)


def _line(branch: Words, met: int, following: "Obligation | None") -> Words:
    """Say both in one sentence."""
    done = Words(f"本次落实应办 {met} 件", f"{met} met")

    parts = [done] if met else []
    if following:
        from projections.text.impacts import next_words

        parts.append(next_words(following.what, following.clause, following.due_on))
    zh, en = "；".join(part.zh for part in parts), "; ".join(part.en for part in parts)
    return Words(f"{branch.zh}：{zh}", f"{branch.en}: {en}")
