"""Wrong command lines: exit status 2, one sentence in the user's language, nothing on standard output."""

import pytest

from tests.program import Program

RUBRIC = "college-staff-branch-2019"


@pytest.mark.parametrize(
    ("line", "english", "chinese"),
    [
        ("scroe", 'no command "scroe"; did you mean score', "没有命令“scroe”，是否指 score"),
        ("log meeting-hold", "did you mean meeting-held", "是否指 meeting-held"),
        ("score --perod 2019", "no such option: --perod; did you mean --period?", "没有选项 --perod"),
        ("score", "missing argument RUBRIC", "缺少参数 RUBRIC"),
        (f"score {RUBRIC}", "missing option --period", "缺少选项 --period"),
        (f"score {RUBRIC} --period", "option --period wants a value", "选项 --period 缺少值"),
        (f"score {RUBRIC} extra --period 2019", "unexpected argument: extra", "多余的参数：extra"),
        (f"score {RUBRIC} --period 2019-13", '"2019-13" is no period', "“2019-13”不是期间"),
        (f"score {RUBRIC} --period 2019 --on 2019-02-30", "--on must be a day", "--on 应为日期"),
        (f"score {RUBRIC} --period 2019 --branch b9", 'no branch "b9"', "没有党组织“b9”"),
        (f"score {RUBRIC} --period 2019 --as-of noon", "--as-of must be a position or an instant", "--as-of"),
        (f"score {RUBRIC} --period 2019 --format pdf", "--format must be one of", "--format 应为"),
        ("score colege-staff-branch-2019 --period 2019", f"did you mean {RUBRIC}", f"是否指 {RUBRIC}"),
        ("score nothing.yaml --period 2019", "no such file", "没有这个文件"),
        (f"explain {RUBRIC} 2.2.z --branch b1 --period 2019", 'no clause "2.2.z"', "没有条款“2.2.z”"),
        (f"tally {RUBRIC} 2.2 --branch b1 --source masses", "did you mean 2.2.a, 2.2.b", "2.2.a、2.2.b"),
        (f"explain {RUBRIC} 2.2.b --period 2019", "missing option --branch", "缺少选项 --branch"),
        ("log meeting-held --branch b1", "missing --kind", "缺少选项 --kind"),
        ("log meeting-held --kind study", "missing --branch", "缺少选项 --branch"),
        ("log meeting-held --branch b2 --kind study", 'no branch "b2"; did you mean b1', "没有党组织“b2”"),
        ("log meeting-held --branch b1 --kind", "option --kind wants a value", "选项 --kind 缺少值"),
        (f"assess {RUBRIC} 11.9 2 --branch b1 --as superior", 'no clause "11.9"', "没有条款“11.9”"),
        (f"assess {RUBRIC} 11.1 2 --branch b1 --as boss", "--as must be one of", "--as 应为"),
        (f"assess {RUBRIC} 11.1 2 --branch b1 --as self --period 19", "--period: must be", "--period: "),
        ("log clause-assessed --branch b1 --rubric nix --clause 1 --assessor self --points 1",
         "--rubric: must be", "--rubric: "),
        ("history --type metings", 'no event type "metings"; did you mean', "没有记录类型“metings”"),
        ("history --branch b9", 'no branch "b9"', "没有党组织“b9”"),
        ("history --from yesterday", "--from must be a day", "--from 应为日期"),
        ("adopt nix --branch b1", "no such rubric", "没有这份细则"),
        ("drop nix --branch b1", "no such rubric", "没有这份细则"),
        ("adopt college-staff-branch-2019 --branch b9", 'no branch "b9"', "没有党组织“b9”"),
        ("rubric show nix", "no such rubric", "没有这份细则"),
        ("rubric check nix.yaml", "no such file", "没有这个文件"),
        ("template nothing-held sheet.xlsx", 'no event type "nothing-held"', "没有记录类型"),
        ("verify --head nowhere.txt", "cannot read nowhere.txt", "无法读取 nowhere.txt"),
        ("head --format xml", "--format must be one of text, json, got xml", "--format 应为 text、json 之一"),
        ("people list --format xml", "--format must be one of table, json", "--format 应为 table、json"),
        ("notify remove", "missing argument ID. See", "缺少参数 ID。"),
        ("notify test one", "ID must be a whole number.", "ID 应为整数。"),
        ("head --lang fr", "--lang must be zh or en", "--lang 只能是 zh 或 en"),
        ("head --ledger", "option --ledger wants a value", "选项 --ledger 缺少值"),
    ],
)  # fmt: skip
def test_a_wrong_command_line_is_told_in_the_users_language(
    line: str, english: str, chinese: str, branch: Program
) -> None:
    before = branch.head()
    for lang, expected in (("en", english), ("zh", chinese)):
        result = branch(*line.split(), lang=lang)
        assert result.status == 2, result
        assert result.out == ""
        assert expected in result.err
        assert "Traceback" not in result.err
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
    assert result.err == '--from: must be a day YYYY-MM-DD, got "2019"\n'


@pytest.mark.parametrize("words", [("remind",), ("due",)], ids=lambda words: words[0])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_beyond_the_known_years_are_refused(words: tuple[str, ...], day: str, year: Program) -> None:
    result = year(*words, "--on", day)
    assert (result.status, result.out) == (2, "")
    assert result.err == f"--on must lie in the years 1900 to 2200, got {day}.\n"
