"""The options of `zhibu import` that are about people's own tables.

In: nothing. Out: annotated types for Typer. Deliberately absent: what is done with them (`ledger.files`).
"""

from typing import Annotated

import typer

from cli.ui.language import both

SheetNames = Annotated[
    list[str] | None,
    typer.Option(
        "--sheet",
        metavar="NAME",
        help=both("只读这个工作表（隐藏的也可以）", "takes this sheet alone, a hidden one too"),
    ),
]
NamedBranch = Annotated[
    str | None,
    typer.Option(
        "--branch",
        metavar="BRANCH",
        help=both("表中没有写支部时，是哪个支部（代码或名称）", "whose rows they are, where no cell says it"),
    ),
]
Year = Annotated[
    int | None,
    typer.Option("--year", metavar="YEAR", help=both("月份所属的年份", "the year of months without one")),
]
DayOfMonth = Annotated[
    int | None,
    typer.Option(
        "--day",
        metavar="N",
        help=both("表中没有缴费日期时，按每月几日记", "the day of the month of dues without a day"),
    ),
]
SetFields = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="FIELD=VALUE",
        help=both("给全表一个值（单元格没有写时）", "a value for all rows whose cells say none"),
    ),
]
MapColumns = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="HEADER=FIELD",
        help=both(
            "指明某列是哪个字段；“列名=”则不读这一列", "says which field a column is; HEADER= leaves it out"
        ),
    ),
]
MapSave = Annotated[
    str | None,
    typer.Option(
        "--map-save",
        metavar="NAME",
        help=both("把 --map 存起来，下次再用", "keeps what --map said, by a name"),
    ),
]
MapUse = Annotated[
    str | None,
    typer.Option(
        "--map-use", metavar="NAME", help=both("用存过的 --map", "uses what was kept by --map-save")
    ),
]
Update = Annotated[
    bool,
    typer.Option(
        "--update", help=both("与台账不同的，按表更正台账", "corrects what the log tells otherwise")
    ),
]
AsNew = Annotated[
    bool,
    typer.Option(
        "--as-new",
        help=both(
            "与台账不同的、表中重复的，都另记一条", "records what differs, and twins, as events of their own"
        ),
    ),
]
Again = Annotated[
    bool,
    typer.Option("--again", help=both("已撤销的，重新记录", "records anew what was retracted")),
]
Leave = Annotated[
    bool,
    typer.Option(
        "--leave",
        help=both("与台账不同的、已撤销的，都不动", "leaves as it stands what differs or was retracted"),
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=both("只看结果，不写入", "says it all and writes nothing"))
]
TextOrJson = Annotated[
    str,
    typer.Option(
        "--format", metavar="text|json", help=both("输出格式", "the form of the answer"), show_default="text"
    ),
]
