"""Rubrics of a person's own, in a folder that ZHIBU_RUBRICS names."""

import csv
import io
import os
from pathlib import Path

import pytest

from tests.program import ROOT, Program

RUBRIC = "college-staff-branch-2019"
OWN = "our-own-form"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    source = (ROOT / f"rubrics/forms/{RUBRIC}.yaml").read_text("utf-8")
    folder = tmp_path / "forms"
    folder.mkdir()
    file = folder / f"{OWN}.yaml"
    file.write_text(source.replace(f"id: {RUBRIC}", f"id: {OWN}"), "utf-8")
    return file


def _with_folder(program: Program, own: Path) -> None:
    program.environ["ZHIBU_RUBRICS"] = os.pathsep.join(["/nowhere", str(own.parent)])


def test_a_form_in_a_folder_is_found_by_its_id(year: Program, own: Path) -> None:
    _with_folder(year, own)
    assert year.ok("adopt", OWN, "--branch", "b2", "--from", "2019-01-01").err == ""
    document = year.ok("score", OWN, "--period", "2019", "--on", "2020-01-31", "--format", "json").json
    assert [score["branch"] for score in document["scores"]] == ["b2"]
    year.ok("explain", OWN, "2.2", "--branch", "b2", "--period", "2019")
    due = year.ok("due", "--branch", "b2", "--on", "2019-06-01", "--format", "json")
    assert (due.err, {RUBRIC, OWN} == {one["rubric"] for one in due.json}) == ("", True)
    said = year.ok("log", "meeting-held", "--branch", "b2", "--kind", "study", "--on", "2019-03-12").out
    assert f"counts for: {OWN} 2.1.a" in said
    assert [one["id"] for one in year.ok("rubrics", "--format", "json").json][-1] == OWN
    assert OWN in year.ok("rubrics").out
    assert f"{OWN}: 0 errors" in year.ok("rubric", "check", OWN).out
    judged = f'{{"branch":"b2","type":"clause_assessed","occurred_on":"2020-01-02","data":{{"rubric":"{OWN}",'
    judged += '"clause":"11.1","assessor":"self","points":"1","period":"2019"}}'
    assert year.ok("import", "-", stdin=judged).out.splitlines()[-1].startswith("appended 1,")


def test_an_adopted_form_that_is_not_at_hand_is_told_with_the_fix(year: Program, own: Path) -> None:
    adopted = year.ok("adopt", str(own), "--branch", "b2").err
    assert (f"{OWN}.yaml" in adopted, "ZHIBU_RUBRICS" in adopted) == (True, True)
    logged = year.ok("log", "meeting-held", "--branch", "b2", "--kind", "study", "--on", "2019-03-12")
    assert f"{RUBRIC} 2.1.a" in logged.out
    assert OWN in logged.err
    unknown = year("score", OWN, "--period", "2019")
    assert (unknown.status, "ZHIBU_RUBRICS" in unknown.err) == (2, True)
    assert "ZHIBU_RUBRICS" in year("score", OWN, "--period", "2019", lang="zh").err


def test_due_says_that_an_adopted_form_is_not_at_hand_and_not_that_nothing_is_adopted(
    zhibu: Program, own: Path
) -> None:
    zhibu.ok("init")
    zhibu.ok("log", "branch-registered", "--branch", "b7", "--name", "七支部", "--on", "2018-01-01")
    zhibu.ok("adopt", str(own), "--branch", "b7", "--from", "2019-01-01")
    due = zhibu.ok("due", "--on", "2019-06-01")
    assert OWN in due.err
    assert "zhibu adopt" not in due.out


def test_one_broken_form_is_told_and_the_others_are_listed_and_swept(year: Program, own: Path) -> None:
    year.ok("adopt", str(own), "--branch", "b2", "--from", "2019-01-01")
    _with_folder(year, own)
    own.write_text("id: [", "utf-8")
    listed = year.ok("rubrics", "--format", "json")
    assert len(listed.json) == 5
    assert OWN in listed.err
    for words in (("due",), ("remind", "--dry-run")):
        swept = year.ok(*words, "--on", "2019-06-01", "--format", "json")
        assert {one["rubric"] for one in swept.json} == {RUBRIC}
        assert OWN in swept.err


def test_a_form_that_its_check_refuses_is_neither_adopted_nor_scored_nor_sealed(
    year: Program, own: Path
) -> None:
    text = own.read_text("utf-8").replace("type: disclosure_made, where", "type: disclosure_mad, where", 1)
    own.write_text(text, "utf-8")
    assert year("rubric", "check", str(own)).status == 1
    before = year.ok("head").out
    adopted = (
        f'{{"branch":"b2","type":"rubric_adopted","occurred_on":"2020-01-02","data":{{"rubric":"{OWN}"}}}}'
    )
    _with_folder(year, own)
    for form in (str(own), OWN):
        for refused in (
            year("adopt", form, "--branch", "b2"),
            year("score", form, "--period", "2019"),
            year("seal", form, "--period", "2019"),
            year("import", "-", stdin=adopted),
        ):
            assert refused.status == 1
            assert ("disclosure_mad" in refused.err, "disclosure_made" in refused.err) == (True, True)
    assert year.ok("head").out == before


def test_a_file_whose_name_is_not_its_id_is_told(year: Program, own: Path) -> None:
    _with_folder(year, own)
    own.rename(own.with_name("other.yaml"))
    refused = year("score", "other", "--period", "2019")
    assert (refused.status, "other" in refused.err, OWN in refused.err) == (1, True, True)


def test_a_title_that_a_spreadsheet_would_run_is_armed(year: Program, own: Path) -> None:
    text = own.read_text("utf-8")
    title = text[text.index("title:", text.index("sections:")) :].splitlines()[0]
    own.write_text(text.replace(title, 'title: {zh: "\\n=HYPERLINK(1)", en: "=cmd|x"}', 1), "utf-8")
    _with_folder(year, own)
    for lang, armed in (("zh", "'\n=HYPERLINK(1)"), ("en", "'=cmd|x")):
        out = year.ok("score", OWN, "--period", "2019", "--branch", "b1", "--format", "csv", lang=lang).out
        assert armed in out
        cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
        assert not [cell for cell in cells if cell.strip().startswith("=")]
