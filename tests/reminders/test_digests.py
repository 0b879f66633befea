"""What recipients read."""

from datetime import date

import pytest

from ledger.words import Language, Words
from projections.reminders.digest import MOST_PARTS, build_digest
from projections.reminders.ladder import Reminder, reminders_on
from projections.text.reminders import left_out_words, provisional_words, reminder_line, title_words
from tests.reminders.obligations import owed

LANGUAGES: tuple[Language, ...] = ("zh", "en")
NAMES = {"b1": "第一支部", "b2": "第二支部"}


def on(day: str, *obligations: object) -> list[Reminder]:
    today = date.fromisoformat(day)
    return reminders_on(obligations, today)  # type: ignore[arg-type]


def test_a_digest_says_by_branch_how_near_what_how_much_and_the_points() -> None:
    reminders = on(
        "2019-09-30",
        owed("2019-09-01", branch="b2", missing=200, at_stake=50),
        owed("2019-09-30", what=Words("党课", "Party lecture"), window="2019-Q3", at_stake=0),
        owed("2019-10-06", what=Words("报送计划：x-1", "plan handed in: x-1"), window=None),
        owed("2019-10-10", advisory=True, branch="b3"),
    )
    by_branch = {code: [one for one in reminders if one.branch == code] for code in ("b1", "b2", "b3")}
    for language in LANGUAGES:
        (told,) = build_digest(reminders, NAMES, language, 2_000)
        assert told.title == title_words(4, 1).pick(language)
        lines = {code: [reminder_line(one).pick(language) for one in of] for code, of in by_branch.items()}
        headings = ["第一支部 (b1)", "第二支部 (b2)", "b3"]
        blocks = ["\n".join((head, *of)) for head, of in zip(headings, lines.values(), strict=True)]
        assert told.body.split("\n\n")[:-1] == blocks
        assert sorted(told.reminders) == sorted(one.id for one in reminders)


def test_a_year_that_is_not_known_is_said_to_be_provisional() -> None:
    for language in LANGUAGES:
        said = provisional_words([2045]).pick(language)
        assert said in build_digest(on("2045-10-25", owed("2045-10-31")), NAMES, language, 2_000)[0].body
        known = build_digest(on("2019-10-25", owed("2019-10-31")), NAMES, language, 2_000)[0].body
        assert provisional_words([2019]).pick(language) not in known


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [2_000, 18_000])
@pytest.mark.parametrize("count", [1, 7, 40, 300])
def test_parts_fit_their_service_and_together_tell_of_everything_once(
    language: Language, size: int, count: int
) -> None:
    reminders = on(
        "2019-01-31",
        *(
            owed(
                "2019-01-31", branch=f"b{n % 5}", obligation=f"o{n}", what=Words("会" * 300, "meeting " * 80)
            )
            for n in range(count)
        ),
    )
    parts = build_digest(reminders, NAMES, language, size)
    assert all(len(f"{part.title}\n{part.body}".encode()) <= size for part in parts)
    assert sorted(name for part in parts for name in part.reminders) == sorted(one.id for one in reminders)
    assert len(parts) <= MOST_PARTS
    if len(parts) > 1:
        assert [part.title.split()[-1] for part in parts] == [
            f"({number}/{len(parts)})" for number in range(1, len(parts) + 1)
        ]


def test_of_several_forms_each_is_named_once_a_branch() -> None:
    forms = {"one": Words("细则甲", "form A"), "two": Words("细则乙", "form B")}
    reminders = on(
        "2019-01-29",
        *(
            owed("2019-01-31", branch=branch, rubric=rubric, form=form, at_stake=stake)
            for stake in (14, 20)
            for branch in ("b2", "b1")
            for rubric, form in forms.items()
        ),
    )
    (en,) = build_digest(reminders, NAMES, "en", 2_000)
    less, more = (
        next(reminder_line(one).en for one in reminders if one.at_stake == stake)
        for stake in ("0.14", "0.20")
    )
    of_branch = ["[form A]", less, more, "[form B]", less, more]
    assert en.body.splitlines()[:15] == ["第一支部 (b1)", *of_branch, "", "第二支部 (b2)", *of_branch]
    assert "【细则甲】" in build_digest(reminders, NAMES, "zh", 2_000)[0].body
    same = on(
        "2019-01-29",
        *(owed("2019-01-31", rubric=rubric, form=Words("细则", "form")) for rubric in ("form-2", "form-1")),
    )
    body = build_digest(same, NAMES, "en", 2_000)[0].body
    assert body.index("[form, form-1]") < body.index("[form, form-2]")


@pytest.mark.parametrize("size", [2_000, 18_000])
def test_parts_that_name_forms_fit_their_service(size: int) -> None:
    reminders = on(
        "2019-01-31",
        *(
            owed(
                "2019-01-31",
                branch=f"b{n % 7}",
                rubric=f"form-{n % 3}",
                obligation=f"o{n}",
                form=Words(f"{n % 3}{'细则' * 90}", "form " * 90),
            )
            for n in range(200)
        ),
    )
    parts = build_digest(reminders, NAMES, "zh", size)
    assert all(len(f"{part.title}\n{part.body}".encode()) <= size for part in parts)
    assert sorted(name for part in parts for name in part.reminders) == sorted(one.id for one in reminders)
    assert all("【0" in part.body or "【1" in part.body or "【2" in part.body for part in parts)


def test_what_is_left_out_of_too_long_a_digest_is_counted() -> None:
    reminders = on("2019-01-31", *(owed("2019-01-31", obligation=f"o{n}") for n in range(2_000)))
    parts = build_digest(reminders, NAMES, "en", 2_000)
    assert len(parts) == MOST_PARTS
    lines = sum(part.body.count("\n- ") for part in parts)
    assert left_out_words(2_000 - lines).en in parts[-1].body


def test_members_are_never_named_but_counted() -> None:
    [one] = on("2019-01-31", owed("2019-01-31", members=("m01", "m02"), missing=300))
    (en,) = build_digest([one], NAMES, "en", 2_000)
    assert "m01" not in en.body
    assert one.missing_of == Words("2 人", "2 members")
    assert reminder_line(one).en in en.body


def test_subordinates_are_counted_as_branches() -> None:
    day = date(2019, 1, 31)
    [one] = reminders_on([owed("2019-01-31", members=("b1",))], day, {"b1", "b2", "c"})
    assert one.missing_of == Words("1 个支部", "1 branch")


def test_names_and_refs_cannot_break_the_lines() -> None:
    names = {"b1": "第一\n支部"}
    (part,) = build_digest(
        on("2019-01-31", owed("2019-01-31", what=Words("一\n二", "one\ntwo"))), names, "en", 2_000
    )
    first, second, *_ = part.body.splitlines()
    assert first == "第一 支部 (b1)"
    assert "6.1 one two (2019-01)" in second
