"""A resource, as it was signed or as the EHR has it -> what the receipt says of it."""

from collections.abc import Mapping
from typing import Any

from smartapp.ehr.deliver.items import WriteStatus
from smartapp.fhir.json import as_object

# A plan that has ended in the EHR is not the plan that was signed now, though its content is equal.
ENDED = {"revoked", "cancelled", "completed", "rejected", "entered-in-error"}
TASK_ENDED = {"cancelled", "entered-in-error"}  # whoever works on a task may reject or complete it: it did arrive


def title(resource: Mapping[str, Any]) -> str:
    """What the receipt calls it; an older record may hold anything."""
    kind = resource.get("resourceType")
    if kind == "Goal":
        return str(as_object(resource, "description").get("text") or "Goal")
    if kind == "CarePlan":
        return str(resource.get("title") or "Care plan")
    return _TITLES.get(str(kind), "Record of who signed, and on what grounds")


_TITLES = {"ServiceRequest": "Physical therapy referral", "Task": "Task for the care coordinator"}


def standing(resource: Mapping[str, Any], stored: Mapping[str, Any]) -> tuple[WriteStatus, str]:
    """What the receipt says of something the EHR already had, true about what it has become there."""
    status, signed = status_of(stored), status_of(resource)
    detail = f"It was already in the EHR as {status}, signed now as {signed}." if status != signed else ""
    ended = TASK_ENDED if resource["resourceType"] == "Task" else ENDED
    return WriteStatus.FAILED if status in ended and status != signed else WriteStatus.FOUND, detail


def withdrawn_title(resource: Mapping[str, Any]) -> str:
    return f"Earlier: {title(resource)}, now {status_of(resource)}"


def status_of(resource: Mapping[str, Any]) -> str:
    return str(resource.get("status") or resource.get("lifecycleStatus") or "")
