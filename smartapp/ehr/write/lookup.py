"""A resource, as it was signed or as the EHR has it -> what the receipt says of it."""

from collections.abc import Mapping
from typing import Any

from smartapp.core.proposal import Written
from smartapp.ehr.write.edition import of_resource
from smartapp.ehr.write.identity import business_identifier
from smartapp.ehr.write.walk import mapping, version_of

# A plan that has ended in the EHR is not the plan that was signed now, though its content is equal.
ENDED = {"revoked", "cancelled", "completed", "rejected", "entered-in-error"}
TASK_ENDED = {"cancelled", "entered-in-error"}  # whoever works on a task may reject or complete it: it did arrive


def title(resource: Mapping[str, Any]) -> str:
    """What the receipt calls it; an older record may hold anything."""
    kind = resource.get("resourceType")
    if kind == "Goal":
        return str(mapping(resource, "description").get("text") or "Goal")
    if kind == "CarePlan":
        return str(resource.get("title") or "Care plan")
    return _TITLES.get(str(kind), "Record of who signed, and on what grounds")


_TITLES = {"ServiceRequest": "Physical therapy referral", "Task": "Task for the care coordinator"}


def found_row(resource: Mapping[str, Any], stored: Mapping[str, Any], rung: str) -> Written:
    """A receipt line of something the EHR already had, true about what it has become there."""
    status, signed = status_of(stored), status_of(resource)
    detail = f"It was already in the EHR as {status}, signed now as {signed}." if status != signed else ""
    kind, value = str(resource["resourceType"]), business_identifier(resource)
    ended = TASK_ENDED if kind == "Task" else ENDED
    state = "failed" if status in ended and status != signed else "found"
    return Written(kind, title(resource), value, rung, of_resource(stored), version_of(stored), state, detail)


def withdrawn_title(resource: Mapping[str, Any]) -> str:
    return f"Earlier: {title(resource)}, now {status_of(resource)}"


def status_of(resource: Mapping[str, Any]) -> str:
    return str(resource.get("status") or resource.get("lifecycleStatus") or "")
