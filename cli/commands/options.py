"""Options that several commands share, and what stands for a choice among a few words.

In: nothing. Out: annotated types for Typer, and checks of what was typed. Deliberately absent: what the
commands do with them.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.context import WrongUsage
from cli.ui.language import both
from ledger.words import Words, word_labelled

Branch = Annotated[
    str | None, typer.Option("--branch", metavar="CODE", help=both("党组织代码", "the branch's code"))
]
OneBranch = Annotated[
    str | None,
    typer.Option("--branch", metavar="CODE", help=both("（必填）党组织代码", "(required) the branch's code")),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        metavar="N",
        min=1,
        help=both(
            "分几个进程计算（省去：500 个党组织起用全部处理器核心，否则一个）",
            "in how many processes (left out: as many as there are cores from 500 branches on, else one)",
        ),
        show_default=False,
    ),
]
SomeBranches = Annotated[
    list[str] | None,
    typer.Option("--branch", metavar="CODE", help=both("（必填）党组织代码", "(required) a branch's code")),
]
Branches = Annotated[
    list[str] | None, typer.Option("--branch", metavar="CODE", help=both("党组织代码", "a branch's code"))
]
On = Annotated[str | None, typer.Option("--on", metavar="DAY", help=both("日期", "the day"))]
By = Annotated[str | None, typer.Option("--by", metavar="TEXT", help=both("记录人", "who logs it"))]
EventId = Annotated[
    str | None,
    typer.Option("--id", metavar="UUID", help=both("这条记录的编号", "the id of this event itself")),
]
Reason = Annotated[
    str | None,
    typer.Option(
        "--reason",
        metavar="TEXT",
        help=both("（必填）理由，会长期保留", "(required) why; it stays in the log"),
    ),
]
TableOrJson = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="table|json",
        help=both("输出格式", "the form of the answer"),
        show_default="table",
    ),
]
Rubric = Annotated[
    str,
    typer.Argument(
        metavar="RUBRIC",
        help=both(
            "考核细则的编号（自己的细则可放在 ZHIBU_RUBRICS 所列的文件夹），或细则文件的路径",
            "a rubric's id (of your own: in the folders that ZHIBU_RUBRICS names), or a rubric file's path",
        ),
    ),
]
Rubrics = Annotated[
    list[str] | None,
    typer.Option(
        "--rubric",
        metavar="RUBRIC",
        help=both("考核细则的编号或文件", "a rubric's id, or the path of a rubric file"),
        show_default=both("已适用的细则", "those adopted"),
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        metavar="FILE",
        help=both("写入文件（已有的会被替换）", "writes to a file, replaced where there is one"),
    ),
]
EVENT_TYPE = both("记录类型：meeting_held，或其名称“会议”", "an event type: meeting_held, or its label")

ClauseOrItem = Annotated[
    str,
    typer.Argument(
        metavar="CLAUSE",
        help=both(
            "条款编号，如 2.2.b；或项目编号，如 2.2，即其全部条款",
            "the id of a clause, such as 2.2.b; or of an item, such as 2.2, for all its clauses",
        ),
    ),
]


def answer_form(forms: Sequence[str], about: str) -> Any:
    """Return the option `--format` of a command whose answer is a table, or of another form to a file.

    `about`: both wordings of what it is.
    """
    return typer.Option(
        "--format",
        metavar="|".join(forms),
        help=about,
        show_default=both("按 --output 的后缀，否则 table", "by the ending of --output, else table"),
    )


def form_of_answer(form: str | None, output: str | None, forms: Sequence[str]) -> str:
    """Return the form asked for: the one named, else that of the file's ending, a table where it has none.

    Raises WrongUsage where the ending is of none of them.
    """
    if form:
        return one_of("--format", form, forms)
    ending = Path(output).suffix.lower().removeprefix(".") if output else ""
    if ending in ("", "txt"):
        return "table"
    if ending in forms:
        return ending
    endings = [f".{'txt' if known == 'table' else known}" for known in forms]
    raise WrongUsage(
        Words(
            f"--output 的后缀应为 {'、'.join(endings)} 之一，实际为 .{ending}；别的名字请加 --format。",
            f"--output must end in one of {', '.join(endings)}, got .{ending}; "
            "with --format it may end in anything.",
        )
    )


def required(value: str | None, option: str) -> str:
    """Return what was typed for an option that must be given. Raises WrongUsage where it was not."""
    if value:
        return value
    raise WrongUsage(Words(f"缺少选项 {option}。", f"missing option {option}."))


def one_of(option: str, value: str, words: Sequence[str] | Mapping[str, Words]) -> str:
    """Return the word that the value is, or whose label it is; words with labels are a mapping.

    Raises WrongUsage where it is none.
    """
    labels = words if isinstance(words, Mapping) else {}
    found = value if value in words else word_labelled(value, labels.items())
    if found is not None:
        return found
    told = "、".join(f"{word}（{label.zh}）" for word, label in labels.items())
    among = f"以下之一：{told}" if told else f" {'、'.join(words)} 之一"
    raise WrongUsage(
        Words(
            f"{option} 应为{among}，实际为 {value}。",
            f"{option} must be one of {', '.join(words)}, got {value}.",
        )
    )


def parse_type(word: str) -> str:
    """Read an event type, by its word or its label. Raises WrongUsage for a word that is none."""
    from ledger.events import ENVELOPE
    from ledger.events.values.described import nearest_words
    from projections.text.events import type_named

    stored = type_named(word)
    if stored is not None:
        return stored
    types = ENVELOPE["type"].choices
    near = nearest_words(word, types)
    raise WrongUsage(
        Words(
            f"没有记录类型“{word}”，是否指 {'、'.join(types[one].label.zh for one in near)}？",
            f'there is no event type "{word}"; did you mean {", ".join(near)}?',
        )
    )


def several(branch: list[str] | None) -> list[str]:
    """Return the branches that were named, each once. Raises WrongUsage where none was."""
    if branch:
        return list(dict.fromkeys(branch))
    raise WrongUsage(Words("缺少选项 --branch。", "missing option --branch."))
