"""FHIR Subscription as backported from R5 to R4: what we ask an EHR to tell us, and what it tells.

Sources: HL7 Subscriptions R5 Backport 1.1.0 (R4): topic as ``criteria``, rest-hook, id-only; notifications are Bundles
of type history whose first entry is the status, a Parameters. Every notification is only a reason to look: Tasks are
read anew, so one that is lost, forged or repeated can make us ask the EHR and nothing else.
"""

from datetime import datetime, timedelta
from typing import Any

from smartapp.fhir.json import as_object, as_objects

BACKPORT = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition"
OFFERED_TOPIC = f"{BACKPORT}/capabilitystatement-subscriptiontopic-canonical"
HEARTBEAT = 300  # seconds after which the EHR is to say that nothing has happened (ours)
LOST = 3.0 * HEARTBEAT  # seconds of silence after which nothing is expected any more (ours)
LASTS = timedelta(days=30)  # one that nobody needs any more ends by itself (ours)
RENEWED = 25 * 86400.0  # seconds after which the next one is asked for (ours)
AGAIN = 3600.0  # seconds between two attempts where it does not come to life (ours)
KINDS = ("handshake", "heartbeat", "event-notification", "query-status", "query-event")


def task_subscription(topic: str, endpoint: str, now: datetime) -> dict[str, Any]:
    """Of every change of a Task, by its id alone, to this address."""
    return {
        "resourceType": "Subscription",
        "meta": {"profile": [f"{BACKPORT}/backport-subscription"]},
        "status": "requested",
        "end": (now + LASTS).isoformat(timespec="seconds"),
        "reason": "Loadpath keeps its list of referrals up to date",
        "criteria": topic,
        "channel": {
            "extension": [{"url": f"{BACKPORT}/backport-heartbeat-period", "valueUnsignedInt": HEARTBEAT}],
            "type": "rest-hook",
            "endpoint": endpoint,
            "payload": "application/fhir+json",
            "_payload": {"extension": [{"url": f"{BACKPORT}/backport-payload-content", "valueCode": "id-only"}]},
        },
    }


def kind_of(notification: Any) -> str:
    """What an EHR tells; empty for what is no notification."""
    if as_object(notification).get("resourceType") != "Bundle" or notification.get("type") != "history":
        return ""
    entries = as_objects(notification.get("entry"))
    status = as_object(entries[0], "resource") if entries else {}
    told = [each.get("valueCode") for each in as_objects(status.get("parameter")) if each.get("name") == "type"]
    return str(told[0]) if told and told[0] in KINDS else ""
