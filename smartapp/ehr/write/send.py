"""SignedPlan -> the EHR -> Receipt, by the one rung asked for."""

from collections.abc import Iterable, Mapping
from typing import Any

from smartapp.core.proposal import Receipt, SignedPlan, Written
from smartapp.ehr.write.elements import Element
from smartapp.ehr.write.ordered import send_in_order
from smartapp.ehr.write.ports import FhirClient, FhirWriter
from smartapp.ehr.write.transaction import send_together


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


def _read(client: FhirClient, reference: str) -> Mapping[str, Any]:
    kind, _, id_ = reference.rstrip("/").rpartition("/")
    return client.read(kind.rpartition("/")[2], id_)


def _goals(client: FhirClient, old: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    references = (str(goal.get("reference", "")) for resource in old for goal in resource.get("goal") or ())
    ids = [reference.rpartition("/")[2] for reference in references if "Goal/" in reference]
    return client.search("Goal", {"_id": ",".join(ids)}) if ids else ()
