"""`zhibu log`: one subcommand a type of the catalogue, its options made from the type's model.

In: the options as typed. Out: one event in the log, and what it counts for. Deliberately absent: any list of
types or fields of our own; the catalogue has them.
"""

from collections.abc import Callable, Iterable, Mapping
from inspect import Parameter, Signature
from typing import Annotated, Any

import typer

from cli.commands.options import By, OneBranch, one_of
from cli.context import Door, WrongUsage, door_of
from cli.ui.fields import cells, option_name, parameters, question
from cli.ui.help import HelpfulGroup
from cli.ui.language import both
from cli.ui.lazy_group import command
from ledger.events import CATALOGUE, Payload, fields_of
from ledger.words import Words
from projections.text.events import by_family, family_of, type_named

_On = Annotated[
    str | None,
    typer.Option(
        "--on", metavar="DAY", help=both("发生日期", "the day on which it happened"),
        show_default=both("今天", "today"),
    ),
]  # fmt: skip
_CountsFor = Annotated[
    str | None,
    typer.Option(
        "--counts-for", metavar="YYYY-MM",
        help=both("计入哪个月（若不是发生的月份）", "the month for which it counts, where that is another"),
    ),
]  # fmt: skip
_Id = Annotated[
    str | None,
    typer.Option(
        "--id", metavar="UUID",
        help=both("编号；同一编号只记一次", "the event's id: the same id is logged only once"),
        show_default=both("自动生成", "made for you"),
    ),
]  # fmt: skip
_FORMATS = ("text", "json")
_DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run",
        help=both("只说明会怎样，不写入", "says what would come of it, and writes nothing"),
    ),
]
_Format = Annotated[
    str,
    typer.Option(
        "--format", metavar="|".join(_FORMATS), help=both("输出格式", "the form of the answer")
    ),
]  # fmt: skip
_ENVELOPE: tuple[tuple[str, Any], ...] = (
    ("branch", OneBranch), ("on", _On), ("counts_for", _CountsFor), ("event_id", _Id), ("by", By),
)  # fmt: skip


class LogGroup(HelpfulGroup):
    """One command a type of the catalogue, in kebab case."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the types, family by family."""
        return [_kebab(word) for word in by_family(CATALOGUE)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Make the command of a type, named by its word or label; None where there is no such type."""
        word = type_named(cmd_name)
        if word is None:
            return None
        model = CATALOGUE[word]
        summary = Words(f"{model.label.zh}：{model.about.zh}", f"{model.label.en}: {model.about.en}")
        return command(_logger(word), _kebab(word), summary)

    def summaries(self, ctx: Any) -> Iterable[tuple[Words, list[tuple[str, str]]]]:
        """Return the types by family, with what each is."""
        panels: dict[Words, list[tuple[str, str]]] = {}
        for word in by_family(CATALOGUE):
            panels.setdefault(family_of(word), []).append((_kebab(word), both(*CATALOGUE[word].about)))
        return panels.items()


def _kebab(word: str) -> str:
    return word.replace("_", "-")


def _logger(type_word: str) -> Callable[..., None]:
    """Make the function whose parameters are the fields of a type."""

    def log(context: typer.Context, **values: Any) -> None:
        log_event(door_of(context), type_word, values)

    context = Parameter("context", Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    fields = fields_of(type_word)
    envelope = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=annotation)
        for name, annotation in _ENVELOPE
        if name not in fields and (name != "counts_for" or _may_count_for(type_word))
    ]
    answer = [
        Parameter("dry_run", Parameter.KEYWORD_ONLY, default=False, annotation=_DryRun),
        Parameter("form", Parameter.KEYWORD_ONLY, default="text", annotation=_Format),
    ]
    made = [context, *envelope, *answer, *parameters(fields)]
    log.__signature__ = Signature(made)  # type: ignore[attr-defined]
    log.__annotations__ = {parameter.name: parameter.annotation for parameter in made}
    return log


def _may_count_for(type_word: str) -> bool:
    """Return whether events of a type can count for another month than that of their day."""
    return CATALOGUE[type_word].may_count_for is not Payload.may_count_for


def log_event(door: Door, type_word: str, values: Mapping[str, Any]) -> None:
    """Log one event of what was typed, and say what it counts for, what it has met, what is due next."""
    # Not before: help pages need none of it.
    from cli.commands.record.impacts import impacts_of, tell_logged
    from cli.commands.record.recording import Envelope, record_one
    from cli.library import known_clauses

    given = dict(values)
    trial, json = bool(given.pop("dry_run")), one_of("--format", given.pop("form"), _FORMATS) == "json"
    _complete(door, type_word, given)
    own = {name: given.get(name) for name, _ in _ENVELOPE if name not in fields_of(type_word)}
    envelope = Envelope(
        own["branch"], own.get("on"), own.get("counts_for"), own.get("event_id"), own.get("by")
    )
    with door.open() as store:
        outcome = record_one(
            door, store, type_word, envelope, cells(fields_of(type_word), given), known_clauses(),
            trial=trial, aside=json,
        )  # fmt: skip
        impacts = impacts_of(door, store, [outcome])
        if json:
            from projections.answers.impacts import impact_rows

            appended = outcome.appended and not trial
            door.screen.document(
                {
                    "id": outcome.recorded.id,
                    "position": None if trial and outcome.appended else outcome.recorded.position,
                    "appended": appended,
                    "impact": impact_rows(impacts),
                }
            )
        tell_logged(door, store, outcome, impacts, aside=json)


def _complete(door: Door, type_word: str, given: dict[str, Any]) -> None:
    """Ask for what is missing on a terminal; raises WrongUsage where nobody can be asked."""
    fields = fields_of(type_word)
    missing = [name for name, info in fields.items() if info.required and not given.get(name)]
    if not given.get("branch"):
        missing.insert(0, "branch")
    if not missing:
        return
    if not door.screen.interactive:
        options = ", ".join(option_name(name) for name in missing)
        raise WrongUsage(
            Words(
                f"缺少选项 {options}。用法见 zhibu log {_kebab(type_word)} --help。",
                f"missing {options}. See `zhibu log {_kebab(type_word)} --help`.",
            )
        )
    for name in missing:
        if name == "branch":
            given["branch"] = door.screen.ask(Words("党组织代码 --branch", "branch --branch"))
            continue
        answer = door.screen.ask(question(name, fields[name]))
        given[name] = [answer] if fields[name].kind in ("set", "list") else answer
