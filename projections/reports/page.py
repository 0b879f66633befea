"""`Report` → one HTML page that needs nothing else: no script, no font, no image.

In: a report. Out: the page's text. Deliberately absent: the markup (`report.html.j2`, `style.css.j2`).
"""

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from projections.reports.bars import most
from projections.reports.report import Report
from projections.text.amounts import clean, points_in_all, short_hash
from projections.text.labels import FOLDED, labels_in
from rubrics.numbers import print_points

_LANGUAGES = {"zh": "zh-Hans", "en": "en"}
NOTHING = "–"
"""What stands where there is no value: an empty cell could be a forgotten one."""


def render_page(report: Report, *, rank: bool = False) -> str:
    """Write a report as a page; ranks only where they are asked for."""
    environment = Environment(
        loader=PackageLoader("projections.reports", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_printable,
    )
    environment.filters |= {"points": _points, "moved": _moved, "minute": _minute, "shortened": short_hash}
    branches = sorted(report.branches, key=lambda branch: branch.rank) if rank else report.branches
    numbers = {branch.code: number for number, branch in enumerate(report.branches, start=1)}
    return environment.get_template("report.html.j2").render(
        report=report,
        lang=_LANGUAGES[report.language],
        labels=labels_in(report.language),
        folded=lambda kind, count: FOLDED[kind].pick(report.language).format(count),
        most=lambda section: most(section, mean=report.mean),
        of_points=lambda points: points_in_all(points).pick(report.language),
        # A name of a page's own place: no text of the log is part of it.
        place=lambda branch: f"b{numbers[branch.code]}",
        ordered=branches,
        rank=rank,
    )


def _printable(value: object) -> object:
    """Take out of a text what steers programs instead of being read."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _points(hundredths: int | None) -> str:
    return NOTHING if hundredths is None else print_points(hundredths)


def _moved(hundredths: int) -> str:
    """Write points that were moved with their sign: −0.50, +1.00, 0.00."""
    sign = "−" if hundredths < 0 else "+" if hundredths > 0 else ""
    return sign + print_points(abs(hundredths))


def _minute(instant: str) -> str:
    """Shorten a stored instant to the minute."""
    return f"{instant[:10]} {instant[11:16]} UTC"
