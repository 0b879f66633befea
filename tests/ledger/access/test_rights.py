"""Who may do what, against a written table; and the ledger's intake, which holds it whatever the door."""

from collections.abc import Iterator

import pytest

from ledger.access.actors import Actor, Decision, Grant, Right, RightsInTree, decide
from ledger.access.roles import ROLES, Role
from ledger.access.scopes import read_tree
from ledger.errors import Refused
from ledger.intake.batch import ClauseFacts, record_each
from ledger.store.event_store import Store
from tests.ledger.access.committee import NOW, TODAY, event, register_all

KNOWN = {"form": {"1.1": ClauseFacts(1_000, graded=False)}}


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    with Store.open(sqlite_url) as opened:
        register_all(opened)
        yield opened


def actor(role: Role, over: str) -> Actor:
    return Actor("a1", (Grant(role, "" if role in ("auditor", "keeper") else over),))


# what a role over g1 (below c1, above b11) may do: read, log, assess, administer its own; then others
_ = {"A": Decision.ALLOWED, "F": Decision.FORBIDDEN, "H": Decision.HIDDEN}
TABLE = """
             own g1   sibling b1   parent c1   child b11   other b2   unknown zz
secretary    AAFF     HHHH         HHHH        HHHH        HHHH       HHHH
reader       AFFF     HHHH         HHHH        AFFF        HHHH       HHHH
department   AFAF     HHHH         HHHH        AFAF        HHHH       HHHH
office       AAAA     HHHH         HHHH        AAAA        HHHH       HHHH
auditor      AFFF     AFFF         AFFF        AFFF        AFFF       HHHH
keeper       HHHH     HHHH         HHHH        HHHH        HHHH       HHHH
"""
PLACES = ("g1", "b1", "c1", "b11", "b2", "zz")
ROWS = [line.split() for line in TABLE.strip().splitlines()[1:]]


@pytest.mark.parametrize(("role", "cells"), [(row[0], row[1:]) for row in ROWS], ids=[row[0] for row in ROWS])
def test_each_role_may_do_what_the_table_says_and_the_rest_is_hidden(
    store: Store, role: Role, cells: list[str]
) -> None:
    tree, who = read_tree(store), actor(role, "g1")
    rights = (Right.READ, Right.LOG, Right.ASSESS, Right.OFFICE)
    found = ["".join(decide(who, right, place, tree).name[0] for right in rights) for place in PLACES]
    assert found == cells


def test_every_role_stands_in_the_table() -> None:
    assert [row[0] for row in ROWS] == list(ROLES)


def test_a_grant_follows_the_organisation_where_it_stands_today(store: Store) -> None:
    office = actor("office", "c2")
    assert decide(office, Right.READ, "b11", read_tree(store)) is Decision.HIDDEN
    [registration] = [one for one in store.read(types={"branch_registered"}) if one.branch == "g1"]
    moved = event(
        "g1",
        "event_corrected",
        {
            "target": registration.id,
            "reason": "moved",
            "data": {"name": "g1", "organization": "general_branch", "parent": "c2"},
        },
    )
    record_each(store, [moved], now=NOW, today=TODAY, known={})
    assert decide(office, Right.READ, "b11", read_tree(store)) is Decision.ALLOWED


def write(
    store: Store, who: Actor, branch: str, type_word: str, data: dict[str, object], **more: object
) -> str:
    given = event(branch, type_word, data, recorded_by=who.code, **more)
    rights = RightsInTree(who, read_tree(store))
    [outcome] = record_each(store, [given], now=NOW, today=TODAY, known=KNOWN, rights=rights)
    return outcome.recorded.id


def refused(
    store: Store, who: Actor, branch: str, type_word: str, data: dict[str, object], **more: object
) -> str:
    before = store.head()
    with pytest.raises(Refused) as caught:
        write(store, who, branch, type_word, data, **more)
    assert store.head() == before
    return caught.value.problems[0].field or ""


