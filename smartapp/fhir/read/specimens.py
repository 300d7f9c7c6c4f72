"""An Observation -> what it was measured with, and what tells the results of one specimen from others."""

from smartapp.core.phrases import PhraseKind, PhraseTable
from smartapp.fhir.json import Resource, get_list, get_object, get_prose, get_text, get_wordings, reference_target


def device_of(resource: Resource) -> str:
    device = get_object(resource, "device")
    return get_text(device, "display") or reference_target(device) if device else ""


def aid_of(resource: Resource, wording: str, phrases: PhraseTable) -> str:
    """What the patient walked with, where the words of a test name one aid and no other."""
    parts = [resource, *get_list(resource, "component")]
    words = [wording, *get_wordings(resource, "method", "interpretation")]
    words += [word for part in parts for word in get_wordings(part, "valueCodeableConcept")]
    words += [get_prose(part, "valueString") for part in parts if isinstance(part.get("valueString"), str)]
    words += [get_prose(note, "text") for note in get_list(resource, "note")]
    if device := device_of(resource):
        words.append(f"with {device}")
    aids = set(phrases.meanings(PhraseKind.AID, " ; ".join(filter(None, words))))
    return aids.pop() if len(aids) == 1 else ""


def collection_of(resource: Resource) -> str:
    """What tells two results of one specimen from others: the moment it was drawn, else the specimen.

    The moment first, because some laboratories number the specimen per analyte.
    """
    drawn = (
        resource.get("effectiveDateTime")
        or reference_target(get_object(resource, "specimen"))
        or resource.get("issued")
    )
    return drawn if isinstance(drawn, str) else ""
