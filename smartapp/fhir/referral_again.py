"""A referral that ended without therapy -> the Task that asks for the same order once more, unchanged.

A Task that was rejected, cancelled or failed stays so (FHIR R4, Task state machine). What takes its function is a new
Task that names it by the extension ``task-replaces``, made for just this ("because the initial task was immediately
rejected"). Its focus is the same ServiceRequest: an order stays active until its placer ends it, and asking another
clinic changes nothing of what is ordered (FHIR R4, ServiceRequest.status; HL7 SDOH Clinical Care 3.0.0: Task.focus).
"""

from typing import Any

from smartapp.core.referral import ReferralTask
from smartapp.fhir.build.bundle import validate_model
from smartapp.fhir.build.elements import fhir_string
from smartapp.fhir.build.identifiers import SENDINGS, identifier, meta, task_values
from smartapp.fhir.build.tasks import ASKS
from smartapp.fhir.json import Resource, get_text
from smartapp.fhir.referral_task import REPLACES, Mover
from smartapp.fhir.systems import Systems

_SAME = ("intent", "priority", "code", "focus", "for", "encounter", "reasonReference", "input")


def sent_again(
    ended: Resource, referral: ReferralTask, receiver: str, who: Mover, systems: Systems
) -> dict[str, Any] | None:
    """``ended``: the Task of the ``referral``; ``receiver``: the clinic that is asked now, empty where that
    is left open. None where the order was sent as often as it can be."""
    if referral.sending >= SENDINGS:
        return None
    value = task_values(referral.plan_id)[referral.sending]
    now = who.at.isoformat(timespec="seconds")
    # What it asks ends with how the last sending ended: that is told anew each time.
    asks = get_text(ended, "description").partition(_AGAIN)[0].strip() or ASKS
    why = ": ".join(filter(None, (referral.row.owed, referral.reason.rstrip("."))))
    to = f" To: {receiver.rstrip('.')}." if receiver else ""
    return validate_model(
        {
            "resourceType": "Task",
            "meta": {"tag": meta("", value, systems)["tag"]},
            "extension": [{"url": REPLACES, "valueReference": {"reference": f"Task/{referral.id}"}}],
            "identifier": [identifier(value, systems.plan)],
            "status": "requested",
            **{name: ended[name] for name in _SAME if name in ended},
            "description": fhir_string(f"{asks} {_AGAIN}{why}.{to}"),
            "authoredOn": now,
            "lastModified": now,
            "requester": {"reference": who.reference, "display": who.name or who.reference},
        }
    )


_AGAIN = "Sent again, unchanged. Before: "
