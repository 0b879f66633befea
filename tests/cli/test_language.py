import pytest

from cli.ui.language import both, language_of, pick, take_anywhere


@pytest.mark.parametrize(
    ("named", "environ", "expected"),
    [
        ("zh", {"LANG": "en_GB.UTF-8"}, "zh"),
        ("en", {"ZHIBU_LANG": "zh"}, "en"),
        (None, {"ZHIBU_LANG": "zh", "LC_ALL": "en_GB"}, "zh"),
        (None, {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_GB"}, "zh"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_GB"}, "zh"),
        (None, {"LC_ALL": "C", "LANG": "zh_CN"}, "en"),
        (None, {"LANG": "fr_FR.UTF-8"}, "en"),
        (None, {}, "en"),
    ],
)
def test_the_language_is_the_one_named_or_else_the_locale(
    named: str | None, environ: dict[str, str], expected: str
) -> None:
    assert language_of(named, environ) == expected


@pytest.mark.parametrize(
    "argv",
    [
        ["--ledger", "x.db", "--lang", "zh", "score", "R"],
        ["score", "--ledger=x.db", "R", "--lang=zh"],
        ["score", "R", "--lang", "en", "--ledger", "y.db", "--lang", "zh", "--ledger", "x.db"],
    ],
)
def test_ledger_and_language_stand_anywhere_and_the_last_one_counts(argv: list[str]) -> None:
    assert take_anywhere(argv) == ("x.db", "zh", ["score", "R"], None, False)


def test_what_follows_two_dashes_is_left_alone() -> None:
    words = ["log", "--", "--lang", "zh", "--codes"]
    assert take_anywhere(words) == (None, None, words, None, False)


def test_codes_alone_may_be_asked_for_anywhere() -> None:
    assert take_anywhere(["--codes", "due", "--branch", "b1"]).codes
    assert take_anywhere(["due", "--codes"]).rest == ["due"]


def test_an_option_without_its_value_is_told() -> None:
    assert take_anywhere(["head", "--ledger"]).unfinished == "--ledger"


def test_a_text_carries_both_wordings() -> None:
    assert (pick(both("中", "en"), "zh"), pick(both("中", "en"), "en")) == ("中", "en")
    assert pick("plain", "zh") == "plain"
