"""Links lead somewhere, and not out of the repository."""

from pathlib import Path

import pytest

from tests.docs.pages import PAGES, anchors_of, links_of, name_of
from tests.program import ROOT


def relative_links() -> list[tuple[Path, str]]:
    return [(page, link) for page in PAGES for link in links_of(page) if "://" not in link]


@pytest.mark.parametrize(("page", "link"), relative_links(), ids=lambda value: str(value).split("/")[-1])
def test_a_link_leads_to_a_file_of_the_repository_and_a_heading_in_it(page: Path, link: str) -> None:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    assert target.is_relative_to(ROOT), f"{name_of(page)} links to {link}, outside the repository"
    assert target.exists(), f"{name_of(page)} links to {link}, which is not there"
    if anchor:
        assert anchor in anchors_of(target), f"{name_of(page)} links to {link}: no such heading"


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.exists():
            continue
        reached.add(page)
        waiting += [(page.parent / link.partition("#")[0]).resolve() for link in links_of(page)]
    assert [name_of(page) for page in PAGES if page not in reached] == []
