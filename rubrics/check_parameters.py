"""Do the parameters of each rule fit the events that it counts, and each other?

In: a rubric and the vocabulary. Out: notes. Deliberately absent: whether types exist (`check_names` says so;
here a type that nobody knows is passed over), prices (`check_costs`).
"""

from collections.abc import Collection, Iterator

from rubrics.check_names import unknown_field
from rubrics.matching import Match
from rubrics.model import Rubric
from rubrics.notes import Note, rules_of
from rubrics.parameters import Cadence, FactorBy, PointsBy
from rubrics.problems import Path, suggest
from rubrics.rules import Checklist, Deadline, Excess, Quota, Rule, Tally, Threshold
from rubrics.vocabulary import NUMBERS, WORDS, FieldFacts, Vocabulary

_MONTHS: dict[Cadence, int] = {"month": 1, "two_months": 2, "quarter": 3, "half": 6, "year": 12}


def check_fields(rubric: Rubric, vocabulary: Vocabulary) -> Iterator[Note]:
    """Every field that a rule adds up, weighs, matches or compares is there, and of a kind that fits."""
    for path, rule, _ in rules_of(rubric):
        for place, name, kinds, matches in _named_fields(rule):
            for match in matches:
                fields = vocabulary.types.get(match.type)
                if fields is None:
                    continue
                if name not in fields:
                    yield unknown_field((*path, *place), name, match, vocabulary)
                elif fields[name].kind not in kinds:
                    yield Note(
                        (*path, *place),
                        f"{match.type} 的字段 {name} 不是这里可用的种类（{fields[name].kind}）",
                        f"the field {name} of {match.type} is of kind {fields[name].kind}, "
                        f"must be {' or '.join(sorted(kinds))}",
                    )


def _named_fields(rule: Rule) -> Iterator[tuple[Path, str, Collection[str], tuple[Match, ...]]]:
    if isinstance(rule, Quota):
        if rule.measure is not None and rule.measure.sum is not None:
            yield ("measure", "sum"), rule.measure.sum, NUMBERS, rule.events
        if rule.measure is not None and rule.measure.distinct is not None:
            yield ("measure", "distinct"), rule.measure.distinct, WORDS, rule.events
        if rule.window_from is not None:
            yield ("window_from",), rule.window_from, {"quarter", "month"}, rule.events
        if rule.each == "member":
            yield ("each",), "member", {"code"}, rule.events
    elif isinstance(rule, Tally):
        if isinstance(rule.points, PointsBy):
            yield ("points", "by"), rule.points.by, WORDS, rule.events
        if rule.factor is not None:
            yield ("factor", "by"), rule.factor.by, WORDS, rule.events
        if rule.times is not None:
            yield ("times",), rule.times, {"whole"}, rule.events
        if rule.distinct is not None:
            yield ("distinct",), rule.distinct, WORDS, rule.events
    elif isinstance(rule, Deadline):
        if rule.match is not None:
            yield ("match",), rule.match, WORDS, (rule.trigger, *rule.response)
    elif isinstance(rule, Threshold) and rule.ratio is not None:
        for key in ("of", "to", "less"):
            if (name := getattr(rule.ratio, key)) is not None:
                yield ("ratio", key), name, NUMBERS, rule.events
    elif isinstance(rule, Excess):
        yield ("of",), rule.of, {"whole"}, rule.events
        yield ("over",), rule.over, {"whole"}, rule.events


def check_values(rubric: Rubric, vocabulary: Vocabulary) -> Iterator[Note]:
    """Every value that points or a factor are named for is one that the field can have."""
    for path, rule, _ in rules_of(rubric):
        if not isinstance(rule, Tally):
            continue
        tables: list[tuple[str, PointsBy | FactorBy | None]] = [
            ("points", rule.points if isinstance(rule.points, PointsBy) else None),
            ("factor", rule.factor),
        ]
        for key, table in tables:
            for word in table.values if table is not None else ():
                for facts in _facts(rule.events, table.by if table else "", vocabulary):
                    if facts.kind == "choice" and word not in facts.choices:
                        zh, en = suggest(word, facts.choices, listed=20)
                        yield Note(
                            (*path, key, "values", word),
                            f"没有取值 {word}{zh}",
                            f"there is no value {word}{en}",
                        )


