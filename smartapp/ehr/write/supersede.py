"""An older plan as read from the EHR -> the same resource withdrawn, and what a reader would see of it.

The resource goes back as it came, with one element changed: it may hold things we do not know.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from smartapp.ehr.write.edition import of_resource
from smartapp.ehr.write.elements import Element
from smartapp.ehr.write.walk import version_of

REPLACED = "A newer plan has replaced the order this task asks for."

# type -> (status element, statuses a new plan ends, status it ends them with)
_ENDING = {
    "CarePlan": ("status", {"draft", "active", "on-hold", "unknown"}, "revoked"),
    "ServiceRequest": ("status", {"draft", "active", "on-hold", "unknown"}, "revoked"),
    "Task": ("status", {"draft", "requested", "received", "accepted", "ready", "in-progress", "on-hold"}, "cancelled"),
    "Goal": ("lifecycleStatus", {"proposed", "planned", "accepted", "active", "on-hold"}, "cancelled"),
}


def withdrawn(resource: Mapping[str, Any]) -> Element | None:
    """The resource with its ending status; None where it has already ended or is of another kind."""
    element, open_states, ended = _ENDING.get(str(resource.get("resourceType")), ("", set(), ""))
    if not resource.get("id") or str(resource.get(element)) not in open_states:
        return None
    why = {"statusReason": {"text": REPLACED}} if resource["resourceType"] == "Task" else {}
    return deepcopy(dict(resource)) | {element: ended} | why


def entry(resource: Mapping[str, Any], fhir_base: str) -> Element | None:
    """Transaction entry that withdraws it, only if nobody has changed it since it was read."""
    ended = withdrawn(resource)
    if ended is None:
        return None
    place = of_resource(ended)
    request = {"method": "PUT", "url": place}
    if version := version_of(ended):
        request["ifMatch"] = f'W/"{version}"'
    return {"fullUrl": f"{fhir_base.rstrip('/')}/{place}", "resource": ended, "request": request}
