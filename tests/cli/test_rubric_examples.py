"""`zhibu rubric test`: what it says, in which language, and how it ends."""

import re
from pathlib import Path

import pytest

from tests.program import Program, figures, widest
from tests.rubrics.examples.tiny import ALL, HEAD, WHOLE, written

ENTRY = re.compile(r" +(-?\d\.\d\d)  \S+  (\d{4}\S*)")
WRONG = ALL.replace("items: {1: 1}, total: 5", "items: {1: 2}, total: 6")


def test_examples_that_hold_are_told_in_a_line(zhibu: Program, tmp_path: Path) -> None:
    form = str(written(tmp_path, ALL))
    examples = form.replace(".yaml", ".examples.yaml")
    result = zhibu.ok("rubric", "test", form)
    for told in (result, zhibu.ok("rubric", "test", form, lang="zh")):
        assert (told.out.startswith(examples), figures(told.out.removeprefix(examples)), told.err) == (
            True,
            [5, 5],
            "",
        )
    covered = zhibu.ok("rubric", "test", examples, "--coverage").out
    assert figures(covered.splitlines()[-1]) == [23, 23]


def test_a_failure_shows_expected_got_and_the_entries_with_their_events(
    zhibu: Program, tmp_path: Path
) -> None:
    result = zhibu("rubric", "test", str(written(tmp_path, WRONG)))
    examples = tmp_path / "tiny.examples.yaml"
    assert (result.status, figures(result.err)) == (1, [1])
    title, total, item, *entries = result.out.splitlines()
    assert title == f"{examples}:12: 2. A session, notes and dues short."
    assert [re.findall(r"\d\.\d\d", line) for line in (total, item)] == [["6.00", "5.00"], ["2.00", "1.00"]]
    found = [match.groups() for line in entries if (match := ENTRY.match(line))]
    assert found[:5] == [
        ("0.00", "2019-Q1"),
        ("-2.00", "2019-05-19"),
        ("-0.50", "2019-Q2"),
        ("0.00", "2019-Q3"),
        ("0.00", "2019-Q4"),
    ]
    assert {("-1.00", "2019-04"), ("-0.50", "2019-03"), ("0.00", "2019-02")} <= set(found)
    assert [line.strip() for line in entries if re.match(r" {14}\d", line)][:4] == [
        "2019-02-18 meeting_held kind=study",
        "2019-05-19 finding_recorded category=notes count=2",
        "2019-08-18 meeting_held kind=study",
        "2019-11-18 meeting_held kind=study",
    ]
    assert figures(entries[-1].removeprefix(str(examples))) == [4, 5]


def test_of_a_total_only_what_moved_is_shown(zhibu: Program, tmp_path: Path) -> None:
    out = zhibu("rubric", "test", str(written(tmp_path, ALL.replace("total: 5", "total: 6")))).out
    found = [match.groups() for line in out.splitlines() if (match := ENTRY.match(line))]
    assert ("-0.50", "2019-Q2") in found
    assert "0.00" not in [points for points, _ in found]


def test_a_failure_speaks_the_user_s_language(zhibu: Program, tmp_path: Path) -> None:
    result = zhibu("rubric", "test", str(written(tmp_path, WRONG)), lang="zh")
    assert re.search(
        r"2\. 少学一次，少记笔记，欠交党费。\n.* 6\.00，.* 5\.00\n.* 1：.* 2\.00，.* 1\.00$",
        result.out,
        re.MULTILINE,
    )
    assert figures(result.err) == [1]


def test_coverage_fails_where_something_is_not_moved(zhibu: Program, tmp_path: Path) -> None:
    form = str(written(tmp_path, HEAD + WHOLE))
    assert zhibu.ok("rubric", "test", form).status == 0
    result = zhibu("rubric", "test", form, "--coverage")
    assert result.status == 1
    assert [4, 23] in [figures(line) for line in result.out.splitlines()]
    for told in (result, zhibu("rubric", "test", form, "--coverage", lang="zh")):
        assert re.search(r"^  \S+ 1\.a ", told.out, re.MULTILINE)
        assert figures(told.err) == [19]


def test_the_document_is_the_same_in_every_language(zhibu: Program, tmp_path: Path) -> None:
    form = str(written(tmp_path, WRONG))
    words = ("rubric", "test", form, "--coverage", "--format", "json")
    result = zhibu(*words)
    assert result.status == 1
    assert result.out == zhibu(*words, lang="zh").out
    [document] = result.json
    assert (document["rubric"], document["examples"]) == ("tiny", 5)
    assert document["coverage"] == {"asked": 23, "unmoved": []}
    [failed] = document["failed"]
    assert (failed["example"], failed["line"], failed["en"]) == (2, 12, "A session, notes and dues short.")
    assert failed["differences"] == [
        {"branch": "b1", "place": ["total"], "expected": "6.00", "got": "5.00"},
        {"branch": "b1", "place": ["items", "1", "score"], "expected": "2.00", "got": "1.00"},
    ]
    lost = [entry for entry in failed["entries"] if entry["points"] == "-2.00"]
    assert [(entry["clause"], entry["events"]) for entry in lost] == [
        ("1.a", ["2019-05-19 finding_recorded category=notes count=2"])
    ]


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        (ALL.replace("kind=study", "kind=studied"), 1, "given.year[1]: data.kind: "),
        (ALL.replace("expect:", "expected:"), 1, " expect"),
        ("- [", 1, "YAML"),
    ],
)
def test_a_file_that_is_no_good_is_told_by_line(
    text: str, status: int, said: str, zhibu: Program, tmp_path: Path
) -> None:
    result = zhibu("rubric", "test", str(written(tmp_path, text)))
    assert (result.status, result.out) == (status, "")
    assert said in result.err
    assert result.err.startswith(f"{tmp_path / 'tiny.examples.yaml'}:")


def test_what_is_not_there_is_wrong_usage(zhibu: Program, tmp_path: Path) -> None:
    form = written(tmp_path, ALL)
    (tmp_path / "tiny.examples.yaml").unlink()
    missing = zhibu("rubric", "test", str(form))
    assert missing.status == 2
    assert missing.err.startswith(f"{tmp_path / 'tiny.examples.yaml'}: ")
    unknown = zhibu("rubric", "test", "college-staff")
    assert unknown.status == 2
    assert "college-staff-branch-2019" in unknown.err
    assert zhibu("rubric", "test", "--format", "csv").status == 2


def test_without_a_file_every_shipped_form_is_run(zhibu: Program) -> None:
    out = zhibu.ok("rubric", "test", "institute-branch-appraisal", "hospital-committee-standard").out
    assert len([line for line in out.splitlines() if len({*figures(line.rpartition(":")[2])}) == 1]) == 2
    assert widest(out) <= 80
