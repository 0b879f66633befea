"""What is said of an import of tables: what each sheet was taken for, what is wrong where, how many rows
are new.

In: the Answer of `ledger.files.importing`. Out: sentences on the screen. Deliberately absent: deciding
anything.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cli.commands.record.impacts import impact_lines, impacts_of_events
from cli.context import Door, SaysNo
from cli.ui.language import counted
from ledger.words import Words

if TYPE_CHECKING:
    from ledger.files.importing import Answer, RowAnswer
    from ledger.files.tables.reading import SheetReading
    from ledger.store.event_store import Store

_MOST_TOLD = 100
_MOST_ROWS = 6


def tell(door: Door, answer: "Answer") -> None:
    """Say what each sheet was taken for, and what was assumed. Raises SaysNo with what is wrong."""
    for sheet in answer.sheets:
        door.screen.say(_sheet(sheet))
    for words in _notes(answer.rows):
        door.screen.paragraph(words)
    if answer.hinders:
        raise SaysNo(_problems(answer))


def tell_trial(door: Door, store: "Store", answer: "Answer") -> None:
    """Say what the events of a dry run would count for."""
    for words in impact_lines(impacts_of_events(door, store, answer.recorded), answer.recorded):
        door.screen.paragraph(words)


def tell_counts(door: Door, answer: "Answer", *, dry: bool) -> None:
    """Say how many rows are new, present, corrected: the last line of an import."""
    door.screen.say(_counts(answer, dry=dry), "good")


def _sheet(sheet: "SheetReading") -> Words:
    from ledger.events import CATALOGUE
    from ledger.files.tables.rows.leftovers import LEFT_OUT_ROWS

    name = sheet.file if sheet.sheet is None else f"{sheet.file}[{sheet.sheet}]"
    if sheet.why is not None:
        return Words(f"{name}：没有读：{sheet.why.zh}。", f"{name}: not read: it {sheet.why.en}.")
    model = CATALOGUE.get(sheet.type_word) if sheet.type_word else None
    taken = Words("各行自己的类型", "what each row says") if model is None else Words(*model.label)
    zh = f"{name}：表头在第 {sheet.header_row} 行，按“{taken.zh}”读"
    en = f"{name}: header in row {sheet.header_row}, read as {taken.en}"
    if sheet.left_out_columns:
        zh += f"；不读的列：{'、'.join(sheet.left_out_columns)}"
        en += f"; columns left out: {', '.join(sheet.left_out_columns)}"
    if total := sum(sheet.left_out_rows.values()):
        named = [(LEFT_OUT_ROWS[reason], count) for reason, count in sorted(sheet.left_out_rows.items())]
        zh += f"；略去 {total} 行（{'、'.join(f'{words.zh} {count}' for words, count in named)}）"
        reasons = ", ".join(f"{words.en} {count}" for words, count in named)
        en += f"; {counted(total, 'row')} left out ({reasons})"
    if sheet.hidden_rows:
        zh += f"；隐藏的 {sheet.hidden_rows} 行也读了"
        en += f"; {counted(sheet.hidden_rows, 'hidden row')} read as well"
    return Words(f"{zh}。", f"{en}.")


def _notes(rows: Sequence["RowAnswer"]) -> Iterator[Words]:
    """Yield what the reader should know, rows of one note together."""
    noted: dict[tuple[Words, bool], list[str]] = defaultdict(list)
    for row in rows:
        for note in row.notes:
            bare = Words(note.zh.rstrip("。"), note.en.rstrip("."))
            noted[bare, row.reading.cell is not None].append(str(row.reading.cell or row.reading.row))
    for (note, cells), places in noted.items():
        some, more = places[:_MOST_ROWS], len(places) - _MOST_ROWS
        zh = "、".join(some) + (f" 等 {len(places)} {'格' if cells else '行'}" if more > 0 else "")
        en = ", ".join(some) + (f" and {more} more" if more > 0 else "")
        yield Words(
            f"{zh}：{note.zh}。" if cells else f"第 {zh}{'' if more > 0 else ' 行'}：{note.zh}。",
            f"{'' if cells else 'row '}{en}: {note.en}.",
        )


def _problems(answer: "Answer") -> Words:
    """Say every problem at its cell, the first hundred, then how many there are."""
    several = len({row.reading.file for row in answer.rows}) > 1
    zh, en = [], []
    for row in answer.rows:
        reading = row.reading
        for one in row.problems:
            # What is wrong with no row is wrong with the file.
            places = [reading.file] if several or reading.row is None else []
            places += [f"[{reading.sheet}]"] if reading.sheet is not None else []
            places += [one.cell] if one.cell is not None else []
            place = " ".join(places)
            zh.append(" ".join(filter(None, (place, one.message("zh")))))
            en.append(" ".join(filter(None, (place, one.message("en")))))
    zh += [problem.sentence("zh") for problem in answer.line_problems]
    en += [problem.sentence("en") for problem in answer.line_problems]
    total = count_of_problems(answer)
    return Words(
        "\n".join([*zh[:_MOST_TOLD], total.zh]),
        "\n".join([*en[:_MOST_TOLD], total.en]),
    )


def count_of_problems(answer: "Answer") -> Words:
    """Say how many problems there are, and that nothing was changed."""
    total = sum(len(row.problems) for row in answer.rows) + len(answer.line_problems)
    first = total > _MOST_TOLD
    return Words(
        f"共 {total} 处问题{f'（以上为前 {_MOST_TOLD} 处）' if first else ''}；台账没有改动。",
        f"{counted(total, 'problem')}{f' (the first {_MOST_TOLD} are above)' if first else ''}; "
        "nothing was changed.",
    )


def _counts(answer: "Answer", *, dry: bool) -> Words:
    zh = f"新增 {answer.appended} 条，已有 {answer.present} 条"
    en = f"appended {answer.appended}, already there {answer.present}"
    if answer.corrected:
        zh, en = f"{zh}，更正 {answer.corrected} 条", f"{en}, corrected {answer.corrected}"
    if answer.left:
        zh, en = f"{zh}，不动 {answer.left} 条", f"{en}, left as they stand {answer.left}"
    if dry:
        return Words(f"试读，没有写入：将{zh}。", f"dry run, nothing was written: would have {en}.")
    return Words(f"{zh}。", f"{en}.")
