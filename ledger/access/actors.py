"""Actors and what they may do: every decision about rights is taken here.

In: an actor's grants, the tree of organisations, what is wanted. Out: yes, no, or "as if it did not exist".
Deliberately absent: routes and commands (they name the right that they need), passwords, the log.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from ledger.access.roles import JUDGEMENT, POWERS, PROGRAMS_OWN, Powers, Role
from ledger.access.scopes import Tree
from ledger.effective import CONTROLS


class Grant(NamedTuple):
    """A role over an organisation; over the whole ledger (`""`) for auditors and keepers."""

    role: Role
    organisation: str = ""


class Right(Enum):
    """What a route, a command or a page needs.

    PUBLIC: nothing. ENTERED: to be somebody. READ: to read the organisation. LOG: to write some event of its
    own, apart from judgements of offices and departments. WRITE: to write any event of it, a judgement among
    them. ASSESS: to judge as its office or department. OFFICE: to
    administer it. ACCOUNTS: to keep accounts. AUDIT: to read the whole log. VISITS: to read the visits.
    """

    PUBLIC = "public"
    ENTERED = "entered"
    READ = "read"
    LOG = "log"
    WRITE = "write"
    ASSESS = "assess"
    OFFICE = "office"
    ACCOUNTS = "accounts"
    AUDIT = "audit"
    VISITS = "visits"
    HOLDER = "holder"


class Decision(Enum):
    """ALLOWED; FORBIDDEN: the organisation may be read, the right is missing; HIDDEN: as if not there."""

    ALLOWED = "allowed"
    FORBIDDEN = "forbidden"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks or writes. `code` is what `recorded_by` will say; the *holder* of the file has every right.

    `read_only`: came with a token that may not write.
    """

    code: str | None = None
    grants: tuple[Grant, ...] = ()
    holder: bool = False
    read_only: bool = False

    def powers_over(self, organisation: str, tree: Tree) -> list[Powers]:
        """Return the powers of every grant that reaches an organisation."""
        superiors = tuple(tree.above(organisation))
        found = []
        for grant in self.grants:
            powers = POWERS[grant.role]
            if powers.everywhere:
                if powers.reads:
                    found.append(powers)
            elif grant.organisation == organisation or (powers.below and grant.organisation in superiors):
                found.append(powers)
        return found

    @property
    def everywhere(self) -> list[Powers]:
        """The powers that are granted over the whole ledger."""
        return [POWERS[grant.role] for grant in self.grants if POWERS[grant.role].everywhere]

    @property
    def reads_all(self) -> bool:
        """Whether the whole log may be read."""
        return self.holder or any(powers.reads for powers in self.everywhere)

    def may_read(self, organisation: str, tree: Tree) -> bool:
        """Whether the organisation may be read; of one that is not there: whether anything would say so."""
        return self.holder or any(powers.reads for powers in self.powers_over(organisation, tree))

    def readable(self, tree: Tree) -> frozenset[str]:
        """Return the codes of all organisations that may be read."""
        if self.reads_all:
            return frozenset(tree)
        reached: set[str] = set()
        for grant in self.grants:
            powers = POWERS[grant.role]
            if powers.reads and grant.organisation in tree:
                reached |= tree.below(grant.organisation) if powers.below else {grant.organisation}
        return frozenset(reached)

    def sees_names(self, organisation: str, tree: Tree) -> bool:
        """Whether names of an organisation's members are shown."""
        return self.holder or any(powers.sees_names for powers in self.powers_over(organisation, tree))

    def administers(self, organisation: str, tree: Tree) -> bool:
        """Whether the organisation is administered: forms, waivers, seals, recipients."""
        return self.holder or any(powers.administers for powers in self.powers_over(organisation, tree))

    def writes_something(self, organisation: str, tree: Tree) -> bool:
        """Whether any event of the organisation may be logged, apart from judgements of offices."""
        if self.holder:
            return True
        return any(
            powers.writes is None or len(powers.writes) > 1 for powers in self.powers_over(organisation, tree)
        )

    def may_write(
        self, organisation: str, tree: Tree, type_word: str, payload: Mapping[str, object] | None = None
    ) -> bool:
        """Whether an event of a type may be written; with its payload, whether just this one may.

        Of retractions and corrections ask about their target, and about the new content besides.
        """
        if type_word in PROGRAMS_OWN:
            return False
        if self.holder:
            return True
        if self.read_only or type_word in CONTROLS:
            return False
        powers = self.powers_over(organisation, tree)
        if type_word == JUDGEMENT and payload is not None:
            return any(one.assesses_as == payload.get("assessor") for one in powers)
        if any(one.writes_type(type_word) for one in powers):
            return True
        return self._may_found(organisation, tree, type_word, payload)

    def _may_found(
        self, organisation: str, tree: Tree, type_word: str, payload: Mapping[str, object] | None
    ) -> bool:
        """Whether a new organisation may be registered: below one that is administered."""
        if type_word != "branch_registered" or organisation in tree or payload is None:
            return False
        parent = payload.get("parent")
        return isinstance(parent, str) and parent in tree and self.administers(parent, tree)

    def assessors(self, organisation: str, tree: Tree) -> tuple[str, ...]:
        """Return as whom the actor may judge."""
        if self.holder:
            return ("self", "superior", "department")
        found = (powers.assesses_as for powers in self.powers_over(organisation, tree))
        return tuple(dict.fromkeys(one for one in found if one is not None))

    @property
    def keeps_accounts(self) -> bool:
        """Whether accounts of the whole ledger are kept by the actor."""
        return self.holder or any(powers.keeps_accounts for powers in self.everywhere)

    @property
    def reads_visits(self) -> bool:
        """Whether the visits may be read."""
        return self.holder or any(powers.reads_visits for powers in self.everywhere)

    def may_grant(self, grant: Grant, tree: Tree) -> bool:
        """Whether the actor may give or take a grant; never one's own, which the caller knows."""
        if self.holder or self.keeps_accounts:
            return POWERS[grant.role].everywhere or grant.organisation in tree
        if grant.organisation not in tree:
            return False
        return any(grant.role in powers.grants for powers in self.powers_over(grant.organisation, tree))


