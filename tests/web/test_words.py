"""The door's own words, one name, one meaning; and the style that they stand in."""

import re
from pathlib import Path

import web
from web.words import WORDS
from web.words.frame import FRAME
from web.words.office import OFFICE
from web.words.provider import PROVIDER
from web.words.secretary import SECRETARY


def test_no_name_of_a_word_is_used_twice() -> None:
    parts = (FRAME, OFFICE, PROVIDER, SECRETARY)
    names = sorted(name for part in parts for name in part)
    assert names == sorted(WORDS)


def test_the_style_asks_for_no_selector_that_the_oldest_browsers_do_not_know() -> None:
    # Chromium 86 drops a whole rule for one `:is()`, `:where()` or `:has()` among its selectors.
    style = (Path(web.__file__).parent / "static" / "zhibu.css").read_text("utf-8")
    assert re.findall(r":(?:is|where|has)\(", style) == []
