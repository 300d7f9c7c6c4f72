"""A record -> who recorded, measured or ordered it, as far as the record itself says."""

from collections.abc import Iterator
from dataclasses import dataclass

from smartapp.fhir.json import Resource, as_object, as_objects, get_text, reference_target

# Element -> the part it names; R4 elements of the types that are read.
_PARTS = {
    "recorder": "Recorded by",
    "asserter": "Stated by",
    "performer": "Done by",
    "requester": "Ordered by",
    "author": "Written by",
    "resultsInterpreter": "Interpreted by",
    "informationSource": "Told by",
}


@dataclass(frozen=True)
class Recorder:
    """``part``: in words, such as “Recorded by”; ``name``: as displayed there, else the reference."""

    part: str
    name: str


def recorders_of(record: Resource) -> tuple[Recorder, ...]:
    """In the order of the parts above; none where the record names nobody."""
    found = (Recorder(part, name) for element, part in _PARTS.items() for name in _names(record.get(element)))
    return tuple(dict.fromkeys(found))


def _names(value: object) -> Iterator[str]:
    """Of one Reference, a list of them, or performers that name theirs as ``actor`` (Procedure)."""
    for each in [*as_objects(value), *([as_object(value)] if as_object(value) else [])]:
        reference = as_object(each, "actor") or each
        if name := get_text(reference, "display") or reference_target(reference):
            yield name
