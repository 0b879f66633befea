"""The door's own words: buttons, headings, and what it says about itself.

Out: `WORDS` by name. Deliberately absent: sentences about the domain (`projections.text`), labels of fields
and types (the catalogue's).
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from ledger.words import Language, Words
from web.words.frame import FRAME
from web.words.office import OFFICE
from web.words.provider import PROVIDER
from web.words.secretary import SECRETARY

WORDS: Mapping[str, Words] = MappingProxyType({**FRAME, **PROVIDER, **SECRETARY, **OFFICE})


@cache
def words_in(language: Language) -> Mapping[str, str]:
    """Return the door's words in one language, by name."""
    return MappingProxyType({name: words.pick(language) for name, words in WORDS.items()})


def filled(name: str, text: str) -> Words:
    """Return the door's words of a name with a text put in where they leave room for it."""
    return Words(*(part.replace("{}", text) for part in WORDS[name]))
