"""What a plan replaces: the older records as they are in the EHR -> the same resources withdrawn.

The resource goes back as it came, with one element changed: it may hold things we do not know.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from smartapp.core.proposal import SignedPlan
from smartapp.fhir.systems import Systems
from smartapp.fhir.build.context import of_resource
from smartapp.fhir.build.elements import Element
from smartapp.fhir.build.identifiers import bears, business_identifier, part_value
from smartapp.fhir.walk import mapping, mappings, version_of

KIND, REFERRAL = "ServiceRequest", ".referral"  # an order, and the end of its identifier
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


def withdrawal_entry(resource: Mapping[str, Any], fhir_base: str) -> Element | None:
    """Transaction entry that withdraws it, only if nobody has changed it since it was read."""
    ended = withdrawn(resource)
    if ended is None:
        return None
    place = of_resource(ended)
    request = {"method": "PUT", "url": place}
    if version := version_of(ended):
        request["ifMatch"] = f'W/"{version}"'
    return {"fullUrl": f"{fhir_base.rstrip('/')}/{place}", "resource": ended, "request": request}


def goal_ids(plans: Iterable[Mapping[str, Any]]) -> list[str]:
    """Ids of the Goals these plans name, each once."""
    links = [str(mapping(goal).get("reference", "")) for plan in plans for goal in mappings(plan.get("goal"))]
    return list(dict.fromkeys(link.rpartition("/")[2] for link in links if "Goal/" in link))
