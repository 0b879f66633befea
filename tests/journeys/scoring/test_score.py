"""Scoring, explaining, and the demonstration."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.program import ROOT, Program, widest

RUBRIC = "college-staff-branch-2019"
PUBLISHED = json.loads((ROOT / "cli/demo/published.json").read_text("utf-8"))
SCORE = ("score", RUBRIC, "--period", "2019", "--on", "2020-01-31")


def _items(score: dict[str, Any]) -> dict[str, str]:
    return {item["id"]: item["score"] for section in score["sections"] for item in section["items"]}


def test_the_year_gives_the_published_points_item_by_item(year: Program) -> None:
    document = year.ok(*SCORE, "--format", "json").json
    assert [score["branch"] for score in document["scores"]] == ["b1", "b2"]
    for score in document["scores"]:
        assert _items(score) == PUBLISHED["items"][score["branch"]]
        assert score["total"] == PUBLISHED["totals"][score["branch"]]
        assert (score["at_risk"], score["unassessed"], score["in_play"]) == ("0.00", "0.00", "99.00")
    assert document["ledger"]["position"] == year.head()["position"]
    assert document["ledger"]["head"] == year.head()["hash"]


def test_the_answer_is_the_same_in_every_language_and_twice(year: Program) -> None:
    english = year.ok(*SCORE, "--format", "json", "--explain").out
    assert year.ok(*SCORE, "--format", "json", "--explain", lang="zh").out == english


def test_a_branch_alone_scores_as_it_does_beside_others(year: Program) -> None:
    both = year.ok(*SCORE, "--format", "json").json["scores"]
    alone = year.ok(*SCORE, "--format", "json", "--branch", "b2").json["scores"]
    assert [{**score, "rank": None} for score in both if score["branch"] == "b2"] == [
        {**score, "rank": None} for score in alone
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--branch", "b1"),
        ("--rank",),
        ("--explain",),
        ("--on", "2019-09-30", "--explain", "--branch", "b1"),
    ],
    ids=lambda words: " ".join(words) or "plain",
)
def test_tables_fit_eighty_columns_and_carry_no_colours(
    words: tuple[str, ...], lang: str, year: Program
) -> None:
    result = year.ok(*SCORE, *words, lang=lang)
    assert widest(result.out) <= 80
    assert "\x1b" not in result.out
    assert all(line == line.rstrip() for line in result.out.splitlines())
    assert result.err == ""


def test_the_table_of_one_branch_tells_what_is_short_and_at_risk(year: Program) -> None:
    out = year.ok(*SCORE, "--branch", "b1", "--on", "2019-09-30").out
    assert re.search(r"^4\.2 .* 8\.00 +5\.00 +3\.00$", out, re.MULTILINE)


def test_a_month_says_how_little_is_in_play(year: Program) -> None:
    out = year.ok("score", RUBRIC, "--period", "2019-02", "--branch", "b1").out
    assert re.search(r"\d+\.\d\d of the 99\.00 points were in play in this period\.", out)


def test_ranks_are_shown_on_request(year: Program) -> None:
    plain, ranked = year.ok(*SCORE).out, year.ok(*SCORE, "--rank").out
    assert "rank  " not in plain
    assert re.search(r"rank +2 +1$", ranked, re.MULTILINE)


def test_many_branches_stand_one_a_row(year: Program) -> None:
    for number in range(3, 8):
        named = ("--branch", f"b{number}", "--name", "x", "--parent", "general-branch")
        year.ok("log", "branch-registered", *named, "--on", "2018-01-01")
    branches = [word for n in range(1, 8) for word in ("--branch", f"b{n}")]
    for lang in ("en", "zh"):
        out = year.ok(*SCORE, *branches, lang=lang).out
        assert widest(out) <= 80
        rows = [line.split() for line in out.splitlines() if re.match(r"b\d\b", line)]
        assert [row[0][:2] for row in rows] == [f"b{n}" for n in range(1, 8)]
        assert "87.50" in rows[0]
    ranked = year.ok(*SCORE, *branches, "--rank").out
    assert [line.split()[:2] for line in ranked.splitlines() if re.match(r" *\d ", line)][:2] == [
        ["1", "b2"],
        ["2", "b1"],
    ]


def test_csv_has_a_row_an_item_a_section_and_a_total(year: Program) -> None:
    rows = list(csv.DictReader(io.StringIO(year.ok(*SCORE, "--format", "csv").out)))
    items = {(row["branch"], row["id"]): row["score"] for row in rows if row["level"] == "item"}
    assert items == {(b, i): points for b, found in PUBLISHED["items"].items() for i, points in found.items()}
    assert {row["branch"]: row["score"] for row in rows if row["level"] == "total"} == PUBLISHED["totals"]


def test_the_answer_goes_into_a_file_by_its_ending(year: Program, tmp_path: Path) -> None:
    file = tmp_path / "score.json"
    result = year.ok(*SCORE, "--output", str(file))
    assert result.out == f"Written to {file}.\n"
    assert json.loads(file.read_text("utf-8")) == year.ok(*SCORE, "--format", "json").json
    table = tmp_path / "score.txt"
    year.ok(*SCORE, "--output", str(table))
    assert table.read_text("utf-8") == year.ok(*SCORE).out


def test_the_log_as_it_was_known_gives_the_score_as_it_was(year: Program) -> None:
    before, now = year.head(), year.ok(*SCORE, "--format", "json").json
    year.ok(
        "log", "finding-recorded", "--branch", "b1", "--category", "records_incomplete", "--on", "2019-11-01"
    )
    assert year.ok(*SCORE, "--format", "json").json["scores"][0]["total"] == "87.30"
    then = year.ok(*SCORE, "--as-of", str(before["position"]), "--format", "json").json
    assert then == now
    assert year(*SCORE, "--as-of", "2018-12-31").status == 1


def test_an_explanation_lists_the_entries_and_the_events_behind_them(year: Program) -> None:
    explain = ("explain", RUBRIC, "2.2.b", "--branch", "b1", "--period", "2019", "--on", "2020-01-31")
    out = year.ok(*explain).out
    assert "0.00 of 2.00 points" in out
    assert "place 2 of 2" in out
    assert "metric reported: study app average, value 8746.5" in out
    document = year.ok(*explain, "--format", "json").json
    assert document["branch"] == "b1"
    [entry] = document["clause"]["entries"]
    assert (entry["points"], len(entry["events"])) == ("0.00", 1)
    assert widest(year.ok(*explain, lang="zh").out) <= 80


@pytest.mark.parametrize(
    "clause", ["1.1", "2.1.a", "3.1.a", "4.1", "4.2", "5.2", "6.4", "7.1", "10.2", "11.1"]
)
def test_every_kind_of_clause_can_be_explained_in_both_languages(clause: str, year: Program) -> None:
    for lang in ("en", "zh"):
        out = year.ok("explain", RUBRIC, clause, "--branch", "b2", "--period", "2019", lang=lang).out
        assert widest(out) <= 80
        assert clause in out


def test_rubrics_are_listed_shown_checked(zhibu: Program, tmp_path: Path) -> None:
    assert RUBRIC in zhibu.ok("rubrics").out
    for lang in ("en", "zh"):
        for name in [one["id"] for one in zhibu.ok("rubrics", "--format", "json").json]:
            assert widest(zhibu.ok("rubric", "show", name, lang=lang).out) <= 80
        assert widest(zhibu.ok("rubrics", lang=lang).out) <= 80
    checked = zhibu.ok("rubric", "check", RUBRIC).out
    assert re.search(r"10.*9", checked)
    assert zhibu("rubric", "check", "--strict", RUBRIC).status == 1
    found = zhibu.ok("rubric", "check", RUBRIC, "--format", "json").json
    assert {"inconsistency", "reading"} == {problem["severity"] for problem in found}
    broken = tmp_path / "mine.yaml"
    broken.write_text("id: mine\nsections: []\n")
    result = zhibu("rubric", "check", str(broken))
    assert result.status == 1
    assert str(broken) in result.err
    assert "properties" in zhibu.ok("rubric", "schema").json


def test_a_rubric_file_of_ones_own_is_used_by_its_path(year: Program, tmp_path: Path) -> None:
    source = (ROOT / f"rubrics/forms/{RUBRIC}.yaml").read_text("utf-8")
    own = tmp_path / "own.yaml"
    own.write_text(source.replace(f"id: {RUBRIC}", "id: our-own-form"), "utf-8")
    year.ok("adopt", str(own), "--branch", "b2", "--from", "2019-01-01")
    document = year.ok("score", str(own), "--period", "2019", "--on", "2020-01-31", "--format", "json").json
    assert document["rubric"]["id"] == "our-own-form"
    assert [score["branch"] for score in document["scores"]] == ["b2"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_demonstration_goes_the_whole_way_and_its_next_commands_work(lang: str, zhibu: Program) -> None:
    result = zhibu.ok("demo", lang=lang)
    assert result.out.count("✓") == 72
    assert "✗" not in result.out
    assert "87.50" in result.out
    assert "90.00" in result.out
    commands = [line.split()[1:] for line in result.out.splitlines() if line.startswith("  zhibu ")]
    assert commands.pop() == ["web", "--demo"]
    assert len(commands) >= 5
    for words in commands:
        zhibu.ok(*words, lang=lang)
    tables = "\n".join(line for line in result.out.splitlines() if not line.startswith("  zhibu "))
    assert widest(tables) <= 80


def test_judgements_of_another_period_are_named_where_they_do_not_count(branch: Program) -> None:
    def judge(clause: str, period: str, assessor: str = "superior", *, on: str = "2019-03-30") -> None:
        branch.ok("assess", RUBRIC, clause, "0.5", "--branch", "b1", "--as", assessor,
                  *(("--period", period) if period else ()), "--on", on)  # fmt: skip

    def remark(period: str, lang: str = "en") -> str:
        told = branch.ok("score", RUBRIC, "--period", period, "--on", "2020-01-31", lang=lang).out
        assert widest(told) <= 80
        return told.splitlines()[-1]

    judge("1.2", "2019")
    judge("1.2", "2019", on="2019-03-31")  # the same judgement again, later
    assert not re.match(r"\d+ .*\(2019", remark("2019"))
    assert re.match(r"1 .*\(2019\)", remark("2019-Q1"))
    assert re.search(r" 1 .*（2019）", remark("2019-Q1", "zh"))
    judge("1.1", "")  # of the year of its day
    assert re.match(r"2 .*\(2019\)", remark("2019-Q1"))
    judge("1.1", "2019-Q1", "self")
    assert re.match(r"3 .*\(2019, 2019-Q1\)", remark("2019-03"))
    assert re.match(r"1 .*\(2019-Q1\)", remark("2019"))
    # what lies elsewhere altogether is nobody's concern here
    assert not re.match(r"\d+ .*\(2019", remark("2018"))
    shape = branch.ok("score", RUBRIC, "--period", "2019-Q1", "--on", "2020-01-31", "--format", "json").json
    assert set(shape) == {"rubric", "period", "on", "ledger", "scores"}


def test_grades_of_another_period_are_named_too(branch: Program) -> None:
    form = "institute-branch-appraisal"
    clause = branch.ok("rubric", "show", form, "--format", "json").json["sections"][0]["items"][0]["clauses"][
        0
    ]
    branch.ok("tally", form, clause["id"], "--branch", "b1", "--source", "masses", "--period", "2019",
              "--on", "2019-03-30", "--excellent", "10")  # fmt: skip
    told = branch.ok("score", form, "--period", "2019-Q1", "--branch", "b1", "--on", "2019-04-30").out
    assert re.match(r"1 .*\(2019\)", told.splitlines()[-1])
