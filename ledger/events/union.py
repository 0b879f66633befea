"""All events as one union on the stored word, in pydantic's core.

In: JSON bytes, or a decoded object. Out: an Event whose payload is the model of its type, checked in one go.
Built when first used: one member of the union for one event, the whole for a file. Deliberately absent: what
to tell people about a refusal (`refusals`).
"""

from functools import cache

from pydantic_core import CoreSchema, SchemaValidator, core_schema

from ledger.events.catalogue import CATALOGUE, kinds_of
from ledger.events.envelope import Event, agreeing
from ledger.events.payload import Payload


@cache
def event_validator() -> SchemaValidator:
    """Return the check of any event, by the stored word in `type`."""
    members = {word: _member(word, model) for word, model in CATALOGUE.items()}
    return SchemaValidator(core_schema.tagged_union_schema(members, discriminator="type"))


@cache
def member_validator(word: str) -> SchemaValidator:
    """Return the check of events of one type. Raises KeyError for an unknown word."""
    return SchemaValidator(_member(word, CATALOGUE[word]))


def _member(word: str, model: type[Payload]) -> CoreSchema:
    model.model_rebuild()
    fields = {}
    for name, kind in kinds_of(Event).items():
        match name:
            case "type":
                core: CoreSchema = core_schema.literal_schema([word])
            case "data":
                core = model.__pydantic_core_schema__
            case _:
                core = kind.core()
        if not Event.model_fields[name].is_required():
            core = core_schema.with_default_schema(core_schema.nullable_schema(core), default=None)
        fields[name] = core_schema.model_field(core)
    envelope = core_schema.model_schema(
        Event, core_schema.model_fields_schema(fields, extra_behavior="forbid")
    )
    return core_schema.no_info_after_validator_function(agreeing, envelope)
