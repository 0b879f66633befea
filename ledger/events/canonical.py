"""The one text of a payload.

In: a checked payload. Out: canonical JSON: keys sorted, no spaces, UTF-8 unescaped, defaults left out,
amounts as texts with two places, other decimals plain, sets sorted, days as YYYY-MM-DD. Equal content is
equal text. Deliberately absent: the envelope; `ledger.store.codec` writes rows.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

import orjson

from ledger.events.payload import Payload


def canonical_data(data: Payload) -> str:
    """Return the canonical JSON text of a payload."""
    values, defaults = data.__dict__, _defaults(type(data))
    given = {name: value for name in data.model_fields_set if (value := values[name]) != defaults.get(name)}
    return orjson.dumps(given, default=_plain, option=orjson.OPT_SORT_KEYS).decode()


@cache
def _defaults(model: type[Payload]) -> Mapping[str, object]:
    # a required field has none, and no value of one is ever None
    return {n: f.default for n, f in model.model_fields.items() if not f.is_required()}


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"no field holds a {type(value).__name__}")
