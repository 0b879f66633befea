"""`zhibu due`: what is due as a table, as JSON, and as a calendar that a phone subscribes to."""

import re
from pathlib import Path

import pytest

from tests.program import Program, widest

RUBRIC = "college-staff-branch-2019"
DUE = ("due", "--on", "2019-03-21")


def test_the_list_is_the_contracts(branch: Program) -> None:
    branch.ok("log", "meeting-held", "--branch", "b1", "--kind", "committee_meeting", "--on", "2019-03-05")
    found = branch.ok(*DUE, "--format", "json").json
    assert [one["due_on"] for one in found] == sorted(one["due_on"] for one in found)
    assert {one["branch"] for one in found} == {"b1"}
    [lecture] = [
        one for one in found if one["clause"] == "3.1.a" and one["what"] == "党课" and one["days_left"] == 10
    ]
    assert lecture == {
        "branch": "b1",
        "rubric": RUBRIC,
        "clause": "3.1.a",
        "obligation": f"{RUBRIC}/3.1.a/3/2019-Q1",
        "what": "党课",
        "window": "2019-Q1",
        "due_on": "2019-03-31",
        "days_left": 10,
        "required": "1",
        "done": "0",
        "missing": "1",
        "at_stake": "0.30",
        "members": [],
        "part_paid": [],
        "advisory": False,
        "state": "at_risk",
    }
    # 31 January and 28 February are overdue; adopted on 8 January, so nothing of the year before
    states = [one["state"] for one in found if one["what"] == "支委会"]
    assert states == ["overdue", "overdue", "met", *["open"] * 9]
    same_day = [float(one["at_stake"]) for one in found if one["due_on"] == "2019-12-31"]
    assert same_day == sorted(same_day, reverse=True)


def test_machines_read_the_same_in_every_language(year: Program) -> None:
    english, chinese = (year.ok(*DUE, "--format", "json", lang=lang).out for lang in ("en", "zh"))
    assert english == chinese


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_table_says_what_by_when_and_what_is_at_stake(year: Program, lang: str) -> None:
    out = year.ok(*DUE, lang=lang).out
    assert widest(out) <= 80
    assert re.search(r"^2019-03-25 +4 ", out, re.MULTILINE)
    assert "m102 m105" in out
    assert "--all" in out.splitlines()[-2]
    everything = year.ok(*DUE, "--all", lang=lang).out
    assert widest(everything) <= 80
    assert len(everything.splitlines()) > len(out.splitlines())
    assert "2019-01-25" in everything
    assert "2019-01-25" not in out


def test_what_is_later_is_gathered_by_clause_unless_it_is_asked_for(branch: Program) -> None:
    found = branch.ok(*DUE, "--format", "json").json
    unmet = [one for one in found if one["state"] in ("open", "at_risk", "overdue")]
    near = [one for one in unmet if one["due_on"] <= "2019-04-21" or one["state"] != "open"]
    out = branch.ok(*DUE).out
    first, later = re.split(r"^[^\d\n]+2019-04-21\n", out, flags=re.MULTILINE)
    assert re.findall(r"^2019-\d\d-\d\d", first, re.MULTILINE) == [one["due_on"] for one in near]
    number = len(unmet) - len(near)
    counts = re.findall(r"^2019-\d\d-\d\d +\d+ +(\d+)  ", later, re.MULTILINE)
    assert sum(map(int, counts)) == number
    assert len(counts) < number / 2
    assert re.search(r"^2019-04-30 +40 +9  .* 3\.1\.a +0\.30$", later, re.MULTILINE)
    for lang in ("en", "zh"):
        last = branch.ok(*DUE, lang=lang).out.splitlines()[-1]
        assert (re.findall(r"\d+", last)[0], "--until" in last) == (str(number), True)
    until = branch.ok(*DUE, "--until", "2019-12-31").out
    assert len(re.findall(r"^2019-\d\d-\d\d", until, re.MULTILINE)) == len(unmet)
    assert "--until" not in until
    everything = branch.ok(*DUE, "--all").out
    assert len(re.findall(r"^2019-\d\d-\d\d", everything, re.MULTILINE)) == len(found)
    # where a line each is no more than a line a clause, nothing is gathered
    assert "--until" not in branch.ok("due", "--on", "2019-11-29").out


@pytest.mark.parametrize("options", [("--until", "2019-04-01"), ("--all",), ()])
def test_machines_and_calendars_get_everything(branch: Program, options: tuple[str, ...]) -> None:
    for form in ("json", "ics"):
        whole = branch.ok(*DUE, "--until", "2019-12-31", "--format", form).out
        assert branch.ok(*DUE, *options, "--format", form).out == whole


