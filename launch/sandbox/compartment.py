"""Which patient a resource belongs to. Source: R4 CompartmentDefinition "patient", cut to where data really points."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .words import codes

Resource = dict[str, Any]

# where each type names its patient; types not listed use subject, then patient
PATIENT_PATHS: dict[str, tuple[str, ...]] = {
    "Appointment": ("participant.actor",),
    "AuditEvent": ("entity.what", "agent.who"),
    "Coverage": ("beneficiary",),
    "EnrollmentRequest": ("candidate",),
    "Group": ("member.entity",),
    "Person": ("link.target",),
    "ResearchSubject": ("individual",),
    "Schedule": ("actor",),
    "Task": ("for",),
}
DEFAULT_PATHS = ("subject", "patient")
# these describe the organisation, not a patient: anyone with a read scope may see them
PATIENT_FREE = codes(
    "ActivityDefinition CodeSystem Device Endpoint HealthcareService Library Location Measure Medication Organization "
    "PlanDefinition Practitioner PractitionerRole Questionnaire StructureDefinition Substance ValueSet"
)
Lookup = Callable[[str, str], str | None]


def values(node: Any, path: str) -> list[Any]:
    """Everything at a dotted path, lists flattened."""
    nodes = [node]
    for part in path.split("."):
        step: list[Any] = []
        for item in nodes:
            found = item.get(part) if isinstance(item, dict) else None
            step.extend(found if isinstance(found, list) else [] if found is None else [found])
        nodes = step
    return nodes


def relative(reference: Any, base: str) -> str | None:
    """``Type/id`` of a literal reference to this server, without version; None for anything else."""
    if not isinstance(reference, str):
        return None
    text = reference.removeprefix(base + "/")
    parts = text.split("/")
    if len(parts) == 4 and parts[2] == "_history":
        parts = parts[:2]
    if len(parts) == 2 and parts[0][:1].isupper() and parts[1] and ":" not in text and "?" not in text:
        return "/".join(parts)
    return None


def references(node: Any) -> Iterator[dict[str, Any]]:
    """Every Reference in a resource, as the dictionary that holds it; contained resources included."""
    if isinstance(node, dict):
        if isinstance(node.get("reference"), str):
            yield node
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def patient_of(resource: Resource, base: str, owner_of: Lookup) -> str | None:
    """Id of the patient a resource belongs to, or None.

    ``owner_of(type, id)`` answers for another stored resource: a Provenance belongs to whom its targets belong to.
    Several targets of different patients belong to nobody.
    """
    kind = resource.get("resourceType", "")
    if kind == "Patient":
        return resource.get("id")
    if kind == "Provenance":
        owners = {_owner(ref, base, owner_of) for ref in values(resource, "target.reference")}
        return owners.pop() if len(owners) == 1 else None
    for path in PATIENT_PATHS.get(kind, DEFAULT_PATHS):
        for reference in values(resource, f"{path}.reference"):
            local = relative(reference, base)
            if local and local.startswith("Patient/"):
                return local.removeprefix("Patient/")
    return None


def _owner(reference: Any, base: str, owner_of: Lookup) -> str | None:
    local = relative(reference, base)
    if local is None:
        return None
    kind, _, id_ = local.partition("/")
    return id_ if kind == "Patient" else owner_of(kind, id_)
