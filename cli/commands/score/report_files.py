"""Reports for the office from a replay: a workbook, a page.

In: an open ledger, a replay that was asked to explain, its document. Out: the report's bytes. Deliberately
absent: the reports themselves (`projections.reports`); openpyxl and Jinja are loaded only when one is made.
"""

from typing import TYPE_CHECKING

from cli.commands.score.replaying import Document
from cli.context import Door, WrongUsage
from ledger.words import Words
from projections.text.causes import cause_words
from projections.text.events import in_words
from projections.text.rules import asked_words

if TYPE_CHECKING:
    from ledger.store.event_store import Store
    from projections.replay import Replay

FORMS = ("xlsx", "html")


def check_target(door: Door, form: str, output: str | None) -> None:
    """See that a report does not go where it cannot be read. Raises WrongUsage."""
    if form == "xlsx" and output is None and door.screen.out.isatty():
        raise WrongUsage(
            Words(
                "xlsx 不能显示在终端：请用 --output 写入文件，例如 --output score.xlsx。",
                "xlsx cannot be shown on a terminal: write it to a file, such as --output score.xlsx.",
            )
        )


def render_report(
    door: Door, store: "Store", replayed: "Replay", document: Document, form: str, *, rank: bool
) -> bytes:
    """Make a report of a replay with its entries; a page is UTF-8."""
    from projections.reports.building import build_report
    from projections.reports.cited import read_cited
    from projections.reports.rules_behind import rules_behind
    from projections.text.labels import Phrases

    language = door.language
    report = build_report(
        document,
        replayed.context.plan.rubric,
        language,
        read_cited(store, document),
        Phrases(
            cause=lambda cause: cause_words(cause, language),
            event=lambda word, payload: in_words(word, payload, language),
            asked=lambda rule: asked_words(rule, language),
        ),
        rules_behind(replayed),
    )
    if form == "xlsx":
        from projections.reports.xlsx import render_xlsx

        return render_xlsx(report, rank=rank)
    from projections.reports.page import render_page

    return render_page(report, rank=rank).encode()
