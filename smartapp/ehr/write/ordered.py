"""Resources one by one, for servers without transactions -> receipt lines.

Goals, CarePlan, ServiceRequest, Provenance, then what they replace. What is already there is found by its identifier
and not sent again, so a write that stopped half way goes on where it stopped. References are filled in as ids arrive;
one that points forward (the plan's to its referral) is written as the business identifier, a logical Reference in R4.
"""

from collections.abc import Mapping
from typing import Any

from smartapp.core.proposal import Written
from smartapp.ehr.write.edition import of_resource
from smartapp.ehr.write.elements import Element
from smartapp.ehr.write.identity import business_identifier, identifier, urn
from smartapp.ehr.write.lookup import found_row, look_up, row, title, withdrawn_title
from smartapp.ehr.write.ports import FhirWriter
from smartapp.ehr.write.transaction import NOT_KNOWN, own_entries
from smartapp.ehr.write.walk import version_of
from smartapp.errors import EhrUnavailable, LoadpathError

RUNG = "create"
NOT_SENT = "Not sent, because an earlier part did not reach the EHR."


def send_in_order(client: FhirWriter, bundle: Element) -> tuple[Written, ...]:
    """Each part once; the first that fails stops the rest, and its line says why."""
    own = own_entries(bundle)
    earlier = [entry for entry in bundle["entry"] if entry["request"]["method"] == "PUT"]
    stored = look_up(client, own)
    places = {urn(value): of_resource(resource) for value, resource in stored.items()}
    identifiers = {entry["fullUrl"]: business_identifier(entry["resource"]) for entry in own}
    lines: list[Written] = []
    for entry in own:
        resource = entry["resource"]
        if known := stored.get(business_identifier(resource)):
            line = found_row(resource, known, RUNG)
        elif _stopped(lines):
            line = row(resource, RUNG, "failed", NOT_SENT)
        else:
            line = _create(client, entry, resolved(resource, places, identifiers))
        if line.reference:
            places[entry["fullUrl"]] = line.reference
        lines.append(line)
    for entry in earlier:
        lines.append(_withdraw(client, entry) if not _stopped(lines) else _untouched(entry["resource"]))
    return tuple(lines)


def _stopped(lines: list[Written]) -> bool:
    return any(line.state not in ("written", "found") for line in lines)


def resolved(element: Any, places: Mapping[str, str], identifiers: Mapping[str, str]) -> Any:
    """The element with temporary ids replaced by places in the EHR, or by business identifiers where not yet there."""
    if isinstance(element, list):
        return [resolved(value, places, identifiers) for value in element]
    if not isinstance(element, Mapping):
        return element
    target = element.get("reference")
    if isinstance(target, str) and target in places:
        return dict(element) | {"reference": places[target]}
    if isinstance(target, str) and target in identifiers:
        words = {name: value for name, value in element.items() if name != "reference"}
        return words | {"identifier": identifier(identifiers[target])}
    return {name: resolved(value, places, identifiers) for name, value in element.items()}


def _create(client: FhirWriter, entry: Element, ready: Element) -> Written:
    resource = entry["resource"]
    try:
        return _line(resource, client.create(ready, entry["request"]["ifNoneExist"]), title(resource))
    except EhrUnavailable:
        return _after_silence(client, entry, ready)
    except LoadpathError as error:
        return row(resource, RUNG, "failed", str(error))


def _after_silence(client: FhirWriter, entry: Element, ready: Element) -> Written:
    """The reply is lost: look whether it landed; if not, once more on the same identifier."""
    resource = entry["resource"]
    try:
        if known := look_up(client, [entry]).get(business_identifier(resource)):
            return found_row(resource, known, RUNG)
        return _line(resource, client.create(ready, entry["request"]["ifNoneExist"]), title(resource))
    except EhrUnavailable:
        return row(resource, RUNG, "unknown", NOT_KNOWN)
    except LoadpathError as error:
        return row(resource, RUNG, "failed", str(error))


def _withdraw(client: FhirWriter, entry: Element) -> Written:
    resource = entry["resource"]
    name = withdrawn_title(resource)
    try:
        return _line(resource, client.update(resource, entry["request"].get("ifMatch", "")), name)
    except EhrUnavailable:
        return _earlier(resource, name, "unknown", NOT_KNOWN)
    except LoadpathError as error:
        return _earlier(resource, name, "failed", str(error))


def _untouched(resource: Element) -> Written:
    return _earlier(resource, withdrawn_title(resource), "failed", NOT_SENT)


def _earlier(resource: Element, name: str, state: str, detail: str) -> Written:
    kind, version = str(resource["resourceType"]), version_of(resource)
    return Written(kind, name, business_identifier(resource), RUNG, of_resource(resource), version, state, detail)


def _line(resource: Element, stored: Mapping[str, Any], name: str) -> Written:
    version = version_of(stored)
    place = of_resource({"resourceType": resource["resourceType"], "id": stored["id"]}) if stored.get("id") else ""
    return Written(
        str(resource["resourceType"]), name, business_identifier(resource), RUNG, place, version,
        "written" if place else "unknown", "" if place else "The EHR accepted this without saying where it is.",
    )  # fmt: skip