def _facts(matches: tuple[Match, ...], name: str, vocabulary: Vocabulary) -> Iterator[FieldFacts]:
    for match in matches:
        if name in vocabulary.types.get(match.type, {}):
            yield vocabulary.types[match.type][name]


def check_quotas(rubric: Rubric, vocabulary: Vocabulary) -> Iterator[Note]:
    """Quotas ask for something that can be given, of whom it can be told, by days in their windows."""
    for path, rule, _ in rules_of(rubric):
        if not isinstance(rule, Quota):
            continue
        if rule.roles and rule.each != "member":
            yield Note(
                (*path, "roles"),
                "roles 只用于 each: member",
                "roles narrow members down: say `each: member`",
            )
        summed = rule.measure is not None and rule.measure.sum is not None
        if rule.at_least <= 0 or (not summed and rule.at_least.denominator != 1):
            yield Note(
                (*path, "at_least"),
                "必须大于 0；计次数时必须是整数",
                "must be above 0, and a whole number where events or values are counted",
            )
        if rule.measure is not None and rule.measure.distinct is not None:
            for facts in _facts(rule.events, rule.measure.distinct, vocabulary):
                if facts.kind == "choice" and rule.at_least > len(facts.choices):
                    yield Note(
                        (*path, "at_least"),
                        f"字段 {rule.measure.distinct} 只有 {len(facts.choices)} 种取值",
                        f"the field {rule.measure.distinct} has {len(facts.choices)} values only",
                    )
        yield from _days(path, rule, rubric.year_start)


def _days(path: Path, rule: Quota, year_start: int) -> Iterator[Note]:
    size = _MONTHS[rule.per]
    windows = [(int(day[:2]) - year_start) % 12 // size for day in rule.by]
    if len(set(windows)) < len(windows):
        yield Note(
            (*path, "by"),
            "同一个时间段里有两个截止日",
            "two of the days lie in one window: each window has at most one",
        )
    elif rule.by and len(windows) < 12 // size:
        yield Note(
            (*path, "by"),
            f"一年有 {12 // size} 个时间段，只有 {len(windows)} 个写了截止日，其余到最后一天",
            f"{len(windows)} of the {12 // size} windows of a year have a day, the others run to their last",
            "inconsistency",
        )


def check_rules(rubric: Rubric, vocabulary: Vocabulary) -> Iterator[Note]:
    """Parameters that do not go together, or bounds that cannot be meant."""
    for path, rule, _ in rules_of(rubric):
        if isinstance(rule, Tally):
            yield from _tally(path, rule)
        elif isinstance(rule, Threshold):
            bound = "at_least" if rule.at_least is not None else "at_most"
            share = getattr(rule, bound)
            if rule.ratio is not None and not 0 <= share <= 1:
                yield _not_a_share((*path, bound))
        elif isinstance(rule, Excess) and not 0 <= rule.share <= 1:
            yield _not_a_share((*path, "share"))
        elif isinstance(rule, Checklist) and len(set(rule.items)) < len(rule.items):
            yield Note((*path, "items"), "清单里有重复的词", "a word stands in the list twice")
        elif (
            isinstance(rule, Deadline)
            and rule.within.months_before_term_end
            and not _has_term(rule, vocabulary)
        ):
            yield Note(
                (*path, "within", "months_before_term_end"),
                "任期由 term_began 开始，trigger 须是它",
                "a term begins with term_began: that must be the trigger",
            )


def _tally(path: Path, rule: Tally) -> Iterator[Note]:
    if rule.times is not None and any(match.type == "finding_recorded" for match in rule.events):
        yield Note(
            (*path, "times"),
            "检查发现本来就按 count 计，不必写 times",
            "a finding weighs its count by itself: leave `times` out",
        )
    elif rule.times is not None and rule.once:
        yield Note(
            (*path, "times"), "once 只计一次，不能再乘", "with `once` an event weighs 1: leave `times` out"
        )


def _not_a_share(path: Path) -> Note:
    return Note(
        path,
        "比例应在 0 到 1 之间（95% 写作 0.95）",
        "a share lies between 0 and 1: 95 % is 0.95",
    )


def _has_term(rule: Deadline, vocabulary: Vocabulary) -> bool:
    return rule.trigger.type == "term_began" or rule.trigger.type not in vocabulary.types
