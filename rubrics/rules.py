"""The rule kinds of a rubric: what each asks of the log, and what a failure costs.

In: a clause's `rules` from a rubric file. Out: frozen models, one discriminated union on `kind`; points in
whole hundredths, shares as exact fractions. Deliberately absent: how a rule is evaluated (projections do
that) and which event types and fields exist (the check is handed their names).

What a new kind needs, step by step: docs/architecture.md.
"""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from rubrics.numbers import Amount, Model, Points, Share, Text
from rubrics.parameters import Cadence as Cadence
from rubrics.parameters import Day as Day
from rubrics.parameters import FactorBy as FactorBy
from rubrics.parameters import Match, Matches, Shortfall, Word, listed
from rubrics.parameters import Measure as Measure
from rubrics.parameters import MonthDay as MonthDay
from rubrics.parameters import PointsBy as PointsBy
from rubrics.parameters import Ratio as Ratio
from rubrics.parameters import Role as Role
from rubrics.parameters import Within as Within
from rubrics.problems import refuse


class RuleModel(Model):
    """What every rule may carry.

    `advisory`: the rule makes obligations and reminders and shows in explanations, but moves no points.
    `title`: what is asked, in a few words, for lists of obligations.
    """

    advisory: bool = False
    title: Text | None = None


class Quota(RuleModel):
    """At least so many units of the matching events in each window.

    `each`: of the branch, of every member on the roster (`roles` narrows them), or of every subordinate.
    `by`: month-days inside the windows by which the events must have happened. `window_from`: a field
    that names the window, instead of the day.
    """

    kind: Literal["quota"]
    events: Matches
    per: Cadence
    at_least: Share
    measure: Measure | None = None
    each: Literal["branch", "member", "subordinate"] = "branch"
    roles: tuple[Role, ...] = ()
    by: Annotated[tuple[MonthDay, ...], BeforeValidator(listed)] = ()
    window_from: Word | None = None
    shortfall: Shortfall = Shortfall(mode="all")


class NoneOf(RuleModel):
    """No matching event at all."""

    kind: Literal["none_of"]
    events: Matches
    shortfall: Shortfall = Shortfall(mode="all")

    @model_validator(mode="after")
    def _no_share(self) -> "NoneOf":
        if self.shortfall.mode == "proportional":
            raise refuse(
                "none_of 没有应完成数，不能按比例：请用 all、each 或 once",
                "none_of asks for nothing that a share could be taken of: use all, each or once",
            )
        return self


def _points_tag(value: object) -> str:
    return "points_by" if isinstance(value, dict | PointsBy) else "points"


class Tally(RuleModel):
    """Points for each matching event, up or down.

    `times`: a field that weighs each event (a finding always weighs its `count`). `distinct`: of events
    with one value of the field only the highest counts. `once`: at most one event counts, with weight 1.
    """

    kind: Literal["tally"]
    events: Matches
    points: Annotated[
        Annotated[Points, Tag("points")] | Annotated[PointsBy, Tag("points_by")], Discriminator(_points_tag)
    ]
    times: Word | None = None
    factor: FactorBy | None = None
    distinct: Word | None = None
    once: bool = False


class Deadline(RuleModel):
    """After each trigger a response, of the same member or ref, within a span."""

    kind: Literal["deadline"]
    trigger: Match
    response: Matches
    match: Word | None = None
    within: Within
    shortfall: Shortfall = Shortfall(mode="all")


class Dues(RuleModel):
    """Each member's dues of each month, paid in full on or before a day of that month."""

    kind: Literal["dues"]
    by_day: Day
    late: Shortfall
    short: Shortfall


class Submission(RuleModel):
    """Each document that the superior requested: submitted, in time, conforming; points a case."""

    kind: Literal["submission"]
    missing: Amount
    late: Amount
    non_conforming: Amount


class Threshold(RuleModel):
    """A ratio of two fields, per event or over a window, or a reported metric, reaches a bound.

    Either `events` and `ratio`, or `metric` (its latest report in the window). Bounds are inclusive.
    """

    kind: Literal["threshold"]
    events: Annotated[tuple[Match, ...], BeforeValidator(listed)] = ()
    ratio: Ratio | None = None
    metric: Word | None = None
    per: Literal["event", "month", "two_months", "quarter", "half", "year"] = "year"
    at_least: Share | None = None
    at_most: Share | None = None
    shortfall: Shortfall = Shortfall(mode="all")

    @model_validator(mode="after")
    def _complete(self) -> "Threshold":
        if (self.metric is None) == (self.ratio is None):
            raise refuse(
                "须给出 metric，或者 events 和 ratio", "needs either a metric, or events and a ratio"
            )
        if (self.ratio is not None) != bool(self.events):
            raise refuse("ratio 须带 events，metric 不带", "a ratio needs events, a metric none")
        if self.metric is not None and self.per == "event":
            raise refuse(
                "指标按时间段衡量，per 不能是 event", "a metric is measured over a window, not per event"
            )
        if (self.at_least is None) == (self.at_most is None):
            raise refuse("须给出 at_least 或 at_most 之一", "needs either at_least or at_most")
        if self.shortfall.mode == "proportional":
            raise refuse(
                "达标与否没有应完成数，不能按比例：请用 all、each 或 once",
                "a bound is reached or not, there is no share of it: use all, each or once",
            )
        return self


class Excess(RuleModel):
    """In each of the branch's own events a count may not exceed a share of another."""

    kind: Literal["excess"]
    events: Matches
    of: Word
    over: Word
    share: Share
    each: Amount


class Rank(RuleModel):
    """Points by rank among the sibling branches that reported a metric, highest first."""

    kind: Literal["rank"]
    metric: Word
    points: Annotated[tuple[Amount, ...], Field(min_length=1)]
    per_round: bool = False


class Checklist(RuleModel):
    """Every item of a list confirmed in the window."""

    kind: Literal["checklist"]
    checklist: Word
    items: Annotated[tuple[Word, ...], Field(min_length=1)]
    per: Cadence = "year"
    shortfall: Shortfall = Shortfall(mode="all")


class Streak(RuleModel):
    """A member on leave from more than so many gatherings in a row, without a self-study note after.

    `events`: the gatherings that the row runs over, in the place of those that ask everybody, or office
    holders.
    """

    kind: Literal["streak"]
    events: Annotated[tuple[Match, ...], BeforeValidator(listed)] = ()
    more_than: Annotated[int, Field(ge=0)]
    shortfall: Shortfall = Shortfall(mode="all")


class Assessed(RuleModel):
    """A person's judgement; while nobody has judged, the rubric's presumption stands."""

    kind: Literal["assessed"]


class Graded(RuleModel):
    """Shares of grades by source, weighed by the rubric's `grades`."""

    kind: Literal["graded"]


Rule = Annotated[
    Quota
    | NoneOf
    | Tally
    | Deadline
    | Dues
    | Submission
    | Threshold
    | Excess
    | Rank
    | Checklist
    | Streak
    | Assessed
    | Graded,
    Field(discriminator="kind"),
]
