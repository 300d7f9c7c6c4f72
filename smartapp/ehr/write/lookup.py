"""What of ours is already in the EHR: search by business identifier, before any retry."""

from collections.abc import Iterable, Mapping
from typing import Any

from smartapp.core.proposal import Written
from smartapp.ehr.write.edition import of_resource
from smartapp.ehr.write.elements import Element
from smartapp.ehr.write.identity import IDENTIFIER_SYSTEM, business_identifier
from smartapp.ehr.write.ports import FhirClient

# A plan that has ended in the EHR is not the plan that was signed now, though its content is equal.
ENDED = {"revoked", "cancelled", "completed", "rejected", "entered-in-error"}


def look_up(client: FhirClient, wanted: Iterable[Mapping[str, Any]]) -> dict[str, Element]:
    """Business identifier -> resource as it is in the EHR, for those of ``wanted`` that are there."""
    values: dict[str, list[str]] = {}
    for resource in wanted:
        values.setdefault(str(resource["resourceType"]), []).append(business_identifier(resource))
    found: dict[str, Element] = {}
    for kind, names in values.items():
        name = "_tag" if kind == "Provenance" else "identifier"
        criteria = ",".join(f"{IDENTIFIER_SYSTEM}|{value}" for value in names)
        for resource in client.search(kind, {name: criteria}):
            if (value := business_identifier(resource)) in names:  # a server may ignore what it cannot search by
                found.setdefault(value, resource)
    return found


def title(resource: Mapping[str, Any]) -> str:
    """What the receipt calls it."""
    kind = resource.get("resourceType")
    if kind == "Goal":
        return str((resource.get("description") or {}).get("text", "Goal"))
    if kind == "CarePlan":
        return str(resource.get("title", "Care plan"))
    return "Physical therapy referral" if kind == "ServiceRequest" else "Record of who signed, and on what grounds"


def row(resource: Mapping[str, Any], rung: str, state: str, detail: str = "") -> Written:
    """A receipt line of something that has no place in the EHR (yet, or as far as we know)."""
    return Written(
        str(resource["resourceType"]), title(resource), business_identifier(resource), rung, "", "", state, detail
    )


def found_row(resource: Mapping[str, Any], stored: Mapping[str, Any], rung: str) -> Written:
    """A receipt line of something the EHR already had, true about what it has become there."""
    status = str(stored.get("status") or stored.get("lifecycleStatus") or "")
    signed = str(resource.get("status") or resource.get("lifecycleStatus") or "")
    detail = f"It was already in the EHR as {status}, signed now as {signed}." if status != signed else ""
    version = str((stored.get("meta") or {}).get("versionId", ""))
    state = "failed" if status in ENDED else "found"
    kind, value = str(resource["resourceType"]), business_identifier(resource)
    return Written(kind, title(resource), value, rung, of_resource(stored), version, state, detail)


def withdrawn_title(resource: Mapping[str, Any]) -> str:
    return f"Earlier: {title(resource)}, now {resource.get('status') or resource.get('lifecycleStatus')}"
