"""Files in and out, through the program."""

import json
import shlex
from pathlib import Path

import pytest

from tests.program import ROOT, Program, figures

EVENTS = ROOT / "cli/demo/events.jsonl"
GOOD = {"branch": "b1", "type": "meeting_held", "occurred_on": "2019-03-12", "data": {"kind": "study"}}


def test_the_same_file_again_changes_nothing(year: Program) -> None:
    head = year.head()
    assert figures(year.ok("import", str(EVENTS)).out) == [0, 533]
    assert figures(year.ok("import", "-", stdin=EVENTS.read_bytes(), lang="zh").out) == [0, 533]
    assert year.head() == head


def test_a_bad_file_is_told_whole_and_changes_nothing(branch: Program, tmp_path: Path) -> None:
    head = branch.head()
    lines = [json.dumps(GOOD), json.dumps({**GOOD, "data": {"kind": "study", "present": -3}}), "nonsense\n"]
    file = tmp_path / "events.jsonl"
    file.write_text("\n".join(lines))
    result = branch("import", str(file))
    assert (result.status, result.out) == (1, "")
    first, second, last = result.err.splitlines()
    assert first.startswith(f"{file}:2: data.present: ")
    assert first.endswith("-3")
    assert second.startswith(f"{file}:3: ")
    assert '"nonsense"' in second
    assert figures(last) == [2]
    assert branch.head() == head
    piped = branch("import", "-", stdin="\n".join(lines), lang="zh")
    assert piped.err.splitlines()[0].startswith("-:2: data.present: ")


def test_all_problems_are_counted_and_a_hundred_told(branch: Program) -> None:
    bad = json.dumps({**GOOD, "data": {"kind": "nonsense"}}) + "\n"
    result = branch("import", "-", stdin=bad * 130)
    assert result.status == 1
    assert len(result.err.splitlines()) == 101
    assert figures(result.err.splitlines()[-1]) == [130, 100]


def test_a_file_that_is_not_there_is_told(branch: Program, tmp_path: Path) -> None:
    result = branch("import", str(tmp_path / "none.jsonl"))
    assert result.status == 1
    assert str(tmp_path / "none.jsonl") in result.err


def test_a_full_export_is_restored_to_the_hash(year: Program, tmp_path: Path) -> None:
    file, other = tmp_path / "log.jsonl", str(tmp_path / "again.db")
    assert figures(year.ok("export", str(file)).out) == [533]
    assert year.ok("export").out == file.read_text("utf-8")
    year.ok("init", "--ledger", other)
    year.ok("import", "--restore", str(file), "--ledger", other)
    assert year.ok("head", "--ledger", other).out == year.ok("head").out
    assert year.ok("verify", "--ledger", other).status == 0
    again = year("import", "--restore", str(file), "--ledger", other)
    assert again.status == 1


def test_an_export_takes_the_place_of_an_older_one(year: Program, tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    file.write_text("older")
    year.ok("export", str(file))
    assert len(file.read_text("utf-8").splitlines()) == 533


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_sheet_of_the_log_is_all_there_already(ending: str, year: Program, tmp_path: Path) -> None:
    sheet = str(tmp_path / f"log.{ending}")
    year.ok("export", sheet)
    assert figures(year.ok("import", sheet).out.splitlines()[-1]) == [0, 533]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_template_is_made_for_a_type(ending: str, branch: Program, tmp_path: Path) -> None:
    sheet = tmp_path / f"meetings.{ending}"
    assert f"zhibu import {sheet}" in branch.ok("template", "meeting-held", str(sheet)).out
    assert sheet.stat().st_size > 0
    for other in ("meetings.jsonl", "meetings.pdf", "meetings"):
        refused = branch("template", "meeting-held", str(tmp_path / other))
        assert (refused.status, refused.err) == (2, "a template is a .csv or an .xlsx file.\n")


def test_the_next_command_can_be_pasted_whatever_the_file_is_called(branch: Program, tmp_path: Path) -> None:
    sheet = tmp_path / "七月 的会议 (1).csv"
    out = branch.ok("template", "meeting-held", str(sheet), lang="zh").out
    command = shlex.split(out.partition("运行：")[2])
    assert command == ["zhibu", "import", str(sheet)]


def test_a_template_never_takes_the_place_of_a_filled_in_sheet(branch: Program, tmp_path: Path) -> None:
    sheet = tmp_path / "dues.csv"
    branch.ok("template", "dues-paid", str(sheet))
    sheet.write_text("filled in", "utf-8")
    for lang, said in (("en", f"{sheet}: must be a new file"), ("zh", f"{sheet}：须为新文件")):
        again = branch("template", "dues-paid", str(sheet), lang=lang)
        assert (again.status, said in again.err) == (1, True)
    assert sheet.read_text("utf-8") == "filled in"


def test_a_csv_without_a_type_column_is_told_the_type(branch: Program, tmp_path: Path) -> None:
    sheet = tmp_path / "m.csv"
    sheet.write_text("branch,occurred_on,kind,present\nb1,2019-03-12,主题党日,11\n", "utf-8")
    assert branch("import", str(sheet)).status == 1
    out = branch.ok("import", "--type", "meeting-held", str(sheet)).out
    assert out.splitlines()[-1] == "appended 1, already there 0."
    assert (
        branch.ok("history", "--type", "meeting_held", "--format", "json").json[0]["data"]["kind"]
        == "theme_day"
    )


def test_a_file_that_could_not_be_written_leaves_nothing_behind(year: Program, tmp_path: Path) -> None:
    result = year("export", str(tmp_path / "nowhere" / "log.jsonl"))
    assert (result.status, "Traceback" in result.err) == (1, False)
    assert list(tmp_path.glob("*.jsonl")) == []
