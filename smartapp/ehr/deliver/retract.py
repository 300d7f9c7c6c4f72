"""What a signed plan brought into the EHR -> the steps that take it back: entered in error, each over its version.

Nothing is deleted: EHRs keep what was acted upon. A Provenance says who took it back and why.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from smartapp.core.proposal import Signer
from smartapp.ehr.deliver import delivery
from smartapp.ehr.deliver.copies import MISTAKEN
from smartapp.ehr.deliver.items import LANDED, OutboxItem, WriteStatus
from smartapp.ehr.deliver.methods import WriteMethod
from smartapp.ehr.deliver.ports import FhirWriter
from smartapp.ehr.deliver.writing import Writing
from smartapp.fhir.build.bundle import modelled
from smartapp.fhir.build.codings import AUTHOR, DATA_OPERATION
from smartapp.fhir.build.elements import ABSENT, Element, fhir_string, instant, reference
from smartapp.fhir.build.identifiers import criterion, part_value, urn
from smartapp.fhir.check import check_resource
from smartapp.fhir.json import version_of
from smartapp.fhir.systems import Systems

RETRACT = delivery.RETRACT
NULLIFY = {"system": DATA_OPERATION, "code": "NULLIFY", "display": "nullify"}
BY_HAND = "It was put into the chart by hand, or the EHR lets no app change it: take it back there."


@dataclass(frozen=True)
class Retraction:
    """Who takes back which plan, when, and why (free text, needed)."""

    plan_id: str
    by: Signer
    at: datetime
    reason: str


def retraction_steps(
    client: FhirWriter, fhir_base: str, retraction: Retraction, written: Sequence[OutboxItem], writing: Writing
) -> tuple[OutboxItem, ...]:
    """Steps for every artifact that is in the chart, and for the record of taking it back. Raises as reading does."""
    steps = list(_taken_back(client, fhir_base, written, writing, fhir_string(retraction.reason)))
    targets = [step.entry["resource"] for step in steps if step.rung is not WriteMethod.COPY]
    recorded = any(step.landing in LANDED and step.reference.startswith("Provenance/") for step in written)
    if targets and recorded:
        steps.append(_record(retraction, targets, len(steps), writing.systems))
    return tuple(steps)


def _taken_back(
    client: FhirWriter, base: str, written: Sequence[OutboxItem], writing: Writing, reason: str
) -> Iterator[OutboxItem]:
    position = 0
    for step in written:
        own = step.reference.startswith(f"{step.kind}/") and not step.ends_something
        by_hand = step.landing in (WriteStatus.CONFIRMED, WriteStatus.DOUBTFUL) and not step.ends_something
        stands = step.landing in LANDED or step.landing is WriteStatus.DOUBTFUL
        if not stands or step.kind not in MISTAKEN or not (own or by_hand):
            continue
        resource = client.read(step.kind, step.reference.partition("/")[2]) if own else dict(step.entry["resource"])
        if step.kind == "Task":
            resource = {**resource, "statusReason": {"text": reason}}
        yield _ending(step, resource, base, position, writing, own)
        position += 1


def _ending(step: OutboxItem, resource: Element, base: str, position: int, writing: Writing, own: bool) -> OutboxItem:
    name = "lifecycleStatus" if step.kind == "Goal" else "status"
    version = version_of(resource)
    request = {"method": "PUT", "url": step.reference, **({"ifMatch": f'W/"{version}"'} if version else {})}
    ended = {**resource, name: MISTAKEN[step.kind]}
    entry = {"fullUrl": f"{base.rstrip('/')}/{step.reference}", "resource": ended, "request": request}
    rungs: tuple[WriteMethod, ...] = (
        (WriteMethod.CREATE, WriteMethod.COPY) if own and step.kind in writing.ends else (WriteMethod.COPY,)
    )
    if len(rungs) > 1 and any(planned.rung is WriteMethod.TRANSACTION for planned in writing.planned):
        rungs = (WriteMethod.TRANSACTION, *rungs)
    return OutboxItem(
        position, step.kind, f"Taken back: {step.title}", step.identifier, rungs[0], entry, rungs[1:],
        why="" if len(rungs) > 1 else BY_HAND,
    )  # fmt: skip


def _record(retraction: Retraction, targets: Sequence[Element], position: int, systems: Systems) -> OutboxItem:
    value = part_value(retraction.plan_id, "retraction")
    who: Any = reference(retraction.by.reference, retraction.by.name) or {"display": "Person not named by the EHR"}
    unknown = {
        "extension": [{"url": ABSENT, "valueCode": "unknown"}],
        "display": "The EHR does not say for which organization",
    }
    resource = modelled(
        {
            "resourceType": "Provenance",
            "meta": {"tag": [{"system": systems.plan, "code": value}]},
            "target": [{"reference": f"{t['resourceType']}/{t['id']}", "type": t["resourceType"]} for t in targets],
            "occurredDateTime": instant(retraction.at),
            "recorded": instant(retraction.at),
            "reason": [{"text": fhir_string(retraction.reason)}],
            "activity": {"coding": [NULLIFY]},
            "agent": [{"type": {"coding": [AUTHOR]}, "who": who, "onBehalfOf": unknown}],
        }
    )
    check_resource(resource)
    request = {"method": "POST", "url": "Provenance", "ifNoneExist": criterion(resource, systems)}
    entry = {"fullUrl": urn(value), "resource": resource, "request": request}
    title = "Record of who took it back, and why"
    return OutboxItem(position, "Provenance", title, value, WriteMethod.CREATE, entry, (WriteMethod.COPY,))
