"""What of ours is already in the EHR: search by business identifier, before any retry."""

from collections.abc import Iterable, Mapping
from typing import Any

from smartapp.core.proposal import Written
from smartapp.ehr.write.edition import of_resource
from smartapp.ehr.write.elements import Element
from smartapp.ehr.write.identity import IDENTIFIER_SYSTEM, business_identifier
from smartapp.ehr.write.ports import FhirClient
from smartapp.ehr.write.walk import version_of

# A plan that has ended in the EHR is not the plan that was signed now, though its content is equal.
ENDED = {"revoked", "cancelled", "completed", "rejected", "entered-in-error"}
TASK_ENDED = {"cancelled", "entered-in-error"}  # whoever works on a task may reject or complete it: it did arrive


def look_up(client: FhirClient, entries: Iterable[Element]) -> dict[str, Element]:
    """Business identifier -> resource as it is in the EHR, for those of our entries that are there.

    One search per resource type, by the criteria of the entries' own conditional creates.
    """
    criteria: dict[tuple[str, str], list[str]] = {}
    for entry in entries:
        name, _, value = entry["request"]["ifNoneExist"].partition("=")
        criteria.setdefault((entry["resource"]["resourceType"], name), []).append(value)
    found: dict[str, Element] = {}
    for (kind, name), values in criteria.items():
        for resource in client.search(kind, {name: ",".join(values)}):
            value = business_identifier(resource)
            if f"{IDENTIFIER_SYSTEM}|{value}" in values:  # a server may ignore what it cannot search by
                found.setdefault(value, resource)
    return found


def title(resource: Mapping[str, Any]) -> str:
    """What the receipt calls it."""
    kind = resource.get("resourceType")
    if kind == "Goal":
        return str((resource.get("description") or {}).get("text", "Goal"))
    if kind == "CarePlan":
        return str(resource.get("title", "Care plan"))
    return _TITLES.get(str(kind), "Record of who signed, and on what grounds")


_TITLES = {"ServiceRequest": "Physical therapy referral", "Task": "Task for the care coordinator"}


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
    kind, value = str(resource["resourceType"]), business_identifier(resource)
    ended = TASK_ENDED if kind == "Task" else ENDED
    state = "failed" if status in ended and status != signed else "found"
    return Written(kind, title(resource), value, rung, of_resource(stored), version_of(stored), state, detail)


def withdrawn_title(resource: Mapping[str, Any]) -> str:
    return f"Earlier: {title(resource)}, now {resource.get('status') or resource.get('lifecycleStatus')}"
