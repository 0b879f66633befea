"""The door's own words: one name, one meaning."""

from web.words import WORDS
from web.words.frame import FRAME
from web.words.office import OFFICE
from web.words.provider import PROVIDER
from web.words.secretary import SECRETARY


def test_no_name_of_a_word_is_used_twice() -> None:
    parts = (FRAME, OFFICE, PROVIDER, SECRETARY)
    names = sorted(name for part in parts for name in part)
    assert names == sorted(WORDS)