JUDGED: dict[str, object] = {"rubric": "form", "clause": "1.1", "points": "8", "assessor": "self"}


def test_a_secretary_logs_meetings_and_self_assessments_and_nothing_of_the_offices(store: Store) -> None:
    secretary = actor("secretary", "b1")
    write(store, secretary, "b1", "meeting_held", {"kind": "committee_meeting"})
    write(store, secretary, "b1", "clause_assessed", JUDGED)
    assert refused(store, secretary, "b1", "clause_assessed", {**JUDGED, "assessor": "superior"}) == "type"
    assert refused(store, secretary, "b1", "member_exempted", {"member": "m1", "duty": "all"}) == "type"
    assert refused(store, secretary, "b1", "rubric_adopted", {"rubric": "form"}) == "type"
    assert refused(store, secretary, "b2", "meeting_held", {"kind": "committee_meeting"}) == "branch"


def test_nobody_turns_an_own_assessment_into_a_superiors_nor_takes_anothers_back(store: Store) -> None:
    secretary, office = actor("secretary", "b1"), actor("office", "c1")
    own = write(store, secretary, "b1", "clause_assessed", JUDGED)
    theirs = write(store, office, "b1", "clause_assessed", {**JUDGED, "assessor": "superior"})
    turned = {"target": own, "reason": "x", "data": {**JUDGED, "assessor": "superior"}}
    assert refused(store, secretary, "b1", "event_corrected", turned) == "type"
    assert refused(store, secretary, "b1", "event_retracted", {"target": theirs, "reason": "x"}) == "type"
    assert refused(store, office, "b1", "event_retracted", {"target": own, "reason": "x"}) == "type"
    correction = write(
        store, office, "b1", "event_corrected",
        {"target": theirs, "reason": "x", "data": {**JUDGED, "assessor": "superior", "points": "7"}},
    )  # fmt: skip
    assert refused(store, secretary, "b1", "event_retracted", {"target": correction, "reason": "x"}) == "type"
    write(store, office, "b1", "event_retracted", {"target": correction, "reason": "x"})
    write(store, secretary, "b1", "event_retracted", {"target": own, "reason": "x"})


def test_what_lies_outside_the_scope_is_answered_as_if_it_did_not_exist(store: Store) -> None:
    secretary = actor("secretary", "b1")
    foreign = write(store, actor("office", "c2"), "b2", "meeting_held", {"kind": "committee_meeting"})
    unknown = "0198c0de-0000-7000-8000-000000000000"
    said = []
    for target in (foreign, unknown):
        with pytest.raises(Refused) as caught:
            write(store, secretary, "b1", "event_retracted", {"target": target, "reason": "x"})
        said.append(caught.value.words.zh.replace(target, "ID") + caught.value.words.en.replace(target, "ID"))
    assert said[0] == said[1]
    with pytest.raises(Refused) as caught:
        write(store, secretary, "b22", "meeting_held", {"kind": "committee_meeting"})
    assert "b2" not in caught.value.words.zh.replace("b22", "")


def test_an_office_registers_below_itself_and_not_below_others(store: Store) -> None:
    office = actor("office", "c1")
    write(store, office, "b13", "branch_registered", {"name": "新支部", "parent": "g1"})
    assert refused(store, office, "b14", "branch_registered", {"name": "新支部", "parent": "c2"}) == "type"
    assert refused(store, office, "b15", "branch_registered", {"name": "新支部"}) == "type"


def test_nobody_writes_in_anothers_name(store: Store) -> None:
    secretary = actor("secretary", "b1")
    given = event("b1", "meeting_held", {"kind": "study"}, recorded_by="somebody")
    rights = RightsInTree(secretary, read_tree(store))
    with pytest.raises(Refused) as caught:
        record_each(store, [given], now=NOW, today=TODAY, known={}, rights=rights)
    assert [problem.field for problem in caught.value.problems] == ["recorded_by"]
