"""An Observation -> what it was measured with, and what tells the results of one specimen from others."""

from smartapp.fhir.json import Resource, get_object, get_text, reference_target


def device_of(resource: Resource) -> str:
    device = get_object(resource, "device")
    return get_text(device, "display") or reference_target(device) if device else ""


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
