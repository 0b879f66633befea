"""A list as a page of HTML that prints on A4.

In: a Listing and a language. Out: the page, complete in itself. Deliberately absent: scripts, and anything
from elsewhere.
"""

from collections.abc import Sequence
from decimal import Decimal
from html import escape

from ledger.files.lists.listing import Heading, Listing, Value, cell_text
from ledger.words import Language

_STYLE = """
@page { size: A4 %(orientation)s; margin: 12mm 10mm 16mm;
  @bottom-center { content: counter(page) " / "
counter(pages); } } body { font-family: "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", SimSun,
sans-serif; font-size: 10pt; } h1 { font-size: 16pt; text-align: center; margin: 0; }
.about { text-align: center; margin: 4pt 0 8pt; }
table { border-collapse: collapse; width: 100%%; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
tr.on { break-before: avoid; }
tr.on td:nth-child(-n+2) { border-top: none; }
tr.sum, p { break-before: avoid; }
th, td { border: 0.5pt solid #777; padding: 2pt 4pt; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
tr.sum td { font-weight: bold; }
.signed { margin-top: 18pt; white-space: pre-wrap; }
"""


def render_page(listing: Listing, language: Language) -> str:
    """Return the list as an HTML page."""
    style = _STYLE % {"orientation": "landscape" if listing.landscape else "portrait"}
    title = escape(listing.title.pick(language))
    head = "".join(f'<th scope="col">{escape(one.label.pick(language))}</th>' for one in listing.headings)
    rows = [
        _row(row, listing.headings, language, "" if row[0] is not None else ' class="on"')
        for row in listing.rows
    ]
    rows += [_row(row, listing.headings, language, ' class="sum"') for row in listing.sums]
    notes = "".join(f"<p>{escape(one.pick(language))}</p>\n" for one in listing.notes)
    tongue = "zh-CN" if language == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{tongue}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n"
        f'</head>\n<body>\n<h1>{title}</h1>\n<p class="about">{escape(listing.about.pick(language))}</p>\n'
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody>\n</table>\n"
        f'{notes}<p class="signed">{escape(listing.signed.pick(language))}</p>\n</body>\n</html>\n'
    )


def _row(values: Sequence[Value], headings: Sequence[Heading], language: Language, sort: str) -> str:
    cells = []
    for value, _ in zip(values, headings, strict=True):
        number = ' class="number"' if isinstance(value, int | Decimal) else ""
        cells.append(f"<td{number}>{escape(cell_text(value, language))}</td>")
    return f"<tr{sort}>{''.join(cells)}</tr>"