NOBODY = Actor()
"""Who has not entered."""


def holder(by: str | None = None) -> Actor:
    """Return the holder of the file, who may do everything; `by` is what `recorded_by` shall say."""
    return Actor(code=by, holder=True)


def decide(actor: Actor | None, right: Right, organisation: str | None, tree: Tree) -> Decision:
    """Say whether an actor has a right, over an organisation where the right is about one.

    An organisation that may not be read is hidden, whether it exists or not.
    """
    if right is Right.PUBLIC:
        return Decision.ALLOWED
    if actor is None:
        return Decision.FORBIDDEN
    if organisation is not None and (organisation not in tree or not actor.may_read(organisation, tree)):
        return Decision.HIDDEN
    return Decision.ALLOWED if _has(actor, right, organisation, tree) else Decision.FORBIDDEN


def _has(actor: Actor, right: Right, organisation: str | None, tree: Tree) -> bool:
    match right:
        case Right.HOLDER:
            return actor.holder
        case Right.ACCOUNTS:
            if organisation is not None:
                return actor.administers(organisation, tree)
            return actor.keeps_accounts or any(POWERS[grant.role].grants for grant in actor.grants)
        case Right.AUDIT:
            return actor.reads_all
        case Right.VISITS:
            return actor.reads_visits
        case Right.PUBLIC | Right.ENTERED:
            return True
    if organisation is None:
        return False
    match right:
        case Right.LOG:
            return not actor.read_only and actor.writes_something(organisation, tree)
        case Right.WRITE:
            writes = actor.writes_something(organisation, tree) or actor.assessors(organisation, tree)
            return not actor.read_only and bool(writes)
        case Right.ASSESS:
            return bool({"superior", "department"} & set(actor.assessors(organisation, tree)))
        case Right.OFFICE:
            return actor.administers(organisation, tree)
        case _:
            return True


def organisations_of(grants: Iterable[Grant]) -> tuple[str, ...]:
    """Return the codes over which grants are held, each once, in their order."""
    return tuple(dict.fromkeys(grant.organisation for grant in grants if grant.organisation))


@dataclass(frozen=True, slots=True)
class RightsInTree:
    """An actor's rights over the organisations as they stand, in the form in which intake asks for them."""

    actor: Actor
    tree: Tree

    @property
    def code(self) -> str | None:
        """The account's code."""
        return self.actor.code

    def may_read(self, organisation: str) -> bool:
        """Whether an organisation may be read; one about to be registered is there for who registers it."""
        return organisation in self.tree and self.actor.may_read(organisation, self.tree)

    def may_write(self, organisation: str, type_word: str, payload: Mapping[str, object] | None) -> bool:
        """Whether an event that is no control event may be written."""
        return self.actor.may_write(organisation, self.tree, type_word, payload)
