"""Subscriptions (R5 backport, rest-hook, id-only): a handshake when one is filed, an event after each write of a Task.

Only the app this EHR launches is ever called. What is not imitated: heartbeats, filters, retries.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask import Response, request

from .state import Sandbox, sandbox

TOPIC_OF_TASKS = "http://localhost:8081/fhir/SubscriptionTopic/task"
OFFERED = (
    "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/capabilitystatement-subscriptiontopic-canonical"
)


def offered(statement: dict[str, Any], topics: tuple[str, ...]) -> dict[str, Any]:
    """The CapabilityStatement with what this EHR tells of."""
    if not topics:
        return statement
    told = [{"url": OFFERED, "valueCanonical": topic} for topic in topics]
    mine = {"type": "Subscription", "interaction": [{"code": "create"}, {"code": "read"}], "extension": told}
    rest = statement["rest"][0]
    others = [each for each in rest["resource"] if each["type"] != "Subscription"]
    return {**statement, "rest": [{**rest, "resource": [*others, mine]}]}


def after_write(response: Response) -> Response:
    """Of every answer of the FHIR endpoint: tell whoever has subscribed."""
    box = sandbox()
    done = request.method in ("POST", "PUT") and response.status_code < 300 and "/_search" not in request.path
    if done and box.config.topics:
        type_ = (request.view_args or {}).get("type_")
        if type_ in (None, "Task", "Subscription"):
            _tell(box, "handshake" if type_ == "Subscription" else "event-notification")
    return response


def _tell(box: Sandbox, kind: str) -> None:
    for endpoint, notification in _notifications(box, kind):
        box.config.tell(endpoint, notification)


def _notifications(box: Sandbox, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for stored in box.store.every("Subscription"):
        endpoint = str(stored.resource.get("channel", {}).get("endpoint", ""))
        if endpoint.startswith(f"{box.config.app_origin}/") and stored.resource.get("criteria") in box.config.topics:
            yield endpoint, _notification(stored.reference, str(stored.resource["criteria"]), kind)


def _notification(reference: str, topic: str, kind: str) -> dict[str, Any]:
    said = [
        {"name": "subscription", "valueReference": {"reference": reference}},
        {"name": "topic", "valueCanonical": topic},
        {"name": "status", "valueCode": "active"},
        {"name": "type", "valueCode": kind},
    ]
    entry = {"fullUrl": "urn:uuid:status", "resource": {"resourceType": "Parameters", "parameter": said}}
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {"resourceType": "Bundle", "type": "history", "timestamp": now, "entry": [entry]}
