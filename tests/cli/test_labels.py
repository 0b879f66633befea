"""What stands for a stored word on the command line: the word, or its label in either language."""

from collections.abc import Iterable

import pytest

from ledger.events import CATALOGUE, fields_of
from ledger.words import Words
from tests.program import Program

RUBRIC = "college-staff-branch-2019"


def _last(program: Program) -> dict[str, object]:
    logged = program.ok("history", "--format", "json").json[-1]
    return {"type": logged["type"], **logged["data"]}


@pytest.mark.parametrize(
    "kind", ["committee_meeting", "支委会", "branch committee meeting", "Branch Committee Meeting"]
)
def test_a_value_is_said_by_its_word_or_its_label(kind: str, branch: Program) -> None:
    branch.ok("log", "meeting-held", "--branch", "b1", "--on", "2019-03-12", "--kind", kind)
    assert _last(branch)["kind"] == "committee_meeting"


def test_a_set_is_said_by_labels_too(branch: Program) -> None:
    branch.ok(
        "log", "会议", "--branch", "b1", "--on", "2019-03-12", "--kind", "集中学习",
        "--evidence", "会议记录、照片", "--evidence", "sign-in sheet",
    )  # fmt: skip
    assert _last(branch)["evidence"] == ["minutes", "photo", "sign_in"]


@pytest.mark.parametrize("word", ["lecture-given", "lecture_given", "党课", "Party lecture", "party lecture"])
def test_a_type_is_said_by_its_word_or_its_label(word: str, branch: Program) -> None:
    assert branch.ok("log", word, "--help").out == branch.ok("log", "lecture-given", "--help").out
    branch.ok("log", word, "--branch", "b1", "--on", "2019-03-12", "--lecturer", "书记")
    assert _last(branch)["type"] == "lecture_given"
    assert len(branch.ok("history", "--type", word, "--format", "json").json) == 1
    assert branch.ok("template", word, str(branch.ledger.with_name("sheet.csv"))).status == 0


def test_options_of_judgements_and_recipients_take_labels(branch: Program) -> None:
    branch.ok("assess", RUBRIC, "11.1", "1", "--branch", "b1", "--as", "主管部门", "--period", "2019")
    assert _last(branch)["assessor"] == "department"
    tally = ("tally", "institute-branch-appraisal", "1.1", "--branch", "b1", "--period", "2019")
    branch.ok(*tally, "--source", "群众", "--excellent", "9")
    assert _last(branch)["source"] == "masses"
    branch.ok("notify", "add", "--branch", "b1", "--rung", "逾期", "--rung", "Day", "wecombot://k")
    assert branch.ok("notify", "list", "--format", "json").json[0]["wants"] == {"b1": ["day", "overdue"]}


@pytest.mark.parametrize(
    ("line", "status", "english", "chinese"),
    [
        (("log", "meeting-held", "--kind", "大会"), 1,
         "must be one of: enlarged, general_meeting, congress, …", "general_meeting（支部党员大会）"),
        (("assess", RUBRIC, "11.1", "1", "--as", "boss"), 2,
         "--as must be one of self, superior, department, got boss.",
         "--as 应为以下之一：self（自评）、superior（上级）、department（主管部门），实际为 boss。"),
        (("notify", "add", "--rung", "soon", "wecombot://k"), 2,
         "--rung must be one of lead, near, day, overdue, got soon.", "lead（提前）、near（临近）"),
        (("log", "大会"), 2, 'there is no command "大会".', "没有命令“大会”。"),
    ],
)  # fmt: skip
def test_what_is_neither_is_told_with_what_comes_nearest(
    line: tuple[str, ...], status: int, english: str, chinese: str, branch: Program
) -> None:
    head = branch.head()
    for lang, said in (("en", english), ("zh", chinese)):
        result = branch(*line, "--branch", "b1", lang=lang)
        assert (result.status, result.out, said in result.err) == (status, "", True), result
    assert branch.head() == head


def test_no_label_stands_for_two_words() -> None:
    def ambiguous(labels: Iterable[tuple[str, Words]]) -> set[str]:
        said = [(word, text.casefold()) for word, label in labels for text in {word, *label}]
        return {text for word, text in said for other, same in said if same == text and other != word}

    assert not ambiguous((word, model.label) for word, model in CATALOGUE.items())
    for word in CATALOGUE:
        for name, info in fields_of(word).items():
            labels = [(value, described.label) for value, described in info.choices.items()]
            assert not ambiguous(labels), (word, name)
