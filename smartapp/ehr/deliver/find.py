"""What of ours is in the EHR, however often: the look before any repetition, and after any doubt."""

from collections.abc import Iterable, Mapping
from typing import Any

from smartapp.core.proposal import SignedPlan
from smartapp.ehr.deliver.items import OutboxItem
from smartapp.ehr.deliver.ports import FhirWriter
from smartapp.fhir.build.bundle import KIND, REFERRAL, goal_ids
from smartapp.fhir.build.elements import Element
from smartapp.fhir.build.identifiers import bears, business_identifier, part_value
from smartapp.fhir.json import as_object
from smartapp.fhir.systems import Systems
from smartapp.fhir.walk import elements


def found(client: FhirWriter, steps: Iterable[OutboxItem]) -> dict[str, list[Element]]:
    """Business identifier -> every resource in the EHR that carries it, oldest first; one search per criterion.

    Raises as :meth:`FhirWriter.search` does: no answer is not the same as nothing there.
    """
    wanted = list(steps)
    searches: dict[tuple[str, str], list[str]] = {}
    for step in wanted:
        if not step.lookup:
            name, _, value = step.entry["request"]["ifNoneExist"].partition("=")
            searches.setdefault((step.kind, name), []).append(value)
    candidates: dict[str, list[Element]] = {}
    for (kind, name), values in searches.items():
        candidates.setdefault(kind, []).extend(client.search(kind, {name: ",".join(values)}))
    for step in wanted:
        if step.lookup:
            candidates.setdefault(step.kind, []).extend(client.search(step.kind, step.lookup))
    return {step.identifier: _oldest_first(_ours(step, candidates.get(step.kind, ()))) for step in wanted}


def is_ours(resource: Mapping[str, Any], step: OutboxItem) -> bool:
    """Whether this is the artifact of this step: it carries our identifier. Some EHRs drop identifiers of notes and
    messages: those name it in their words as well. Nothing else is ever taken for ours.
    """
    return bears(resource, step.mark) or ((step.carries or bool(step.lookup)) and _names(resource, step))


def _ours(step: OutboxItem, candidates: Iterable[Element]) -> list[Element]:
    """Some EHRs ignore search parameters."""
    unique = {r["id"]: r for r in candidates if isinstance(r.get("id"), str) and r["id"]}
    return [r for r in unique.values() if is_ours(r, step)]


def _names(resource: Mapping[str, Any], step: OutboxItem) -> bool:
    told = f"({step.identifier})"
    return any(
        name in ("description", "title", "text") and isinstance(value, str) and told in value
        for name, value in elements(resource)
    )


def _oldest_first(resources: list[Element]) -> list[Element]:
    """What was entered in error counts only where there is nothing else."""
    valid = [r for r in resources if r.get("status", r.get("lifecycleStatus")) != "entered-in-error"]

    def age(resource: Element) -> tuple[str, str]:
        return str(as_object(resource, "meta").get("lastUpdated", "")), str(resource.get("id"))

    return sorted(valid or resources, key=age)


def replaced(client: FhirWriter, signed: SignedPlan) -> list[Mapping[str, Any]]:
    """The resources a plan replaces, whole, as they are now: CarePlan, its Goals, ServiceRequest."""
    old = [_read(client, reference) for reference in (signed.replaces, signed.replaces_request) if reference]
    ids = goal_ids(old)
    return [*old, *(client.search("Goal", {"_id": ",".join(ids)}) if ids else ())]


def open_tasks(client: FhirWriter, orders: Iterable[Mapping[str, Any]], systems: Systems) -> list[Mapping[str, Any]]:
    """Our tasks that ask for one of these orders to be carried out, as they are now: coordinators move them."""
    ours = [business_identifier(r, systems).removesuffix(REFERRAL) for r in orders if r.get("resourceType") == KIND]
    values = [f"{system}|{part_value(plan, 'task')}" for plan in ours if plan for system in systems.plans]
    found = client.search("Task", {"identifier": ",".join(values)}) if values else []
    return [task for task in found if any(bears(task, value) for value in values)]


def _read(client: FhirWriter, reference: str) -> Mapping[str, Any]:
    kind, _, id_ = reference.rstrip("/").rpartition("/")
    return client.read(kind.rpartition("/")[2], id_)
