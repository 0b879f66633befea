"""Everyday words, on the command line and in sheets; refusals that name the nearest three."""

import re

import pytest

from ledger.events import CATALOGUE, canonical_data, fields_of, parse_cells
from ledger.events.values.described import folded, synonyms_of
from ledger.events.vocabularies.synonyms import FIELD_SYNONYMS
from ledger.files.headers import columns_of
from ledger.files.tables.header.meanings import bare, columns_meant, plain, synonyms_of_field
from ledger.store.event_store import Store
from tests.ledger.events.examples import EXAMPLES
from tests.program import Program
from tests.sheets.making import furnish, read
from tests.sheets.words import table

TABLE = table()
NEEDED = {word: dict(EXAMPLES[word][0]) for word in {row[0] for row in TABLE}}


def cells(word: str, field: str, text: str) -> dict[str, str]:
    needed = {
        name: value if isinstance(value, str) else str(value)
        for name, value in NEEDED[word].items()
        if name != field and name in fields_of(word) and fields_of(word)[name].required
    }
    return {"branch": "b1", "occurred_on": "2020-03-05", **needed, field: text}


def test_the_table_holds_at_least_120_words() -> None:
    assert len(TABLE) >= 120


@pytest.mark.parametrize(("word", "field", "text", "meant"), TABLE)
def test_an_everyday_word_means_what_stands_beside_it(word: str, field: str, text: str, meant: str) -> None:
    event = parse_cells(word, cells(word, field, text))
    value = getattr(event.data, field)
    assert value == (frozenset({meant}) if isinstance(value, frozenset) else meant)


def test_the_same_words_in_sheets(sqlite_store: Store) -> None:
    branch = furnish(sqlite_store)
    for word in dict.fromkeys(row[0] for row in TABLE):
        rows = [row for row in TABLE if row[0] == word]
        fields = list(dict.fromkeys(name for _, field, text, _ in rows for name in cells(word, field, text)))
        text = "\t".join(fields) + "\n"
        for _, field, written, _ in rows:
            given = cells(word, field, written)
            text += "\t".join(given.get(name, "") for name in fields) + "\n"
        found = read(branch, text.encode(), "a.tsv", type_word=word).rows
        for row, (_, field, written, _) in zip(found, rows, strict=True):
            alone = parse_cells(word, cells(word, field, written))
            assert row.event is not None, (word, field, written, row.problems)
            assert canonical_data(row.event.data) == canonical_data(alone.data)


@pytest.mark.parametrize("word", list(dict.fromkeys(row[0] for row in TABLE)))
def test_the_same_words_on_the_command_line(word: str, branch: Program) -> None:
    # What a word means is the table's; here, that each field of the command line asks it.
    rows = list({field: row for row in TABLE if row[0] == word for field in row[1:2]}.values())
    for at, (_, field, text, _) in enumerate(rows):
        given = {**cells(word, field, text), "branch": f"neu{at}" if word == "branch_registered" else "b1"}
        if "member" in given:
            given["member"] = f"x{at:02d}"
        day = given.pop("occurred_on")
        options = [part for name, value in given.items() for part in (f"--{name.replace('_', '-')}", value)]
        branch.ok("log", word.replace("_", "-"), "--on", day, *options)
    logged = branch.ok("history", "--type", word, "--from", day, "--to", day, "--format", "json").json
    for event, (_, field, _, meant) in zip(logged, rows, strict=True):
        value = event["data"].get(field, fields_of(word)[field].default)
        assert value == ([meant] if isinstance(value, list) else meant)


@pytest.mark.parametrize("name", ["党费", "缴纳党费", "会议", "心得体会", "谈心", "稿件"])
def test_types_are_known_by_everyday_names_on_the_command_line(name: str, branch: Program) -> None:
    assert branch.ok("log", name, "--help").out


def test_no_everyday_word_means_two_values_unless_it_is_refused_with_both() -> None:
    for word in CATALOGUE:
        for name, info in fields_of(word).items():
            named: dict[str, set[str]] = {}
            for value, described in info.choices.items():
                for text in synonyms_of(described):
                    named.setdefault(folded(text), set()).add(value)
            assert {text: values for text, values in named.items() if len(values) > 1} == {}, (word, name)


def test_no_everyday_header_means_two_fields_of_a_type() -> None:
    for word in CATALOGUE:
        labels = {plain(text): column.key for column in columns_of(word) for text in column.info.label}
        seen: dict[str, str] = {}
        for column in columns_of(word):
            for text in synonyms_of_field(word, column.key):
                assert seen.setdefault(plain(text), column.key) == column.key, (word, text)
                # a label of the same type comes before a synonym
                assert labels.get(plain(text), column.key) in {column.key, *labels.values()}
    for key in FIELD_SYNONYMS:
        word, dot, field = key.partition(".")
        if dot:
            assert field in fields_of(word), key


@pytest.mark.parametrize("header", ["*姓名", "姓 名", "【姓名】", "姓名：", "★姓名（必填）", "党员\n姓名"])
def test_brackets_stars_and_spaces_in_headers_are_nothing(header: str) -> None:
    assert [column.key for column in columns_meant(header, "dues_paid")] == ["member"], bare(header)


@pytest.mark.parametrize(("field", "text"), [("kind", "开会"), ("kind", "大会"), ("evidence", "录像")])
def test_a_refusal_names_three_at_most(field: str, text: str, branch: Program) -> None:
    given = {"--kind": "支委会", f"--{field}": text}
    options = [part for pair in given.items() for part in pair]
    refused = branch("log", "meeting-held", "--branch", "b1", *options, lang="zh")
    assert refused.status == 1
    assert len(re.findall(r"[a-z_]+（", refused.err)) == 3 if field == "kind" else True
    assert refused.err.count("、") <= 3


ASKED_AS = {
    "专题学习": ("meeting_held", "kind", "study"),
    "主题党日": ("meeting_held", "kind", "theme_day"),
    "支委会": ("meeting_held", "kind", "committee_meeting"),
    "思想状况年度报告": ("document_submitted", "kind", "thought_report"),
    "半年思想分析": ("document_submitted", "kind", "thought_analysis"),
    "积分考核每季报备": ("document_submitted", "kind", "points_report"),
    "积分考核年度汇总": ("document_submitted", "kind", "points_summary"),
    "年初计划": ("document_submitted", "kind", "annual_plan"),
    "自查上报": ("document_submitted", "kind", "self_check"),
    "书记项目方案": ("document_submitted", "kind", "secretary_project"),
    "帮扶活动": ("activity_held", "kind", "mass_support"),
    "支委调研": ("activity_held", "kind", "research_visit"),
    "党费收支公示": ("disclosure_made", "subject", "dues"),
}


@pytest.mark.parametrize("title", ASKED_AS)
def test_what_the_forms_and_due_call_a_thing_is_taken_for_it(title: str) -> None:
    word, field, meant = ASKED_AS[title]
    given = (
        cells(word, field, title)
        if word in NEEDED
        else {"branch": "b1", "occurred_on": "2020-03-05", field: title}
    )
    assert getattr(parse_cells(word, given).data, field) == meant
