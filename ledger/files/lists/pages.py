"""A list as a page of HTML that prints on A4.

In: a Listing and a language. Out: the page, complete in itself. Deliberately absent: scripts, and anything
from elsewhere.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape

from ledger.files.lists.listing import Heading, Listing, Value, cell_text
from ledger.words import Language

_SHORT = 12
_STYLE = """
@page { size: A4 %(orientation)s; margin: 12mm 10mm 16mm;
  @bottom-center { content: counter(page) " / "
counter(pages); } } body { font-family: "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", SimSun,
sans-serif; font-size: 10pt; } h1 { font-size: 16pt; text-align: center; margin: 0; }
.about { text-align: center; margin: 4pt 0 8pt; }
table { border-collapse: collapse; width: 100%%; }
thead { display: table-header-group; }
tbody, .under { break-inside: avoid; }
.under, tbody.sums { break-before: avoid; }
th, td { border: 0.5pt solid #777; padding: 2pt 4pt; }
.short { white-space: nowrap; text-align: center; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
tr.on td:nth-child(-n+2) { border-top: none; }
tr.begins td:nth-child(-n+2) { border-bottom: none; }
.sums td { font-weight: bold; }
.signed { margin-top: 18pt; white-space: pre-wrap; }
"""


def render_page(listing: Listing, language: Language) -> str:
    """Return the list as an HTML page."""
    style = _STYLE % {"orientation": "landscape" if listing.landscape else "portrait"}
    title = escape(listing.title.pick(language))
    head = "".join(
        f'<th{_class(_short(one))} scope="col">{escape(one.label.pick(language))}</th>'
        for one in listing.headings
    )
    total = sum(one.width for one in listing.headings)
    columns = "".join(f'<col style="width: {one.width * 100 / total:.1f}%">' for one in listing.headings)
    bodies = [_body(rows, listing.headings, language, "") for rows in _kept_together(listing.rows)]
    bodies.append(_body(listing.sums, listing.headings, language, "sums"))
    notes = "".join(f"<p>{escape(one.pick(language))}</p>\n" for one in listing.notes)
    tongue = "zh-CN" if language == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{tongue}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n"
        f'</head>\n<body>\n<h1>{title}</h1>\n<p class="about">{escape(listing.about.pick(language))}</p>\n'
        f"<table>\n<colgroup>{columns}</colgroup>\n<thead><tr>{head}</tr></thead>\n"
        + "\n".join(bodies)
        + f'\n</table>\n<div class="under">\n{notes}<p class="signed">{escape(listing.signed.pick(language))}'
        "</p>\n</div>\n</body>\n</html>\n"
    )


def _kept_together(rows: Sequence[Sequence[Value]]) -> Iterator[list[Sequence[Value]]]:
    """Yield the rows that no page parts: those of one number."""
    kept: list[Sequence[Value]] = []
    for row in rows:
        if row[0] is not None and kept:
            yield kept
            kept = []
        kept.append(row)
    if kept:
        yield kept


def _body(rows: Sequence[Sequence[Value]], headings: Sequence[Heading], language: Language, sort: str) -> str:
    several = len(rows) > 1 and not sort
    told = []
    for at, values in enumerate(rows):
        cells = "".join(_cell(*one, language) for one in zip(values, headings, strict=True))
        told.append(f"<tr{_class(('on' if at else 'begins') if several else '')}>{cells}</tr>")
    return f"<tbody{_class(sort)}>{''.join(told)}</tbody>"


def _cell(value: Value, heading: Heading, language: Language) -> str:
    number = isinstance(value, int | Decimal)
    return f"<td{_class('number' if number else _short(heading))}>{escape(cell_text(value, language))}</td>"


def _short(heading: Heading) -> str:
    return "short" if heading.width <= _SHORT else ""


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""
