"""SignedPlan -> the EHR -> Receipt, by the one rung asked for."""

from collections.abc import Iterable, Mapping
from typing import Any

from smartapp.core.proposal import Receipt, SignedPlan, Written
from smartapp.ehr.write.elements import Element
from smartapp.ehr.write.identity import IDENTIFIER_SYSTEM, business_identifier, part_value
from smartapp.ehr.write.ordered import send_in_order
from smartapp.ehr.write.ports import FhirClient, FhirWriter
from smartapp.ehr.write.transaction import send_together

KIND, REFERRAL = "ServiceRequest", ".referral"  # an order, and the end of its identifier


def receipt(signed: SignedPlan, lines: tuple[Written, ...]) -> Receipt:
    return Receipt(
        plan_id=signed.plan_id,
        patient=signed.proposal.assessment.chart.patient.reference,
        signed_by=signed.signer.name or signed.signer.reference,
        signed_at=signed.signed_at,
        active=signed.active,
        artifacts=lines,
    )


def transaction_receipt(client: FhirClient, signed: SignedPlan, bundle: Element) -> Receipt:
    return receipt(signed, send_together(client, bundle))


def ordered_receipt(client: FhirWriter, signed: SignedPlan, bundle: Element) -> Receipt:
    return receipt(signed, send_in_order(client, bundle))


def replaced(client: FhirClient, signed: SignedPlan) -> list[Mapping[str, Any]]:
    """The resources a plan replaces, whole, as they are now: CarePlan, its Goals, ServiceRequest."""
    old = [_read(client, reference) for reference in (signed.replaces, signed.replaces_request) if reference]
    return [*old, *_goals(client, old)]


def open_tasks(client: FhirClient, orders: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Our tasks that ask for one of these orders to be carried out, as they are now: coordinators move them."""
    ours = [business_identifier(order).removesuffix(REFERRAL) for order in orders if order["resourceType"] == KIND]
    values = [f"{IDENTIFIER_SYSTEM}|{part_value(plan, 'task')}" for plan in ours if plan]
    found = client.search("Task", {"identifier": ",".join(values)}) if values else []
    return [task for task in found if f"{IDENTIFIER_SYSTEM}|{business_identifier(task)}" in values]


def _read(client: FhirClient, reference: str) -> Mapping[str, Any]:
    kind, _, id_ = reference.rstrip("/").rpartition("/")
    return client.read(kind.rpartition("/")[2], id_)


def _goals(client: FhirClient, old: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    references = (str(goal.get("reference", "")) for resource in old for goal in resource.get("goal") or ())
    ids = [reference.rpartition("/")[2] for reference in references if "Goal/" in reference]
    return client.search("Goal", {"_id": ",".join(ids)}) if ids else ()
