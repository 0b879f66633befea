"""Wrong command lines: exit status 2, one sentence in the user's language, nothing on standard output."""

import re

import pytest

from tests.program import Program, figures

RUBRIC = "college-staff-branch-2019"
CHINESE = re.compile("[\u4e00-\u9fff]")
NAME = "一支部"


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("scroe", "scroe score"),
        ("log meeting-hold", "meeting-held"),
        ("score --perod 2019", "--perod --period"),
        ("score", "RUBRIC"),
        (f"score {RUBRIC}", "--period"),
        (f"score {RUBRIC} --period", "--period"),
        (f"score {RUBRIC} extra --period 2019", "extra"),
        (f"score {RUBRIC} --period 2019-13", "2019-13"),
        (f"score {RUBRIC} --period 2019 --on 2019-02-30", "--on 2019-02-30"),
        (f"score {RUBRIC} --period 2019 --branch b9", "b9"),
        (f"score {RUBRIC} --period 2019 --as-of noon", "--as-of"),
        (f"score {RUBRIC} --period 2019 --format pdf", "--format json pdf"),
        ("score colege-staff-branch-2019 --period 2019", RUBRIC),
        ("score nothing.yaml --period 2019", "nothing.yaml"),
        (f"explain {RUBRIC} 2.2.z --branch b1 --period 2019", "2.2.z"),
        (f"tally {RUBRIC} 2.2 --branch b1 --source masses", "2.2.a 2.2.b"),
        (f"explain {RUBRIC} 2.2.b --period 2019", "--branch"),
        ("log meeting-held --branch b1", "--kind"),
        ("log meeting-held --kind study", "--branch"),
        ("log meeting-held --branch b2 --kind study", "b2 b1"),
        ("log meeting-held --branch b1 --kind", "--kind"),
        (f"assess {RUBRIC} 11.9 2 --branch b1 --as superior", "11.9"),
        (f"assess {RUBRIC} 11.1 2 --branch b1 --as boss", "--as self superior"),
        (f"assess {RUBRIC} 11.1 2 --branch b1 --as self --period 19", "--period"),
        ("log clause-assessed --branch b1 --rubric nix --clause 1 --assessor self --points 1", "--rubric"),
        ("history --type metings", "metings"),
        ("history --branch b9", "b9"),
        ("history --from yesterday", "--from yesterday"),
        ("adopt nix --branch b1", "nix"),
        ("drop nix --branch b1", "nix"),
        ("adopt college-staff-branch-2019 --branch b9", "b9"),
        ("rubric show nix", "nix"),
        ("rubric check nix.yaml", "nix.yaml"),
        ("template nothing-held sheet.xlsx", "nothing-held"),
        ("verify --head nowhere.txt", "nowhere.txt"),
        ("head --format xml", "--format text json"),
        ("people list --format xml", "--format table json"),
        ("notify remove", "ID"),
        ("notify test one", "ID"),
        ("head --lang fr", "--lang zh en"),
        ("head --ledger", "--ledger"),
    ],
)
def test_a_wrong_command_line_is_told_in_the_users_language(line: str, named: str, branch: Program) -> None:
    """What is wrong and what is meant is named in either language; nothing is done."""
    before = branch.head()
    told = {lang: branch(*line.split(), lang=lang) for lang in ("en", "zh")}
    for result in told.values():
        assert (result.status, result.out) == (2, ""), result
        assert [word for word in named.split() if word not in result.err] == [], result.err
        assert "Traceback" not in result.err
    assert CHINESE.search(told["zh"].err)
    assert not CHINESE.search(told["en"].err.replace(NAME, ""))
    assert branch.head() == before


def test_what_the_log_or_the_form_refuses_of_known_names_is_no_wrong_usage(branch: Program) -> None:
    for line in (
        "drop hospital-branch-2019 --branch b1",
        f"tally {RUBRIC} 1.1 --branch b1 --source masses --excellent 1",
    ):
        result = branch(*line.split())
        assert (result.status, result.out) == (1, ""), result


def test_a_missing_ledger_says_how_to_make_one(zhibu: Program) -> None:
    result = zhibu("head", "--ledger", str(zhibu.ledger.with_name("none.db")))
    assert (result.status, result.out) == (1, "")
    assert "zhibu init" in result.err


def test_a_server_that_does_not_answer_is_named_as_it_was_typed(zhibu: Program) -> None:
    url = "postgresql://u:secret@127.0.0.1:1/x?connect_timeout=1"
    result = zhibu("head", "--ledger", url)
    assert (result.status, result.out) == (1, "")
    assert "postgresql://u:***@127.0.0.1:1/x" in result.err
    assert "psycopg" not in result.err


def test_an_error_of_our_own_is_one_sentence_and_debug_shows_the_rest(
    zhibu: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_it(*_: object) -> None:
        raise RuntimeError("a bolt came loose")

    monkeypatch.setattr("ledger.store.event_store.Store.head", break_it)
    result = zhibu("head")
    assert result.status == 1
    assert "ZHIBU_DEBUG=1" in result.err
    assert "a bolt came loose" in result.err
    assert "Traceback" not in result.err
    zhibu.environ["ZHIBU_DEBUG"] = "1"
    with pytest.raises(RuntimeError, match="bolt"):
        zhibu("head")


def test_a_day_is_refused_under_the_option_that_it_was_typed_for(year: Program) -> None:
    result = year("adopt", "institute-branch-appraisal", "--branch", "b1", "--from", "2019")
    assert (result.status, result.out) == (1, "")
    assert (result.err.startswith("--from: "), '"2019"' in result.err) == (True, True)


@pytest.mark.parametrize("words", [("remind",), ("due",)], ids=lambda words: words[0])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_beyond_the_known_years_are_refused(words: tuple[str, ...], day: str, year: Program) -> None:
    result = year(*words, "--on", day)
    assert (result.status, result.out) == (2, "")
    assert figures(result.err.replace(day, "")) == [1900, 2200]
    assert ("--on" in result.err, day in result.err) == (True, True)
