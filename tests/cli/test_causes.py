"""What moved the points of a clause is said in words, whatever the kind of its rule, in both languages."""

import re

import pytest

from ledger.events import fields_of
from projections.engine.entries import Entry
from projections.examples.run import run_cases
from projections.text.entries import entry_line
from projections.text.rules import KINDS
from rubrics.examples.cases import load_cases
from rubrics.library import load, shipped
from tests.docs.test_names import KINDS as EVERY_KIND
from tests.program import Program

APPRAISAL = "institute-branch-appraisal"
_CODES = re.compile(r"[a-z]\d+|Q\d|H\d")


def _entries(form: str) -> list[Entry]:
    return [
        entry
        for result in run_cases(load_cases(form))
        for score in result.typed.values()
        for clause in score.clauses()
        for entry in clause.entries
    ]


@pytest.mark.parametrize("form", shipped())
def test_every_entry_of_the_forms_examples_is_told_in_the_readers_language(form: str) -> None:
    entries = _entries(form)
    assert entries
    for entry in entries:
        chinese, english = entry_line(entry)
        assert not re.search("[\u4e00-\u9fff]", english), english
        assert not re.search("[A-Za-z_]", _CODES.sub("", chinese)), chinese
        for line in (english, chinese):
            assert not re.search(r"[:：]( |$)|\b0/1\b|\b1/1\b", line), line


def test_every_kind_of_rule_has_a_name_in_both_languages(zhibu: Program) -> None:
    assert set(EVERY_KIND) == set(KINDS)
    shown = zhibu.ok("rubric", "show", "hospital-branch-2019", lang="zh").out
    kinds = {rule.kind for clause in load("hospital-branch-2019").rubric.clauses() for rule in clause.rules}
    assert not [kind for kind in kinds if re.search(rf"\b{kind}\b", shown)]
    assert all(KINDS[kind].zh in shown for kind in kinds)


def test_a_finding_is_logged_and_explained_by_its_label_and_any_other_word_is_taken(branch: Program) -> None:
    finding = ("log", "finding-recorded", "--branch", "b1", "--on", "2019-05-05", "--category")
    branch.ok(*finding, "记录虚假")
    branch.ok(*finding, "a_word_of_our_own")
    logged = branch.ok("history", "--type", "检查发现", "--format", "json").json
    assert [one["data"]["category"] for one in logged] == ["records_falsified", "a_word_of_our_own"]
    words = ("explain", "college-staff-branch-2019", "3.1.b", "--branch", "b1", "--period", "2019")
    label = fields_of("finding_recorded")["category"].choices["records_falsified"].label
    for lang, said in (("zh", label.zh), ("en", label.en)):
        assert said in branch.ok(*words, "--on", "2019-12-31", lang=lang).out


def test_a_list_is_gone_through_by_labels_and_other_words_are_taken(branch: Program) -> None:
    items = ("--items", "党员名册、学习记录簿", "--items", "a_word_of_our_own")
    branch.ok("log", "checklist-confirmed", "--branch", "b1", "--checklist", "两簿一册", *items)
    [logged] = branch.ok("history", "--type", "checklist-confirmed", "--format", "json").json
    assert logged["data"] == {
        "checklist": "two_books_one_roll",
        "items": ["a_word_of_our_own", "member_roll", "study_record_book"],
    }


def _tally(program: Program, source: str, **voices: int) -> None:
    options = [word for grade, count in voices.items() for word in (f"--{grade}", str(count))]
    where = ("--branch", "b1", "--period", "2019", "--on", "2019-12-20", "--source", source)
    program.ok("tally", APPRAISAL, "1.1", *where, *options)


def test_of_a_graded_clause_it_is_told_how_the_points_came_about(branch: Program) -> None:
    words = ("explain", APPRAISAL, "1.1", "--branch", "b1", "--period", "2019", "--on", "2019-12-31")
    _tally(branch, "organization", excellent=3, good=2)
    alone = " ".join(branch.ok(*words).out.split())
    assert re.search(r"\+91\.00 .*3 .*95\b.*2 .*85\b.*91\.00$", alone)
    _tally(branch, "masses", excellent=12, good=5, fair=2, poor=1)
    english = " ".join(branch.ok(*words).out.split())
    chinese = "".join(branch.ok(*words, lang="zh").out.split())
    for told in (english, chinese):
        assert re.search(r"12\D+95\D+5\D+85\D+2\D+75\D+1\D+60\D+88\.75(?!\d)", told)
        assert re.search(r"3\D+95\D+2\D+85\D+91\.00", told)
        assert re.search(r"50%\D+50%\D+89\.88", told)


def test_how_far_a_share_was_exceeded_is_told(branch: Program) -> None:
    branch.ok(
        "log", "meeting-held", "--branch", "b1", "--kind", "民主评议党员", "--on", "2019-12-17",
        "--appraised", "12", "--outstanding", "5",
    )  # fmt: skip
    words = ("explain", "college-staff-branch-2019", "3.3.b", "--branch", "b1", "--period", "2019")
    for lang in ("en", "zh"):
        assert re.search(
            r" 5[,，]\D+ 4$", branch.ok(*words, "--on", "2019-12-31", lang=lang).out, re.MULTILINE
        )
