"""What many need to know of all, read once: who is scored, who runs against whom, who stands below others.

In: the organisations' file of a folder of segments. Out: the shares of a replay, one a bucket, each with the
little that it needs of other buckets. Deliberately absent: memory for every organisation at once; they come
one by one.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ledger.effective import CONTROLS
from ledger.segments.reading import Segments
from projections.engine.branch import Frame
from projections.engine.errors import UnknownBranch
from projections.engine.fold import chosen
from projections.engine.logs import Row
from projections.engine.reading.facts import Fact, decoders, read_facts
from projections.engine.reading.tree import TREE_TYPES, Organization, organization_of
from projections.engine.rules.rank import Race, build_races
from projections.parallel.work import Gathering, Races, Share, Task

Gather = Callable[[Sequence[Gathering]], Iterator[dict[str, list[Row]]]]


@dataclass(slots=True)
class _Seen:
    """What was seen of all organisations so far."""

    segments: Segments
    frame: Frame
    codes: list[str] = field(default_factory=list)
    races: dict[int, dict[tuple[int, int], dict[Race, list[int]]]] = field(default_factory=dict)
    runs_in: defaultdict[tuple[tuple[int, int], Race], set[int]] = field(
        default_factory=lambda: defaultdict(set)
    )
    values: defaultdict[tuple[tuple[int, int], Race], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )
    strays: defaultdict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    def look(self, organization: Organization, facts: Sequence[Fact]) -> None:
        """Take from an organisation what others may need."""
        code, frame = organization.code, self.frame
        own = self.segments.places[code]
        self.codes.append(code)
        if frame.plan.of_subordinates:
            for _, parent in organization.parents:
                above = None if parent is None else self.segments.places.get(parent)
                if above is not None and above != own:
                    self.strays[above][code] = own
        if frame.plan.ranks:
            reports = [fact for fact in facts if fact.type == "metric_reported"]
            for rule, races in build_races(frame, {code: organization}, {code: reports}).items():
                for race, values in races.items():
                    self.values[rule, race] += values
                    self.runs_in[rule, race].add(own)


def build_shares(
    segments: Segments, task: Task, frame: Frame, branches: Collection[str] | None, gather: Gather
) -> list[Share]:
    """Return the shares of a replay, one for every bucket that holds anybody who is scored.

    Raises UnknownBranch, NothingToScore.
    """
    seen = _Seen(segments, frame)
    codes = _choose(segments, task, frame, branches, seen)
    by_bucket: defaultdict[int, list[str]] = defaultdict(list)
    for code in codes:
        by_bucket[segments.places[code]].append(code)
    races = _races_by_bucket(seen)
    strays = _gathered(seen, task, by_bucket, gather)
    return [
        Share(task, bucket, own, races.get(bucket, {}), strays.get(bucket, {}))
        for bucket, own in sorted(by_bucket.items())
    ]


def _choose(
    segments: Segments, task: Task, frame: Frame, branches: Collection[str] | None, seen: _Seen
) -> list[str]:
    organizations = _organizations(segments, task.upto, frame, seen)
    if branches is None:
        return chosen(organizations, frame)
    for _ in organizations:
        pass
    registered = frozenset(seen.codes)
    for branch in branches:
        if branch not in registered:
            raise UnknownBranch(branch, seen.codes, task.upto)
    return sorted(set(branches))


def _organizations(segments: Segments, upto: int, frame: Frame, seen: _Seen) -> Iterator[Organization]:
    types = TREE_TYPES | ({"metric_reported"} if frame.plan.ranks else frozenset())
    wanted = decoders(types)
    for code, rows in segments.rare_streams(upto=upto, types=types | CONTROLS):
        facts = read_facts(rows, wanted)
        organization = organization_of(code, facts)
        if organization is not None:
            seen.look(organization, facts)
            yield organization


def _races_by_bucket(seen: _Seen) -> Mapping[int, Races]:
    found: defaultdict[int, dict[tuple[int, int], dict[Race, Sequence[int]]]] = defaultdict(dict)
    for (rule, race), buckets in seen.runs_in.items():
        values = sorted(seen.values[rule, race])
        for bucket in buckets:
            found[bucket].setdefault(rule, {})[race] = values
    return found


def _gathered(
    seen: _Seen, task: Task, by_bucket: Mapping[int, Sequence[str]], gather: Gather
) -> Mapping[int, Mapping[str, Sequence[Row]]]:
    """Fetch the rows of branches that lie in another bucket than one that they stand, or stood, below."""
    wanted: defaultdict[int, set[str]] = defaultdict(set)
    needed = {bucket: strays for bucket, strays in seen.strays.items() if bucket in by_bucket}
    for strays in needed.values():
        for code, bucket in strays.items():
            wanted[bucket].add(code)
    types = frozenset(_asked_of_subordinates(seen.frame)) | TREE_TYPES | CONTROLS
    asked = [
        Gathering(task.address, task.folder, bucket, sorted(codes), types, task.upto)
        for bucket, codes in sorted(wanted.items())
    ]
    rows: dict[str, Sequence[Row]] = {}
    for found in gather(asked):
        rows.update(found)
    return {bucket: {code: rows[code] for code in strays} for bucket, strays in needed.items()}


def _asked_of_subordinates(frame: Frame) -> Iterable[str]:
    for planned in frame.plan.of_subordinates:
        for match in getattr(planned.rule, "events", ()):
            yield match.type
