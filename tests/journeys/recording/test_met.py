"""What an entry or an import has met, and what is due next."""

import re

import pytest

from tests.program import Program, figures, widest

RUBRIC = "college-staff-branch-2019"


def test_an_import_tells_what_it_has_met_before_it_counts(year: Program) -> None:
    events = """
    {"branch": "b1", "type": "meeting_held", "occurred_on": "2019-08-12", "data": {"kind": "study"}}
    {"branch": "b2", "type": "article_published", "occurred_on": "2019-08-12", "data": {"level": "unit"}}
    """.strip()
    out = year.ok("import", "-", stdin=events).out
    durable, first, second, last = out.splitlines()
    assert (figures(durable), figures(last)) == ([2], [2, 0])
    assert first.startswith("b1 (职工第一党支部): 1 ")
    assert second.startswith("b2 (职工第二党支部): ")
    assert widest(out) <= 80
    assert figures(year.ok("import", "-", stdin=events).out) == [0, 2]


@pytest.mark.parametrize("number_of", [9, 101])
def test_an_import_of_many_branches_is_told_in_one_line(zhibu: Program, number_of: int) -> None:
    many = "".join(
        f'{{"branch": "x{number}", "type": "{word}", "occurred_on": "2019-01-01", "data": {{{data}}}}}\n'
        for number in range(number_of)
        for word, data in (("branch_registered", '"name": "x"'), ("rubric_adopted", f'"rubric": "{RUBRIC}"'))
    )
    durable, said, last = zhibu.ok("import", "-", stdin=many).out.splitlines()
    assert [figures(line) for line in (durable, said, last)] == [
        [2 * number_of],
        [number_of],
        [2 * number_of, 0],
    ]
    assert "zhibu due --branch" in said
    met = "".join(
        f'{{"branch": "x{number}", "type": "meeting_held", "occurred_on": "2019-08-12", '
        '"data": {"kind": "study"}}\n'
        for number in range(9)
    )
    told = zhibu.ok("import", "-", stdin=met, lang="zh").out
    assert re.findall(r"\d+", told.splitlines()[1])[:2] == ["9", "9"]


def test_log_and_import_name_the_same_next_thing(branch: Program) -> None:
    branch.ok("adopt", "hospital-branch-2019", "--branch", "b1", "--from", "2019-01-08")
    for member in ("m1", "m2"):
        branch.ok("log", "member-joined", "--branch", "b1", "--member", member, "--on", "2018-06-01")
    logged = branch.ok("log", "article-published", "--branch", "b1", "--level", "unit").out.splitlines()[-1]
    article = """
    {"branch": "b1", "type": "article_published", "occurred_on": "2019-08-12", "data": {"level": "unit"}}
    """.strip()
    imported = branch.ok("import", "-", stdin=article).out.splitlines()[1]
    assert imported == f"b1 (一支部): {logged}"
    zh = branch.ok("import", "-", stdin=article.replace("08-12", "08-13"), lang="zh").out.splitlines()[1]
    assert re.fullmatch(r"b1（一支部）：.*\d{4}-\d\d-\d\d（.*）", zh)


def test_what_an_entry_has_met_is_told_with_its_due_day(branch: Program) -> None:
    for member in ("m1", "m2"):
        branch.ok("log", "member-joined", "--branch", "b1", "--member", member, "--on", "2018-06-01")
    dues = ("log", "dues-paid", "--branch", "b1", "--month", "2019-03", "--amount", "20")
    assert "\nmet" not in branch.ok(*dues, "--member", "m1", "--on", "2019-03-20").out
    said = branch.ok(*dues, "--member", "m2", "--on", "2019-03-26", lang="zh").out
    assert re.search(r"2019-03.*10\.2.*2019-03-25", said)
    again = branch.ok(*dues, "--member", "m2", "--on", "2019-03-27").out
    assert "\nmet" not in again


def test_what_is_due_next_is_named_whole_however_long_the_name_of_the_branch(branch: Program) -> None:
    name = "某市某区某街道某社区离退休干部第二党支部" * 2
    branch.ok("log", "branch-renamed", "--branch", "b1", "--name", name)
    event = '{"branch": "b1", "type": "meeting_held", "occurred_on": "2019-08-12", "data": {"kind": "study"}}'
    told = branch.ok("import", "-", stdin=event, lang="zh").out
    assert name[-10:] in told.replace("\n", "")
    assert "…" not in told