def test_what_loses_nothing_more_and_what_is_advisory_is_listed_with_no_points(branch: Program) -> None:
    dues = [
        ("log", "member-joined", "--branch", "b1", "--member", f"m{n}", "--on", "2018-06-01") for n in "12"
    ]
    for words in dues:
        branch.ok(*words)
    overdue = branch.ok("due", "--on", "2019-03-01").out
    assert re.search(r"2019-02-25 +-4 .* 10\.2 +2/2 +0\.00", overdue)
    listed = branch.ok("due", "--on", "2019-03-01", "--format", "json").json
    [late] = [one for one in listed if (one["clause"], one["due_on"]) == ("10.2", "2019-02-25")]
    assert (late["state"], late["at_stake"], late["advisory"]) == ("overdue", "0.00", False)
    advisory = [one for one in listed if one["advisory"]]
    assert {one["at_stake"] for one in advisory} == {"0.00"}


def test_several_rubrics_of_several_branches_still_fit(year: Program) -> None:
    year.ok("adopt", "hospital-branch-2019", "--branch", "b1", "--from", "2019-01-01")
    year.ok("adopt", "institute-branch-appraisal", "--branch", "b2", "--from", "2019-01-01")
    for lang in ("en", "zh"):
        out = year.ok(*DUE, "--all", lang=lang).out
        assert widest(out) <= 80
        assert out.splitlines()[2:4] == ["A  college-staff-branch-2019", "B  hospital-branch-2019"]
        assert re.search(r"2019-03-31 .* b1.* B 6\.1 ", out)
    found = year.ok("due", "--on", "2019-06-10", "--format", "json", "--branch", "b2").json
    assert [one["what"] for one in found if one["clause"] == "-"] == ["半年自评", "半年自评"]


def test_branches_and_rubrics_narrow_the_list(year: Program) -> None:
    year.ok("adopt", "hospital-branch-2019", "--branch", "b1", "--from", "2019-02-01")

    def of(*words: str) -> set[tuple[str, str]]:
        return {(one["branch"], one["rubric"]) for one in year.ok(*DUE, *words, "--format", "json").json}

    college, hospital = RUBRIC, "hospital-branch-2019"
    assert of() == {("b1", college), ("b2", college), ("b1", hospital)}
    assert of("--branch", "b2") == {("b2", college)}
    assert of("--rubric", hospital) == {("b1", hospital)}
    # named, a branch is shown by a rubric that it has not adopted
    assert of("--rubric", hospital, "--branch", "b2") == {("b2", hospital)}
    # where nobody has adopted a rubric, all of its kind are
    assert of("--rubric", "bureau-direct-organization") == {
        ("b1", "bureau-direct-organization"), ("b2", "bureau-direct-organization")
    }  # fmt: skip
    assert of("--rubric", "hospital-committee-standard") == set()


def test_names_stand_beside_codes_on_the_screen_and_nowhere_else(year: Program, tmp_path: Path) -> None:
    year.ok("people", "set", "m102", "王芳")
    assert "m102（王芳）" in year.ok(*DUE, lang="zh").out
    file = tmp_path / "due.txt"
    for words in (("--format", "json"), ("--format", "ics"), ("--output", str(file))):
        assert "王芳" not in year.ok(*DUE, *words, lang="zh").out
    assert "王芳" not in file.read_text("utf-8")


def test_who_follows_no_rubric_is_told_what_to_do(zhibu: Program) -> None:
    zhibu.ok("log", "branch-registered", "--branch", "b1", "--name", "一支部", "--on", "2018-06-01")
    assert zhibu.ok(*DUE, "--format", "json").json == []
    assert "zhibu adopt RUBRIC" in zhibu.ok(*DUE).out
    assert "zhibu adopt" in zhibu.ok(*DUE, lang="zh").out
    assert "b1" in zhibu.ok(*DUE, "--branch", "b1").err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--branch b9", 'no branch "b9"'),
        ("--rubric nix", "no such rubric"),
        ("--on 2019-02-30", "--on must be a day"),
        ("--until soon", "--until must be a day"),
        ("--on 9999-12-31", "--on must lie in the years 1900 to 2200"),
        ("--format pdf", "--format must be one of"),
    ],
)
def test_a_wrong_command_line_is_told(branch: Program, words: str, said: str) -> None:
    result = branch("due", *words.split())
    assert (result.status, result.out) == (2, "")
    assert said in result.err


def test_json_and_tables_go_to_files_too(year: Program, tmp_path: Path) -> None:
    file = tmp_path / "due.json"
    year.ok(*DUE, "--output", str(file))
    assert file.read_text("utf-8") == year.ok(*DUE, "--format", "json").out
    text = tmp_path / "due.txt"
    year.ok(*DUE, "--output", str(text))
    assert text.read_text("utf-8") == year.ok(*DUE).out
