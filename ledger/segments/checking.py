"""Whether a folder of segments is whole, and of which ledger.

In: a folder; a ledger, where one is named. Out: the manifest, or `SegmentsError` with the name of the first
file that does not hold. Deliberately absent: mending; a folder is made anew from its ledger.
"""

from collections.abc import Callable

from ledger.segments.errors import newer_than_ledger, other_ledger
from ledger.segments.manifest import Manifest, check_presence, read_manifest
from ledger.segments.parts import check_part
from ledger.segments.places import Place, place_of
from ledger.store.event_store import Store

Progress = Callable[[int], None]


def check(address: str, store: Store | None = None, on_progress: Progress | None = None) -> Manifest:
    """Hold manifest, files and, where one is given, a ledger against each other; return the manifest."""
    place = place_of(address)
    manifest = read_manifest(place)
    check_presence(place, manifest)
    if store is not None:
        check_ledger(place, manifest, store)
    for number, part in enumerate(manifest.parts, start=1):
        check_part(place, part)
        if on_progress is not None:
            on_progress(number)
    return manifest


def check_ledger(place: Place, manifest: Manifest, store: Store) -> None:
    """See that a ledger's log begins with what the folder holds."""
    head = store.head()
    if manifest.position > head.position:
        raise newer_than_ledger(place.address, manifest.position, head.position)
    if manifest.position == head.position:
        same = manifest.head == head.hash
    else:
        upto = manifest.position
        found = next(iter(store.read(after=upto - 1, upto=upto)), None) if upto else None
        same = not upto or (found is not None and found.hash == manifest.head)
    if not same:
        raise other_ledger(place.address)
